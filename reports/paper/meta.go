package paper

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/text"
)

// meta is what a file says of itself: the title a reader shows in its window, and the language it reads aloud in.
type meta struct {
	title string
	lang  text.Lang
}

// titled is a paper that has a title and a language for the file.
type titled interface{ meta() meta }

// named is the title of the first paper, and how many more there are.
func named(papers []Paper) meta {
	var m meta
	if t, ok := papers[0].(titled); ok {
		m = t.meta()
	}
	if more := len(papers) - 1; more > 0 && m.title != "" {
		m.title += fmt.Sprintf(" +%d", more)
	}
	return m
}

// heading is a file's title: what the paper is, and its number.
func heading(l text.Lang, title string, own text.Text, number string) meta {
	if title == "" {
		title = own.In(l)
	}
	return meta{strings.TrimSpace(full(title) + " " + number), l}
}

func (v *Voucher) meta() meta {
	title := v.Title
	if v.Red {
		title += wordRedTitle.In(v.Lang)
	}
	return heading(v.Lang, title, text.Text{}, v.Number)
}
func (t *Ticket) meta() meta     { return heading(t.Lang, t.Title, text.Text{}, t.Number) }
func (t *Table) meta() meta      { return heading(t.Lang, t.Title, text.Text{}, "") }
func (s *Statement) meta() meta  { return heading(s.Lang, s.Title, text.Text{}, "") }
func (r *Request) meta() meta    { return heading(r.Lang, r.Title, wordRequest, r.Number) }
func (p *PickList) meta() meta   { return heading(p.Lang, p.Title, wordPickList, p.Number) }
func (c *CountSheet) meta() meta { return heading(c.Lang, c.Title, wordCount, c.Number) }
func (j *Journal) meta() meta    { return heading(j.Lang, "", wordVoucher, j.Number) }
func (l *Labels) meta() meta     { return heading(l.Lang, "", wordLabels, "") }

var (
	wordVoucher = text.T("记账凭证", "Journal voucher")
	wordLabels  = text.T("标签", "Labels")
)

var (
	catalog = []byte("/Type /Catalog\n")
	ending  = []byte("startxref\n")
)

// spoken writes the language into the catalogue of a file, the last of its objects: only the table of places behind it moves. The PDF writer
// has no door for it.
func spoken(pdf []byte, l text.Lang) []byte {
	tag := map[text.Lang]string{text.Zh: "zh-CN", text.En: "en"}[l]
	at, end := bytes.LastIndex(pdf, catalog), bytes.LastIndex(pdf, ending)
	if tag == "" || at < 0 || end < at {
		return pdf
	}
	tail := pdf[end+len(ending):]
	n := bytes.IndexByte(tail, '\n')
	place, err := strconv.Atoi(string(tail[:max(n, 0)]))
	if err != nil {
		return pdf
	}
	word := "/Lang (" + tag + ")\n"
	head := bytes.Clone(pdf[at+len(catalog) : end+len(ending)]) // a file may be large: what is behind the catalogue is moved, and nothing else
	tail = bytes.Clone(tail[n:])
	out := append(append(pdf[:at+len(catalog)], word...), head...)
	out = strconv.AppendInt(out, int64(place+len(word)), 10)
	return append(out, tail...)
}
