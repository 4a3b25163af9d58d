package paper

import (
	"strings"
	"testing"

	"zhanggui/data/text"
)

// The sheet says the code in one line, large, who it is of, and all it has to say stands on the paper above the line to sign on.
func TestRecoverySheet(t *testing.T) {
	for _, lang := range []text.Lang{text.Zh, text.En} {
		r := &Recovery{Lang: lang, Company: "恒达五金商行", User: "张启明", Code: "7K2MQ-0XJ4R-V9TBN-3HWZE-6PYCD", Day: "2026-11-29"}
		p := layout(t, r)[0]
		said := ""
		for _, o := range p.ops {
			if o.kind != 't' {
				continue
			}
			said += o.text
			if o.text == r.Code && o.size < 24 {
				t.Errorf("the code is %g points high", o.size)
			}
			if o.size == 10 && o.y > 132 && o.y < 134 {
				t.Errorf("%q runs into the foot", o.text)
			}
		}
		for _, want := range append([]string{r.Code, "张启明", "恒达五金商行", "2026-11-29"}, text.T("没有加密", "not encrypted").In(lang), "BitLocker") {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not on it: %s", want, said)
			}
		}
	}
	if _, err := (&Recovery{Code: "7K2MQ"}).pages(); err == nil {
		t.Error("half a code was printed")
	}
}
