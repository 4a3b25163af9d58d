package print

import (
	"fmt"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// items are the rows of the slip's further grids, under its lines: which grid and row, and what stands in it.
func (s *sheet) items() (lines []paper.Line) {
	for _, g := range s.k.Lists {
		for i, x := range s.d.Lists[g.Key] {
			var words []string
			for _, f := range g.Fields {
				v := x.Get(f.Key)
				if v == "" || s.k.Paper.NoMoney && (f.Type == slip.TypeAmount || f.Type == slip.TypePrice) {
					continue
				}
				if v = s.value(f, v); f.Type == slip.TypeText && f.Required { // what the row is about needs no word
					words = append(words, v)
				} else {
					words = append(words, s.in(f.Label)+" "+v)
				}
			}
			lines = append(lines, paper.Line{Name: s.in(g.Title) + fmt.Sprintf(" %d", i+1), Spec: strings.Join(words, s.in(text.T("，", ", ")))})
		}
	}
	return lines
}

// withItems adds them to a paper.
func (s *sheet) withItems(v *paper.Voucher, err error) ([]paper.Paper, error) {
	if err == nil {
		v.Lines = append(v.Lines, s.items()...)
		s.leaveOut(v)
	}
	return one(v, err)
}
