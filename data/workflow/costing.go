package workflow

import (
	"strings"

	"zhanggui/data/ledger"
	"zhanggui/data/text"
)

// The costing methods (rule 2.3).
const (
	Average = "average" // moving average 移动加权平均
	FIFO    = "fifo"    // first in first out 先进先出
	Monthly = "monthly" // monthly weighted average 全月一次加权平均: the moving average is its estimate until the month is closed
)

const methods = Average + " " + FIFO + " " + Monthly

// Turn is a change of the costing method at a month's start.
type Turn struct {
	From text.Month
	To   string
}

// CostingAt returns the costing method of a month.
func (s Settings) CostingAt(m text.Month) string {
	method := s.Costing
	for _, t := range s.Turns {
		if t.From <= m {
			method = t.To
		}
	}
	return method
}

func (s Settings) method() ledger.Method {
	m := ledger.Method{FIFO: s.Costing == FIFO, Company: s.Pool == "company"}
	for _, t := range s.Turns {
		m.Turns = append(m.Turns, ledger.Turn{From: t.From.First(), FIFO: t.To == FIFO})
	}
	return m
}

// parseTurns reads what turnsText wrote: "2026-03 fifo 2026-07 average".
func parseTurns(s string) (list []Turn) {
	w := strings.Fields(s)
	for i := 0; i+1 < len(w); i += 2 {
		m, _ := text.ParseMonth(w[i])
		list = append(list, Turn{m, w[i+1]})
	}
	return list
}

func turnsText(list []Turn) string {
	var w []string
	for _, t := range list {
		w = append(w, t.From.String(), t.To)
	}
	return strings.Join(w, " ")
}
