//go:build !windows

package print

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/fault"
)

// patience is how long the printing service may take to answer.
const patience = 20 * time.Second

// command runs a program of the printing service in plain English and gives what it says.
func command(stdin []byte, name string, args ...string) (out, errs string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(stdin), &stdout, &stderr
	cmd.Env = append(cmd.Environ(), "LC_ALL=C")
	cmd.WaitDelay = time.Second
	err = cmd.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		err = fault.New(fault.Refused, "没有找到打印命令 %s；请安装 CUPS（如 sudo apt install cups-client），或存成 PDF 再打印",
			"the printing command %s is not installed; install CUPS (such as sudo apt install cups-client), or save as PDF and print that", name)
	case ctx.Err() != nil:
		err = fault.New(fault.Refused, "打印服务 %d 秒没有回答；请看打印机是否开机、联网，再试一次", "the printing service did not answer for %d s; see that the printer is on and connected, then try again",
			int(patience.Seconds()))
	}
	return stdout.String(), strings.Join(strings.Fields(stderr.String()), " "), err
}

func printers() ([]Printer, error) {
	out, _, err := command(nil, "lpstat", "-e")
	if len(fault.Of(err)) > 0 {
		return nil, err
	}
	if err != nil { // older ones do not know -e
		var said string
		if out, said, err = command(nil, "lpstat", "-a"); err != nil && !strings.Contains(said, "No destinations") {
			return nil, service(said, err)
		}
	}
	standard, _, _ := command(nil, "lpstat", "-d")
	_, standard, _ = strings.Cut(standard, ": ")
	var list []Printer
	for line := range strings.Lines(out) {
		if f := strings.Fields(line); len(f) > 0 {
			list = append(list, Printer{Name: f[0], Default: f[0] == strings.TrimSpace(standard)})
		}
	}
	return list, nil
}

// service words what the printing service answered.
func service(said string, err error) error {
	if len(fault.Of(err)) > 0 {
		return err
	}
	if said == "" {
		said = err.Error()
	}
	return fault.New(fault.Refused, "打印服务出错：%s；请在系统设置里检查打印机，或存成 PDF 再打印",
		"the printing service failed: %s; look at the printer in the system's settings, or save as PDF and print that", said)
}

func send(pdf []byte, printer string, copies int, media string) error {
	args := []string{"-n", strconv.Itoa(copies), "-t", "Zhanggui", "-o", "print-scaling=none"}
	if printer != "" {
		args = append(args, "-d", printer)
	}
	if media != "" {
		args = append(args, "-o", "media="+media)
	}
	_, errs, err := command(pdf, "lp", args...)
	if err == nil {
		return nil
	}
	if len(fault.Of(err)) == 0 && unknown(errs) {
		return noPrinter(printer)
	}
	return service(errs, err)
}

// unknown tells lp's answers about a printer that is not there.
func unknown(said string) bool {
	for _, s := range []string{"does not exist", "No default destination", "no default destination", "unknown destination"} {
		if strings.Contains(said, s) {
			return true
		}
	}
	return false
}

// noPrinter names the printers there are.
func noPrinter(printer string) error {
	list, err := Printers()
	if err != nil {
		return err
	}
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	if printer == "" {
		return fault.New(fault.NotFound, "没有默认打印机，请选一台：%s", "there is no default printer; choose one of %s", strings.Join(names, ", ")).At("printer")
	}
	return fault.New(fault.NotFound, "没有打印机“%s”，可选 %s", "there is no printer %q; choose from %s", printer, strings.Join(names, ", ")).At("printer")
}

// open starts the viewer and waits a moment for it to refuse.
func open(path string) error {
	name := "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	}
	cmd := exec.Command(name, path)
	if err := cmd.Start(); err != nil {
		return noViewer(path)
	}
	done := fault.Go(cmd.Wait)
	select {
	case err := <-done:
		if err != nil {
			return noViewer(path)
		}
	case <-time.After(3 * time.Second): // it shows the file
	}
	return nil
}

// copyPicture gives a picture to the program that keeps the clipboard, which stays behind until something else is copied: its output is not
// waited for.
func copyPicture(path string) error {
	tools := [][]string{{"xclip", "-selection", "clipboard", "-t", "image/png", "-i", path}}
	switch {
	case runtime.GOOS == "darwin":
		tools = [][]string{{"osascript", "-e", "set the clipboard to (read (POSIX file \"" + path + "\") as «class PNGf»)"}}
	case os.Getenv("WAYLAND_DISPLAY") != "":
		tools = append([][]string{{"sh", "-c", `exec wl-copy --type image/png < "$0"`, path}}, tools...)
	}
	var last error
	for _, t := range tools {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		last = exec.CommandContext(ctx, t[0], t[1:]...).Run()
		cancel()
		if last == nil {
			return nil
		}
	}
	return last
}
