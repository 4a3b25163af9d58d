package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/approval"
	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/approve"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// F9 does the next thing with a slip: submits it, approves it, audits it; the button says which. Ctrl+F9 is the way back: returned, withdrawn,
// un-audited (8.0). A book without chains of approval knows auditing and un-auditing alone.

// loadTurn reads where the slip stands in its approval; what may be typed may be another then.
func (f *slipForm) loadTurn() {
	s, b, d := f.s, f.s.Book(), f.trimmed()
	if !b.Users() && !f.turn.In && !f.turn.Submits {
		return
	}
	Read(s, s.tr("审批", "approvals"), func() (approve.Turn, error) { return approve.TurnOf(b, d) }, func(t approve.Turn) {
		if f.doc.Number != d.Number || f.doc.Status != d.Status {
			return
		}
		editable, awaited := f.editable(), f.awaited()
		if f.turn = t; f.building {
			return
		}
		if f.editable() != editable || f.awaited() != awaited {
			f.rebuild()
			return
		}
		f.drawFlow()
		f.drawElsewhere()
		if f.s.Current() == f {
			f.s.drawTools()
			f.s.drawMenu()
		}
	})
}

// awaited tells whether the slip waits for who works here: he reads it, and takes his step.
func (f *slipForm) awaited() bool { return f.turn.In && f.turn.Mine }

// needs are rights to do what the verbs say with slips of the form's kind.
func (f *slipForm) needs(verbs ...string) []rights.Grant { return host.Needs(f.kind.Code, verbs...) }

// next is what F9 does with a slip that is not audited.
func (f *slipForm) next() Command {
	t := f.turn
	c := Command{Label: text.T("审核", "Audit"), Key: "F9", Icon: "check", Primary: true, Run: f.audit, Needs: f.needs("audit")}
	if f.dirty || f.doc.Number == "" {
		c.Needs = f.needs("enter", "audit")
	}
	switch {
	case t.Submits:
		c.Label, c.Run, c.Needs = text.T("提交审批", "Submit"), f.submit, f.needs("enter")
	case !t.In || f.dirty:
	case t.Mine && t.Status == slip.Submitted:
		c.Label, c.Run, c.Needs = text.Tf("批准（%s）", "Approve (%s)", t.Title), f.approve, nil
	case t.Step > 0 && !t.Mine:
		c.Off, c.Why, c.Needs = true, t.Waits(), nil
	}
	return c
}

// back is what Ctrl+F9 does with a slip that is submitted or approved; false: nothing.
func (f *slipForm) back() (Command, bool) {
	t := f.turn
	switch {
	case !t.In || f.doc.Status.Live() || f.dirty:
		return Command{}, false
	case t.Mine:
		return Command{Label: text.T("退回…", "Return…"), Key: "Ctrl+F9", Icon: "undo", Gap: true, Run: f.giveBack}, true
	case t.Withdraws:
		return Command{Label: text.T("撤回", "Withdraw"), Key: "Ctrl+F9", Icon: "undo", Gap: true, Run: f.withdraw}, true
	}
	return Command{}, false
}

// afterwards are what else can be done with an audited slip that posts; what it posted only by who sees that.
func (f *slipForm) afterwards() []Command {
	if !f.kind.Posts() {
		return nil
	}
	number := f.doc.Number
	list := []Command{{Label: text.T("红字单", "Red letter"), Key: "Ctrl+T", Icon: "ret", Run: f.redLetter, Needs: f.needs("enter")}}
	if f.sees(slip.TagMargin) {
		list = append(list, Command{Label: text.T("凭证", "Voucher"), Key: "Ctrl+J", Icon: "book", Run: func() { f.s.OpenVoucher(number) }})
	}
	return list
}

// submit saves the slip, where something is typed, and puts it before those who approve it.
func (f *slipForm) submit() {
	if f.dirty || f.doc.Number == "" {
		f.save(f.submit)
		return
	}
	f.step(f.s.tr("提交审批", "submitting"), f.s.tr("已提交", "submitted"), func() (approve.State, error) { return approve.Submit(f.s.Book(), f.seen()) })
}

// approve takes the step that is waited for.
func (f *slipForm) approve() {
	f.step(f.s.tr("批准", "approving"), f.s.tr("已批准", "approved"), func() (approve.State, error) { return approve.Approve(f.s.Book(), f.seen(), "") })
}

// withdraw takes the slip back.
func (f *slipForm) withdraw() {
	f.step(f.s.tr("撤回", "withdrawing"), f.s.tr("已撤回，是草稿", "withdrawn, a draft again"), func() (approve.State, error) { return approve.Withdraw(f.s.Book(), f.seen(), "") })
}

// giveBack returns the slip to who made it, with a reason.
func (f *slipForm) giveBack() {
	s, b, seen := f.s, f.s.Book(), f.seen()
	parts.AskWord(s, s.tr("退回 %s", "Return %s", f.doc.Number), s.tr("原因", "Reason"), text.T("退回", "Return"), func(reason string) error {
		_, err := approve.Return(b, seen, reason)
		return err
	}, func() { f.reloaded(s.tr("%s 已退回", "%s is returned", f.doc.Number))(nil) })
}

// step does something about the approval, and says whom the slip waits for then.
func (f *slipForm) step(what, done string, do func() (approve.State, error)) {
	var now approve.State
	f.act(what, func() (err error) {
		now, err = do()
		return err
	}, func(err error) {
		words := f.doc.Number + " " + done
		if w := now.Waits(); !w.Empty() {
			words += f.s.tr("；", "; ") + f.s.T(w)
		}
		f.reloaded(words)(err)
	})
}

// tells says what is to be known of a slip that was saved: approvals that fell away.
func (f *slipForm) tells(list fault.List) {
	if len(list) > 0 {
		f.s.Say(kit.Warning, f.s.words(list))
	}
}

// asksFirst says that a slip has to be approved before it is audited, and submits it by a key.
func (f *slipForm) asksFirst(err error) bool {
	if !isAbout(err, approval.Asks) || f.turn.In {
		return false
	}
	f.s.Say(kit.Refusal, f.s.words(err), kit.Offer{Key: fyne.KeyF9, Label: f.s.tr("提交审批", "submit"), Run: f.submit})
	return true
}

// drawSteps shows the steps of a slip in a round: who took them, and whom it waits for.
func (f *slipForm) drawSteps() {
	s, m := f.s, kit.M()
	row := []fyne.CanvasObject{kit.Caption(s.tr("审批", "Approval"))}
	for i, p := range f.turn.Steps {
		if i > 0 {
			row = append(row, kit.Picture("r", kit.Ink3, 12))
		}
		words := p.Title
		mark := kit.MarkDraft
		switch {
		case p.Taken != nil:
			mark, words = kit.MarkDone, words+" "+s.T(p.Taken.Signed())+p.Taken.At.Format(" 01-02 15:04")
		case p.Now:
			mark = kit.MarkDue
		}
		row = append(row, kit.Chip(mark, words))
	}
	if w := f.turn.Waits(); !w.Empty() && !f.doc.Status.Live() {
		row = append(row, kit.Label(s.T(w), kit.Ink, m.Text, true))
	}
	parts.Set(f.flowBar, container.NewStack(kit.Box(kit.Bg), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Pad(12, 5, container.NewHScroll(container.New(kit.Row{Gap: 6}, row...))))))
}

// signed are those who approved the slip, for its foot.
func (f *slipForm) signed() string {
	words := ""
	for _, p := range f.turn.Steps {
		if p.Taken != nil && p.Taken.Verb == approval.Approve {
			words += " " + f.s.T(p.Taken.Signed())
		}
	}
	if words == "" {
		return ""
	}
	return "    " + f.s.tr("审批", "Approved by") + words
}
