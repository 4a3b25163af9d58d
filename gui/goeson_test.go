package gui

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
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

// A key whose handler panics, and a table that cannot be drawn, say so under a number; the next key works.
func TestAKeyThatPanicsEndsNothing(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("LOCALAPPDATA", os.Getenv("XDG_DATA_HOME"))
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		tb := kit.NewTable()
		rows := 3
		tb.Columns = []kit.Column{{Title: "a", Width: 80, Grow: true}}
		tb.Length = func() int { return rows }
		tb.OnOpen = func(int, int) { panic("a nil row behind Enter") }
		h.s.DialogOver("t", tb, fyne.NewSize(300, 200), tb, false, Answer{Label: text.T("关", "Close")})
		h.press("Down", "Enter")
		if !strings.Contains(h.says(), map[bool]string{true: "内部错误 #", false: "internal error #"}[zh]) {
			t.Fatalf("the line says %q", h.says())
		}
		id := regexp.MustCompile(`#(\S+?)[，;]`).FindStringSubmatch(h.says())
		if log, _ := os.ReadFile(files.LogPath()); id == nil || !strings.Contains(string(log), id[1]) || !strings.Contains(string(log), "behind Enter") {
			t.Errorf("the log does not have %v:\n%s", id, log)
		}
		tb.CellAt = func(int, int) kit.Cell { panic("a cell") }
		tb.Refresh()
		h.press("Up", "Esc")
		if h.s.layer.Modal() != nil {
			t.Error("Esc is not heard any more")
		}
		h.s.About()
		h.sees(filepath.Base(files.LogPath()))
		h.inside()
	})
}
