package print

import (
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

const (
	colDate    paper.Key = "date"
	colKind    paper.Key = "kind"
	colSettled paper.Key = "settled"
)

var (
	titleSettles = text.T("核销单据", "Settles")
	titleDate    = text.T("日期", "Date")
	titleKind    = text.T("单据类型", "Kind")
	titleGross   = text.T("单据金额", "Slip total")
	titleSettled = text.T("本次核销", "Settled now")
	wordOpen     = text.T("未指定单据", "On account")
)

// money is the paper of a payment or collection: what it settles, slip by slip, adding up to its amount.
func (s *sheet) money() (*paper.Voucher, error) {
	if len(s.k.Lines) > 0 {
		return s.entries()
	}
	v := s.voucher()
	v.Fields = s.fields(&sources{})
	v.Inclusive = true // the words then say 合计, not 价税合计
	v.Total = s.d.Amount
	v.Columns = []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre, Width: 9}, {Key: paper.ColName, Title: s.in(titleSettles)},
		{Key: colKind, Title: s.in(titleKind), Kind: paper.Centre, Width: 32}, {Key: colDate, Title: s.in(titleDate), Kind: paper.Centre, Width: 26},
		{Key: paper.ColGross, Title: s.in(titleGross), Kind: paper.Figure, Width: 32},
		{Key: colSettled, Title: s.in(titleSettled), Kind: paper.Figure, Width: 32, Sum: true},
	}
	rest := s.d.Amount
	for _, a := range s.d.Allocations {
		t, err := s.b.Load(a.Target)
		if err != nil {
			return nil, err
		}
		rest -= a.Amount
		v.Lines = append(v.Lines, s.settled(t, a.Amount))
	}
	if rest != 0 || len(v.Lines) == 0 {
		v.Lines = append(v.Lines, paper.Line{Name: s.in(wordOpen), Cells: map[paper.Key]string{colSettled: rest.Grouped()}})
	}
	return v, nil
}

func (s *sheet) settled(t *slip.Doc, a num.Amount) paper.Line {
	l := paper.Line{Name: t.Number, Spec: t.ExternalNo, Cells: map[paper.Key]string{
		colDate: t.Date.String(), paper.ColGross: t.Gross.Grouped(), colSettled: a.Grouped()}}
	if k, ok := kinds.ByCode(t.Kind); ok {
		l.Cells[colKind] = s.in(k.Title)
	}
	return l
}
