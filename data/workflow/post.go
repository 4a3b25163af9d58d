package workflow

import (
	"fmt"

	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// postKept posts a slip in its place. Where one it kept from an earlier audit is refused now, it goes behind what was audited meanwhile.
func (b *Book) postKept(tx *store.Tx, k *slip.Kind, d *slip.Doc, kept bool) (fault.List, error) {
	told, err := b.post(tx, k, d)
	if !kept || !fault.Is(err, fault.Refused) {
		return told, err
	}
	d.Place = tx.NextPlace()
	if told, err = b.post(tx, k, d); err != nil {
		return nil, err
	}
	return told, tx.UpdateSlip(k, d)
}

// post hands the slip's effects to the ledgers, and tells what a person should know of the values found.
func (b *Book) post(tx *store.Tx, k *slip.Kind, d *slip.Doc) (warnings fault.List, err error) {
	e, err := k.Post(d)
	if err != nil {
		return nil, err
	}
	rows, err := b.rows(tx, d, e)
	if err != nil {
		return nil, err
	}
	below, err := b.replay(tx, rows, nil)
	if err != nil {
		return nil, err
	}
	loss := b.belowCost(k, d, rows)
	if len(loss) > 0 && b.Settings().Below == "forbid" {
		return nil, loss
	}
	if warnings, err = b.expiredWarnings(tx, k, d, rows); err != nil {
		return nil, err
	}
	warnings = append(append(warnings, b.belowWarnings(d, below)...), loss...)
	for _, r := range rows {
		line := lineOf(d, r.Line)
		switch {
		case r.Basis == slip.Adjusted && r.Value != r.Given:
			return nil, fault.New(fault.Refused, "%s 库存金额最多只能调整 %s：成本不能为负，没有库存也不能调整", "%s can be adjusted by %s at most: a cost is never negative, and without stock there is nothing to adjust",
				b.Called(master.Products, d.Lines[line-1].Product), r.Value).At("amount").OnLine(line)
		case (r.Basis == slip.FromSource || r.Basis == slip.AtCost) && r.Qty > 0 && r.Value == 0:
			warnings = append(warnings, fault.New(fault.Refused, "%s 退回 %s，成本为 0", "%s: %s come back at a cost of 0", b.Called(master.Products, d.Lines[line-1].Product), r.Qty).At("qty").OnLine(line).Named(NoCost))
		case r.Basis == slip.Counted && r.Qty > 0 && r.Value == 0:
			warnings = append(warnings, fault.New(fault.Refused, "%s 盘盈 %s，但没有已知成本，按 0 入库", "%s: %s found over come in at 0, no cost is known", b.Called(master.Products, d.Lines[line-1].Product), r.Qty).At("qty").OnLine(line).Named(NoCost))
		}
	}
	if err := b.checkCover(tx, d, e); err != nil {
		return nil, err
	}
	return warnings, b.postRest(tx, d, e)
}

// lineOf is the number of the slip's line with that row; 0 when it has none.
func lineOf(d *slip.Doc, row int64) int {
	for i := range d.Lines {
		if d.Lines[i].ID == row {
			return i + 1
		}
	}
	return 0
}

// checkCover refuses to use more of an advance or prepayment than the party has, on the slip's day and at any time after.
func (b *Book) checkCover(tx *store.Tx, d *slip.Doc, e slip.Effects) error {
	for _, p := range e.Party {
		if p.Amount >= 0 || p.Book != slip.Advance && p.Book != slip.Prepaid {
			continue
		}
		r, ok := b.Masters().Find(string(p.Role), p.Party)
		if !ok {
			continue
		}
		has, at, err := tx.LeastBalance(r.ID, p.Book, d.Date)
		if err != nil {
			return err
		}
		if has+p.Amount < 0 {
			if p.Book == slip.Prepaid {
				return fault.New(fault.Refused, "%s 的预付款在 %s 只有 %s，不足 %s", "%s has only %[3]s prepaid on %[2]s, not %[4]s", b.Calls(r), at, has.Grouped(), (-p.Amount).Grouped()).At("amount")
			}
			return fault.New(fault.Refused, "%s 的预收款在 %s 只有 %s，不足 %s", "%s has advanced only %[3]s by %[2]s, not %[4]s", b.Calls(r), at, has.Grouped(), (-p.Amount).Grouped()).At("amount")
		}
	}
	return nil
}

// postRest writes the party, cash and voucher lines.
func (b *Book) postRest(tx *store.Tx, d *slip.Doc, e slip.Effects) error {
	for _, p := range e.Party {
		r, ok := b.Masters().Find(string(p.Role), p.Party)
		if !ok {
			return fmt.Errorf("post %s: no party %q", d.Number, p.Party)
		}
		if err := tx.InsertParty(d.ID, r.ID, p, d.Date, d.Place); err != nil {
			return err
		}
	}
	for _, c := range e.Cash {
		r, ok := b.Masters().Find(master.Accounts.Code, c.Account)
		if !ok {
			return fmt.Errorf("post %s: no cash account %q", d.Number, c.Account)
		}
		if err := tx.InsertCash(d.ID, r.ID, c.Amount, d.Date, d.Place); err != nil {
			return err
		}
	}
	return b.postEntries(tx, d, e)
}

// postEntries writes the voucher lines.
func (b *Book) postEntries(tx *store.Tx, d *slip.Doc, e slip.Effects) error {
	for i, v := range e.Entries {
		if err := tx.InsertEntry(d.ID, i, v, d.Date, d.Place); err != nil {
			return err
		}
	}
	return nil
}

// rows turns the moves of a slip into ledger rows: what comes in first, so that an exchange within one slip finds it, and what
// collects the value of others last.
func (b *Book) rows(tx *store.Tx, d *slip.Doc, e slip.Effects) ([]*ledger.Row, error) {
	var rows []*ledger.Row
	add := func(m slip.Move) error {
		r, err := b.row(tx, d, m, len(rows))
		if err != nil {
			return err
		}
		rows = append(rows, r)
		if m.Variance != "" {
			v := *r
			v.Seq, v.Qty, v.Given, v.Contra, v.OutSide, v.Lots = r.Seq+1, 0, 0, m.Variance, m.Qty < 0, ""
			if v.Basis = ledger.Rest; m.Basis != slip.Late {
				r.Varies, r.Given, v.Basis = true, m.Credited, ledger.Variance
			}
			rows = append(rows, &v)
		}
		return nil
	}
	for turn := range 3 {
		for i := 0; i < len(e.Stock); i++ {
			m := e.Stock[i]
			paired := i+1 < len(e.Stock) && e.Stock[i+1].Basis == slip.Carried
			mine := 1
			if m.Basis == slip.Collected {
				mine = 2
			} else if m.Qty > 0 && !paired {
				mine = 0
			}
			if mine != turn {
				if paired {
					i++
				}
				continue
			}
			if err := add(m); err != nil {
				return nil, err
			}
			if paired {
				i++
				if err := add(e.Stock[i]); err != nil {
					return nil, err
				}
			}
		}
	}
	return rows, nil
}

// row makes the ledger row of a move, the n-th of its slip.
func (b *Book) row(tx *store.Tx, d *slip.Doc, m slip.Move, n int) (*ledger.Row, error) {
	l := &d.Lines[m.Line]
	p, ok := b.Masters().Product(l.Product)
	w, ok2 := b.Masters().Find(master.Warehouses.Code, m.Warehouse)
	if !ok || !ok2 {
		return nil, fault.New(fault.Damaged, "%s 第 %d 行：没有商品“%s”或仓库“%s”", "%s line %d: there is no product %q or no warehouse %q", d.Number, m.Line+1, l.Product, m.Warehouse)
	}
	r := &ledger.Row{Slip: d.ID, Line: l.ID, Seq: n, Product: p.ID, Warehouse: w.ID, Date: d.Date, Place: d.Place, Qty: m.Qty, Basis: m.Basis,
		Given: m.Value, Fallback: l.Fallback, Stock: l.StockAccount, Contra: m.Contra, OutSide: m.OutSide, Weight: m.Weight, Beyond: l.Beyond && m.Qty < 0}
	switch m.Basis {
	case slip.Counted:
		r.Qty, r.Counted, r.Place = 0, m.Qty, l.Place
	case slip.FromSource:
		_, sl, err := sourceOf(tx, l)
		if err != nil {
			return nil, err
		}
		r.SourceLine, r.SourceQty = sl.ID, sl.Base
	case slip.Late:
		src, sl, err := sourceOf(tx, &slip.Line{SourceID: m.Source})
		if err != nil {
			return nil, err
		}
		if r.SourceLine, r.SourceQty, r.Stock = sl.ID, m.Matched, m.Stock; m.AtSource {
			r.Date, r.Place, r.Seq = src.Date, src.Place, behind+(int(d.Date)*10_000_000+int(d.Place))*1000+n
		}
	}
	return r, nameLots(tx, l, p, m, r)
}

// behind is where rows begin that stand behind all of another slip's at its place, among themselves by their own slips' dates and places.
const behind = 2_000_000
