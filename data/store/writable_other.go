//go:build !unix

package store

import "os"

// protected tells whether a file is marked as read-only. Of folders the mark means something else.
func protected(path string) bool {
	i, err := os.Stat(path)
	return err == nil && !i.IsDir() && i.Mode().Perm()&0o222 == 0
}
