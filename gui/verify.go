package gui

import (
	"regexp"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// verifyScreen lists the proofs that the book agrees with itself; under one that fails stands what contradicts it.
type verifyScreen struct {
	still
	s     *Shell
	rows  []proofRow
	table *kit.Table

	stopped bool // by hand: the last run did not end
}

// proofRow is a proof, or one fault under it.
type proofRow struct {
	number int
	words  string
	faults int
	fault  bool
	warn   bool   // contradicts nothing, but somebody should look at it
	slip   string // the slip a fault names
}

// Verify opens the proofs, and proves anew what has changed since.
func (s *Shell) Verify() { s.Open(&verifyScreen{s: s}) }

func (v *verifyScreen) ID() string { return "verify" }

func (v *verifyScreen) Title() text.Text { return text.T("核对账套", "Verify") }

func (v *verifyScreen) Area() string { return "books" }

// Object builds the screen.
func (v *verifyScreen) Object() fyne.CanvasObject {
	s := v.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "no", Title: s.tr("序", "No."), Width: 44, Align: fyne.TextAlignTrailing}, {Key: "state", Title: s.tr("结果", "Result"), Width: 110},
		{Key: "what", Title: s.tr("核对什么", "What is proved"), Width: 400, Grow: true}, {Key: "slip", Title: s.tr("单据", "Slip"), Width: 150}}
	t.Length = func() int { return len(v.rows) }
	t.CellAt = v.cell
	t.Empty = s.tr("正在核对…", "verifying…")
	t.OnOpen = func(row, _ int) { v.open(row) }
	v.table = t
	if (!s.proofs.known() || s.proofs.changed) && !s.proofs.running {
		s.Prove(nil)
	}
	v.fill()
	return t
}

// fill lists what is known of the proofs.
func (v *verifyScreen) fill() {
	s := v.s
	v.rows = nil
	proofs := s.proofs.proofs
	if s.proofs.running {
		proofs = s.proofs.done
	}
	for _, p := range proofs {
		v.rows = append(v.rows, proofRow{number: p.Number, words: s.T(p.Title), faults: len(p.Faults)})
		for _, f := range p.Faults {
			v.rows = append(v.rows, proofRow{words: f, fault: true, slip: slipIn(f)})
		}
	}
	if s.proofs.known() && !s.proofs.running {
		for _, f := range s.Book().Doubles() {
			v.rows = append(v.rows, proofRow{words: s.T(f.Text), fault: true, warn: true})
		}
	}
	v.table.Refresh()
	switch {
	case s.proofs.running:
		s.Hint(s.tr("正在核对第 %d 项，共 %d 项；可以先做别的，Esc 停止", "proof %d of %d is being made; go on with something else meanwhile, or stop with Esc", len(s.proofs.done)+1, max(s.proofs.all, proofCount)))
	case v.stopped:
		s.Say(kit.Warning, s.tr("核对已停止；F5 重新核对", "stopped; F5 verifies again"))
	case s.proofs.err != nil:
		s.Fail(s.proofs.err)
	case !s.proofs.known():
	case s.proofs.holds():
		s.Hint(s.tr("%d 项全部通过，账是平的（%s）。F5 重新核对", "all %d proofs hold: the books agree (%s). F5 verifies again", len(s.proofs.proofs), s.proofs.at.Format("15:04")))
	default:
		s.Say(kit.Refusal, s.tr("账不平：■ 的项目有矛盾，Enter 打开它指的单据；需要时从备份恢复", "the books do not agree: ■ marks what contradicts; Enter opens the slip it names; restore a backup if need be"))
	}
}

// number of a slip: two or more letters, month, running number
var slipNumber = regexp.MustCompile(`[A-Z]{2,4}-\d{6}-\d{4,}`)

// slipIn is the slip that a fault names, empty if none.
func slipIn(words string) string { return slipNumber.FindString(words) }

func (v *verifyScreen) cell(row, col int) kit.Cell {
	s, r := v.s, v.rows[row]
	switch {
	case col == 0 && !r.fault:
		return kit.Cell{Text: strconv.Itoa(r.number)}
	case col == 1 && r.fault:
		return kit.Cell{}
	case col == 1 && r.faults > 0:
		return kit.Cell{Text: s.tr("%d 处矛盾", "%d {fault|faults}", r.faults), Mark: kit.MarkLate}
	case col == 1:
		return kit.Cell{Text: s.tr("通过", "holds"), Mark: kit.MarkDone}
	case col == 2 && r.warn:
		return kit.Cell{Text: s.tr("提醒：%s", "warning: %s", r.words)}
	case col == 2 && r.fault:
		return kit.Cell{Text: "    " + r.words, Shade: kit.Negative}
	case col == 2:
		return kit.Cell{Text: r.words, Bold: r.faults > 0}
	case col == 3:
		return kit.Cell{Text: r.slip, Link: true}
	}
	return kit.Cell{}
}

// open opens the slip a fault names; on a proof, that of its first fault.
func (v *verifyScreen) open(row int) {
	if !v.rows[row].fault && v.rows[row].faults > 0 {
		row++
	}
	if n := v.rows[row].slip; n != "" {
		v.s.OpenSlip(n)
	}
}

// proofCount is how many proofs there are before the first has told.
const proofCount = 11

func (v *verifyScreen) run() {
	v.stopped = false
	v.s.Calm()
	v.s.Prove(nil)
	v.fill()
	v.s.Refresh()
}

// stop ends what is under way; what was known before is shown again.
func (v *verifyScreen) stop() {
	v.stopped = true
	v.s.proofs.stop()
}

// Key stops the proofs before Esc leaves the screen.
func (v *verifyScreen) Key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape || !v.s.proofs.running {
		return false
	}
	v.stop()
	return true
}

// Changed: what was proved holds for the book as it was then.
func (v *verifyScreen) Changed() {
	if v.s.Current() == Screen(v) && v.s.proofs.changed {
		v.s.Hint(v.s.tr("账套在核对之后改过，F5 重新核对", "the book has changed since; F5 verifies again"))
	}
}

// Focus goes to the list.
func (v *verifyScreen) Focus() { kit.Focus(v.table) }

// Commands of the screen.
func (v *verifyScreen) Commands() []Command {
	return []Command{
		{Label: text.T("重新核对", "Verify again"), Key: "F5", Icon: "ref", Primary: true, Off: v.s.proofs.running, Run: v.run},
		{Label: text.T("停止", "Stop"), Icon: "x", Off: !v.s.proofs.running, Run: v.stop},
		{Label: text.T("打开单据", "Open slip"), Key: "Enter", Icon: "data", Run: func() {
			if len(v.rows) > 0 {
				v.open(v.table.Row())
			}
		}},
	}
}
