package paper

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// Recovery is the sheet 恢复单 that an owner locks away: the code by which he gets in again when his password is forgotten, and what a book without
// it, and its file as such, are worth. A5; it is printed once, for the code is kept nowhere.
type Recovery struct {
	Lang          text.Lang
	Company, User string
	Code          string // in five groups
	Day           string
	Shift         Shift
}

var (
	wordRecovery     = text.T("恢复单", "Recovery sheet")
	wordRecoveryUser = text.T("用户（老板）", "User (owner)")
	wordRecoveryDay  = text.T("日期", "Date")
	wordRecoveryCode = text.T("恢复码", "Recovery code")
	wordRecoveryKept = text.T("收存人签字", "Kept by")
	recoverySays     = []text.Text{
		text.T("忘了密码时，在登录画面选“用恢复码找回”，或用 zgctl user recover，凭它设一个新密码。它只能用一次：用过就作废，另打一张新的。", "When the password is forgotten it sets a new one: by \"By the recovery code\" where one signs in, or by zgctl user recover. It works once: then it is void, and a new sheet is printed."),
		text.T("谁有它，谁就是老板。锁在保险柜里；不拍照，不存在电脑里。账套里不留它，丢了谁也找不回。", "Whoever has it is the owner. Lock it away; take no photo of it, keep it in no computer. The book does not hold it: once lost, nobody finds it."),
		text.T("账套文件没有加密：能复制它的人可以用别的工具读、改全部内容。权限只在本程序里有效，改动由操作日志显出来。请把它放在只有本店的 Windows 登录能读的地方（BitLocker、EFS），或放在 PostgreSQL 上。", "A book's file is not encrypted: who can copy it reads and changes all of it with other tools. Rights hold inside the program, the audit log shows changes. Keep it where only the shop's sign-in of Windows reads (BitLocker, EFS), or on PostgreSQL."),
		text.T("加密备份的密码不是这个码：那个密码丢了，备份就再也打不开。", "The password of an encrypted backup is another: where that is lost, nobody opens the backup again."),
	}
)

func (r *Recovery) meta() meta { return heading(r.Lang, "", wordRecovery, "") }

func (r *Recovery) pages() ([]page, error) {
	if strings.Count(r.Code, "-") != 4 {
		return nil, fault.New(fault.Invalid, "恢复码应有五组", "a recovery code has five groups").At("code")
	}
	const x, w = 12.0, 186.0
	p := page{w: 210, h: 148, dx: r.Shift.X, dy: r.Shift.Y}
	title := wordRecovery.In(r.Lang)
	if r.Lang == text.Zh {
		title = spaced(title)
	}
	company := safe(r.Company)
	p.text(x+w/2, 8, 7, company, shrink(company, 13, true, w), true, middle)
	p.text(x+w/2, 15, 8, title, 16, true, middle)
	p.frame(x, 26, w, 30, 0.35)
	p.line(x, 35, x+w, 35, a4Grid)
	p.line(x+w/2, 26, x+w/2, 35, a4Grid)
	for i, f := range []Field{{Label: wordRecoveryUser.In(r.Lang), Value: r.User}, {Label: wordRecoveryDay.In(r.Lang), Value: r.Day}} {
		at := x + 2 + float64(i)*w/2
		l := label(r.Lang, f.Label)
		p.text(at, 26, 9, l, 10, false, left)
		lw := width(l, 10, false) + 1.5
		v := safe(f.Value)
		p.text(micro(at+lw), 26, 9, v, shrink(v, 11, true, w/2-4-lw), true, left)
	}
	p.text(x+2, 35.5, 6, label(r.Lang, wordRecoveryCode.In(r.Lang)), 10, false, left)
	p.text(x+w/2, 39, 15, r.Code, 26, true, middle)
	y := 60.0
	for _, s := range recoverySays {
		for i, l := range wrap(safe(s.In(r.Lang)), 10, false, w-5) {
			if i == 0 {
				p.text(x, y, 5, "•", 10, true, left)
			}
			p.text(x+4, y, 5, l, 10, false, left)
			y += 5
		}
		y += 1.2
	}
	p.text(x+w/2, 134, 6, label(r.Lang, wordRecoveryKept.In(r.Lang)), 10, false, left)
	p.line(x+w/2+30, 139.5, x+w, 139.5, 0.2)
	return []page{p}, nil
}
