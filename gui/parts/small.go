package parts

import (
	"time"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"

	"fyne.io/fyne/v2"
)

func Set(box *fyne.Container, o ...fyne.CanvasObject) {
	if box == nil {
		return
	}
	box.Objects = o
	box.Refresh()
}

// StatusMark is the shape of a status.
func StatusMark(st slip.Status) kit.Mark {
	switch st {
	case slip.Audited, slip.Done:
		return kit.MarkDone
	case slip.PartlyDone, slip.Submitted, slip.Approved:
		return kit.MarkPart
	case slip.Void, slip.Closed:
		return kit.MarkVoid
	}
	return kit.MarkDraft
}

func SignShade(a num.Amount) kit.Shade {
	if a < 0 {
		return kit.Negative
	}
	return kit.Ink
}

func Spacer() fyne.CanvasObject { return kit.Box(kit.Clear) }

var YesNo = []slip.Choice{{Value: "yes", Label: text.T("是", "yes")}, {Value: "no", Label: text.T("否", "no")}}

func Digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

func ZeroIfEmpty(v string) string {
	if v == "" {
		return "0"
	}
	return v
}

// Signed shows a change with its sign.
func Signed(a num.Amount) string {
	if a > 0 {
		return "+" + a.Grouped()
	}
	return a.Grouped()
}

// KindTitle is a kind's name by its code.
func KindTitle(s host.Host, code string) string {
	if k, ok := kinds.ByCode(code); ok {
		return s.T(k.Title)
	}
	return code
}

// Moment is a time as people say it: today's by the clock, others by the day.
func Moment(s host.Host, t time.Time) string {
	now := time.Now()
	if s.Book() != nil {
		now = s.Book().Now()
	}
	switch text.DateOf(now).Sub(text.DateOf(t)) {
	case 0:
		return s.Tr("今天 ", "today ") + t.Format("15:04")
	case 1:
		return s.Tr("昨天 ", "yesterday ") + t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

// Looking tells whether the book is only looked at, and says that it is: nothing is begun that could not be saved.
func Looking(s host.Host) bool {
	if s.Book() == nil || !s.Book().Looking() {
		return false
	}
	s.Fail(workflow.ErrLooking)
	return true
}

// NoYes are the two answers of what is on or off.
var NoYes = []slip.Choice{{Value: "no", Label: text.T("否", "No")}, {Value: "yes", Label: text.T("是", "Yes")}}

// RecentKey is what the books opened last are remembered under.
const RecentKey = "recent"

// Recent are the books opened last, newest first.
func Recent(s host.Host) []string { return s.Preferences().StringList(RecentKey) }
