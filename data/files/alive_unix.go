//go:build unix

package files

import (
	"errors"
	"syscall"
)

// Alive tells whether a program of this PC runs.
func Alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// AliveHere tells whether a program like this one runs under a number.
func AliveHere(pid int) bool { return Alive(pid) && sameProgram(pid) }
