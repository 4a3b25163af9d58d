package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
	"zhanggui/data/workflow/who"
)

// mostLine is how long a command of a session may be.
const mostLine = 16 << 20

func init() { // it runs the other commands, so it cannot stand among them from the start
	commands = append(commands, command{"session", "session BOOK [--user NAME] [--read-only]", session})
}

// session keeps a book open and runs a command a line of standard input, a JSON array with the book as "."; an answer a line (W6).
func session(c *call) error {
	if err := c.need(1, "session BOOK [--user NAME]"); err != nil {
		return err
	}
	return c.book(0, func(b *workflow.Book) error {
		if err := who.Enter(b, "zgctl", "session"); err != nil {
			return err
		}
		in := bufio.NewScanner(c.in)
		in.Buffer(nil, mostLine)
		answers := json.NewEncoder(c.out)
		answers.SetEscapeHTML(false)
		for in.Scan() {
			if len(bytes.TrimSpace(in.Bytes())) == 0 {
				continue
			}
			var out, errOut bytes.Buffer
			var args []string
			rc := 2
			if err := json.Unmarshal(in.Bytes(), &args); err != nil || len(args) == 0 || slices.Contains([]string{"session", "restore"}, args[0]) {
				errOut.WriteString("a line is a JSON array of a command and its words, not session or restore\n")
			} else {
				rc = runIn(b, args, &out, &errOut)
			}
			answer := struct {
				RC  int    `json:"rc"`
				Out string `json:"out"`
				Err string `json:"err"`
			}{rc, out.String(), errOut.String()}
			if err := answers.Encode(answer); err != nil {
				return err
			}
		}
		if err := people.Leave(b, people.SignOut); err != nil {
			return err
		}
		return in.Err()
	})
}

// within runs f on the session's book, brought to its newest commit.
func (c *call) within(i int, f func(*workflow.Book) error) error {
	_, err := c.kept.File().Refresh()
	if err == nil && c.flags["read-only"] != "" && !c.kept.File().Looking() {
		if err = c.stillIn(c.kept); err != nil {
			return err
		}
		return c.lookApart(f)
	}
	b := c.kept
	if err == nil {
		err = c.stillIn(b)
	}
	if err == nil {
		b, err = c.overridden(b)
	}
	if err == nil && c.flags["request"] != "" && !c.asksOnce {
		err = c.once(i, b, f)
	} else if err == nil {
		err = f(b)
	}
	c.refusedTold(b, err)
	return c.kept.File().Told(err)
}

// stillIn refuses a line of a session that says who acts, which the session did, or a password, for its input is commands; and every line
// once its person is no active user or has to change his password.
func (c *call) stillIn(b *workflow.Book) error {
	if _, said := c.flags["user"]; said {
		return fault.New(fault.Refused, "会话已登录为 %s：行里不能用 --user", "the session works as %s: a line takes no --user", b.User)
	}
	if c.flags["password-stdin"] != "" {
		return fault.New(fault.Refused, "会话里读不到密码：请在会话外修改", "a session has no password to read: do it outside the session")
	}
	if c.unnamed {
		return nil
	}
	if f := b.Who().Crew.Here(b.User, c.changing); f != nil {
		return f
	}
	return nil
}

// lookApart runs f on the session's book opened once more, only to look.
func (c *call) lookApart(f func(*workflow.Book) error) error {
	b, err := workflow.OpenToLook(c.kept.Path())
	if err != nil {
		return err
	}
	b.User = c.kept.User
	return errors.Join(b.File().Told(f(b)), b.Close())
}
