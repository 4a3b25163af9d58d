package files

import (
	"fmt"
	"os"
)

// sameProgram tells whether what runs under a number is this program, and not one that got the number later.
func sameProgram(pid int) bool {
	mine, err := os.Readlink("/proc/self/exe")
	theirs, err2 := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	return err != nil || err2 != nil || mine == theirs
}
