package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/files"
)

// 8.8: a book in a network folder is not opened to write, nor made or restored there; it may be looked at, and backups may lie there.
func TestABookInANetworkFolder(t *testing.T) {
	dir := t.TempDir()
	home, share := filepath.Join(dir, "home.zg"), filepath.Join(dir, "share.zg")
	a, err := Create(home)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	networked = func(path string) bool { return path != home }
	defer func() { networked = files.InNetwork }()
	if err := a.Backup(share, false); err != nil {
		t.Fatalf("a backup into a network folder: %v", err)
	}
	refused := func(what string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "network folder") {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = Open(share)
	refused("opened", err)
	_, err = Create(filepath.Join(dir, "new.zg"))
	refused("made", err)
	_, err = Restore(home, share, time.Now())
	refused("restored", err)
	look, err := OpenToLook(share)
	if err != nil {
		t.Fatalf("looked at: %v", err)
	}
	look.Close()
	networked = files.InNetwork
	if files.InNetwork(home) {
		t.Error("this test's own folder lies in a network?")
	}
}
