package print

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"

	"zhanggui/data/fault"
	"zhanggui/reports/paper"
)

// Printer is one printer of this computer.
type Printer struct {
	Name    string
	Default bool
}

// Printers lists the printers of this computer, the default one first. None at all, or no printing service, is a fault
// that says what to do.
func Printers() ([]Printer, error) {
	list, err := printers()
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "这台电脑没有打印机；请先在系统设置里添加打印机，或存成 PDF 再打印",
			"this computer has no printer; add one in the system's settings, or save as PDF and print that")
	}
	for i := range list {
		if list[i].Default {
			list[0], list[i] = list[i], list[0]
		}
	}
	return list, nil
}

// Send prints a PDF on a printer, empty is the default one, at its own size: never fitted to the page. media is a paper of
// Options.Paper or a name the printer knows, empty is what lies in it. Faults say what to do.
func Send(pdf []byte, printer string, copies int, media string) error {
	if copies < 1 || copies > 99 {
		return fault.New(fault.Usage, "份数应在 1 到 99 之间，不能是 %d", "copies are 1 to 99, not %d", copies).At("copies")
	}
	if len(pdf) == 0 {
		return fault.New(fault.Usage, "没有可打印的内容", "there is nothing to print")
	}
	return send(pdf, printer, copies, mediaName(pdf, media))
}

// OpenInViewer opens a file with the program the system has for it.
func OpenInViewer(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NotFound, "没有文件 %s", "there is no file %s", path)
	}
	return open(path)
}

// CopyPicture puts a PNG file on the clipboard as a picture.
func CopyPicture(path string) error {
	if err := copyPicture(path); err != nil {
		return fault.Because(fault.New(fault.Refused, "系统不能把图片放到剪贴板（Linux 请安装 xclip 或 wl-clipboard）；可以存成文件",
			"the system cannot put a picture on the clipboard (on Linux install xclip or wl-clipboard); it can be saved as a file"), err)
	}
	return nil
}

// mediaName is what printing services call our papers.
func mediaName(pdf []byte, media string) string {
	switch paper.Size(media) {
	case paper.A4:
		return "A4"
	case paper.A5:
		return "A5"
	case paper.Continuous, paper.ContinuousThird, paper.CutSheet, paper.Roll80, paper.Roll58:
		return pageSize(pdf)
	}
	for _, k := range paper.LabelKinds() {
		if media == string(k) {
			return pageSize(pdf)
		}
	}
	return media
}

var mediaBox = regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)

// pageSize is the first page's size as a custom medium: tills and tractor paper have no names.
func pageSize(pdf []byte) string {
	m := mediaBox.FindSubmatch(pdf)
	if m == nil {
		return ""
	}
	mm := func(b []byte) string {
		v, _ := strconv.ParseFloat(string(b), 64) // points, not money
		return strconv.FormatFloat(float64(int(v*25.4/72*10+0.5))/10, 'f', -1, 64)
	}
	return fmt.Sprintf("Custom.%sx%smm", mm(m[1]), mm(m[2]))
}

// noViewer says what to do when the system has no program for PDF.
func noViewer(path string) error {
	return fault.New(fault.Refused, "系统没有能打开 PDF 的程序；文件在 %s，请安装 PDF 阅读器后打开", "the system has no program that opens PDF; the file is at %s, install a PDF reader and open it", path)
}
