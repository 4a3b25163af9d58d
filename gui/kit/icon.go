package kit

import (
	"encoding/json"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"zhanggui/assets"
)

var (
	iconPaths = sync.OnceValue(func() map[string]string {
		m := map[string]string{}
		if err := json.Unmarshal(assets.Icons(), &m); err != nil {
			panic(err)
		}
		return m
	})
	iconMu sync.Mutex
	icons  = map[string]fyne.Resource{}
)

// Icon is a line icon in a colour. Fyne's theme recolours fills only, so each colour is a picture of its own.
func Icon(name string, s Shade) fyne.Resource {
	c := s.Color()
	key := fmt.Sprintf("%s-%02x%02x%02x.svg", name, c.R, c.G, c.B)
	iconMu.Lock()
	defer iconMu.Unlock()
	if r, ok := icons[key]; ok {
		return r
	}
	path, ok := iconPaths()[name]
	if !ok {
		panic("no icon " + name)
	}
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><path d="%s" fill="none" stroke="#%02x%02x%02x" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
		path, c.R, c.G, c.B)
	r := fyne.NewStaticResource(key, []byte(svg))
	icons[key] = r
	return r
}

// Picture is an icon of the size on the window.
func Picture(name string, s Shade, size float32) *canvas.Image {
	i := canvas.NewImageFromResource(Icon(name, s))
	i.FillMode = canvas.ImageFillContain
	i.Resize(fyne.NewSize(size, size))
	i.SetMinSize(fyne.NewSize(size, size))
	return i
}
