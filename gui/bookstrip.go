package gui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// What ails the book's file is said by a strip over all screens for as long as it is so. A file that was moved, removed or replaced while it
// is open: every write is refused, and what was open lies beside the old place. A page that is not what was written, or a lost log:
// F2 leads to the proofs, and from there to salvage.

// lookAdrift looks after the book's file in the background; what is typed and not saved follows what was laid beside.
func (s *Shell) lookAdrift() {
	b := s.own()
	if b == nil {
		return
	}
	var adrift bool
	s.quietly(func() error {
		if err := b.Adrift(); err != nil {
			adrift = true
			return err
		}
		if err := b.File().Doubtful(); err != nil {
			return err
		}
		return b.File().Gone()
	}, func(err error) {
		if s.own() != b || fmt.Sprint(err) == fmt.Sprint(s.ails) {
			return
		}
		s.ails, s.adrift = err, adrift
		if adrift {
			for _, t := range s.tabs {
				if k, ok := t.screen.(keeper); ok {
					k.Keep()
				}
			}
			s.desk.Flush()
		}
		s.drawAils()
		s.fit()
	})
}

// drawAils shows or takes back the strip: what is so, and what can be done.
func (s *Shell) drawAils() {
	if s.ails == nil {
		parts.Set(s.strip)
		return
	}
	words := s.words(s.ails)
	if list := fault.Of(s.ails); len(list) > 0 {
		words = list[0].Text.In(s.lang)
	}
	lines := sentences(words)
	box := make([]fyne.CanvasObject, 0, len(lines))
	for i, l := range lines {
		var offers []kit.Offer
		if i == 0 && !s.adrift {
			offers = []kit.Offer{{Key: fyne.KeyF2, Label: s.onAils(), Run: s.takeAils}}
		}
		box = append(box, kit.Notice(kit.Refusal, l, offers...))
	}
	parts.Set(s.strip, container.NewVBox(box...))
}

// onAils is what F2 does while the strip stands.
func (s *Shell) onAils() string {
	if _, ok := s.Current().(*bookroom.VerifyScreen); ok {
		return s.tr("抢救", "Salvage")
	}
	return s.tr("核对", "Verify")
}

// takeAils does it.
func (s *Shell) takeAils() {
	if _, ok := s.Current().(*bookroom.VerifyScreen); ok {
		bookroom.SalvageOf(s, s.Book().Path())
		return
	}
	s.Verify()
}

// ailsKey gives F2 to the strip, before the screen's own, but on the salvage screen itself, which it led to.
func (s *Shell) ailsKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF2 || s.ails == nil || s.adrift || s.Book() == nil || s.Current() == nil || s.Current().ID() == "salvage" {
		return false
	}
	s.takeAils()
	return true
}

// sentences parts words where a sentence, or a half of one, ends, so that a long path has a line of its own.
func sentences(words string) (list []string) {
	from := 0
	runes := []rune(words)
	for i, r := range runes {
		end := r == '；' || r == '。' || i+1 < len(runes) && (r == ';' || r == '.') && runes[i+1] == ' '
		if end && i+1 < len(runes) {
			list = append(list, strings.TrimSpace(string(runes[from:i+1])))
			from = i + 1
		}
	}
	return append(list, strings.TrimSpace(string(runes[from:])))
}
