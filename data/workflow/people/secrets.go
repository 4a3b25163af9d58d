package people

import (
	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/secret"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// ownerKey is an owner's key as it is kept: opened by his password, or by the recovery code.
type ownerKey struct{ recovery, wrapped, wrappedCode string }

func newOwnerKey(password, code string) (*ownerKey, error) {
	key := secret.NewKey()
	byPassword, err := key.Wrap(password)
	if err != nil {
		return nil, err
	}
	byCode, err := key.Wrap(code)
	if err != nil {
		return nil, err
	}
	return &ownerKey{secret.Hash(code), byPassword, byCode}, nil
}

// Password gives a user a new password: one's own, which was asked for just now (old), or, by an owner, anybody's, who then has to change it (U5).
func Password(w *workflow.Book, name, old, password string) error {
	b := of(w)
	if err := secret.Password(name, password); err != nil {
		return err
	}
	p, err := store.ReadPeople(b.DB)
	if err != nil {
		return err
	}
	if u, ok := p.User(secret.Folded(name)); ok && b.is(u) && secret.Matches(u.Secrets.Password, password) {
		return fault.New(fault.Refused, "这就是原来的密码，请换一个", "this is the password there is: say another")
	}
	hash := secret.Hash(password)
	return b.changed(name, "password", b.mineOrOwner, func(p *store.People, u *store.User) ([]auditlog.Change, error) {
		mine := b.is(u)
		if key, err := secret.Unwrap(u.Secrets.Wrapped, old); mine && err == nil {
			if u.Secrets.Wrapped, err = key.Wrap(password); err != nil {
				return nil, err
			}
		}
		u.Secrets.Password, u.MustChange = hash, !mine
		if !mine {
			u.Wrong, u.WrongAt = 0, 0
		}
		return nil, nil
	})
}

// PIN gives a user a new PIN; empty takes it away.
func PIN(w *workflow.Book, name, pin string) error {
	b := of(w)
	hash := ""
	if pin != "" {
		if err := secret.PIN(pin); err != nil {
			return err
		}
		hash = secret.Hash(pin)
	}
	return b.changed(name, "pin", b.mineOrOwner, func(p *store.People, u *store.User) ([]auditlog.Change, error) {
		u.Secrets.PIN = hash
		return nil, nil
	})
}

// is tells whether the user is who acts.
func (b book) is(u *store.User) bool { return u.Folded == secret.Folded(b.User) }

func (b book) mineOrOwner(u *store.User) error {
	if err := b.NeedPassword(); err != nil {
		return err
	}
	who := b.Who()
	if b.is(u) || who.Crew.Set(who.Name).Owns() {
		return nil
	}
	return fault.New(fault.Refused, "别人的密码只有老板能改", "only an owner gives another a password").At("name")
}

// Recover gives an owner another password by his recovery code, and prints a new one: the old is void. Wrong codes count like wrong
// passwords (U4).
func Recover(w *workflow.Book, name, code, password string) (fresh string, err error) {
	b := of(w)
	p, err := store.ReadPeople(b.DB)
	if err != nil {
		return "", err
	}
	if !p.On {
		return "", noUsers()
	}
	if err := secret.Password(name, password); err != nil {
		return "", err
	}
	u, known := p.User(secret.Folded(name))
	if known {
		if t := tries(u); t.Locked(b.Now()) {
			return "", secret.LockedUntil(t.Until())
		}
	}
	kept := ""
	if known && u.In() {
		kept = u.Secrets.Recovery
	}
	typed, _ := secret.Code(code)
	if right := secret.Matches(kept, typed); !right && known {
		return "", b.seen(u, try{kept: kept}, nil, "")
	} else if !right {
		return "", b.failed(name)
	}
	key, err := secret.Unwrap(u.Secrets.WrappedCode, typed)
	if err != nil {
		key = secret.NewKey()
	}
	fresh = secret.NewCode()
	hash, recovery := secret.Hash(password), secret.Hash(fresh)
	byPassword, err := key.Wrap(password)
	if err != nil {
		return "", err
	}
	byCode, err := key.Wrap(fresh)
	if err != nil {
		return "", err
	}
	as := of(w.As(u.Name))
	return fresh, as.changed(u.Name, "recover", func(now *store.User) error {
		if now.Secrets.Recovery != kept {
			return fault.New(fault.Conflict, "恢复码刚被用过", "the recovery code was used meanwhile")
		}
		return nil
	}, func(p *store.People, now *store.User) ([]auditlog.Change, error) {
		now.Secrets.Password, now.Secrets.Recovery, now.Secrets.Wrapped, now.Secrets.WrappedCode = hash, recovery, byPassword, byCode
		now.Wrong, now.WrongAt, now.MustChange = 0, 0, false
		return nil, nil
	})
}
