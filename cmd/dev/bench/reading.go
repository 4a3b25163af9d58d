package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"zhanggui/data/master"
	"zhanggui/reports/paper/raster"
	"zhanggui/reports/print"
)

// picker types words letter by letter into a picker over 100,000 products.
func (b *bench) picker() error {
	const n = 100_000
	set, rnd := master.NewSet(), rand.New(rand.NewPCG(1, 2))
	var all strings.Builder
	for i := range n {
		r := &master.Record{ID: int64(i + 1), Type: master.Products, Values: map[string]string{"code": product(i), "name": name(rnd), "spec": spec(i), "barcode": barcode(i)}}
		set.Put(r)
		all.WriteString(r.Get("code") + r.Get("name") + r.Get("spec") + r.Get("barcode") + " ")
	}
	first, err := measure(1, func(int) error { set.Search(master.Products.Code, "", 1, nil); return nil })
	if err != nil {
		return err
	}
	b.add(result{work: "picker: make the index", size: "100,000 products", took: first})
	uses := func(r *master.Record) int { return int(r.ID % 5) }
	var keys []string
	for _, word := range []string{"lsd", "hxls", "ccdz", "bxgbs m8", "螺丝刀", "长城 10", "p0512", "6900039", "jmj 3×", "M12×40", "dzz", "zxls"} {
		letters := []rune(word)
		for i := range letters {
			keys = append(keys, string(letters[:i+1]))
		}
	}
	took, err := measure(5*len(keys), func(i int) error { set.Search(master.Products.Code, keys[i%len(keys)], 50, uses); return nil })
	if err != nil {
		return err
	}
	text := []byte(all.String())
	least, err := measure(100, func(int) error { bytes.Count(text, []byte("\x00")); return nil })
	b.add(result{work: "picker: a letter typed", size: "100,000 products", took: took, limit: "p99 16 ms", floor: least, what: "the names' bytes read"})
	return err
}

// print measures papers: a thousand vouchers in one file, one alone, and the preview of a page.
func (b *bench) print() error {
	s, err := open(b.path("print.zg"))
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.fill(12_000, 0); err != nil {
		return err
	}
	list, err := s.DB.Listed(nil, "delivery", "", 0, 0, 0)
	if err != nil {
		return err
	}
	var numbers []string
	for _, r := range list[:min(1000, len(list))] {
		numbers = append(numbers, r.Number)
	}
	if len(numbers) < 960 {
		return fmt.Errorf("only %d deliveries to print", len(numbers))
	}
	var file, page []byte
	took, err := measure(1, func(int) (err error) { file, err = print.Slip(s.Book, numbers, print.Options{}); return err })
	if err != nil {
		return err
	}
	least, err := b.written(file)
	if err != nil {
		return err
	}
	b.add(result{work: fmt.Sprintf("%d vouchers to one PDF", len(numbers)), size: fmt.Sprintf("%d KB", len(file)/1024), took: took, limit: "2 s", floor: least, what: "its bytes copied to disk, one fsync"})
	took, err = measure(20, func(i int) (err error) { page, err = print.Slip(s.Book, numbers[i:i+1], print.Options{}); return err })
	if err != nil {
		return err
	}
	if least, err = b.written(page); err != nil {
		return err
	}
	b.add(result{work: "one voucher to PDF, warm", size: fmt.Sprintf("%d KB", len(page)/1024), took: took, limit: "30 ms", floor: least, what: "its bytes copied to disk, one fsync"})
	r := raster.New(b.path("pdfium"))
	defer r.Close()
	if _, err := r.Page(page, 0, 150); err != nil {
		return err
	}
	var pixels []byte
	took, err = measure(20, func(int) error {
		img, err := r.Page(page, 0, 150)
		if err == nil {
			pixels = make([]byte, 4*img.Bounds().Dx()*img.Bounds().Dy())
		}
		return err
	})
	if err != nil {
		return err
	}
	again := make([]byte, len(pixels))
	least, err = measure(20, func(int) error { copy(again, pixels); return nil })
	b.add(result{work: "preview of a page", size: "150 dpi", took: took, limit: "50 ms", floor: least, what: "its pixels copied"})
	return err
}

// written writes bytes to disk some times.
func (b *bench) written(data []byte) (times, error) {
	return measure(5, func(int) error {
		f, err := os.Create(b.path("copy"))
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.Write(data); err != nil {
			return err
		}
		return f.Sync()
	})
}
