//go:build !linux

package files

// sameProgram tells whether what runs under a number is this program, where the system says so.
func sameProgram(int) bool { return true }
