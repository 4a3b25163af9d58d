package bookroom

import (
	"regexp"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// VerifyScreen lists the proofs that the book agrees with itself; under one that fails stands what contradicts it.
type VerifyScreen struct {
	host.Still
	s     host.Host
	Rows  []ProofRow
	table *kit.Table

	stopped bool // by hand: the last run did not end
}

// ProofRow is a proof, or one fault under it.
type ProofRow struct {
	number int
	words  string
	Faults int
	fault  bool
	warn   bool   // contradicts nothing, but somebody should look at it
	Slip   string // the slip a fault names
}

// Verify opens the proofs, and proves anew what has changed since.
func Verify(s host.Host) { s.Open(&VerifyScreen{s: s}) }

func (v *VerifyScreen) ID() string { return "verify" }

func (v *VerifyScreen) Title() text.Text { return text.T("核对账套", "Verify") }

func (v *VerifyScreen) Area() string { return "books" }

// Object builds the screen.
func (v *VerifyScreen) Object() fyne.CanvasObject {
	s := v.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "no", Title: s.Tr("序", "No."), Width: 44, Align: fyne.TextAlignTrailing}, {Key: "state", Title: s.Tr("结果", "Result"), Width: 110},
		{Key: "what", Title: s.Tr("核对什么", "What is proved"), Width: 400, Grow: true}, {Key: "slip", Title: s.Tr("单据", "Slip"), Width: 150}}
	t.Length = func() int { return len(v.Rows) }
	t.CellAt = v.cell
	t.Empty = s.Tr("正在核对…", "verifying…")
	t.OnOpen = func(row, _ int) { v.open(row) }
	v.table = t
	if (!s.Proofs().Known() || s.Proofs().Changed) && !s.Proofs().Running {
		s.Prove(nil)
	}
	v.Fill()
	return t
}

// Fill lists what is known of the proofs.
func (v *VerifyScreen) Fill() {
	s := v.s
	v.Rows = nil
	proofs := s.Proofs().List
	if s.Proofs().Running {
		proofs = s.Proofs().Done
	}
	for _, p := range proofs {
		v.Rows = append(v.Rows, ProofRow{number: p.Number, words: s.T(p.Title), Faults: len(p.Faults)})
		for _, f := range p.Faults {
			v.Rows = append(v.Rows, ProofRow{words: f, fault: true, Slip: slipIn(f)})
		}
	}
	if s.Proofs().Known() && !s.Proofs().Running {
		for _, f := range s.Book().Doubles() {
			v.Rows = append(v.Rows, ProofRow{words: s.T(f.Text), fault: true, warn: true})
		}
	}
	v.table.Refresh()
	switch {
	case s.Proofs().Running:
		s.Hint(s.Tr("正在核对第 %d 项，共 %d 项；可以先做别的，Esc 停止", "proof %d of %d is being made; go on with something else meanwhile, or stop with Esc", len(s.Proofs().Done)+1, max(s.Proofs().All, proofCount)))
	case v.stopped:
		s.Say(kit.Warning, s.Tr("核对已停止；F5 重新核对", "stopped; F5 verifies again"))
	case s.Proofs().Err != nil:
		s.Fail(s.Proofs().Err)
	case !s.Proofs().Known():
	case s.Proofs().Holds():
		s.Hint(s.Tr("%d 项全部通过，账是平的（%s）。F5 重新核对", "all %d proofs hold: the books agree (%s). F5 verifies again", len(s.Proofs().List), s.Proofs().At.Format("15:04")))
	default:
		s.Say(kit.Refusal, s.Tr("账不平：■ 的项目有矛盾，Enter 打开它指的单据；需要时从备份恢复", "the books do not agree: ■ marks what contradicts; Enter opens the slip it names; restore a backup if need be"))
	}
}

// Proved is part of host.Prover.
func (v *VerifyScreen) Proved() {
	if v.s.Current() == host.Screen(v) {
		v.Fill()
	}
}

// number of a slip: two or more letters, month, running number
var slipNumber = regexp.MustCompile(`[A-Z]{2,4}-\d{6}-\d{4,}`)

// slipIn is the slip that a fault names, empty if none.
func slipIn(words string) string { return slipNumber.FindString(words) }

func (v *VerifyScreen) cell(row, col int) kit.Cell {
	s, r := v.s, v.Rows[row]
	switch {
	case col == 0 && !r.fault:
		return kit.Cell{Text: strconv.Itoa(r.number)}
	case col == 1 && r.fault:
		return kit.Cell{}
	case col == 1 && r.Faults > 0:
		return kit.Cell{Text: s.Tr("%d 处矛盾", "%d {fault|faults}", r.Faults), Mark: kit.MarkLate}
	case col == 1:
		return kit.Cell{Text: s.Tr("通过", "holds"), Mark: kit.MarkDone}
	case col == 2 && r.warn:
		return kit.Cell{Text: s.Tr("提醒：%s", "warning: %s", r.words)}
	case col == 2 && r.fault:
		return kit.Cell{Text: "    " + r.words, Shade: kit.Negative}
	case col == 2:
		return kit.Cell{Text: r.words, Bold: r.Faults > 0}
	case col == 3:
		return kit.Cell{Text: r.Slip, Link: true}
	}
	return kit.Cell{}
}

// open opens the slip a fault names; on a proof, that of its first fault.
func (v *VerifyScreen) open(row int) {
	if !v.Rows[row].fault && v.Rows[row].Faults > 0 {
		row++
	}
	if n := v.Rows[row].Slip; n != "" {
		v.s.OpenSlip(n)
	}
}

// proofCount is how many proofs there are before the first has told.
const proofCount = 11

func (v *VerifyScreen) run() {
	v.stopped = false
	v.s.Calm()
	v.s.Prove(nil)
	v.Fill()
	v.s.Refresh()
}

// stop ends what is under way; what was known before is shown again.
func (v *VerifyScreen) stop() {
	v.stopped = true
	v.s.Proofs().Stop()
}

// Key stops the proofs before Esc leaves the screen.
func (v *VerifyScreen) Key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape || !v.s.Proofs().Running {
		return false
	}
	v.stop()
	return true
}

// Changed: what was proved holds for the book as it was then.
func (v *VerifyScreen) Changed() {
	if v.s.Current() == host.Screen(v) && v.s.Proofs().Changed {
		v.s.Hint(v.s.Tr("账套在核对之后改过，F5 重新核对", "the book has changed since; F5 verifies again"))
	}
}

// Focus goes to the list.
func (v *VerifyScreen) Focus() { kit.Focus(v.table) }

// Commands of the screen.
func (v *VerifyScreen) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("重新核对", "Verify again"), Key: "F5", Icon: "ref", Primary: true, Off: v.s.Proofs().Running, Run: v.run},
		{Label: text.T("停止", "Stop"), Icon: "x", Off: !v.s.Proofs().Running, Run: v.stop},
		{Label: text.T("打开单据", "Open slip"), Key: "Enter", Icon: "data", Run: func() {
			if len(v.Rows) > 0 {
				v.open(v.table.Row())
			}
		}},
	}
}
