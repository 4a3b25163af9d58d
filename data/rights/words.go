package rights

import (
	"strings"

	"zhanggui/data/text"
)

// word is a right that is about no kind, master type or report.
type word struct {
	right Right
	words text.Text // what one may do with it
	scale scale     // of its limit
}

// scale is what a right's limit counts.
type scale int

const (
	unlimited scale = iota
	days
	share // as num.Rate
)

// theWords lists them in order. Nobody but the owner has those of the book that are in no ready role.
var theWords = []word{
	{"see.cost", text.T("查看成本", "see costs"), unlimited},
	{"see.margin", text.T("查看毛利", "see margins"), unlimited},
	{"see.purchase", text.T("查看进价", "see purchase prices"), unlimited},
	{"see.sales", text.T("查看售价", "see sales prices"), unlimited},
	{"see.private", text.T("查看私人资料", "see what is private"), unlimited},
	{"book.close", text.T("结账", "close months"), unlimited},
	{"book.reopen", text.T("反结账", "reopen months"), unlimited},
	{"book.settings", text.T("修改设置", "change settings"), unlimited},
	{"book.chains", text.T("修改审批流", "change approval chains"), unlimited},
	{"book.books", text.T("输出月度账簿", "give out the month's books"), unlimited},
	{"book.log", text.T("查看操作日志", "see the audit log"), unlimited},
	{"book.backup", text.T("备份", "make backups"), unlimited},
	{"book.users", text.T("管理用户和角色", "change users and roles"), unlimited},
	{"book.costing", text.T("更改成本核算", "change the costing"), unlimited},
	{"book.restore", text.T("恢复备份", "restore backups"), unlimited},
	{"book.upgrade", text.T("升级账套", "upgrade the book"), unlimited},
	{"book.erase", text.T("抹除个人资料", "erase personal data"), unlimited},
	{"till.drawer", text.T("打开钱箱", "open the drawer"), unlimited},
	{"till.return-late", text.T("超期退货", "take goods back late"), unlimited},
	{"till.return-no-receipt", text.T("无小票退货", "take goods back without a receipt"), unlimited},
	{"till.refund-other", text.T("改用其他方式退款", "refund by other means"), unlimited},
	{"may.backdate", text.T("倒填日期", "date back"), days},
	{"may.price", text.T("让价", "take off prices"), share},
	{"may.over-credit", text.T("超出信用额度", "go over a credit limit"), unlimited},
	{"may.below-cost", text.T("低于成本销售", "sell below cost"), unlimited},
	{"may.negative", text.T("出成负库存", "take stock below zero"), unlimited},
}

// wordTitles are the words' objects.
var wordTitles = []Object{
	{Code: "see", Class: Words, Title: text.T("查看", "See")},
	{Code: "book", Class: Words, Title: text.T("账套", "Book")},
	{Code: "till", Class: Words, Title: text.T("收银", "Till")},
	{Code: "may", Class: Words, Title: text.T("限额", "Limits")},
}

func wordObjects() []Object { return wordTitles }

func verbsOf(object string) (list []string) {
	for _, w := range theWords {
		if v, ok := strings.CutPrefix(string(w.right), object+"."); ok {
			list = append(list, v)
		}
	}
	return list
}

// wordOf finds the word of a right; ok is false of rights of kinds, masters and reports.
func wordOf(r Right) (word, bool) {
	for _, w := range theWords {
		if w.right == r {
			return w, true
		}
	}
	return word{}, false
}

// scale is what the right's limit counts.
func (r Right) scale() scale { w, _ := wordOf(r); return w.scale }

// Limited tells whether the right has a limit: days back, or a share off.
func (r Right) Limited() bool { return r.scale() != unlimited }
