// Package stocktake is a scanner's work in the warehouse. A scanner waits for nothing: every code is taken at once, saved and drawn behind it.
// In reading order:
//
//	count.go       counting 盘点 shelf by shelf
//	countscan.go   what a scanned code does there
//	countsave.go   what is counted is saved behind the scanner
//	differences.go differences 盘点差异, where they may come from, what is counted again
//	pick.go        picking 拣货 of one or many slips
//	pickscan.go    what a scanned code does there
package stocktake
