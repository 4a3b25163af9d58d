package paper

import (
	"math"

	"zhanggui/data/fault"
)

// Module widths of one bar, in millimetres: whole dots of the printer.
const (
	moduleMatrix = 0.28222 // 2 dots at 180 dpi
	moduleLaser  = 0.254   // 3 dots at 300 dpi
	moduleFine   = 0.25    // 2 dots at 203 dpi
	moduleCoarse = 0.375   // 3 dots at 203 dpi
	quiet        = 10      // modules left blank at each side of Code 128
)

// inset is taken off each side of a bar: renderers blacken every dot a bar touches, and a bar that ends exactly
// between two dots would grow by one.
const inset = 0.015

// dotsOf says how many printer dots a module is.
var dotsOf = map[float64]float64{moduleMatrix: 2, moduleLaser: 3, moduleFine: 2, moduleCoarse: 3}

// patterns are the 107 symbols of Code 128 as widths of bar, space, bar, space, bar, space; the stop has a last
// bar of 2 more.
var patterns = [107]string{
	"212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
	"221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
	"221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
	"212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
	"231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
	"231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
	"314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
	"112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
	"111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
	"214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
	"114131", "311141", "411131", "211412", "211214", "211232", "2331112",
}

const (
	codeC, codeB   = 99, 100
	startB, startC = 104, 105
	stop           = 106
)

// code128 gives the widths of bars and spaces, beginning with a bar, without quiet zones. Runs of four and more
// digits (two at both ends of an all-digit text) are packed two to a symbol. Only ASCII 32–126 can be written.
func code128(s string) ([]int, error) {
	for i := 0; i < len(s); i++ {
		if s[i] < 32 || s[i] > 126 {
			return nil, fault.New(fault.Invalid,
				"条码内容“%s”含有不能印成条码的字符，请只用英文字母、数字和 - 号",
				"The bar code text “%s” holds characters a bar code cannot carry; use Latin letters, digits and -", s).At("barcode")
		}
	}
	var widths []int
	for _, v := range symbols(s) {
		for _, c := range patterns[v] {
			widths = append(widths, int(c-'0'))
		}
	}
	return widths, nil
}

// symbols chooses between sets B and C, and adds start, check and stop.
func symbols(s string) []int {
	var out []int
	inC := false
	for i := 0; i < len(s); {
		run := digitRun(s[i:])
		enough := run >= 4 || inC && run >= 2 || i == 0 && run == len(s) && run == 2
		if !inC && enough && run%2 == 1 { // an odd run keeps its first digit in set B
			if len(out) == 0 {
				out = append(out, startB)
			}
			out = append(out, int(s[i])-32)
			i++
			run--
			enough = run >= 4
		}
		switch {
		case enough && !inC:
			if len(out) == 0 {
				out = append(out, startC)
			} else {
				out = append(out, codeC)
			}
			inC = true
		case !enough && inC:
			out = append(out, codeB)
			inC = false
		case len(out) == 0:
			out = append(out, startB)
		}
		if inC {
			out = append(out, int(s[i]-'0')*10+int(s[i+1]-'0'))
			i += 2
		} else if i < len(s) {
			out = append(out, int(s[i])-32)
			i++
		}
	}
	if len(out) == 0 {
		out = append(out, startB)
	}
	sum := out[0]
	for i, v := range out[1:] {
		sum += (i + 1) * v
	}
	return append(out, sum%103, stop)
}

func digitRun(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func total(widths []int) int {
	n := 0
	for _, w := range widths {
		n += w
	}
	return n
}

// bars draws a code from x; the quiet zones are the caller's. The first bar moves to the nearest dot of the
// printer, so that every bar is as many whole dots wide as it should be.
func (p *page) bars(x, y, h, module float64, widths []int) {
	if dots := dotsOf[module]; dots != 0 { // a module made to fit a room has no dots
		dot := module / dots
		x = math.Round((x+p.dx)/dot)*dot - p.dx
	}
	for i, w := range widths {
		if i%2 == 0 {
			p.fill(micro(x+inset), y, micro(float64(w)*module-2*inset), h, 0)
		}
		x += float64(w) * module
	}
}

// codeRight draws a Code 128 whose last bar ends at x.
func (p *page) codeRight(x, y, h, module float64, s string) error {
	widths, err := code128(s)
	if err != nil {
		return err
	}
	p.bars(x-float64(total(widths))*module, y, h, module, widths)
	return nil
}

// codeMiddle draws a Code 128 around x.
func (p *page) codeMiddle(x, y, h, module float64, s string) error {
	widths, err := code128(s)
	if err != nil {
		return err
	}
	p.bars(x-float64(total(widths))*module/2, y, h, module, widths)
	return nil
}
