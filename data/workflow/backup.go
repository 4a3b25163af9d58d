package workflow

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

const stampLayout = "20060102-150405"

// Backup copies the whole book into the new file dest, or into a file named by the moment where dest is a folder; others may work
// meanwhile. The copy has been read back when it returns. An existing file is never touched.
func (b *Book) Backup(dest string) error { return b.backupBy(b.BackupPath(dest), "") }

func (b *Book) backupBy(path, password string) error {
	if err := b.need(rights.Need("book.backup")); err != nil {
		return err
	}
	if err := b.db.BackupBy(path, password); err != nil {
		return err
	}
	return b.tellBackup(path)
}

// AgeExt ends the name of an encrypted backup.
const AgeExt = ".age"

// EncryptedPath is the file that an encrypted backup to dest, a file or a folder, is written to now.
func (b *Book) EncryptedPath(dest string) string {
	path := b.BackupPath(dest)
	if strings.EqualFold(filepath.Ext(path), AgeExt) {
		return path
	}
	return path + AgeExt
}

// BackupEncrypted is Backup into the file EncryptedPath names, encrypted by a password. Without the password nobody opens it again.
func (b *Book) BackupEncrypted(dest, password string) error {
	if err := secret.Password("", password); err != nil {
		return err
	}
	return b.backupBy(b.EncryptedPath(dest), password)
}

// tellBackup tells the audit log of a backup that was made, and keeps an anchor of it (J5). The backup stands also where the book cannot be
// written meanwhile, and one that is only looked at keeps no trace. Nor is it told to a book that lost its last writes: what says so would be
// written over before a person has read it.
func (b *Book) tellBackup(path string) error {
	if b.DB.ReadOnly || b.DB.LostWrites() > 0 {
		return nil
	}
	return spared(b.write(func(tx *store.Tx) error { return b.logBackup(tx, path) }))
}

// MayGive refuses to give anything out of a book with users that is only looked at: files and papers are acts that its log is to tell of (W5).
// Of one without users they go uncounted.
func (b *Book) MayGive() error {
	if b.DB.ReadOnly && !b.gives && b.Users() {
		return store.ErrLooking
	}
	return nil
}

// Exported tells the audit log of a file that was written out of the book (J1): of which kind, type or report it is, and how many rows it has;
// 0: it has none to count. The file stands also where the book cannot be written meanwhile; one that is only looked at keeps no trace.
func (b *Book) Exported(area, path string, rows int) error { return b.gave("export", area, path, rows) }

// PrintedLabels is Exported of labels, which are a print of products.
func (b *Book) PrintedLabels(path string, labels int) error {
	return b.gave("print", master.Products.Code, path, labels)
}

func (b *Book) gave(verb, area, path string, rows int) error {
	if b.DB.ReadOnly {
		return b.MayGive()
	}
	return spared(b.write(func(tx *store.Tx) error { return b.note(tx, verb, area, "", auditlog.Detail{File: path, Rows: rows}) }))
}

// spared is what is left of an error of telling the log about a file that stands already: what a person could only be told of goes to the
// log of errors.
func spared(err error) error {
	if fault.Of(err) != nil {
		files.Log(err)
		return nil
	}
	return err
}

func (b *Book) logBackup(tx *store.Tx, path string) error {
	tx.Anchor("backup", nil)
	return b.note(tx, "backup", "", "", auditlog.Detail{File: path})
}

// BackupPath is the file that a backup to dest, a file or a folder, is written to now.
func (b *Book) BackupPath(dest string) string {
	if i, err := os.Stat(dest); err == nil && i.IsDir() {
		return filepath.Join(dest, b.stem()+"-"+b.Now().Format(stampLayout)+".zg")
	}
	return dest
}

func (b *Book) stem() string {
	return strings.TrimSuffix(filepath.Base(b.Path()), filepath.Ext(b.Path()))
}

// BackupDir is the folder beside the book that daily backups go to.
func (b *Book) BackupDir() string { return BackupsOf(b.Path()) }

// BackupsOf is the BackupDir of the book at a path, open or not.
func BackupsOf(path string) string { return path + ".backups" }

// keptBackup is a daily backup by its name.
type keptBackup struct {
	path string
	at   time.Time
}

// backups lists the daily backups, oldest first; other files in the folder are left alone.
func (b *Book) backups() []keptBackup {
	entries, _ := os.ReadDir(b.BackupDir())
	var list []keptBackup
	for _, e := range entries {
		stamp, ok := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".zg"), b.stem()+"-")
		at, err := time.ParseInLocation(stampLayout, stamp, b.Now().Location())
		if ok && err == nil {
			list = append(list, keptBackup{filepath.Join(b.BackupDir(), e.Name()), at})
		}
	}
	slices.SortFunc(list, func(a, b keptBackup) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.path, b.path)) })
	return list
}

// LastBackup is the moment of the newest daily backup.
func (b *Book) LastBackup() (time.Time, bool) {
	if list := b.backups(); len(list) > 0 {
		return list[len(list)-1].at, true
	}
	return time.Time{}, false
}

// DailyBackup backs the book up into BackupDir where anything was done since the last time; call it when a book is opened and closed.
// Of the last so many days (30 unless keep is more than 0) the day's last backup is kept, of the newest two the last six each. Of a book that is only looked at none
// is made.
func (b *Book) DailyBackup(keep int) (path string, made bool, err error) {
	if keep <= 0 {
		keep = 30
	}
	list := b.backups()
	if b.DB.ReadOnly { // a look leaves no trace
		return "", false, nil
	}
	for _, k := range list {
		store.KeepPrivate(k.path)
	}
	changed, err := b.DB.LastAct()
	if err != nil {
		return "", false, err
	}
	if n := len(list); n > 0 && changed < list[n-1].at.UnixMilli() {
		return list[n-1].path, false, nil
	}
	if err := os.MkdirAll(b.BackupDir(), 0o700); err != nil {
		return "", false, fault.New(fault.Refused, "无法建立备份文件夹 %s，请检查权限", "cannot make the folder of backups %s; check its rights", b.BackupDir())
	}
	path = b.BackupPath(b.BackupDir())
	if err := b.db.Backup(path, true); err != nil { // twice in a second: over the first
		return "", false, err
	}
	prune(b.backups(), keep)
	return path, true, b.tellBackup(path)
}

// Of the newest days so many backups each are kept: what went wrong at noon is in the day's last, but not in the one before it.
const (
	fullDays  = 2
	mostOfDay = 6
)

// prune deletes backups of days before the last so many, and of each day all but its last; the newest days keep several.
func prune(list []keptBackup, keep int) {
	days, ofDay := 0, 0
	var day text.Date
	for i := len(list) - 1; i >= 0; i-- {
		if d := text.DateOf(list[i].at); d != day {
			day, ofDay = d, 0
			days++
		}
		ofDay++
		if days <= keep && (ofDay == 1 || days <= fullDays && ofDay <= mostOfDay) {
			continue
		}
		os.Remove(list[i].path) // one that cannot be deleted is tried again next time
	}
}

// Restore puts a backup in a book's place. A damaged backup is refused, and so is a book that is open; the former book is never lost, it
// is renamed (see RestoreKeeping).
func Restore(backup, book string) error {
	_, err := RestoreKeeping(backup, book)
	return err
}

// RestoreKeeping is Restore that also says under which name the former book is kept; empty when there was none.
func RestoreKeeping(backup, book string) (former string, err error) {
	return RestoreBy("admin", backup, book)
}

// RestoreBy is RestoreKeeping that tells the log of the restored book who did it.
func RestoreBy(person, backup, book string) (former string, err error) {
	return restoreBy(person, backup, backup, book)
}

// IsEncrypted tells whether a backup wants a password.
func IsEncrypted(backup string) bool { return secret.IsEncryptedFile(backup) }

// PasswordOpens refuses a password that does not open an encrypted backup.
func PasswordOpens(backup, password string) error { return secret.Opens(backup, password) }

// BackupPassword says what is wrong with a new password for an encrypted backup.
func BackupPassword(password string) error { return secret.Password("", password) }

// RestoreEncrypted is RestoreBy of a backup that is encrypted by a password.
func RestoreEncrypted(person, backup, book, password string) (former string, err error) {
	err = store.Unlocked(backup, book, password, func(plain string) (err error) {
		former, err = restoreBy(person, plain, backup, book)
		return err
	})
	return former, err
}

// restoreBy restores from a file that the log calls by another name.
func restoreBy(person, from, backup, book string) (former string, err error) {
	return store.RestoreSealed(from, book, time.Now(), func(fresh string) error {
		err := store.WriteAt(fresh, func(tx *store.Tx) error { return logRestore(tx, person, backup) })
		return spared(err) // what the check let through can be put back, whether or not its log can be told
	})
}

func logRestore(tx *store.Tx, person, backup string) error {
	tx.Acts(person, time.Now)
	return tx.Log(auditlog.Entry{Verb: "restore"}, auditlog.Detail{File: backup})
}
