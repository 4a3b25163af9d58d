package secret

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// IsEncryptedFile tells whether a file was encrypted; one that cannot be read was not.
func IsEncryptedFile(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(ageHead))
	_, err = io.ReadFull(f, head)
	return err == nil && IsEncrypted(head)
}

// Opens tells by an error whether a password does not open an encrypted file; what is in it is not read through.
func Opens(path, password string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = Decrypt(f, password)
	return err
}

// EncryptFile writes a file anew, encrypted, under another name, which only this person may read. It is read back before it gets its name;
// where anything fails nothing stays of it.
func EncryptFile(from, dest, password string) error {
	sum := sha256.New()
	return written(from, dest, func(in io.Reader, out *os.File) error {
		enc, err := Encrypt(out, password)
		if err != nil {
			return err
		}
		if _, err := io.Copy(enc, io.TeeReader(in, sum)); err != nil {
			return err
		}
		if err := enc.Close(); err != nil {
			return err
		}
		return sameWithin(out, password, sum)
	})
}

// sameWithin reads an encrypted file back: what is in it must be what was put in.
func sameWithin(f *os.File, password string, sum hash.Hash) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in, err := Decrypt(f, password)
	if err != nil {
		return err
	}
	back := sha256.New()
	if _, err := io.Copy(back, in); err != nil {
		return err
	}
	if string(back.Sum(nil)) != string(sum.Sum(nil)) {
		return damaged()
	}
	return nil
}

// DecryptFile writes what is in an encrypted file under another name, which only this person may read. Where the password is wrong, or the
// file is not whole, nothing stays of it.
func DecryptFile(from, dest, password string) error {
	return written(from, dest, func(in io.Reader, out *os.File) error {
		dec, err := Decrypt(in, password)
		if err == nil {
			_, err = io.Copy(out, dec)
		}
		return err
	})
}

// written lets f write one file from another, first under a name of its own; a file that is there is not touched.
func written(from, dest string, f func(in io.Reader, out *os.File) error) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(dest), ".zg-*.part") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	err = f(in, out)
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return err
	}
	if _, err := os.Lstat(dest); err == nil {
		return fmt.Errorf("%s: %w", dest, os.ErrExist)
	}
	return os.Rename(out.Name(), dest)
}
