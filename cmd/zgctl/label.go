package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/print"
)

// labels writes labels of products, PRODUCT=N for so many; --own first gives a bar code to those that have none and prints it.
func labels(c *call) error {
	if err := c.need(1, "label BOOK PRODUCT[=N]... -o FILE.pdf"); err != nil {
		return err
	}
	path, own := c.flags["o"], c.flags["own"] != ""
	if path == "" && !own || path != "" && (!strings.EqualFold(filepath.Ext(path), ".pdf") || len(c.words) < 2) {
		return usage("say which products and where to: PRODUCT... -o FILE.pdf; --own alone only gives codes")
	}
	opt := print.Options{Paper: c.flags["paper"], Lang: text.Lang(c.flags["lang"])}
	var err error
	if opt.Skip, err = c.count("skip"); err != nil {
		return err
	}
	var list []print.LabelRequest
	var products []string
	for _, w := range c.words[1:] {
		r := print.LabelRequest{Product: w}
		if i := strings.LastIndex(w, "="); i > 0 {
			n, err := strconv.Atoi(w[i+1:])
			if err != nil || n < 1 {
				return usage("%q: write PRODUCT=N with a number of labels", w)
			}
			r.Product, r.Number = w[:i], n
		}
		list, products = append(list, r), append(products, r.Product)
	}
	return c.book(0, func(b *workflow.Book) error {
		if own {
			given, err := b.OwnCodes(products)
			if err != nil {
				return err
			}
			for _, g := range given {
				fmt.Fprintln(c.out, g.Product, g.Barcode)
			}
		}
		if path == "" {
			return nil
		}
		pdf, err := print.Labels(b, list, opt)
		if err != nil {
			return err
		}
		if err := files.Bytes(path, pdf); err != nil {
			return err
		}
		return b.PrintedLabels(path, len(list))
	})
}

// count reads a flag that holds a number of things; 0 without it.
func (c *call) count(name string) (int, error) {
	v, ok := c.flags[name]
	if !ok {
		return 0, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, usage("--%s: %q is not a number", name, v)
	}
	return n, nil
}
