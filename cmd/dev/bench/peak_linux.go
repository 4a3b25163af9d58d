package main

import (
	"os"
	"syscall"
)

// peak is the most memory a process that ended had, in bytes.
func peak(p *os.ProcessState) int64 { return p.SysUsage().(*syscall.Rusage).Maxrss * 1024 }
