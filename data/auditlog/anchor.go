package auditlog

import (
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// Anchor 锚点 is an entry and its hash, or the beginning of it, kept where who changes the book does not reach: on the cover of the month's
// books, in a backup, on this PC.
type Anchor struct {
	Entry int64
	Hash  string
}

// Digits is how much of a hash people are shown, and fewest how much of it one may ask with.
const (
	Digits = 16
	fewest = 8
)

// Short is the hash as people copy it: its first 16 digits.
func (a Anchor) Short() string { return a.Hash[:min(len(a.Hash), Digits)] }

// Line is what the cover says: 日志 4812 9f3c61aa02de77b1.
func (a Anchor) Line() text.Text {
	return text.Tf("日志 %d %s", "Audit log %d %s", a.Entry, a.Short())
}

// ParseAnchor reads ENTRY:HEX, of 8 to 64 digits.
func ParseAnchor(s string) (Anchor, error) {
	id, hex, _ := strings.Cut(strings.TrimSpace(s), ":")
	n, err := strconv.ParseInt(id, 10, 64)
	hex = strings.ToLower(hex)
	if err != nil || n < 1 || len(hex) < fewest || len(hex) > sealLen || strings.Trim(hex, "0123456789abcdef") != "" {
		return Anchor{}, fault.New(fault.Usage, "“%s”不是锚点，应写成 记录号:十六进制位（至少 8 位），如 4812:9f3c61aa02de77b1", "%q is no anchor; write ENTRY:HEX with 8 digits or more, such as 4812:9f3c61aa02de77b1", text.Short(s))
	}
	return Anchor{n, hex}, nil
}

// String is the anchor as ParseAnchor reads it.
func (a Anchor) String() string { return strconv.FormatInt(a.Entry, 10) + ":" + a.Hash }

// OldCopy says of a book whose log ends at end, on that day, that this PC has seen more of it, or another log: seen is what it saw last at
// the book's path, and there what the book has at that entry. Empty: all is well.
func OldCopy(seen, end Anchor, day text.Date, there string) text.Text {
	switch {
	case seen.Entry == 0:
		return text.Text{}
	case end.Entry < seen.Entry:
		return text.Tf("这个文件的日志到 %[2]s 的第 %[1]d 条为止，本机见过第 %[3]d 条：是旧副本吗？", "this file ends at entry %d of %s, this PC has seen %d: an old copy?", end.Entry, day.String()[5:], seen.Entry)
	case !strings.HasPrefix(there, seen.Hash):
		return text.Tf("这个文件日志的第 %d 条与本机见过的不同：换了另一本账，还是日志被改过？", "entry %d of this file's log is not the one this PC has seen: another book, or a changed log?", seen.Entry)
	}
	return text.Text{}
}
