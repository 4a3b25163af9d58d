package gui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"zhanggui/assets"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/seen"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Prove verifies the book in the background and lights the lamp; then is called when it is known, and so is the screen of the proofs
// after every single one.
func (s *Shell) Prove(then func()) {
	if s.Book() == nil || s.proofs.Running {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.proofs.Running, s.proofs.Done, s.proofs.Cancel = true, nil, cancel
	b := s.own()
	var proofs []workflow.Proof
	s.quietly(func() (err error) {
		outside := seen.Of(b.Path()) // before the book's moment: another program may go on
		proofs, err = b.Prove(ctx, func(p workflow.Proof, all int) {
			s.onMain(func() {
				if s.own() == b && s.proofs.Running {
					s.proofs.Done, s.proofs.All = append(s.proofs.Done, p), all
					s.proofsMoved()
				}
			})
		}, outside...)
		return err
	}, func(err error) {
		cancel()
		if s.own() != b {
			return
		}
		if errors.Is(err, context.Canceled) {
			s.proofs.Running, s.proofs.Cancel = false, nil
		} else {
			s.proofs = host.Proofs{At: b.Now(), List: proofs, Err: err}
		}
		s.lookAdrift() // they have read every page
		s.drawStatus()
		s.proofsMoved()
		if s.Current() != nil {
			s.drawTools()
		}
		if then != nil {
			then()
		}
	})
}

// proofsMoved tells the screens that show proofs.
func (s *Shell) proofsMoved() {
	for _, n := range s.tabs {
		if p, ok := n.screen.(host.Prover); ok && n.object != nil {
			p.Proved()
		}
	}
}

// useWords gives Fyne's own words (file dialogs, menus) in the language; Fyne itself follows the system only (#5333).
func useWords(l text.Lang) {
	words := assets.WordsEn()
	if l == text.Zh {
		words = assets.WordsZh()
	}
	// Both languages are put in the place of the system's, whatever it is.
	_ = lang.AddTranslationsForLocale(words, lang.SystemLocale())
}

// drawStatus draws the bar at the foot; each part is a door.
func (s *Shell) drawStatus() {
	if s.Book() == nil {
		s.status.Objects = nil
		return
	}
	part := func(shade kit.Shade, words string, open func()) fyne.CanvasObject {
		return kit.NewTap(kit.Pad(8, 2, kit.Label(words, shade, kit.M().Caption, false)), open)
	}
	set := s.Book().Settings()
	period := s.Book().Today().Month().String()
	left := container.New(kit.Row{},
		part(kit.Ink2, s.tr("账套 ", "Book ")+s.bookName(), s.Settings),
		kit.VLine(14), part(kit.Ink2, s.tr("用户 ", "User ")+s.Book().User+s.lentBy(), s.Settings),
		kit.VLine(14), part(kit.Ink2, s.tr("期间 ", "Period ")+period+s.closedWord(set), s.ClosePeriod),
		kit.VLine(14), part(kit.Ink2, s.tr("上次备份 ", "Backup ")+s.lastBackup(), s.BackupDialog))
	if others := s.othersIn(); others != "" {
		left.Objects = append(left.Objects, kit.VLine(14), part(kit.Ink2, others, nil))
	}
	if s.Book().Looking() {
		left.Objects = append([]fyne.CanvasObject{part(kit.Warn, s.tr("只看", "to look only"), nil), kit.VLine(14)}, left.Objects...)
	}
	zh, en := kit.Ink3, kit.Ink3
	if s.lang == text.Zh {
		zh = kit.Ink
	} else {
		en = kit.Ink
	}
	right := container.New(kit.Row{}, s.lamp(), kit.VLine(14),
		part(zh, "中文", func() { s.SetLang(text.Zh) }), part(en, "EN", func() { s.SetLang(text.En) }), kit.VLine(14),
		part(kit.Ink2, s.tr("F1 本屏按键", "F1 keys"), s.Help), kit.VLine(14), part(kit.Ink2, s.clock(), nil))
	s.status.Objects = []fyne.CanvasObject{kit.Box(kit.Band), container.NewBorder(kit.HLine(kit.Hair), nil, nil, nil,
		kit.Fixed(0, 23, kit.Pad(8, 0, container.NewBorder(nil, nil, left, right))))}
	s.status.Refresh()
}

// lamp says whether the books agree.
func (s *Shell) lamp() fyne.CanvasObject {
	shade, word := kit.Ink3, s.tr("未核对", "not verified")
	if s.proofs.Known() {
		shade, word = kit.Ok, s.tr("账已平 ", "books agree ")+s.proofs.At.Format("15:04")
		if !s.proofs.Holds() {
			shade, word = kit.Negative, s.tr("账不平", "books do not agree")
		}
	}
	dot := canvas.NewCircle(shade.Color())
	return kit.NewTap(kit.Pad(8, 2, container.New(kit.Row{Gap: 5}, kit.Fixed(9, 9, dot), kit.Label(word, kit.Ink2, kit.M().Caption, false))), s.Verify)
}

// tick shows the time every minute while the book is open; at midnight the screens read the new day.
func (s *Shell) tick() {
	b, day := s.own(), s.Book().Today()
	if s.inline {
		return
	}
	s.Later(time.Minute-time.Duration(time.Now().Second())*time.Second, func() {
		if s.own() != b {
			return
		}
		s.drawStatus()
		s.quietly(func() error { seen.Note(b); return nil }, func(error) {})
		if b.Today() != day {
			s.changed()
		}
		s.tick()
	})
}

func (s *Shell) closedWord(set workflow.Settings) string {
	if set.Closed >= s.Book().Today() {
		return s.tr("(已结账)", " (closed)")
	}
	return s.tr("(未结账)", " (open)")
}

func (s *Shell) clock() string {
	now := s.Book().Now()
	days := []string{"日", "一", "二", "三", "四", "五", "六"}
	if s.lang == text.Zh {
		return now.Format("01-02 ") + "周" + days[now.Weekday()] + now.Format(" 15:04")
	}
	return now.Format("Mon 01-02 15:04")
}

// dailyBackup backs the book up in the background where anything was done since the last time.
func (s *Shell) dailyBackup() {
	b := s.own()
	s.quietly(func() error {
		_, _, err := b.DailyBackup(0)
		return err
	}, func(err error) {
		if s.own() != b {
			return
		}
		if err != nil {
			s.Say(kit.Warning, s.tr("每日备份没有成功：%s", "the daily backup failed: %s", s.words(err)))
			return
		}
		s.drawStatus()
	})
}

// lastBackup says when the book was backed up last.
func (s *Shell) lastBackup() string {
	at, ok := s.Book().LastBackup()
	if !ok {
		return s.tr("还没有", "none")
	}
	return parts.Moment(s, at)
}
