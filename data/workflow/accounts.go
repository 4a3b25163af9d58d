package workflow

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// opensOnCredit tells whether slips of the kind may open an item that falls due.
func opensOnCredit(k *slip.Kind) bool {
	_, due := k.HeaderField("due_date")
	return due && len(k.Money.Opens) > 0 || k.Goods() && k.Posts() && k.Party != slip.NoParty
}

// completeAccounts fills the standard account of lines that are no goods, the role of their party, and the cash account where only
// one is kept in the line's account. A cash account given for a whole row stays with the line it belongs to.
func (b *Book) completeAccounts(k *slip.Kind, d *slip.Doc) {
	if k.Goods() || k.Hidden {
		return
	}
	_, cash := k.LineField("account")
	matched := map[string]bool{}
	for i := range d.Lines {
		l := &d.Lines[i]
		for _, key := range []string{"debit_account", "credit_account"} {
			if f, ok := k.LineField(key); ok && l.Account == "" {
				l.Account = f.Default
			}
		}
		l.Role, _, _ = kinds.PartyAccount(l.Account)
		if !cash {
			continue
		}
		if own := b.cashAccounts(l.Account); l.Extra["account"] == "" && len(own) == 1 {
			l.Set(slip.Field{Key: "account"}, own[0])
		}
		if c := l.Extra["account"]; c != "" && b.cashGL(c) == l.Account {
			matched[c] = true
		}
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; matched[l.Extra["account"]] && b.cashGL(l.Extra["account"]) != l.Account {
			l.Set(slip.Field{Key: "account"}, "")
		}
	}
}

// CashAccounts lists the codes of the active cash accounts kept in a GL account.
func (b *Book) CashAccounts(gl string) []string { return b.cashAccounts(gl) }

// cashAccounts lists the active cash accounts kept in a GL account.
func (b *Book) cashAccounts(gl string) (list []string) {
	for _, a := range b.Masters().List(master.Accounts.Code) {
		if a.Active() && cashGL(a.Get("gl_account"), a.Get("type")) == gl {
			list = append(list, a.Code())
		}
	}
	return list
}

// isCash tells whether a GL account is kept by the cash book.
func (b *Book) isCash(gl string) bool {
	return gl == chart.Cash || gl == chart.Bank || len(b.cashAccounts(gl)) > 0
}

// isStock tells whether a GL account is kept by the stock ledger.
func (b *Book) isStock(gl string) bool {
	if chart.IsStock(gl) {
		return true
	}
	for _, c := range b.Masters().List(master.Categories.Code) {
		if c.Get("stock_account") == gl {
			return true
		}
	}
	return false
}

// checkRef holds a reference against the masters, and a GL account against the ledgers that keep it.
func (b *Book) checkRef(k *slip.Kind, d *slip.Doc, f slip.Field, v string) fault.List {
	return b.checkRefTo(k, k.RefOf(d, f), f, v)
}

// checkRefTo is checkRef for a field that means records of a type.
func (b *Book) checkRefTo(k *slip.Kind, typ string, f slip.Field, v string) fault.List {
	r, ok := b.Masters().Find(typ, v)
	switch {
	case !ok:
		return fault.List{unknown(f, v)}
	case !r.Active():
		return fault.List{fault.New(fault.Invalid, "%s已停用", "%s is inactive", b.Calls(r)).At(f.Key)}
	case f.Ref == master.GL.Code:
		if x := b.checkFree(k, v); x != nil {
			return fault.List{x.At(f.Key)}
		}
	}
	return nil
}

// checkFree refuses an account that a ledger of its own keeps: an entry by hand would part the two.
func (b *Book) checkFree(k *slip.Kind, gl string) *fault.Fault {
	_, _, owed := kinds.PartyAccount(gl)
	_, party := k.LineField("party")
	_, cash := k.LineField("account")
	switch {
	case k.Money.Settles == slip.Receivable && gl == chart.Receivables:
		return nil
	case b.isStock(gl):
		return fault.New(fault.Refused, "科目 %s 由库存明细账登记，请用库存单据（如成本调整单）", "account %s is kept by the stock ledger; use a stock slip such as a cost adjustment", b.Called(master.GL, gl))
	case owed && !party:
		return fault.New(fault.Refused, "科目 %s 是往来科目，这里不能使用", "account %s belongs to the parties and cannot stand here", b.Called(master.GL, gl))
	case gl == chart.Accruals || gl == chart.Trade || b.hasParts(gl):
		return fault.New(fault.Refused, "科目 %s 不能手工登记", "account %s takes no entry by hand", b.Called(master.GL, gl))
	case b.isCash(gl) && !cash:
		return fault.New(fault.Refused, "科目 %s 是资金科目，这里不能使用", "account %s belongs to the cash accounts and cannot stand here", b.Called(master.GL, gl))
	}
	return nil
}

// hasParts tells of an account that others part, so that entries stand in those. A small taxpayer's VAT stands in 222101 itself.
func (b *Book) hasParts(gl string) (parts bool) {
	if gl == chart.SmallVAT && b.Settings().Taxpayer == "small" {
		return false
	}
	b.Masters().Each(master.GL.Code, func(r *master.Record) {
		parts = parts || len(r.Code()) > len(gl) && strings.HasPrefix(r.Code(), gl)
	})
	return parts
}

// checkEntry checks a line that is no goods: its fields, its account, and the party or cash account behind it.
func (b *Book) checkEntry(k *slip.Kind, d *slip.Doc, l *slip.Line) fault.List {
	var faults fault.List
	add := func(f *fault.Fault) { faults = append(faults, f) }
	for _, f := range k.Lines {
		v := l.Get(f.Key)
		switch {
		case v == "" && f.Required:
			add(missing(f))
		case v != "" && f.Type == slip.TypeRef:
			faults = append(faults, b.checkRefTo(k, k.LineRefOf(l, f), f, v)...)
		}
	}
	if l.TaxRate < 0 || l.TaxRate >= 10000 {
		add(fault.New(fault.Invalid, "税率应在 0%% 与 100%% 之间", "the tax rate is between 0%% and 100%%").At("tax_rate"))
	}
	if _, cash := k.LineField("account"); cash {
		switch c := l.Extra["account"]; {
		case c == "" && b.isCash(l.Account):
			add(fault.New(fault.Invalid, "科目 %s 请填资金账户", "account %s needs a cash account", b.Called(master.GL, l.Account)).At("account"))
		case c != "" && b.cashGL(c) != l.Account:
			add(fault.New(fault.Invalid, "资金账户 %s 不属于科目 %s", "the cash account %s is not kept in %s", b.Called(master.Accounts, c), b.Called(master.GL, l.Account)).At("account"))
		}
	}
	return faults
}

// payAtOnce completes what is paid on the slip: the first account takes what the others leave, where all is paid at once or only
// the account was named. Splits without money go.
func (b *Book) payAtOnce(k *slip.Kind, d *slip.Doc) {
	if !k.Pays() {
		return
	}
	kept := d.Splits[:0]
	for _, s := range d.Splits {
		if s.Amount != 0 || s.Account != "" {
			kept = append(kept, s)
		}
	}
	d.Splits = kept
	if !k.Money.AtOnce {
		return
	}
	if d.Account == "" {
		d.Account = b.firstAccount()
	}
	d.Paid = 0
	d.Paid = d.Gross - d.Rounding - d.PaidNow()
}

// checkPaid holds what is paid on the slip against its total.
func (b *Book) checkPaid(k *slip.Kind, d *slip.Doc) (faults fault.List) {
	if !k.Pays() {
		return nil
	}
	bad := func(key, zh, en string, args ...any) {
		faults = append(faults, fault.New(fault.Invalid, zh, en, args...).At(key))
	}
	for i, p := range append([]slip.Split{{Account: d.Account, Amount: d.Paid}}, d.Splits...) {
		n := ""
		if i > 0 {
			n = string(rune('1' + i))
		}
		if p.Amount != 0 && p.Account == "" {
			bad("account"+n, "已填本次收付，请填资金账户", "something is paid: give the cash account")
		}
		if p.Amount == 0 && p.Account != "" && !k.Money.AtOnce {
			bad("paid"+n, "已填资金账户，请填本次收付", "a cash account is given: say how much is paid")
		}
	}
	sum := d.PaidNow() + d.Rounding
	if over := sum - d.Gross; d.Gross >= 0 && (over > 0 || sum < 0) || d.Gross < 0 && (over < 0 || sum > 0) {
		bad("paid", "本次收付 %s 超过单据金额 %s", "%s paid and let off is more than the slip's %s", sum, d.Gross)
	}
	return faults
}

// checkLedgerAccount refuses to give a GL account to a ledger when other entries stand in it, or to take a cash account's money to
// another one: the ledger and the account would no longer agree.
func (b *Book) checkLedgerAccount(tx *store.Tx, r *master.Record) fault.List {
	key, gl, kept := "", "", false
	switch r.Type {
	case master.Categories:
		key, gl = "stock_account", r.Get("stock_account")
		kept = gl == "" || b.isStock(gl)
	case master.Accounts:
		key, gl = "gl_account", cashGL(r.Get("gl_account"), r.Get("type"))
		kept = b.isCash(gl)
		if old, ok := tx.Master(r.Type.Code, r.Code()); ok && cashGL(old.Get("gl_account"), old.Get("type")) != gl {
			if used, err := tx.HasCash(old.ID); err == nil && used {
				return fault.List{fault.New(fault.Refused, "%s 已有收支，不能换会计科目", "%s has entries; its GL account cannot change", b.Calls(old)).At(key)}
			}
		}
	default:
		return nil
	}
	if kept {
		return nil
	}
	if used, err := tx.HasEntries(gl); err == nil && used {
		return fault.List{fault.New(fault.Refused, "科目 %s 已有其他分录，不能再用于此处", "account %s has other entries already and cannot be used here", b.Called(master.GL, gl)).At(key)}
	}
	return nil
}

// completeParties sets the two parties of an offset right where they can only be meant one way: one firm on both sides, or the two the
// wrong way round. A cash account named by its GL account is the one kept there.
func (b *Book) completeParties(k *slip.Kind, d *slip.Doc) {
	is := func(r slip.Role, code string) bool { _, ok := b.Masters().Find(string(r), code); return ok }
	if role, to := k.RoleOf(d), k.ToRoleOf(d); role != to && to != slip.NoParty {
		if d.ToParty == "" && is(to, d.Party) && is(role, d.Party) {
			d.ToParty = d.Party
		} else if (!is(role, d.Party) || !is(to, d.ToParty)) && is(to, d.Party) && is(role, d.ToParty) {
			d.Party, d.ToParty = d.ToParty, d.Party
		}
	}
	for _, a := range []*string{&d.Account, &d.ToAccount} {
		if _, ok := b.Masters().Find(master.Accounts.Code, *a); !ok && *a != "" {
			if own := b.cashAccounts(*a); len(own) == 1 {
				*a = own[0]
			}
		}
	}
}

// cashGL is the GL account behind a cash account; none for no account.
func (b *Book) cashGL(code string) string {
	a, ok := b.Masters().Find(master.Accounts.Code, code)
	if !ok {
		return ""
	}
	return cashGL(a.Get("gl_account"), a.Get("type"))
}

func cashGL(account, typ string) string {
	if account != "" {
		return account
	}
	if typ == "bank" {
		return chart.Bank
	}
	return chart.Cash
}

// A service product (freight, repair, a fee; 7.3.11) is bought and sold like goods, but nothing of it lies in stock: it has no stock row and
// no cost when sold. What it costs to buy goes to the cost account of its category.

// notInStock refuses a service on a slip that only moves stock, or spreads cost over it.
func (b *Book) notInStock(k *slip.Kind, p *master.Product) *fault.Fault {
	return fault.New(fault.Refused, "%s 是服务，没有库存，不能用于%s", "%s is a service: it has no stock to move (%s)", b.Calls(p.Record), k.Title).At("product")
}

// checkService holds what a record says of services: what has stock is none, and one on an audited slip stays what it is.
func (b *Book) checkService(tx *store.Tx, r *master.Record) (faults fault.List) {
	bad := func(code fault.Code, field, zh, en string, args ...any) {
		faults = append(faults, fault.New(code, zh, en, args...).At(field))
	}
	switch r.Type {
	case master.Products:
		service := r.Get("service") == "yes"
		if service && inquiry.TrackingOf(r) != "" {
			bad(fault.Invalid, "service", "服务没有批号和序列号", "a service has no lots or serial numbers")
		}
		old, ok := tx.Master(r.Type.Code, r.Code())
		if byID, same := tx.Masters().ByID(r.Type.Code, r.ID); same {
			old, ok = byID, true
		}
		if !ok || (old.Get("service") == "yes") == service {
			return faults
		}
		if used, err := tx.OnLiveSlip(old.ID); err != nil {
			faults = append(faults, fault.Internal(fmt.Errorf("slips with %s: %w", r.Code(), err)))
		} else if used {
			bad(fault.Refused, "service", "%s 已用于已审核的单据，不能再改“服务”", "%s stands on an audited slip: whether it is a service can no longer change", b.Calls(old))
		}
		part := func(x *master.Record) bool { return x.Get("component") == old.Code() }
		if service && slices.ContainsFunc(tx.Masters().List(master.Boms.Code), part) {
			bad(fault.Refused, "service", "%s 是物料清单的组件，不能改为服务", "%s is a component of a bill of materials and cannot become a service", b.Calls(old))
		}
	case master.Boms:
		if p, ok := tx.Masters().Product(r.Get("component")); ok && p.Service {
			bad(fault.Refused, "component", "%s 是服务，不能作组件", "%s is a service and cannot be a component", b.Calls(p.Record))
		}
	case master.OpeningStock:
		if p, ok := tx.Masters().Product(r.Get("product")); ok && p.Service {
			bad(fault.Refused, "product", "%s 是服务，没有期初库存", "%s is a service and has no opening stock", b.Calls(p.Record))
		}
	}
	return faults
}
