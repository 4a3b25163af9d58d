package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"zhanggui/data/files"
)

// spool is the XML of a sheet's rows: in memory while it is short, then in a file. excelize writes what stands around them, and with them
// inside took three times as long, and 32 MB for every sheet.
type spool struct {
	buf  []byte
	file *os.File
}

// The most of a sheet that waits in memory, and how hard files are compressed: harder than this costs more time than it saves bytes.
const (
	spooled  = 256 << 10
	hardness = 4
)

// sync puts what gathered into the file once it is much. A disk without room for what passes is a fault.
func (s *spool) sync() (err error) {
	if len(s.buf) < spooled {
		return nil
	}
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "zhanggui-sheet-"); err != nil {
			return files.Unwritten(os.TempDir(), err)
		}
	}
	if _, err = s.file.Write(s.buf); err != nil {
		return files.Unwritten(s.file.Name(), err)
	}
	s.buf = s.buf[:0]
	return nil
}

// copyTo writes all rows.
func (s *spool) copyTo(w io.Writer) error {
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return err
		}
	}
	_, err := w.Write(s.buf)
	return err
}

// discard removes the file.
func (s *spool) discard() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.file = nil
	}
}

// row begins a row and end ends it.
func (s *spool) row(n int) {
	s.buf = append(s.buf, `<row r="`...)
	s.buf = strconv.AppendInt(s.buf, int64(n), 10)
	s.buf = append(s.buf, `">`...)
}

func (s *spool) end() error {
	s.buf = append(s.buf, `</row>`...)
	return s.sync()
}

// cell writes a cell: value is a text, a figure or a day; with a formula it is the cached result. Of anything else nothing is written.
func (s *spool) cell(column string, row, style int, value any, formula string) error {
	b := append(append(s.buf, `<c r="`...), column...)
	b = append(strconv.AppendInt(b, int64(row), 10), '"')
	if style > 0 {
		b = append(b, ` s="`...)
		b = append(strconv.AppendInt(b, int64(style), 10), '"')
	}
	words, isText := value.(string)
	switch {
	case isText && formula != "":
		b = append(b, ` t="str">`...)
	case isText:
		b = append(b, ` t="inlineStr"><is><t`...)
		if words != "" && (strings.IndexByte(" \t\n\r", words[0]) >= 0 || strings.IndexByte(" \t\n\r", words[len(words)-1]) >= 0) {
			b = append(b, ` xml:space="preserve"`...)
		}
		b = append(escaped(append(b, '>'), words), `</t></is>`...)
	default:
		b = append(b, '>')
	}
	if formula != "" {
		b = append(escaped(append(b, `<f>`...), formula), `</f>`...)
	}
	switch v := value.(type) {
	case nil: // a frame alone
	case string:
		if formula != "" {
			b = append(escaped(append(b, `<v>`...), v), `</v>`...)
		}
	case float64:
		b = append(strconv.AppendFloat(append(b, `<v>`...), v, 'f', -1, 64), `</v>`...)
	case time.Time:
		b = append(strconv.AppendInt(append(b, `<v>`...), serial(v), 10), `</v>`...)
	default:
		return fmt.Errorf("sheet: cell %s%d is a %T", column, row, value)
	}
	s.buf = append(b, `</c>`...)
	return nil
}

// serial is a day as workbooks count: from 1900, with a 29th of February that year did not have.
func serial(t time.Time) int64 {
	n := int64(t.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
	if n <= 60 {
		n--
	}
	return n
}

// escaped appends a text as XML, and as workbooks mean it: what looks like one of their own escapes (_x000D_) is escaped itself.
func escaped(b []byte, s string) []byte {
	if plain(s) {
		return append(b, s...)
	}
	var out bytes.Buffer
	xml.EscapeText(&out, []byte(s))
	text := strings.ReplaceAll(out.String(), "&#xA;", "\n")
	for i := 0; i < len(text); i++ {
		if text[i] == '_' && looksEscaped(text[i:]) {
			b = append(b, "_x005F"...)
		}
		b = append(b, text[i])
	}
	return b
}

// plain tells that a text means itself in XML, letter by letter.
func plain(s string) bool {
	ascii := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ', c == '&', c == '<', c == '>', c == '"', c == '\'', c == '_':
			return false
		case c >= 0x7f:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && !strings.ContainsAny(s, "\ufffe\uffff")
}

// looksEscaped tells whether a text begins as _x000D_ does.
func looksEscaped(s string) bool {
	return len(s) >= 7 && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// fill copies a workbook whose sheets are empty and puts their rows in; name gives the rows of an entry, nil of none.
func fill(to io.Writer, empty []byte, rows func(name string) *spool) error {
	from, err := zip.NewReader(bytes.NewReader(empty), int64(len(empty)))
	if err != nil {
		return err
	}
	out := zip.NewWriter(to)
	out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, hardness) })
	for _, entry := range from.File {
		s := rows(entry.Name)
		if s == nil {
			if err := out.Copy(entry); err != nil {
				return err
			}
			continue
		}
		r, err := entry.Open()
		if err != nil {
			return err
		}
		around, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
		w, err := out.Create(entry.Name)
		if err != nil {
			return err
		}
		head, tail, ok := bytes.Cut(around, []byte(`<sheetData></sheetData>`))
		if !ok {
			if head, tail, ok = bytes.Cut(around, []byte(`<sheetData/>`)); !ok {
				return fmt.Errorf("sheet: %s has no place for rows", entry.Name)
			}
		}
		if err := s.within(w, head, tail); err != nil {
			return err
		}
	}
	return out.Close()
}

// within writes the rows between what stands around them.
func (s *spool) within(w io.Writer, head, tail []byte) error {
	head = bytes.Replace(head, []byte(` filterMode="true"`), nil, 1) // there is a filter, but nothing is filtered
	if _, err := w.Write(append(head, `<sheetData>`...)); err != nil {
		return err
	}
	if err := s.copyTo(w); err != nil {
		return err
	}
	_, err := w.Write(append([]byte(`</sheetData>`), tail...))
	return err
}
