package secret

import (
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// Tries are the wrong passwords, PINs or recovery codes of one user since the last right one (U4). They are kept in the book, so that
// another program counts on.
type Tries struct {
	Wrong int
	Last  time.Time // of the last wrong one
}

// How many wrong ones lock, for how long, and for how long at most: each further one doubles the time.
const (
	free     = 3
	lockFor  = time.Minute
	lockMost = 15 * time.Minute
)

// Until is the moment up to which the user is locked; zero: not at all.
func (t Tries) Until() time.Time {
	if t.Wrong < free {
		return time.Time{}
	}
	d := lockMost
	if n := t.Wrong - free; n < 4 { // 1, 2, 4, 8, then 15 minutes
		d = lockFor << n
	}
	return t.Last.Add(d)
}

// Locked tells whether nothing may be tried now, not even the right one. now is the book's moment, which never goes backward.
func (t Tries) Locked(now time.Time) bool { return t.Wrong >= free && now.Before(t.Until()) }

// After is what is kept behind a try that was not locked.
func (t Tries) After(right bool, now time.Time) Tries {
	if right {
		return Tries{}
	}
	return Tries{min(t.Wrong, 1000) + 1, now}
}

// Wrong refuses a name or a password, and does not say which.
func Wrong() *fault.Fault {
	return fault.New(fault.Refused, "用户名或密码不对", "name or password is wrong")
}

// LockedUntil refuses whoever is locked, also with the right password.
func LockedUntil(t time.Time) *fault.Fault {
	return fault.New(fault.Refused, "已锁定，%s 后再试", "locked until %s", t.Format("15:04"))
}

// Change refuses all but a new password to who was given one by another.
func Change() *fault.Fault {
	return &fault.Fault{Code: fault.Refused, Text: text.T("请先改密码", "change your password first")}
}
