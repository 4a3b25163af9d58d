package rights

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Refusal is what is said to who may not (R6). Place, where there is one, is the fault's.
type Refusal struct {
	Right Right
	Name  string // of who may not
	Far   Limit  // how far he wanted to go, of a limited right; 0: it has no limit, or is missing as such
	Most  Limit  // how far he may; 0: not at all
	May   []string
}

// told is how many names a refusal tells.
const told = 3

// About is what a refusal's fault is told by from others: the window offers to ask who may.
const About = "right"

// Fault is the refusal in words: RIGHT: NAME may not VERB OBJECT[, LIMIT]; who may: A, B, C (n more).
func (s *Space) Fault(r Refusal) *fault.Fault {
	what, limit := s.Words(r.Right), r.limit()
	f := &fault.Fault{Code: fault.Refused, Text: text.Text{
		Zh: string(r.Right) + "：不能" + what.Zh + limit.Zh + s.mayZh(r),
		En: string(r.Right) + ": " + text.Short(r.Name) + " may not " + what.En + limit.En + mayEn(r.May),
	}}
	return f.Named(About)
}

// Words are what a right is, to follow "may": audit payment, 审核付款单.
func (s *Space) Words(r Right) text.Text {
	if w, is := wordOf(r); is {
		return w.words
	}
	v := VerbWords(r.Verb())
	o, ok := s.Object(r.Object())
	if !ok {
		return text.T(v.Zh+r.Object(), v.En+" "+r.Object())
	}
	return text.T(v.Zh+o.Title.Zh, v.En+" "+small(o.Title.En))
}

// small begins a title with a small letter, as within a sentence; ABC and VAT stay.
func small(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:min(1, len(s))]) + s[min(1, len(s)):]
}

// limit says how far he wanted to go and may.
func (r Refusal) limit() text.Text {
	far := text.Text{}
	most := text.Text{}
	switch scale := r.Right.scale(); {
	case r.Far <= 0 || scale == unlimited:
		return text.Text{}
	case scale == days:
		far, most = text.Tf("，%d 天", ", %d {day|days}", int64(r.Far)), text.Tf("（至多 %d 天）", " (at most %d)", int64(r.Most))
	default:
		far, most = text.Tf("，%s", ", %s", num.Rate(r.Far).Percent()), text.Tf("（至多 %s）", " (at most %s)", num.Rate(r.Most).Percent())
	}
	if r.Most <= 0 {
		return far
	}
	return text.T(far.Zh+most.Zh, far.En+most.En)
}

func (s *Space) mayZh(r Refusal) string {
	names := strings.Join(r.May[:min(told, len(r.May))], "、")
	if len(r.May) > told {
		names += text.Tf(" 等 %d 人", "", len(r.May)).Zh
	}
	switch {
	case names == "":
		return "；没有人有此权限"
	case s.Lendable(r.Right):
		return "；可由 " + names + " 授权"
	}
	return "；有此权限的：" + names
}

func mayEn(may []string) string {
	if len(may) == 0 {
		return "; who may: nobody"
	}
	s := "; who may: " + strings.Join(may[:min(told, len(may))], ", ")
	if n := len(may) - told; n > 0 {
		s += text.Tf("", " (%d more)", n).En
	}
	return s
}
