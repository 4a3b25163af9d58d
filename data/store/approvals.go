package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/slip"
)

// Chains of approval, and what was done by them (8.6). A chain is changed by whole rows. What was done about a slip is only ever added to,
// an act a row, and is part of the slip's seal.

// AreaChains is the area of changes and of the log that chains of approval are.
const AreaChains = "approval-chains"

// What is known of whether the book has chains.
const (
	unknown int32 = iota
	none
	some
)

// KeptChain is a chain of approval of the book. One without steps was taken away: its row stays, so that the log's last word about it holds.
type KeptChain struct {
	ID int64
	approval.Chain
	Version int64
	torn    string // what stands in place of steps that cannot be read
}

// Key names the chain in the log: one code may have chains of several kinds.
func (c *KeptChain) Key() string { return c.Code + " " + c.Kind }

func (c *KeptChain) values() (v auditlog.Values) {
	steps, _ := json.Marshal(c.Steps)
	if c.Torn {
		steps = []byte(c.torn)
	}
	for _, x := range [][2]string{{"chain", c.Code}, {"kind", c.Kind}, {"department", c.Department}, {"name", c.Name}, {"active", strconv.FormatBool(!c.Off)}, {"steps", string(steps)}, {"version", fmt.Sprint(c.Version)}} {
		v.Put(x[0], x[1])
	}
	return v
}

// PutChain writes a chain, new where it has no row yet; its version rises.
func (tx *Tx) PutChain(c *KeptChain) (err error) {
	if c.ID == 0 {
		if c.ID, err = tx.nextID("chain"); err != nil {
			return err
		}
	}
	c.Version++
	c.Torn = false // it is written whole
	steps, err := json.Marshal(c.Steps)
	if err != nil {
		return fmt.Errorf("chain %s: %w", c.Key(), err)
	}
	tx.touch(AreaChains, c.ID)
	tx.unseal(unsealed{change: change{AreaChains, c.ID}})
	tx.db.memory.acted.Store(some)
	_, err = tx.exec(`INSERT OR REPLACE INTO chain (id, code, kind, department, name, active, steps, version) VALUES (`+marks(8)+`)`,
		c.ID, c.Code, c.Kind, c.Department, c.Name, !c.Off, string(steps), c.Version)
	return err
}

// readChains reads all chains, also those that were taken away.
func readChains(q Query) ([]KeptChain, error) {
	return ReadableChains(q, nil)
}

// ReadableChains are the chains of a damaged book that can be made out; unread hears of the others; nil: they are there, torn.
func ReadableChains(q Query, unread func(key string, err error) error) (list []KeptChain, err error) {
	err = each(q, `SELECT id, code, kind, department, name, active, steps, version FROM chain ORDER BY id`, nil, func(scan func(...any) error) error {
		var c KeptChain
		var active bool
		var steps string
		err := scan(&c.ID, &c.Code, &c.Kind, &c.Department, &c.Name, &active, &steps, &c.Version)
		if err == nil && json.Unmarshal([]byte(steps), &c.Steps) != nil {
			c.Steps, c.Torn, c.torn = nil, true, steps
		}
		if c.Torn && unread != nil {
			err = errTorn
		}
		if err != nil && unread == nil {
			return err
		}
		if err != nil {
			return unread(strings.TrimSpace(c.Key()), err)
		}
		c.Off = !active
		list = append(list, c)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("chains: %w", err)
	}
	return list, nil
}

// ReadChains reads the chains as q sees them, in the order they came; also those that were taken away, which have no steps.
func ReadChains(q Query) ([]KeptChain, error) { return readChains(q) }

// KeptAct is something done about the approval of a slip. Round is, of a submit, the round it began: the copy of the steps.
type KeptAct struct {
	ID, Slip int64
	approval.Act
	Round string
}

const actColumns = `id, slip_id, verb, step, title, person, for_, at, comment, version, seal, round`

// PutAct adds what was done about the approval of a slip.
func (tx *Tx) PutAct(d *slip.Doc, a approval.Act, round string) error {
	id, err := tx.nextID("approval")
	if err != nil {
		return err
	}
	tx.touch(d.Kind, d.ID)
	tx.unsealSlip(d.Kind, d.ID)
	_, err = tx.exec(`INSERT INTO approval (`+actColumns+`) VALUES (`+marks(12)+`)`, id, d.ID, string(a.Verb), a.Step, a.Title, a.Person, a.For, a.At.UnixMilli(), a.Comment, a.Version, a.Seal, round)
	return err
}

// ActsOf lists what was done about the approval of a slip as q sees it, oldest first.
func ActsOf(q Query, slip int64) ([]KeptAct, error) { return acts(q, `slip_id = ?`, slip) }

// Acts lists what was done about approvals of any slip in a span of moments, in milliseconds, oldest first.
func (db *Reader) Acts(from, until int64) ([]KeptAct, error) {
	return acts(db, `at >= ? AND at < ?`, from, until)
}

func acts(q Query, where string, args ...any) (list []KeptAct, err error) {
	err = each(q, `SELECT `+actColumns+` FROM approval WHERE `+where+` ORDER BY id`, args, func(scan func(...any) error) error {
		var a KeptAct
		var verb string
		var at int64
		err := scan(&a.ID, &a.Slip, &verb, &a.Step, &a.Title, &a.Person, &a.For, &at, &a.Comment, &a.Version, &a.Seal, &a.Round)
		a.Verb, a.At = approval.Verb(verb), time.UnixMilli(at)
		list = append(list, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("approvals: %w", err)
	}
	return list, nil
}

// actsSealed are a slip's acts as its seal has them. Of a book that never had a chain nothing is read.
func actsSealed(q Query, db *Reader, id int64) (v auditlog.Values, err error) {
	if db.memory.acted.Load() == unknown {
		has, err := one(q, `SELECT 1 FROM chain LIMIT 1`, nil, new(int))
		if err != nil {
			return nil, err
		}
		db.memory.acted.Store(map[bool]int32{false: none, true: some}[has])
	}
	if db.memory.acted.Load() != some {
		return nil, nil
	}
	list, err := ActsOf(q, id)
	for _, a := range list {
		said, _ := json.Marshal([]string{string(a.Verb), strconv.Itoa(a.Step), a.Title, a.Person, a.For, strconv.FormatInt(a.At.UnixMilli(), 10), a.Comment, strconv.FormatInt(a.Version, 10), a.Seal, a.Round})
		v.Put("approval", string(said))
	}
	return v, err
}

// A slip that waits is kept with what decides for whom (approval.Round.Standing): few texts, whatever the number of slips, so that what
// waits for somebody is found without reading a round. Who holds a role is looked up when it is asked.

// PutWaiting says what a slip waits for since a moment, and when it was submitted; no state: it waits for nothing.
func (tx *Tx) PutWaiting(id int64, submitted, since time.Time, state string) error {
	if state == "" {
		_, err := tx.exec(`DELETE FROM waiting WHERE slip_id = ?`, id)
		return err
	}
	_, err := tx.exec(`INSERT OR REPLACE INTO waiting (slip_id, submitted, since, state) VALUES (?, ?, ?, ?)`, id, submitted.UnixMilli(), since.UnixMilli(), state)
	return err
}

// Stands is how many slips wait in one state, and since when (in milliseconds) the oldest of them.
type Stands struct {
	State string
	N     int
	Since int64
}

// WaitingStates are the states slips wait in.
func (db *Reader) WaitingStates() ([]Stands, error) {
	return list[Stands](db, `SELECT state, COUNT(*) AS n, MIN(since) AS since FROM waiting GROUP BY state`)
}

// Waits is a slip that waits: for what, since when, and when it was submitted, in milliseconds.
type Waits struct {
	ID, Submitted, Since int64
	State                string
}

// Waiting are slips that wait in one of the states, those submitted first before the others: so many of them (0: all) from one on.
func (db *Reader) Waiting(states []string, from, most int) ([]Waits, error) {
	if most == 0 {
		most = -1
	}
	return list[Waits](db, `SELECT slip_id AS id, submitted, since, state FROM waiting WHERE state IN (`+quoted(states)+`) ORDER BY submitted, slip_id LIMIT ? OFFSET ?`, most, from)
}

// Unsettled are the slips that were submitted and are not audited, or given back.
func (db *Reader) Unsettled() (ids []int64, err error) {
	err = each(db, `SELECT id FROM slip WHERE status IN (?, ?) ORDER BY id`, []any{string(slip.Submitted), string(slip.Approved)}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// ReturnedTo counts the drafts of a maker, of some kinds, that were given back to him and not submitted since.
func (db *Reader) ReturnedTo(maker string, kinds []string) (n int, err error) {
	_, err = one(db, `SELECT COUNT(*) FROM slip s WHERE s.kind IN (`+quoted(kinds)+`) AND s.status = 'draft' AND s.maker = ?
		AND (SELECT a.verb FROM approval a WHERE a.slip_id = s.id ORDER BY a.id DESC LIMIT 1) = ?`, []any{maker, string(approval.Return)}, &n)
	return n, err
}

// ReturnedSlips are the numbers of what ReturnedTo counts, those given back last first.
func (db *Reader) ReturnedSlips(maker string, kinds []string) (list []string, err error) {
	err = each(db, `SELECT s.number FROM slip s WHERE s.kind IN (`+quoted(kinds)+`) AND s.status = 'draft' AND s.maker = ?
		AND (SELECT a.verb FROM approval a WHERE a.slip_id = s.id ORDER BY a.id DESC LIMIT 1) = ? ORDER BY s.id DESC`, []any{maker, string(approval.Return)}, func(scan func(...any) error) error {
		n := ""
		err := scan(&n)
		list = append(list, n)
		return err
	})
	return list, err
}

// OthersOf tells whether a party has another slip than this one that was audited: two first drafts do not make a party known.
func (tx *Tx) OthersOf(party, but int64) (bool, error) {
	return one(tx, `SELECT 1 FROM slip WHERE party_id = ? AND id <> ? AND status IN (`+live+`) LIMIT 1`, []any{party, but}, new(int))
}
