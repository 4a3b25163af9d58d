package reports

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// AuditLog 操作日志: who did what, when and where, oldest first: a row a value that was changed, else one an entry (rule J6).
var AuditLog = &Report{Name: "audit-log", Narrows: ofSlips, Title: text.T("操作日志", "Audit log"), Area: slip.Books, Params: []string{"from", "to", "person", "verb", "area", "key"},
	Columns: []Column{whole("entry", "记录", "Entry"), txt("at", "时间", "At").grows(1), txt("person", "操作人", "Person"), txt("pc", "电脑", "PC"), txt("verb", "操作", "Verb").called(verbTitle),
		txt("area", "对象", "Area"), txt("key", "编号", "Key").grows(1), whole("version", "版本", "Version"), whole("line", "行", "Line"), txt("field", "字段", "Field"),
		txt("before", "改前", "Before").grows(2), txt("after", "改后", "After").grows(4), txt("reason", "原因", "Reason").grows(2), txt("by", "授权人", "By"), txt("for", "代", "For")},
	Run: Stream(auditLog).all, Stream: auditLog}

// momentLayout is how a moment stands in a table.
const momentLayout = "2006-01-02 15:04:05"

func auditLog(b *workflow.Book, p Params, f func(Row) error) error {
	asked := store.LogFilter{Person: p.Person, Verb: p.Verb, Area: p.Area, Key: p.Key}
	if p.From != 0 {
		asked.From = begins(p.From)
	}
	if p.To != 0 {
		asked.Until = begins(p.To.AddDays(1))
	}
	sight := b.SightOfLog()
	return b.Ledgers().EachEntryOf(asked, func(e *auditlog.Entry) error {
		d, version, key, ok, err := sight.Of(e)
		if err != nil || !ok {
			return err
		}
		return eachChange(e, d, version, key, f)
	})
}

// begins is the moment a day begins at, in milliseconds.
func begins(d text.Date) int64 {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.Local).UnixMilli()
}

// eachChange gives the rows of an entry.
func eachChange(e *auditlog.Entry, d auditlog.Detail, version int64, key string, f func(Row) error) error {
	changes := d.Changes
	if len(changes) == 0 {
		changes = []auditlog.Change{{}}
		switch { // what was written or read stands where the new value does
		case d.File != "":
			changes[0] = auditlog.Change{Field: "file", After: d.File}
		case d.Note != "":
			changes[0] = auditlog.Change{Field: "note", After: d.Note}
		}
	}
	for _, c := range changes {
		field := c.Field
		if c.List != "" {
			field = c.List + "." + field
		}
		if err := f(Row{Whole(e.ID), Word(time.UnixMilli(e.At).Format(momentLayout)), Word(e.Person), Word(e.PC), Word(e.Verb), Word(e.Area), Word(key), counted(version), counted(int64(c.Line)),
			Word(field), Word(c.Before), Word(c.After), Word(cmp.Or(d.Reason, d.Comment)), Word(d.By), Word(d.For)}); err != nil {
			return err
		}
	}
	return nil
}

// counted is a number of which 0 is none.
func counted(n int64) Cell {
	if n == 0 {
		return None
	}
	return Whole(n)
}

func verbTitle(v string) (text.Text, bool) { return auditlog.VerbTitle(v), true }

// logAreas are what entries may be about: kinds, master types, reports, and what there is one of.
func logAreas() (list []slip.Choice) {
	for _, k := range kinds.All {
		list = append(list, slip.Choice{Value: k.Code, Label: k.Title})
	}
	for _, t := range master.All {
		list = append(list, slip.Choice{Value: t.Code, Label: t.Title})
	}
	for _, r := range All {
		list = append(list, slip.Choice{Value: r.Name, Label: r.Title})
	}
	return append(list, slip.Choice{Value: store.AreaSettings, Label: text.T("账套设置", "Settings")}, slip.Choice{Value: "users", Label: text.T("用户", "Users")},
		slip.Choice{Value: "roles", Label: text.T("角色", "Roles")}, slip.Choice{Value: "approval-chains", Label: text.T("审批流", "Approval chains")}, slip.Choice{Value: "books", Label: text.T("月度账册", "Month's books")})
}

// areaTitle is what an area is called; reports are looked up when asked, for their list holds this one.
var areaTitle func(v string) (text.Text, bool)

func init() {
	list := logAreas()
	areaTitle = among(list)
	AuditLog.Columns[AuditLog.Index("area")].Words = areaTitle
	labels := fieldLabels()
	AuditLog.Columns[AuditLog.Index("field")].Words = func(v string) (text.Text, bool) { t := labels[v]; return t, t != text.Text{} }
}

// fieldLabels are what fields are called that are called the same wherever they stand; others go by their keys.
func fieldLabels() map[string]text.Text {
	labels, several := map[string]text.Text{"file": text.T("文件", "File"), "note": text.T("说明", "Note"), "status": text.T("状态", "Status"), "closed": text.T("结账到", "Closed to")}, map[string]bool{}
	take := func(prefix string, fields []slip.Field) {
		for _, f := range fields {
			if was, has := labels[prefix+f.Key]; has && was != f.Label {
				several[prefix+f.Key] = true
			}
			labels[prefix+f.Key] = f.Label
		}
	}
	for _, k := range kinds.All {
		take("", k.Header)
		take("", k.Lines)
		for _, g := range k.Lists {
			take(g.Key+".", g.Fields)
		}
	}
	for _, t := range master.All {
		take("", t.Fields)
	}
	for _, x := range workflow.Declared {
		take("", []slip.Field{x.Field})
	}
	for key := range several {
		delete(labels, key)
	}
	return labels
}

// AreaTitle is what an area of the audit log is called; one that is not known is called itself.
func AreaTitle(area string) text.Text {
	if t, ok := areaTitle(area); ok {
		return t
	}
	return text.T(area, area)
}

// verbChoices are the verbs of the audit log.
func verbChoices() (list []slip.Choice) {
	for _, v := range auditlog.Verbs {
		list = append(list, slip.Choice{Value: v.Code, Label: v.Title})
	}
	return list
}

// oneOfWords tells whether a word is one of a parameter's; others are refused with what there is.
func oneOfWords(r *Report, param, v string, list []slip.Choice) error {
	if v == "" || slices.ContainsFunc(list, func(c slip.Choice) bool { return c.Value == v }) {
		return nil
	}
	codes := make([]string, len(list))
	for i, c := range list {
		codes[i] = c.Value
	}
	return fault.New(fault.Usage, "%[1]s的 --%[2]s 没有“%[3]s”，只有 %[4]s", "%[5]s knows no --%[2]s %[3]q, only %[4]s", r.Title, param, v, strings.Join(codes, ", "), r.Name).At(param)
}
