package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// ClosePeriod draws the line after a month: no slip on or before its last day can be entered, audited or un-audited.
func (b *Book) ClosePeriod(m text.Month) error {
	s := b.Settings()
	switch {
	case m < s.Start:
		return fault.New(fault.Refused, "%s 早于启用月份 %s", "%s is before the book's start %s", m, s.Start)
	case m.Last() <= s.Closed:
		return fault.New(fault.Refused, "%s 已结账", "%s is closed already", m)
	}
	return b.setClosed(m.Last(), "close", m)
}

// ReopenPeriod takes the line back before a month.
func (b *Book) ReopenPeriod(m text.Month) error {
	s := b.Settings()
	if m.Last() > s.Closed {
		return fault.New(fault.Refused, "%s 未结账", "%s is not closed", m)
	}
	line := m.Prev().Last()
	if m <= s.Start {
		line = 0
	}
	return b.setClosed(line, "reopen", m)
}

func (b *Book) setClosed(line text.Date, verb string, m text.Month) error {
	return b.change(map[string]string{"closed": line.String()}, verb, m.String(), "")
}
