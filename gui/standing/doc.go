// Package standing shows master records 资料, each screen written once for every type. In reading order:
//
//	masterhub.go      the hub of all types
//	masters.go        the list of one type
//	masterform.go     the form of one record
//	masterversions.go two people on one record
//	labels.go         what of the list is ticked, its labels, codes of the shop's own
package standing
