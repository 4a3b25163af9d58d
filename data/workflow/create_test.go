package workflow_test

import (
	"os"
	"path/filepath"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/store/pages"
	"zhanggui/data/workflow"
)

// A book that could not be made whole leaves nothing: what has tables and no settings, or half of the accounts, would be taken for a book.
func TestABookThatCouldNotBeMadeLeavesNothing(t *testing.T) {
	t.Cleanup(func() { pages.Trouble = nil })
	made := false
	for n := 0; !made; n += 7 {
		dir, left := t.TempDir(), n
		pages.Trouble = func(c pages.Call) int32 {
			if c == pages.Writing {
				if left--; left < 0 {
					return pages.Full
				}
			}
			return 0
		}
		b, err := workflow.Create(filepath.Join(dir, "b.zg"), workflow.Settings{Company: "Hill", Start: 202604})
		pages.Trouble = nil
		if made = err == nil; made {
			if n < 50 {
				t.Errorf("a book is made with %d writes", n)
			}
			b.Close()
			continue
		}
		if files, _ := os.ReadDir(dir); !fault.Is(err, fault.Refused) || len(files) != 0 {
			t.Errorf("full after %d writes: %v, and %v lie there", n, err, files)
		}
	}
}
