package reports

import (
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Receivables 应收账款 and Payables 应付账款: who owes what, what of it is overdue.
var (
	Receivables = &Report{Name: "receivables", Narrows: ofParties, Title: text.T("应收账款", "Receivables"), Area: slip.Money, Params: []string{"as-of", "party"},
		Columns: []Column{txt("party", "客户", "Customer").of(master.Customers.Code).grows(3), itsName, amt("balance", "应收余额", "Balance", slip.Open).zero(), amt("advance", "预收", "Advance", slip.Open), amt("overdue", "逾期", "Overdue", slip.Open)},
		Run:     owed(master.Customers.Code, slip.Receivable, slip.Advance)}
	Payables = &Report{Name: "payables", Narrows: ofParties, Title: text.T("应付账款", "Payables"), Area: slip.Money, Params: []string{"as-of", "party"},
		Columns: []Column{txt("party", "供应商", "Supplier").of(master.Suppliers.Code).grows(3), itsName, amt("balance", "应付余额", "Balance", slip.Open).zero(), amt("prepaid", "预付", "Prepaid", slip.Open), amt("overdue", "逾期", "Overdue", slip.Open)},
		Run:     owed(master.Suppliers.Code, slip.Payable, slip.Prepaid)}
)

// otherRole: a supplier may owe us too, and a customer be owed, from before the book or by an entry.
func otherRole(typ string) string {
	if typ == master.Customers.Code {
		return master.Suppliers.Code
	}
	return master.Customers.Code
}

func owed(typ string, book, other slip.Book) func(*workflow.Book, Params) ([]Row, error) {
	return func(b *workflow.Book, p Params) ([]Row, error) {
		if _, err := one(b, p.Party, typ, otherRole(typ)); err != nil {
			return nil, err
		}
		day, err := until(b, p)
		if err != nil {
			return nil, err
		}
		f, err := b.Seen().PartyBalances(day)
		if err != nil {
			return nil, err
		}
		aged, err := b.Aged(book, day, 0)
		if err != nil {
			return nil, err
		}
		overdue := map[int64]num.Amount{}
		for _, a := range aged {
			overdue[a.Party.ID] = a.Overdue()
		}
		bal, adv := map[int64]num.Amount{}, map[int64]num.Amount{}
		var order []int64
		seen := map[int64]bool{}
		for _, r := range f {
			id := r.Party
			if !seen[id] {
				seen[id] = true
				order = append(order, id)
			}
			switch r.Book {
			case book:
				bal[id] = r.Amount
			case other:
				adv[id] = r.Amount
			}
		}
		var rows []Row
		for _, id := range order {
			r := party(b, id)
			if bal[id] == 0 && adv[id] == 0 || p.Party != "" && p.Party != r.Code() || !b.There(r) {
				continue
			}
			rows = append(rows, Row{Word(r.Code()), Word(r.Get("name")), bal[id], adv[id], overdue[id]})
		}
		return sorted(rows), nil
	}
}

// statementBy: slip by slip, or with the products of each under it.
var statementBy = []By{bySlips, by("lines", "单据明细", "Slips' lines")}

var bySlips = by("slips", "单据", "Slips")

// StatementColumns are those of the statement by slips.
var StatementColumns = []Column{dated, numbered, kindOf, amt("debit", "借方", "Debit", slip.Open).either(), amt("credit", "贷方", "Credit", slip.Open).either(), balance("balance", "余额", "Balance", slip.Open).zero()}

// PartyStatement 对账单: all that changed what a party owes, with the running balance; by lines also what each slip was for: a row a
// line, with its date and number and no kind, worth what it says with tax.
var PartyStatement = &Report{Name: "party-statement", Narrows: ofParties, Title: text.T("往来对账单", "Party statement"), Area: slip.Money, Params: []string{"party", "from", "to", "by"}, By: statementBy,
	Columns: slices.Concat(StatementColumns, statementLines), Run: partyStatement}

var statementLines = byLines(good, itsName, txt("spec", "规格", "Spec"), count("qty", "数量", "Qty"),
	inUnit, unit("price", "含税单价", "Price with tax", slip.Open), balance("amount", "价税合计", "Amount", slip.Open))

func byLines(columns ...Column) []Column {
	for i := range columns {
		columns[i].By = "lines"
	}
	return columns
}

func partyStatement(b *workflow.Book, p Params) ([]Row, error) {
	if p.Party == "" {
		return nil, fault.New(fault.Usage, "请指定往来单位", "give the party: --party CODE").At("party")
	}
	who, err := one(b, p.Party, master.Customers.Code, master.Suppliers.Code)
	if err != nil {
		return nil, err
	}
	rows, err := StatementOf(b, who, p)
	if err != nil {
		return nil, err
	}
	return withLines(b, rows, p.By == "lines")
}

// withLines puts the products of each slip under its row; without them their columns stay empty.
func withLines(b *workflow.Book, rows []Row, lines bool) ([]Row, error) {
	var out []Row
	for _, row := range rows {
		out = append(out, append(row, blank(len(statementLines))...))
		k, ok := kinds.ByCode(row[2].String())
		if !lines || !ok || !k.Goods() || k.Hidden {
			continue
		}
		id, err := b.Ledgers().SlipID(row[1].String())
		if err != nil {
			return nil, err
		}
		d, err := b.Ledgers().Slip(id)
		if err != nil {
			return nil, err
		}
		sign := num.Amount(1)
		if k.ReturnOf != "" {
			sign = -1
		}
		for i := range d.Lines {
			l := &d.Lines[i]
			prod, _ := b.Masters().Find(master.Products.Code, l.Product)
			price, err := num.UnitPrice(l.Gross, l.Qty)
			if err != nil {
				return nil, err
			}
			out = append(out, Row{row[0], row[1], None, None, None, None, Word(l.Product), Word(prod.Get("name")), Word(prod.Get("spec")),
				l.Qty * num.Quantity(sign), Word(b.Masters().UnitName(l.Unit)), price, l.Gross * sign})
		}
	}
	return out, nil
}

// StatementOf is the statement of one party, a customer or a supplier, over a span of days.
func StatementOf(b *workflow.Book, who *master.Record, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Ledgers().PartyLedger(who.ID, to)
	if err != nil {
		return nil, err
	}
	// a customer's balance is what is owed to us (debit), a supplier's what we owe (credit)
	sign := num.Amount(1)
	if who.Type.Role == slip.Suppliers {
		sign = -1
	}
	var rows []Row
	var bal num.Amount
	opened := false
	for _, r := range f {
		a := r.Amount
		debit, credit := a, num.Amount(0)
		switch r.Book {
		case slip.Payable, slip.Advance:
			debit, credit = 0, a
		}
		// what settles stands on the other side; returns stay negative on theirs
		if settles := r.Due == 0; debit < 0 && settles {
			debit, credit = 0, -debit
		} else if credit < 0 && settles {
			debit, credit = -credit, 0
		}
		if r.Date >= from && !opened {
			opened = true
			if bal != 0 {
				rows = append(rows, Row{from.AddDays(-1), None, Word("opening"), num.Amount(0), num.Amount(0), bal})
			}
		}
		bal += (debit - credit) * sign
		if r.Date >= from {
			rows = append(rows, Row{r.Date, Word(r.Number), Word(r.Kind), debit, credit, bal})
		}
	}
	if !opened && bal != 0 {
		rows = append(rows, Row{from.AddDays(-1), None, Word("opening"), num.Amount(0), num.Amount(0), bal})
	}
	return rows, nil
}

// CashBook 日记账: every movement of the cash accounts.
var CashBook = &Report{Name: "cash-book", Narrows: ofCash, Title: text.T("资金日记账", "Cash book"), Area: slip.Money, Params: []string{"from", "to", "account"},
	Columns: []Column{txt("account", "账户", "Account").of(master.Accounts.Code), dated, numbered, summed, amt("in", "收入", "In", slip.Open).either(), amt("out", "支出", "Out", slip.Open).either(), balance("balance", "余额", "Balance", slip.Open).zero()},
	Run:     cashBook}

func cashBook(b *workflow.Book, p Params) ([]Row, error) {
	only, err := one(b, p.Account, master.Accounts.Code)
	if err != nil {
		return nil, err
	}
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Seen().CashLedger(to)
	if err != nil {
		return nil, err
	}
	var rows []Row
	bal := map[int64]num.Amount{}
	opened := map[int64]bool{}
	for _, r := range f {
		id, a := r.Account, r.Amount
		if only != nil && only.ID != id {
			continue
		}
		acc := record(b, master.Accounts.Code, id).Code()
		if r.Date < from {
			bal[id] += a
			continue
		}
		if !opened[id] {
			opened[id] = true
			if bal[id] != 0 {
				rows = append(rows, Row{Word(acc), from.AddDays(-1), None, began(b), num.Amount(0), num.Amount(0), bal[id]})
			}
		}
		bal[id] += a
		summary := r.Remark
		if summary == "" {
			if k, ok := kinds.ByCode(r.Kind); ok {
				summary = k.Title.In(b.Settings().Lang)
			}
			if who := party(b, r.Party); who != nil {
				summary += " " + who.Get("name")
			}
		}
		rows = append(rows, Row{Word(acc), r.Date, Word(r.Number), Word(summary), max(a, 0), max(-a, 0), bal[id]})
	}
	for id, a := range bal {
		if a != 0 && !opened[id] {
			rows = append(rows, Row{Word(record(b, master.Accounts.Code, id).Code()), from.AddDays(-1), None, began(b), num.Amount(0), num.Amount(0), a})
		}
	}
	return sorted(rows), nil
}

// Journal 记账凭证序时簿: every voucher line. Vouchers are numbered by month in ledger order.
var Journal = &Report{Name: "journal", Title: text.T("凭证序时簿", "Journal"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"from", "to", "account"}, Filters: []string{"kind", "person"},
	Columns: []Column{txt("voucher", "凭证号", "Voucher"), dated, numbered, onGL, txt("account_name", "科目名称", "Account name").grows(5),
		summed, amt("debit", "借方", "Debit", slip.TagMargin).either(), amt("credit", "贷方", "Credit", slip.TagMargin).either()},
	Run: Stream(journal).all, Stream: journal}

func journal(b *workflow.Book, p Params, f func(Row) error) error {
	from, to, err := span(b, p)
	if err != nil {
		return err
	}
	if p.From == 0 {
		from = from.AddDays(-1) // the opening voucher
	}
	numbers := newNumbering(b)
	return b.Seen().Journal(from.Month().First(), to, func(r *store.VoucherLine) error {
		voucher, err := numbers.of(r)
		if err != nil {
			return err
		}
		if r.Date < from || p.Account != "" && p.Account != r.Account || p.Kind != "" && p.Kind != r.Kind || p.Person != "" && p.Person != r.Maker {
			return nil
		}
		return f(Row{Word(voucher), r.Date, Word(r.Number), Word(r.Account), Word(accountName(b, r.Account)), Word(summary(b, r.Kind, r.Party, r.Remark)), r.Debit, r.Credit})
	})
}

// numbering numbers vouchers by month in ledger order, each in the month of its slip; it goes over the journal from a month's first day.
type numbering struct {
	b     *workflow.Book
	month text.Month
	n     int
	own   map[int64]bool // slips whose own day was reached
	named map[int64]string
}

func newNumbering(b *workflow.Book) *numbering {
	return &numbering{b: b, own: map[int64]bool{}, named: map[int64]string{}}
}

// of is the number of the voucher a row of the journal belongs to. One that stands before its slip's own day has that slip's number.
func (x *numbering) of(r *store.VoucherLine) (string, error) {
	if r.Own != r.Date && x.named[r.Slip] == "" {
		before, err := x.b.Seen().VouchersBefore(r.Slip, r.Own, r.Place)
		x.named[r.Slip] = fmt.Sprintf("%06d-%04d", int(r.Own.Month()), before+1)
		return x.named[r.Slip], err
	}
	if r.Own == r.Date && !x.own[r.Slip] {
		if m := r.Own.Month(); m != x.month {
			x.month, x.n = m, 0
		}
		x.n++
		x.own[r.Slip], x.named[r.Slip] = true, fmt.Sprintf("%06d-%04d", int(x.month), x.n)
	}
	return x.named[r.Slip], nil
}

func accountName(b *workflow.Book, code string) string {
	r, ok := b.Masters().Find(master.GL.Code, code)
	if !ok {
		return ""
	}
	if b.Settings().Lang == text.En {
		return r.Get("name2")
	}
	return r.Get("name")
}

// TrialBalance 试算平衡表: opening, turnover and closing of every account.
var TrialBalance = &Report{Name: "trial-balance", Title: text.T("科目余额表", "Trial balance"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"from", "to", "account"},
	Columns: []Column{onGL, itsName, amt("opening_debit", "期初借方", "Opening debit", slip.TagMargin).in(headOpening, underDebit).either(), amt("opening_credit", "期初贷方", "Opening credit", slip.TagMargin).in(headOpening, underCredit).either(),
		amt("debit", "本期借方", "Debit", slip.TagMargin).in(headPeriod, underDebit).either(), amt("credit", "本期贷方", "Credit", slip.TagMargin).in(headPeriod, underCredit).either(), amt("closing_debit", "期末借方", "Closing debit", slip.TagMargin).in(headClosing, underDebit).either(), amt("closing_credit", "期末贷方", "Closing credit", slip.TagMargin).in(headClosing, underCredit).either()},
	Run: trialBalance}

func trialBalance(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Seen().Turnovers(from, to)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, r := range f {
		code := r.Account
		open, debit, credit := r.Opening, r.Debit, r.Credit
		if open == 0 && debit == 0 && credit == 0 || p.Account != "" && p.Account != code {
			continue
		}
		od, oc := split(open)
		cd, cc := split(open + debit - credit)
		rows = append(rows, Row{Word(code), Word(accountName(b, code)), od, oc, debit, credit, cd, cc})
	}
	return rows, nil
}

func split(a num.Amount) (debit, credit num.Amount) {
	if a < 0 {
		return 0, -a
	}
	return a, 0
}
