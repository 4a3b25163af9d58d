// Package standing shows master records 资料, each screen written once for every type. In reading order:
//
//	masters.go the hub of all types, the list of one type, the form of one record
//	labels.go  what of the list is ticked, its labels, codes of the shop's own
package standing
