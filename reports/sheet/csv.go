package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/data/fault"
	"zhanggui/data/workflow/exchange"
)

// ReadCSV reads comma, semicolon or tab separated text in UTF-8 (with or without BOM) or GB18030, told apart by content.
// Line ends within a cell come as \n.
func ReadCSV(name string, data []byte) (*exchange.Table, error) {
	if len(data) > maxFile {
		return nil, tooLarge(name)
	}
	data, f := decode(name, data)
	if f != nil {
		return nil, f
	}
	data, mark, skipped := separatorLine(data)
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = mark, -1
	g := &gathering{table: &exchange.Table{Name: name}, shortIsFault: true}
	for {
		cells, err := r.Read()
		if err == io.EOF || g.full {
			return g.finish()
		}
		if err != nil {
			if f := quoteFault(g, err, skipped); f != nil {
				return nil, f
			}
			continue
		}
		line, _ := r.FieldPos(0)
		for i, c := range cells {
			cells[i] = unguard(c)
		}
		g.add(line+skipped, cells, 0)
	}
}

// quoteFault notes a record whose quotes are wrong; reading goes on behind it.
func quoteFault(g *gathering, err error, skipped int) *fault.Fault {
	var place *csv.ParseError
	switch {
	case !errors.As(err, &place):
		return unreadable(g.table.Name)
	case errors.Is(err, csv.ErrBareQuote):
		g.bad(place.StartLine+skipped, "格中有单独的引号：整格用引号括起，里面的引号写两次", "a quote stands inside a cell: put the whole cell in quotes and double the quote")
	default:
		g.bad(place.StartLine+skipped, "从这一行开始的引号没有闭合，或闭合后还有文字", "a quote beginning on this line is not closed, or text follows the closing one")
	}
	return nil
}

// decode gives the text as UTF-8 without BOM.
func decode(name string, data []byte) ([]byte, *fault.Fault) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, at(name, 0, "是 UTF-16 文本，请另存为“CSV UTF-8”", "is UTF-16 text; save it as “CSV UTF-8”")
	}
	text, bom := bytes.CutPrefix(data, []byte("\ufeff"))
	loneReturns(text)
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return nil, at(name, lineAt(text, i), "含有 NUL 字节，不是文本文件", "contains a NUL byte; this is no text file")
	}
	broken, chars := utf8Faults(text)
	if broken < 0 {
		return text, nil
	}
	// Chinese in GB18030 looks hardly ever like UTF-8, so many good characters mean UTF-8 with a damaged one.
	if bom || chars > 0 {
		return nil, at(name, lineAt(text, broken), "有不是 UTF-8 的字节，文件可能已损坏", "has a byte that is not UTF-8; the file may be damaged")
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	if err != nil {
		return nil, unreadable(name)
	}
	if i := bytes.IndexRune(out, utf8.RuneError); i >= 0 {
		return nil, at(name, lineAt(out, i), "编码不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030 text")
	}
	return out, nil
}

// loneReturns makes line ends of returns that stand alone, as old programs write them.
func loneReturns(text []byte) {
	for i := 0; ; i++ {
		n := bytes.IndexByte(text[i:], '\r')
		if n < 0 {
			return
		}
		if i += n; i+1 >= len(text) || text[i+1] != '\n' {
			text[i] = '\n'
		}
	}
}

// utf8Faults gives the place of the first byte that is not UTF-8, -1 if there is none, and how many more characters
// beyond ASCII are good UTF-8 than are not.
func utf8Faults(text []byte) (broken, chars int) {
	broken = -1
	if utf8.Valid(text) {
		return broken, 0
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			if broken < 0 {
				broken = i
			}
			chars--
		case size > 1:
			chars++
		}
		i += size
	}
	return broken, chars
}

func lineAt(text []byte, i int) int { return 1 + bytes.Count(text[:i], []byte("\n")) }

// separatorLine finds the delimiter. A first line "sep=;", as some spreadsheets write, says it and is skipped.
func separatorLine(data []byte) (rest []byte, mark rune, skipped int) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if s, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(string(first[:min(len(first), 8)]), "\r")), "sep="); ok && len(s) == 1 && strings.Contains(",;\t", s) {
		return rest, rune(s[0]), 1
	}
	return data, delimiter(data), 0
}

// delimiter is the mark that stands most often in the header, outside quotes; the comma where they tie.
func delimiter(data []byte) rune {
	var count [128]int
	quoted := false
	data = bytes.TrimLeft(data, "\r\n")
header:
	for _, c := range data[:min(len(data), maxCell)] {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			break header
		case c < 128:
			count[c]++
		}
	}
	best := ','
	for _, d := range ";\t" {
		if count[d] > count[best] {
			best = d
		}
	}
	return best
}

// WriteCSV writes UTF-8 with a BOM, which Excel needs to see Chinese, and CRLF line ends. Text that a spreadsheet would
// run as a formula is guarded by a leading apostrophe, which reading takes off again.
func WriteCSV(w io.Writer, header []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	return StreamCSV(w, header, func(f func([]string) error) error {
		for _, r := range rows {
			if err := f(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// StreamCSV is WriteCSV of rows that come one after the other, without the mark a file begins with.
func StreamCSV(w io.Writer, header []string, each func(f func(row []string) error) error) error {
	b := bufio.NewWriter(w)
	putRow(b, header)
	err := each(func(r []string) error {
		putRow(b, r)
		return nil
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

var quotes = strings.NewReplacer(`"`, `""`, "\n", "\r\n")

// putRow writes a row. A cell with any mark that some spreadsheet takes for the end of a cell or row is quoted; what goes wrong is
// told when the writer is flushed.
func putRow(b *bufio.Writer, row []string) {
	for i, v := range guarded(row) {
		if i > 0 {
			b.WriteByte(',')
		}
		if !strings.ContainsAny(v, "\",;\t\r\n") && strings.TrimLeft(v, " \u00a0\u3000") == v && v != `\.` && (v != "" || len(row) > 1) {
			b.WriteString(v)
			continue
		}
		b.WriteByte('"')
		b.WriteString(quotes.Replace(v))
		b.WriteByte('"')
	}
	b.WriteString("\r\n")
}

func guarded(row []string) []string {
	out := make([]string, len(row))
	for i, v := range row {
		if strings.ContainsRune(v, '\r') { // a lone \r would be dropped
			v = strings.ReplaceAll(strings.ReplaceAll(v, "\r\n", "\n"), "\r", "\n")
		}
		if dangerous(v) && !figure(v) {
			v = "'" + v
		}
		out[i] = v
	}
	return out
}

// unguard takes off the apostrophe guarded put before a cell.
func unguard(v string) string {
	if strings.HasPrefix(v, "'") && dangerous(v[1:]) {
		return v[1:]
	}
	return v
}

// dangerous tells whether a spreadsheet may take the text for a formula. Apostrophes before it count too: they
// are what is taken off on reading, so a text that has one of its own gets a second.
func dangerous(v string) bool {
	v = strings.TrimLeft(v, "'")
	if v == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(v)
	return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r)
}

// figure tells whether the text is a plain signed figure, which no spreadsheet mistakes.
func figure(v string) bool {
	v = strings.TrimLeft(v, "+-")
	digits := strings.Trim(v, "0123456789.,%") == ""
	return digits && v != "" && v[0] >= '0' && v[0] <= '9'
}
