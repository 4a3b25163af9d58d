// Package parts are what screens are put together from: fields and tables that know the book, dialogs, files. Each takes its Host first.
// In reading order:
//
//	format.go  how a value is shown and read, amounts, sums
//	refs.go    a field that holds a record's code, with its pick list
//	boxes.go   labelled fields one under the other, panels, a table's column
//	askform.go a dialog of several fields; the ledgers of a product and of a cash account
//	trial.go   what a step would change, before it is done; choosing one of a few, asking for a word
//	files.go   asking for a file, writing a table to it
//	paths.go   a field that holds a path
//	bars.go    a row of bars
//	small.go   what is a line or two
package parts
