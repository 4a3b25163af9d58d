package sheet

import "testing"

// TestACellOfNoKnownTypeIsAnError: the workbook is not written, the program goes on.
func TestACellOfNoKnownTypeIsAnError(t *testing.T) {
	var s spool
	for _, v := range []any{nil, "words", 1.5} {
		if err := s.cell("B", 3, 0, v, ""); err != nil {
			t.Errorf("%v: %v", v, err)
		}
	}
	have := len(s.buf)
	if err := s.cell("B", 3, 0, 1+2i, ""); err == nil || err.Error() != "sheet: cell B3 is a complex128" || len(s.buf) != have {
		t.Errorf("%v, %d bytes more", err, len(s.buf)-have)
	}
}
