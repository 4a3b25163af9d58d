package remains

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"slices"
	"strings"

	"zhanggui/data/store/pages"
)

// Fold puts what a log holds into a copy of the book it belongs to, as far as it is whole. torn: more was written to the log than can be read.
func Fold(book, log string) (torn bool, err error) {
	raw, err := os.ReadFile(log)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(raw) < logHead {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	f, err := os.OpenFile(book, os.O_RDWR, 0)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, at := range committed(raw, &torn) {
		n := binary.BigEndian.Uint32(raw[at:])
		if _, err := f.WriteAt(raw[at+frameHead:at+frameHead+pages.Size], int64(n-1)*pages.Size); err != nil {
			return torn, err
		}
	}
	return torn, nil
}

const logHead, frameHead, logMagic = 32, 24, 0x377f0682

// committed lists where in a log the frames begin that were committed, in order.
func committed(raw []byte, torn *bool) (list []int) {
	magic := binary.BigEndian.Uint32(raw)
	var order binary.ByteOrder = binary.LittleEndian
	if magic == logMagic|1 {
		order = binary.BigEndian
	}
	a, b := checksum(order, 0, 0, raw[:24])
	if magic&^1 != logMagic || binary.BigEndian.Uint32(raw[8:]) != pages.Size || a != binary.BigEndian.Uint32(raw[24:]) || b != binary.BigEndian.Uint32(raw[28:]) {
		*torn = len(raw) > logHead
		return nil
	}
	whole := 0
	for at := logHead; at+frameHead+pages.Size <= len(raw); at += frameHead + pages.Size {
		head := raw[at : at+frameHead]
		if string(head[8:16]) != string(raw[16:24]) { // of an earlier round of the log
			break
		}
		a, b = checksum(order, a, b, head[:8])
		a, b = checksum(order, a, b, raw[at+frameHead:at+frameHead+pages.Size])
		if a != binary.BigEndian.Uint32(head[16:]) || b != binary.BigEndian.Uint32(head[20:]) || binary.BigEndian.Uint32(head) == 0 {
			*torn = true
			break
		}
		list = append(list, at)
		if binary.BigEndian.Uint32(head[4:]) != 0 {
			whole = len(list)
		}
	}
	return list[:whole]
}

// checksum goes on with a log's two sums.
func checksum(order binary.ByteOrder, a, b uint32, data []byte) (uint32, uint32) {
	for i := 0; i+8 <= len(data); i += 8 {
		a += order.Uint32(data[i:]) + b
		b += order.Uint32(data[i+4:]) + a
	}
	return a, b
}

// headed begins every book's file: SQLite's name, pages of 4,096 bytes, and the log's form of writing and reading.
const headed = "SQLite format 3\x00\x10\x00\x02\x02"

// Mend gives a copy of a damaged book a head and a first page by which it can be read: what the format fixes is set, and where the list
// of tables cannot be followed from the first page it is put together of those of its pages that are there. A file too short to hold
// anything stays as it is.
func Mend(book string) error {
	f, err := os.OpenFile(book, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	x := &File{f: f, n: uint32(min((info.Size()+pages.Size-1)/pages.Size, math.MaxInt32/16)), seen: map[uint32]bool{}}
	if x.n == 0 {
		return nil
	}
	first, err := x.raw(1)
	if err != nil {
		return err
	}
	there := x.n
	said := binary.BigEndian.Uint32(first[28:])
	sealed := x.mostSealed()
	x.sealed, x.usable = sealed, pages.Size
	if sealed {
		x.usable -= pages.Kept
	}
	ours := strings.HasPrefix(string(first), headed) && string(first[21:24]) == "\x40\x20\x20" && (first[20] == pages.Kept) == sealed && said >= there && said <= 16*there
	if !ours || sealed && !pages.Sound(first, 1) || !x.listed(first) {
		copy(first, headed)
		copy(first[20:], []byte{byte(pages.Size - x.usable), 64, 32, 32})
		if said < there || said > 16*there {
			said = there
		}
		// the size that is believed, no free pages, and what the format fixes
		for at, v := range map[int]uint32{28: said, 32: 0, 36: 0, 44: 4, 52: 0, 56: 1, 64: 0, 92: binary.BigEndian.Uint32(first[24:])} {
			binary.BigEndian.PutUint32(first[at:], v)
		}
		x.relist(first)
		clear(first[x.usable:])
		if _, err := f.WriteAt(first, 0); err != nil {
			return err
		}
	}
	return nil
}

// mostSealed tells by the pages themselves whether they have checksums.
func (x *File) mostSealed() bool {
	right, wrong := 0, 0
	for n := uint32(1); n <= min(x.n, 2_000); n++ {
		p, err := x.raw(n)
		if err != nil || binary.BigEndian.Uint32(p[pages.Size-pages.Kept:]) == 0 {
			continue
		}
		if pages.Sound(p, n) {
			right++
		} else {
			wrong++
		}
	}
	return right > 0 && right >= wrong/4
}

// listForm is the list of tables: type, name, table, first page, definition.
var listForm = Form{Columns: []Column{{Text: true}, {Text: true}, {Text: true}, {}, {Text: true, Null: true}}}

// listRows are the rows of a page if it is one of the list of tables.
func (x *File) listRows(n uint32) []Row {
	p, head, sound := x.page(n)
	if p == nil || p[head] != leafOfTable {
		return nil
	}
	rows, _ := x.rows(p, head, sound)
	for _, r := range rows {
		if !listForm.fits(r, true) {
			return nil
		}
		switch r.Values[0] {
		case "table", "index", "view", "trigger":
		default:
			return nil
		}
	}
	return rows
}

// listed tells whether the list of tables can be followed from the first page.
func (x *File) listed(first []byte) bool {
	if first[headSize] == leafOfTable {
		return true
	}
	w := &walk{File: &File{f: x.f, n: x.n, usable: x.usable, sealed: x.sealed, seen: map[uint32]bool{}}, form: listForm, each: func(Row) {}}
	w.above(first, headSize, true, least, most, 0)
	return first[headSize] == aboveTable && len(w.gaps) == 0
}

// relist makes the first page one above all pages of the list of tables; where there are none it stays, and is made empty where it is
// nothing at all.
func (x *File) relist(first []byte) {
	type part struct {
		page        uint32
		first, last int64
		rows        int
	}
	var list []part
	for n := uint32(2); n <= x.n; n++ {
		if rows := x.listRows(n); len(rows) > 0 {
			list = append(list, part{n, rows[0].ID, rows[len(rows)-1].ID, len(rows)})
		}
	}
	slices.SortFunc(list, func(a, b part) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.rows, a.rows)) })
	last := int64(least)
	list = slices.DeleteFunc(list, func(p part) bool { // what overlaps is an older state of the list
		if p.first <= last {
			return true
		}
		last = p.last
		return false
	})
	if len(list) == 0 {
		if first[headSize] != leafOfTable && first[headSize] != aboveTable {
			clear(first[headSize:])
			first[headSize] = leafOfTable
			binary.BigEndian.PutUint16(first[headSize+5:], uint16(x.usable))
		}
		return
	}
	clear(first[headSize:])
	first[headSize] = aboveTable
	end := x.usable
	for i, p := range list[:len(list)-1] {
		cell := binary.BigEndian.AppendUint32(nil, p.page)
		cell = appendVarint(cell, uint64(p.last))
		end -= len(cell)
		copy(first[end:], cell)
		binary.BigEndian.PutUint16(first[headSize+headUp+2*i:], uint16(end))
	}
	binary.BigEndian.PutUint16(first[headSize+3:], uint16(len(list)-1))
	binary.BigEndian.PutUint16(first[headSize+5:], uint16(end))
	binary.BigEndian.PutUint32(first[headSize+8:], list[len(list)-1].page)
}

// appendVarint writes a number below 2^56.
func appendVarint(b []byte, v uint64) []byte {
	var s []byte
	for s = append(s, byte(v&0x7f)); v > 0x7f; {
		v >>= 7
		s = append(s, byte(v&0x7f)|0x80)
	}
	slices.Reverse(s)
	return append(b, s...)
}

// Part is one thing of the list of tables.
type Part struct {
	Kind, Name, Table, SQL string
	Root                   uint32
}

// List reads the list of tables.
func (x *File) List() (list []Part, gaps []Gap) {
	gaps = x.Tree(1, listForm, func(r Row) {
		p := Part{Kind: r.Values[0].(string), Name: r.Values[1].(string), Table: r.Values[2].(string)}
		root, _ := r.Values[3].(int64)
		if root > 0 && root <= int64(x.n) {
			p.Root = uint32(root)
		}
		if len(r.Values) > 4 {
			p.SQL, _ = r.Values[4].(string)
		}
		list = append(list, p)
	})
	return list, gaps
}
