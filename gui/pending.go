package gui

// To be replaced one by one by the screens.

// welcome.go, home.go, settings.go
func (s *Shell) RestoreDialog()     {}
func (s *Shell) dailyBackup()       {}
func (s *Shell) Settings()          {}
func (s *Shell) ClosePeriod()       {}
func (s *Shell) Verify()            {}
func (s *Shell) BackupDialog()      {}
func (s *Shell) lastBackup() string { return "-" }
