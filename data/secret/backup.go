package secret

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"zhanggui/data/fault"
)

// work is how much work opening an encrypted file is: 2 to this power rounds of scrypt, 64 MB, a third of a second. hardest is what the
// program does for a file that claims to need more.
const work, hardest = 16, 20

const ageHead = "age-encryption.org/v1\n"

// IsEncrypted tells by a file's first bytes whether Encrypt made it, or the age program.
func IsEncrypted(head []byte) bool { return bytes.HasPrefix(head, []byte(ageHead)) }

// Encrypt gives a stream that writes into w what is written to it, encrypted by the password; it must be closed. The file is one of
// age's, which other programs open too. A password that will not do is refused.
func Encrypt(w io.Writer, password string) (io.WriteCloser, error) {
	if err := Password("", password); err != nil {
		return nil, err
	}
	to, err := age.NewScryptRecipient(normal(password))
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	to.SetWorkFactor(work)
	out, err := age.Encrypt(w, to)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return out, nil
}

// Decrypt gives the stream that was encrypted. A wrong password is refused at once; a file cut short or changed is a Damaged fault, at
// once or while it is read: what was read until then is not to be kept.
func Decrypt(r io.Reader, password string) (io.Reader, error) {
	by, err := age.NewScryptIdentity(normal(password))
	if err != nil {
		return nil, wrongPassword()
	}
	by.SetMaxWorkFactor(hardest)
	in, err := age.Decrypt(r, by)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, wrongPassword()
	case err != nil:
		return nil, damaged()
	}
	return &opened{in}, nil
}

// opened tells damage of the file in words.
type opened struct{ from io.Reader }

func (o *opened) Read(p []byte) (int, error) {
	n, err := o.from.Read(p)
	if err != nil && err != io.EOF {
		err = damaged()
	}
	return n, err
}

func wrongPassword() error {
	return fault.New(fault.Refused, "密码不对，打不开加密文件", "the password does not open the encrypted file")
}

func damaged() error {
	return fault.New(fault.Damaged, "加密文件不完整，或被改过", "the encrypted file is not whole, or was changed")
}
