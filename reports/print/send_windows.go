package print

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"zhanggui/data/fault"
)

var (
	winspool       = windows.NewLazySystemDLL("winspool.drv")
	enumPrinters   = winspool.NewProc("EnumPrintersW")
	defaultPrinter = winspool.NewProc("GetDefaultPrinterW")
)

// printerInfo is PRINTER_INFO_4: the printers of the computer and those it is connected to.
type printerInfo struct {
	name, server *uint16
	attributes   uint32
}

func printers() ([]Printer, error) {
	const localAndConnected, level = 2 | 4, 4
	var size, n uint32
	enumPrinters.Call(localAndConnected, 0, level, 0, 0, uintptr(unsafe.Pointer(&size)), uintptr(unsafe.Pointer(&n)))
	if size == 0 {
		return nil, nil
	}
	buf := make([]byte, size)
	ok, _, err := enumPrinters.Call(localAndConnected, 0, level, uintptr(unsafe.Pointer(&buf[0])), uintptr(size), uintptr(unsafe.Pointer(&size)), uintptr(unsafe.Pointer(&n)))
	if ok == 0 {
		return nil, fault.New(fault.Refused, "打印服务出错：%s；请在系统设置里检查打印机", "the printing service failed: %s; look at the printer in the system's settings", err.Error())
	}
	standard := standardPrinter()
	var list []Printer
	for _, p := range unsafe.Slice((*printerInfo)(unsafe.Pointer(&buf[0])), n) {
		name := windows.UTF16PtrToString(p.name)
		list = append(list, Printer{Name: name, Default: name == standard})
	}
	return list, nil
}

func standardPrinter() string {
	var n uint32
	defaultPrinter.Call(0, uintptr(unsafe.Pointer(&n)))
	if n == 0 {
		return ""
	}
	buf := make([]uint16, n)
	defaultPrinter.Call(uintptr(unsafe.Pointer(&buf[0])), uintptr(unsafe.Pointer(&n)))
	return windows.UTF16ToString(buf)
}

// send hands a file to the program that prints PDF. It reads the file after we return, so files are cleared a day later. The
// shell knows no paper: what lies in the printer is taken.
func send(pdf []byte, printer string, copies int, _ string) error {
	path, err := spool(pdf)
	if err != nil {
		return err
	}
	verb, args := "print", ""
	if strings.Contains(printer, `"`) { // it would end the name where it is handed on, and no printer has one
		return fault.New(fault.Usage, "打印机名称不能含引号：%s", "a printer's name holds no quotation mark: %s", printer)
	}
	if printer != "" {
		verb, args = "printto", `"`+printer+`"`
	}
	for range copies {
		if err := shell(verb, path, args); err != nil {
			return fault.New(fault.Refused, "系统没有能打印 PDF 的程序；请安装 PDF 阅读器（Windows 自带的 Edge 不行），或打开预览用的 PDF 自行打印：%s",
				"the system has no program that prints PDF; install a PDF reader (the Edge that comes with Windows does not do), or open this file and print it: %s", path)
		}
	}
	return nil
}

func spool(pdf []byte) (string, error) {
	dir := filepath.Join(os.TempDir(), "zhanggui-print")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault.New(fault.Refused, "不能写临时文件夹 %s", "cannot write the temporary folder %s", dir)
	}
	old, _ := os.ReadDir(dir)
	for _, e := range old {
		if i, err := e.Info(); err == nil && time.Since(i.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
	f, err := os.CreateTemp(dir, "*.pdf")
	if err == nil {
		_, err = f.Write(pdf)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return "", fault.New(fault.Refused, "不能写临时文件夹 %s", "cannot write the temporary folder %s", dir)
	}
	return f.Name(), nil
}

func shell(verb, path, args string) error {
	v, err := windows.UTF16PtrFromString(verb)
	if err != nil {
		return err
	}
	p, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	var a *uint16
	if args != "" {
		if a, err = windows.UTF16PtrFromString(args); err != nil {
			return err
		}
	}
	return windows.ShellExecute(0, v, p, a, nil, windows.SW_HIDE)
}

func open(path string) error {
	v, _ := windows.UTF16PtrFromString("open")
	p, err := windows.UTF16PtrFromString(path)
	if err == nil {
		err = windows.ShellExecute(0, v, p, nil, nil, windows.SW_SHOWNORMAL)
	}
	if err != nil {
		return noViewer(path)
	}
	return nil
}

// copyPicture lets the system's own script put a picture on the clipboard; the path goes as a variable, so that nothing in it is read as words of
// the script.
func copyPicture(path string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, "powershell.exe", "-NoProfile", "-NonInteractive", "-STA", "-Command",
		"Add-Type -AssemblyName System.Windows.Forms,System.Drawing; $p = [Drawing.Image]::FromFile($env:ZG_PICTURE); [Windows.Forms.Clipboard]::SetImage($p); $p.Dispose()")
	c.Env = append(c.Environ(), "ZG_PICTURE="+path)
	c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	return c.Run()
}
