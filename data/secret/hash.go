package secret

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// cost is how much work a hash is: memory in KiB, times over it, lanes.
type cost struct {
	memory, time uint32
	lanes        uint8
}

// today is what new hashes cost: 0.1 s on two busy cores. dearest is what one read from a book may cost, which somebody may have written there.
var (
	today   = cost{19456, 2, 1}
	dearest = cost{1 << 20, 16, 8}
)

const saltLen, tagLen = 16, 32

// Hash is what is kept of a password, PIN or recovery code: argon2id in its standard text, with a salt of its own.
func Hash(secret string) string {
	h := hashed{cost: today, salt: random(saltLen)}
	h.tag = h.of(secret)
	return h.String()
}

// Matches tells whether the secret is the one that was hashed. It takes the same time however wrong the secret is, and where nothing is kept:
// of a name that is none, kept is empty.
func Matches(kept, secret string) bool {
	h, is := asKept(kept)
	same := subtle.ConstantTimeCompare(h.of(secret), h.tag) == 1
	return same && is
}

// asKept reads a hash; what is none stands for one that costs as much and matches nothing.
func asKept(kept string) (h hashed, is bool) {
	h, err := parse(kept)
	if err != nil {
		h = hashed{cost: today, salt: make([]byte, saltLen), tag: make([]byte, tagLen)}
	}
	return h, err == nil
}

// Outgrown tells whether a hash costs less than those made today, so that it is made anew when the secret is next known.
func Outgrown(kept string) bool {
	h, err := parse(kept)
	return err != nil || h.memory < today.memory || h.time < today.time || len(h.salt) < saltLen || len(h.tag) < tagLen
}

// hashed is a hash with what it was made of.
type hashed struct {
	cost
	salt, tag []byte
}

// of hashes a secret at this cost. What is longer than any secret is wrong, whatever it costs.
func (h hashed) of(secret string) []byte {
	if len(secret) > longest*utf8.UTFMax {
		secret = ""
	}
	return argon2.IDKey([]byte(normal(secret)), h.salt, h.time, h.memory, h.lanes, uint32(max(len(h.tag), tagLen)))
}

var base = base64.RawStdEncoding

// String is the standard text: $argon2id$v=19$m=19456,t=2,p=1$SALT$TAG.
func (h hashed) String() string {
	return fmt.Sprintf("$argon2id$v=%d$%s$%s$%s", argon2.Version, h.cost, base.EncodeToString(h.salt), base.EncodeToString(h.tag))
}

func (c cost) String() string { return fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.time, c.lanes) }

func parse(kept string) (h hashed, err error) {
	p := strings.Split(kept, "$")
	if len(p) != 6 || p[0] != "" || p[1] != "argon2id" || p[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, fmt.Errorf("no hash of argon2id: %.20q", kept)
	}
	if h.cost, err = parseCost(p[3]); err != nil {
		return h, err
	}
	if h.salt, err = base.DecodeString(p[4]); err != nil {
		return h, fmt.Errorf("salt of a hash: %w", err)
	}
	if h.tag, err = base.DecodeString(p[5]); err != nil {
		return h, fmt.Errorf("tag of a hash: %w", err)
	}
	if len(h.salt) < 8 || len(h.tag) < 16 || len(h.salt) > 64 || len(h.tag) > 64 {
		return h, fmt.Errorf("a hash with a salt of %d and a tag of %d bytes", len(h.salt), len(h.tag))
	}
	return h, nil
}

func parseCost(s string) (c cost, err error) {
	if _, err := fmt.Sscanf(s, "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.lanes); err != nil || c.String() != s {
		return c, fmt.Errorf("cost of a hash: %.40q", s)
	}
	if c.memory < 8 || c.time < 1 || c.lanes < 1 || c.memory > dearest.memory || c.time > dearest.time || c.lanes > dearest.lanes {
		return c, fmt.Errorf("a hash that costs %s", c)
	}
	return c, nil
}

// random are n bytes nobody can guess.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program rather
	return b
}
