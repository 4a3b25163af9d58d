package gui

import (
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// To be replaced one by one by the screens.

// welcome.go, home.go, settings.go
func (s *Shell) NewBook()            {}
func (s *Shell) OpenBookDialog()     {}
func (s *Shell) Welcome()            {}
func (s *Shell) Settings()           {}
func (s *Shell) ClosePeriod()        {}
func (s *Shell) Verify()             {}
func (s *Shell) BackupDialog()       {}
func (s *Shell) lastBackup() string  { return "-" }
func (s *Shell) OpenArea(slip.Group) {}
func (s *Shell) OpenBook(path string) error {
	b, err := workflow.Open(path)
	if err != nil {
		return err
	}
	s.use(b)
	return nil
}

// reports.go, flow.go, preview.go
func (s *Shell) OpenReport(r *reports.Report, p reports.Params) {}
func (s *Shell) OpenReportHub()                                 {}
func (s *Shell) OpenFlow(number string)                         {}
func (s *Shell) OpenVoucher(number string)                      {}
func (s *Shell) Preview(numbers []string)                       {}
