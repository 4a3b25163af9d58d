package main

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/seen"
)

// passwordVar is where the password of an encrypted backup is read from.
const passwordVar = "ZG_BACKUP_PASSWORD"

func backup(c *call) error {
	if err := c.need(2, "backup BOOK DEST [--encrypt]"); err != nil {
		return err
	}
	c.asksOnce = true
	password := ""
	if c.flags["encrypt"] != "" {
		var err error
		if password, err = c.password(true); err != nil {
			return err
		}
	}
	return c.book(0, func(b *workflow.Book) (err error) {
		path, done := b.BackupPath(c.words[1]), false
		switch once := c.flags["request"] != ""; {
		case password != "" && once:
			path, done, err = b.BackupEncryptedOnce(c.words[1], password, c.request(0, b.User))
		case password != "":
			path = b.EncryptedPath(c.words[1])
			err = b.BackupEncrypted(path, password)
		case once:
			path, done, err = b.BackupOnce(c.words[1], c.request(0, b.User))
		default:
			err = b.Backup(path)
		}
		if err != nil {
			return err
		}
		if password != "" && !done {
			fmt.Fprintln(c.errOut, "keep the password: without it nobody can open this backup, and nobody can find it out")
		}
		return c.answered(path+"\n", done)
	})
}

// password is that of an encrypted backup: from $ZG_BACKUP_PASSWORD, else asked at the terminal, a new one twice.
func (c *call) password(fresh bool) (string, error) {
	if p := os.Getenv(passwordVar); p != "" {
		return p, nil
	}
	if !c.atTerminal() {
		return "", fault.New(fault.Refused, "加密备份需要密码：请设环境变量 %s", "an encrypted backup wants a password: say it in $%s", passwordVar)
	}
	first, err := c.secret("password of the backup: ")
	if err != nil || !fresh {
		return first, err
	}
	second, err := c.secret("once more: ")
	if err == nil && first != second {
		err = fault.New(fault.Refused, "两次输入的密码不一样", "the two passwords are not the same")
	}
	return first, err
}

// secret asks for what is not shown while it is typed.
func (c *call) secret(prompt string) (string, error) {
	fmt.Fprint(c.errOut, prompt)
	b, err := term.ReadPassword(int(c.in.(*os.File).Fd()))
	fmt.Fprintln(c.errOut)
	if err != nil {
		return "", usage("no password")
	}
	return string(b), nil
}

// restored puts the backup in the book's place for somebody; with a request id not twice (done).
func (c *call) restored(who string) (former string, done bool, err error) {
	once := c.flags["request"] != ""
	if workflow.IsEncrypted(c.words[0]) {
		password, err := c.password(false)
		if err != nil {
			return "", false, err
		}
		if once {
			return workflow.UnlockedOnce(who, c.words[0], c.words[1], password, c.request(1, who), c.words[1]+"\n")
		}
		former, err = workflow.RestoreEncrypted(who, c.words[0], c.words[1], password)
		return former, false, err
	}
	if !once {
		former, err = workflow.RestoreBy(who, c.words[0], c.words[1])
		return former, false, err
	}
	return workflow.RestoredOnce(who, c.words[0], c.words[1], c.request(1, who), c.words[1]+"\n")
}

// mayReplace refuses to put a backup in the place of a book with users to all but its owner. What is no book, or cannot be read, has nobody
// to ask. who is the owner, or who runs the program.
func (c *call) mayReplace(path string) (who string, err error) {
	who = person("admin")
	b, err := workflow.OpenToLook(path)
	if err != nil {
		return who, nil
	}
	mine, err := c.signIn(b)
	if err == nil {
		if f := mine.Who().Needs(rights.Need("book.restore")); f != nil {
			err = f
		}
		if mine.Users() {
			who = mine.User
		}
	}
	return who, errors.Join(err, b.Close())
}

func restore(c *call) error {
	if err := c.need(2, "restore BACKUP BOOK"); err != nil {
		return err
	}
	if err := c.notLooking(); err != nil {
		return err
	}
	who, err := c.mayReplace(c.words[1])
	if err != nil {
		return err
	}
	former, done, err := c.restored(who)
	if err != nil {
		return err
	}
	if done {
		fmt.Fprintln(c.errOut, "done before")
	} else {
		seen.Forget(c.words[1]) // an older book is meant
	}
	fmt.Fprintln(c.out, c.words[1])
	if former != "" {
		fmt.Fprintln(c.errOut, "the former book is kept as", former)
	}
	return nil
}
