//go:build unix

package store

import (
	"os"
	"syscall"
)

// protected tells whether a file or folder cannot be written: its medium is read-only, this person may not, or nobody may.
func protected(path string) bool {
	i, err := os.Stat(path)
	const write = 2
	return err == nil && (i.Mode().Perm()&0o222 == 0 || syscall.Access(path, write) != nil)
}
