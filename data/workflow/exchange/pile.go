package exchange

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"zhanggui/data/files"
)

// piled is how many bytes of a table's rows stay in memory; those behind them lie in a file of this person's alone while the table is open.
const piled = 8 << 20

// pile is the rows of a table that lie in a file, packed one after the other.
type pile struct {
	file *os.File
	out  *bufio.Writer
	rows int
}

// Add takes one more row; a table of many rows puts them into a file, so Close it. A disk without room is a fault.
func (t *Table) Add(r Row) error {
	if t.far == nil {
		t.size += 48 + 16*len(r.Cells)
		for _, c := range r.Cells {
			t.size += len(c)
		}
		if t.size <= piled {
			t.Rows = append(t.Rows, r)
			return nil
		}
		f, err := os.CreateTemp("", "zhanggui-rows-")
		if err != nil {
			return files.Unwritten(os.TempDir(), err)
		}
		os.Remove(f.Name()) // where the system lets a file go on without a name, nothing of it outlasts this program
		t.far = &pile{file: f, out: bufio.NewWriterSize(f, 64<<10)}
	}
	if err := t.far.add(r); err != nil {
		return files.Unwritten(t.far.file.Name(), err)
	}
	return nil
}

func (p *pile) add(r Row) error {
	b := binary.AppendUvarint(p.out.AvailableBuffer(), uint64(r.Line))
	b = binary.AppendUvarint(b, uint64(len(r.Cells)))
	for _, c := range r.Cells {
		b = binary.AppendUvarint(b, uint64(len(c)))
	}
	if _, err := p.out.Write(b); err != nil {
		return err
	}
	for _, c := range r.Cells {
		if _, err := p.out.WriteString(c); err != nil {
			return err
		}
	}
	p.rows++
	return nil
}

// Len is how many rows the table has, header and title left out.
func (t *Table) Len() int {
	if t.far == nil {
		return len(t.Rows)
	}
	return len(t.Rows) + t.far.rows
}

// Each gives all rows in order, as often as it is called. The cells of a row share their memory: who keeps one of them for long clones it.
func (t *Table) Each(f func(Row) error) error {
	for _, r := range t.Rows {
		if err := f(r); err != nil {
			return err
		}
	}
	if t.far == nil {
		return nil
	}
	return t.far.each(f)
}

func (p *pile) each(f func(Row) error) error {
	if err := p.out.Flush(); err != nil {
		return files.Unwritten(p.file.Name(), err)
	}
	in := bufio.NewReaderSize(io.NewSectionReader(p.file, 0, 1<<62), 64<<10)
	var text []byte
	for n := range p.rows {
		r, err := unpacked(in, &text)
		if err != nil {
			return fmt.Errorf("read row %d that was put aside: %w", n, err)
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

// unpacked reads one row; text is used again by the next.
func unpacked(in *bufio.Reader, text *[]byte) (r Row, err error) {
	number := func() (n int) {
		if err == nil {
			var u uint64
			u, err = binary.ReadUvarint(in)
			n = int(u)
		}
		return n
	}
	r.Line = number()
	r.Cells = make([]string, number())
	ends, size := make([]int, len(r.Cells)), 0
	for i := range ends {
		size += number()
		ends[i] = size
	}
	if err != nil {
		return r, err
	}
	if cap(*text) < size {
		*text = make([]byte, size)
	}
	if _, err = io.ReadFull(in, (*text)[:size]); err != nil {
		return r, err
	}
	whole, from := string((*text)[:size]), 0
	for i, to := range ends {
		r.Cells[i], from = whole[from:to], to
	}
	return r, nil
}

// Close lets go of the rows that lie in a file.
func (t *Table) Close() {
	if t.far == nil {
		return
	}
	t.far.file.Close()
	os.Remove(t.far.file.Name()) // gone already where it lost its name at once
	t.far = nil
}
