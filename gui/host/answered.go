package host

import (
	"errors"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/workflow"
)

// Answered tells of an error of a write whether it is the book's answer: words for people, or what two of them changed. After any other nobody
// knows whether it was done, and the same key is asked by again (M8).
func Answered(err error) bool {
	clash, settings := (*master.Clash)(nil), (*workflow.SettingClash)(nil)
	return len(fault.Of(err)) > 0 || errors.As(err, &clash) || errors.As(err, &settings)
}
