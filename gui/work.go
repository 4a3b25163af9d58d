package gui

import (
	"context"
	"errors"
	"time"

	"zhanggui/data/fault"
	"zhanggui/gui/kit"
)

// job is work under way in the background. One that blocks keeps the keyboard until it is done: what it changes is in sight.
type job struct {
	cancel context.CancelFunc
	blocks bool
	stops  bool // where Esc is pressed
}

// How long the main goroutine waits for work before it goes on without it: shorter than anybody sees. What is done by then is
// shown at once, without a flicker, and keys typed meanwhile are heard afterwards.
const (
	readWait  = 40 * time.Millisecond
	writeWait = 200 * time.Millisecond
)

// Work runs f off the main goroutine and then done on it. What takes longer than 0.3 s shows in the message line.
func (s *Shell) Work(what string, f func() error, done func(error)) {
	s.work(what, readWait, &job{}, func(context.Context) error { return f() }, done)
}

// Write is Work that changes what is in sight: until it is done the keyboard is not heard.
func (s *Shell) Write(what string, f func() error, done func(error)) {
	s.work(what, writeWait, &job{blocks: true}, func(context.Context) error { return f() }, done)
}

// Long is Work that Esc stops, because f heeds its context; the line says so, and that it was cancelled.
func (s *Shell) Long(what string, f func(ctx context.Context) error, done func(error)) {
	s.work(what, readWait, &job{stops: true}, f, done)
}

// LongWrite is Write that Esc stops; what it had not finished is as it was.
func (s *Shell) LongWrite(what string, f func(ctx context.Context) error, done func(error)) {
	s.work(what, writeWait, &job{blocks: true, stops: true}, f, done)
}

func (s *Shell) work(what string, wait time.Duration, j *job, f func(ctx context.Context) error, done func(error)) {
	if s.inline {
		done(fault.Guard(func() error { return f(context.Background()) }))
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	outcome := fault.Go(func() error { return f(ctx) })
	select {
	case err := <-outcome:
		cancel()
		done(err)
		return
	case <-time.After(wait):
	}
	j.cancel = cancel
	if j.blocks {
		s.busy = j
	}
	fault.Go(func() error { s.await(j, what, outcome, done); return nil })
}

// await shows slow work and hands its outcome over.
func (s *Shell) await(j *job, what string, outcome <-chan error, done func(error)) {
	var err error
	select {
	case err = <-outcome:
	case <-time.After(260 * time.Millisecond):
		s.onMain(func() {
			s.busy = j
			s.sayBusy(j, what, "")
		})
		err = s.waits(j, what, outcome)
	}
	s.onMain(func() {
		j.cancel()
		if s.busy == j {
			s.busy = nil
			s.Calm()
		}
		if errors.Is(err, context.Canceled) {
			s.Say(kit.Warning, s.tr("已取消：%s", "cancelled: %s", what))
			return
		}
		done(err)
	})
}

// sayBusy says what work is under way, and what it waits for.
func (s *Shell) sayBusy(j *job, what, waits string) {
	words := what + "…"
	if waits != "" {
		words += "  " + waits
	}
	if j.stops {
		words += "  " + s.tr("Esc 取消", "Esc cancels")
	}
	s.Say(kit.Working, words)
}

// looksForWaiting is how often slow work is asked whether it waits for another program.
const looksForWaiting = 100 * time.Millisecond

// waits is the outcome of slow work; meanwhile the line says whose writing it waits for (M10), as long as it does.
func (s *Shell) waits(j *job, what string, outcome <-chan error) error {
	b, said := s.Book(), ""
	every := time.NewTicker(looksForWaiting)
	defer every.Stop()
	for {
		select {
		case err := <-outcome:
			return err
		case <-every.C:
		}
		words := ""
		if b != nil {
			if t, ok := b.Waits(); ok {
				words = s.T(t)
			}
		}
		if words == said {
			continue
		}
		said = words
		s.onMain(func() {
			if s.busy == j {
				s.sayBusy(j, what, words)
			}
		})
	}
}

// quietly runs f in the background without a word, and then done on the main goroutine: what only refreshes what is in sight.
func (s *Shell) quietly(f func() error, done func(error)) {
	if s.inline {
		done(fault.Guard(f))
		return
	}
	fault.Go(func() error {
		err := fault.Guard(f)
		s.onMain(func() { done(err) })
		return nil
	})
}

// Later runs f on the main goroutine in a while.
func (s *Shell) Later(d time.Duration, f func()) *time.Timer {
	return fault.After(d, func() { s.onMain(f) }, s.Caught)
}

// Caught says and logs what went wrong inside the program, wherever it was, and the window goes on.
func (s *Shell) Caught(err error) { s.onMain(func() { s.Fail(err) }) }

// goesOn runs f on the main goroutine; what goes wrong inside the program is said and logged, and the window goes on.
func (s *Shell) goesOn(f func()) {
	err := fault.Guard(func() error { f(); return nil })
	if err != nil {
		s.Fail(err)
	}
}
