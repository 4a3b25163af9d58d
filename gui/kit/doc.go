// Package kit holds the window's parts that know nothing of slips: theme, icons, the Input box and what is made of it
// (date, number, pick list), the Table that draws only what is seen, the LineGrid typed in line by line, the focus Ring,
// key buttons, tabs, message line and overlays; and the work-arounds Fyne needs, each with its issue's number.
//
// Three words: shade 色 is a colour by its meaning in both themes; ring 焦点环 is the order in which Enter walks the boxes;
// layer 浮层 is what lies over the window without taking the focus.
package kit
