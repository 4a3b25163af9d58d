package workflow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Unaudit takes an audited slip back to draft; every ledger is as it was before. It is refused while audited slips hang
// on it, unless cascade takes the whole chain, newest first. The numbers un-audited come back in that order.
func (b *Book) Unaudit(ref string, cascade bool) (numbers []string, err error) {
	err = b.write(func(tx *store.Tx) error {
		d, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		numbers, err = b.unaudit(tx, d, cascade)
		return err
	})
	return numbers, err
}

func (b *Book) unaudit(tx *store.Tx, d *slip.Doc, cascade bool) (numbers []string, err error) {
	if f := b.mayUnaudit(tx, d); f != nil {
		return nil, f
	}
	chain, err := hanging(tx, d)
	if err != nil {
		return nil, err
	}
	for _, x := range chain {
		numbers = append(numbers, x.Number)
	}
	if len(chain) > 0 && !cascade {
		return nil, fault.New(fault.Refused, "%s 之后已有已审核单据：%s。可连同后续单据一起反审核", "%s has audited slips after it: %s; un-audit the whole chain with --cascade", d.Number, strings.Join(numbers, ", "))
	}
	for _, x := range append(chain, d) {
		if x, err = tx.Slip(x.ID); err != nil {
			return nil, err
		}
		if f := b.mayUnaudit(tx, x); f != nil {
			return nil, f
		}
		k, err := b.FullKind(x.Kind)
		if err != nil {
			return nil, err
		}
		was := x.Status
		if _, err := b.withdraw(tx, k, x, false); err != nil {
			return nil, err
		}
		if err := b.log(tx, "unaudit", x, statusFrom(x, was)); err != nil {
			return nil, err
		}
		if err := b.fallsAway(tx, x); err != nil {
			return nil, err
		}
	}
	return append(numbers, d.Number), nil
}

// mayUnaudit tells why a slip cannot be taken back, whatever hangs on it.
func (b *Book) mayUnaudit(tx *store.Tx, d *slip.Doc) *fault.Fault {
	if f := b.mayAs("unaudit", d); f != nil {
		return f
	}
	k, ok := kinds.ByCode(d.Kind)
	switch {
	case !d.Status.Live():
		return fault.New(fault.Refused, "%s 未审核", "%s is not audited", d.Number)
	case !ok || k.Hidden:
		return fault.New(fault.Refused, "%s 由程序生成：期初凭证请在期初资料中修改，月末凭证请反结账", "%s is made by the program: change the opening data for the opening voucher, reopen the month for one of its end", d.Number)
	}
	if f := b.checkPeriod(k, d); f != nil {
		return f
	}
	return b.frozen(tx, k, d)
}

// hanging lists the audited slips that follow from a slip, near and far, in the order they can be taken back in: the newest of those
// on which nothing hangs any more is always next.
func hanging(tx *store.Tx, d *slip.Doc) (chain []*slip.Doc, err error) {
	after := map[int64][]int64{} // the live slips that follow from each
	docs := map[int64]*slip.Doc{}
	for todo := []int64{d.ID}; len(todo) > 0; todo = todo[1:] {
		next, err := tx.Successors(todo[0])
		if err != nil {
			return nil, err
		}
		for _, s := range next {
			if !s.Status.Live() || s.ID == d.ID {
				continue
			}
			after[todo[0]] = append(after[todo[0]], s.ID)
			if docs[s.ID] != nil {
				continue
			}
			if docs[s.ID], err = tx.Slip(s.ID); err != nil {
				return nil, err
			}
			todo = append(todo, s.ID)
		}
	}
	for len(docs) > 0 {
		var newest *slip.Doc
		for id, x := range docs {
			free := !slices.ContainsFunc(after[id], func(s int64) bool { return docs[s] != nil })
			if free && (newest == nil || older(newest, x)) {
				newest = x
			}
		}
		if newest == nil {
			return nil, fmt.Errorf("the slips after %s hang on each other", d.Number)
		}
		chain = append(chain, newest)
		delete(docs, newest.ID)
	}
	return chain, nil
}

func older(a, b *slip.Doc) bool {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID)) < 0
}

// withdraw takes a slip out of all ledgers and makes it a draft; the stock rows it had come back. Lenient: it will be
// audited again at once, so stock may fall below zero for the moment.
func (b *Book) withdraw(tx *store.Tx, k *slip.Kind, d *slip.Doc, lenient bool) (rows []*ledger.Row, err error) {
	hung := touched(tx, d)
	if k.Posts() {
		if rows, err = tx.DeleteRows(d.ID); err != nil {
			return nil, err
		}
		if err := tx.DeleteLedgers(d.ID); err != nil {
			return nil, err
		}
		if _, err := b.replayAs(tx, nil, rows, lenient); err != nil {
			return nil, err
		}
	}
	d.Status, d.Auditor, d.AuditedAt, d.CloseReason = slip.Draft, "", time.Time{}, ""
	d.Version++
	kept := d.Allocations[:0]
	for _, a := range d.Allocations {
		if a.Chosen {
			kept = append(kept, a)
		}
	}
	gone := len(kept) < len(d.Allocations)
	d.Allocations = kept
	if err := tx.UpdateSlip(k, d); err != nil {
		return nil, err
	}
	if gone {
		if err := tx.PutAllocations(d); err != nil {
			return nil, err
		}
	}
	if err := tx.FixLines(k, d); err != nil {
		return nil, err
	}
	return rows, b.carryOn(tx, k, d, hung)
}

// Void gives a draft up; its number stays used. A slip others follow from is refused.
func (b *Book) Void(ref string) error {
	return b.write(func(tx *store.Tx) error {
		d, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		if f := b.mayAs("void", d); f != nil {
			return f
		}
		if !d.Status.Editable() || d.Status != slip.Draft && b.chains.Load() != nil {
			return fault.New(fault.Refused, "%s %s，只有草稿可以作废", "%s is %[3]s; only a draft can be voided", d.Number, d.Status.Label(), string(d.Status))
		}
		next, err := tx.Successors(d.ID)
		if err != nil {
			return err
		}
		if len(next) > 0 {
			return fault.New(fault.Refused, "%s 已生成 %s，请先作废它", "%s was pushed down to %s; void that first", d.Number, next[0].Number)
		}
		if err := tx.SetStatus(d.ID, slip.Void, ""); err != nil {
			return err
		}
		was := d.Status
		d.Status, d.Version = slip.Void, d.Version+1
		return b.log(tx, "void", d, statusFrom(d, was))
	})
}

// CloseSlip closes an order by hand: what is left of it no longer counts as promised.
func (b *Book) CloseSlip(ref, reason string) error {
	reason, err := slip.Check(slip.Field{Key: "remark"}, reason)
	if err != nil {
		return err
	}
	return b.write(func(tx *store.Tx) error {
		d, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		return b.closeSlip(tx, d, reason)
	})
}

func (b *Book) closeSlip(tx *store.Tx, d *slip.Doc, reason string) error {
	if err := b.mayOn(d, "audit"); err != nil {
		return err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return err
	}
	if !k.Plan || d.Status != slip.Audited && d.Status != slip.PartlyDone {
		return fault.New(fault.Refused, "%s 不是未完成的订单，不能关闭", "%s is no open order and cannot be closed", d.Number)
	}
	if err := tx.SetStatus(d.ID, slip.Closed, reason); err != nil {
		return err
	}
	if err := derivePromised(tx, k, d, false); err != nil {
		return err
	}
	was := d.Status
	d.Status, d.Version = slip.Closed, d.Version+1
	detail := statusFrom(d, was)
	detail.Reason = reason
	return b.log(tx, "close", d, detail)
}

// Printed counts one print of a paper of every slip, all or none. Call it when the file is saved or the job is sent, not at a
// preview: the count is what marks the next paper as a reprint 补打. What the party owed before is kept with the first print, so that a reprint
// says the same.
func (b *Book) Printed(numbers []string, paper string) error {
	return b.PrintedTo(numbers, paper, "", true)
}

// PrintedTo is Printed into a file, if it was one. Not every paper counts: of one that does not the log hears alone.
func (b *Book) PrintedTo(numbers []string, paper, file string, counts bool) error {
	if b.DB.ReadOnly { // a look leaves no trace
		return b.MayGive()
	}
	return b.write(func(tx *store.Tx) error {
		for _, ref := range numbers {
			id, err := tx.SlipID(ref)
			if err != nil {
				return err
			}
			if id <= 0 {
				return inquiry.NotFound(ref, id)
			}
			d, err := tx.Slip(id)
			if err != nil {
				return err
			}
			if err := b.there(d, ref); err != nil {
				return err
			}
			if err := b.mayOn(d, "print"); err != nil {
				return err
			}
			if counts {
				before, _, _, err := b.Owed(d)
				if err != nil {
					return err
				}
				if err := tx.RaisePrints(id, paper, before); err != nil {
					return err
				}
			}
			if err := b.log(tx, "print", d, auditlog.Detail{File: file, Note: paper}); err != nil {
				return err
			}
		}
		return nil
	})
}
