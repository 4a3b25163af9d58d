package paper

import "zhanggui/data/fault"

// A QR code of versions 1 to 6 with error correction M: up to 106 bytes, more than a label says.
const qrMost = 6

// What a version holds: all its codewords, and blocks with so many of them for correction each.
var (
	qrWords  = [qrMost + 1]int{0, 26, 44, 70, 100, 134, 172}
	qrBlocks = [qrMost + 1]int{0, 1, 1, 1, 2, 2, 4}
	qrCheck  = [qrMost + 1]int{0, 10, 16, 26, 18, 24, 16}
)

// qrcode gives the dark modules of a text, row by row. Its quiet zone of four modules is the caller's.
func qrcode(s string) ([][]bool, error) {
	version := 1
	for version <= qrMost && len(s)+2 > qrWords[version]-qrBlocks[version]*qrCheck[version] { // 4 bits of mode, 8 of length, 4 to end
		version++
	}
	if version > qrMost {
		return nil, fault.New(fault.Invalid, "二维码内容太长：%d 字节，最多 106", "the QR code would hold %d bytes; 106 is the most", len(s)).At("barcode")
	}
	words := qrCoded(version, qrData(version, s))
	best, least := [][]bool(nil), 0
	for mask := range 8 {
		q := newQR(version)
		q.place(words, mask)
		q.format(mask)
		if p := q.penalty(); best == nil || p < least {
			best, least = q.dark, p
		}
	}
	return best, nil
}

// qrData is the text in byte mode, filled up with the two words that mean nothing.
func qrData(version int, s string) []byte {
	room := qrWords[version] - qrBlocks[version]*qrCheck[version]
	out := make([]byte, 0, room)
	carry := byte(4) // the mode; from here on every byte lies across two
	for _, b := range append([]byte{byte(len(s))}, s...) {
		out = append(out, carry<<4|b>>4)
		carry = b & 15
	}
	out = append(out, carry<<4)
	for fill := byte(0xEC); len(out) < room; fill ^= 0xEC ^ 0x11 {
		out = append(out, fill)
	}
	return out
}

// qrCoded adds the correction of each block and lays the blocks into one another.
func qrCoded(version int, data []byte) []byte {
	n, check := qrBlocks[version], qrCheck[version]
	short := len(data) / n // every version here has blocks of one length but the last ones, which may be longer
	long := len(data) % n
	var blocks, checks [][]byte
	for i, at := 0, 0; i < n; i++ {
		size := short
		if i >= n-long {
			size++
		}
		block := data[at : at+size]
		at += size
		blocks, checks = append(blocks, block), append(checks, reedSolomon(block, check))
	}
	var out []byte
	for i := range short + 1 {
		for _, b := range blocks {
			if i < len(b) {
				out = append(out, b[i])
			}
		}
	}
	for i := range check {
		for _, c := range checks {
			out = append(out, c[i])
		}
	}
	return out
}

// times multiplies in the field of 256 elements that QR codes reckon in.
func times(a, b byte) (p byte) {
	for ; b != 0; b >>= 1 {
		if b&1 != 0 {
			p ^= a
		}
		if high := a & 0x80; high != 0 {
			a = a<<1 ^ 0x1D
		} else {
			a <<= 1
		}
	}
	return p
}

// reedSolomon is the remainder of the data by the polynomial whose roots are the first n powers of two.
func reedSolomon(data []byte, n int) []byte {
	poly := make([]byte, n) // without its leading 1
	poly[n-1] = 1
	for root, i := byte(1), 0; i < n; i++ {
		for k := range poly {
			poly[k] = times(poly[k], root)
			if k+1 < n {
				poly[k] ^= poly[k+1]
			}
		}
		root = times(root, 2)
	}
	rest := make([]byte, n)
	for _, b := range data {
		f := b ^ rest[0]
		copy(rest, rest[1:])
		rest[n-1] = 0
		for k := range rest {
			rest[k] ^= times(poly[k], f)
		}
	}
	return rest
}

// qr is a code in the making: its dark modules, and those that carry no data.
type qr struct {
	size        int
	dark, fixed [][]bool
}

func newQR(version int) *qr {
	q := &qr{size: 17 + 4*version}
	for range q.size {
		q.dark, q.fixed = append(q.dark, make([]bool, q.size)), append(q.fixed, make([]bool, q.size))
	}
	for i := range q.size {
		q.set(6, i, i%2 == 0)
		q.set(i, 6, i%2 == 0)
	}
	for _, c := range [][2]int{{3, 3}, {3, q.size - 4}, {q.size - 4, 3}} {
		q.square(c[0], c[1], 4)
	}
	if version > 1 {
		q.square(q.size-7, q.size-7, 2)
	}
	q.format(0) // its place is taken
	return q
}

// set fixes a module, where it lies within the code.
func (q *qr) set(y, x int, dark bool) {
	if x >= 0 && y >= 0 && x < q.size && y < q.size {
		q.dark[y][x], q.fixed[y][x] = dark, true
	}
}

// square draws a finder (reaching 4 with its light edge) or an alignment pattern (2) around a module.
func (q *qr) square(cy, cx, reach int) {
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			d := max(dy, -dy, dx, -dx)
			q.set(cy+dy, cx+dx, d != 4 && (reach == 2 && d != 1 || reach == 4 && d != 2))
		}
	}
}

// format writes correction M and the mask, twice.
func (q *qr) format(mask int) {
	rest := mask
	for range 10 {
		rest = rest<<1 ^ rest>>9*0x537
	}
	bits := (mask<<10 | rest) ^ 0x5412
	for i := range 15 {
		dark := bits>>i&1 != 0
		switch {
		case i < 6:
			q.set(i, 8, dark)
		case i < 8:
			q.set(i+1, 8, dark)
		case i == 8:
			q.set(8, 7, dark)
		default:
			q.set(8, 14-i, dark)
		}
		if i < 8 {
			q.set(8, q.size-1-i, dark)
		} else {
			q.set(q.size-15+i, 8, dark)
		}
	}
	q.set(q.size-8, 8, true)
}

// place lays the words in columns of two, upwards and downwards, and masks them.
func (q *qr) place(words []byte, mask int) {
	bit := 0
	for right := q.size - 1; right > 0; right -= 2 {
		if right == 6 {
			right = 5
		}
		for i := range q.size {
			y := i
			if (right+1)&2 == 0 {
				y = q.size - 1 - i
			}
			for _, x := range []int{right, right - 1} {
				if q.fixed[y][x] {
					continue
				}
				dark := bit < 8*len(words) && words[bit/8]>>(7-bit%8)&1 != 0
				bit++
				q.dark[y][x] = dark != masked(mask, y, x)
			}
		}
	}
}

func masked(mask, y, x int) bool {
	switch mask {
	case 0:
		return (y+x)%2 == 0
	case 1:
		return y%2 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (y+x)%3 == 0
	case 4:
		return (y/2+x/3)%2 == 0
	case 5:
		return y*x%2+y*x%3 == 0
	case 6:
		return (y*x%2+y*x%3)%2 == 0
	}
	return ((y+x)%2+y*x%3)%2 == 0
}

// penalty tells how hard a code is to read: long runs, blocks, what looks like a finder, too dark or too light.
func (q *qr) penalty() (sum int) {
	count := 0
	for _, turned := range []bool{false, true} {
		at := func(y, x int) bool {
			if turned {
				y, x = x, y
			}
			return q.dark[y][x]
		}
		for y := range q.size {
			run, last := 0, 0 // last holds the modules behind, as bits
			for x := range q.size {
				if x > 0 && at(y, x) == at(y, x-1) {
					run++
				} else {
					run = 1
				}
				if run == 5 {
					sum += 3
				} else if run > 5 {
					sum++
				}
				last = last << 1 & 0x7FF
				if at(y, x) {
					last |= 1
				}
				if x >= 10 && (last == 0x5D0 || last == 0x05D) {
					sum += 40
				}
				if turned {
					continue
				}
				if at(y, x) {
					count++
				}
				if x > 0 && y > 0 && at(y, x) == at(y, x-1) && at(y, x) == at(y-1, x) && at(y, x) == at(y-1, x-1) {
					sum += 3
				}
			}
		}
	}
	percent := count * 100 / (q.size * q.size)
	return sum + max(percent-50, 50-percent)/5*10
}

// qrAt draws a QR code from its upper left corner; its quiet zone is the caller's. The modules of a row that touch are one bar.
func (p *page) qrAt(x, y, module float64, s string) (side float64, err error) {
	dark, err := qrcode(s)
	if err != nil {
		return 0, err
	}
	for r, row := range dark {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				p.fill(micro(x+float64(from)*module), micro(y+float64(r)*module), micro(float64(to-from)*module), micro(module), 0)
				from = to
			}
		}
	}
	return float64(len(dark)) * module, nil
}
