package parts

import (
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
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
