package approval

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// About is what the faults are told by from others that say who may not take a step because of what he did.
const About = "own"

// Fallen is what the fault is told by from others that says that approvals fell away by a change.
const Fallen = "fell-away"

// Asks is what the faults are told by from others that say which step is asked, or whom it waits for.
const Asks = "step"

func ownSlip(execute bool) *fault.Fault {
	if execute {
		return fault.New(fault.Refused, "不能办自己的单据", "nobody carries out his own").Named(About)
	}
	return fault.New(fault.Refused, "不能审批自己的单据", "nobody approves his own").Named(About)
}

func took(t Act, execute bool) *fault.Fault {
	if execute {
		return fault.New(fault.Refused, "审批过的人（第 %d 步 %s）不能再办", "who approved it (step %d %s) does not carry it out", t.Step, t.Title).Named(About)
	}
	return fault.New(fault.Refused, "第 %d 步 %s 已由同一人办过，这一步要别人", "step %d %s was the same person's; this one is another's", t.Step, t.Title).Named(About)
}

func waits(s Step) *fault.Fault {
	return fault.New(fault.Refused, "第 %d 步 %s", "step %d %s", s.No, s.Title)
}

// waitsFor says by whom the next step can be taken.
func (r Round) waitsFor(x People) *fault.Fault {
	title := ""
	if open := r.open(); len(open) > 0 {
		title = r.Steps[open[0]].Title
	}
	return &fault.Fault{Code: fault.Refused, Text: WaitsFor(title, r.WaitsFor(x)), About: Asks}
}

// WaitsFor says that a step waits for people.
func WaitsFor(title string, names []string) text.Text {
	if len(names) == 0 {
		return text.Tf("现在等 %s，没有人可以办", "it waits for %s, and there is nobody", title)
	}
	return text.Tf("现在等 %s（%s）", "it waits for %s (%s)", text.T(strings.Join(names, "、"), strings.Join(names, ", ")), title)
}

// needs refuses an audit before the steps were taken.
func (r Round) needs() *fault.Fault {
	for _, i := range r.open() {
		return fault.New(fault.Refused, "需要审批：第 %d 步 %s", "needs approval: step %d %s", r.Steps[i].No, r.Steps[i].Title).Named(Asks)
	}
	return fault.New(fault.Refused, "需要审批", "needs approval").Named(Asks)
}

// Fell says that approvals fell away by a change; empty where there were none.
func Fell(n int) text.Text {
	if n == 0 {
		return text.T("已修改，需重新提交", "it was changed: submit again")
	}
	return text.Tf("已修改，%d 个审批作废，需重新提交", "%d {approval|approvals} fell away, submit again", n)
}

// Returned says who gave a slip back, and why.
func Returned(name, reason string) text.Text {
	return text.Tf("%s 退回：%s", "%s returned it: %s", name, reason)
}

// Signed is a person as papers and lists name him: 张启明 for 高翔, where he stands in.
func (a Act) Signed() text.Text {
	if a.For == "" {
		return text.T(a.Person, a.Person)
	}
	return text.Tf("%[1]s（代 %[2]s）", "%s for %s", a.Person, a.For)
}
