package remains

import (
	"encoding/binary"
	"math"

	"zhanggui/data/store/pages"
)

// cellAt is the place of the i-th cell of a page whose head, at a place, is so long.
func cellAt(p []byte, head, length, i int) (int, bool) {
	at := head + length + 2*i
	if at+2 > len(p) {
		return 0, false
	}
	v := int(binary.BigEndian.Uint16(p[at:]))
	return v, v >= head+length && v < len(p)
}

// rows reads those of one of the lowest pages; broken counts the cells that make no sense.
func (x *File) rows(p []byte, head int, sound bool) (list []Row, broken int) {
	count := int(binary.BigEndian.Uint16(p[head+3:]))
	if head+headOf+2*count > x.usable {
		return nil, 1
	}
	for i := range count {
		at, ok := cellAt(p, head, headOf, i)
		var r Row
		if ok && p[head] == leafOfTable {
			r, ok = x.numbered(p, at, sound)
		} else if ok {
			r, ok = x.keyed(p, at, sound)
		}
		if !ok {
			broken++
			continue
		}
		list = append(list, r)
	}
	return list, broken
}

// numbered reads a row with a number.
func (x *File) numbered(p []byte, at int, sound bool) (r Row, ok bool) {
	size, n := varint(p, at)
	id, m := varint(p, at+n)
	if n == 0 || m == 0 {
		return r, false
	}
	body, whole, ok := x.payload(p, at+n+m, size, x.usable-35)
	if !ok {
		return r, false
	}
	r = Row{ID: int64(id), Doubtful: !sound || !whole}
	r.Values, ok = record(body)
	return r, ok
}

// keyed reads a row of a key's tree.
func (x *File) keyed(p []byte, at int, sound bool) (r Row, ok bool) {
	size, n := varint(p, at)
	if n == 0 {
		return r, false
	}
	body, whole, ok := x.payload(p, at+n, size, (x.usable-12)*64/255-23)
	if !ok {
		return r, false
	}
	r.Doubtful = !sound || !whole
	r.Values, ok = record(body)
	return r, ok
}

// payload is a row's bytes: on the page itself up to so many, the rest on pages behind each other. whole: all those are what was written.
func (x *File) payload(p []byte, at int, size uint64, fits int) (body []byte, whole, ok bool) {
	if size > uint64(x.n)*pages.Size {
		return nil, false, false
	}
	have := int(size)
	if have > fits {
		short := (x.usable-12)*32/255 - 23
		if have = short + (int(size)-short)%(x.usable-4); have > fits {
			have = short
		}
	}
	if at+have > x.usable {
		return nil, false, false
	}
	body = append(body, p[at:at+have]...)
	if have == int(size) {
		return body, true, true
	}
	if at+have+4 > x.usable {
		return nil, false, false
	}
	whole = true
	for next := binary.BigEndian.Uint32(p[at+have:]); len(body) < int(size); {
		q, _, sound := x.page(next)
		if q == nil || next == 1 {
			return nil, false, false
		}
		whole = whole && sound
		x.seen[next] = true
		body = append(body, q[4:min(x.usable, 4+int(size)-len(body))]...)
		next = binary.BigEndian.Uint32(q)
	}
	return body, whole, true
}

// record reads the columns of a row.
func record(b []byte) (list []any, ok bool) {
	size, at := varint(b, 0)
	if at == 0 || size > uint64(len(b)) {
		return nil, false
	}
	body := int(size)
	for at < int(size) {
		kind, n := varint(b[:size], at)
		if n == 0 {
			return nil, false
		}
		at += n
		long, is := length(kind)
		if !is || long > uint64(len(b)-body) {
			return nil, false
		}
		list = append(list, value(kind, b[body:body+int(long)]))
		body += int(long)
	}
	return list, body == len(b)
}

// length is how many bytes a value of a kind has; two kinds are nobody's.
func length(kind uint64) (uint64, bool) {
	switch {
	case kind >= 12:
		return (kind - 12) / 2, true
	case kind == 10 || kind == 11:
		return 0, false
	}
	return [...]uint64{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}[kind], true
}

func value(kind uint64, b []byte) any {
	switch {
	case kind == 0:
		return nil
	case kind == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	case kind == 8 || kind == 9:
		return int64(kind - 8)
	case kind < 7:
		v := int64(int8(b[0]))
		for _, c := range b[1:] {
			v = v<<8 | int64(c)
		}
		return v
	case kind%2 == 1:
		return string(b)
	}
	return append([]byte(nil), b...)
}

// varint reads one of SQLite's numbers of one to nine bytes, and tells how many it has; 0 where it is not whole.
func varint(p []byte, at int) (v uint64, n int) {
	for n < 9 && at+n < len(p) {
		b := p[at+n]
		n++
		if n == 9 {
			return v<<8 | uint64(b), n
		}
		v = v<<7 | uint64(b&0x7f)
		if b < 0x80 {
			return v, n
		}
	}
	return 0, 0
}
