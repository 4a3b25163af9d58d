// Package host is the seam between the window and its screens. A room of screens imports this and gui/parts, never gui itself; gui
// opens the room's screens and is its Host. In reading order:
//
//	screen.go  Screen 屏 what one tab shows, Command 命令 what a key or button does, Answer one way out of a question
//	paper.go   Paper 纸 what a preview shows that is no slip
//	proofs.go  Proofs 核对 how verifying the book went, Prover who shows it
//	host.go    Host what a screen may ask of the window: words, message line, dialogs, tabs, work in the background, doors
package host
