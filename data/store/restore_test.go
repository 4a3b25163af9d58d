package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zhanggui/data/fault"
)

// whose tells what a book says it is.
func whose(t *testing.T, path string) string {
	t.Helper()
	db, err := Open(path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	defer db.Close()
	s, err := db.Setting("whose")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// twoBooks makes a book that is "mine" and a backup that is "saved", both closed, in one folder.
func twoBooks(t *testing.T) (path, backup string) {
	t.Helper()
	dir := t.TempDir()
	path, backup = filepath.Join(dir, "shop.zg"), filepath.Join(dir, "copy.zg")
	for p, s := range map[string]string{path: "mine", backup: "saved"} {
		db, err := Create(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Write(set("whose", s)), db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return path, backup
}

func TestARestoreFollowsNoLinkAndMovesNoFolder(t *testing.T) {
	path, backup := twoBooks(t)
	dir := filepath.Dir(path)
	link, folder, pipe := filepath.Join(dir, "link.zg"), filepath.Join(dir, "folder.zg"), filepath.Join(dir, "pipe.zg")
	if err := errors.Join(os.Symlink(path, link), os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "letter.txt"), []byte("dear"), 0o600)); err != nil {
		t.Fatal(err)
	}
	places := []string{link, folder}
	if exec.Command("mkfifo", pipe).Run() == nil {
		places = append(places, pipe)
	}
	before, _ := os.ReadDir(dir)
	for _, p := range places {
		if _, err := Restore(backup, p, time.Now()); !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", p, err)
		}
	}
	if after, _ := os.ReadDir(dir); len(after) != len(before) {
		t.Errorf("there lies now %v", after)
	}
	if to, err := os.Readlink(link); err != nil || to != path || whose(t, path) != "mine" {
		t.Errorf("the link leads to %s, %v", to, err)
	}
	if s, err := os.ReadFile(filepath.Join(folder, "letter.txt")); err != nil || string(s) != "dear" {
		t.Errorf("in the folder: %q, %v", s, err)
	}
}

func TestARestoreTouchesNoFileItDidNotMake(t *testing.T) {
	path, backup := twoBooks(t)
	others := []string{path + ".restored", path + ".part", stem(path) + ".restored", backup + ".part"}
	for _, p := range others {
		if err := os.WriteFile(p, []byte("somebody's "+p), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	former, err := Restore(backup, path, time.Now())
	if err != nil || whose(t, path) != "saved" || whose(t, former) != "mine" {
		t.Fatal(former, err)
	}
	for _, p := range others {
		if s, err := os.ReadFile(p); err != nil || string(s) != "somebody's "+p {
			t.Errorf("%s: %q, %v", p, s, err)
		}
	}
}

func TestRestoresAtOnceAllComeAboutAndLoseNoBook(t *testing.T) {
	path, backup := twoBooks(t)
	now := time.Now()
	formers := make([]string, 4)
	var wait sync.WaitGroup
	for i := range formers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			var err error
			if formers[i], err = Restore(backup, path, now); err != nil {
				t.Error(err)
			}
		}()
	}
	wait.Wait()
	if whose(t, path) != "saved" {
		t.Error("the backup is not in place")
	}
	mine := 0
	for _, f := range formers {
		if whose(t, f) == "mine" {
			mine++
		}
	}
	if list, _ := filepath.Glob(path + ".restored*"); mine != 1 || len(list) != 0 {
		t.Errorf("the former book is kept %d times among %v; left over: %v", mine, formers, list)
	}
}

func TestAProgramKilledWhileItRestoresLeavesABookOrItsName(t *testing.T) {
	defer func() { giveSecondName, swapped = os.Link, func(string) {} }()
	killed := errors.New("killed")
	for _, c := range []struct {
		step  string
		names bool // the disk knows second names
		open  string
	}{{"second name", true, "mine"}, {"log aside", true, "mine"}, {"in place", true, "saved"}, {"moved", false, ""}, {"in place", false, "saved"}} {
		path, backup := twoBooks(t)
		giveSecondName = os.Link
		if !c.names {
			giveSecondName = func(string, string) error { return errors.New("no second names here") }
		}
		swapped = func(step string) {
			if step == c.step {
				panic(killed)
			}
		}
		func() {
			defer func() { recover() }()
			_, err := Restore(backup, path, time.Now())
			t.Errorf("%s: it was not killed: %v", c.step, err)
		}()
		swapped = func(string) {}
		if c.open != "" {
			if s := whose(t, path); s != c.open {
				t.Errorf("killed at %q: the book is %q's", c.step, s)
			}
			continue
		}
		_, err := Open(path)
		former, _ := filepath.Glob(stem(path) + ".replaced-*.zg")
		fresh, _ := filepath.Glob(path + ".restored-*.zg")
		if !fault.Is(err, fault.NotFound) || len(former) != 1 || len(fresh) != 1 || !strings.Contains(err.Error(), former[0]) || !strings.Contains(err.Error(), fresh[0]) {
			t.Fatalf("killed at %q: %v; there are %v and %v", c.step, err, former, fresh)
		}
		if whose(t, former[0]) != "mine" || whose(t, fresh[0]) != "saved" {
			t.Error("they are not what they were")
		}
	}
}

func TestARestoreThatFailsLeavesTheBookAsItWas(t *testing.T) {
	defer func() { giveSecondName = os.Link }()
	path, backup := twoBooks(t)
	giveSecondName = func(from, to string) error { // the folder of the book can no longer be written to
		if err := os.Link(from, to); err != nil {
			return err
		}
		list, _ := filepath.Glob(path + ".restored-*")
		return os.Remove(list[0])
	}
	if former, err := Restore(backup, path, time.Now()); err == nil || former != "" {
		t.Errorf("%s, %v", former, err)
	}
	if list, _ := filepath.Glob(stem(path) + ".*"); len(list) != 1 || whose(t, path) != "mine" {
		t.Errorf("there lie %v", list)
	}
}

func TestWhatOthersCouldReadBecomesThePersonsAlone(t *testing.T) {
	path, backup := twoBooks(t)
	for _, p := range []string{path, backup} {
		if err := os.Chmod(p, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Write(set("a", "1")); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, path + walSuffix, path + "-shm"} {
		if i, err := os.Stat(p); err != nil || i.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", p, i.Mode(), err)
		}
	}
	other := filepath.Join(filepath.Dir(path), "other.zg")
	if _, err := Restore(backup, other, time.Now()); err != nil {
		t.Fatal(err)
	}
	if i, _ := os.Stat(other); i.Mode().Perm() != 0o600 {
		t.Errorf("restored of a backup that others can read: %v", i.Mode())
	}
}
