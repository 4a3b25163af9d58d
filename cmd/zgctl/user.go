package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/people"
	"zhanggui/reports/sheet"
)

// notEncrypted is what who switches users on must know (U8).
const notEncrypted = "keep the recovery code locked away: it is shown once. A book's file is not encrypted: who can copy it reads and changes all of it with other tools; rights hold inside the program, the log shows changes. " +
	"Keep it where only the shop's sign-in reads (BitLocker, EFS)"

// users are the people of a book: who there is, what he may, and his passwords (8.2).
func users(c *call) error {
	if err := c.need(2, "user list|add|remove|off|role|set|password|pin|recover|rights BOOK [NAME] ..."); err != nil {
		return err
	}
	verb := c.words[0]
	at := 1
	if !slices.Contains([]string{"list", "add", "remove", "off", "role", "set", "password", "pin", "recover", "rights"}, verb) {
		return usage("unknown verb %q: list, add, remove, off, role, set, password, pin, recover, rights", verb)
	}
	if !slices.Contains([]string{"list", "off"}, verb) && len(c.words) < 3 && c.flags["right"] == "" {
		return usage("user %s needs a NAME", verb)
	}
	c.unnamed, c.changing = verb == "recover", verb == "password"
	return c.book(at, func(b *workflow.Book) error { return c.user(b, verb) })
}

func (c *call) user(b *workflow.Book, verb string) error {
	name := ""
	if len(c.words) > 2 {
		name = c.words[2]
	}
	roles := strings.FieldsFunc(c.flags["role"], func(r rune) bool { return r == ',' || r == ' ' })
	switch verb {
	case "list":
		return c.listUsers(b)
	case "add":
		password, err := c.newPassword(b.Users())
		if err != nil {
			return err
		}
		code, err := people.Add(b, name, password, roles, c.flags["employee"])
		if err == nil && code != "" {
			fmt.Fprintln(c.errOut, notEncrypted)
			fmt.Fprintln(c.out, "recovery", code)
		}
		return err
	case "remove":
		return people.Remove(b, name)
	case "off":
		return people.Off(b)
	case "role":
		return people.Role(b, name, roles)
	case "set":
		var pairs [][2]string
		for _, w := range c.words[3:] {
			key, value, ok := strings.Cut(w, "=")
			if !ok {
				return usage("%q is not KEY=VALUE", w)
			}
			pairs = append(pairs, [2]string{key, value})
		}
		return people.Set(b, name, pairs)
	case "password":
		password, err := c.newPassword(false)
		if err != nil {
			return err
		}
		return people.Password(b, name, c.said, password)
	case "pin":
		pin, err := c.newPassword(false)
		if err != nil {
			return err
		}
		if pin == "" { // nothing was said: that takes none away
			return secret.PIN(pin)
		}
		return people.PIN(b, name, pin)
	case "recover":
		password, err := c.newPassword(false)
		if err != nil {
			return err
		}
		fresh, err := people.Recover(b, name, c.flags["code"], password)
		if err == nil {
			fmt.Fprintln(c.out, "recovery", fresh)
		}
		return err
	}
	return c.rightsOf(b, name)
}

func (c *call) listUsers(b *workflow.Book) error {
	list, err := people.List(b)
	if err != nil {
		return err
	}
	rows := []row{}
	for _, u := range list {
		var r row
		for i, key := range people.Columns {
			r.add(key, u[i])
		}
		rows = append(rows, r)
	}
	return c.lines(rows)
}

// rightsOf tells what a user may, or (--right) who may something.
func (c *call) rightsOf(b *workflow.Book, name string) error {
	rows := []row{}
	if r := c.flags["right"]; r != "" {
		list, err := people.WhoMay(b, r)
		if err != nil {
			return err
		}
		for _, x := range list {
			var r row
			r.add("name", x.Name)
			r.add("limit", x.Limit)
			rows = append(rows, r)
		}
		return c.lines(rows)
	}
	list, err := people.Rights(b, name)
	if err != nil {
		return err
	}
	for _, x := range list {
		var r row
		r.add("right", x.Right)
		r.add("limit", x.Limit)
		r.add("role", strings.Join(x.Roles, " "))
		rows = append(rows, r)
	}
	return c.lines(rows)
}

// signIn is the book as the person has it who runs the command: a book with users wants a name and a password (U2).
func (c *call) signIn(b *workflow.Book) (*workflow.Book, error) {
	name := c.flags["user"]
	switch {
	case !b.Users():
		if name != "" {
			b.User = name
		}
		return b, nil
	case c.unnamed:
		return b, nil
	case name == "":
		return nil, fault.New(fault.Refused, "账套有用户，请加 --user 名字", "this book has users: say --user NAME")
	}
	password, given := os.LookupEnv("ZG_PASSWORD")
	if !given {
		if !c.atTerminal() {
			return nil, fault.New(fault.Refused, "请把密码放在 ZG_PASSWORD 里，或在终端输入", "give the password in $ZG_PASSWORD, or at a terminal")
		}
		var err error
		if password, err = c.hidden("password of " + name + ": "); err != nil {
			return nil, err
		}
	}
	c.said = password
	if c.changing {
		return people.Changing(b, name, password)
	}
	return people.SignIn(b, name, password)
}

// overridden is the book for a command for which another lends what is lacking (O1): one act on one slip.
func (c *call) overridden(b *workflow.Book) (*workflow.Book, error) {
	lender, asked := c.flags["override"]
	if !asked {
		return b, nil
	}
	one := len(c.words) == 2 && c.name == "print" || len(c.words) == 3 && (c.name == "push" || c.name == "import" && c.words[1] == "slips") ||
		c.name == "slip" && (c.words[0] == "set" || len(c.words) == 3 && slices.Contains([]string{"audit", "unaudit", "void"}, c.words[0]))
	if !one {
		return nil, usage("--override goes with one slip: slip set, audit, unaudit or void, print, push, import of slips")
	}
	password, given := os.LookupEnv("ZG_OVERRIDE_PASSWORD")
	if !given {
		if !c.atTerminal() {
			return nil, fault.New(fault.Refused, "请把授权人的密码放在 ZG_OVERRIDE_PASSWORD 里，或在终端输入", "give the lender's password in $ZG_OVERRIDE_PASSWORD, or at a terminal")
		}
		var err error
		if password, err = c.hidden("password of " + lender + ": "); err != nil {
			return nil, err
		}
	}
	return people.Override(b, lender, password, c.flags["reason"])
}

// hidden asks at the terminal for what must not be seen there.
func (c *call) hidden(what string) (string, error) {
	in, ok := c.in.(*os.File)
	if !ok {
		return "", usage("no terminal to ask at")
	}
	fmt.Fprint(c.errOut, what)
	b, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(c.errOut)
	return string(b), err
}

// newPassword is the new password of whom the command names: the first line of standard input, or asked at a terminal; none where it may be
// left out.
func (c *call) newPassword(may bool) (string, error) {
	switch {
	case c.flags["password-stdin"] != "":
		line, err := bufio.NewReader(c.in).ReadString('\n')
		if err != nil && err != io.EOF {
			return "", err
		}
		password := strings.TrimRight(line, "\r\n")
		if password == "" && may { // none was to be read, not none given
			return "", secret.Password("", "")
		}
		return password, nil
	case c.atTerminal():
		return c.hidden("new password: ")
	case may:
		return "", nil
	}
	return "", usage("give the new password with --password-stdin")
}

// importRoles takes files of roles into the book (R7).
func (c *call) importRoles(b *workflow.Book) error {
	for _, path := range c.words[2:] {
		t, err := sheet.Open(path)
		if err != nil {
			return err
		}
		defer t.Close()
		at := map[string]int{}
		for i, h := range t.Header {
			key := strings.ToLower(strings.TrimSpace(h))
			if !slices.Contains(rights.Columns, key) {
				return &fault.Fault{Code: fault.Invalid, Text: fault.New(fault.Invalid, "没有“%s”这一列，可用的列：%s", "unknown column %q; the columns are %s", key, strings.Join(rights.Columns, ", ")).Text, File: t.Name, Row: max(t.Line, 1)}
			}
			at[key] = i
		}
		var rows []rights.Row
		if err := t.Each(func(r exchange.Row) error {
			get := func(key string) string {
				if i, ok := at[key]; ok && i < len(r.Cells) {
					return r.Cells[i]
				}
				return ""
			}
			rows = append(rows, rights.Row{File: t.Name, No: r.Line, Role: get("role"), Object: get("object"), Verbs: get("verbs"), Limit: get("limit"), Name: get("name")})
			return nil
		}); err != nil {
			return err
		}
		made, changed, err := people.Import(b, rows, c.flags["dry-run"] != "")
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s: %d new, %d changed\n", t.Name, made, changed)
	}
	return nil
}

// exportRoles writes the book's roles as a file that reads back unchanged.
func (c *call) exportRoles(b *workflow.Book, path string) error {
	list, err := people.Export(b)
	if err != nil {
		return err
	}
	cols := make([]sheet.Column, len(rights.Columns))
	for i, key := range rights.Columns {
		cols[i].Title = key
	}
	rows := make([][]string, len(list))
	for i, r := range list {
		rows[i] = []string{r.Role, r.Object, r.Verbs, r.Limit, r.Name}
	}
	c.gives("roles", path, len(rows))
	return writeFile(path, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), cols, rows, nil)
}
