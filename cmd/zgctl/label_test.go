package main

import (
	"bytes"
	"os"
	"testing"
)

func TestLabelsAndOwnCodes(t *testing.T) {
	book, at := depot(t)
	if status, out, errOut := zgctl("label", book, "A=3", "-o", at("l.pdf"), "--paper", "40x30", "--own"); status != 0 || out != "A 2000000000015\n" {
		t.Fatalf("%d %q %s", status, out, errOut)
	}
	if pdf, err := os.ReadFile(at("l.pdf")); err != nil || bytes.Count(pdf, []byte("/Type /Page\n")) != 3 {
		t.Errorf("%v: %d labels, want 3", err, bytes.Count(pdf, []byte("/Type /Page\n")))
	}
	if status, out, errOut := zgctl("label", book, "--own"); status != 0 || out != "" {
		t.Errorf("given twice: %d %q %s", status, out, errOut)
	}
	if status, _, errOut := zgctl("print", book, "r", "-o", at("r.pdf"), "--as", "label", "--number", "2", "--paper", "a4", "--skip", "23"); status != 0 {
		t.Error(errOut)
	} else if pdf, _ := os.ReadFile(at("r.pdf")); bytes.Count(pdf, []byte("/Type /Page\n")) != 2 {
		t.Error("the second label begins no second sheet")
	}
	for want, args := range map[int][]string{1: {"label", book, "X", "-o", at("x.pdf")}, 2: {"label", book, "A"}} {
		if status, _, _ := zgctl(args...); status != want {
			t.Errorf("%v: %d, want %d", args, status, want)
		}
	}
	if status, _, _ := zgctl("label", book, "A", "-o", at("x.pdf"), "--paper", "a5"); status != 2 {
		t.Errorf("on a5: %d", status)
	}
}
