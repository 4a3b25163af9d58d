package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// The PDF writer says of every character that it is its own code, which is not so of those beyond 16 bits: they are drawn from the private use area
// (see face), and who searches or copies the text of a file would miss them. The few of a file are named in the room of the writer's own table,
// whose length may not change.

// table is how the writer's table of characters begins and ends.
var tableBegin, tableEnd = []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"), []byte("\nend\nend")

// beyond lists the characters used, in the regular and the bold font, that stand beyond 16 bits, in order.
func beyond(used [2]map[rune]bool) (list []rune) {
	for _, of := range used {
		for r := range of {
			if r >= 1<<16 && !slices.Contains(list, r) {
				list = append(list, r)
			}
		}
	}
	slices.Sort(list)
	return list
}

// readable writes what these characters are into every table of a file, as many as there is room for.
func readable(pdf []byte, list []rune) {
	for at := 0; len(list) > 0; {
		from := bytes.Index(pdf[at:], tableBegin)
		if from < 0 {
			return
		}
		from += at
		end := bytes.Index(pdf[from:], tableEnd)
		if end < 0 {
			return
		}
		end += from + len(tableEnd)
		copy(pdf[from:end], characters(list, end-from))
		at = end
	}
}

// characters is a table of so many bytes that names the characters; those that do not fit are left out.
func characters(list []rune, length int) []byte {
	const head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def 1 begincodespacerange <0000><FFFF> endcodespacerange 1 beginbfrange <0000><FFFF><0000> endbfrange "
	const foot = " endcmap end end"
	n := min(len(list), (length-len(head)-len(foot)-len("99 beginbfchar endbfchar"))/len("<E000><D800DC00>"))
	var b strings.Builder
	b.WriteString(head)
	fmt.Fprintf(&b, "%d beginbfchar ", n)
	for _, r := range list[:n] {
		hi, lo := utf16.EncodeRune(r)
		fmt.Fprintf(&b, "<%04X><%04X%04X>", faces()[0].basic(r), hi, lo)
	}
	b.WriteString("endbfchar" + foot)
	return append([]byte(b.String()), bytes.Repeat([]byte(" "), length-b.Len())...)
}
