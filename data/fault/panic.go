package fault

import (
	"fmt"
	"runtime/debug"
	"time"
)

// Panic is a programming error that was caught, with the trace of where it happened first.
type Panic struct {
	Value any
	Stack []byte
}

// Caught wraps what recover gave; one that was caught before keeps its first trace, nil stays nil.
func Caught(v any) any {
	if _, again := v.(*Panic); v == nil || again {
		return v
	}
	return &Panic{v, debug.Stack()}
}

// Error says what happened, and where.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.Value, p.Stack) }

// Guard runs f and gives a panic in it back as an error.
func Guard(f func() error) (err error) {
	defer func() {
		if p, bad := Caught(recover()).(*Panic); bad {
			err = p
		}
	}()
	return f()
}

// Go is the one way to work beside: f runs in a goroutine of its own, and its outcome, a panic in it too, comes on the channel. Who never
// asks for the outcome guards what it does by itself.
func Go(f func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- Guard(f) }()
	return done
}

// After runs f in a while, beside; a panic in it is told.
func After(d time.Duration, f func(), told func(error)) *time.Timer {
	return time.AfterFunc(d, func() {
		if err := Guard(func() error { f(); return nil }); err != nil {
			told(err)
		}
	})
}

// Caused are words for people with the cause for the log.
type Caused struct {
	*Fault
	Cause error
}

// Unwrap gives both.
func (c *Caused) Unwrap() []error { return []error{c.Fault, c.Cause} }

// Because joins words and cause.
func Because(f *Fault, cause error) error { return &Caused{f, cause} }
