// Package homeview is the first tab, which stays. In reading order:
//
//	home.go home 首页: the map, doors to masters and reports, what waits to be done
//	map.go  the process map 流程图 of an area, worked out from what the kinds declare
//	draw.go how the map is drawn, and what waits behind each of its doors
//	side.go the right side: whether the books agree, figures of the day and month
package homeview
