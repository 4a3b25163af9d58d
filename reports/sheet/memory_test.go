//go:build linux && !race

// Peaks of memory are read from Linux and mean the program as it is shipped: the
// race detector keeps its own shadow of every byte.

package sheet

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// hostile are files made to fill the memory; each is read in a process of its own.
var hostile = map[string]func(t testing.TB) (name string, data []byte){
	"figures": func(testing.TB) (string, []byte) {
		return "f.csv", []byte("a,b,c,d\n" + strings.Repeat("1,2,3,4\n", maxFile/8-10))
	},
	"bad rows": func(testing.TB) (string, []byte) {
		return "f.csv", []byte("a,b,c,d\n" + strings.Repeat("1\n", 8<<20))
	},
	"long cells": func(testing.TB) (string, []byte) {
		return "f.csv", []byte("a\n" + strings.Repeat(strings.Repeat("x", maxCell-1)+"\n", maxFile/maxCell-1))
	},
	"blanks": func(t testing.TB) (string, []byte) {
		return "f.xlsx", zipped(t, "<sheetData>"+strings.Repeat(" ", 100<<20))
	},
	"attributes": func(t testing.TB) (string, []byte) {
		return "f.xlsx", zipped(t, "<sheetData><row "+strings.Repeat(`a="" `, 3_000_000)+"/>")
	},
	"cells": func(t testing.TB) (string, []byte) {
		return "f.xlsx", zipped(t, "<sheetData>"+strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 90_000))
	},
}

func TestNoFileFillsTheMemory(t *testing.T) {
	if path := os.Getenv("READ_HOSTILE"); path != "" {
		Open(path)
		data, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(data), "VmHWM:")
		fmt.Println("PEAK", strings.Fields(after)[0])
		return
	}
	if testing.Short() {
		t.Skip("several files of 100 MB")
	}
	for what, make := range hostile {
		name, data := make(t)
		path := t.TempDir() + "/" + name
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestNoFileFillsTheMemory$")
		cmd.Env = append(os.Environ(), "READ_HOSTILE="+path)
		out, err := cmd.CombinedOutput()
		_, after, ok := strings.Cut(string(out), "PEAK ")
		if err != nil || !ok {
			t.Fatalf("%s: %v %.300s", what, err, out)
		}
		kb, _ := strconv.Atoi(strings.Fields(after)[0])
		t.Logf("%s: %d MB of file, at most %d MB of memory", what, len(data)>>20, kb>>10)
		if kb > 300<<10 {
			t.Errorf("%s: %d MB of memory", what, kb>>10)
		}
	}
}
