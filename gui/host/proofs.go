package host

import (
	"context"
	"time"

	"zhanggui/data/workflow"
)

// Proofs are how the last verification of the book went, and how far one under way is.
type Proofs struct {
	At      time.Time // zero: none yet
	List    []workflow.Proof
	Err     error
	Changed bool // the book has changed since
	Running bool
	Done    []workflow.Proof // of the run under way
	All     int
	Cancel  context.CancelFunc
}

// Stop ends a run under way; what was known before stays.
func (p *Proofs) Stop() {
	if p.Cancel != nil {
		p.Cancel()
	}
}

// Known tells whether the book was ever verified.
func (p *Proofs) Known() bool { return !p.At.IsZero() }

// Holds tells whether the books agree.
func (p *Proofs) Holds() bool {
	for _, x := range p.List {
		if !x.Holds() {
			return false
		}
	}
	return p.Err == nil
}

// Prover is a screen that shows proofs: it hears when there is more to tell of them.
type Prover interface{ Proved() }
