package print

import (
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

const (
	colRemark paper.Key = "entry_remark"
	colDebit  paper.Key = "debit"
	colCredit paper.Key = "credit"
)

var (
	titleAccount = text.T("科目", "Account")
	titleRemark  = text.T("摘要", "Summary")
	titleAmount  = text.T("金额", "Amount")
	titleTax     = text.T("其中税额", "Of it tax")
	titleDebit   = text.T("借方", "Debit")
	titleCredit  = text.T("贷方", "Credit")
)

// entries is the paper of a slip whose lines are accounts, not goods: an amount each, or a debit or credit.
func (s *sheet) entries() (*paper.Voucher, error) {
	v := s.voucher()
	v.Fields = s.fields(&sources{})
	v.Inclusive = true
	v.Columns = []paper.Column{{Key: paper.ColNumber, Kind: paper.Centre, Width: 9}, {Key: paper.ColName, Title: s.in(titleAccount)},
		{Key: colRemark, Title: s.in(titleRemark), Kind: paper.Words, Width: 50, Drop: true}}
	_, sides := s.k.LineField("debit")
	if sides {
		v.Columns = append(v.Columns, paper.Column{Key: colDebit, Title: s.in(titleDebit), Kind: paper.Figure, Width: 32, Sum: true},
			paper.Column{Key: colCredit, Title: s.in(titleCredit), Kind: paper.Figure, Width: 32, Sum: true})
	} else {
		v.Total = s.d.Gross
		v.Columns = append(v.Columns, paper.Column{Key: paper.ColTax, Title: s.in(titleTax), Kind: paper.Figure, Width: 28, Sum: true, Drop: true},
			paper.Column{Key: paper.ColGross, Title: s.in(titleAmount), Kind: paper.Figure, Width: 32, Sum: true})
	}
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		if sides {
			v.Total += l.Debit
		}
		v.Lines = append(v.Lines, s.entry(l))
	}
	return v, nil
}

func (s *sheet) entry(l *slip.Line) paper.Line {
	figure := func(a num.Amount) string {
		if a == 0 {
			return ""
		}
		return a.Grouped()
	}
	about := strings.TrimSpace(strings.Join(append([]string{l.Remark}, s.entryDetail(l)...), " "))
	return paper.Line{Name: s.coded(master.GL.Code, l.Account), Cells: map[paper.Key]string{colRemark: about, colDebit: figure(l.Debit), colCredit: figure(l.Credit),
		paper.ColTax: figure(l.Tax), paper.ColGross: figure(l.Gross)}}
}

// entryDetail is what an entry is about beside its account: the party, the cash account, and what else its kind declares.
func (s *sheet) entryDetail(l *slip.Line) []string {
	var out []string
	for _, f := range s.k.Lines {
		v := l.Get(f.Key)
		switch f.Key {
		case "line_account", "debit_account", "credit_account", "debit", "credit", "amount", "remark":
			continue
		case "party":
			if role, _, ok := kinds.PartyAccount(l.Account); ok {
				v = s.coded(string(role), v)
			}
		case "tax_rate":
			if v = s.value(f, v); v == "0%" {
				v = ""
			}
		default:
			v = s.value(f, v)
		}
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}
