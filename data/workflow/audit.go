package workflow

import (
	"slices"

	"zhanggui/data/approval"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Audit posts a draft to all ledgers in one transaction. Warnings come back beside; a refusal changes nothing.
func (b *Book) Audit(ref string) (warnings fault.List, err error) {
	err = b.write(func(tx *store.Tx) error {
		d, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		warnings, err = b.audit(tx, d)
		return err
	})
	return warnings, err
}

func find(tx *store.Tx, ref string) (*slip.Doc, error) {
	id, err := tx.SlipID(ref)
	if err != nil {
		return nil, err
	}
	if id <= 0 {
		return nil, inquiry.NotFound(ref, id)
	}
	return tx.Slip(id)
}

// found is find of what a person named, NUMBER or NUMBER@VERSION: a version is held against the book's (M7).
func (b *Book) found(tx *store.Tx, ref string) (*slip.Doc, error) {
	id, version, err := meantSlip(tx, ref)
	if err != nil {
		return nil, err
	}
	if id <= 0 {
		return nil, inquiry.NotFound(ref, id)
	}
	d, err := tx.Slip(id)
	if err != nil || d == nil {
		return d, err
	}
	if _, err := b.FullKind(d.Kind); err != nil { // its module is off
		return nil, err
	}
	if err := b.there(d, ref); err != nil {
		return nil, err
	}
	if version == 0 {
		return d, nil
	}
	return d, b.clash(tx, d, version)
}

// audit posts a draft, also one that was never saved: it is then numbered and written once, as audited.
func (b *Book) audit(tx *store.Tx, d *slip.Doc) (fault.List, error) {
	if err := b.mayAudit(d); err != nil {
		return b.auditByStep(tx, d, err)
	}
	if err := b.fourEyes(tx, d); err != nil {
		return nil, err
	}
	return b.auditNow(tx, d)
}

// auditNow is audit by who may.
func (b *Book) auditNow(tx *store.Tx, d *slip.Doc) (fault.List, error) {
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, err
	}
	if !d.Status.Editable() {
		return nil, fault.New(fault.Refused, "%s %s，不能审核", "%s is %[3]s and cannot be audited", d.Number, d.Status.Label(), string(d.Status))
	}
	short, err := b.fillLots(tx, k, d, true)
	if err != nil {
		return nil, err
	}
	if faults := append(b.check(tx, k, d, true), short...); len(faults) > 0 {
		return nil, faults
	}
	asked, err := b.askedOf(tx, k, d)
	if err != nil {
		return nil, err
	}
	warnings, err := b.fixAll(tx, k, d)
	if err != nil {
		return nil, err
	}
	if asked == nil {
		if err := b.mayPrice(tx, k, d); err != nil {
			return nil, err
		}
	}
	was, fresh := d.Status, d.ID == 0
	d.Status, d.Auditor, d.AuditedAt = slip.Audited, b.User, b.Now()
	d.Version++
	kept := d.Place != 0
	if !kept {
		d.Place = tx.NextPlace()
	}
	if p := firstCount(d); p != 0 {
		d.Place = p
	}
	if err := b.putAudited(tx, k, d); err != nil {
		return nil, err
	}
	if k.Posts() {
		told, err := b.postKept(tx, k, d, kept)
		if err != nil {
			return nil, err
		}
		warnings = toldOnce(append(warnings, told...))
	}
	if err := asked.given(warnings); err != nil {
		return nil, err
	}
	if asked != nil && !asked.stands(approval.Discount) { // a step that is needed is said first: the right would not do
		if err := b.mayPrice(tx, k, d); err != nil {
			return nil, err
		}
	}
	if err := b.mayPass(d, asked.left(warnings)); err != nil {
		return nil, err
	}
	hung := touched(tx, d)
	if fresh && alone(k, d) {
		hung[d.ID] = false
	}
	if err := b.carryOn(tx, k, d, hung); err != nil {
		return nil, err
	}
	return warnings, b.log(tx, "audit", d, statusFrom(d, was))
}

// fixAll fixes on the slip all that replay must not ask for later, and what it settles or is matched with.
func (b *Book) fixAll(tx *store.Tx, k *slip.Kind, d *slip.Doc) (warnings fault.List, err error) {
	if err := stampCounts(tx, k, d); err != nil {
		return nil, err
	}
	if err := b.fix(tx, k, d); err != nil {
		return nil, err
	}
	if err := b.fixMatches(tx, k, d); err != nil {
		return nil, err
	}
	faults, warnings := b.checkMatches(tx, k, d)
	if len(faults) > 0 {
		return nil, faults
	}
	over := b.overCredit(tx, k, d)
	if len(over) > 0 && b.Settings().OverCredit == "forbid" {
		return nil, over
	}
	var asked fault.List
	if !d.Filed {
		if asked, err = b.asked(tx, k, d); err != nil {
			return nil, err
		}
	}
	return slices.Concat(warnings, backWarnings(k, d), over, asked), b.allocate(tx, k, d)
}

// carryOn brings what hangs on a slip just audited or taken back in step: goods it bills, orders it carries out, prices, and what is
// kept for speed.
func (b *Book) carryOn(tx *store.Tx, k *slip.Kind, d *slip.Doc, touched map[int64]bool) error {
	if err := b.settleMatches(tx, k, d); err != nil {
		return err
	}
	if err := b.executeSources(tx, k, d); err != nil {
		return err
	}
	if err := b.reprice(tx, k, d, d.Status.Live()); err != nil {
		return err
	}
	return b.derive(tx, k, d, touched)
}

// putAudited writes a slip with all that auditing fixed on it; the ledgers' rows refer to it.
func (b *Book) putAudited(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if d.ID == 0 {
		return b.insert(tx, k, d)
	}
	if err := tx.UpdateSlip(k, d); err != nil {
		return err
	}
	return tx.FixLines(k, d)
}

// fix writes onto the slip what its posting needs from outside (rule C11): accounts, taxpayer type, fallback cost, and
// the amounts of linked returns by the share rule.
func (b *Book) fix(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	d.General, d.Invoiced = b.Settings().Taxpayer == "general", b.Settings().Flow == "invoice"
	b.keepOldPrices(k, d)
	d.CashGL, d.ToCashGL = b.cashGL(d.Account), b.cashGL(d.ToAccount)
	for i := range d.Splits {
		d.Splits[i].GL = b.cashGL(d.Splits[i].Account)
	}
	r := reversalOf(k, d.ID, tx.LinkedLines)
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok {
			continue
		}
		l.StockAccount, l.SalesAccount, l.ContraAccount = b.AccountsOf(p.Get("category"))
		if l.Service = p.Service; l.Service {
			l.StockAccount, l.ContraAccount = "", b.ServiceAccount(p.Get("category"))
		}
		if reason, has := k.HeaderField("debit_account"); has {
			l.ContraAccount = d.Extra["debit_account"]
			if l.ContraAccount == "" {
				l.ContraAccount = reason.Default
			}
		}
		l.Fallback = p.Reference
		l.Beyond = !l.Service && k.Stock.Beyond && b.negative(l.Product, d.At(l)) != "forbid"
		if l.SourceID == 0 || !k.Taxed || k.Plan {
			continue
		}
		src, sl, err := sourceOf(tx, l)
		if err != nil {
			return err
		}
		if l.Back, err = r.back(src, sl); err != nil {
			return err
		}
	}
	if !k.Goods() {
		return nil
	}
	if err := slip.GiveBack(d); err != nil {
		return err
	}
	if err := slip.Sum(k, d); err != nil {
		return err
	}
	b.payAtOnce(k, d)
	return nil
}

// stampCounts gives lines that are counted and have no place yet the place of this moment (C10).
func stampCounts(tx *store.Tx, k *slip.Kind, d *slip.Doc) (err error) {
	var place int64
	for i := range d.Lines {
		l := &d.Lines[i]
		if !k.Stock.Counts || l.Place != 0 || !l.IsCounted() {
			continue
		}
		if place == 0 {
			place = tx.NextPlace()
		}
		l.Place = place
	}
	return nil
}

// firstCount is the place of the line counted first; 0 where nothing is counted.
func firstCount(d *slip.Doc) (place int64) {
	for i := range d.Lines {
		if p := d.Lines[i].Place; p != 0 && (place == 0 || p < place) {
			place = p
		}
	}
	return place
}

// recount takes the place from lines counted anew since the draft was saved: they get the place of this moment.
func recount(k *slip.Kind, d, old *slip.Doc) {
	if !k.Stock.Counts {
		return
	}
	was := map[int64]*slip.Line{}
	for i := range old.Lines {
		was[old.Lines[i].ID] = &old.Lines[i]
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		o := was[l.ID]
		l.Place = 0
		if o != nil && o.Product == l.Product && old.At(o) == d.At(l) && o.Base == l.Base && o.Zero == l.Zero && o.Lot() == l.Lot() {
			l.Place = o.Place
		}
	}
}
