package main

import (
	"errors"
	"time"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
)

// people measures what users cost (8.9): a ten-line delivery that a sales clerk audits at the list's prices, every right of it asked and its entry
// sealed, against the same in a book without users. Both are done in turn, so that a busy machine is as busy for one as for the other.
func (b *bench) people() error {
	open := func(name string) (*shop, error) {
		s, err := open(b.path(name))
		if err == nil {
			err = s.fill(5_000, 0)
		}
		if err == nil {
			s.Now = s.day.Time
		}
		return s, err
	}
	alone, err := open("alone.zg")
	if err != nil {
		return err
	}
	defer alone.Close()
	staffed, err := open("staffed.zg")
	if err != nil {
		return err
	}
	defer staffed.Close()
	clerk, err := hire(staffed.Book)
	if err != nil {
		return err
	}
	const rounds = 400
	with, without := result{work: "audit a 10-line delivery, with users", size: "5k", limit: "1.10×", what: "the same without users, in turn"}, result{}
	one := func(s *shop, by *workflow.Book, r *result) error {
		d := s.delivery()
		for i := range d.Lines {
			d.Lines[i].Price, d.Lines[i].PriceGiven = 0, false // the list's, which a clerk may sell at
		}
		start, began := time.Now(), processor()
		_, err := by.SaveAndAudit(d)
		r.took, r.cpu = append(r.took, time.Since(start)), r.cpu+processor()-began
		return err
	}
	for i := range rounds {
		for n := range 2 {
			var err error
			if (i+n)%2 == 0 {
				err = one(alone, alone.Book, &without)
			} else {
				err = one(staffed, clerk, &with)
			}
			if err != nil {
				return err
			}
		}
	}
	with.floor, with.floorCPU = without.took, without.cpu
	b.add(with)
	took, err := measure(2000, func(int) error {
		for range 1000 { // one is too short for the clock
			if !clerk.Who().May("delivery", "audit") {
				return errNoRight
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.add(result{work: "ask a right 1,000 times", size: "5k", took: took, limit: "1 ms"})
	return nil
}

// errNoRight says that the clerk lacks what his role gives: the measure would be of something else.
var errNoRight = errors.New("the clerk may not audit deliveries")

// hire makes an owner and a sales clerk of the book, and gives it as the clerk has it.
func hire(b *workflow.Book) (*workflow.Book, error) {
	const password = "horse-battery-7"
	if _, err := people.Add(b, "老板", password, nil, ""); err != nil {
		return nil, err
	}
	boss, err := people.SignIn(b, "老板", password)
	if err != nil {
		return nil, err
	}
	for i := range 10 {
		if _, err := people.Add(boss, "小王"+string(rune('A'+i)), "", []string{"sales-clerk"}, ""); err != nil {
			return nil, err
		}
	}
	return b.As("小王A"), nil
}
