package preview

import (
	"cmp"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/files"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports/paper/raster"
	"zhanggui/reports/print"
)

// Slips previews slips as one of the papers their kind has; none: the slip itself. What can be chosen is what the kind of the first
// one allows.
func Slips(s host.Host, numbers []string, as string) {
	if len(numbers) == 0 {
		return
	}
	b := s.Book()
	host.Read(s, s.Tr("读单据", "reading"), func() (*slip.Doc, error) { return b.Load(numbers[0]) }, func(d *slip.Doc) {
		k, _ := kinds.ByCode(d.Kind)
		title := text.Tf("打印 %s", "Print %s", d.Number)
		if n := len(numbers); n > 1 {
			title = text.Tf("打印 %d 张%s", "Print %d: %s", n, k.Title)
		}
		opt := print.Default(k)
		if as != "" {
			opt = print.Options{As: as}
			for _, w := range print.FormsOf(k, len(numbers)) {
				if w.As == as {
					opt.Paper = w.Papers[0].Value
				}
			}
		}
		lang := b.Settings().Lang // whoever gets the paper reads it, not who sits here
		if as == "" || as == print.AsSlip {
			lang = print.LangOf(b, d)
		}
		opt.Lang = lang
		own := func(o print.Options) print.Options {
			if o.Lang == lang { // nobody chose: each of several in its own
				o.Lang = ""
			}
			return o
		}
		show(s, &Screen{id: strings.TrimSpace(as + " " + strings.Join(numbers, " ")), title: title, kind: k.Code, area: string(k.Group), Ways: print.FormsOf(k, len(numbers)), Opt: opt,
			make:    func(b *workflow.Book, o print.Options) ([]byte, error) { return print.Slip(b, numbers, own(o)) },
			counted: func(o print.Options) error { return print.Printed(b, numbers, own(o)) }})
	})
}

// Paper shows any paper: Make lays it out, in the language of the options, else the window's.
func Paper(s host.Host, p host.Paper) {
	show(s, &Screen{id: p.ID, title: p.Title, kind: p.Kind, area: p.Area, Ways: p.Forms, Opt: p.Options, make: p.Make})
}

func show(s host.Host, v *Screen) {
	v.s, v.Opt.Lang, v.copies = s, cmp.Or(v.Opt.Lang, s.Lang()), 1
	v.recall()
	s.Open(v)
}

// Renderer draws pages, those of every window; it is made once.
var Renderer = sync.OnceValue(func() *raster.Renderer {
	dir, err := os.UserCacheDir()
	if err == nil {
		dir = filepath.Join(dir, "zhanggui")
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		dir = "" // it only starts slower
	}
	return raster.New(dir)
})

const warmAfter = 8 * time.Second

// Warm makes the renderer ready a while after a book is opened, when the screen stands and hands rest: its first start on a
// machine takes seconds.
func Warm(s host.Host) {
	if !s.Inline() {
		s.Later(warmAfter, func() { Renderer().Warm() })
	}
}

// Screen shows a paper before it is printed: pages at real proportions at the left, what can be chosen at the right.
type Screen struct {
	s       host.Host
	id      string
	title   text.Text
	area    string
	kind    string
	Ways    []print.Form // none: a paper without choices
	Opt     print.Options
	make    host.Layer
	counted func(print.Options) error // nil: not counted

	PDF   []byte
	Fault error
	page  int // from 0
	Pages int
	MM    [2]float32 // the page's width and height
	whole bool       // the whole page in sight, not its width
	turn  int        // of drawing: a page that comes late is dropped
	size  fyne.Size  // of the room for the page

	printer  string
	printers []print.Printer
	noPrint  error // why there is none
	copies   int
	ruler    bool // the ruler page stands in the paper's place

	keys   *kit.Keys
	side   *fyne.Container
	room   *container.Scroll // of what can be chosen
	scroll *container.Scroll
	sheet  *fyne.Container
	foot   *canvas.Text
	tabs   *fyne.Container
	ring   *kit.Ring
}

// ID, Title, Area, Unsaved, Leave and Changed are part of Screen. A paper shows the book as it stands.
func (v *Screen) ID() string            { return "print " + v.id }
func (v *Screen) Title() text.Text      { return v.title }
func (v *Screen) Area() string          { return v.area }
func (v *Screen) Unsaved() bool         { return false }
func (v *Screen) Leave(done func(bool)) { done(true) }
func (v *Screen) Changed()              { v.lay() }

// Commands are part of Screen.
func (v *Screen) Commands() []host.Command {
	none := v.PDF == nil
	fit := text.T("整页", "Whole page")
	if v.whole {
		fit = text.T("适合宽度", "Fit width")
	}
	return []host.Command{
		{Label: text.T("打印", "Print"), Key: "Enter", Icon: "print", Primary: true, Off: none, Run: v.print},
		{Label: text.T("存 PDF", "Save PDF"), Key: "Ctrl+S", Icon: "pdf", Off: none, Run: v.save},
		{Label: text.T("复制图片", "Copy picture"), Key: "Ctrl+C", Icon: "img", Off: none, Run: v.copyPicture},
		{Label: text.T("用系统程序打开", "Open in viewer"), Key: "Ctrl+O", Icon: "pdf", Hidden: true, Off: none, Run: v.view},
		{Label: text.T("上一页", "Previous"), Key: "PgUp", Icon: "l", Gap: true, Off: v.page == 0, Run: func() { v.turnTo(v.page - 1) }},
		{Label: text.T("下一页", "Next"), Key: "PgDn", Icon: "r", Off: v.page >= v.Pages-1, Run: func() { v.turnTo(v.page + 1) }},
		{Label: fit, Key: "Ctrl+1", Icon: "find", Gap: true, Run: func() { v.whole = !v.whole; v.draw(); v.s.DrawTools() }},
		{Label: v.rulerWord(), Key: "Ctrl+R", Icon: "cols", Off: none, Hidden: len(v.Ways) == 0, Run: v.turnRuler},
		{Label: text.T("选项 / 纸", "Options / paper"), Key: "F6", Hidden: true, Run: v.otherRegion},
		{Label: text.T("刷新", "Refresh"), Key: "F5", Hidden: true, Run: v.lay},
	}
}

// Keys are the keys that are no commands, for the help.
func (v *Screen) Keys() []host.Command {
	list := []host.Command{{Label: text.T("上下移动", "Move up and down"), Key: "↑ ↓"}, {Label: text.T("第一页、最后一页", "First, last page"), Key: "Home End"}}
	if way := v.Way(); way != nil && len(way.Plies) > 0 {
		list = append(list, host.Command{Label: text.T("打哪几联；0 各联一起打", "Which plies; 0 all in one strike"), Key: "1 2 3 0"})
	}
	return list
}

// Focus is part of Screen.
func (v *Screen) Focus() {
	kit.Focus(v.keys)
	v.say()
}

func (v *Screen) otherRegion() {
	if v.s.Window().Canvas().Focused() == fyne.Focusable(v.keys) {
		v.ring.First()
		return
	}
	kit.Focus(v.keys)
}

func (v *Screen) say() {
	words := v.s.Tr("Enter 打印   PgUp/PgDn 翻页   F6 选项   Esc 返回", "Enter prints   PgUp/PgDn pages   F6 options   Esc back")
	if way := v.Way(); way != nil && len(way.Plies) > 0 {
		words = v.s.Tr("1 2 3 选联   0 各联一起打   ", "1 2 3 plies   0 one strike   ") + words
	}
	v.s.Hint(words)
}

// Key is part of Screen: keys that move over the page.
func (v *Screen) Key(ev *fyne.KeyEvent) bool {
	const step = 60
	switch ev.Name {
	case fyne.KeyUp:
		v.moveBy(-step)
	case fyne.KeyDown:
		v.moveBy(step)
	case fyne.KeyHome:
		v.turnTo(0)
	case fyne.KeyEnd:
		v.turnTo(v.Pages - 1)
	case fyne.KeyEnter:
		v.print()
	default:
		return false
	}
	return true
}

func (v *Screen) moveBy(dy float32) {
	most := v.scroll.Content.MinSize().Height - v.scroll.Size().Height
	v.scroll.Offset.Y = max(0, min(most, v.scroll.Offset.Y+dy))
	v.scroll.Refresh()
}

func (v *Screen) turnTo(page int) {
	if page < 0 || page >= v.Pages || page == v.page {
		return
	}
	v.page = page
	v.scroll.Offset.Y = 0
	v.draw()
	v.s.DrawTools()
}

// Way is the paper chosen.
func (v *Screen) Way() *print.Form {
	for i := range v.Ways {
		if v.Ways[i].As == v.Opt.As || v.Opt.As == "" && i == 0 {
			return &v.Ways[i]
		}
	}
	return nil
}

// Object is part of Screen.
func (v *Screen) Object() fyne.CanvasObject {
	v.keys = kit.NewKeys(nil)
	v.keys.OnRune = v.digit
	v.sheet = container.NewStack()
	v.scroll = container.NewScroll(container.NewCenter(v.sheet))
	v.foot = kit.Caption("")
	v.foot.Alignment = fyne.TextAlignCenter
	v.tabs = container.NewStack()
	room := container.New(watched{v.resized}, v.scroll)
	left := container.NewBorder(kit.Pad(16, 6, v.tabs), kit.Pad(0, 4, v.foot), nil, nil, room)
	v.side = container.NewStack(v.panel())
	right := container.NewBorder(nil, nil, kit.Box(kit.Hair), nil, kit.Fixed(290, 0, container.NewStack(kit.Box(kit.Paper), kit.Pad(12, 8, v.side))))
	v.drawTabs()
	if v.PDF == nil {
		v.lay()
		v.findPrinters()
	} else {
		v.draw()
	}
	return container.NewStack(v.keys, container.NewBorder(nil, nil, nil, right, left))
}

// watched tells when its room has changed.
type watched struct{ changed func(fyne.Size) }

func (w watched) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 200) }

func (w watched) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, c := range o {
		c.Resize(size)
		c.Move(fyne.NewPos(0, 0))
	}
	w.changed(size)
}

func (v *Screen) resized(size fyne.Size) {
	if d := size.Width - v.size.Width; d > -2 && d < 2 && size.Height == v.size.Height {
		return
	}
	v.size = size
	if v.PDF != nil {
		v.draw()
	}
}

// lay makes the paper anew and shows its page.
func (v *Screen) lay() {
	v.turn++
	turn, opt, make, b := v.turn, v.Opt, v.make, v.s.Book()
	if v.ruler {
		wide, high := math.Round(float64(v.MM[0])), math.Round(float64(v.MM[1]))
		make = func(_ *workflow.Book, o print.Options) ([]byte, error) { return print.Ruler(wide, high, o) }
	}
	var pdf []byte
	v.s.Work(v.s.Tr("排版", "laying out the pages"), func() (err error) {
		return b.Still(func(still *workflow.Book) (err error) { // all of the paper is of one moment
			pdf, err = make(still, opt)
			return err
		})
	}, func(err error) {
		if turn != v.turn {
			return
		}
		v.PDF, v.Fault = pdf, err
		if err != nil {
			v.Pages, v.page = 0, 0
			v.blank(v.s.Words(err))
			v.s.Fail(err)
			v.s.DrawTools()
			return
		}
		v.s.Settled() // what was said of a paper saved or sent stays
		if v.s.Current() == host.Screen(v) {
			v.s.Refresh() // from now on it can be saved and printed; drawing may take its time
		}
		v.draw()
	})
}

// turnRuler shows the page to measure by in the paper's place, or the paper again.
func (v *Screen) turnRuler() {
	v.ruler, v.page = !v.ruler, 0
	v.PDF = nil
	v.lay()
	v.s.DrawTools()
	v.say()
}

func (v *Screen) rulerWord() text.Text {
	if v.ruler {
		return text.T("看单据", "The paper")
	}
	return text.T("量尺页", "Ruler page")
}

// copyPicture puts the page in sight on the clipboard as a picture.
func (v *Screen) copyPicture() {
	if v.PDF == nil {
		return
	}
	var img image.Image
	pdf, page, r := v.PDF, v.page, Renderer()
	v.s.Work(v.s.Tr("画纸面", "drawing the page"), func() (err error) {
		img, err = r.Page(pdf, page, pictureDPI)
		return err
	}, func(err error) {
		if err != nil {
			v.s.Fail(err)
			return
		}
		parts.CopyPicture(v.s, v.s.T(v.title), img)
	})
}

// drawn is a page as a picture, and its paper.
type drawn struct {
	img   image.Image
	pages int
	mm    [2]float32
}

const (
	leastDPI, mostDP = 40, 240
	readableDPI      = 92
	pictureDPI       = 150 // of a page that is copied
)

// draw shows the page in the background.
func (v *Screen) draw() {
	v.turn++
	turn, pdf, page, r := v.turn, v.PDF, v.page, Renderer()
	size, scale, whole := v.size, v.s.Window().Canvas().Scale(), v.whole
	if size.Width < 50 {
		size = fyne.NewSize(1000, 560)
	}
	if len(v.sheet.Objects) == 0 {
		v.blank(v.s.Tr("正在排版…", "laying out…"))
	}
	var d drawn
	v.s.Work(v.s.Tr("画纸面", "drawing the page"), func() (err error) {
		d, err = drawPage(r, pdf, page, size, scale, whole)
		return err
	}, func(err error) {
		if turn != v.turn {
			return
		}
		if err != nil {
			v.s.Fail(err)
			return
		}
		if v.Pages = d.pages; !v.ruler { // that one is as large as the paper it measures
			v.MM = d.mm
		}
		if v.page >= v.Pages {
			v.page = 0
			v.draw()
			return
		}
		v.place(d.img, scale)
	})
}

// drawPage draws a page just as large as it is shown, so that nothing is scaled: the width of the room, or the whole page.
func drawPage(r *raster.Renderer, pdf []byte, page int, room fyne.Size, scale float32, whole bool) (d drawn, err error) {
	if d.pages, err = r.Pages(pdf); err != nil || page >= d.pages {
		return d, err
	}
	mm, err := r.Size(pdf, page)
	if err != nil {
		return d, err
	}
	d.mm = [2]float32{float32(mm[0]), float32(mm[1])}
	in := [2]float32{d.mm[0] / 25.4, d.mm[1] / 25.4}
	dpi := (room.Width - 48) * scale / in[0]
	if high := (room.Height - 16) * scale / in[1]; whole || high >= readableDPI {
		dpi = min(dpi, high)
	}
	d.img, err = r.Page(pdf, page, int(max(leastDPI, min(mostDP, dpi))))
	return d, err
}

func (v *Screen) place(img image.Image, scale float32) {
	pic := canvas.NewImageFromImage(img)
	pic.FillMode, pic.ScaleMode = canvas.ImageFillStretch, canvas.ImageScalePixels
	size := fyne.NewSize(float32(img.Bounds().Dx())/scale, float32(img.Bounds().Dy())/scale)
	pic.SetMinSize(size)
	frame := kit.Box(kit.Clear)
	frame.StrokeColor, frame.StrokeWidth = kit.Line.Color(), 1
	v.sheet.Objects = []fyne.CanvasObject{pic, frame}
	v.sheet.Refresh()
	v.scroll.Refresh()
	v.foot.Text = v.FootWords()
	v.foot.Refresh()
	v.s.DrawTools()
}

// millimetres is a length to a tenth, which stands only where there is one: 210, 139.7.
func millimetres(mm float32) string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(mm), 'f', 1, 32), ".0")
}

// FootWords say the paper and the page.
func (v *Screen) FootWords() string {
	return v.s.Tr("%s    第 %d / %d 页", "%s    page %d of %d", millimetres(v.MM[0])+" × "+millimetres(v.MM[1])+" mm", v.page+1, v.Pages)
}

// blank shows words where the page would be.
func (v *Screen) blank(words string) {
	v.sheet.Objects = []fyne.CanvasObject{kit.Fixed(640, 372, container.NewStack(kit.Framed(kit.Paper, kit.Line, 1), container.NewCenter(kit.Label(words, kit.Ink2, kit.M().Text, false))))}
	v.sheet.Refresh()
	v.scroll.Refresh()
	v.foot.Text = ""
	v.foot.Refresh()
}

// print sends the paper to the printer; what counts is counted when it is sent.
func (v *Screen) print() {
	if v.PDF == nil {
		return
	}
	offer := kit.Offer{Key: fyne.KeyF2, Label: v.s.Tr("存 PDF", "save PDF"), Run: v.save}
	if v.noPrint != nil {
		v.s.Say(kit.Refusal, v.s.Words(v.noPrint), offer)
		return
	}
	pdf, printer, copies, media, opt := v.PDF, v.printer, v.copies, v.Opt.Paper, v.Opt
	v.s.Write(v.s.Tr("送到打印机", "sending to the printer"), func() error {
		if err := print.Send(pdf, printer, copies, media); err != nil {
			return err
		}
		return v.count(opt)
	}, func(err error) {
		if err != nil {
			v.s.Fail(err, offer)
			return
		}
		v.s.Say(kit.Hint, v.s.Tr("已送到 %s", "sent to %s", printer))
	})
}

func (v *Screen) count(opt print.Options) error {
	if v.counted == nil || v.ruler {
		return nil
	}
	return v.counted(opt)
}

// save writes the PDF; that is a print too.
func (v *Screen) save() {
	if v.PDF == nil {
		return
	}
	pdf, opt := v.PDF, v.Opt
	name := strings.TrimPrefix(strings.TrimPrefix(v.s.T(v.title), "打印 "), "Print ")
	parts.SaveFile(v.s, v.s.Tr("存 PDF", "Save PDF"), name, []string{".pdf"}, func(path string) {
		v.s.Write(v.s.Tr("存 %s", "saving %s", path), func() error {
			if err := files.Bytes(path, pdf); err != nil {
				return err
			}
			if v.counted == nil && !v.ruler {
				return v.s.Book().Exported(v.kind, path, 0)
			}
			opt.File = path
			return v.count(opt)
		}, func(err error) {
			if err != nil {
				v.s.Fail(err)
				return
			}
			v.s.Say(kit.Hint, v.s.Tr("已保存 %s", "saved %s", path))
		})
	})
}

// view opens the PDF with the system's program.
func (v *Screen) view() {
	if v.PDF == nil {
		return
	}
	pdf, name := v.PDF, parts.FileName(v.s.T(v.title))+".pdf"
	v.s.Work(v.s.Tr("打开 PDF", "opening the PDF"), func() error {
		path, err := files.Preview(name, pdf)
		if err != nil {
			return err
		}
		return print.OpenInViewer(path)
	}, func(err error) { v.s.Fail(err) })
}

// digit chooses the plies: 1 2 3 take one in or out, 0 prints all in one strike.
func (v *Screen) digit(r rune) {
	way := v.Way()
	i := int(r - '1')
	if way == nil || i < -1 || i >= len(way.Plies) || len(way.Plies) == 0 {
		return
	}
	if i < 0 {
		v.Opt.Plies = nil
	} else {
		v.toggle(way.Plies, way.Plies[i].Value)
	}
	v.page = 0
	v.drawTabs()
	v.lay()
}

// toggle takes a ply in or out, in the order of the set.
func (v *Screen) toggle(plies []slip.Choice, ply string) {
	on := !slices.Contains(v.Opt.Plies, ply)
	var list []string
	for _, p := range plies {
		if p.Value == ply && on || p.Value != ply && slices.Contains(v.Opt.Plies, p.Value) {
			list = append(list, p.Value)
		}
	}
	v.Opt.Plies = list
}

// drawTabs shows the plies as coloured tabs, those that are printed lit.
func (v *Screen) drawTabs() {
	way := v.Way()
	v.tabs.Objects = nil
	if way != nil && len(way.Plies) > 0 {
		row := container.New(kit.Row{Gap: 3})
		row.Add(plyTab(v.s.Tr("各联一起打", "One strike"), "0", kit.Paper, len(v.Opt.Plies) == 0, func() { v.digit('0') }))
		for i, p := range way.Plies {
			key := rune('1' + i)
			row.Add(plyTab(v.s.T(p.Label), string(key), plyGround(p.Value), slices.Contains(v.Opt.Plies, p.Value), func() { v.digit(key) }))
		}
		v.tabs.Objects = []fyne.CanvasObject{row}
	}
	v.tabs.Refresh()
}

func plyGround(ply string) kit.Shade {
	switch ply {
	case "red":
		return kit.NegativeGround
	case "yellow":
		return kit.WarnGround
	}
	return kit.Paper
}

func plyTab(word, key string, ground kit.Shade, on bool, run func()) fyne.CanvasObject {
	line, w, ink := kit.Line, float32(1), kit.Ink2
	if on {
		line, w, ink = kit.Accent, 2, kit.Ink
	}
	face := container.NewStack(kit.Framed(ground, line, w), kit.Pad(10, 3, container.New(kit.Row{Gap: 8}, kit.Label(word, ink, kit.M().Text, on), kit.Label(key, kit.Ink3, kit.M().Caption, false))))
	return kit.NewTap(face, run)
}
