package exchange

import "hash/maphash"

// seen is what an import remembers of the slips it went past. A file may have a million of them, so they are known by a mark made of their kind
// and number instead of by these: two marks in a file of a million are alike once in some forty million files, and not when it is read again.
type seen struct {
	seed   maphash.Seed
	began  map[uint64]int32    // at which line of the file
	given  map[uint64]int64    // the slip that got another number than the file says
	failed map[uint64]struct{} // by number alone
}

func newSeen() *seen {
	return &seen{maphash.MakeSeed(), map[uint64]int32{}, map[uint64]int64{}, map[uint64]struct{}{}}
}

func (s *seen) key(kind, number string) uint64 {
	return maphash.Comparable(s.seed, [2]string{kind, number})
}

func (s *seen) fail(number string) { s.failed[s.key("", number)] = struct{}{} }

func (s *seen) hasFailed(number string) bool {
	_, is := s.failed[s.key("", number)]
	return is
}
