// Command zhanggui is the desktop program: zhanggui [BOOK].
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"zhanggui/assets"
	"zhanggui/data/files"
	"zhanggui/gui"
)

func main() {
	debug.SetGCPercent(50) // a large book's masters stay small in memory; reading is seldom
	a := app.NewWithID("net.zhanggui.desktop")
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	if err := files.SweepPreviews(time.Now()); err != nil {
		files.Log(err)
	}
	s := gui.New(a)
	s.Welcome()
	if len(os.Args) > 1 {
		if err := s.OpenBook(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			s.Fail(err)
		}
	}
	s.Win.ShowAndRun()
}
