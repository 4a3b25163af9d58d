package secret

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
)

func TestPasswordsThatWillNotDo(t *testing.T) {
	for _, p := range []string{"", "short7!", "1234567", "12345678", "PASSWORD", "Iloveyou", "１２３４５６７８", "qwertyuiop", strings.Repeat("x", 129), strings.Repeat("长", 10_000), "abc\x00defgh", "line\nbreak", "bad\xffbytes", "zhangqiming", "ZhangQiming", "ｚhangqiming"} {
		if err := Password("Zhangqiming", p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.20q will do: %v", p, err)
		}
	}
	for _, p := range []string{"correct horse", "掌柜的密码不告诉你", "八个字也够了啊吧", strings.Repeat("x", 128), "zhangqiming1"} {
		if err := Password("zhangqiming", p); err != nil {
			t.Errorf("%.20q: %v", p, err)
		}
	}
	if err := Password("", "张启明"); err == nil {
		t.Error("three characters are few in any script")
	}
}

func TestThereAreTwoHundredCommonest(t *testing.T) {
	if len(common) != 200 {
		t.Errorf("%d", len(common))
	}
	for p := range common {
		if len(p) < shortest || fold(p) != p {
			t.Errorf("%q stands there for nothing", p)
		}
	}
}

func TestPINs(t *testing.T) {
	for p, ok := range map[string]bool{"4711": true, "12345678": true, "１２３４": true, "123": false, "123456789": false, "12a4": false, "": false, "1234\x00": false, "12 34": false} {
		if err := PIN(p); (err == nil) != ok {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestNames(t *testing.T) {
	for typed, want := range map[string]string{"李敏": "李敏", "  Li   Min ": "Li Min", "Ｌｉ": "Li", strings.Repeat("张", 40): strings.Repeat("张", 40)} {
		if got, err := Name(typed); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", " ", strings.Repeat("张", 41), strings.Repeat("x", 10_000), "Li\x00Min", "Li\u200bMin", "Li\u202eMin", "\xff", "a,b", "张、李", "a@b", "role|user"} {
		if got, err := Name(typed); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.20q: %q, %v", typed, got, err)
		}
	}
	same := [][2]string{{"Li Min", "li  min"}, {"Ｌｉ", "LI"}, {"Coop", "Сооp"}, {"ALPHA", "αLPHΑ"}, {"Straße", "STRASSE"}}
	for _, p := range same {
		if Folded(p[0]) != Folded(p[1]) {
			t.Errorf("%q and %q look alike: %q, %q", p[0], p[1], Folded(p[0]), Folded(p[1]))
		}
	}
	if Folded("李敏") == Folded("李明") || Folded("Li") == Folded("Lu") {
		t.Error("two people are one")
	}
}

func TestHashesAreStandardText(t *testing.T) {
	kept := Hash("correct horse")
	if !regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`).MatchString(kept) {
		t.Errorf("%s", kept)
	}
	if kept == Hash("correct horse") {
		t.Error("two hashes have one salt")
	}
	if !Matches(kept, "correct horse") || !Matches(kept, "ｃorrect horse") || Matches(kept, "correct horsf") || Matches(kept, "") || Matches(kept, strings.Repeat("x", 1<<20)) {
		t.Error("the right one matches, also typed in full width, and no other")
	}
	if Outgrown(kept) || !Outgrown(strings.Replace(kept, "t=2", "t=1", 1)) || !Outgrown("$argon2id$v=19$m=4096,t=3,p=1$c29tZXNhbHQ$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A") || !Outgrown("") {
		t.Error("what cost less once is made anew")
	}
}

// A hash another program made by the same standard is read: the reference implementation's of "password" with salt "somesalt", m 65536, t 2, p 1.
func TestAnotherProgramsHashIsRead(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if !Matches(reference, "password") || Matches(reference, "Password") {
		t.Error("the standard's own example does not hold")
	}
}

func TestHashesSomebodyWroteIntoTheBookMatchNothing(t *testing.T) {
	for _, kept := range []string{"", "secret", "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$argon2id$v=19$m=19456,t=4000000,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=19456,t=2,p=0$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=19456,t=2,p=1$$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=19456, t=2,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"} {
		if _, err := parse(kept); err == nil {
			t.Errorf("%s is taken for a hash", kept)
		}
	}
	if Matches("secret", "secret") || Matches("", "") {
		t.Error("what is no hash matches")
	}
}

// An unknown name costs what a known one does, so that nobody learns names by the clock. Work is compared, not time: other programs run.
func TestAnUnknownNameCostsTheSame(t *testing.T) {
	known, is := asKept(Hash("correct horse"))
	unknown, none := asKept("")
	if !is || none || known.cost != unknown.cost || len(known.salt) != len(unknown.salt) || len(known.of("wrong")) != len(unknown.of("wrong")) {
		t.Errorf("a known name costs %v, an unknown one %v", known.cost, unknown.cost)
	}
	if Matches("", string(unknown.of(""))) {
		t.Error("what matches no hash is taken")
	}
	from := time.Now()
	known.of("wrong horse!")
	t.Logf("a try takes %v", time.Since(from))
}

func TestWrongOnesLockLongerAndLonger(t *testing.T) {
	at := func(clock string) time.Time {
		m, err := time.Parse("15:04:05", clock)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	var tries Tries
	for _, step := range []struct {
		now, until string // of a wrong one, and how long it locks; empty: not at all
	}{{"10:00:00", ""}, {"10:00:10", ""}, {"10:00:20", "10:01:20"}, {"10:01:20", "10:03:20"}, {"10:05:00", "10:09:00"}, {"10:09:00", "10:17:00"}, {"10:20:00", "10:35:00"}, {"11:00:00", "11:15:00"}} {
		now := at(step.now)
		if tries.Locked(now) {
			t.Fatalf("%s: locked", step.now)
		}
		tries = tries.After(false, now)
		if step.until == "" {
			if tries.Locked(now) || !tries.Until().IsZero() {
				t.Errorf("%s: %d wrong ones lock", step.now, tries.Wrong)
			}
			continue
		}
		if until := at(step.until); !tries.Until().Equal(until) || !tries.Locked(until.Add(-time.Millisecond)) || tries.Locked(until) {
			t.Errorf("%s: locked until %v", step.now, tries.Until())
		}
	}
	if tries = tries.After(true, at("12:00:00")); tries != (Tries{}) {
		t.Errorf("the right one leaves %v", tries)
	}
	two := Tries{}.After(false, at("09:00:00")).After(false, at("09:00:01")).After(true, at("09:00:02")).After(false, at("09:00:03")).After(false, at("09:00:04"))
	if two.Locked(at("09:00:05")) {
		t.Error("three wrong ones in a row lock, these had a right one between")
	}
	many := Tries{Wrong: 1 << 40, Last: at("09:00:00")}
	if many.Until() != at("09:15:00") {
		t.Errorf("%v", many.Until())
	}
}

func TestWordsOfSignIn(t *testing.T) {
	if Wrong().Text.En != "name or password is wrong" || Wrong().Code != fault.Refused {
		t.Error(Wrong())
	}
	if f := LockedUntil(time.Date(2026, 3, 6, 10, 32, 7, 0, time.UTC)); f.Text.En != "locked until 10:32" || f.Text.Zh != "已锁定，10:32 后再试" {
		t.Error(f.Text)
	}
	if Change().Text.En != "change your password first" {
		t.Error(Change())
	}
}

func TestRecoveryCodes(t *testing.T) {
	code := NewCode()
	if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$`).MatchString(code) || code == NewCode() {
		t.Errorf("%s", code)
	}
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + " "} {
		if got, ok := Code(typed); !ok || got != code {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
	if got, ok := Code("oOiIl-LABCD-EFGHJ-KMNPQ-RSTVW"); !ok || got != "00111-1ABCD-EFGHJ-KMNPQ-RSTVW" {
		t.Errorf("letters misread: %q", got)
	}
	for _, typed := range []string{"", code[1:], code + "0", strings.Replace(code, code[:1], "U", 1), strings.Repeat("A", 10_000), code[:28] + "\x00"} {
		if got, ok := Code(typed); ok {
			t.Errorf("%.40q is read as %q", typed, got)
		}
	}
	seen := map[byte]bool{}
	for range 200 {
		for _, b := range []byte(NewCode()) {
			seen[b] = true
		}
	}
	if len(seen) != 33 {
		t.Errorf("%d letters and the hyphen come in 200 codes", len(seen)-1)
	}
}

func TestTheOwnersMark(t *testing.T) {
	k := NewKey()
	m := k.Mark(4812, "9f3c61aa02de77b1")
	if !k.Holds(m, 4812, "9f3c61aa02de77b1") || k.Holds(m, 4813, "9f3c61aa02de77b1") || k.Holds(m, 4812, "9f3c61aa02de77b2") || NewKey().Holds(m, 4812, "9f3c61aa02de77b1") || k.Holds("", 4812, "9f3c61aa02de77b1") || k.Holds("zz", 4812, "9f3c61aa02de77b1") {
		t.Error("a mark holds for its key, entry and hash, and for nothing else")
	}
	kept, err := k.Wrap("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if back, err := Unwrap(kept, "correct horse"); err != nil || !bytes.Equal(back, k) {
		t.Errorf("unwrapped: %v", err)
	}
	if strings.Contains(kept, string(k)) {
		t.Error("the key lies open")
	}
	if _, err := Unwrap(kept, "wrong horse!"); !errors.Is(err, ErrWrap) {
		t.Errorf("another password: %v", err)
	}
	last := kept[:len(kept)-1] + map[bool]string{true: "B", false: "A"}[kept[len(kept)-1] != 'B']
	for _, bad := range []string{"", "$zgkey$v=1$$$", last, strings.Replace(kept, "t=2", "t=3", 1), strings.Replace(kept, "m=19456", "m=4000000000", 1), kept[:40]} {
		if _, err := Unwrap(bad, "correct horse"); !errors.Is(err, ErrWrap) {
			t.Errorf("%.60s: %v", bad, err)
		}
	}
}

func TestABackupIsEncryptedWhole(t *testing.T) {
	plain := bytes.Repeat([]byte("the books of a shop "), 20_000)
	var file bytes.Buffer
	w, err := Encrypt(&file, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !IsEncrypted(file.Bytes()) || IsEncrypted([]byte("SQLite format 3\x00")) || IsEncrypted(nil) || bytes.Contains(file.Bytes(), []byte("books")) {
		t.Error("it reads as encrypted, and nothing of it lies open")
	}
	read := func(b []byte, password string) ([]byte, error) {
		r, err := Decrypt(bytes.NewReader(b), password)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	}
	if got, err := read(file.Bytes(), "correct horse"); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%d bytes come back: %v", len(got), err)
	}
	if _, err := read(file.Bytes(), "wrong horse!"); !fault.Is(err, fault.Refused) {
		t.Errorf("a wrong password: %v", err)
	}
	if _, err := read(file.Bytes(), ""); !fault.Is(err, fault.Refused) {
		t.Errorf("no password: %v", err)
	}
	changed := bytes.Clone(file.Bytes())
	changed[len(changed)/2] ^= 1
	for name, b := range map[string][]byte{"cut": file.Bytes()[:file.Len()-10], "cut at a block": file.Bytes()[:file.Len()/2], "changed": changed, "another file": plain, "nothing": nil} {
		if _, err := read(b, "correct horse"); !fault.Is(err, fault.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Encrypt(io.Discard, "12345678"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a password everybody knows: %v", err)
	}
}
