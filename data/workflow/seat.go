package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// A book without users is open to whoever has the file: its crew is nil, and nothing is asked. In one with users every use case asks first,
// under the book's lock, whether who acts may do it (R3); what he may not see the asking side leaves out (inquiry, R4).

// seated is an open file as one person has it.
func seated(s *shared, user string) *Book {
	b := &Book{shared: s, User: user}
	b.Book = inquiry.New(s.db.Reader, func() inquiry.Rules {
		r := b.Settings().rules()
		r.Who = b.who()
		return r
	}, b.Load)
	return b
}

// As is the same book as another person has it. Closing either closes both.
func (b *Book) As(name string) *Book {
	other := seated(b.shared, name)
	other.Now, other.lent = b.Now, nil
	return other
}

// who is the person who acts.
func (b *Book) who() rights.Who {
	c := b.crew.Load()
	if c == nil {
		return rights.Who{}
	}
	return rights.Who{Crew: c, Name: b.User, Lent: b.lent}
}

// Users tells whether the book has users, so that rights are asked.
func (b *Book) Users() bool { return !b.crew.Load().Asleep() }

// may refuses what the verbs say with a kind, master type or report, by the first right that is lacking (R6).
func (b *Book) may(object string, verbs ...string) error {
	return refused(b.who().Object(object, verbs...))
}

// need refuses by the first of the rights that is lacking.
func (b *Book) need(needs ...rights.Grant) error { return refused(b.who().Needs(needs...)) }

// refused keeps a nil fault from becoming an error that is there.
func refused(f *fault.Fault) error {
	if f == nil {
		return nil
	}
	return f
}

// mayDate refuses a slip that is dated further back than who acts may go (R9).
func (b *Book) mayDate(day text.Date) error {
	who := b.who()
	if back := rights.Backdated(day, b.Today()); who.Asked() && back > 0 {
		return refused(who.Needs(rights.Far("may.backdate", back)))
	}
	return nil
}

// reported are the reports as objects of rights, told by the room above.
var reported []rights.Object

// Reported says which reports there are. It is called once, as the program starts.
func Reported(objects ...rights.Object) { reported = append(reported, objects...) }

// Space is all there are rights about: kinds, master types and reports, and the words.
func Space() *rights.Space {
	objects := rights.KindObjects(kinds.All)
	for _, t := range master.All {
		objects = append(objects, rights.MasterObject(t.Code, t.Title, t.Fields))
	}
	return rights.NewSpace(append(objects, reported...)...)
}

// readPeople works out anew who may do what.
func (b *Book) readPeople(q store.Query) error {
	crew, err := crewOf(q)
	if err == nil {
		b.crew.Store(crew)
	}
	return err
}

// crewOf reads the users and roles as q sees them; nil where the book has no users, or they are switched off.
func crewOf(q store.Query) (*rights.Crew, error) {
	p, err := store.ReadPeople(q)
	if err != nil || !p.On {
		return nil, err
	}
	members := make([]rights.Member, len(p.Users))
	for i, u := range p.Users {
		members[i] = rights.Member{Name: u.Name, Roles: u.Roles, Active: u.Active, Scope: u.Scope}
	}
	own := make([]rights.Role, len(p.Roles))
	for i, r := range p.Roles {
		own[i] = r.Role
	}
	return rights.NewCrew(Space(), own, members), nil
}

// unseen refuses to say a figure that who acts may not see: nobody enters what he does not see (R4), the program fills it in.
func (b *Book) unseen(k *slip.Kind, d *slip.Doc, part slip.Part, f slip.Field) *fault.Fault {
	who := b.who()
	if !who.Asked() || !f.Tag.Hides() {
		return nil
	}
	if x := who.Unseen(k.TagOf(d, part, f.Key)); x != nil {
		return x.At(f.Key)
	}
	return nil
}
