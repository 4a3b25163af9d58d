package paper

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"

	"github.com/jung-kurt/gofpdf"

	"zhanggui/data/files"
)

// partPages is how many pages are drawn at once. The PDF writer keeps every stroke of a file in memory until its end, a hundred times what is
// left of it on disk: a file of more pages is drawn in parts, and their pages are put into one file with one copy of the fonts.
const partPages = 64

// sheets gives pages one after the other, the same each time; a page is used again by the next.
type sheets func(f func(*page) error) error

// long is a paper that may have very many pages; they are laid out as they are asked for.
type long interface{ sheets() (sheets, error) }

// laid lays papers out. Errors are for people.
func laid(papers []Paper) (sheets, error) {
	list := make([]sheets, len(papers))
	for i, one := range papers {
		var err error
		if l, is := one.(long); is {
			list[i], err = l.sheets()
		} else {
			var pages []page
			pages, err = one.pages()
			list[i] = func(f func(*page) error) error {
				for n := range pages {
					if err := f(&pages[n]); err != nil {
						return err
					}
				}
				return nil
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return func(f func(*page) error) error {
		for _, s := range list {
			if err := s(f); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// looks is what must be known of all pages before one is drawn.
type looks struct {
	sizes []gofpdf.SizeType
	rare  bool             // the cut fonts do not hold every character
	used  [2]map[rune]bool // in the regular and the bold font
}

// look goes over all pages.
func look(s sheets) (l looks, err error) {
	cut := cutFace()
	l.used = [2]map[rune]bool{{}, {}}
	err = s(func(p *page) error {
		l.sizes = append(l.sizes, gofpdf.SizeType{Wd: p.w, Ht: p.h})
		for i := range p.ops {
			o := &p.ops[i]
			used := l.used[0]
			if o.bold {
				used = l.used[1]
			}
			for _, r := range o.text {
				l.rare = l.rare || r >= 1<<16 || cut.advance[r] == absent
				used[r] = true
			}
		}
		return nil
	})
	return l, err
}

// joined draws pages in parts of so many and puts them into one file. What is drawn waits in a file of its own.
func joined(w io.Writer, s sheets, l looks, m meta, most int) error {
	defer files.Lean(130 << 20)()
	var bodies files.Pile
	defer bodies.Close()
	part, n := l.document(m), 0
	end := func() error {
		pdf, err := output(part)
		if err != nil {
			return err
		}
		list, err := pageBodies(pdf)
		if err != nil {
			return err
		}
		for _, body := range list {
			if err := bodies.Add(0, []string{string(body)}); err != nil {
				return err
			}
		}
		part, n = nil, 0
		return nil
	}
	err := s(func(p *page) error {
		if part == nil {
			part = l.document(m)
		}
		drawPage(part, p)
		if n++; n == most {
			return end()
		}
		return nil
	})
	if err == nil && n > 0 {
		err = end()
	}
	if err != nil {
		return err
	}
	frame := l.document(m) // as many pages, and on the first all characters there are: so it has their fonts
	for i, size := range l.sizes {
		if frame.AddPageFormat("P", size); i > 0 {
			continue
		}
		for style, used := range l.used {
			if len(used) > 0 {
				frame.SetFont("sc", []string{"", "B"}[style], 9)
				frame.Text(0, 0, written(string(sorted(used))))
			}
		}
	}
	pdf, err := output(frame)
	if err != nil {
		return err
	}
	readable(pdf, beyond(l.used))
	return filled(w, spoken(pdf, m.lang), &bodies)
}

func sorted(used map[rune]bool) []rune {
	var list []rune
	for r := range used {
		list = append(list, r)
	}
	slices.Sort(list)
	return list
}

// object is one of a PDF file: its number, and where it stands.
type object struct{ number, from, to int }

var errShape = errors.New("the PDF writer's file is not as it was")

// objects reads the table of places at a file's end: the objects in the order they stand in, and where the table begins.
func objects(pdf []byte) (list []object, table int, err error) {
	at := bytes.LastIndex(pdf, ending)
	if at < 0 {
		return nil, 0, errShape
	}
	place, _, _ := bytes.Cut(pdf[at+len(ending):], []byte("\n"))
	if table, err = strconv.Atoi(string(place)); err != nil || table > at {
		return nil, 0, errShape
	}
	for n, line := range bytes.Split(pdf[table:at], []byte("\n")) {
		if bytes.Equal(line, []byte("trailer")) {
			break
		}
		if n < 3 { // "xref", how many there are, and the one that is none
			continue
		}
		from, err := strconv.Atoi(string(line[:min(10, len(line))]))
		if err != nil {
			return nil, 0, errShape
		}
		list = append(list, object{number: n - 2, from: from})
	}
	slices.SortFunc(list, func(a, b object) int { return cmp.Compare(a.from, b.from) })
	for i := range list {
		if list[i].to = table; i+1 < len(list) {
			list[i].to = list[i+1].from
		}
	}
	return list, table, nil
}

var itsContents = regexp.MustCompile(`^\d+ 0 obj\n<</Type /Page\n(?s:.*)/Contents (\d+) 0 R`)

// contentsOf are the numbers of the objects that hold what stands on the pages, in order, by which page it is.
func contentsOf(pdf []byte, list []object) map[int]int {
	pages := map[int]int{}
	for _, o := range list {
		if found := itsContents.FindSubmatch(pdf[o.from:o.to]); found != nil {
			n, _ := strconv.Atoi(string(found[1]))
			pages[n] = len(pages)
		}
	}
	return pages
}

// pageBodies are the objects of what stands on the pages of a file, without their numbers.
func pageBodies(pdf []byte) ([][]byte, error) {
	list, _, err := objects(pdf)
	if err != nil {
		return nil, err
	}
	pages := contentsOf(pdf, list)
	bodies := make([][]byte, len(pages))
	for _, o := range list {
		if n, is := pages[o.number]; is {
			bodies[n] = bytes.TrimPrefix(pdf[o.from:o.to], fmt.Appendf(nil, "%d 0 obj\n", o.number))
		}
	}
	return bodies, nil
}

// filled writes a file with other contents of its pages, as many as it has.
func filled(w io.Writer, frame []byte, bodies *files.Pile) error {
	list, table, err := objects(frame)
	if err != nil {
		return err
	}
	pages := contentsOf(frame, list)
	if len(list) == 0 || len(pages) != bodies.Len() {
		return errShape
	}
	out := counting{w: w}
	out.write(frame[:list[0].from])
	places := make([]int, len(list)+1)
	at := 0 // what of the frame is written: the contents of its pages stand in the order of the pages
	upTo := func(page int) error {
		for ; at < len(list); at++ {
			o := list[at]
			places[o.number] = out.n
			n, is := pages[o.number]
			if is && n != page {
				return errShape
			}
			if is {
				at++
				out.write(fmt.Appendf(nil, "%d 0 obj\n", o.number))
				return nil
			}
			out.write(frame[o.from:o.to])
		}
		return nil
	}
	page := 0
	err = bodies.Each(func(_ int, body []string) error {
		if err := upTo(page); err != nil {
			return err
		}
		page++
		out.write([]byte(body[0]))
		return out.err
	})
	if err == nil {
		err = upTo(-1)
	}
	if err != nil {
		return err
	}
	now := out.n
	out.write(fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(places)))
	for _, p := range places[1:] {
		out.write(fmt.Appendf(nil, "%010d 00000 n \n", p))
	}
	trailer, end := bytes.Index(frame[table:], []byte("trailer\n")), bytes.LastIndex(frame, ending)
	if trailer < 0 {
		return errShape
	}
	out.write(frame[table+trailer : end+len(ending)])
	out.write(fmt.Appendf(nil, "%d\n%%%%EOF\n", now))
	return out.err
}

// counting knows how much was written, and the first error.
type counting struct {
	w   io.Writer
	n   int
	err error
}

func (c *counting) write(b []byte) {
	if c.err == nil {
		_, c.err = c.w.Write(b)
		c.n += len(b)
	}
}
