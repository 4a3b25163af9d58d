package paper

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"github.com/jung-kurt/gofpdf"

	"zhanggui/assets"
)

// align is where a text stands relative to its x.
type align byte

const (
	left   align = 'L'
	middle align = 'C'
	right  align = 'R'
)

// op is one stroke or word; page collects them, so that a layout can be counted and tested before it is drawn.
type op struct {
	kind       byte // t text, l line, r frame, f filled, d dashed line
	x, y, w, h float64
	size       float64 // points of a text, width of a stroke in millimetres
	bold       bool
	grey       uint8 // fill: 0 black, 0xEF head, 0xF7 section
	red        bool
	text       string
	on, off    float64
	turned     bool // a text running downwards
}

type page struct {
	w, h   float64
	dx, dy float64
	ops    []op
}

func (p *page) line(x1, y1, x2, y2, lw float64) {
	p.ops = append(p.ops, op{kind: 'l', x: x1, y: y1, w: x2, h: y2, size: lw})
}

func (p *page) dashed(x1, y1, x2, y2, lw, on, off float64) {
	p.ops = append(p.ops, op{kind: 'd', x: x1, y: y1, w: x2, h: y2, size: lw, on: on, off: off})
}

func (p *page) frame(x, y, w, h, lw float64) {
	p.ops = append(p.ops, op{kind: 'r', x: x, y: y, w: w, h: h, size: lw})
}

func (p *page) fill(x, y, w, h float64, grey uint8) {
	p.ops = append(p.ops, op{kind: 'f', x: x, y: y, w: w, h: h, grey: grey})
}

// textAt writes at a baseline.
func (p *page) textAt(x, baseline float64, s string, size float64, bold bool, a align) {
	s = safe(s)
	if s == "" {
		return
	}
	switch a {
	case middle:
		x -= width(s, size, bold) / 2
	case right:
		x -= width(s, size, bold)
	}
	p.ops = append(p.ops, op{kind: 't', x: x, y: baseline, size: size, bold: bold, text: s})
}

// text writes in the middle of a band of height h from y.
func (p *page) text(x, y, h float64, s string, size float64, bold bool, a align) {
	p.textAt(x, baseline(y, h, size), s, size, bold, a)
}

// baseline stands a text in the optical middle: a capital or a Chinese character is 0.74 of the size high.
func baseline(y, h, size float64) float64 { return y + h/2 + 0.37*size*pt }

// lines writes several lines around the middle of a band; pitch is a multiple of the size.
func (p *page) lines(x, y, h float64, ss []string, size, pitch float64, bold bool, a align) {
	step := pitch * size * pt
	y0 := baseline(y, h, size) - step*float64(len(ss)-1)/2
	for i, s := range ss {
		p.textAt(x, y0+float64(i)*step, s, size, bold, a)
	}
}

// tickBox draws a small square, and a tick in it: fonts lack the ticked one.
func (p *page) tickBox(x, y, side, lw float64, ticked bool) {
	p.frame(x, y, side, side, lw)
	if ticked {
		k := side / 3.5
		p.line(x+0.5*k, y+1.7*k, x+1.6*k, y+2.9*k, 0.45)
		p.line(x+1.6*k, y+2.9*k, x+3.2*k, y+0.4*k, 0.45)
	}
}

// fixedDate is written into every file: the same slip gives the same bytes.
var fixedDate = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// PDF prints papers one after the other into one file. The fonts cost the same for one page as for a thousand, so
// print batches as one file. Errors are for people where a model is wrong.
func PDF(papers ...Paper) ([]byte, error) {
	var out bytes.Buffer
	err := Write(&out, papers...)
	return out.Bytes(), err
}

// Write is PDF written to w; of a long file only the fonts and a few pages are in memory.
func Write(w io.Writer, papers ...Paper) error {
	if len(papers) == 0 {
		return errNothing
	}
	s, err := laid(papers)
	if err != nil {
		return err
	}
	return draw(w, s, named(papers))
}

// Pages lays papers out and counts their pages, without drawing them. Errors are those of PDF.
func Pages(papers ...Paper) (n int, err error) {
	s, err := laid(papers)
	if err == nil {
		err = s(func(*page) error { n++; return nil })
	}
	return n, err
}

func draw(w io.Writer, s sheets, m meta) error {
	l, err := look(s)
	if err != nil {
		return err
	}
	if len(l.sizes) > partPages {
		return joined(w, s, l, m, partPages)
	}
	pdf := l.document(m)
	if err = s(func(p *page) error { drawPage(pdf, p); return nil }); err != nil {
		return err
	}
	out, err := output(pdf)
	if err != nil {
		return err
	}
	readable(out, beyond(l.used))
	_, err = w.Write(spoken(out, m.lang))
	return err
}

func output(pdf *gofpdf.Fpdf) ([]byte, error) {
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return out.Bytes(), nil
}

// document is a file without pages, with the fonts they need: the cut ones have the same outlines as the full ones and are parsed in a third of
// the time. One rare name and the full fonts are taken.
func (l *looks) document(m meta) *gofpdf.Fpdf {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: l.sizes[0]})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(fixedDate)
	pdf.SetModificationDate(fixedDate)
	pdf.SetProducer("Zhanggui", false)
	if m.title != "" {
		pdf.SetTitle(m.title, true)
	}
	regular, bold := assets.FontRegular(), assets.FontBold()
	if !l.rare {
		regular, bold = assets.ScreenRegular(), assets.ScreenBold()
	}
	// gofpdf writes into the font it is given, so every document has its own copy.
	pdf.AddUTF8FontFromBytes("sc", "", bytes.Clone(regular))
	if len(l.used[1]) > 0 {
		pdf.AddUTF8FontFromBytes("sc", "B", bytes.Clone(bold))
	}
	return pdf
}

// cutFace is the advances of the cut font: what it holds at all.
var cutFace = sync.OnceValue(func() *face { return readFace(assets.ScreenRegular()) })

func drawPage(pdf *gofpdf.Fpdf, p *page) {
	// Orientation P keeps width and height as given; L would swap them.
	pdf.AddPageFormat("P", gofpdf.SizeType{Wd: p.w, Ht: p.h})
	for i := range p.ops {
		o := &p.ops[i]
		x, y := o.x+p.dx, o.y+p.dy
		switch o.kind {
		case 't':
			style := ""
			if o.bold {
				style = "B"
			}
			pdf.SetFont("sc", style, o.size)
			if o.red {
				pdf.SetTextColor(0xC0, 0, 0)
			}
			if o.turned {
				pdf.TransformBegin()
				pdf.TransformRotate(-90, x, y)
			}
			pdf.Text(x, y, written(o.text))
			if o.turned {
				pdf.TransformEnd()
			}
			if o.red {
				pdf.SetTextColor(0, 0, 0)
			}
		case 'l':
			pdf.SetLineWidth(o.size)
			pdf.Line(x, y, o.w+p.dx, o.h+p.dy)
		case 'd':
			pdf.SetLineWidth(o.size)
			pdf.SetDashPattern([]float64{o.on, o.off}, 0)
			pdf.Line(x, y, o.w+p.dx, o.h+p.dy)
			pdf.SetDashPattern(nil, 0)
		case 'r':
			pdf.SetLineWidth(o.size)
			if o.red {
				pdf.SetDrawColor(0xC0, 0, 0)
			}
			pdf.Rect(x, y, o.w, o.h, "D")
			if o.red {
				pdf.SetDrawColor(0, 0, 0)
			}
		case 'f':
			pdf.SetFillColor(int(o.grey), int(o.grey), int(o.grey))
			pdf.Rect(x, y, o.w, o.h, "F")
		}
	}
}

// micro rounds to a thousandth of a millimetre, so that sums of widths compare.
func micro(v float64) float64 { return math.Round(v*1000) / 1000 }
