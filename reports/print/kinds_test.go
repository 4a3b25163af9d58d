package print

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// everyone is the book of the slips that are only printed.
var everyone *workflow.Book

// typed is what a clerk might type into a field; line is -1 for the head.
func typed(k *slip.Kind, d *slip.Doc, f slip.Field, line int) string {
	if f.ReadOnly || f.Key == "source" || f.Key == "source_line" {
		return ""
	}
	switch f.Key {
	case "to_warehouse":
		return "W2"
	case "warehouse":
		return []string{"W1", "", "W2"}[line+1]
	case "to_account":
		return "K2"
	case "match":
		return "CR-202601-0001/1:5"
	case "price_includes_tax":
		return "no"
	case "slip_discount": // less than the slip comes to
		return "12.34"
	case "debit", "credit":
		if (f.Key == "debit") != (line == 0) {
			return ""
		}
		return "1234.5"
	case "party":
		if line >= 0 {
			return "C"
		}
	case "account":
		if line >= 0 {
			return "K"
		}
	case "line_account":
		return "1122"
	}
	switch f.Type {
	case slip.TypeRef:
		switch typ := k.RefOf(d, f); typ {
		case "products":
			return []string{"A", "B"}[line]
		case "gl":
			return "5602"
		default:
			return map[string]string{"suppliers": "S", "customers": "C", "warehouses": "W1", "accounts": "K", "employees": "E"}[typ]
		}
	case slip.TypeDate:
		return "2026-01-20"
	case slip.TypeAmount:
		return "1234.5"
	case slip.TypeQuantity:
		if k.Stock.Parts != 0 && line == 1 {
			return "-4"
		}
		return []string{"2", "7"}[line]
	case slip.TypePrice:
		return "31.5"
	case slip.TypeRate:
		return map[string]string{"tax_rate": "0.13", "discount_rate": "0.05"}[f.Key]
	case slip.TypeBool:
		return "yes"
	case slip.TypeChoice:
		return f.Choices[0].Value
	case slip.TypeUnit:
		return "个"
	}
	return fmt.Sprintf("%s%d", f.Key, line+1)
}

// filled is a draft of a kind with everything typed that its form has.
func filled(t *testing.T, k *slip.Kind) *slip.Doc {
	t.Helper()
	d := &slip.Doc{Kind: k.Code, Number: k.Prefix + "-202601-0001", Status: slip.Draft, Maker: "周婷"}
	set := func(err error, f slip.Field) {
		if err != nil {
			t.Fatalf("%s: field %s: %v", k.Code, f.Key, err)
		}
	}
	for _, f := range k.Header {
		set(d.Set(f, typed(k, d, f, -1)), f)
	}
	for i := 0; i < 2 && len(k.Lines) > 0; i++ {
		l := slip.Line{No: i + 1}
		for _, f := range k.Lines {
			if v := typed(k, d, f, i); v != "" {
				set(l.Set(f, v), f)
			}
		}
		d.Lines = append(d.Lines, l)
	}
	for _, g := range k.Lists {
		for i, f := range g.Fields {
			if v := typed(k, d, f, 0); v != "" {
				set(d.SetRow(g, 1, f, v), g.Fields[i])
			}
		}
	}
	if err := slip.Calculate(k, d); err != nil {
		t.Fatalf("%s: %v", k.Code, err)
	}
	return d
}

// seen is how a typed value stands on paper.
func seen(k *slip.Kind, f slip.Field, v string, l text.Lang) string {
	switch f.Type {
	case slip.TypeAmount:
		a, _ := num.ParseAmount(v)
		if v = a.Grouped(); k.ReturnOf != "" && !strings.HasPrefix(f.Key, "paid") && f.Key != "rounding" { // what is paid back comes off a return's negative total
			v = "-" + v
		}
	case slip.TypePrice:
		p, _ := num.ParsePrice(v)
		v = p.Grouped()
	case slip.TypeQuantity:
		if v = strings.TrimPrefix(v, "-"); k.ReturnOf != "" {
			v = "-" + v
		}
	case slip.TypeRate:
		if v = map[string]string{"0.13": "13%", "0.05": "9.5折"}[v]; l == text.En && f.Key == "discount_rate" {
			v = "-5%"
		}
	case slip.TypeBool:
		v = map[string]string{"yes": f.Label.In(l)}[v]
	case slip.TypeChoice:
		for _, c := range f.Choices {
			if c.Value == v {
				v = c.Label.In(l)
			}
		}
	case slip.TypeRef:
		if f.Key == "employee" {
			v = "王磊"
		} else if f.Ref == "accounts" {
			v = map[string]string{"K": "现金", "K2": "银行"}[v]
		} else if f.Ref == "warehouses" {
			v = map[string]string{"W1": "主仓", "W2": "东仓"}[v]
		}
	}
	return strings.Join(strings.Fields(v), "")
}

// lacks lists the fields of a form whose values are not on the page.
func lacks(k *slip.Kind, d *slip.Doc, page string, l text.Lang) (list []string) {
	look := func(where string, f slip.Field, v string) {
		money := f.Type == slip.TypeAmount || f.Type == slip.TypePrice
		if v == "" || f.ReadOnly || money && k.Paper.NoMoney || f.Key == "price_includes_tax" {
			return
		}
		if want := seen(k, f, v, l); !strings.Contains(page, want) {
			list = append(list, fmt.Sprintf("%s %s %q", where, f.Key, want))
		}
	}
	for _, f := range k.Header {
		look("head", f, d.Get(f.Key))
	}
	for i := range d.Lines {
		for _, f := range k.Lines {
			look(fmt.Sprintf("line %d", i+1), f, d.Lines[i].Get(f.Key))
		}
	}
	for _, g := range k.Lists {
		for i, x := range d.Lists[g.Key] {
			for _, f := range g.Fields {
				look(fmt.Sprintf("%s %d", g.Key, i+1), f, x.Get(f.Key))
			}
		}
	}
	return list
}

// pagesOf prints a slip that is not in the book.
func pagesOf(t *testing.T, d *slip.Doc, opt Options) (string, error) {
	t.Helper()
	b := everyone
	if err := opt.complete(b); err != nil {
		return "", err
	}
	papers, err := papersOf(b, d, opt, nil)
	if err != nil {
		return "", err
	}
	if opt.As != AsSlip || opt.Paper != "a4" || len(opt.Plies) > 0 { // drawing and reading back takes longer than laying out
		_, err = paper.Pages(papers...)
		return "", err
	}
	pdf, err := paper.PDF(papers...)
	if err != nil {
		return "", err
	}
	n, err := reader.Pages(pdf)
	out := ""
	for i := 0; i < n && err == nil; i++ {
		var s string
		s, err = reader.Text(pdf, i)
		out += strings.Join(strings.Fields(s), "")
	}
	return out, err
}

// TestEveryKindPrints prints a slip of every kind, with everything typed that its form has, as whatever it may be printed, on every
// paper, in both languages, with and without plies; and wants every value on the page.
func TestEveryKindPrints(t *testing.T) {
	everyone = shop(t)
	load(t, everyone, "accounts", "code,name,type", "K2,银行,bank")
	load(t, everyone, "employees", "code,name", "E,王磊")
	papers := 0
	listed := *kinds.Quotation // one with a further grid
	listed.Code, listed.Prefix, listed.Optional = "listed", "LB", true
	listed.Lists = []slip.List{{Key: "checks", Title: text.T("检查", "Checks"), Fields: []slip.Field{{Key: "item", Label: text.T("事项", "Item"), Required: true},
		{Key: "who", Label: text.T("谁", "Who"), Type: slip.TypeRef, Ref: "employees"}, {Key: "fee", Label: text.T("费用", "Fee"), Type: slip.TypeAmount}}}}
	all := kinds.All
	defer func() { kinds.All = all }()
	kinds.All = append(all[:len(all):len(all)], &listed)
	for _, k := range kinds.All {
		if k.Hidden {
			continue
		}
		t.Run(k.Code, func(t *testing.T) {
			if !slices.Contains([]string{"voucher", "receipt", "order", "money", "payment", "journal", "till"}, k.Paper.Layout) {
				t.Errorf("%s names layout %q, which does not exist", k.Code, k.Paper.Layout)
			}
			d := filled(t, k)
			for _, w := range Forms(k) {
				for _, c := range w.Papers {
					for _, l := range []text.Lang{text.Zh, text.En} {
						page, err := pagesOf(t, d, Options{As: w.As, Paper: c.Value, Lang: l})
						if w.As == AsVoucher && fault.Is(err, fault.Refused) {
							continue // a draft has none
						}
						if err != nil {
							t.Fatalf("%s as %s on %s in %s: %v", k.Code, w.As, c.Value, l, err)
						}
						papers++
						if w.As != AsSlip || c.Value != "a4" {
							continue
						}
						title := strings.ReplaceAll(strings.ToUpper(k.Title.In(l)), " ", "")
						if !strings.Contains(strings.ToUpper(page), title) || !strings.Contains(page, d.Number) || !strings.Contains(page, "周婷") {
							t.Errorf("%s in %s lacks title, number or maker: %s", k.Code, l, page)
						}
						if list := lacks(k, d, page, l); len(list) > 0 {
							t.Errorf("%s in %s lacks %s\non the page: %s", k.Code, l, strings.Join(list, "; "), page)
						}
					}
				}
				for _, p := range w.Plies {
					if _, err := pagesOf(t, d, Options{As: w.As, Paper: "a5", Plies: []string{p.Value}}); err != nil {
						t.Errorf("%s, ply %s: %v", k.Code, p.Value, err)
					}
				}
			}
		})
	}
	if papers < 300 {
		t.Errorf("only %d papers", papers)
	}
}
