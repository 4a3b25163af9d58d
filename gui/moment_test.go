package gui

import (
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/reports/print"
)

// M11: a paper is of one moment. Another program renames the company between two questions of the paper; it sees the former name twice, the
// next paper the new one.
func TestAPaperIsOfOneMoment(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	other := h.other()
	var saw [][2]string // by each laying out: its first and its last question
	h.s.ShowPaper(host.PlainPaper(text.T("纸", "Paper"), "reports", func(still *workflow.Book, o print.Options) ([]byte, error) {
		n := len(saw)
		saw = append(saw, [2]string{still.Settings().Company})
		if n == 0 { // the window hears of it and lays the paper out anew
			h.does(other.Set(map[string]string{"company": "New Shop"}))
		}
		m, err := still.DB.Settings()
		saw[n][1] = m["company"]
		if err := still.Set(map[string]string{"company": "Third"}); err != workflow.ErrLooking {
			t.Errorf("a paper may write: %v", err)
		}
		return nil, err
	}))
	if len(saw) != 2 || saw[0] != [2]string{"Shop", "Shop"} || saw[1] != [2]string{"New Shop", "New Shop"} {
		t.Errorf("the papers saw %v", saw)
	}
}
