package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"strconv"
	"strings"

	"zhanggui/data/fault"
)

// A workbook is a zip of XML parts. They are read as streams, part by part, and never more of them than these limits:
// real ones unzip to 10 or 20 times their size, a zip bomb to 1,000.
const (
	maxUnzipped  = 400 << 20
	maxToken     = maxCell + 64<<10 // bytes of one tag or text
	maxStrings   = 64 << 20         // bytes that the shared texts take in memory
	maxParts     = 8 << 20          // bytes of the zip's list of its parts
	maxThings    = 65_536           // styles, formats and relations
	unzipRatio   = 200
	smallestRoom = 16 << 20
)

var (
	errTooLarge = errors.New("unzips to more than it may")
	errDamaged  = errors.New("no well-formed workbook")
)

// archive gives the parts of a workbook while they fit in the room left.
type archive struct {
	parts map[string]*zip.File
	room  int64
}

func openArchive(name string, r io.ReaderAt, size int64) (*archive, *fault.Fault) {
	var magic [8]byte
	if n, _ := r.ReadAt(magic[:], 0); n == len(magic) && string(magic[:]) == "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" {
		return nil, at(name, 0, "是旧版 .xls 或设了密码的工作簿，请另存为没有密码的 .xlsx", "is an old .xls workbook or has a password; save it as .xlsx without one")
	}
	list := &listing{r: r, room: maxParts}
	z, err := zip.NewReader(list, size)
	list.room = math.MaxInt64
	if err != nil {
		return nil, at(name, 0, "不是 .xlsx 工作簿，或文件已损坏", "is no .xlsx workbook, or is damaged")
	}
	a := &archive{parts: map[string]*zip.File{}, room: min(maxUnzipped, max(size*unzipRatio, smallestRoom))}
	for _, f := range z.File {
		a.parts[partKey(f.Name)] = f
	}
	return a, nil
}

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// listing limits what is read of a zip before any of its parts: a list of millions of parts would fill the memory.
type listing struct {
	r    io.ReaderAt
	room int64
}

func (l *listing) ReadAt(p []byte, off int64) (int, error) {
	if l.room -= int64(len(p)); l.room < 0 {
		return 0, errTooLarge
	}
	return l.r.ReadAt(p, off)
}

// limited counts what is unzipped against the room of the archive.
type limited struct {
	r     io.Reader
	a     *archive
	token int64 // bytes since the last token
}

func (l *limited) Read(p []byte) (int, error) {
	if l.a.room <= 0 || l.token > maxToken {
		return 0, errTooLarge
	}
	n, err := l.r.Read(p)
	l.a.room -= int64(n)
	l.token += int64(n)
	return n, err
}

// scan hands the tokens of a part to f until it ends or f says stop. A part that is not there has no tokens.
func (a *archive) scan(part string, f func(xml.Token) (stop bool, err error)) error {
	file := a.parts[partKey(part)]
	if file == nil {
		return nil
	}
	r, err := file.Open()
	if err != nil {
		return errDamaged
	}
	defer r.Close()
	bytes := &limited{r: r, a: a}
	d := xml.NewDecoder(bytes)
	for {
		bytes.token = 0
		// raw tokens: the checked ones keep a stack that a hostile file could pile up
		token, err := d.RawToken()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errTooLarge):
			return errTooLarge
		case err != nil:
			return errDamaged
		}
		if stop, err := f(token); stop || err != nil {
			return err
		}
	}
}

// starts hands only the beginnings of elements to f.
func (a *archive) starts(part string, f func(name string, e xml.StartElement)) error {
	return a.scan(part, func(t xml.Token) (bool, error) {
		if e, ok := t.(xml.StartElement); ok {
			f(e.Name.Local, e)
		}
		return false, nil
	})
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// relation is a link from one part to another.
type relation struct{ kind, target string }

// relations are the links of a part by their id; targets are names of parts.
func (a *archive) relations(part string) (map[string]relation, error) {
	links := map[string]relation{}
	folder, file := path.Split(part)
	err := a.starts(folder+"_rels/"+file+".rels", func(name string, e xml.StartElement) {
		if name != "Relationship" || len(links) > maxThings {
			return
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		links[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), target}
	})
	return links, err
}

// contents are the parts of a workbook that make up its first visible sheet.
type contents struct {
	sheet     string // part of the sheet
	name      string // of the sheet
	since1904 bool
	strings   []string
	dates     []bool // by style of a cell: shown as a date
}

func (a *archive) contents() (*contents, error) {
	links, err := a.relations("")
	if err != nil {
		return nil, err
	}
	main := "xl/workbook.xml"
	for _, l := range links {
		if l.kind == "officeDocument" {
			main = l.target
		}
	}
	if links, err = a.relations(main); err != nil {
		return nil, err
	}
	c := &contents{}
	err = a.starts(main, func(name string, e xml.StartElement) {
		switch name {
		case "workbookPr":
			c.since1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			l := links[relationID(e)]
			if c.sheet == "" && l.kind == "worksheet" && (attr(e, "state") == "" || attr(e, "state") == "visible") {
				c.sheet, c.name = l.target, attr(e, "name")
			}
		}
	})
	if err != nil {
		return nil, err
	}
	if a.parts[partKey(c.sheet)] == nil {
		return nil, errDamaged
	}
	for _, l := range links {
		switch l.kind {
		case "styles":
			err = errors.Join(err, a.dateStyles(l.target, c))
		case "sharedStrings":
			err = errors.Join(err, a.sharedStrings(l.target, c))
		}
	}
	return c, err
}

// relationID is the r:id of an element, which must not be mistaken for its own id.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// dateStyles notes which cell styles show dates.
func (a *archive) dateStyles(part string, c *contents) error {
	codes := map[int]string{}
	cells := false
	return a.scan(part, func(t xml.Token) (bool, error) {
		if len(c.dates) > maxThings || len(codes) > maxThings {
			return true, errTooLarge
		}
		switch e := t.(type) {
		case xml.StartElement:
			id, err := strconv.Atoi(attr(e, "numFmtId"))
			switch {
			case e.Name.Local == "cellXfs":
				cells = true
			case err != nil:
			case e.Name.Local == "numFmt":
				codes[id] = attr(e, "formatCode")
			case e.Name.Local == "xf" && cells:
				c.dates = append(c.dates, dateFormat(id, codes[id]))
			}
			if e.Name.Local == "xf" && cells && err != nil {
				c.dates = append(c.dates, false)
			}
		case xml.EndElement:
			return e.Name.Local == "cellXfs", nil
		}
		return false, nil
	})
}

// sharedStrings reads the texts that cells refer to by number.
func (a *archive) sharedStrings(part string, c *contents) error {
	var text richText
	size := 0
	return a.scan(part, func(t xml.Token) (bool, error) {
		if text.take(t); text.b.Len() > maxCell {
			return true, errTooLarge
		}
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "si" {
			c.strings = append(c.strings, text.String())
			if size += 32 + text.b.Len(); size > maxStrings {
				return true, errTooLarge
			}
			text.reset()
		}
		return false, nil
	})
}

// richText puts the runs of a text together, without the reading aids above its characters.
type richText struct {
	b        strings.Builder
	inText   bool
	phonetic bool
}

func (x *richText) take(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t":
			x.inText = true
		case "rPh":
			x.phonetic = true
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "t":
			x.inText = false
		case "rPh":
			x.phonetic = false
		}
	case xml.CharData:
		if x.inText && !x.phonetic {
			x.b.Write(t)
		}
	}
}

func (x *richText) String() string { return unescape(x.b.String()) }

func (x *richText) reset() { *x = richText{} }

// unescape resolves the _x000D_ that workbooks write for characters XML cannot carry.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			return b.String() + s
		}
		code, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(code))
		s = s[i+7:]
	}
}
