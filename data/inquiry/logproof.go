package inquiry

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Proof 10 goes through the audit log and what it tells of: its entries follow one another, and every slip, record and the settings stand as
// the last entry about them left them (J3, J4).

// thing is what a seal is of.
type thing = auditlog.Thing

// LogProof is that proof; the one before it shows it every slip, so that none is read twice.
type LogProof struct {
	Book *Book
	// Outside are anchors kept outside the book: what this PC saw, what stands on a cover.
	Outside []auditlog.Anchor
	// Owner is the key of the owner who asks, if one does: it made the marks on his anchors.
	Owner                   secret.Key
	slips                   map[thing]string // what each slip comes to
	entries, seals, anchors int
	bad                     []string
	unread                  error // of a slip shown to See
}

// See takes in a slip as it stands.
func (p *LogProof) See(d *slip.Doc) {
	if p.slips == nil {
		p.slips = map[thing]string{}
	}
	seal, err := p.Book.DB.SealOf(d)
	p.slips[thing{Area: d.Kind, Key: d.Number}] = seal
	p.unread = cmp.Or(p.unread, err)
}

// Told is the proof's title with its figures.
func (p *LogProof) Told(title text.Text) text.Text {
	title.Zh += fmt.Sprintf("（%d 条，%d 个封印，%d 个锚点）", p.entries, p.seals, p.anchors)
	title.En += fmt.Sprintf(" (%d entries, %d seals, %d anchors)", p.entries, p.seals, p.anchors)
	return title
}

// Holds lists what contradicts the log.
func (p *LogProof) Holds() ([]string, error) {
	anchors, err := p.Book.DB.Anchors()
	if err != nil {
		return nil, err
	}
	p.anchors = len(anchors)
	chain := auditlog.NewChain(asked(anchors, p.Outside)...)
	if err := p.Book.DB.EachEntry(func(e *auditlog.Entry) error { chain.Add(e); return nil }); err != nil {
		return nil, err
	}
	p.entries = int(chain.Entries())
	for _, x := range chain.End() {
		p.fault("entry %d: %s", x.Entry, x.Why.En)
	}
	p.anchored(chain, anchors)
	kept, err := p.Book.DB.Seals()
	if err != nil {
		return nil, err
	}
	p.seals = len(kept)
	seen := map[thing]bool{}
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		t := thing{Area: k.Area, Key: k.Key}
		is, there := now[t]
		last, said := chain.Seal(t)
		switch {
		case !there:
			p.fault("%s is gone; %s left it there", name(t), p.entry(k.Entry))
		case is != k.Seal:
			p.fault("%s is not as %s left it: it was sealed %.16s, it is %.16s%s", name(t), p.entry(k.Entry), k.Seal, is, p.both(t))
		case said && last.Entry != k.Entry:
			p.fault("%s has the seal of %s, but %s is the last about it", name(t), p.entry(k.Entry), p.entry(last.Entry))
		case said && last.Seal != k.Seal:
			p.fault("%s has the seal %.16s, %s says %.16s", name(t), k.Seal, p.entry(last.Entry), last.Seal)
		case !said && k.Entry != chain.Upgraded():
			p.fault("%s has the seal of entry %d, which does not speak of it", name(t), k.Entry)
		}
		delete(now, t)
		seen[t] = true
	}
	for _, t := range slices.SortedFunc(maps.Keys(now), byName) {
		p.fault("%s has no seal: the log does not know how it came there", name(t))
	}
	for _, t := range chain.Things() {
		if _, has := now[t]; !has && !seen[t] {
			last, _ := chain.Seal(t)
			p.fault("%s is gone; %s left it there", name(t), p.entry(last.Entry))
		}
	}
	return p.bad, nil
}

// asked are the entries that anchors speak of.
func asked(kept []store.KeptAnchor, outside []auditlog.Anchor) (ids []int64) {
	for _, a := range kept {
		ids = append(ids, a.Entry)
	}
	for _, a := range outside {
		ids = append(ids, a.Entry)
	}
	return ids
}

// anchored holds the log against the anchors: up to each it is the very log that the anchor was made of.
func (p *LogProof) anchored(chain *auditlog.Chain, kept []store.KeptAnchor) {
	hold := func(a auditlog.Anchor, what string) {
		switch hash := chain.Hash(a.Entry); {
		case hash == "":
			p.fault("%s says entry %d is %s, the log ends at entry %d", what, a.Entry, a.Short(), chain.Last().Entry)
		case !chain.Holds(a):
			is := auditlog.Anchor{Hash: hash}
			if is.Short() == a.Short() { // they differ behind what people are shown
				p.fault("%s says entry %d is %s, it is %s", what, a.Entry, a.Hash, hash)
				return
			}
			p.fault("%s says entry %d is %s, it is %s", what, a.Entry, a.Short(), is.Short())
		}
	}
	rows := map[int64][]store.KeptAnchor{}
	for _, a := range kept {
		rows[a.Entry] = append(rows[a.Entry], a)
	}
	for _, said := range chain.Anchors() {
		p.keeps(said, rows[said.Entry])
	}
	for _, a := range kept {
		hold(auditlog.Anchor{Entry: a.Entry, Hash: a.Hash}, fmt.Sprintf("the anchor of %s of %s", a.Kind, moment(a.At)))
	}
	for _, a := range p.Outside {
		hold(a, "an anchor kept outside")
	}
}

// keeps holds what an entry says of its anchor against those that are kept of it. The owner who is here holds his marks against his key.
func (p *LogProof) keeps(said auditlog.Anchored, rows []store.KeptAnchor) {
	at := slices.IndexFunc(rows, func(a store.KeptAnchor) bool { return a.Kind == said.Kind && a.At == said.At })
	if at < 0 {
		now := "there is none"
		if len(rows) > 0 {
			now = fmt.Sprintf("it is of %s of %s", rows[0].Kind, moment(rows[0].At))
		}
		p.fault("the anchor of %s is not as it was kept: it was of %s of %s, %s", p.entry(said.Entry), said.Kind, moment(said.At), now)
		return
	}
	switch a := rows[at]; {
	case said.Key == "":
	case a.Mark == "":
		p.fault("the owner's mark on %s is gone", p.entry(said.Entry))
	case said.Key == p.Owner.ID() && !p.Owner.Holds(a.Mark, a.Entry, a.Hash):
		p.fault("the owner's mark on %s does not hold: the log up to there is not what he signed in to", p.entry(said.Entry))
	}
}

func moment(ms int64) string { return time.UnixMilli(ms).Format("2006-01-02 15:04:05") }

func name(t thing) string { return strings.TrimSpace(t.Area + " " + t.Key) }

func byName(a, b thing) int { return strings.Compare(name(a), name(b)) }

func (p *LogProof) fault(format string, args ...any) {
	p.bad = append(p.bad, fmt.Sprintf(format, args...))
}

// now is what everything that has a seal comes to as it stands.
func (p *LogProof) now() (map[thing]string, error) {
	now := p.slips
	if now == nil { // the proof before this one came to a stop
		ids, err := p.Book.DB.SlipOrder()
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			d, err := p.Book.DB.Slip(id)
			if err != nil {
				return nil, err
			}
			p.See(d)
		}
		if now = p.slips; now == nil {
			now = map[thing]string{}
		}
	}
	if p.unread != nil {
		return nil, p.unread
	}
	for _, t := range master.All {
		for _, r := range p.Book.Masters().List(t.Code) {
			now[thing{Area: t.Code, Key: r.Key()}] = p.Book.DB.SealOfRecord(r)
		}
	}
	people, err := p.Book.DB.SealsOfPeople()
	if err != nil {
		return nil, err
	}
	for k, seal := range people {
		now[thing{Area: k[0], Key: k[1]}] = seal
	}
	s, err := p.Book.DB.SealOfSettings()
	now[thing{Area: store.AreaSettings, Key: ""}] = s
	return now, err
}

// entry says an entry in words: its number, who, and when.
func (p *LogProof) entry(id int64) string {
	e, ok, err := p.Book.DB.Entry(id)
	if err != nil || !ok {
		return fmt.Sprintf("entry %d, which is not there,", id)
	}
	return fmt.Sprintf("entry %d (%s, %s, %s)", id, e.Verb, e.Person, moment(e.At))
}

// mostBoth is how many things that are not as they were left are looked into.
const mostBoth = 20

// both says of what is not as it was left where the log knows both sides: fields that it says were changed to something else than they are.
func (p *LogProof) both(t thing) string {
	if len(p.bad) >= mostBoth {
		return ""
	}
	entries, err := p.Book.DB.History(t.Area, t.Key)
	if err != nil {
		return ""
	}
	now, ok := p.values(t)
	if !ok {
		return ""
	}
	var said []string
	list, _ := auditlog.Since(entries, t.Key, -1) // users and roles say no version
	for _, c := range list {
		if is, known := now(c.Line, c.Field); known && is != c.After {
			said = append(said, fmt.Sprintf("%s %s → %s", c.Field, c.After, is))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return ": " + strings.Join(said, ", ")
}

// ofPeople reads what the log says of a user or a role.
func (p *LogProof) ofPeople(t thing) (get func(line int, field string) (string, bool), ok bool) {
	people, err := store.ReadPeople(p.Book.DB)
	if err != nil {
		return nil, false
	}
	yes := func(is bool) string { return map[bool]string{true: "yes", false: "no"}[is] }
	for i := range people.Users {
		u := &people.Users[i]
		if t.Area != store.AreaUsers || u.Name != t.Key {
			continue
		}
		is := map[string]string{"roles": strings.Join(u.Roles, " "), "active": yes(u.Active), "substitute": u.Substitute, "substitute_from": u.SubstituteFrom, "substitute_to": u.SubstituteUntil, "own": yes(u.Scope.Own)}
		return func(_ int, field string) (string, bool) { v, known := is[field]; return v, known }, true
	}
	for i := range people.Roles {
		r := &people.Roles[i]
		if t.Area != store.AreaRoles || r.Code != t.Key {
			continue
		}
		return func(_ int, object string) (string, bool) {
			space := p.Book.Who().Crew
			if space == nil {
				return "", false
			}
			said := ""
			for _, x := range rights.Rows([]rights.Role{r.Role}, space.Space) {
				if x.Object == object {
					said += x.Verbs + " " + x.Limit + " "
				}
			}
			return said, true
		}, true
	}
	return nil, false
}

// ofChain reads what the log says of a chain of approval: its steps.
func (p *LogProof) ofChain(t thing) (get func(line int, field string) (string, bool), ok bool) {
	chains, err := store.ReadChains(p.Book.DB)
	i := slices.IndexFunc(chains, func(c store.KeptChain) bool { return c.Key() == t.Key })
	if err != nil || i < 0 {
		return nil, false
	}
	return func(_ int, field string) (string, bool) { return chains[i].Said(), field == "steps" }, true
}

// values reads the fields of a thing as they are.
func (p *LogProof) values(t thing) (get func(line int, field string) (string, bool), ok bool) {
	if typ, is := master.ByCode(t.Area); is {
		for _, r := range p.Book.Masters().List(typ.Code) {
			if r.Key() == t.Key {
				return func(_ int, field string) (string, bool) { _, has := typ.Field(field); return r.Get(field), has }, true
			}
		}
		return nil, false
	}
	switch t.Area {
	case store.AreaSettings:
		return nil, false
	case store.AreaUsers, store.AreaRoles:
		return p.ofPeople(t)
	case store.AreaChains:
		return p.ofChain(t)
	}
	id, err := p.Book.DB.SlipID(t.Key)
	if err != nil || id <= 0 {
		return nil, false
	}
	d, err := p.Book.DB.Slip(id)
	if err != nil || d == nil {
		return nil, false
	}
	return func(line int, field string) (string, bool) {
		switch {
		case field == "":
			return "", false
		case line == 0:
			return d.Get(field), true
		case line <= len(d.Lines):
			return d.Lines[line-1].Get(field), true
		}
		return "", false
	}, true
}
