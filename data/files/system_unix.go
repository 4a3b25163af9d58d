//go:build unix

package files

import (
	"errors"
	"os"
	"syscall"
)

// Alive tells whether a program of this PC runs.
func Alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// AliveHere tells whether a program like this one runs under a number.
func AliveHere(pid int) bool { return Alive(pid) && sameProgram(pid) }

// Protected tells whether a file or folder cannot be written: its medium is read-only, this person may not, or nobody may.
func Protected(path string) bool {
	i, err := os.Stat(path)
	const write = 2
	return err == nil && (i.Mode().Perm()&0o222 == 0 || syscall.Access(path, write) != nil)
}
