package fault

import (
	"fmt"
	"runtime/debug"
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

// Caused are words for people with the cause for the log.
type Caused struct {
	*Fault
	Cause error
}

// Unwrap gives both.
func (c *Caused) Unwrap() []error { return []error{c.Fault, c.Cause} }

// Because joins words and cause.
func Because(f *Fault, cause error) error { return &Caused{f, cause} }
