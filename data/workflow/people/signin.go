package people

import (
	"context"
	"slices"
	"sync"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Signing in costs 0.1 s by intent: the hash is worked out before the book is locked, and what it was worked out of is held against the
// book's under the lock.

// again is within what time sign-ins of one person are one entry of the log (J1).
const again = 10 * time.Minute

func tries(u *store.User) secret.Tries {
	t := secret.Tries{Wrong: u.Wrong}
	if u.WrongAt != 0 {
		t.Last = time.UnixMilli(u.WrongAt)
	}
	return t
}

func moment(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).Format("2006-01-02 15:04:05")
}

// SignIn is the book as the person has it who says the name and password. A wrong one is counted; three lock (U4). Who was given his
// password by another is refused all but a new one, see Changing.
func SignIn(w *workflow.Book, name, password string) (*workflow.Book, error) {
	mine, must, err := signIn(w, name, password)
	if err == nil && must {
		return nil, secret.Change()
	}
	return mine, err
}

// Come is SignIn that lets in also who has to change his password first (must): he is asked for another one at once.
func Come(w *workflow.Book, name, password string) (mine *workflow.Book, must bool, err error) {
	return signIn(w, name, password)
}

// Changing is SignIn of who is about to change his password.
func Changing(w *workflow.Book, name, password string) (*workflow.Book, error) {
	mine, _, err := signIn(w, name, password)
	if err == nil {
		err = of(mine).NeedPassword()
	}
	return mine, err
}

func signIn(w *workflow.Book, name, password string) (mine *workflow.Book, must bool, err error) {
	b := of(w)
	p, err := store.ReadPeople(b.DB)
	if err != nil {
		return nil, false, err
	}
	if !p.On {
		return w, false, nil
	}
	u, known := p.User(secret.Folded(name))
	if known {
		if t := tries(u); t.Locked(b.Now()) {
			return nil, false, secret.LockedUntil(t.Until())
		}
	}
	var secrets store.Secrets
	if known && u.In() {
		secrets = u.Secrets
	}
	kept, pin, right := tried(secrets, password)
	switch {
	case right:
		mine = w.As(u.Name)
		if pin {
			of(mine).OpenedByPIN()
		}
	case b.Looking():
		return nil, false, secret.Wrong()
	case !known:
		return nil, false, b.failed(name)
	}
	mayOwn := right && !pin && owns(u)
	if wrapped := secrets.Wrapped; mayOwn && wrapped != "" { // opened when it is asked for: it costs as much as a password
		of(mine).Owns(sync.OnceValue(func() secret.Key { k, _ := secret.Unwrap(wrapped, password); return k }), text.Text{})
	}
	if b.Looking() { // a book that is only looked at counts nothing
		return mine, u.MustChange, nil
	}
	here, err := b.DB.SignedInHere(u.Name)
	if err != nil {
		return nil, false, err
	}
	if since := b.Now().UnixMilli() - u.LastSeen; right && here && u.Wrong == 0 && since >= 0 && since < again.Milliseconds() && !secret.Outgrown(kept) {
		return mine, u.MustChange, nil // within some minutes it is the same sign-in: nothing is written
	}
	var key secret.Key
	wrapped := ""
	if mayOwn {
		if key, wrapped, err = ownKey(u, password); err != nil {
			return nil, false, err
		}
	}
	if err = b.seen(u, try{kept, pin, right, password}, key, wrapped); err != nil {
		return nil, false, err
	}
	if key != nil {
		broken, err := marksBroken(b.DB, u.Name, key)
		if err != nil {
			return nil, false, err
		}
		of(mine).Owns(func() secret.Key { return key }, broken)
	}
	return mine, u.MustChange, nil
}

// tried holds what was typed against a user's secrets: his password, or, where it could be one, his PIN (U3). It takes as long for a name that is
// none; kept is what it was held against.
func tried(s store.Secrets, typed string) (kept string, pin, right bool) {
	couldBePIN := secret.PIN(typed) == nil
	if !couldBePIN || secret.Password("", typed) == nil {
		if secret.Matches(s.Password, typed) {
			return s.Password, false, true
		}
	}
	if couldBePIN {
		return s.PIN, true, secret.Matches(s.PIN, typed)
	}
	return s.Password, false, false
}

// try is something that was typed to sign in, and what it was held against.
type try struct {
	kept       string
	pin, right bool
	typed      string
}

// of is what is kept of the secret that was tried.
func (t try) of(s *store.Secrets) *string {
	if t.pin {
		return &s.PIN
	}
	return &s.Password
}

func owns(u *store.User) bool { return slices.Contains(u.Roles, rights.Owner) }

// ownKey opens an owner's key by his password. Who has none, or one that another password wraps, since an owner gave him this one, gets a new
// one (wrapped): the marks of the old one stay, and only the recovery code brings it back.
func ownKey(u *store.User, password string) (key secret.Key, wrapped string, err error) {
	if key, err = secret.Unwrap(u.Secrets.Wrapped, password); err == nil {
		return key, "", nil
	}
	key = secret.NewKey()
	wrapped, err = key.Wrap(password)
	return key, wrapped, err
}

// marksBroken says which of an owner's marks does not hold: what he signed in to then is not what the log says now.
func marksBroken(db *store.Reader, name string, key secret.Key) (text.Text, error) {
	list, err := db.MarkedBy(name, key.ID())
	for _, m := range list {
		if !key.Holds(m.Mark, m.Entry, m.Hash) {
			return text.Tf("老板登录时在日志第 %d 条上做的印记对不上：此前的日志被改过或重做过，请核对（核对账套第 10 项）", "the mark you made on entry %d of the log when you signed in does not hold: the log was changed up to there; verify tells more (proof 10)", m.Entry), err
		}
	}
	return text.Text{}, err
}

// seen writes what a try left, and refuses a wrong one. An owner's key marks where the log ends then; wrapped, if it is a new one.
func (b book) seen(u *store.User, tried try, key secret.Key, wrapped string) error {
	var refusal *fault.Fault
	as := of(b.As(u.Name))
	err := as.Write(context.Background(), func(tx *store.Tx) error {
		refusal = nil
		p, err := all(tx)
		if err != nil {
			return err
		}
		now, ok := p.User(u.Folded)
		t := secret.Tries{}
		if ok {
			t = tries(now)
		}
		switch {
		case !ok || tried.right && (*tried.of(&now.Secrets) != tried.kept || !now.In()):
			refusal = secret.Wrong()
			return nil
		case t.Locked(b.Now()): // another program's tries count on
			refusal = secret.LockedUntil(t.Until())
			return nil
		}
		t = t.After(tried.right, b.Now())
		now.Wrong, now.WrongAt = t.Wrong, 0
		if !t.Last.IsZero() {
			now.WrongAt = t.Last.UnixMilli()
		}
		if !tried.right {
			refusal = secret.Wrong()
			if until := t.Until(); t.Locked(b.Now()) {
				refusal = secret.LockedUntil(until)
			}
			if err := tx.SawUser(now); err != nil {
				return err
			}
			return as.told(tx, "sign-in-failed", now, nil)
		}
		now.LastSeen = b.Now().UnixMilli()
		if fresh := wrapped != "" && now.Secrets.Wrapped == u.Secrets.Wrapped; fresh || secret.Outgrown(tried.kept) {
			if fresh {
				now.Secrets.Wrapped = wrapped
			}
			if secret.Outgrown(tried.kept) {
				*tried.of(&now.Secrets) = secret.Hash(tried.typed)
			}
			if err := tx.PutUser(now); err != nil {
				return err
			}
		}
		*u = *now
		if err := tx.SawUser(now); err != nil {
			return err
		}
		if owns(now) { // where the log ends is kept each time an owner is here (J5)
			tx.Anchor("sign-in", key)
		}
		how := ""
		if tried.pin {
			how = "PIN"
		}
		return as.Note(tx, "sign-in", store.AreaUsers, now.Name, auditlog.Detail{Note: how})
	})
	if err == nil && refusal != nil {
		err = refusal
	}
	return err
}

// Known has others see the person of the book as who has its file open, and wait for him; before, they saw whom the system says.
func Known(w *workflow.Book) {
	workflow.Steps{Book: w}.Store().OnAsking(func() string { return w.User })
}

// The ways to leave a book that stays open: for good, until the password is said again, or for somebody else.
const (
	SignOut = "sign-out"
	Lock    = "lock"
	Switch  = "switch"
)

// Leave tells the log that the person of the book goes away, in one of these ways (J1). A book without users, or one that is only looked at,
// keeps no trace of it.
func Leave(w *workflow.Book, how string) error {
	b := of(w)
	if !b.Users() || b.Looking() {
		return nil
	}
	return b.Quiet(func(tx *store.Tx) error {
		tx.Acts(b.User, b.Now)
		return b.Note(tx, how, store.AreaUsers, b.User, auditlog.Detail{})
	})
}

// failed tells the log of a name that is nobody's, and refuses in the words of a wrong password.
func (b book) failed(name string) error {
	err := of(b.As(text.Short(name))).Write(context.Background(), func(tx *store.Tx) error {
		return b.Note(tx, "sign-in-failed", store.AreaUsers, text.Short(name), auditlog.Detail{})
	})
	if err != nil {
		return err
	}
	return secret.Wrong()
}

// Override is the book as who acts has it for one act on one slip, for which another lends what he lacks (O1, O2): the lender says who he is, and
// a wrong password counts for him (U4). What nobody lends, and what the lender has not, is refused when it is asked.
func Override(w *workflow.Book, lender, password, reason string) (*workflow.Book, error) {
	if !w.Users() {
		return nil, noUsers()
	}
	reason, err := slip.Check(slip.Field{Key: "reason"}, reason)
	if err != nil {
		return nil, err
	}
	theirs, err := SignIn(w, lender, password)
	if err != nil {
		return nil, err
	}
	if theirs.User == w.User {
		return nil, fault.New(fault.Refused, "不能给自己授权", "nobody lends himself a right").At("override")
	}
	return of(w).Lent(theirs.User, reason, theirs.Who().PIN), nil
}
