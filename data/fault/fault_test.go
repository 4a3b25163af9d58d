package fault

import (
	"errors"
	"fmt"
	"testing"
)

// TestAnErrorOfTheDiskIsNoRule: a list of faults with an internal error in it is told as that error, with its cause, never as the
// rules beside it; an error that has words keeps them.
func TestAnErrorOfTheDiskIsNoRule(t *testing.T) {
	disk := errors.New("disk I/O error")
	list := List{New(Refused, "有库存", "goods lie there"), Internal(fmt.Errorf("stock of W1: %w", disk))}
	if got := Of(fmt.Errorf("save: %w", list)); got != nil {
		t.Errorf("told as %v", got)
	}
	if !errors.Is(list, disk) {
		t.Error("the cause is lost")
	}
	full := New(Refused, "磁盘已满", "the disk is full")
	if got := Of(List{Internal(fmt.Errorf("read: %w", full))}); len(got) != 1 || got[0] != full {
		t.Errorf("an error with words is told as %v", got)
	}
}
