// Package reportview shows reports, each written once for all of them. In reading order:
//
//	reporthub.go   the list of reports
//	reports.go     the screen of one report: running it, its keys
//	reportline.go  the line of choices over it
//	reportcells.go how its rows are shown
//	drill.go       where a cell leads
//	reportout.go   bars, file, paper
package reportview
