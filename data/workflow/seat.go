package workflow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
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

// owning is what an owner has beyond others: the key his marks are made with, opened when it is first asked for, and what is wrong with them.
type owning struct {
	key    func() secret.Key
	broken text.Text
}

// Owns gives an owner who signed in his key, and what his marks said then; empty: they hold.
func (s Steps) Owns(key func() secret.Key, broken text.Text) { s.own = owning{key, broken} }

// ownerKey is the key of the owner who asks; nil: it is none.
func (b *Book) ownerKey() secret.Key {
	if b.own.key == nil {
		return nil
	}
	return b.own.key()
}

// MarksBroken says in words that an owner's marks did not hold when he signed in: the log was made anew up to there. Empty: they do, or nobody
// with a key is here.
func (b *Book) MarksBroken() text.Text { return b.own.broken }

// who is the person who acts.
func (b *Book) who() rights.Who {
	c := b.crew.Load()
	if c == nil || b.trying {
		return rights.Who{}
	}
	if b.pin != nil {
		return rights.Who{Crew: b.pin.crew(c, b.User), Name: b.User, Lent: b.lent, PIN: true}
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

// mayOn refuses what the verbs say with a slip, by the first right that is lacking and nobody lends.
func (b *Book) mayOn(d *slip.Doc, verbs ...string) error {
	return refused(b.on(d).Object(d.Kind, verbs...))
}

// mayDate refuses a slip that is dated further back than who acts may go (R9).
func (b *Book) mayDate(d *slip.Doc) error {
	who := b.on(d)
	if back := rights.Backdated(d.Date, b.Today()); who.Asked() && back > 0 {
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
	if err != nil {
		return err
	}
	b.crew.Store(crew)
	return b.readChains(q, crew != nil)
}

// crewOf reads the users and roles as q sees them; nil where the book has no users, or they are switched off.
func crewOf(q store.Query) (*rights.Crew, error) {
	p, err := store.ReadPeople(q)
	if err != nil || !p.On {
		return nil, err
	}
	members := make([]rights.Member, len(p.Users))
	torn := func(code string) bool {
		return slices.ContainsFunc(p.Roles, func(r store.KeptRole) bool { return r.Torn && r.Code == code })
	}
	for i, u := range p.Users {
		members[i] = rights.Member{Name: u.Name, Roles: slices.DeleteFunc(slices.Clone(u.Roles), torn), Active: u.In(), Must: u.MustChange, Scope: u.Scope}
		members[i].Scope.Employee = u.Employee
	}
	own := make([]rights.Role, len(p.Roles))
	for i, r := range p.Roles {
		own[i] = r.Role
	}
	return rights.NewCrew(Space(), own, members), nil
}

// unseen refuses to say a figure that who acts may not see: nobody enters what he does not see (R4), the program fills it in.
func (b *Book) unseen(k *slip.Kind, d *slip.Doc, part slip.Part, f slip.Field) *fault.Fault {
	who := b.on(d)
	if !who.Asked() || !f.Tag.Hides() {
		return nil
	}
	if x := who.Unseen(k.TagOf(d, part, f.Key)); x != nil {
		return x.At(f.Key)
	}
	return nil
}

// mayAs refuses a verb of a slip's kind, and a slip that is dated further back than who acts may go.
func (b *Book) mayAs(verb string, d *slip.Doc) *fault.Fault {
	who := b.on(d)
	if !who.Asked() {
		return nil
	}
	if f := who.Object(d.Kind, verb); f != nil {
		return f
	}
	if back := rights.Backdated(d.Date, b.Today()); back > 0 {
		return who.Needs(rights.Far("may.backdate", back))
	}
	return nil
}

// there refuses a slip that is out of the scope of who acts in the words of one that does not exist (R8). Who may take a step of it, or of one
// that hangs on it, sees it all the same (A3).
func (b *Book) there(d *slip.Doc, ref string) error {
	if b.InScope(d) {
		return nil
	}
	if is, err := b.forStep(d); is || err != nil {
		return err
	}
	return inquiry.NotFound(ref, 0)
}

// InScope tells whether a slip is there for who asks.
func (b *Book) InScope(d *slip.Doc) bool {
	who := b.who()
	return !who.Asked() || d == nil || who.Scope().Sees(b.placed(d), b.above)
}

// mayHandle refuses to enter a slip that is dated too far back, or has to do with what is out of the scope of who acts.
func (b *Book) mayHandle(d *slip.Doc) error {
	if err := b.mayDate(d); err != nil {
		return err
	}
	who := b.who()
	if !who.Asked() || who.Scope().Handles(b.placed(d), b.above) {
		return nil
	}
	return fault.New(fault.Refused, "超出 %s 的范围（%s）", "it is out of the scope of %s (%s)", who.Name, axes(who.Scope()))
}

func axes(s rights.Scope) string {
	var list []string
	for _, a := range s.Axes() {
		list = append(list, string(a))
	}
	return strings.Join(list, ", ")
}

// placed is what of a slip says whether it is in a scope.
func (b *Book) placed(d *slip.Doc) rights.Placed {
	row := func(t *master.Type, code string) int64 {
		r, ok := b.Masters().Find(t.Code, code)
		if !ok {
			return 0
		}
		return r.ID
	}
	p := rights.Placed{Maker: d.Maker, Employee: row(master.Employees, d.Employee), Department: d.Department}
	if d.ID == 0 {
		p.Maker = b.User
	}
	if k, ok := kinds.ByCode(d.Kind); ok && k.RoleOf(d) == slip.Customers {
		r, _ := b.Masters().Find(master.Customers.Code, d.Party)
		p.Customer, p.Owner = row(master.Customers, d.Party), inquiry.OwnerOf(b.Masters(), r)
	}
	add := func(list *[]int64, t *master.Type, codes ...string) {
		for _, c := range codes {
			if id := row(t, c); id != 0 && !slices.Contains(*list, id) {
				*list = append(*list, id)
			}
		}
	}
	add(&p.Warehouses, master.Warehouses, d.Warehouse)
	add(&p.To, master.Warehouses, d.ToWarehouse)
	add(&p.Accounts, master.Accounts, d.Account, d.ToAccount)
	for i := range d.Lines {
		add(&p.Warehouses, master.Warehouses, d.At(&d.Lines[i]))
	}
	for _, x := range d.Splits {
		add(&p.Accounts, master.Accounts, x.Account)
	}
	return p
}

// above is the department above one; empty: none.
func (b *Book) above(code string) string {
	r, _ := b.Masters().Find(master.Departments.Code, code)
	return r.Get("parent")
}

// mayAudit refuses who may not audit the slip, by right or by scope.
func (b *Book) mayAudit(d *slip.Doc) error {
	who := b.on(d)
	if !who.Asked() {
		return nil
	}
	if f := who.Object(d.Kind, "audit"); f != nil {
		return f
	}
	if !who.Scope().Handles(b.placed(d), b.above) {
		return fault.New(fault.Refused, "超出 %s 的范围（%s）", "it is out of the scope of %s (%s)", who.Name, axes(who.Scope()))
	}
	return nil
}

// fourEyes refuses to audit what one made or changed last where two people must have looked at it (R10).
func (b *Book) fourEyes(tx *store.Tx, d *slip.Doc) error {
	who, eyes := b.who(), b.Settings().Get("four_eyes")
	if !who.Asked() || !slices.Contains(strings.Fields(eyes), d.Kind) {
		return nil
	}
	maker, changed := d.Maker, d.Maker
	if d.ID == 0 {
		maker = b.User
	} else {
		entries, err := tx.History(d.Kind, d.Number)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Verb == "new" || e.Verb == "save" || e.Verb == "set" {
				changed = e.Person
			}
		}
	}
	if rights.FourEyes(eyes, d.Kind, who.Name, maker, changed) {
		return fault.New(fault.Refused, "four_eyes：自己制单或修改的单据要由别人审核", "four_eyes: somebody else audits what one made or changed").Named(rights.About)
	}
	return nil
}

// passes are the findings of auditing that one needs a right to pass over (R9).
var passes = map[string]rights.Right{OverCredit: "may.over-credit", BelowCost: "may.below-cost", BelowZero: "may.negative"}

// mayPass refuses findings that who acts may not pass over. Where a setting forbids them, nobody comes here; where it allows, nothing is found.
func (b *Book) mayPass(d *slip.Doc, findings fault.List) error {
	who := b.on(d)
	if !who.Asked() {
		return nil
	}
	var faults fault.List
	for _, x := range findings {
		if r, is := passes[x.About]; is {
			if f := who.Needs(rights.Need(r)); f != nil {
				faults = append(faults, f.At(x.Field).OnLine(x.Line))
			}
		}
	}
	return faults.Or()
}

// mayPrice refuses lines of a sale that are further below the proposed price than who acts may go (R9): the price of the line's source, else what
// is agreed, else the list's. What is rounded off counts as a slip discount does; but where the lines are at the proposed prices, anybody rounds
// off less than 1.00 of the whole slip, as a till does with small change.
func (b *Book) mayPrice(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	who := b.on(d)
	if !who.Asked() || !k.Taxed || k.PriceField != master.SalesPrice || k.ReturnOf != "" || k.Reprices {
		return nil
	}
	nets, err := d.NetsLetOff()
	if err != nil {
		return err
	}
	change := max(d.Rounding, -d.Rounding) < num.AmountOne
	var faults fault.List
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Base <= 0 || l.Back != nil {
			continue
		}
		proposed, err := b.proposedNet(tx, k, d, l)
		if err != nil {
			return err
		}
		off, err := rights.Off(nets[i], proposed)
		if err != nil {
			return err
		}
		if proposed == 0 || who.Crew.Set(who.Name).MayPrice(off, nets[i] == proposed || change && l.Net == proposed) {
			continue
		}
		if f := who.Needs(rights.Far("may.price", max(0, rights.Share(off)))); f != nil {
			faults = append(faults, f.At("price").OnLine(i+1))
		}
	}
	return faults.Or()
}

// proposedNet is what a line would come to at the proposed price; 0: none is.
func (b *Book) proposedNet(tx *store.Tx, k *slip.Kind, d *slip.Doc, l *slip.Line) (num.Amount, error) {
	fresh := slip.Line{Product: l.Product, Unit: l.Unit, Factor: l.Factor, Qty: l.Qty, Base: l.Base, TaxRate: l.TaxRate, TaxGiven: true, Warehouse: l.Warehouse, SourceID: l.SourceID}
	var from *slip.Line
	if l.SourceID != 0 {
		src, sl, err := sourceOf(tx, l)
		if err != nil {
			return 0, err
		}
		if sk, ok := kinds.ByCode(src.Kind); ok && sk.PriceField == k.PriceField {
			from = sl
		}
	}
	one := &slip.Doc{Kind: d.Kind, Date: d.Date, Party: d.Party, Warehouse: d.Warehouse, Lines: []slip.Line{fresh}}
	b.defaults(k, one, &one.Lines[0], from)
	err := slip.Calculate(k, one)
	return one.Lines[0].Net, err
}

// mayRecord refuses to write a record: one of a type who acts may not enter, a term he does not agree, a figure he does not see.
func (b *Book) mayRecord(r, old *master.Record) (faults fault.List) {
	who := b.who()
	if !who.Asked() {
		return nil
	}
	enter := who.Object(r.Type.Code, "enter")
	if enter != nil && (old == nil || !who.May(r.Type.Code, "terms")) {
		return fault.List{enter}
	}
	for _, f := range r.Type.Fields {
		v := strings.TrimSpace(r.Values[f.Key])
		if c, err := slip.Check(f, v); err == nil && v != "" {
			v = c
		}
		if v == old.Get(f.Key) || v == f.Default && old.Get(f.Key) == "" {
			continue
		}
		if f.Tag == slip.TagTerms {
			if x := who.Object(r.Type.Code, "terms"); x != nil {
				faults = append(faults, x.At(f.Key))
			}
		} else if enter != nil { // who may agree terms alone changes nothing else
			return fault.List{enter}
		} else if x := who.Unseen(f.Tag); x != nil {
			faults = append(faults, x.At(f.Key))
		}
	}
	return faults
}

// loan is what another lends for one act on one slip (8.5): exactly the rights that turn out to be lacking. A nil loan lends nothing.
type loan struct {
	lender, reason string
	pin            *pinned   // the lender said a PIN: he lends what that opens
	doc            *slip.Doc // the slip it is for: the first that is asked about
	kind           string
	lent           []rights.Grant
	told           int // so many of them stand in the log
	spent          bool
}

// Lent is the book as who acts has it for one act, for which the lender, who said who he is, by a password or a PIN, lends what is lacking, and why.
func (s Steps) Lent(lender, reason string, pin bool) *Book {
	other := s.As(s.User)
	other.own, other.pin, other.loan = s.own, s.pin, &loan{lender: lender, reason: reason}
	if pin {
		other.loan.pin = &pinned{}
	}
	return other
}

// begin forgets what a transaction that was taken back has lent.
func (l *loan) begin() {
	if l != nil {
		l.doc, l.kind, l.lent, l.told = nil, "", nil, 0
	}
}

// end is after the act.
func (l *loan) end() {
	if l != nil {
		l.spent = true
	}
}

// fits tells whether the loan is for a slip, which is the first that is asked about.
func (l *loan) fits(d *slip.Doc) bool {
	if l == nil || l.spent || l.kind != "" && l.kind != d.Kind {
		return false
	}
	if l.doc == nil {
		l.doc, l.kind = d, d.Kind
	}
	return l.doc == d || d.ID != 0 && l.doc.ID == d.ID
}

// signs puts who lent, and why, into the entry of the act.
func (l *loan) signs(d *slip.Doc, detail *auditlog.Detail) {
	if l != nil && len(l.lent) > 0 && l.fits(d) {
		detail.By, detail.Reason = l.lender, cmp.Or(detail.Reason, l.reason)
	}
}

// tell gives put the entries of the rights lent that are not told of yet, one a right.
func (l *loan) tell(d *slip.Doc, put func(auditlog.Detail) error) error {
	if l == nil || len(l.lent) == l.told || !l.fits(d) {
		return nil
	}
	for _, g := range l.lent[l.told:] {
		note := string(g.Right)
		if g.Right.Limited() {
			note += " " + g.Right.Text(g.Limit)
		}
		if err := put(auditlog.Detail{Date: d.Date.String(), Reason: l.reason, By: l.lender, Right: string(g.Right), Note: note}); err != nil {
			return err
		}
	}
	l.told = len(l.lent)
	return nil
}

// on is the person who acts on a slip: what he lacks another may lend him, in whose scope it is, too.
func (b *Book) on(d *slip.Doc) rights.Who {
	who := b.who()
	if !who.Asked() {
		return who
	}
	who.Subject = fault.Subject{Area: d.Kind, Key: d.Number, Version: d.Version}
	if b.loan.fits(d) && who.Crew.Scope(b.loan.lender).Handles(b.placed(d), b.above) {
		b.loan.offer(&who)
	}
	return who
}

// offer has the lender lend what is lacking.
func (l *loan) offer(who *rights.Who) {
	who.Lender, who.Borrow = l.lender, l.add
	if l.pin != nil {
		who.Crew = l.pin.crew(who.Crew, l.lender)
	}
}

func (l *loan) add(g rights.Grant) {
	if !slices.Contains(l.lent, g) {
		l.lent = append(l.lent, g)
	}
}

// mayMake refuses to make a slip of a kind, which is not there yet.
func (b *Book) mayMake(kind string) error {
	who := b.who()
	if !who.Asked() {
		return nil
	}
	if who.Subject.Area = kind; b.loan != nil && !b.loan.spent && (b.loan.kind == "" || b.loan.kind == kind) {
		b.loan.kind = kind
		b.loan.offer(&who)
	}
	return refused(who.Object(kind, "enter"))
}

// MayPrint refuses to print a slip; nil: it may be.
func (b *Book) MayPrint(d *slip.Doc) *fault.Fault { return b.on(d).Object(d.Kind, "print") }

// mostRefused is how many refusals of one act the log tells of: a file may be refused at every line.
const mostRefused = 20

// Refused tells the log which rights an act was refused by, in a transaction of its own, for that of the act is taken back (J1). Within a request
// that is done whole, or not, it waits for its end. A book that is only looked at keeps no trace.
func (b *Book) Refused(err error) {
	if err == nil || !b.Users() || b.DB.ReadOnly || b.db.Whole() {
		return
	}
	var list []*fault.Fault
	for _, f := range fault.Of(err) {
		if f.About == rights.About && !f.Of.Logged {
			list = append(list, f)
		}
		f.Of.Logged = true
	}
	if len(list) == 0 {
		return
	}
	if err := b.db.Write(func(tx *store.Tx) error {
		tx.Acts(b.User, b.Now)
		return b.tellRefused(tx, list)
	}); err != nil {
		files.Log(fmt.Errorf("tell of a refusal: %w", err)) // the act is refused, whether that can be told or not
	}
}

// tellRefused writes an entry a right and slip; one that was to be made and is not there has no number.
func (b *Book) tellRefused(tx *store.Tx, list []*fault.Fault) error {
	told := map[string]bool{}
	for _, f := range list {
		right, _, _ := strings.Cut(f.Text.En, ": ")
		on := f.Of
		id, err := tx.SlipID(on.Key)
		if err != nil {
			return err
		}
		if id <= 0 {
			on.Key, on.Version = "", 0
		}
		if told[right+" "+on.Key] || len(told) == mostRefused {
			continue
		}
		told[right+" "+on.Key] = true
		e := auditlog.Entry{At: b.Now().UnixMilli(), Person: b.User, Verb: "refused", Area: cmp.Or(on.Area, b.areaOf(rights.Right(right))), Key: on.Key, Version: on.Version}
		if err := tx.Log(e, auditlog.Detail{Right: right, Note: right}); err != nil {
			return err
		}
	}
	return nil
}

// areaOf is what of the book a right is about: the kind, master type or report; the book's own are its settings.
func (b *Book) areaOf(r rights.Right) string {
	crew := b.crew.Load()
	if o, ok := crew.Space.Object(r.Object()); ok && o.Class != rights.Words {
		return o.Code
	}
	if r == "book.users" {
		return store.AreaUsers
	}
	return store.AreaSettings
}
