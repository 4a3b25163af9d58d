//go:build !windows

package print

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// fake puts programs of the printing service on an otherwise empty PATH. "$DIR" in a script is their folder.
func fake(t *testing.T, scripts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, script := range scripts {
		body := "#!/bin/sh\nDIR='" + dir + "'\n" + script + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

const twoPrinters = `case "$1" in -e) echo Laser; echo Dot_Matrix;; -d) echo "system default destination: Dot_Matrix";; esac`

func TestPrintersAreListedWithTheDefaultFirst(t *testing.T) {
	fake(t, map[string]string{"lpstat": twoPrinters})
	list, err := Printers()
	if err != nil || len(list) != 2 || list[0] != (Printer{"Dot_Matrix", true}) || list[1] != (Printer{"Laser", false}) {
		t.Errorf("%v %v", list, err)
	}
}

func TestAnOldPrintingServiceListsItsPrintersToo(t *testing.T) {
	fake(t, map[string]string{"lpstat": `case "$1" in -a) echo "Laser accepting requests since Mon";; -d) echo "no system default destination";; *) echo "lpstat: unknown option" >&2; exit 1;; esac`})
	if list, err := Printers(); err != nil || len(list) != 1 || list[0] != (Printer{"Laser", false}) {
		t.Errorf("%v %v", list, err)
	}
}

func TestWhatIsSentReachesThePrinterAtItsOwnSize(t *testing.T) {
	dir := fake(t, map[string]string{"lp": `printf "%s\\n" "$*" > $DIR/args; while IFS= read -r l; do echo "$l"; done > $DIR/got`})
	pdf := "%PDF /MediaBox [0 0 683.15 396.00]\nend\n"
	if err := Send([]byte(pdf), "Dot_Matrix", 2, "241x140"); err != nil {
		t.Fatal(err)
	}
	args, _ := os.ReadFile(filepath.Join(dir, "args"))
	got, _ := os.ReadFile(filepath.Join(dir, "got"))
	if want := "-n 2 -t Zhanggui -o print-scaling=none -d Dot_Matrix -o media=Custom.241x139.7mm\n"; string(args) != want || string(got) != pdf {
		t.Errorf("lp got %q and %q, want %q", args, got, want)
	}
}

func TestTroubleWithPrintersIsSaidInWords(t *testing.T) {
	for _, c := range []struct {
		name    string
		scripts map[string]string
		printer string
		says    []string
		code    fault.Code
	}{
		{"no CUPS", nil, "Laser", []string{"lp", "apt install cups-client"}, fault.Refused},
		{"a printer that is not there", map[string]string{"lp": `echo "lp: The printer or class does not exist." >&2; exit 1`, "lpstat": twoPrinters}, "Old", []string{"Old", "Dot_Matrix, Laser"}, fault.NotFound},
		{"no default printer", map[string]string{"lp": `echo "lp: Error - no default destination available." >&2; exit 1`, "lpstat": twoPrinters}, "", []string{"Dot_Matrix, Laser"}, fault.NotFound},
		{"no printer at all", map[string]string{"lp": `echo "lp: Error - no default destination available." >&2; exit 1`, "lpstat": "exit 0"}, "", []string{"add one"}, fault.NotFound},
		{"a job that fails", map[string]string{"lp": `echo "lp: Unsupported document-format" >&2; exit 1`}, "Laser", []string{"Unsupported document-format", "save as PDF"}, fault.Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			fake(t, c.scripts)
			err := Send([]byte("%PDF"), c.printer, 1, "")
			if !fault.Is(err, c.code) {
				t.Fatalf("%v, want %s", err, c.code)
			}
			for _, w := range c.says {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
			if zh := fault.Of(err)[0].In(text.Zh); !strings.Contains(zh, "打印") {
				t.Errorf("Chinese: %q", zh)
			}
		})
	}
}

func TestCopiesOutOfReasonAreRefused(t *testing.T) {
	for _, n := range []int{-1, 0, 100} {
		if err := Send([]byte("%PDF"), "Laser", n, ""); !fault.Is(err, fault.Usage) {
			t.Errorf("%d copies: %v", n, err)
		}
	}
}

func TestAViewerOpensTheFileOrSaysWhereItIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, []byte("%PDF"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := fake(t, map[string]string{"xdg-open": `echo "$1" > $DIR/opened`, "open": `echo "$1" > $DIR/opened`})
	if err := OpenInViewer(file); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "opened")); strings.TrimSpace(string(got)) != file {
		t.Errorf("opened %q", got)
	}
	fake(t, nil)
	if err := OpenInViewer(file); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), file) {
		t.Errorf("no viewer: %v", err)
	}
	if err := OpenInViewer(file + "x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no file: %v", err)
	}
}
