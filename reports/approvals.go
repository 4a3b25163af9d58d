package reports

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"zhanggui/data/approval"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Approvals 审批: what waits for whom (open), what was done (history), and what waits for who asks (mine), the oldest first (8.6).
var Approvals = &Report{Name: "approvals", Narrows: ofSlips, Title: text.T("审批情况", "Approvals"), Area: slip.Money, Params: []string{"by", "from", "to", "person", "kind"},
	Columns: []Column{txt("number", "单号", "Number"), txt("kind", "单据", "Kind").called(kindTitle), day("date", "日期", "Date"), txt("party", "往来单位", "Party").of(master.Customers.Code, master.Suppliers.Code), itsName, balance("gross", "金额", "Amount", slip.Open),
		txt("department", "部门", "Department"), txt("maker", "制单", "Maker"), txt("submitted_at", "提交时间", "Submitted at"), whole("version", "版本", "Version"), whole("step", "步骤", "Step"), txt("title", "名称", "Title"),
		txt("by", "由", "By"), txt("waits_for", "等待", "Waits for").grows(2), txt("person", "操作人", "Person"), txt("for", "代", "For"), txt("verb", "操作", "Verb").called(verbTitle), txt("at", "时间", "At"),
		count("hours", "小时", "Hours"), txt("comment", "意见", "Comment").grows(2), txt("reasons", "原因", "Reasons").grows(2), txt("status", "状态", "Status").called(among(slip.Statuses))},
	By: []By{by("open", "待批", "Open"), by("history", "经过", "History"), by("mine", "待我审批", "Mine")}, Run: Stream(approvals).all, Stream: approvals}

func approvals(b *workflow.Book, p Params, f func(Row) error) error {
	if p.By == "history" {
		return approvalHistory(b, p, f)
	}
	people, err := b.Approvers(b.Ledgers())
	if err != nil {
		return err
	}
	ids, err := b.Ledgers().Unsettled()
	if p.By == "mine" {
		ids, err = waitingFor(b, people)
	}
	for _, id := range ids {
		if err != nil {
			return err
		}
		err = eachOpen(b, p, id, people, f)
	}
	return err
}

// waitingFor are the slips that wait for who asks: he sees them, whatever else he sees (A3).
func waitingFor(b *workflow.Book, people approval.People) (ids []int64, err error) {
	kept, err := b.Ledgers().WaitingStates()
	var mine []string
	for _, s := range kept {
		r, err := approval.ReadStanding(s.State)
		if err != nil {
			return nil, err
		}
		if r.Mine(b.User, people) {
			mine = append(mine, s.State)
		}
	}
	if err != nil || mine == nil {
		return nil, err
	}
	waits, err := b.Ledgers().Waiting(mine, 0, 0)
	for _, w := range waits {
		ids = append(ids, w.ID)
	}
	return ids, err
}

// isThere tells whether a slip is there for who asks: of a kind he may see, and in his scope (R5, R8).
func isThere(b *workflow.Book, d *slip.Doc) bool { return b.Who().May(d.Kind, "see") && b.InScope(d) }

// eachOpen gives the rows of the steps that a slip waits for now.
func eachOpen(b *workflow.Book, p Params, id int64, people approval.People, f func(Row) error) error {
	d, err := b.Ledgers().Slip(id)
	if err != nil || !inSpan(d.Date, p) || p.Kind != "" && p.Kind != d.Kind || p.By != "mine" && !isThere(b, d) {
		return err
	}
	r, acts, ok, err := workflow.RoundOf(b.Ledgers(), d)
	if err != nil || !ok {
		return err
	}
	last := acts[len(acts)-1]
	for _, w := range r.Waits(people) {
		if p.Person != "" && !w.For(p.Person) || p.By == "mine" && !w.For(b.User) {
			continue
		}
		row := approvalRow(b, d, acts[0], approval.Act{Version: d.Version, Step: w.Step.No, Title: w.Step.Title}, w.Step.ByText(), strings.Join(w.Names, ", "), hoursBetween(last.At, b.Now()))
		if err := f(row); err != nil {
			return err
		}
	}
	return nil
}

// approvalHistory gives a row an act, with the hours since the one before.
func approvalHistory(b *workflow.Book, p Params, f func(Row) error) error {
	acts, err := b.Ledgers().Acts(0, 1<<62)
	if err != nil {
		return err
	}
	docs, submitted, before, steps := map[int64]*slip.Doc{}, map[int64]store.KeptAct{}, map[int64]time.Time{}, map[int64][]approval.Part{}
	for _, a := range acts {
		d := docs[a.Slip]
		if d == nil {
			if d, err = b.Ledgers().Slip(a.Slip); err != nil {
				return err
			}
			docs[a.Slip] = d
		}
		if a.Verb == approval.Submit {
			var r approval.Round
			if err := json.Unmarshal([]byte(a.Round), &r); err != nil {
				return fmt.Errorf("round of %s: %w", d.Number, err)
			}
			submitted[a.Slip], steps[a.Slip] = a, r.Steps
		}
		by := ""
		for _, p := range steps[a.Slip] {
			if p.No == a.Step && p.Title == a.Title {
				by = p.ByText()
			}
		}
		hours := num.Quantity(0)
		if at, ok := before[a.Slip]; ok {
			hours = hoursBetween(at, a.At)
		}
		before[a.Slip] = a.At
		if !isThere(b, d) || !inSpan(text.DateOf(a.At), p) || p.Kind != "" && p.Kind != d.Kind || p.Person != "" && p.Person != a.Person {
			continue
		}
		if err := f(approvalRow(b, d, submitted[a.Slip], a.Act, by, "", hours)); err != nil {
			return err
		}
	}
	return nil
}

func inSpan(d text.Date, p Params) bool { return d >= p.From && (p.To == 0 || d <= p.To) }

// hoursBetween is a span of time in hours.
func hoursBetween(a, b time.Time) num.Quantity {
	return num.Quantity(int64(num.QuantityOne) * b.Sub(a).Milliseconds() / time.Hour.Milliseconds())
}

func approvalRow(b *workflow.Book, d *slip.Doc, begun store.KeptAct, a approval.Act, by, waits string, hours num.Quantity) Row {
	code, name, gross := Cell(None), Cell(None), Cell(None)
	if k, ok := kinds.ByCode(d.Kind); ok {
		if party, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party); ok && b.Who().May(party.Type.Code, "see") {
			code, name = Word(d.Party), Word(party.Get("name"))
		}
		if b.Who().Sees(k.SideOf(d)) { // what it comes to is not shown to everybody who may approve it (R4)
			gross = approval.Gross(d)
		}
	}
	moment := func(t time.Time) Cell {
		if t.IsZero() {
			return None
		}
		return Word(t.Format(momentLayout))
	}
	comment, reasons := a.Comment, begun.Comment // what submitting found stands with the submit
	if a.Verb == approval.Submit {
		comment = ""
	}
	return Row{Word(d.Number), Word(d.Kind), d.Date, code, name, gross, Word(d.Department), Word(d.Maker), moment(begun.At), counted(a.Version), counted(int64(a.Step)), Word(a.Title),
		Word(by), Word(waits), Word(a.Person), Word(a.For), Word(string(a.Verb)), moment(a.At), hours, Word(comment), Word(reasons), Word(string(d.Status))}
}
