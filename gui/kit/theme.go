package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhanggui/assets"
)

// Shade is a colour by its meaning; Color gives it in the theme in force.
type Shade int

// The shades. Grounds carry text of the shade they are named after.
const (
	Bg Shade = iota
	Paper
	Band
	Zebra
	Hair
	Line
	Ink
	Ink2
	Ink3
	Accent
	OnAccent
	Select
	Negative
	NegativeGround
	Stamp
	Ok
	OkGround
	Warn
	WarnGround
	WarnLine
	GreyGround
	Dim    // laid over the window behind a dialog
	Shadow // the edge of a menu against what it lies on
	Clear
)

var light = [...]uint32{
	Bg: 0xF4F5F6FF, Paper: 0xFFFFFFFF, Band: 0xEBEEF0FF, Zebra: 0xF8F9FAFF, Hair: 0xDDE1E4FF, Line: 0xB8C0C7FF,
	Ink: 0x1D2630FF, Ink2: 0x55616CFF, Ink3: 0x6E7985FF, Accent: 0x2B5C9EFF, OnAccent: 0xFFFFFFFF, Select: 0xE2ECF7FF,
	Negative: 0xC0271DFF, NegativeGround: 0xFBE6E4FF, Stamp: 0xC8281EFF, Ok: 0x23764AFF, OkGround: 0xE3F1E8FF,
	Warn: 0x7A5200FF, WarnGround: 0xFFF5D6FF, WarnLine: 0xE3C667FF, GreyGround: 0xE9ECEEFF, Dim: 0x1D263080, Shadow: 0x1D2630B0, Clear: 0,
}

var dark = [...]uint32{
	Bg: 0x15181CFF, Paper: 0x1C2025FF, Band: 0x262B31FF, Zebra: 0x20252AFF, Hair: 0x333A42FF, Line: 0x505A64FF,
	Ink: 0xE3E7EBFF, Ink2: 0xA6B0BAFF, Ink3: 0x87929DFF, Accent: 0x74A7E6FF, OnAccent: 0x10161DFF, Select: 0x25384FFF,
	Negative: 0xF2877EFF, NegativeGround: 0x46231FFF, Stamp: 0xE5665CFF, Ok: 0x6CC495FF, OkGround: 0x1F3A2CFF,
	Warn: 0xEBCB74FF, WarnGround: 0x39301AFF, WarnLine: 0x6B5A22FF, GreyGround: 0x2E343BFF, Dim: 0x000000A0, Shadow: 0x87929DC0, Clear: 0,
}

// Density is how close the rows stand and how large the text is.
type Density string

// The densities.
const (
	Compact Density = "compact"
	Normal  Density = "normal"
	Large   Density = "large"
)

// Style is the look in force: one for the whole program, as Fyne's theme is.
type Style struct {
	Dark    bool
	Density Density
}

var style = Style{Density: Normal}

// Apply sets the look; screens built before keep the old one until built anew.
func Apply(app fyne.App, s Style) {
	style = s
	app.Settings().SetTheme(Theme{})
}

// Metrics are the measures of a density, in Fyne's units.
type Metrics struct {
	Text, Caption, Sub, Head float32
	Pitch, Header, Box       float32 // a row, a table's header and totals, an input box
}

// zoom is how much wider columns are with large text; their widths are given for the normal one.
func (m Metrics) zoom() float32 { return max(1, m.Text/13) }

// Zoom is how much larger than the normal text is, at least 1.
func (m Metrics) Zoom() float32 { return m.zoom() }

// M gives the measures in force.
func M() Metrics {
	switch style.Density {
	case Compact:
		return Metrics{12, 11, 14, 17, 22, 24, 24}
	case Large:
		return Metrics{15, 14, 18, 21, 32, 34, 31}
	}
	return Metrics{13, 12, 15, 18, 26, 28, 26}
}

// CompactRows are the measures of reports, whatever the setting: what is read, not typed in, stands closer.
func CompactRows() Metrics {
	m := M()
	if style.Density != Large {
		m.Text, m.Caption, m.Pitch, m.Header = 12, 12, 22, 24
	}
	return m
}

// Color is the shade in the theme in force.
func (s Shade) Color() color.NRGBA {
	table := light[:]
	if style.Dark {
		table = dark[:]
	}
	c := table[s]
	return color.NRGBA{R: uint8(c >> 24), G: uint8(c >> 16), B: uint8(c >> 8), A: uint8(c)}
}

var (
	regular = fyne.NewStaticResource("NotoSansSC-Screen-Regular.ttf", assets.ScreenRegular())
	bold    = fyne.NewStaticResource("NotoSansSC-Screen-Bold.ttf", assets.ScreenBold())
)

// Theme is the program's theme for Fyne's own parts: menus, file dialogs, scroll bars.
type Theme struct{}

var themeShades = map[fyne.ThemeColorName]Shade{
	theme.ColorNameBackground: Bg, theme.ColorNameButton: Band, theme.ColorNameDisabledButton: Band, theme.ColorNameDisabled: Ink3,
	theme.ColorNameError: Negative, theme.ColorNameFocus: Select, theme.ColorNameForeground: Ink, theme.ColorNameForegroundOnPrimary: OnAccent,
	theme.ColorNameForegroundOnError: OnAccent, theme.ColorNameForegroundOnSuccess: OnAccent, theme.ColorNameForegroundOnWarning: OnAccent,
	theme.ColorNameHeaderBackground: Band, theme.ColorNameHover: Select, theme.ColorNameHyperlink: Accent, theme.ColorNameInputBackground: Paper,
	theme.ColorNameInputBorder: Line, theme.ColorNameMenuBackground: Paper, theme.ColorNameOverlayBackground: Paper, theme.ColorNamePlaceHolder: Ink3,
	theme.ColorNamePressed: Select, theme.ColorNamePrimary: Accent, theme.ColorNameScrollBar: Line, theme.ColorNameScrollBarBackground: Band,
	theme.ColorNameSelection: Select, theme.ColorNameSeparator: Hair, theme.ColorNameShadow: Shadow, theme.ColorNameSuccess: Ok, theme.ColorNameWarning: Warn,
}

// Color maps Fyne's names to the shades.
func (Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if s, ok := themeShades[n]; ok {
		return s.Color()
	}
	return theme.DefaultTheme().Color(n, v)
}

// Font gives the one family with Chinese; two styles only, because each parses its file again.
func (Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return bold
	}
	return regular
}

// Icon gives Fyne's own icons; the program's are made by Icon.
func (Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size gives the program's measures.
func (Theme) Size(n fyne.ThemeSizeName) float32 {
	m := M()
	switch n {
	case theme.SizeNamePadding:
		return 2
	case theme.SizeNameInnerPadding:
		return 4
	case theme.SizeNameText:
		return m.Text
	case theme.SizeNameCaptionText:
		return m.Caption
	case theme.SizeNameSubHeadingText:
		return m.Sub
	case theme.SizeNameHeadingText:
		return m.Head
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 3
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return 1
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	}
	return theme.DefaultTheme().Size(n)
}
