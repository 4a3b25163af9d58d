package auditlog

import "zhanggui/data/text"

// Verb is what an entry says was done, and its words.
type Verb struct {
	Code  string
	Title text.Text
}

// Verbs lists what is logged (J1). Reading on the screen is not; what leaves the program in a file or on paper is.
var Verbs = []Verb{
	{"sign-in", text.T("登录", "Signed in")}, {"sign-in-failed", text.T("登录失败", "Failed to sign in")}, {"sign-out", text.T("退出", "Signed out")}, {"lock", text.T("锁屏", "Locked")}, {"switch", text.T("换人", "Switched user")},
	{"new", text.T("新建", "New")}, {"save", text.T("修改", "Saved")}, {"audit", text.T("审核", "Audited")}, {"unaudit", text.T("反审核", "Un-audited")}, {"void", text.T("作废", "Voided")}, {"close", text.T("关闭", "Closed")},
	{"push", text.T("下推", "Pushed")}, {"pick", text.T("拣货", "Picked")}, {"merge", text.T("合并", "Merged")},
	{"submit", text.T("提交审批", "Submitted")}, {"approve", text.T("批准", "Approved")}, {"return", text.T("退回", "Returned")}, {"withdraw", text.T("撤回", "Withdrew")}, {"fell-away", text.T("审批作废", "Approvals fell away")}, {"execute", text.T("执行", "Carried out")},
	{"print", text.T("打印", "Printed")}, {"export", text.T("导出", "Exported")}, {"backup", text.T("备份", "Backed up")}, {"restore", text.T("恢复", "Restored")},
	{"master-new", text.T("新增资料", "New record")}, {"master", text.T("修改资料", "Changed record")}, {"master-delete", text.T("删除资料", "Deleted record")}, {"import", text.T("导入", "Imported")},
	{"settings", text.T("修改设置", "Changed settings")}, {"close-month", text.T("结账", "Closed month")}, {"reopen", text.T("反结账", "Reopened month")},
	{"user", text.T("修改用户", "Changed user")}, {"role", text.T("修改角色", "Changed role")}, {"chain", text.T("修改审批流", "Changed chain")}, {"password", text.T("修改密码", "Changed password")}, {"pin", text.T("修改 PIN", "Changed PIN")}, {"recover", text.T("用恢复码登录", "Recovered")},
	{"override", text.T("授权", "Override")}, {"refused", text.T("被拒绝", "Refused")}, {"erase", text.T("抹除个人资料", "Erased personal data")}, {"drawer", text.T("开钱箱", "Opened drawer")}, {"set", text.T("修改", "Changed")}, {"create", text.T("建账", "Created")}, {"repost", text.T("重新过账", "Posted anew")}, {"upgrade", text.T("升级", "Upgraded")},
}

// VerbTitle are a verb's words; a verb that is not among them says itself.
func VerbTitle(code string) text.Text {
	for _, v := range Verbs {
		if v.Code == code {
			return v.Title
		}
	}
	return text.T(code, code)
}
