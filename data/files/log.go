package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// DataDir is the folder of what the program keeps for the person who runs it.
func DataDir() string {
	dir := os.Getenv("XDG_DATA_HOME")
	if runtime.GOOS == "windows" {
		dir = os.Getenv("LOCALAPPDATA")
	}
	if dir == "" && (runtime.GOOS == "windows" || runtime.GOOS == "darwin") {
		dir, _ = os.UserConfigDir()
	}
	if home, err := os.UserHomeDir(); dir == "" && err == nil {
		dir = filepath.Join(home, ".local", "share")
	}
	if dir == "" {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "zhanggui")
}

// LogPath is the file that internal errors go to.
func LogPath() string { return filepath.Join(DataDir(), "zhanggui.log") }

// A log that has grown to logSize bytes is renamed, and the logsKept before it are kept.
const (
	logSize  = 1 << 20
	logsKept = 3
)

var logging sync.Mutex

// Log writes an internal error, with all that lies behind it, into the log of this person's, and returns the number under which it
// stands there. A log that cannot be written loses only the words.
func Log(err error) (id string) {
	logging.Lock()
	defer logging.Unlock()
	now := time.Now()
	id = fmt.Sprintf("%s-%06d", now.Format("0102"), now.UnixMicro()/1000%1_000_000)
	path := LogPath()
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return id
	}
	if i, err := os.Stat(path); err == nil && i.Size() > logSize {
		for n := logsKept - 1; n > 0; n-- {
			os.Rename(fmt.Sprintf("%s.%d", path, n), fmt.Sprintf("%s.%d", path, n+1))
		}
		os.Rename(path, path+".1")
	}
	f, ferr := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if ferr != nil {
		return id
	}
	defer f.Close()
	f.Chmod(0o600) // one of an older version let others read it
	fmt.Fprintf(f, "%s #%s %s %s/%s: %v\n", now.Format("2006-01-02 15:04:05"), id, Version(), runtime.GOOS, runtime.GOARCH, told(err))
	return id
}

// told is an error with its causes: words for people hide them.
func told(err error) string {
	s := err.Error()
	switch u := err.(type) {
	case interface{ Unwrap() []error }:
		for _, e := range u.Unwrap() {
			if e != nil && e.Error() != s {
				s += "\n  " + told(e)
			}
		}
	default:
		if e := errors.Unwrap(err); e != nil && len(e.Error()) > len(s) {
			s += "\n  " + told(e)
		}
	}
	return s
}

// Version is the program's, as it was built.
func Version() string {
	if b, ok := debug.ReadBuildInfo(); ok {
		v := b.Main.Version
		for _, s := range b.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 7 {
				v += " " + s.Value[:7]
			}
		}
		return v
	}
	return "unknown"
}
