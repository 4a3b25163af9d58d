package files

import (
	"runtime/debug"
	"runtime/metrics"
)

// Lean has memory given back as soon as it is free, from so many bytes on, until the function it returns is called: on a busy machine that would
// come late. A program that holds much already has some room beyond that.
func Lean(bytes int64) (end func()) {
	const room = 64 << 20
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	was := debug.SetMemoryLimit(max(bytes, int64(live[0].Value.Uint64())+room))
	return func() { debug.SetMemoryLimit(was) }
}
