package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// Key is the owner's key: with it the end of the log is marked each time the owner signs in (J5). In the book it lies wrapped only.
type Key []byte

// NewKey makes an owner's key.
func NewKey() Key { return random(32) }

// Mark is the owner's mark on an entry of the log and its hash: nobody without the key makes another that holds.
func (k Key) Mark(entry int64, hash string) string { return hex.EncodeToString(k.mark(entry, hash)) }

// ID tells keys apart: it stands with a mark, and says nothing of the key; of none it is empty.
func (k Key) ID() string {
	if len(k) == 0 {
		return ""
	}
	m := hmac.New(sha256.New, k)
	m.Write([]byte("zhanggui-key-1"))
	return hex.EncodeToString(m.Sum(nil)[:8])
}

func (k Key) mark(entry int64, hash string) []byte {
	m := hmac.New(sha256.New, k)
	fmt.Fprintf(m, "zhanggui-mark-1 %d %s", entry, hash)
	return m.Sum(nil)
}

// Holds tells, in constant time, whether the mark was made by this key.
func (k Key) Holds(mark string, entry int64, hash string) bool {
	b, err := hex.DecodeString(mark)
	return err == nil && hmac.Equal(b, k.mark(entry, hash))
}

const wrapped = "$zgkey$v=1"

// ErrWrap says that the secret does not open the key, or that what was kept of it is no wrapped key any more.
var ErrWrap = errors.New("the key cannot be unwrapped")

// Wrap is the key as it is kept: locked by a password or a recovery code through argon2id and XChaCha20-Poly1305.
func (k Key) Wrap(secret string) (string, error) {
	salt, nonce := random(saltLen), random(chacha20poly1305.NonceSizeX)
	box, err := chacha20poly1305.NewX(wrapKey(secret, today, salt))
	if err != nil {
		return "", fmt.Errorf("wrap the owner's key: %w", err)
	}
	head := wrapped + "$" + today.String() + "$" + base.EncodeToString(salt)
	return head + "$" + base.EncodeToString(box.Seal(nonce, nonce, k, []byte(head))), nil
}

// Unwrap gives the key back; ErrWrap where the secret is another.
func Unwrap(kept, secret string) (Key, error) {
	at := strings.LastIndexByte(kept, '$')
	p := strings.Split(kept, "$")
	if len(p) != 6 || !strings.HasPrefix(kept, wrapped+"$") {
		return nil, ErrWrap
	}
	c, err := parseCost(p[3])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWrap, err)
	}
	salt, err1 := base.DecodeString(p[4])
	sealed, err2 := base.DecodeString(p[5])
	if err := errors.Join(err1, err2); err != nil || len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, ErrWrap
	}
	box, err := chacha20poly1305.NewX(wrapKey(secret, c, salt))
	if err != nil {
		return nil, fmt.Errorf("unwrap the owner's key: %w", err)
	}
	k, err := box.Open(nil, sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:], []byte(kept[:at]))
	if err != nil {
		return nil, ErrWrap
	}
	return k, nil
}

func wrapKey(secret string, c cost, salt []byte) []byte {
	return argon2.IDKey([]byte(normal(secret)), salt, c.time, c.memory, c.lanes, chacha20poly1305.KeySize)
}
