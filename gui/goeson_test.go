package gui

import (
	"errors"
	"os"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/text"
)

func TestTheWindowGoesOnAfterAnInternalError(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("LOCALAPPDATA", os.Getenv("XDG_DATA_HOME"))
	h := newHands(t, text.En)
	var said error
	h.s.quietly(func() error { panic("a nil row") }, func(err error) { said = err })
	var p *fault.Panic
	if !errors.As(said, &p) {
		t.Fatalf("background work says %v", said)
	}
	h.s.goesOn(func() { panic("a nil row on screen") })
	log, _ := os.ReadFile(files.LogPath())
	if !strings.Contains(string(log), "a nil row on screen") || !strings.Contains(string(log), "goeson_test.go") {
		t.Errorf("the log says %s", log)
	}
}
