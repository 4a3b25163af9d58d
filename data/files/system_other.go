//go:build !unix

package files

import "os"

// Alive tells whether a program of this PC runs.
func Alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err == nil {
		p.Release()
	}
	return err == nil
}

// AliveHere tells whether a program like this one runs under a number.
func AliveHere(pid int) bool { return Alive(pid) && sameProgram(pid) }

// Protected tells whether a file is marked as read-only. Of folders the mark means something else.
func Protected(path string) bool {
	i, err := os.Stat(path)
	return err == nil && !i.IsDir() && i.Mode().Perm()&0o222 == 0
}
