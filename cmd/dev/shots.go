package main

import (
	"fmt"
	"path/filepath"
)

// A picture is a screen and the keys that lead there from the one before.
type picture struct {
	name string
	keys []string
}

// pictures lead through the main screens, from the home page on.
var pictures = []picture{
	{"01-home", nil},
	{"02-delivery-new", []string{"alt+3", "ctrl+3"}},
	{"03-picker", []string{":c002", "Return", "F6", ":ls"}},
	{"04-delivery", []string{"BackSpace", "BackSpace", ":LS008", "Return", ":40", "Return", "Return", "Return", ":LS016", "Return", ":12", "Return", "Return", "Return",
		":DG003", "Return", ":2", "Return", "Return", "Return", ":DQ001", "Return", ":60", "Return", "Return", "Return", ":DQ005", "Return", ":100", "Return", "Return", "Return", ":SG012", "Return", ":6"}},
	{"05-delivery-saved", []string{"Return", "ctrl+s"}},
	{"06-delivery-audited", []string{"F9"}},
	{"07-try-before", []string{"ctrl+F9"}},
	{"08-flow", []string{"Escape", "ctrl+l"}},
	{"09-list", []string{"Escape", "alt+3", "3"}},
	{"10-products", []string{"alt+7", "6"}},
	{"11-report", []string{"alt+8", "Return"}},
	{"12-settings", []string{"alt+9"}},
	{"13-dark", []string{"alt+1", "ctrl+alt+d"}},
	{"14-print-preview", []string{"ctrl+alt+d", "alt+3", "3", "Return", "ctrl+p"}},
}

// shots writes pictures of the main screens, in both languages, into .build/shots.
func shots() error {
	if err := prepare(); err != nil {
		return err
	}
	if err := install(screenPackages); err != nil {
		return err
	}
	folder := filepath.Join(".build", "shots")
	fmt.Println("pictures into", folder)
	for _, lang := range []string{"zh", "en"} {
		if err := shotsIn(lang, filepath.Join(folder, lang)); err != nil {
			return err
		}
	}
	return walked(filepath.Join(folder, "every"))
}

// walked walks every screen in every size, text and theme, keeps the pictures and tells what is not readable.
func walked(folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	return command([]string{"ZG_WALK=all", "ZG_SHOTS=" + folder}, "go", "test", "./gui", "-run", "TestEveryScreenIsReadable|TestWhatIsSeldomSeenIsReadable|TestPickListsStandAtTheirBoxes", "-count=1", "-timeout=3h")
}

func shotsIn(lang, folder string) error {
	d, err := openDesktop(folder)
	if err != nil {
		return err
	}
	defer d.close()
	book := filepath.Join(d.home, "demo.zg")
	if err := command(nil, program("zgctl"), "demo", book, "--lang", lang); err != nil {
		return err
	}
	if err := d.start(book); err != nil {
		return err
	}
	if lang == "en" {
		if err := d.press("ctrl+alt+l"); err != nil {
			return err
		}
	}
	for _, p := range pictures {
		if err := d.shot(p.name, p.keys...); err != nil {
			return err
		}
		if err := d.alive(); err != nil {
			return err
		}
	}
	return nil
}
