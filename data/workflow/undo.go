package workflow

import (
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Unaudit takes an audited slip back to draft; every ledger is as it was before. It is refused while audited slips hang
// on it, unless cascade takes the whole chain, newest first. The numbers un-audited come back in that order.
func (b *Book) Unaudit(ref string, cascade bool) (numbers []string, err error) {
	err = b.write(func(tx *store.Tx) error {
		d, err := find(tx, ref)
		if err != nil {
			return err
		}
		numbers, err = b.unaudit(tx, d, cascade)
		return err
	})
	return numbers, err
}

func (b *Book) unaudit(tx *store.Tx, d *slip.Doc, cascade bool) ([]string, error) {
	if !d.Status.Live() {
		return nil, fault.New(fault.Refused, "%s 未审核", "%s is not audited", d.Number)
	}
	k, err := kindOf(d.Kind)
	if err != nil {
		return nil, err
	}
	if k.Hidden {
		return nil, fault.New(fault.Refused, "期初凭证请在期初资料中修改", "the opening voucher is changed through the opening data")
	}
	if f := b.checkPeriod(d); f != nil {
		return nil, f
	}
	if f := b.frozen(tx, k, d); f != nil {
		return nil, f
	}
	next, err := tx.Successors(d.ID)
	if err != nil {
		return nil, err
	}
	var done, hang []string
	for _, s := range next {
		if !s.Status.Live() {
			continue
		}
		if !cascade {
			hang = append(hang, s.Number)
			continue
		}
		sd, err := tx.Slip(s.ID)
		if err != nil {
			return nil, err
		}
		if !sd.Status.Live() { // taken back already, through another branch
			continue
		}
		list, err := b.unaudit(tx, sd, true)
		if err != nil {
			return nil, err
		}
		done = append(done, list...)
	}
	if len(hang) > 0 {
		return nil, fault.New(fault.Refused, "%s 之后已有已审核单据：%s。可连同后续单据一起反审核", "%s has audited slips after it: %s; un-audit the whole chain with --cascade", d.Number, strings.Join(hang, ", "))
	}
	if d, err = tx.Slip(d.ID); err != nil {
		return nil, err
	}
	if _, err := b.withdraw(tx, k, d, false); err != nil {
		return nil, err
	}
	return append(done, d.Number), b.log(tx, "unaudit", d.Number, "")
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
	d.Allocations = kept
	if err := tx.UpdateSlip(k, d); err != nil {
		return nil, err
	}
	if err := tx.FixLines(d); err != nil {
		return nil, err
	}
	return rows, b.carryOn(tx, k, d, hung)
}

// Void gives a draft up; its number stays used. A slip others follow from is refused.
func (b *Book) Void(ref string) error {
	return b.write(func(tx *store.Tx) error {
		d, err := find(tx, ref)
		if err != nil {
			return err
		}
		if !d.Status.Editable() {
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
		return b.log(tx, "void", d.Number, "")
	})
}

// CloseSlip closes an order by hand: what is left of it no longer counts as promised.
func (b *Book) CloseSlip(ref, reason string) error {
	return b.write(func(tx *store.Tx) error {
		d, err := find(tx, ref)
		if err != nil {
			return err
		}
		k, err := kindOf(d.Kind)
		if err != nil {
			return err
		}
		if !k.Plan || d.Status != slip.Audited && d.Status != slip.PartlyDone {
			return fault.New(fault.Refused, "%s 不是未完成的订单，不能关闭", "%s is no open order and cannot be closed", d.Number)
		}
		if err := tx.SetStatus(d.ID, slip.Closed, reason); err != nil {
			return err
		}
		if err := keepPromised(tx, k, d, false); err != nil {
			return err
		}
		return b.log(tx, "close", d.Number, reason)
	})
}
