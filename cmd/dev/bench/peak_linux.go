package main

import (
	"os"
	"runtime/debug"
	"syscall"
	"time"
)

// peak is the most memory a process that ended had, in bytes.
func peak(p *os.ProcessState) int64 { return p.SysUsage().(*syscall.Rusage).Maxrss * 1024 }

// processor is what this process has taken of the processors so far.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// small gives back what memory this process does not use, and forgets its own peak: Linux counts a parent's peak to the program it starts.
func small() {
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}
