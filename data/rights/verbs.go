package rights

import "zhanggui/data/text"

// verb is what may be done, as files write it and as people read it.
type verb struct {
	code  string
	words text.Text
}

var (
	verbs = []verb{
		{"see", text.T("查看", "see")}, {"enter", text.T("录入", "enter")}, {"terms", text.T("修改条件：", "agree terms of")}, {"audit", text.T("审核", "audit")},
		{"unaudit", text.T("反审核", "un-audit")}, {"void", text.T("作废", "void")}, {"delete", text.T("删除", "delete")}, {"print", text.T("打印", "print")}, {"export", text.T("导出", "export")}}
	kindVerbs   = []string{"see", "enter", "audit", "unaudit", "void", "print", "export"}
	masterVerbs = []string{"see", "enter", "terms", "delete", "export"}
	reportVerbs = []string{"see", "export"}
)

// VerbWords are a verb's words, by its code.
func VerbWords(code string) text.Text {
	for _, v := range verbs {
		if v.code == code {
			return v.words
		}
	}
	return text.T(code, code)
}
