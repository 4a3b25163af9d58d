package gui

import (
	"zhanggui/data/master"
	"zhanggui/gui/reportview"
	"zhanggui/gui/standing"
	"zhanggui/reports"
)

// Doors to the screens of rooms of their own, which do not know each other.

// OpenReport shows a report with its parameters.
func (s *Shell) OpenReport(r *reports.Report, p reports.Params) { reportview.OpenReport(s, r, p) }

// NewMaster opens an empty form; made, if any, gets the code of what was saved.
func (s *Shell) NewMaster(t *master.Type, name string, made func(code string)) {
	standing.NewMaster(s, t, name, made)
}
