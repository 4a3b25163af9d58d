package gui

import (
	"context"
	"errors"
	"time"

	"zhanggui/gui/kit"
)

// job is work under way in the background.
type job struct {
	cancel context.CancelFunc
	gone   bool
}

func (j *job) stop() { j.cancel() }

// Work runs f off the main goroutine and then done on it. What takes longer than 0.3 s shows in the message line and can be
// cancelled with Esc; work that was cancelled says so.
func (s *Shell) Work(what string, f func(ctx context.Context) error, done func(error)) {
	if s.Inline {
		done(f(context.Background()))
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{cancel: cancel}
	slow := time.AfterFunc(300*time.Millisecond, func() {
		s.onMain(func() {
			if !j.gone {
				s.busy = j
				s.Say(kit.Working, what+"…  "+s.tr("Esc 取消", "Esc cancels"))
			}
		})
	})
	go func() {
		err := f(ctx)
		slow.Stop()
		s.onMain(func() {
			j.gone = true
			if s.busy == j {
				s.busy = nil
				s.Calm()
			}
			cancel()
			if errors.Is(err, context.Canceled) {
				s.Say(kit.Warning, s.tr("已取消：%s", "cancelled: %s", what))
				return
			}
			done(err)
		})
	}()
}

// Read runs a read in the background and hands its outcome to then on the main goroutine; an error is said.
func Read[T any](s *Shell, what string, f func() (T, error), then func(T)) {
	var v T
	s.Work(what, func(context.Context) (err error) {
		v, err = f()
		return err
	}, func(err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		then(v)
	})
}
