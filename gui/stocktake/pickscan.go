package stocktake

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// take reads what was scanned or typed.
func (p *PickForm) take(code string) {
	p.field.SetValue("")
	defer func() {
		if p.s.Current() == host.Screen(p) && p.s.Layer().Modal() == nil {
			kit.Focus(p.field.Input)
		}
	}()
	upper := strings.ToUpper(code)
	switch {
	case upper == "":
	case len(upper) == 2 && upper[0] == '=' && upper[1] >= '0' && upper[1] <= '9':
		p.digit(upper[1:])
	case upper == "=S":
		p.short()
	case upper == "=E":
		p.confirm()
	case p.line(upper) >= 0:
		p.pick(p.line(upper), true)
	case len(p.Rows) == 0 || !p.Unsaved() && p.isList(upper):
		p.open(upper)
	case p.scanned(code):
	case len(code) <= 7 && !strings.ContainsFunc(code, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) && p.row() >= 0:
		p.at = p.row()
		p.quantity(code)
	default:
		p.s.Say(kit.Refusal, p.s.Tr("“%s”不在这张备货单上", "%q is not on this list", code))
		p.show()
	}
}

// line is the row of a line code, -1 for none.
func (p *PickForm) line(code string) int {
	return slices.IndexFunc(p.Rows, func(r *pickRow) bool { return r.code != "" && r.code == code })
}

// scanned picks a row of the product that a code or bar code means; where several of the list's products answer to it, it asks.
func (p *PickForm) scanned(code string) bool {
	var here []*master.Product
	for _, r := range p.s.Book().Masters().Scanned(code) {
		if p.product(r.Code()) >= 0 {
			here = append(here, r)
		}
	}
	switch len(here) {
	case 0:
		return false
	case 1:
		p.pick(p.product(here[0].Code()), true)
		return true
	}
	return parts.Which(p.s, code, func(r *master.Product) {
		if at := p.product(r.Code()); at >= 0 {
			p.pick(at, true)
			return
		}
		p.s.Say(kit.Refusal, p.s.Tr("“%s”不在这张备货单上", "%q is not on this list", r.Code()))
	})
}

// product is the row of a product: the first one not picked yet.
func (p *PickForm) product(code string) int {
	if i := slices.IndexFunc(p.Rows, func(x *pickRow) bool { return x.product == code && !x.done }); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.Rows, func(x *pickRow) bool { return x.product == code })
}

// isList tells whether a code looks like that of another list.
func (p *PickForm) isList(code string) bool { return strings.Count(code, "-") == 2 }

// open finds the list a code belongs to: a merged list, a slip, or a line of one.
func (p *PickForm) open(code string) {
	b, s := p.s.Book(), p.s
	type found struct {
		warehouse string
		numbers   []string
		line      string
	}
	host.Read(s, s.Tr("找备货单", "looking for the list"), func() (f found, err error) {
		if f.warehouse, f.numbers, err = scan.Walk(b, code); err != nil || len(f.numbers) > 0 {
			return f, err
		}
		for _, n := range slipOf(code) {
			if d, err := b.Load(n); err == nil {
				f.numbers = []string{d.Number}
				if d.Number != code {
					f.line = code
				}
				return f, nil
			}
		}
		return f, fault.New(fault.NotFound, "没有备货单“%s”", "there is no pick list %q", code)
	}, func(f found) {
		list := f.numbers[0]
		if len(f.numbers) > 1 {
			list = code
		}
		p.load(list, f.warehouse, f.numbers, f.line)
	})
}

// slipOf are the slips a code may mean: its own number, or that of the slip whose line it names.
func slipOf(code string) []string {
	list := []string{code}
	head := strings.TrimRight(code, "0123456789")
	digits := code[len(head):]
	for _, lines := range []int{2, 3} {
		if n := len(digits) - 4 - lines; head != "" && n >= 4 {
			list = append(list, fmt.Sprintf("%s-20%s-%s", head, digits[:4], digits[4:4+n]))
		}
	}
	return list
}

// row is the line in hand, else the first one that is open; -1 for none.
func (p *PickForm) row() int {
	if p.at >= 0 && p.at < len(p.Rows) {
		return p.at
	}
	return slices.IndexFunc(p.Rows, func(r *pickRow) bool { return !r.done })
}

func (p *PickForm) move(key fyne.KeyName) {
	if len(p.Rows) == 0 {
		return
	}
	if p.digits = ""; p.at < 0 {
		p.at = max(0, p.row())
	} else if key == fyne.KeyUp {
		p.at = max(0, p.at-1)
	} else {
		p.at = min(len(p.Rows)-1, p.at+1)
	}
	p.show()
}

// pick takes a line in hand, and all it asks for.
func (p *PickForm) pick(row int, full bool) {
	if row < 0 || row >= len(p.Rows) {
		return
	}
	p.at, p.digits = row, ""
	if full {
		p.put(p.Rows[row].want)
	}
}

// put notes what was picked of the line in hand.
func (p *PickForm) put(q num.Quantity) {
	r := p.Rows[p.at]
	p.undone = append(p.undone, pickUndo{p.at, r.got, r.done})
	r.got, r.done, p.asked, p.digits = q, true, false, ""
	p.s.Calm()
	p.show()
	p.s.DrawTabs()
	p.sayMissing(r)
}

// sayMissing says at once that more of a row's product was fetched than the books have there: auditing would refuse it, or tell of it.
func (p *PickForm) sayMissing(r *pickRow) {
	var taken num.Quantity
	for _, x := range p.Rows {
		if x.product == r.product && x.warehouse == r.warehouse {
			q, _ := num.Convert(x.got, max(x.factor, 1))
			taken += q
		}
	}
	if r.got > 0 && taken > r.onHand {
		p.s.Say(kit.Warning, p.s.Tr("%s %s：%s账上只有 %s，拣了 %s", "%s %s: the books have %[4]s in %[3]s, %[5]s are picked", r.product, parts.NameOf(p.s, master.Products.Code, r.product),
			parts.NameOf(p.s, master.Warehouses.Code, r.warehouse), max(0, r.onHand).Grouped(), taken.Grouped()))
	}
}

// digit is one more figure of another quantity for the line in hand.
func (p *PickForm) digit(d string) {
	if p.at < 0 {
		p.s.Say(kit.Refusal, p.s.Tr("请先扫行条码", "scan a line first"))
		return
	}
	if len(p.digits) < 7 {
		p.digits += d
	}
	p.s.Calm()
	p.show()
}

// quantity puts a typed quantity on the line in hand; more than is asked for is refused.
func (p *PickForm) quantity(typed string) {
	r := p.Rows[p.at]
	q, err := num.ParseQuantity(typed)
	switch {
	case err != nil:
		p.s.Fail(fault.New(fault.Invalid, "“%s”不是数量", "%q is no quantity", typed))
	case q > r.want:
		p.s.Say(kit.Refusal, p.s.Tr("只要 %s，不能拣 %s", "only %s are wanted, not %s", r.want.Grouped(), q.Grouped()))
	default:
		p.put(q)
		return
	}
	p.digits = ""
	p.show()
}

// short: there is none of the line in hand.
func (p *PickForm) short() {
	if p.at = p.row(); p.at < 0 {
		p.s.Say(kit.Refusal, p.s.Tr("请先扫行条码", "scan a line first"))
		return
	}
	p.put(0)
}

// confirm takes the digits; without any the list is done.
func (p *PickForm) confirm() {
	if p.digits != "" {
		p.quantity(p.digits)
		return
	}
	p.confirmAll()
}

// confirmAll finishes the list; lines nobody scanned are asked about once.
func (p *PickForm) confirmAll() {
	if len(p.Rows) == 0 {
		return
	}
	open := 0
	for _, r := range p.Rows {
		if !r.done {
			open++
		}
	}
	if open > 0 && !p.asked {
		p.asked = true
		p.s.Say(kit.Warning, p.s.Tr("还有 %d 行没拣：再扫一次“确定”（或 F9）按缺货处理。", "%d lines are not picked: scan Enter (or F9) once more and they count as short.", open))
		return
	}
	p.finish()
}

func (p *PickForm) undo() {
	if len(p.undone) == 0 {
		return
	}
	u := p.undone[len(p.undone)-1]
	p.undone = p.undone[:len(p.undone)-1]
	p.Rows[u.row].got, p.Rows[u.row].done = u.got, u.done
	p.at, p.digits, p.asked = u.row, "", false
	p.show()
}

// shares gives what was picked of a row to its slips, in the order they were named.
func (r *pickRow) shares() []num.Quantity {
	left := r.got
	out := make([]num.Quantity, len(r.parts))
	for i, part := range r.parts {
		out[i] = min(left, part.want)
		left -= out[i]
	}
	return out
}

// finish writes what was picked onto the slips.
func (p *PickForm) finish() {
	var list []scan.Picked
	for _, n := range p.numbers {
		list = append(list, scan.Picked{Number: n, Lines: map[int]num.Quantity{}})
	}
	short := 0
	for _, r := range p.Rows {
		for i, q := range r.shares() {
			at := slices.Index(p.numbers, r.parts[i].number)
			list[at].Lines[r.parts[i].line] = q
		}
		if r.got < r.want {
			short++
		}
	}
	list = slices.DeleteFunc(list, func(x scan.Picked) bool { // nothing of it lies in this warehouse, or was found at all
		for _, q := range x.Lines {
			if q != 0 {
				return false
			}
		}
		return len(p.numbers) > 1
	})
	b, s := p.s.Book(), p.s
	var made []string
	var told fault.List
	s.Write(s.Tr("记下实拣数", "noting what was picked"), func() (err error) {
		made, told, err = scan.Pick(b, list)
		return err
	}, host.Then(s, func() { p.done(made, told, short) }))
}

// done says what came of it, and waits for the next list or goes to the slip.
func (p *PickForm) done(made []string, told fault.List, short int) {
	s := p.s
	words := s.Tr("拣完，已写入 %s", "picked; noted on %s", strings.Join(made, " "))
	if short > 0 {
		words += s.Tr("，%d 行缺货", ", %d lines short", short)
	}
	for _, x := range told { // approvals fell away
		words += s.Tr("；%s", "; %s", x.Text)
	}
	p.Rows, p.at, p.undone, p.numbers, p.List, p.asked = nil, -1, nil, nil, "", false
	if len(made) == 0 {
		words = s.Tr("一件也没拣到，单据没有改动", "nothing was picked; the slips are as they were")
	}
	if !p.roving {
		s.CloseTab()
		if len(made) == 1 {
			s.OpenSlip(made[0])
		}
		s.Say(kit.Hint, words)
		return
	}
	p.show()
	s.Refresh()
	offer := []kit.Offer{}
	if len(made) > 0 {
		offer = append(offer, kit.Offer{Key: fyne.KeyF2, Label: s.Tr("打开单据", "open it"), Run: func() { s.OpenSlip(made[0]) }})
	}
	s.Say(kit.Warning, words, offer...)
}
