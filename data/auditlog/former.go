package auditlog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// FormerHash is the hash of an entry of form 1: before there were users, an entry had fewer values and covered its detail itself.
// The first followed the empty text.
func FormerHash(previous string, at int64, person, verb, key, detail string) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x1f%d\x1f%s\x1f%s\x1f%s\x1f%s", previous, at, person, verb, key, detail))
	return hex.EncodeToString(h[:])
}
