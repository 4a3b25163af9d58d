// Command zgctl is the books without a window: for owners who automate, people who migrate, and tests. It has no rule of
// its own. Exit status: 0 done, 1 refused by a rule or bad data, 2 wrong usage, 3 the book is damaged or a proof fails.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"zhanggui/data/demo"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
	"zhanggui/data/workflow/seen"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a reader that went away is an error like others
	debug.SetGCPercent(50)         // the masters of a large book stay, and rows go by: room for half as much again does
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// command is one verb of the program.
type command struct {
	name, usage string
	run         func(*call) error
}

var commands = []command{
	{"new", "new BOOK [--company NAME] [--start 2026-01] [--costing average|fifo|monthly] [--pool company|warehouse] [--flow direct|invoice] [--taxpayer general|small] [--negative forbid|warn|allow] [--vat 13|3|0] [--lang zh|en] [--KEY VALUE of any setting]", newBook},
	{"set", "set BOOK [KEY=VALUE ...] [--json]", set},
	{"import", "import BOOK KIND FILE... [--dry-run]", importFiles},
	{"export", "export BOOK KIND -o FILE [--versions] [--lang zh|en]", exportFile},
	{"slip", "slip list|show|set|submit|approve|return|withdraw|audit|unaudit|void|close BOOK [NUMBER...] [KEY=VALUE...] [--list L --row N] [--cascade] [--comment TEXT] [--reason TEXT] [--json] [--kind K] [--status S] [--from D] [--to D] [--party C]", slips},
	{"approvals", "approvals BOOK [--all] [--json] | BOOK --ready suda|k3|discount|bank", approvals},
	{"push", "push BOOK NUMBER KIND [--date D] [--line N[,N]] [--audit]", push},
	{"reorder", "reorder BOOK [--by min-max|speed]", reorder},
	{"missing", "missing BOOK NUMBER [--make [--audit]] [--json]", missing},
	{"flow", "flow BOOK NUMBER [--format table|json]", flow},
	{"count", "count new BOOK WAREHOUSE [--from-shelf A] [--to-shelf B] [--category C] [--all] [--date D] [--employee C] | merge BOOK NUMBER... [--same first|last|add|recount] | recount BOOK NUMBER [LINE...] | diff BOOK NUMBER [--json]", counts},
	{"explain", "explain BOOK NUMBER [--json]", explain},
	{"report", "report BOOK NAME " + reportOptions() + "[--format table|csv|json|xlsx|pdf] [-o FILE]; report --list", report},
	{"print", "print BOOK NUMBER... -o FILE.pdf [--paper a4|a5|241x140|241x93|240x140|80mm|58mm, labels 60x40|40x30|70x38|a4] [--plies white,red,yellow] [--as slip|pick-list|label|voucher|request|count-sheet|count-sheet-book|recount-sheet|count-differences] [--merge] [--each] [--number N] [--skip N] [--lang zh|en] [--printer NAME [--copies N]]", printSlips},
	{"label", "label BOOK PRODUCT[=N]... -o FILE.pdf [--paper 60x40|40x30|70x38|a4] [--skip N] [--own] [--lang zh|en]", labels},
	{"books", "books BOOK 2026-01 -o FILE.xlsx", monthBooks},
	{"costing", "costing BOOK [average|fifo|monthly --from 2026-03 [--dry-run]] [--json]", costing},
	{"close", "close BOOK 2026-01", closeMonth},
	{"reopen", "reopen BOOK 2026-01", reopenMonth},
	{"verify", "verify BOOK [--anchor ENTRY:HEX ...]", verify},
	{"status", "status BOOK [--json]", status},
	{"who", "who BOOK [--json]", whoIsIn},
	{"watch", "watch BOOK [--since TICK] [--timeout S] [--json]", watch},
	{"backup", "backup BOOK DEST [--encrypt]", backup},
	{"restore", "restore BACKUP BOOK", restore},
	{"salvage", "salvage DAMAGED NEW [--json]", salvageBook},
	{"demo", "demo BOOK [--size shop|10k|100k|1m] [--seed N] [--lang zh|en] [--today 2026-01-31] [--people (five sign in, everybody by the password " + demo.Password + ")]", makeDemo},
	{"user", "user list BOOK [--json] | add BOOK NAME [--role R[,R]] [--employee C] [--password-stdin] | remove BOOK NAME | off BOOK | role BOOK NAME --role R[,R] | set BOOK NAME KEY=VALUE... | password|pin BOOK NAME [--password-stdin] | recover BOOK NAME --code CODE [--password-stdin] | rights BOOK NAME|--right RIGHT [--json]", users},
}

// call is one invocation: words and flags apart.
type call struct {
	kept   *workflow.Book // the book of a session, named "."
	in     io.Reader
	name   string
	words  []string
	flags  map[string]string
	many   map[string][]string // every value of a flag that may stand several times
	gave   []given
	out    io.Writer
	errOut io.Writer
	// asksOnce: the command makes its request itself.
	asksOnce bool
	// unnamed: the command asks nobody who he is; changing: it is open to who must change his password first; said: the password he gave.
	unnamed, changing bool
	said              string
}

var (
	switches = map[string]bool{"versions": true, "dry-run": true, "cascade": true, "json": true, "encrypt": true, "audit": true, "list": true, "each": true, "merge": true, "all": true, "make": true, "own": true, "people": true, "read-only": true, "password-stdin": true}
	errProof = errors.New("a proof fails")
)

func run(args []string, out, errOut io.Writer) int { return runIn(nil, args, out, errOut) }

// runIn is run within a session of a book, or of none.
func runIn(kept *workflow.Book, args []string, out, errOut io.Writer) int {
	told := &output{w: out}
	status := obey(kept, args, told, errOut)
	if told.err != nil {
		why := told.err
		if f := files.Ailing(why); f != nil {
			why = f
		}
		fmt.Fprintln(errOut, "cannot write the output:", oneLine(why.Error()))
		return 1
	}
	return status
}

// output remembers that what a command said could not be written.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// obey runs one command. What goes wrong inside the program ends in the log.
func obey(kept *workflow.Book, args []string, out, errOut io.Writer) int {
	c := &call{kept: kept, in: os.Stdin, flags: map[string]string{}, many: map[string][]string{}, out: out, errOut: errOut}
	if len(args) > 0 {
		c.name = args[0]
	}
	if len(args) == 0 {
		help(errOut)
		return 2
	}
	if args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		help(out)
		return 0
	}
	for _, cmd := range commands {
		if cmd.name != args[0] {
			continue
		}
		if err := c.parse(cmd, args[1:]); err != nil {
			return c.fail(err)
		}
		return c.fail(fault.Guard(func() error { return cmd.run(c) }))
	}
	return c.fail(usage("unknown command %q; zgctl help lists them", args[0]))
}

func help(w io.Writer) {
	for _, cmd := range commands {
		fmt.Fprintln(w, "zgctl "+cmd.usage)
	}
}

func usage(format string, args ...any) error {
	s := fmt.Sprintf(format, args...)
	return &fault.Fault{Code: fault.Usage, Text: text.T(s, s)}
}

// takes tells whether the usage names the flag; a new book takes every setting.
func (cmd command) takes(flag string) bool {
	if _, ok := workflow.SettingOf(strings.ReplaceAll(flag, "-", "_")); ok && cmd.name == "new" {
		return true
	}
	dashes := "--"
	if flag == "o" {
		dashes = "-"
	}
	return slices.Contains(strings.FieldsFunc(cmd.usage, func(r rune) bool { return strings.ContainsRune(" []|;,", r) }), dashes+flag)
}

// parse takes only the flags the command's usage names.
func (c *call) parse(cmd command, args []string) error {
	for i := 0; i < len(args); i++ {
		name, isFlag := strings.CutPrefix(args[i], "--")
		if args[i] == "-o" {
			name, isFlag = "o", true
		}
		if !isFlag {
			c.words = append(c.words, args[i])
			continue
		}
		name, value, given := strings.Cut(name, "=")
		name = strings.ReplaceAll(name, "_", "-") // in options both are the same
		if !goesWith(name, cmd.name) && !cmd.takes(name) {
			if r, ok := c.reported(cmd); ok {
				return r.Refuse(name)
			}
			return usage("unknown flag --%s; usage: zgctl %s", name, cmd.usage)
		}
		isSwitch := switches[name] && (name != "list" || cmd.name != "slip") // there it names a list of the slip
		if !isSwitch && !given {
			if i++; i >= len(args) {
				return usage("--%s needs a value", name)
			}
			value = args[i]
		}
		if isSwitch {
			switch value {
			case "", "yes", "true", "1":
				value = "yes"
			case "no", "false", "0":
				delete(c.flags, name)
				continue
			default:
				return usage("--%s is a switch: yes or no, not %q", name, value)
			}
		}
		if name == "request" {
			if err := namesRequest(value); err != nil {
				return err
			}
		}
		c.flags[name] = value
		c.many[name] = append(c.many[name], value)
	}
	return nil
}

// goesWith tells of a flag that no usage names: a request id goes with every command that writes, looking and who acts with any, an override with
// those that do one act on a slip (O1).
func goesWith(flag, command string) bool {
	switch flag {
	case "request", "read-only", "user":
		return true
	case "override", "reason":
		return slices.Contains([]string{"slip", "import", "push", "print"}, command)
	}
	return false
}

// fail prints an error, one line each, and gives the exit status.
func (c *call) fail(err error) int {
	if err == nil {
		return 0
	}
	if errors.Is(err, errProof) {
		return 3
	}
	if errors.Is(err, errSaid) {
		return 1
	}
	if o, ok := c.out.(*output); ok && o.err != nil { // told once, by run
		return 1
	}
	list := fault.Of(err)
	if f := files.Ailing(err); len(list) == 0 && f != nil {
		list = fault.List{f}
	}
	if len(list) == 0 {
		first, _, _ := strings.Cut(err.Error(), "\n")
		fmt.Fprintf(c.errOut, "internal error #%s: %s; more in %s\n", files.Log(err), oneLine(first), files.LogPath())
		return 3
	}
	status := 1
	for _, f := range list {
		fmt.Fprintln(c.errOut, oneLine(f.In(text.En)))
		switch f.Code {
		case fault.Usage:
			status = 2
		case fault.Damaged:
			status = 3
		}
	}
	return status
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (c *call) warn(list fault.List) {
	for _, f := range list {
		fmt.Fprintln(c.errOut, "warning:", oneLine(f.In(text.En)))
	}
}

// need checks the number of words.
func (c *call) need(n int, what string) error {
	if len(c.words) < n {
		return usage("missing argument; usage: zgctl %s", what)
	}
	return nil
}

// book opens the book named by word i, runs f and closes it.
func (c *call) book(i int, f func(*workflow.Book) error) error {
	if c.kept != nil && c.words[i] == "." {
		return c.within(i, f)
	}
	open := workflow.Open
	if c.flags["read-only"] != "" {
		open = workflow.OpenToLook
	}
	b, err := open(c.words[i])
	if err != nil {
		return err
	}
	b.User = person(b.User)
	opened := b
	if b, err = c.signIn(b); err != nil {
		return errors.Join(err, opened.Close())
	}
	people.Known(b)
	if b, err = c.overridden(b); err != nil {
		return errors.Join(err, opened.Close())
	}
	if gone := b.File().Gone(); gone != nil {
		fmt.Fprintln(c.errOut, "warning:", gone)
	}
	if broken := b.MarksBroken(); broken != (text.Text{}) {
		fmt.Fprintln(c.errOut, "warning:", broken.En)
	}
	if odd := seen.Odd(b); odd != (text.Text{}) {
		fmt.Fprintln(c.errOut, "warning:", odd.En)
	}
	if c.flags["o"] != "" || c.name == "backup" {
		err = b.MayGive()
	}
	if err == nil && c.flags["request"] != "" && !c.asksOnce {
		err = c.once(i, b, f)
	} else if err == nil {
		err = f(b)
	}
	c.refusedTold(b, err)
	if doubt := b.File().Doubtful(); doubt != nil && err == nil { // what was shown may be wrong
		fmt.Fprintln(c.errOut, doubt)
	}
	seen.Note(b)
	return errors.Join(b.File().Told(err), b.Close())
}

// refusedTold tells the log what rights were lacking, of a command that was no trial.
func (c *call) refusedTold(b *workflow.Book, err error) {
	if c.flags["dry-run"] == "" {
		b.Refused(err)
	}
}

// look is book for what only asks: all of it sees one moment, while others go on writing.
func (c *call) look(i int, f func(*workflow.Book) error) error {
	delete(c.flags, "request") // there is nothing to do twice
	return c.book(i, func(b *workflow.Book) error {
		if err := b.Still(f); err != nil {
			return err
		}
		for _, x := range c.gave {
			if err := b.Exported(x.area, x.path, x.rows); err != nil {
				return err
			}
		}
		return nil
	})
}

// given is a file that a command wrote out of the book.
type given struct {
	area, path string
	rows       int
}

// gives remembers a file for the book's log, which what only asks cannot write; an empty path is none.
func (c *call) gives(area, path string, rows int) {
	if path != "" {
		c.gave = append(c.gave, given{area, path, rows})
	}
}

// lookIf is look where the command only asks this time.
func (c *call) lookIf(asks bool, i int, f func(*workflow.Book) error) error {
	if asks {
		return c.look(i, f)
	}
	return c.book(i, f)
}

// notLooking refuses a command that makes a book, or puts one in another's place, where it is only to look.
func (c *call) notLooking() error {
	if c.flags["read-only"] != "" {
		return workflow.ErrLooking
	}
	return nil
}

func (c *call) date(name string) (text.Date, error) {
	v, ok := c.flags[name]
	if !ok {
		return 0, nil
	}
	d, err := text.ParseDate(v)
	if err != nil {
		return 0, usage("--%s: %q is not a date; write 2026-01-31", name, v)
	}
	return d, nil
}
