package people

import (
	"context"
	"slices"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
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
	kept := ""
	if known && u.Active {
		kept = u.Secrets.Password
	}
	right := secret.Matches(kept, password)
	if b.Looking() { // a book that is only looked at counts nothing
		if !right {
			return nil, false, secret.Wrong()
		}
		return w.As(u.Name), u.MustChange, nil
	}
	if !known {
		return nil, false, b.failed(name)
	}
	if since := b.Now().UnixMilli() - u.LastSeen; right && u.Wrong == 0 && since >= 0 && since < again.Milliseconds() && !secret.Outgrown(kept) {
		return w.As(u.Name), u.MustChange, nil // within some minutes it is the same sign-in: nothing is written
	}
	err = b.seen(u, kept, right, password)
	if err != nil {
		return nil, false, err
	}
	return w.As(u.Name), u.MustChange, nil
}

// seen writes what a try left, and refuses a wrong one.
func (b book) seen(u *store.User, kept string, right bool, password string) error {
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
		case !ok || right && (now.Secrets.Password != kept || !now.Active):
			refusal = secret.Wrong()
			return nil
		case t.Locked(b.Now()): // another program's tries count on
			refusal = secret.LockedUntil(t.Until())
			return nil
		}
		t = t.After(right, b.Now())
		now.Wrong, now.WrongAt = t.Wrong, 0
		if !t.Last.IsZero() {
			now.WrongAt = t.Last.UnixMilli()
		}
		if !right {
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
		if secret.Outgrown(kept) {
			now.Secrets.Password = secret.Hash(password)
			if err := tx.PutUser(now); err != nil {
				return err
			}
		}
		*u = *now
		if err := tx.SawUser(now); err != nil {
			return err
		}
		if slices.Contains(now.Roles, rights.Owner) { // where the log ends is kept each time an owner is here (J5)
			tx.Anchor("sign-in")
		}
		return as.told(tx, "sign-in", now, nil)
	})
	if err == nil && refusal != nil {
		err = refusal
	}
	return err
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

// Lend checks that the lender is who he says and has what the person lacks for one act (O1): the rights that are lent. A wrong password
// counts for the lender.
func Lend(w *workflow.Book, lender, password string, lacking []rights.Grant) ([]rights.Grant, error) {
	theirs, err := SignIn(w, lender, password)
	if err != nil {
		return nil, err
	}
	who := w.Who()
	if !who.Asked() {
		return nil, noUsers()
	}
	lent, f := who.Crew.Lend(who.Name, theirs.User, lacking)
	if f != nil {
		return nil, f
	}
	return lent, nil
}
