package binder

import (
	"errors"

	"zhanggui/data/fault"
	"zhanggui/reports"
)

// batch is how many rows are handed over at once, and waiting how many such batches may wait to be written.
const batch, waiting = 256, 4

var errNotWanted = errors.New("rows are not wanted any more")

// beside has rows read here and written in a goroutine of its own: of a long sheet both take long. Its error is that of the writing, else that
// of the reading.
func beside(each func(give func(reports.Row) error) error, write func(reports.Row) error) error {
	batches, stopped := make(chan []reports.Row, waiting), make(chan struct{})
	written := fault.Go(func() error {
		defer close(stopped)
		for list := range batches {
			for _, row := range list {
				if err := write(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
	err := handOver(each, batches, stopped)
	if failed := <-written; failed != nil {
		return failed
	}
	return err
}

// handOver hands rows on until there are no more, or nobody takes them.
func handOver(each func(give func(reports.Row) error) error, batches chan<- []reports.Row, stopped <-chan struct{}) error {
	defer close(batches)
	list := make([]reports.Row, 0, batch)
	hand := func() error {
		select {
		case batches <- list:
			list = make([]reports.Row, 0, batch)
			return nil
		case <-stopped:
			return errNotWanted
		}
	}
	err := each(func(row reports.Row) error {
		if list = append(list, row); len(list) < batch {
			return nil
		}
		return hand()
	})
	if err == nil && len(list) > 0 {
		err = hand()
	}
	return err
}
