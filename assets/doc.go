// Package assets carries the files that travel inside the program: fonts 字体, icon 图标, the chart of accounts
// 科目表, default units 计量单位 and Fyne's own words in both languages. It holds bytes and no logic.
//
// Fonts: Noto Sans SC (SIL Open Font License, licences/NotoSansSC-OFL.txt), static TrueType from the npm package
// @expo-google-fonts/noto-sans-sc 0.4.3. Paper uses the full files where a name holds a rare character. The
// screen parses each style into memory for as long as the program runs, so it gets cut files: all of GB2312
// (level 1 and 2), the GBK symbol rows, Latin, Greek, Cyrillic, arrows, boxes and full-width forms (9,800 code
// points, with what was added 3.6 MB instead of 11.5). They were cut with fonttools 4.38:
//
//	python3 -m fontTools.subset NotoSansSC-Regular.ttf --text-file=chars.txt --layout-features= --no-hinting \
//	    --notdef-outline --name-IDs=* --output-file=NotoSansSC-Screen-Regular.ttf
//
// Both were then completed by cmd/dev/fonts/complete.py with letters from Noto Sans (Debian fonts-noto-core) and characters from Noto Sans JP and
// HK (@expo-google-fonts, 0.4.3; the same licence): ž ť ą ł ő ș ₽, and 2,558 ideographs beyond U+FFFF such as U+20BB7.
//
// The demo company's masters (demo/*.csv) were written for this program; its brands, firms and people are invented.
package assets
