package parts

import (
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/data/workflow/who"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// Held is who else types in a slip or a record, and since when; after it took it over, or before this window typed.
type Held struct {
	Who  string
	At   time.Time
	Took bool
}

// HeldBy tells who else types in what a key of who names, nil: nobody, or what is typed here came later. Typed tells whether something of it is
// typed here.
func HeldBy(s host.Host, list []who.Person, key string, typed bool) *Held {
	p, since, ok := who.Holder(list, key)
	if !ok || s.Book().Looking() {
		return nil
	}
	if own, known := ownSince(list, key); typed && !(known && since.After(own)) {
		return nil
	}
	return &Held{s.Tr("%s（%s）", "%s (%s)", p.Name, p.PC), since, typed}
}

// ownSince is since when this window types in something, as the others know it.
func ownSince(list []who.Person, key string) (time.Time, bool) {
	for _, p := range list {
		for _, e := range p.Editing {
			if p.Self && e.Key == key {
				return e.Since, true
			}
		}
	}
	return time.Time{}, false
}

// Same tells whether nothing changed.
func (h *Held) Same(o *Held) bool {
	return h == o || h != nil && o != nil && h.Who == o.Who && h.Took == o.Took && h.At.Equal(o.At)
}

// Reads tells whether what another types in is here to read: until it is taken over, and unless it was typed in here before.
func (h *Held) Reads() bool { return h != nil && !h.Took }

// Show is the strip of who else types in it.
func (h *Held) Show(s host.Host, notice *fyne.Container, takeOver func()) {
	words, verb := s.Tr("%s自 %s 起正在修改，这里只看", "%s edits since %s; here it is to read", h.Who, h.At.Format("15:04")), s.Tr("接手", "take over")
	if h.Took {
		words, verb = s.Tr("%s %s 接手了；您录入的都还在，保存时与对方的合并", "%s took over at %s; what you typed is still here, and is merged when it is saved", h.Who, h.At.Format("15:04")), s.Tr("接回来", "take it back")
	}
	Set(notice, kit.Notice(kit.Warning, words, kit.Offer{Key: fyne.KeyF2, Label: verb, Run: takeOver}))
}
