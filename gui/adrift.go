package gui

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// A book whose file was moved, removed or replaced while it is open: every write is refused, what was open lies beside the old place, and a
// strip over all screens says so until the book is closed.

// lookAdrift looks after the book's file in the background; what is typed and not saved follows what was laid beside.
func (s *Shell) lookAdrift() {
	b := s.Book()
	if b == nil {
		return
	}
	s.quietly(b.Adrift, func(err error) {
		if s.Book() != b || (err == nil) == (s.adrift == nil) {
			return
		}
		s.adrift = err
		if err != nil {
			for _, t := range s.tabs {
				if k, ok := t.screen.(keeper); ok {
					k.Keep()
				}
			}
			s.desk.flush()
		}
		s.drawAdrift()
		s.fit()
	})
}

// drawAdrift shows or takes back the strip: what happened, and where all of it lies now.
func (s *Shell) drawAdrift() {
	if s.adrift == nil {
		parts.Set(s.strip)
		return
	}
	words := s.words(s.adrift)
	if list := fault.Of(s.adrift); len(list) > 0 {
		words = list[0].Text.In(s.lang)
	}
	parts.Set(s.strip, kit.NoticeLines(kit.Refusal, sentences(words)...))
}

// sentences parts words where a sentence, or a half of one, ends, so that a long path has a line of its own.
func sentences(words string) (list []string) {
	from := 0
	runes := []rune(words)
	for i, r := range runes {
		end := r == '；' || r == '。' || i+1 < len(runes) && (r == ';' || r == '.') && runes[i+1] == ' '
		if end && i+1 < len(runes) {
			list = append(list, strings.TrimSpace(string(runes[from:i+1])))
			from = i + 1
		}
	}
	return append(list, strings.TrimSpace(string(runes[from:])))
}
