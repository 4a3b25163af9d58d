package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// 8.2 U8: an encrypted backup is one file that only its owner may read, and that the password alone opens; what is not whole, and every other
// password, is refused, the book stays, and no plain copy is left lying.
func TestEncryptedBackup(t *testing.T) {
	d := stall(t)
	book := d.at("b.zg")
	refused := func(rc int, words string, args ...string) {
		t.Helper()
		if got, _, said := d.call(args...); got != rc || !strings.Contains(said, words) {
			t.Errorf("%v: %d %q, want %d %q", args, got, said, rc, words)
		}
	}
	refused(1, "ZG_BACKUP_PASSWORD", "backup", book, d.at("safe"), "--encrypt")
	t.Setenv("ZG_BACKUP_PASSWORD", "short")
	refused(1, "8 to 128", "backup", book, d.at("safe"), "--encrypt")
	t.Setenv("ZG_BACKUP_PASSWORD", "三月的账要锁好 2026")
	rc, out, said := d.call("backup", book, d.at("safe"), "--encrypt")
	if rc != 0 || out != d.at("safe.age")+"\n" || !strings.Contains(said, "password") {
		t.Fatal(rc, out, said)
	}
	safe := d.at("safe.age")
	info, err := os.Stat(safe)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v (%v)", info.Mode(), err)
	}
	whole, _ := os.ReadFile(safe)
	if !bytes.HasPrefix(whole, []byte("age-encryption.org/v1\n")) || bytes.Contains(whole, []byte("Nail")) || bytes.Contains(whole, []byte("SQLite format")) {
		t.Error("it is not encrypted by age")
	}
	refused(1, "exists", "backup", book, d.at("safe"), "--encrypt")
	folder := d.at("stick")
	os.Mkdir(folder, 0o700)
	if out := d.must("backup", book, folder, "--encrypt", "--request", "R1"); !strings.HasSuffix(out, ".zg.age\n") || filepath.Dir(out) != folder {
		t.Errorf("into a folder: %s", out)
	}
	again := d.at("again.zg")
	d.must("restore", safe, again)
	if a, b := d.must("report", book, "stock-on-hand", "--format", "csv"), d.must("report", again, "stock-on-hand", "--format", "csv"); a != b {
		t.Errorf("restored is\n%s, not\n%s", b, a)
	}
	d.must("verify", again)
	d.must("restore", safe, book, "--request", "R2")
	if _, _, said := d.call("restore", safe, book, "--request", "R2"); !strings.Contains(said, "done before") {
		t.Errorf("asked again: %s", said)
	}

	was, _ := os.ReadFile(again)
	cut := d.file("cut.age", string(whole[:len(whole)-1000]))
	refused(3, "not whole", "restore", cut, again)
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 1
	refused(3, "not whole", "restore", d.file("changed.age", string(changed)), again)
	t.Setenv("ZG_BACKUP_PASSWORD", "三月的账要锁好 2027")
	refused(1, "does not open", "restore", safe, again)
	os.Unsetenv("ZG_BACKUP_PASSWORD")
	refused(1, "ZG_BACKUP_PASSWORD", "restore", safe, again)
	if now, _ := os.ReadFile(again); !bytes.Equal(now, was) {
		t.Error("a refused restore changed the book")
	}
	for _, pattern := range []string{".zg-*", "*.part", "*.restored-*", "stick/.zg-*", "*.age.*"} {
		if left, _ := filepath.Glob(d.at(pattern)); len(left) > 0 {
			t.Errorf("left lying: %v", left)
		}
	}
}
