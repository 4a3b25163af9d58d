// Package demo makes the demo company 演示账套: Hengda Hardware 恒达五金商行 with its products, customers, suppliers and
// months of slips, so that a first look finds a shop at work. Everything goes through the use cases of workflow; nothing
// is written past them. The same seed and day give the same book. Three words: seed 种子, day 日期, habit 付款习惯.
package demo

import (
	"context"
	"errors"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Options choose the company to make. The zero value is the shop in Chinese, ending today.
type Options struct {
	Size     string              // shop (default), or for measuring 10k, 100k, 1m lines of goods
	Seed     uint64              // another seed, another course of trade; 0 is 1
	Lang     text.Lang           // language of the book; the other one stands in name2
	Today    text.Date           // the last day of trade; 0 is the current day
	People   bool                // of the shop: five people sign in, and have signed for a month (Members, Password)
	Progress func(done, all int) // called in between, with steps done and steps in all; may be nil

	now time.Time
}

// Make creates the book at path and fills it. It refuses an existing file. A cancelled context or an error leaves no file
// behind. The open book comes back.
func Make(ctx context.Context, path string, o Options) (*workflow.Book, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	b, err := workflow.Create(path, o.settings())
	if err != nil {
		return nil, err
	}
	if err = fill(ctx, b, o); err != nil {
		b.Abandon()
		if errors.Is(err, context.Canceled) {
			err = fault.New(fault.Refused, "已取消，未生成演示账套", "cancelled; no demo book was made")
		}
		return nil, err
	}
	b.User, b.Now = "admin", time.Now
	return b, nil
}

func (o *Options) complete() error {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Lang == "" {
		o.Lang = text.Zh
	}
	o.now = time.Now()
	if o.Today == 0 {
		o.Today = text.DateOf(o.now)
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if _, large := scales[o.Size]; large && o.People {
		return fault.New(fault.Usage, "带人员的演示账套只有 shop 这种规模", "a demo with people is of the size shop").At("size")
	}
	if _, ok := scales[o.Size]; ok || o.Size == "" || o.Size == "shop" {
		return nil
	}
	return fault.New(fault.Usage, "演示账套没有“%s”这种规模，可选 shop、10k、100k、1m", "there is no demo of size %q; choose shop, 10k, 100k or 1m", o.Size).At("size")
}

// settings of the company: the shop begins two months before the month of the last day, a large one years before.
func (o *Options) settings() workflow.Settings {
	start := o.Today.Month().Prev().Prev()
	if l, ok := scales[o.Size]; ok {
		start = o.Today.Month() - text.Month(l.years)*100
	}
	return workflow.Settings{Company: o.say("恒达五金商行", "Hengda Hardware"), Address: o.say("苏州市吴中区宝带东路288号", "288 Baodai East Rd, Wuzhong, Suzhou"),
		Phone: "0512-0000 8288", Start: start, VAT: vat, Lang: o.Lang}
}

func (o *Options) say(zh, en string) string { return text.T(zh, en).In(o.Lang) }

func fill(ctx context.Context, b *workflow.Book, o Options) error {
	until := o.Today
	if o.People {
		o.Today = until.AddDays(-peopled)
	}
	s := newShop(b, o)
	if l, ok := scales[o.Size]; ok {
		return (&wholesaler{shop: s, size: l, last: map[string]int{}}).fill(ctx)
	}
	if err := s.masters(); err != nil {
		return err
	}
	if err := s.trade(ctx); err != nil {
		return err
	}
	if err := s.workshop(); err != nil || !o.People {
		return err
	}
	return s.people(ctx, until)
}
