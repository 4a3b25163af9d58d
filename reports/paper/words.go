package paper

import (
	"fmt"
	"strings"
	"unicode"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

var errNothing = fault.New(fault.Invalid, "没有可打印的内容，请先选择单据", "There is nothing to print; choose a slip first")

// The paper's own words. Titles, field labels and hands are the caller's.
var (
	wordBrought   = text.T("承前页", "Brought forward")
	wordCarried   = text.T("过次页", "Carried forward")
	wordTotal     = text.T("合 计", "Total")
	wordNothing   = text.T("（以下空白）", "(nothing below)")
	wordContinued = text.T("（接下页）", "(continued)")
	wordRemark    = text.T("备注：", "Remark: ")
	wordAddress   = text.T("地址：", "")
	wordPhone     = text.T("电话：", "Tel ")
	wordTaxNumber = text.T("税号 ", "VAT no. ")
	wordTerms     = text.T("条款", "Terms")
	wordReprint   = text.T("补打 第%d次", "REPRINT %d")
	wordRed       = text.T("红字", "RED")
	wordRedTitle  = text.T("（红字）", " (red)")
	wordInWords   = text.T("价税合计（大写）：人民币", "")
	wordInclusive = text.T("合计（大写）：人民币", "")
	wordTaxInside = text.T("其中税额 ", "VAT included ")
	wordInspected = text.T("验收情况：", "Inspection:")
	wordSignature = text.T("签字：", "Signature:")
	wordDate      = text.T("日期：", "Date:")
)

var inspectionWords = [3]text.Text{
	text.T("全部合格", "All accepted"), text.T("部分拒收", "Partly refused"), text.T("让步接收", "Accepted with deviation"),
}

// columnTitles are the heads of the known columns.
var columnTitles = map[Key]text.Text{
	ColNumber: text.T("序", "#"), ColCode: text.T("商品编码", "Code"), ColName: text.T("品名规格", "Description"),
	ColUnit: text.T("单位", "Unit"), ColQuantity: text.T("数量", "Qty"), ColPrice: text.T("单价", "Unit price"),
	ColNet: text.T("金额", "Net"), ColRate: text.T("税率", "VAT %"), ColTax: text.T("税额", "VAT"),
	ColGross: text.T("价税合计", "Total"), ColDiscount: text.T("折扣", "Disc."), ColRemark: text.T("备注", "Remark"),
	ColShelf: text.T("货位", "Shelf"), ColIssued: text.T("实发", "Issued"), ColTick: text.T("√", "√"),
	ColOrdered: text.T("订购", "Ordered"), ColDelivered: text.T("送货", "Delivered"), ColReceived: text.T("实收", "Received"),
	ColDue: text.T("交期", "Due"), ColLot: text.T("批号", "Lot"), ColExpiry: text.T("有效期", "Expiry"),
}

var (
	titlePriceInclusive = text.T("含税单价", "Price incl. VAT")
	titleNetInclusive   = text.T("金额（含税）", "Amount")
	titlePriceNet       = text.T("不含税单价", "Unit price")
)

func pageOf(l text.Lang, n, of int) string {
	return text.T(fmt.Sprintf("第 %d 页 共 %d 页", n, of), fmt.Sprintf("Page %d of %d", n, of)).In(l)
}

// label puts the colon behind a label of ours.
func label(l text.Lang, s string) string {
	if s == "" {
		return ""
	}
	if l == text.Zh {
		return full(strings.TrimRight(s, ":：")) + "："
	}
	return strings.TrimRight(s, ":") + ":"
}

// spaced sets a Chinese title with a blank between the characters, up to a bracket; an English one stays.
func spaced(s string) string {
	s = full(s)
	body, tail := s, ""
	if i := strings.IndexRune(s, '（'); i > 0 {
		body, tail = s[:i], s[i:]
	}
	for _, r := range body {
		if !unicode.Is(unicode.Han, r) {
			return s
		}
	}
	return strings.Join(strings.Split(body, ""), " ") + tail
}

// printed is what the foot says about the print.
func (p Print) printed(l text.Lang) string {
	if p.Count < 1 {
		return ""
	}
	at := p.At.Format("2006-01-02 15:04")
	if l == text.Zh {
		word := "打印"
		if p.Count > 1 {
			word = "补打"
		}
		return fmt.Sprintf("%s：第 %d 次 %s %s", word, p.Count, at, p.By)
	}
	if p.Count > 1 {
		return fmt.Sprintf("reprint %d, %s %s", p.Count, at, p.By)
	}
	return fmt.Sprintf("printed 1st time %s %s", at, p.By)
}

// marks are the state boxes, the reprint among them.
func (p Print) marks(l text.Lang, red bool) []string {
	out := append([]string(nil), p.Marks...)
	if p.Count > 1 {
		out = append(out, fmt.Sprintf(wordReprint.In(l), p.Count))
	}
	if red {
		out = append(out, wordRed.In(l))
	}
	return out
}

// contact is the company's address, phone, tax number and bank on one line.
func (c Company) contact(l text.Lang) string {
	var parts []string
	if c.Address != "" {
		parts = append(parts, wordAddress.In(l)+c.Address)
	}
	if c.Phone != "" {
		parts = append(parts, wordPhone.In(l)+c.Phone)
	}
	if c.TaxNumber != "" {
		parts = append(parts, wordTaxNumber.In(l)+c.TaxNumber)
	}
	if c.Bank != "" {
		parts = append(parts, c.Bank)
	}
	return strings.Join(parts, "  ")
}

// place is contact without the bank: who reads a report pays nobody.
func (c Company) place(l text.Lang) string {
	c.Bank = ""
	return c.contact(l)
}

// head is the address line under the company's name on A4.
func (c Company) head(l text.Lang) string {
	parts := make([]string, 0, 2)
	if c.Address != "" {
		parts = append(parts, c.Address)
	}
	if c.Phone != "" {
		parts = append(parts, wordPhone.In(l)+c.Phone)
	}
	if l == text.Zh {
		return strings.Join(parts, "  ")
	}
	return strings.Join(parts, " · ")
}

// foot is the line of tax number and bank at the end of A4 papers.
func (c Company) foot(l text.Lang) string {
	var parts []string
	if c.TaxNumber != "" {
		parts = append(parts, wordTaxNumber.In(l)+c.TaxNumber)
	}
	if c.Bank != "" {
		parts = append(parts, c.Bank)
	}
	return strings.Join(parts, "  ")
}

// circled is ① ② ③ for plies.
func circled(i int) string { return string(rune('①' + i)) }

// circled is the number of the ply: of the whole set, also where it is printed alone.
func (p Ply) circled(i int) string {
	if p.No > 0 {
		i = p.No - 1
	}
	return circled(i)
}

// strip is a ply's name for the edge of a set and the foot of a receipt: ①白联 销售.
func (p Ply) strip(l text.Lang, i int) string {
	return p.circled(i) + p.Colour.In(l) + " " + p.For.In(l)
}
