package people_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
)

// byTool works on a closed book's file as any SQLite program does.
func byTool(t *testing.T, path string, f func(db *sql.DB)) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	f(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func do(t *testing.T, db *sql.DB, q string, args ...any) {
	t.Helper()
	if _, err := db.Exec(q, args...); err != nil {
		t.Fatal(q, err)
	}
}

// byHand are the digest and the hash of each entry of a log as J3 writes them down, worked out with nothing of the program.
func byHand(t *testing.T, db *sql.DB, each func(id int64, detail, digest, previous, hash, wantDigest, wantPrevious, wantHash string)) {
	t.Helper()
	rows, err := db.Query(`SELECT id, at, person, pc, program, verb, area, key, version, detail, digest, previous, hash, form FROM audit_log ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	last := strings.Repeat("0", 64)
	hexOf := func(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) }
	for rows.Next() {
		var id, at, version, form int64
		var person, pc, program, verb, area, key, detail, digest, previous, hash string
		if err := rows.Scan(&id, &at, &person, &pc, &program, &verb, &area, &key, &version, &detail, &digest, &previous, &hash, &form); err != nil {
			t.Fatal(err)
		}
		if form != 2 {
			t.Fatalf("entry %d has form %d", id, form)
		}
		wantDigest := hexOf(detail)
		said := "zhanggui-log-2"
		for _, x := range []any{last, id, at, person, pc, program, verb, area, key, version, wantDigest} {
			s := fmt.Sprint(x)
			said += fmt.Sprintf("%d:%s,", len(s), s)
		}
		wantHash := hexOf(said)
		each(id, detail, digest, previous, hash, wantDigest, last, wantHash)
		last = wantHash
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// The chain of a book is what J3 says, to the byte, worked out apart from the program; and no detail says a version 0 or an empty key (J2).
func TestTheChainIsWorkedOutApart(t *testing.T) {
	b, boss, _, now := shop(t)
	hire(t, b, boss, "孙倩", "buyer")
	*now = now.Add(time.Hour)
	if _, err := people.SignIn(b, owner, pass); err != nil {
		t.Fatal(err)
	}
	path := b.Path()
	b.Close()
	n := 0
	byTool(t, path, func(db *sql.DB) {
		byHand(t, db, func(id int64, detail, digest, previous, hash, wantDigest, wantPrevious, wantHash string) {
			n++
			if digest != wantDigest || previous != wantPrevious || hash != wantHash {
				t.Errorf("entry %d: digest %s, previous %s, hash %s; by hand %s %s %s", id, digest, previous, hash, wantDigest, wantPrevious, wantHash)
			}
			if regexp.MustCompile(`"(version|line|step|rows)":0|"key":""|"[a-z]+":""[,}]|: |, "`).MatchString(strings.NewReplacer(`"before":""`, "", `"after":""`, "").Replace(detail)) {
				t.Errorf("entry %d says nothing with many words: %s", id, detail)
			}
		})
	})
	if n < 40 {
		t.Errorf("%d entries", n)
	}
}

// An owner's sign-in keeps an anchor that bears his mark, within ten minutes no second one. Who makes the whole log anew with another tool, anchors
// and all, cannot make the mark: the owner hears of it when he signs in, and verify names it to him.
func TestAnOwnersMarkCannotBeMadeAnew(t *testing.T) {
	b, boss, _, now := shop(t)
	hire(t, b, boss, "孙倩", "buyer")
	*now = now.Add(time.Hour)
	marks := func(path string) (n int) {
		byTool(t, path, func(db *sql.DB) {
			if err := db.QueryRow(`SELECT count(*) FROM anchor WHERE kind = 'sign-in' AND length(mark) = 64`).Scan(&n); err != nil {
				t.Fatal(err)
			}
		})
		return n
	}
	mine, err := people.SignIn(b, owner, pass)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := people.SignIn(b, owner, pass); err != nil {
		t.Fatal(err)
	}
	for _, p := range mustVerify(t, mine) {
		t.Error(p)
	}
	path := b.Path()
	b.Close()
	if n := marks(path); n != 2 {
		t.Errorf("%d marks", n)
	}
	byTool(t, path, func(db *sql.DB) {
		do(t, db, `UPDATE audit_log SET person = '孙倩' WHERE id = 5`)
		fresh := map[int64][3]string{}
		byHand(t, db, func(id int64, _, _, _, _, digest, previous, hash string) {
			fresh[id] = [3]string{digest, previous, hash}
		})
		for id, x := range fresh {
			do(t, db, `UPDATE audit_log SET digest = ?, previous = ?, hash = ? WHERE id = ?`, x[0], x[1], x[2], id)
		}
		do(t, db, `UPDATE anchor SET hash = (SELECT hash FROM audit_log WHERE id = entry)`)
	})
	again, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	again.Now = func() time.Time { return now.Add(time.Hour) }
	if bad := mustVerify(t, again); len(bad) != 0 {
		t.Errorf("nobody else can know: %v", bad)
	}
	mine, err = people.SignIn(again, owner, pass)
	if err != nil {
		t.Fatal(err)
	}
	if said := mine.MarksBroken().En; !strings.Contains(said, "the mark you made on entry ") {
		t.Errorf("he hears %q", said)
	}
	if bad := strings.Join(mustVerify(t, mine), "\n"); strings.Count(bad, "the owner's mark on entry ") != 2 || !strings.Contains(bad, "does not hold") {
		t.Errorf("verify says %s", bad)
	}
	if other, err := people.SignIn(again, "孙倩", "own-password-1"); err != nil || other.MarksBroken().En != "" {
		t.Errorf("%v %v", other.MarksBroken(), err)
	}
}

// A new password and the recovery code keep the key; one that another owner gives makes a new key, and the code brings the old one back.
func TestTheKeyOutlivesThePassword(t *testing.T) {
	b, boss, code, now := shop(t)
	if err := people.Password(boss, owner, pass, "second-password-2"); err != nil {
		t.Fatal(err)
	}
	key := func(path string) (wrapped string) {
		byTool(t, path, func(db *sql.DB) {
			if err := db.QueryRow(`SELECT wrapped FROM user_ WHERE id = 1`).Scan(&wrapped); err != nil {
				t.Fatal(err)
			}
		})
		return wrapped
	}
	in := func(name, password string) *workflow.Book {
		t.Helper()
		*now = now.Add(time.Hour)
		mine, err := people.SignIn(b, name, password)
		if err != nil {
			t.Fatal(err)
		}
		if mine.MarksBroken().En != "" {
			t.Errorf("%s hears %v", name, mine.MarksBroken())
		}
		for _, p := range mustVerify(t, mine) {
			t.Errorf("%s: %s", name, p)
		}
		return mine
	}
	in(owner, "second-password-2")
	first := key(b.Path())
	fresh, err := people.Recover(b, owner, code, "third-password-3")
	if err != nil || fresh == code {
		t.Fatal(err)
	}
	boss = in(owner, "third-password-3")
	if key(b.Path()) == first {
		t.Error("the key is wrapped by the old password still")
	}
	hire(t, b, boss, "张启明", "owner")
	second := in("张启明", "own-password-1")
	if err := people.Password(second, owner, "", "given-password-4"); err != nil {
		t.Fatal(err)
	}
	mine, err := people.Changing(b, owner, "given-password-4")
	if err != nil {
		t.Fatal(err)
	}
	if err := people.Password(mine, owner, "given-password-4", "fifth-password-5"); err != nil {
		t.Fatal(err)
	}
	in(owner, "fifth-password-5")
	if _, err := people.Recover(b, owner, fresh, "sixth-password-6"); err != nil {
		t.Fatal(err)
	}
	in(owner, "sixth-password-6")
}

// An anchor that is gone, or says another occasion or moment, is named; so is a mark that is gone.
func TestAnchorsThatAreGoneAreNamed(t *testing.T) {
	for _, c := range []struct{ damage, want string }{
		{`DELETE FROM anchor`, "is not as it was kept: it was of sign-in of "},
		{`UPDATE anchor SET kind = 'backup'`, ", it is of backup of "},
		{`UPDATE anchor SET at = at + 3600000`, ", it is of sign-in of "},
		{`UPDATE anchor SET mark = ''`, "the owner's mark on entry "},
		{`UPDATE anchor SET hash = substr(hash, 1, 63) || 'x'`, "the anchor of sign-in of "},
	} {
		b, _, _, _ := shop(t)
		path := b.Path()
		b.Close()
		byTool(t, path, func(db *sql.DB) { do(t, db, c.damage) })
		again, err := workflow.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if bad := strings.Join(mustVerify(t, again), "\n"); !strings.Contains(bad, c.want) {
			t.Errorf("%s: %s", c.damage, bad)
		}
		again.Close()
	}
}

// Sign-ins of one person at one PC within ten minutes are one entry; going away is told in its own words, a book without users tells nothing (J1).
func TestComingAndGoingIsLogged(t *testing.T) {
	b, boss, _, now := shop(t)
	sun := hire(t, b, boss, "孙倩", "buyer")
	entries := func() string {
		t.Helper()
		var said []string
		list, err := b.DB.History("users", "孙倩")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.Person == "孙倩" {
				said = append(said, e.Verb)
			}
		}
		return strings.Join(said, " ")
	}
	in := func() {
		t.Helper()
		if _, err := people.SignIn(b, "孙倩", "own-password-1"); err != nil {
			t.Fatal(err)
		}
	}
	if got := entries(); got != "sign-in password" {
		t.Errorf("at first %s", got)
	}
	*now = now.Add(time.Hour * 24 * 365)
	in()
	for _, how := range []string{people.Lock, people.Switch, people.SignOut} {
		if err := people.Leave(sun, how); err != nil {
			t.Fatal(err)
		}
	}
	*now = now.Add(9 * time.Minute)
	in()
	*now = now.Add(2 * time.Minute)
	in()
	if got := entries(); got != "sign-in password sign-in lock switch sign-out sign-in" {
		t.Errorf("then %s", got)
	}
	if err := people.Off(boss); err != nil {
		t.Fatal(err)
	}
	if err := people.Leave(sun, people.SignOut); err != nil {
		t.Fatal(err)
	}
	if got := entries(); got != "sign-in password sign-in lock switch sign-out sign-in" {
		t.Errorf("without users %s", got)
	}
}
