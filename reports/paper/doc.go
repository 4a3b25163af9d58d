// Package paper turns plain models into PDF pages: slips 单据, pick lists 备货单, journal vouchers 记账凭证,
// statements 对账单, receipts 小票, labels 标签 and tables 报表. It is the only door to gofpdf.
//
// A model goes in, bytes come out; the same model gives the same bytes. The package knows no slips, no database
// and no printer: figures arrive as text that the caller has formatted, and are summed again exactly where a page
// carries a running total. Lengths are millimetres from the paper's top left, sizes are points.
//
// Three words: ply 联 is one copy of a carbonless set; strike 一次打印 is one page whose plies are all the same;
// set 列组 is the columns of a ply, with amounts or without.
package paper
