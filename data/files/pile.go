package files

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// Pile is rows packed one after the other: a megabyte of them in memory, what is before that in a file of this person's alone. The zero Pile is
// empty.
type Pile struct {
	near []byte // the last of them
	file *os.File
	size int64 // of the file
	rows int
	text []byte
}

// nearby is how many bytes of a pile are in memory.
const nearby = 1 << 20

// Add puts a row behind the others: its texts, and a number that comes back with them. A disk without room is a fault.
func (p *Pile) Add(n int, texts []string) error {
	b := binary.AppendUvarint(p.near, uint64(n))
	b = binary.AppendUvarint(b, uint64(len(texts)))
	for _, s := range texts {
		b = binary.AppendUvarint(b, uint64(len(s)))
	}
	for _, s := range texts {
		b = append(b, s...)
	}
	p.near = b
	p.rows++
	if len(b) < nearby {
		return nil
	}
	if p.file == nil {
		f, err := os.CreateTemp("", "zhanggui-rows-")
		if err != nil {
			return Unwritten(os.TempDir(), err)
		}
		os.Remove(f.Name()) // where the system lets a file go on without a name, nothing of it outlasts this program
		p.file = f
	}
	if _, err := p.file.WriteAt(b, p.size); err != nil {
		return Unwritten(p.file.Name(), err)
	}
	p.size, p.near = p.size+int64(len(b)), b[:0]
	return nil
}

// Len is how many rows there are.
func (p *Pile) Len() int { return p.rows }

// Each gives the rows in order, as often as it is called. The texts of a row share their memory: who keeps one of them for long clones it.
func (p *Pile) Each(f func(n int, texts []string) error) error {
	from := io.Reader(bytes.NewReader(p.near))
	if p.file != nil {
		from = io.MultiReader(io.NewSectionReader(p.file, 0, p.size), from)
	}
	in := bufio.NewReaderSize(from, 64<<10)
	for i := range p.rows {
		n, texts, err := p.unpacked(in)
		if err != nil {
			return fmt.Errorf("read row %d that was put aside: %w", i, err)
		}
		if err := f(n, texts); err != nil {
			return err
		}
	}
	return nil
}

// unpacked reads one row.
func (p *Pile) unpacked(in *bufio.Reader) (n int, texts []string, err error) {
	number := func() (n int) {
		if err == nil {
			var u uint64
			u, err = binary.ReadUvarint(in)
			n = int(u)
		}
		return n
	}
	n = number()
	texts = make([]string, number())
	ends, size := make([]int, len(texts)), 0
	for i := range ends {
		size += number()
		ends[i] = size
	}
	if err != nil {
		return n, nil, err
	}
	if cap(p.text) < size {
		p.text = make([]byte, size)
	}
	if _, err = io.ReadFull(in, p.text[:size]); err != nil {
		return n, nil, err
	}
	whole, from := string(p.text[:size]), 0
	for i, to := range ends {
		texts[i], from = whole[from:to], to
	}
	return n, texts, nil
}

// Close lets go of the rows.
func (p *Pile) Close() {
	if p.file != nil {
		p.file.Close()
		os.Remove(p.file.Name()) // gone already where it lost its name at once
	}
	*p = Pile{}
}
