package gui

import (
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/flowview"
	"zhanggui/gui/homeview"
	"zhanggui/gui/host"
	"zhanggui/gui/people"
	"zhanggui/gui/preview"
	"zhanggui/gui/reportview"
	"zhanggui/gui/standing"
	"zhanggui/reports"
)

// Doors to the screens of rooms of their own, which do not know each other.

// openHome puts the home screen in the first tab.
func (s *Shell) openHome() {
	s.tabs = []*openTab{{screen: homeview.New(s)}}
	s.Choose(0)
}

// OpenHome shows the home screen.
func (s *Shell) OpenHome() {
	if h := s.home(); h != nil {
		h.Plainly()
	}
	s.Choose(0)
}

// OpenArea shows the home screen on the map of an area.
func (s *Shell) OpenArea(g slip.Group) {
	h := s.home()
	if h == nil {
		return
	}
	h.Choose(g)
	s.Choose(0)
	h.EnterMap()
}

func (s *Shell) home() *homeview.Home {
	if len(s.tabs) == 0 {
		return nil
	}
	h, _ := s.tabs[0].screen.(*homeview.Home)
	return h
}

// OpenMasters shows the list of a type, OpenMaster the form of one record.
func (s *Shell) OpenMasters(t *master.Type) { standing.OpenMasters(s, t) }

// OpenMaster shows the form of one record.
func (s *Shell) OpenMaster(t *master.Type, code string) { standing.OpenMaster(s, t, code) }

// OpenReport shows a report with its parameters.
func (s *Shell) OpenReport(r *reports.Report, p reports.Params) { reportview.OpenReport(s, r, p) }

// OpenLog shows what the audit log tells of a slip or a record; of empty area and key, all it tells.
func (s *Shell) OpenLog(area, key string) {
	reportview.OpenReport(s, reports.AuditLog, reports.Params{Area: area, Key: key})
}

// Preview shows slips as they will be printed.
func (s *Shell) Preview(numbers []string) { preview.Slips(s, numbers, "") }

// PreviewAs shows slips as one of the papers their kind has.
func (s *Shell) PreviewAs(numbers []string, as string) { preview.Slips(s, numbers, as) }

// ShowPaper shows any paper.
func (s *Shell) ShowPaper(p host.Paper) { preview.Paper(s, p) }

// OpenFlow shows the whole chain a slip stands in.
func (s *Shell) OpenFlow(number string) { flowview.OpenFlow(s, number) }

// OpenVoucher shows what a slip posted.
func (s *Shell) OpenVoucher(number string) {
	if f := s.Book().Who().Unseen(slip.TagMargin); f != nil {
		s.Fail(f)
		return
	}
	flowview.OpenVoucher(s, number)
}

// Import asks for a file of a kind of slips or a type of masters, and for the kind where it is not known.
func (s *Shell) Import(kind string) { bookroom.Import(s, kind) }

// Export writes a kind as a file that import reads back.
func (s *Shell) Export(kind string) { bookroom.Export(s, kind) }

// Settings opens the settings.
func (s *Shell) Settings() { bookroom.Settings(s) }

// OpenPeople opens who works in the book.
func (s *Shell) OpenPeople() { people.Open(s) }

// OpenInbox opens what waits for who works here.
func (s *Shell) OpenInbox() { people.OpenInbox(s) }

// Verify opens the proofs.
func (s *Shell) Verify() { bookroom.Verify(s) }

// ClosePeriod opens the list of months.
func (s *Shell) ClosePeriod() { bookroom.ClosePeriod(s) }

// BackupDialog opens the backups of the book in the window, or of one that is not open.
func (s *Shell) BackupDialog() { bookroom.Backups(s) }

// CountCash opens the count of a cash account.
func (s *Shell) CountCash() { bookroom.CountCash(s) }

// ChangeCosting asks for another costing method from a month on.
func (s *Shell) ChangeCosting() { bookroom.ChangeCosting(s) }

// NewMaster opens an empty form; made, if any, gets the code of what was saved.
func (s *Shell) NewMaster(t *master.Type, name string, made func(code string)) {
	standing.NewMaster(s, t, name, made)
}
