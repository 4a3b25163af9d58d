package assets

import "embed"

var (
	//go:embed fonts/NotoSansSC-Regular.ttf
	fontRegular []byte
	//go:embed fonts/NotoSansSC-Bold.ttf
	fontBold []byte
	//go:embed fonts/NotoSansSC-Screen-Regular.ttf
	screenRegular []byte
	//go:embed fonts/NotoSansSC-Screen-Bold.ttf
	screenBold []byte
	//go:embed licences/NotoSansSC-OFL.txt
	fontLicence []byte
	//go:embed icon.png
	icon []byte
	//go:embed icons.json
	icons []byte
	//go:embed accounts.csv
	accounts []byte
	//go:embed units.csv
	units []byte
	//go:embed words/zh.json
	wordsZh []byte
	//go:embed words/en.json
	wordsEn []byte
	//go:embed demo/*.csv
	demo embed.FS
)

// FontRegular is the full regular font for paper (TrueType outlines). Shared: clone before anything that writes.
func FontRegular() []byte { return fontRegular }

// FontBold is the full bold font for paper. Shared: clone before anything that writes.
func FontBold() []byte { return fontBold }

// ScreenRegular is the regular font cut to what windows need. Read only.
func ScreenRegular() []byte { return screenRegular }

// ScreenBold is the bold font cut to what windows need. Read only.
func ScreenBold() []byte { return screenBold }

// FontLicence is the text of the fonts' licence, UTF-8, for the about box.
func FontLicence() []byte { return fontLicence }

// Icon is the program's icon, PNG, 512 × 512 pixels.
func Icon() []byte { return icon }

// Icons are the program's line icons as JSON: name to SVG path on a grid of 16, drawn with a line of 1.4.
func Icons() []byte { return icons }

// Accounts is the chart of accounts for small enterprises 小企业会计准则 as CSV: code,name_zh,name_en,side.
func Accounts() []byte { return accounts }

// Units are the default units as CSV with a head: code,name (customs code, Chinese name).
func Units() []byte { return units }

// WordsZh are Fyne's own words (file dialog, edit menu, weekdays) in Chinese, as JSON for lang.AddTranslations.
func WordsZh() []byte { return wordsZh }

// WordsEn are the same words in English, for a window in English on a Chinese system.
func WordsEn() []byte { return wordsEn }

// Demo is one table of the demo company (products, customers …) as CSV with a head; a column NAME_en is NAME in English.
// An unknown name is an error of the caller and gives nothing.
func Demo(name string) []byte {
	b, _ := demo.ReadFile("demo/" + name + ".csv")
	return b
}
