package people

import (
	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/reports/print"
)

// plainly is what users do for a book and what they do not (U8), as Help, the switching on and the recovery sheet say it.
var plainly = []text.Text{
	text.T("账套文件没有加密：谁能拷走这个文件，谁就能用别的工具看到并改动里面的一切。", "The book's file is not encrypted: who can copy it reads and changes all of it with other tools."),
	text.T("权限在本程序里有效；绕过程序的改动，核对账套时由操作日志指出来。", "Rights hold inside this program; what was changed around it, the audit log shows when the book is verified."),
	text.T("把文件放在只有本店 Windows 帐户能读的地方（BitLocker 或 EFS）；备份可以加密。", "Keep the file where only the shop's own Windows account reads it (BitLocker or EFS); backups can be encrypted."),
}

// cannot is what the log cannot prove.
var cannot = []text.Text{
	text.T("操作日志证明不了的：拿着文件、懂工具又有时间的人，可以把最后一个留在外面的锚点", "What the audit log cannot prove: what one with the file, a tool and time reckons wholly anew"),
	text.T("（月度账簿封面、备份、本机的记忆）之后的日志整个重算一遍；", "after the last anchor kept outside (cover of the month's books, a backup, this PC's memory);"),
	text.T("也看不出那之后从末尾截掉的登录、打印和导出。", "nor sign-ins, prints and exports that were cut off its end after it."),
}

// said are lines in the window's language.
func said(s host.Host, list ...text.Text) (lines []string) {
	for _, t := range list {
		lines = append(lines, s.T(t))
	}
	return lines
}

// Plainly says what users do for a book, and what the log cannot prove.
func Plainly(s host.Host) {
	lines := append(said(s, plainly...), "")
	s.Ask(s.Tr("用户、权限和日志：说明白", "Users, rights and the log: said plainly"), append(lines, said(s, cannot...)...), host.Answer{Label: text.T("关闭", "Close")})
}

// how is how a recovery code is used.
var how = text.T("忘了密码时，登录屏上按 F2 用它换一个新密码；用过一次就换成新的码。", "Who forgot the password presses F2 at signing in and takes another one by it; the code is then another one.")

// ShowCode shows an owner's recovery code, which is shown once, and prints the recovery sheet.
func ShowCode(s host.Host, name, code string) {
	lines := []string{s.Tr("%s 的恢复码，只显示这一次，请打印或抄下来锁好：", "The recovery code of %s. It is shown this once: print it or write it down, and lock it away.", name), "", code, "", s.T(how), ""}
	s.Ask(s.Tr("恢复码", "Recovery code"), append(lines, said(s, plainly...)...), host.Answer{Label: text.T("抄好了", "It is written down")},
		host.Answer{Label: text.T("打印恢复单", "Print the sheet"), Key: fyne.KeyP, Run: func() { printCode(s, name, code) }})
}

// printCode previews the recovery sheet.
func printCode(s host.Host, name, code string) {
	s.ShowPaper(host.PlainPaper(text.T("恢复单", "Recovery sheet"), "settings", func(b *workflow.Book, o print.Options) ([]byte, error) {
		return print.Recovery(b, name, code, append([]text.Text{how}, plainly...), o.Lang)
	}))
}
