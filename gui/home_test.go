package gui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/parts"
)

func (h *hands) title() string { return h.s.T(h.s.Current().Title()) }

func TestHomeShowsTheBooksFigures(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.demoBook()
		h.inside()
		o, err := b.Overview()
		if err != nil {
			t.Fatal(err)
		}
		owed := num.Amount(0)
		for _, a := range o.Ageing {
			h.sees(parts.Money(a))
			owed += a
		}
		h.sees(parts.Money(o.SalesToday), parts.Money(o.SalesMonth), parts.Money(o.ProfitMonth), parts.Money(o.CollectedMonth), parts.Money(o.BoughtMonth), parts.Money(o.PaidMonth), parts.Money(owed))
		tasks := h.s.home().Data.Tasks
		if all, err := b.Tasks(200); err != nil || len(tasks) == 0 || len(all) != len(tasks) {
			t.Fatal(err, len(all), len(tasks))
		}
		h.sees(tasks[0].Number, parts.Money(tasks[0].Amount))
		late := func(x inquiry.Task) bool { return x.Urgency > 0 && (x.Action == "collect" || x.Action == "pay") }
		if first := slices.IndexFunc(tasks, late); first <= 0 || slices.ContainsFunc(tasks[first:], func(x inquiry.Task) bool { return !late(x) }) {
			t.Errorf("the overdue money begins at %d of %d tasks; what is to be done today stands before all of it", first, len(tasks))
		}
		for _, x := range o.Below[:min(2, len(o.Below))] {
			r, _ := b.Masters().Find(master.Products.Code, x.Product)
			h.sees(x.Suggested.Grouped())
			if zh { // an English name may take all the room
				h.sees(r.Get("name") + " " + string([]rune(r.Get("spec"))[:3]))
			}
		}
		h.sees(fmt.Sprintf(map[bool]string{true: "%d 项核对全部通过", false: "all %d proofs hold"}[zh], workflow.Proofs))
		for range slip.Groups {
			h.press("Right")
			h.inside()
		}
	})
}

func TestHomeByKeys(t *testing.T) {
	h := newHands(t, text.En)
	h.demoBook()
	home := h.s.home()
	if home.On() != slip.Sales {
		t.Fatalf("home begins with %s", home.On())
	}
	h.write("3")
	if got := h.s.Current().ID(); !strings.Contains(got, "delivery") {
		t.Errorf("3 opens %q, want the list of deliveries", got)
	}
	h.press("Ctrl+H", "Ctrl+2")
	if f, ok := h.s.Current().(*slipForm); !ok || f.kind != kinds.SalesOrder {
		t.Errorf("Ctrl+2 opens %q, want a new sales order", h.title())
	}
	h.press("Ctrl+H", "Tab", "Down", "Enter")
	f, ok := h.s.Current().(*slipForm)
	if !ok || f.doc.Number != home.Data.Tasks[1].Number {
		t.Errorf("Enter on the second task opens %q, want %s", h.title(), home.Data.Tasks[1].Number)
	}
	h.press("Ctrl+H", "Left")
	if home.On() != slip.Purchase || h.s.Current() != Screen(home) {
		t.Errorf("left of sales is %s", home.On())
	}
	h.press("Down", "Enter")
	if got := h.s.Current().ID(); !strings.Contains(got, home.Doors()[1].Code) {
		t.Errorf("Enter on the second node opens %q", got)
	}
	h.s.OpenArea(slip.Money)
	if home.On() != slip.Money || home.Area() != "money" || h.s.active != 0 {
		t.Error("OpenArea shows home on the area")
	}
	tabs := len(h.s.tabs)
	h.press("Ctrl+W", "Esc")
	if len(h.s.tabs) != tabs {
		t.Error("home cannot be closed")
	}
}

// Counts on the doors follow the book at once.
func TestHomeFollowsTheBook(t *testing.T) {
	h := newHands(t, text.En)
	b := h.demoBook()
	home := h.s.home()
	before := home.Data.Counts["delivery"]
	list, err := b.List(inquiry.Filter{Kinds: []string{"delivery"}, Status: []slip.Status{slip.Draft}}, inquiry.Sorting{})
	if err != nil || len(list.IDs) == 0 {
		t.Fatal(err, "no draft to audit")
	}
	rows, err := b.Rows(list.IDs[:1])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Audit(rows[0].Number); err != nil {
		t.Fatal(err)
	}
	after := home.Data.Counts["delivery"]
	if after.Drafts != before.Drafts-1 {
		t.Errorf("drafts %d → %d after auditing one", before.Drafts, after.Drafts)
	}
}

func TestEmptyBookShowsItsFirstSteps(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.press("Ctrl+N")
		h.write("Shop")
		h.press("Enter", "Ctrl+S")
		h.inside()
		h.sees(map[bool]string{true: "录入或导入商品", false: "Enter or import the products"}[zh], map[bool]string{true: "填期初库存", false: "opening stock"}[zh])
		if err := h.s.Book().SaveMaster(&master.Record{Type: master.Products, Values: map[string]string{"code": "P1", "name": "Bolt"}}); err != nil {
			t.Fatal(err)
		}
		h.sees(map[bool]string{true: "1 条", false: "1"}[zh])
		h.press("Tab", "Down", "Down", "Enter")
		if f, ok := h.s.Current().(*slipForm); !ok || f.kind != kinds.GoodsReceipt {
			t.Errorf("the third step opens %q", h.title())
		}
	})
}

// What runs short is told with its specification, also where its name is cut, and F8 makes a plan to buy it: five products of the demo company.
func TestWhatRunsShortIsPlannedFromHome(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.demoBook()
		h.s.OpenHome()
		h.sees(map[bool]string{true: "生成采购计划 F8 ›", false: "Make purchase plan F8 ›"}[zh])
		want, err := b.Reorders(b.Today(), false)
		h.does(err)
		for _, x := range want {
			h.sees(" " + string([]rune(x.Product.Get("spec"))[:3]))
		}
		h.press("F8")
		f := h.form()
		if f.kind.Code != "purchase-plan" || len(f.doc.Lines) != len(want) || f.doc.Lines[0].Qty != want[0].Suggested {
			t.Errorf("F8 opens a %s of %d lines, %s in all; %d products run short", f.kind.Code, len(f.doc.Lines), f.doc.Gross, len(want))
		}
		shown := f.doc.Gross
		h.press("Ctrl+S")
		if f.doc.Number == "" || f.doc.Gross != shown {
			t.Errorf("the plan %q is saved with %s, shown with %s: %s", f.doc.Number, f.doc.Gross, shown, h.says())
		}
	})
}
