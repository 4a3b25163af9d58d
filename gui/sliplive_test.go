package gui

import (
	"slices"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// A Live field is typed on an audited slip and written at once; all else stands shut.
func TestALiveFieldIsTypedAfterAudit(t *testing.T) {
	old := kinds.Delivery.Header
	t.Cleanup(func() { kinds.Delivery.Header = old })
	kinds.Delivery.Header = append(slices.Clone(old), slip.Field{Key: "signed_by", Label: text.T("签收人", "Signed by"), Width: 120, Live: true})
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		f := h.sell("C1", "4")
		h.press("F9")
		field := f.fields["signed_by"]
		if field.Plain || !f.fields["party"].Plain {
			t.Fatal("the wrong fields are open")
		}
		kit.Focus(field.Input)
		h.write("Zhou")
		h.press("Enter")
		d, err := b.Load("XC-202611-0001")
		if err != nil || d.Status != slip.Audited || d.Get("signed_by") != "Zhou" {
			t.Errorf("%s, signed by %q, %v; the window says %s", d.Status, d.Get("signed_by"), err, h.says())
		}
		h.sees("Zhou")
		h.inside()
	})
}
