package auditlog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// FormerHash is the hash of an entry of form 1: before there were users, an entry had fewer values and covered its detail itself.
// The first followed the empty text.
func FormerHash(previous string, at int64, person, verb, key, detail string) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x1f%d\x1f%s\x1f%s\x1f%s\x1f%s", previous, at, person, verb, key, detail))
	return hex.EncodeToString(h[:])
}

// Said is what an entry tells, of which version and of what: an entry of form 1 wrote version and key of a record into its detail.
func (e *Entry) Said() (d Detail, version int64, key string) {
	if e.Form >= Form {
		d, _ = Read(e.Detail) // what cannot be read tells nothing
		return d, e.Version, e.Key
	}
	var was struct {
		Key     string   `json:"key"`
		Version int64    `json:"version"`
		Changes []Change `json:"changes"`
	}
	if json.Unmarshal([]byte(e.Detail), &was) != nil {
		return Detail{Note: e.Detail}, 0, e.Key
	}
	return Detail{Changes: was.Changes}, was.Version, cmp.Or(was.Key, e.Key)
}
