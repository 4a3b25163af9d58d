// Package gui is the desktop window: the shell with navigation, tabs, message line and status bar, and the screens, each
// written once for every kind of slip: welcome, home with the process map, slip form, slip list, master lists and forms,
// report view, document flow, print preview, import, settings. Screens hold no truth: they read the book through
// data/workflow and reports, and write only through data/workflow.
//
// Three words: screen 屏 is what one tab shows; command 命令 is what a key or button of a screen does; door 门 opens a screen.
//
// In sub-rooms, lowest first: kit draws, host is what a screen may ask of the window, parts are what screens are put together from;
// reportview, stocktake, standing, flowview, preview, homeview and bookroom are screens. A new screen is one file in such a room, and one door
// (doors.go) or one word in the menu (menu.go) that opens it. Here:
//
//	the window  shell, hosted (what rooms ask of it), doors (to their screens), screen, work, dialog, menu, status, palette
//	the book    welcome, openbook (and a file that is moved away), newbook
//	slips       slipform with sliphead, slipstrip, sliplines, slipcells, slipopen, slipparts, sliplive, slipacts, slipgate, slipversions (two
//	            people on one); sliplist with sliplistacts; match
package gui
