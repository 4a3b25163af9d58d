package workflow_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// A backup that is a request and was killed, before its commit or after it, is made good by asking again: one file, whole, and nothing
// beside it. Another call under the request's id, and a file that stands there already, are refused.
func TestABackupIsMadeOnce(t *testing.T) {
	for _, at := range []string{"before the commit", "after the commit", ""} {
		t.Run(at, func(t *testing.T) {
			stale(t, "once", func(w two) {
				dir := t.TempDir()
				dest, r := filepath.Join(dir, "copy.zg"), store.Request{ID: "R", Hash: strings.Repeat("a", 64)}
				switch at {
				case "before the commit":
					w.ok(os.WriteFile(store.PartOf(dest, r), []byte("half a copy"), 0o600))
				case "after the commit":
					workflow.StopBackup(func() {
						defer func() { recover() }()
						w.a.BackupOnce(dest, r)
						t.Error("it was not stopped")
					})
					if _, err := os.Stat(dest); err == nil {
						t.Error("the file has its name already")
					}
				}
				for i := range 2 {
					path, done, err := w.b.BackupOnce(dest, r)
					w.ok(err)
					if want := i > 0 || at == "after the commit"; path != dest || done != want {
						t.Errorf("%s done %v, want %v", path, done, want)
					}
				}
				w.ok(store.CheckFile(dest))
				if all, _ := os.ReadDir(dir); len(all) != 1 {
					t.Errorf("beside it lie %v", all)
				}
				_, _, err := w.b.BackupOnce(dest, store.Request{ID: "R", Hash: strings.Repeat("b", 64)})
				w.refused(err, "the request R was another call")
				_, _, err = w.b.BackupOnce(dest, store.Request{ID: "S", Hash: strings.Repeat("b", 64)})
				w.refused(err, "exists already")
				if all, _ := os.ReadDir(dir); len(all) != 1 || errors.Is(err, store.ErrDone) {
					t.Errorf("beside it lie %v: %v", all, err)
				}
			})
		})
	}
}
