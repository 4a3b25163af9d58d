//go:build !linux

package main

import (
	"os"
	"time"
)

// peak is the most memory a process that ended had, in bytes; 0 where it is not measured.
func peak(*os.ProcessState) int64 { return 0 }

// processor is what this process has taken of the processors so far; 0 where it is not measured.
func processor() time.Duration { return 0 }

// small gives back what memory this process does not use.
func small() {}
