package reportview

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// paramLine is the line over the table, two where one is too narrow: title, the boxes of the parameters, the buttons.
func (v *ReportScreen) paramLine() *fyne.Container {
	v.Fields, v.ring = map[string]*kit.Field{}, &kit.Ring{}
	gap, less := float32(6), float32(0)
	if len(v.R.Params) > 4 { // closer, so that the buttons fit too
		gap, less = 5, 13
	}
	day := kit.Width("2026-12-28", kit.M().Text, false) + 14 // a date is read whole
	line := []fyne.CanvasObject{kit.Label(v.s.T(v.R.Title), kit.Ink, kit.M().Sub, true)}
	for _, key := range v.R.Params {
		x, _ := reports.ParamOf(key)
		f := v.paramField(x, &v.P, v.run)
		v.Fields[key] = f
		v.ring.Add(f)
		line = append(line, kit.Caption(f.Label), kit.Fixed(max(f.Width-less, day), kit.M().Box, f.Input))
	}
	v.find = v.findField()
	line = append(line, kit.Fixed(96, kit.M().Box, v.find.Input), v.buttons())
	v.ring.After = func() { kit.Focus(v.Table) }
	v.ring.Before = func() { kit.Focus(v.Table) }
	return container.New(kit.Meet{Gap: gap, Least: max(76, day), High: max(35, kit.M().Box+6)}, line...)
}

// narrowed says by what of its dialog the report is narrowed, on a line of its own; nothing where it is not.
func (v *ReportScreen) narrowed() fyne.CanvasObject {
	said := v.filtered()
	if said == "" {
		return container.NewStack()
	}
	words := kit.Fitted(said+"    "+v.s.Tr("Ctrl+M 更改", "Ctrl+M changes it"), kit.Accent, kit.M().Caption, true)
	return container.NewStack(kit.Box(kit.Select), kit.Fixed(0, 24, kit.Pad(10, 3, words)))
}

// page lays the ground of the line, the line, what the report is narrowed by, and the table beneath; the line is as high as its width asks for.
type page struct{}

// MinSize is part of fyne.Layout.
func (page) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, 39+o[2].MinSize().Height+o[3].MinSize().Height)
}

// Layout is part of fyne.Layout.
func (page) Layout(o []fyne.CanvasObject, size fyne.Size) {
	line := o[1].(*fyne.Container)
	meet := line.Layout.(kit.Meet)
	width := size.Width - 16
	high := meet.High * float32(meet.Lines(line.Objects, width))
	line.Move(fyne.NewPos(8, 2))
	line.Resize(fyne.NewSize(width, high))
	y := high + 4
	for i, c := range []fyne.CanvasObject{o[0], o[2], o[3]} {
		h := []float32{y, o[2].MinSize().Height, size.Height - y - o[2].MinSize().Height}[i]
		c.Resize(fyne.NewSize(size.Width, h))
	}
	o[0].Move(fyne.Position{})
	o[2].Move(fyne.NewPos(0, y))
	o[3].Move(fyne.NewPos(0, y+o[2].MinSize().Height))
}

// filtered says by what of its dialog the report is narrowed.
func (v *ReportScreen) filtered() string {
	var list []string
	for _, key := range v.R.Filters {
		if x, ok := reports.ParamOf(key); ok && x.Get(v.P) != "" {
			list = append(list, v.s.T(x.Title)+" "+v.R.Value(v.s.Book(), v.s.Lang(), x, v.P))
		}
	}
	return strings.Join(list, " · ")
}

// filter asks for what else the report can be narrowed to: its Filters, which have no box on the line.
func (v *ReportScreen) filter() {
	p := v.P
	var fields []*kit.Field
	for _, key := range v.R.Filters {
		x, _ := reports.ParamOf(key)
		fields = append(fields, v.paramField(x, &p, func() {}))
	}
	parts.AskForm(v.s, v.s.T(v.R.Title), v.s.Tr("空着是全部；F4 列出可选的", "Empty is all; F4 lists what can be chosen"), fields, text.T("筛选", "Filter"), func() error { return nil }, func() {
		v.P = p
		v.s.Rebuild()
		v.run()
	})
}

// buttons show the commands that have an icon.
func (v *ReportScreen) buttons() fyne.CanvasObject {
	var row []fyne.CanvasObject
	for _, c := range v.Commands() {
		if c.Icon == "" || c.Icon == "find" {
			continue
		}
		label := v.s.T(c.Label)
		switch c.Icon {
		case "ref":
			label = ""
		case "xls":
			label = "Excel"
		case "chart":
			label = v.s.Tr("图", "Chart")
		case "filter":
			label = v.s.Tr("条件", "Filter")
		}
		key := c.Key
		row = append(row, kit.Button{Icon: c.Icon, Label: label, Key: c.Key, Run: v.s.AfterTap(func() {
			for _, now := range v.Commands() { // what it does, and whether it may, is known when it is tapped
				if now.Key == key {
					v.s.Do(now)
				}
			}
		})}.Object())
	}
	return container.New(kit.Bar{Gap: 2, Right: true}, append(row, kit.Fixed(0, 0, parts.Spacer()))...)
}

// paramField is the box of one parameter of p; empty is all. Then runs when it changed.
func (v *ReportScreen) paramField(x *reports.Param, p *reports.Params, then func()) *kit.Field {
	f := kit.NewField(v.s.T(x.Title))
	f.Input.Hint, f.Width = v.s.Tr("全部", "All"), 92
	f.OnRefuse = func(err error) { v.s.Fail(err) }
	f.OnSettle = v.s.Settled
	f.OnEnter = func() {
		v.paramHint(v.s.Tr("%s：F4 列出可选的，空着是%s", "%s: F4 lists them; empty is %s", f.Label, f.Input.Hint))
	}
	f.OnCommit = func(value string) error {
		if err := x.Put(p, strings.TrimSpace(value)); err != nil {
			return err
		}
		then()
		return nil
	}
	choices, types := v.R.Choices(v.s.Book(), x.Name), v.R.Refs(x.Name, "")
	switch {
	case x.Day():
		v.dateParam(f)
	case x.Name == "by":
		f.OnCommit = func(by string) error {
			p.By, v.sort = by, -1
			then()
			return nil
		}
		v.choiceParam(f, choices)
	case len(choices) > 0:
		v.choiceParam(f, append([]slip.Choice{{Label: text.T("全部", "All")}}, choices...))
	case x.Name == "lot":
		v.lotParam(f)
	case len(types) > 0:
		v.codeParam(f, types)
	default:
		f.OnEnter = func() { v.paramHint(v.s.Tr("%s：空着是全部", "%s: empty is all", f.Label)) }
	}
	if v := x.Get(*p); v != "" || x.Name != "by" {
		f.SetValue(v)
	} else {
		f.SetValue(choices[0].Value)
	}
	return f
}

// paramHint says what a box takes, unless something louder stands there.
func (v *ReportScreen) paramHint(words string) {
	if v.missing() == nil {
		v.s.Hint(words)
	}
}

func (v *ReportScreen) dateParam(f *kit.Field) {
	f.OnEnter = func() {
		v.paramHint(v.s.Tr("%s：23 = 本月 23 日，1103 = 11 月 3 日，↑↓ 加减一天；空着是全部", "%s: 23 = the 23rd of this month, 1103 = 3 November, ↑↓ a day; empty is all", f.Label))
	}
	kit.DateField(f, v.s.Book().Today)
	read := f.Parse
	f.Parse = func(typed string) (string, error) {
		day, err := read(typed)
		if err != nil {
			return "", fault.New(fault.Invalid, "%s：没有“%s”这一天", "%s: there is no day \"%s\"", f.Label, typed)
		}
		return day, nil
	}
}

// choiceParam chooses from a list of words, of which the first is the one when nothing is typed.
func (v *ReportScreen) choiceParam(f *kit.Field, list []slip.Choice) {
	const all = "all" // stands for an empty choice, which a list cannot give
	word := func(value string) string {
		for _, x := range list {
			if x.Value == strings.TrimSuffix(value, all) {
				return v.s.T(x.Label)
			}
		}
		return value
	}
	f.Input.Hint, f.Width = v.s.T(list[0].Label), 104
	f.Show = func(value string) string { return word(cmp.Or(value, list[0].Value)) }
	f.Parse = func(typed string) (string, error) {
		if typed = strings.TrimSpace(typed); typed == "" || typed == all {
			return list[0].Value, nil
		}
		for _, x := range list {
			if strings.EqualFold(v.s.T(x.Label), typed) || x.Value == typed {
				return x.Value, nil
			}
		}
		return "", fault.New(fault.Invalid, "不能按“%s”；F4 列出可选的", "cannot do it by \"%s\"; F4 lists what can be chosen", typed)
	}
	p := &kit.Picker{Columns: []kit.Column{{Key: "by", Title: f.Label, Width: 130, Grow: true}}}
	p.Find = func(words string) (rows []kit.PickRow, total int) {
		for _, x := range list {
			if words == "" || strings.Contains(strings.ToLower(v.s.T(x.Label)), strings.ToLower(words)) {
				rows = append(rows, kit.PickRow{Value: cmp.Or(x.Value, all), Cells: []kit.Cell{{Text: v.s.T(x.Label)}}})
			}
		}
		return rows, len(rows)
	}
	p.Rows = min(9, len(list))
	f.WithPicker(p)
	commit := f.OnCommit
	f.OnCommit = func(value string) error { return commit(strings.TrimSuffix(value, all)) }
}

// codeParam chooses a record of the standing data.
func (v *ReportScreen) codeParam(f *kit.Field, types []string) {
	if len(types) == 1 {
		if t, ok := master.ByCode(types[0]); ok {
			f.Label = v.s.T(t.One)
		}
	}
	set := v.s.Book().Masters()
	if f.Width = 104; len(v.R.Params) > 4 { // so that all stand in one line on 1366 pixels
		f.Width = 76
	}
	f.Show = func(code string) string {
		for _, t := range types {
			if r, ok := set.Find(t, code); ok {
				return parts.Name(v.s, r)
			}
		}
		return code
	}
	f.Parse = func(typed string) (code string, err error) {
		for _, t := range types {
			if code, err = parts.Resolve(v.s, t, strings.TrimSpace(typed)); err == nil {
				return code, nil
			}
		}
		return "", err
	}
	f.WithPicker(recordPicker(v.s, types))
}

// lotParam takes a lot or serial number; the list has those of the product, or of all, newest first.
func (v *ReportScreen) lotParam(f *kit.Field) {
	s, b := v.s, v.s.Book()
	f.Input.Hint, f.Width = s.Tr("必填", "Needed"), 120
	p := &kit.Picker{Columns: []kit.Column{{Key: "lot", Title: f.Label, Width: 130}, {Key: "product", Title: s.Tr("商品", "Product"), Width: 190, Grow: true},
		{Key: "expiry", Title: s.Tr("有效期", "Expiry"), Width: 92}}}
	p.Find = func(words string) (rows []kit.PickRow, total int) {
		lots, total, err := b.FindLots(v.P.Product, words, parts.MostPicked)
		if err != nil {
			s.Fail(err)
		}
		for _, x := range lots {
			r, _ := b.Masters().ByID(master.Products.Code, x.Product)
			rows = append(rows, kit.PickRow{Value: x.Code, Cells: []kit.Cell{{Text: x.Code}, {Text: r.Code() + " " + parts.Name(s, r)}, {Text: x.Expiry.String()}}})
		}
		return rows, total
	}
	p.None = func(words string) string { return s.Tr("没有批号“%s”", "no lot is called %q", words) }
	p.Footer = func(total int) string {
		return s.Tr("%d 个    ↑↓ 选择   Enter 选入   Esc 关闭", "%d    ↑↓ choose   Enter takes   Esc closes", total)
	}
	f.WithPicker(p)
}

// recordPicker lists the records of one type or of several.
func recordPicker(s host.Host, types []string) *kit.Picker {
	p := parts.Picker(s, func() string { return types[0] }, parts.Picked{})
	p.OnNew = nil // a report makes nothing
	if len(types) > 1 {
		p.Find = func(words string) (rows []kit.PickRow, total int) {
			for _, t := range types {
				more, _ := parts.FindRecords(s, parts.Picked{Type: t}, words)
				rows = append(rows, more...)
			}
			return rows, len(rows)
		}
		p.None = func(words string) string { return s.Tr("没有“%s”", "nothing is called %q", words) }
	}
	p.Footer = func(total int) string {
		return s.Tr("%d 个    ↑↓ 选择   Enter 选入   Esc 关闭", "%d    ↑↓ choose   Enter takes   Esc closes", total)
	}
	return p
}

// findField narrows the rows while one types.
func (v *ReportScreen) findField() *kit.Field {
	f := kit.NewField(v.s.Tr("查找", "Find"))
	f.Input.Hint, f.Input.Mark = f.Label, "Ctrl+F"
	f.SetValue(v.words)
	f.Input.OnChanged = v.Look
	key := f.Input.OnKey
	f.Input.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyEscape:
			if v.words == "" {
				return false
			}
			f.SetValue("")
			v.Look("")
			kit.Focus(v.Table)
			return true
		case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
			kit.Focus(v.Table)
			return true
		}
		return key(ev)
	}
	return f
}
