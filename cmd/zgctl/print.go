package main

import (
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// printSlips writes slips as one PDF, or sends them to a printer, and counts the print.
func printSlips(c *call) error {
	if err := c.need(2, "print BOOK NUMBER... -o FILE.pdf"); err != nil {
		return err
	}
	path, printer := c.flags["o"], c.flags["printer"]
	if path == "" && printer == "" || path != "" && !strings.EqualFold(filepath.Ext(path), ".pdf") {
		return usage("say where to: -o FILE.pdf")
	}
	copies := 1
	if v, ok := c.flags["copies"]; ok {
		n, err := strconv.Atoi(v)
		if err != nil {
			return usage("--copies: %q is not a number", v)
		}
		copies = n
	}
	opt := print.Options{Paper: c.flags["paper"], As: c.flags["as"], Lang: text.Lang(c.flags["lang"]), Each: c.flags["each"] != ""}
	var err error
	if opt.Number, err = c.count("number"); err != nil {
		return err
	}
	if opt.Skip, err = c.count("skip"); err != nil {
		return err
	}
	if c.flags["merge"] != "" {
		if opt.As != print.AsPickList {
			return usage("--merge goes with --as pick-list")
		}
		opt.As = print.AsMerged
	}
	if p, ok := c.flags["plies"]; ok {
		opt.Plies = strings.Split(p, ",")
	}
	numbers := c.words[1:]
	opt.File = path
	return c.book(0, func(b *workflow.Book) error {
		var pdf []byte
		err := b.Still(func(still *workflow.Book) (err error) {
			pdf, err = print.Slip(still, numbers, opt)
			return err
		})
		if err != nil {
			return err
		}
		if path != "" {
			if err := files.Bytes(path, pdf); err != nil {
				return err
			}
		}
		if printer != "" {
			if err := print.Send(pdf, printer, copies, opt.Paper); err != nil {
				return err
			}
		}
		return errors.Join(c.unsettled(b, numbers, opt), print.Printed(b, numbers, opt))
	})
}

// unsettled says of vouchers that were printed whether their numbers may still change: they are of the month's ledger order, and stand once
// the month is closed.
func (c *call) unsettled(b *workflow.Book, numbers []string, opt print.Options) error {
	if opt.As != print.AsVoucher {
		return nil
	}
	for _, n := range numbers {
		d, err := b.Load(n)
		if err != nil {
			return err
		}
		if d.Date > b.Settings().Closed {
			c.warn(fault.List{fault.New(fault.Refused, "%s 未结账：以后补单会使凭证号改变，结账后不再变", "%s is not closed: slips that come in late change the vouchers' numbers; closing settles them", d.Date.Month())})
			return nil
		}
	}
	return nil
}

// printReport writes a report as a plain table on A4.
func printReport(path string, b *workflow.Book, r *reports.Report, p reports.Params, each rowsOf) error {
	if path == "" {
		return usage("say where to: -o FILE.pdf")
	}
	return files.Write(path, func(w io.Writer) error { return print.StreamReport(w, b, r, p, each, b.Settings().Lang) })
}

// printStatement writes what a party is sent: its entries with the ageing and a slip to sign.
func printStatement(path string, b *workflow.Book, p reports.Params) error {
	if path == "" {
		return usage("say where to: -o FILE.pdf")
	}
	pdf, err := print.Statement(b, p.Party, p.From, p.To, p.By == "lines", "")
	if err != nil {
		return err
	}
	return files.Bytes(path, pdf)
}
