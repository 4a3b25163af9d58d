package parts

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// Picked is how a pick list of master records looks and what it knows beside them.
type Picked struct {
	Type  string // set by picker
	Only  func(*master.Record) bool
	In    bool // a place goods are put into or taken from: not one they only pass in transit
	Rank  func(*master.Record) int
	Extra func(codes []string) func(code string, product *master.Product) []kit.Cell // further cells of products
}

// RefField makes a field that holds the code of a master record: typed letters find it by code, name, initials, barcode or
// specification; F4 shows all.
func RefField(s host.Host, label, typ string, named bool, p Picked) *kit.Field {
	return RefFieldOf(s, label, func() string { return typ }, named, p)
}

// RefFieldOf is a refField whose type depends on what else is typed.
func RefFieldOf(s host.Host, label string, typ func() string, named bool, p Picked) *kit.Field {
	f := kit.NewField(label)
	f.Show = func(code string) string {
		t := typ()
		r, ok := s.Book().Masters().Find(t, code)
		if !named || !ok {
			return code
		}
		return Named(s, r)
	}
	f.Parse = func(typed string) (string, error) { return Resolve(s, typ(), typed) }
	return f.WithPicker(Picker(s, typ, p))
}

// Named is how people know a record: by its name; what there are many of, and accounts, by code and name.
func Named(s host.Host, r *master.Record) string {
	switch r.Type {
	case master.Products, master.Suppliers, master.Customers, master.GL:
		return r.Code() + " " + Name(s, r)
	}
	return Name(s, r)
}

// Name is a record's name in the window's language: name2 is its name in the other language than the book's. The chart of accounts is
// Chinese in every book, with English beside it.
func Name(s host.Host, r *master.Record) string {
	if r.Type == master.GL {
		return r.Name(s.Lang() == text.En)
	}
	return r.Name(s.Lang() != s.Book().Settings().Lang)
}

// NameOf is the name behind a code; an unknown code names itself.
func NameOf(s host.Host, typ, code string) string {
	if r, ok := s.Book().Masters().Find(typ, code); ok {
		return Name(s, r)
	}
	return code
}

// Full is a product's name and specification: many products differ in the latter only.
func Full(s host.Host, product string) string {
	r, ok := s.Book().Masters().Find(master.Products.Code, product)
	if !ok {
		return product
	}
	return strings.TrimSpace(Name(s, r) + " " + r.Get("spec"))
}

// Resolve finds the one record a person means: its code or barcode, its name, or the only one the words find.
func Resolve(s host.Host, typ, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	set := s.Book().Masters()
	if r, ok := set.Find(typ, typed); ok {
		return r.Code(), nil
	}
	if typ == master.Products.Code {
		if p, ok := set.Product(typed); ok {
			return p.Code(), nil
		}
	}
	if typ == master.Products.Code && len(set.Scanned(typed)) > 1 {
		return "", fault.New(fault.Invalid, "条码 %s 属于多个商品，请按 F4 选择", "the bar code %s is that of several products; choose with F4", typed)
	}
	limit := 2
	if Digits(typed) {
		limit = MostPicked
	}
	all := set.Search(typ, typed, limit, nil)
	found := slices.DeleteFunc(slices.Clone(all), func(m master.Match) bool { return withinBarCode(m.Record, typed) })
	if len(found) == 0 && len(all) > 0 {
		return "", fault.New(fault.Invalid, "“%s”只是某条码的中间一段；要选它，请按 F4 或用 ↓ 选", "%q is only a part of a bar code; to take it, choose with F4 or ↓", typed)
	}
	if len(found) == 1 {
		return found[0].Record.Code(), nil
	}
	for _, m := range found {
		if m.Record.Get("name") == typed || Name(s, m.Record) == typed {
			return m.Record.Code(), nil
		}
	}
	t, _ := master.ByCode(typ)
	if len(found) > 1 {
		return "", fault.New(fault.Invalid, "“%s”不止一个%s，请按 F4 选择", "%q fits more than one %s; choose with F4", typed, t.One)
	}
	return "", fault.New(fault.Invalid, "没有%[2]s“%[1]s”，按 F4 查看全部，Ins 新建", "there is no %[2]s %[1]q; F4 shows all, Ins makes it", typed, t.One)
}

// withinBarCode tells of a product that is found by a bare number only because the number stands somewhere inside its bar code: a quantity
// typed into the wrong box is found so in many. What the bar code begins with, or any other field holds, is meant.
func withinBarCode(r *master.Record, words string) bool {
	if r.Type != master.Products {
		return false
	}
	for _, w := range strings.Fields(words) {
		code := r.Get("barcode")
		if !Digits(w) || !strings.Contains(code, w) || strings.HasPrefix(code, w) {
			continue
		}
		if !slices.ContainsFunc([]string{"code", "name", "name2", "initials", "spec"}, func(key string) bool { return strings.Contains(r.Get(key), w) }) {
			return true
		}
	}
	return false
}

const MostPicked = 200

// Picker makes the pick list of a master type.
func Picker(s host.Host, typ func() string, p Picked) *kit.Picker {
	p.Type = typ()
	one := func() text.Text { t, _ := master.ByCode(typ()); return t.One }
	pk := &kit.Picker{}
	col := func(key, zh, en string, w float32, right bool) {
		c := kit.Column{Key: key, Title: s.Tr(zh, en), Width: w}
		if right {
			c.Align = fyne.TextAlignTrailing
		}
		pk.Columns = append(pk.Columns, c)
	}
	col("code", "编码", "Code", 92, false)
	switch p.Type {
	case master.Products.Code:
		col("name", "名称", "Name", 176, false)
		col("spec", "规格", "Spec", 150, false)
		col("initials", "助记码", "Initials", 80, false)
		col("unit", "单位", "Unit", 48, false)
		if p.Extra != nil {
			col("available", "可用", "Available", 74, true)
			col("list", "价目表价", "List price", 84, true)
			col("last", "上次价", "Last price", 126, true)
		}
	case master.Suppliers.Code, master.Customers.Code:
		col("name", "名称", "Name", 250, false)
		col("initials", "助记码", "Initials", 90, false)
		col("contact", "联系人", "Contact", 90, false)
		col("phone", "电话", "Phone", 120, false)
	default:
		col("name", "名称", "Name", 220, false)
	}
	pk.Find = func(words string) ([]kit.PickRow, int) {
		p.Type = typ()
		return FindRecords(s, p, words)
	}
	pk.Footer = func(total int) string {
		n := s.Tr("%d 个", "%d", total)
		if total >= MostPicked {
			n = s.Tr("前 %d 个", "first %d", total)
		}
		return n + s.Tr("    ↑↓ 选择   Enter 选入   F4 全部   Ins 新建   Esc 关闭", "    ↑↓ choose   Enter takes   F4 all   Ins new   Esc closes")
	}
	pk.None = func(words string) string {
		if words == "" {
			return s.Tr("还没有%s，Ins 新建", "no %s yet; Ins makes one", one())
		}
		return s.Tr("没有“%s”，Ins 新建", "nothing is called %q; Ins makes it", words)
	}
	if p.Type != master.GL.Code {
		pk.OnNew = func(words string) {
			t, _ := master.ByCode(typ())
			s.NewMaster(t, words, func(code string) { pk.OnPick(code) })
		}
	}
	return pk
}

func FindRecords(s host.Host, p Picked, words string) ([]kit.PickRow, int) {
	found := s.Book().Masters().Search(p.Type, words, MostPicked, p.Rank)
	if p.In {
		found = slices.DeleteFunc(found, func(m master.Match) bool { return m.Record.Get("transit") == "yes" })
	}
	if p.Only != nil {
		found = slices.DeleteFunc(found, func(m master.Match) bool { return !p.Only(m.Record) })
	}
	loose := func(m master.Match) bool { return withinBarCode(m.Record, words) }
	slices.SortStableFunc(found, func(a, b master.Match) int { // what is meant first
		switch x, y := loose(a), loose(b); {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	})
	codes := make([]string, len(found))
	for i, m := range found {
		codes[i] = m.Record.Code()
	}
	var extra func(string, *master.Product) []kit.Cell
	if p.Extra != nil {
		extra = p.Extra(codes)
	}
	rows := make([]kit.PickRow, len(found))
	for i, m := range found {
		r := m.Record
		cells := []kit.Cell{marked(s, m, "code"), marked(s, m, nameField(s, r))}
		switch p.Type {
		case master.Products.Code:
			cells = append(cells, marked(s, m, "spec"), marked(s, m, "initials"), kit.Cell{Text: NameOf(s, master.Units.Code, r.Get("unit"))})
			if product, ok := s.Book().Masters().Product(r.Code()); ok && extra != nil {
				cells = append(cells, extra(r.Code(), product)...)
			}
		case master.Suppliers.Code, master.Customers.Code:
			cells = append(cells, marked(s, m, "initials"), kit.Cell{Text: r.Get("contact")}, kit.Cell{Text: r.Get("phone")})
		}
		rows[i] = kit.PickRow{Value: r.Code(), Cells: cells, Loose: loose(m)}
	}
	return rows, len(rows)
}

func nameField(s host.Host, r *master.Record) string {
	if s.Lang() != s.Book().Settings().Lang && r.Get("name2") != "" {
		return "name2"
	}
	return "name"
}

// marked shows a field of a found record with what was matched standing out.
func marked(s host.Host, m master.Match, field string) kit.Cell {
	v := m.Record.Get(field)
	c := kit.Cell{Text: v}
	at := 0
	for _, k := range m.Marks {
		if k.Field != field || k.From < at || k.To > len(v) || k.From >= k.To {
			continue
		}
		if k.From > at {
			c.Parts = append(c.Parts, kit.Part{Text: v[at:k.From]})
		}
		c.Parts = append(c.Parts, kit.Part{Text: v[k.From:k.To], Marked: true})
		at = k.To
	}
	if at > 0 && at < len(v) {
		c.Parts = append(c.Parts, kit.Part{Text: v[at:]})
	}
	return c
}

// has tells whether a word stands in another, letter case aside.
func has(in, word string) bool { return strings.Contains(strings.ToLower(in), strings.ToLower(word)) }

// ChoiceField makes a field that holds one of a few values.
func ChoiceField(s host.Host, label string, choices func() []slip.Choice) *kit.Field {
	f := kit.NewField(label)
	word := func(v string) string {
		for _, c := range choices() {
			if c.Value == v {
				return s.T(c.Label)
			}
		}
		return v
	}
	f.Show = word
	f.Parse = func(typed string) (string, error) {
		if typed == "" {
			return "", nil
		}
		for _, c := range choices() {
			if typed == c.Value || typed == s.T(c.Label) {
				return c.Value, nil
			}
		}
		return "", fault.New(fault.Invalid, "“%s”不可选，按 F4 查看", "%q cannot be chosen; F4 shows what can", typed)
	}
	p := &kit.Picker{Columns: []kit.Column{{Key: "value", Width: 140, Grow: true}}, Rows: 5, NoHead: true}
	p.Find = func(words string) ([]kit.PickRow, int) {
		var rows []kit.PickRow
		for _, c := range choices() {
			w := s.T(c.Label)
			p.Columns[0].Width = max(p.Columns[0].Width, kit.Width(w, kit.M().Text, false)+14)
			if words == "" || has(w, words) || has(c.Value, words) || has(text.Initials(c.Label.Zh), words) {
				rows = append(rows, kit.PickRow{Value: c.Value, Cells: []kit.Cell{{Text: w}}})
			}
		}
		return rows, len(rows)
	}
	p.Footer = func(int) string { return s.Tr("↑↓ 选择   Enter 选入", "↑↓ choose   Enter takes") }
	return f.WithPicker(p)
}

// UnitChoices are the units a product is counted in.
func UnitChoices(s host.Host, product string) []slip.Choice {
	p, ok := s.Book().Masters().Product(product)
	if !ok {
		return nil
	}
	base, second := NameOf(s, master.Units.Code, p.Unit), NameOf(s, master.Units.Code, p.Unit2)
	list := []slip.Choice{{Value: p.Unit, Label: text.T(base, base)}}
	if p.Unit2 != "" && p.Factor2 > 0 && p.Unit2 != p.Unit {
		f := num.Quantity(p.Factor2).String()
		list = append(list, slip.Choice{Value: p.Unit2, Label: text.T(second+"（"+f+" "+base+"）", second+" ("+f+" "+base+")")})
	}
	return list
}

// Which goes on with the product that a scanned code means: where several answer to it, as in books of before a bar code was one
// product's, it asks. False: none does.
func Which(s host.Host, code string, then func(p *master.Product)) bool {
	list := s.Book().Masters().Scanned(code)
	switch len(list) {
	case 0:
		return false
	case 1:
		then(list[0])
		return true
	}
	t := kit.NewTable()
	t.NoHead = true
	t.Columns = []kit.Column{{Width: 160}, {Width: 300, Grow: true}}
	t.Length = func() int { return len(list) }
	t.CellAt = func(row, col int) kit.Cell {
		if col == 0 {
			return kit.Cell{Text: list[row].Code()}
		}
		return kit.Cell{Text: strings.TrimSpace(Name(s, list[row].Record) + " " + list[row].Get("spec"))}
	}
	var over *kit.Overlay
	t.OnOpen = func(row, _ int) {
		s.Layer().Close(over)
		then(list[row])
	}
	over = s.Dialog(s.Tr("条码 %s 是哪个商品？", "Which product is %s?", code), t, fyne.NewSize(560, 300), t, host.Answer{Label: text.T("取消", "Cancel")})
	return true
}
