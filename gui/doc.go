// Package gui is the desktop window: the shell with navigation, tabs, message line and status bar, and the screens, each
// written once for every kind of slip: welcome, home with the process map, slip form, slip list, master lists and forms,
// report view, document flow, print preview, import, settings. Screens hold no truth: they read the book through
// data/workflow and reports, and write only through data/workflow.
//
// Three words: screen 屏 is what one tab shows; command 命令 is what a key or button of a screen does; door 门 opens a screen.
package gui
