// Package preview shows a paper before it is printed 打印预览. In reading order:
//
//	preview.go the pages as they will be, printed, saved, opened
//	panel.go   what can be chosen beside them: printer, paper, language, plies, shift
package preview
