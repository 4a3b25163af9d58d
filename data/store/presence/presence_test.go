package presence

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// A row older than 60 s is of a program that is gone, and so is, on this PC, one whose program does not run.
func TestWhoIsGone(t *testing.T) {
	now := time.Now()
	here := fmt.Sprintf("%d-1", os.Getpid())
	for _, x := range []struct {
		session, pc string
		age         time.Duration
		alive       bool
	}{
		{here, "PC-1", 0, true}, {here, "PC-1", 59 * time.Second, true}, {here, "PC-1", 61 * time.Second, false},
		{here, "PC-1", -30 * time.Second, true}, // its clock was a little ahead
		{"99999999-1", "PC-1", 0, false}, {"99999999-1", "PC-2", 0, true},
	} {
		r := Row{Session: x.session, PC: x.pc, Seen: now.Add(-x.age).UnixMilli()}
		if r.Alive(now, "PC-1") != x.alive {
			t.Errorf("%+v: alive is not %v", x, x.alive)
		}
	}
}

// What is edited is read as it was written, whatever a code holds.
func TestEditingIsReadAsWritten(t *testing.T) {
	at := time.UnixMilli(1772526600000)
	list := []Editing{{"XC-202603-0001", at}, {"customers C 01, 二", at.Add(time.Second)}}
	got := Row{Editing: written(list)}.At()
	if fmt.Sprint(got) != fmt.Sprint(list) {
		t.Errorf("read %v, want %v", got, list)
	}
	if l := (Row{}).At(); len(l) != 0 {
		t.Errorf("nothing is read as %v", l)
	}
}
