package gui

import (
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// live tells whether a header field may be changed though the slip is audited: it posts nothing.
func (f *slipForm) live(x slip.Field) bool { return x.Live && f.doc.Status.Live() && !f.correcting }

// setLive writes such a field at once; there is nothing to save on an audited slip. What is refused is as it was.
func (f *slipForm) setLive(x slip.Field, v string) {
	s, number, version := f.s, f.doc.Number, f.doc.Version
	s.Work(s.tr("正在保存 %s", "saving %s", number), func() error {
		_, _, err := s.Book().Change(number, version, []workflow.Change{{Key: x.Key, Value: v}})
		return err
	}, func(err error) {
		if err != nil {
			s.Fail(err)
			f.fields[x.Key].SetValue(f.doc.Get(x.Key))
		}
	})
}
