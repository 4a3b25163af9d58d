package assets

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image/png"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestFontsHoldWhatTheyMust(t *testing.T) {
	common := "掌柜进销存销售出库单￥¥〓①②③√✓×·…—→Ø℃²（）：，；①㎡ABC123éΩ"
	for name, f := range map[string]struct {
		data []byte
		want string
	}{
		"regular": {FontRegular(), common + "镕㐱"}, "bold": {FontBold(), common + "镕㐱"},
		"screen regular": {ScreenRegular(), common}, "screen bold": {ScreenBold(), common},
	} {
		font, err := sfnt.Parse(f.data)
		if err != nil {
			t.Fatal(name, err)
		}
		var b sfnt.Buffer
		for _, r := range f.want {
			if g, err := font.GlyphIndex(&b, r); err != nil || g == 0 {
				t.Errorf("%s font lacks %c", name, r)
			}
		}
	}
}

func TestTables(t *testing.T) {
	for name, data := range map[string][]byte{"accounts": Accounts(), "units": Units()} {
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil || len(rows) < 50 {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
	var zh, en map[string]any
	if json.Unmarshal(WordsZh(), &zh) != nil || json.Unmarshal(WordsEn(), &en) != nil {
		t.Fatal("words are not JSON")
	}
	for k := range en {
		if zh[k] == nil {
			t.Errorf("no Chinese word for %q", k)
		}
	}
	if len(zh) != len(en) {
		t.Errorf("%d Chinese words, %d English", len(zh), len(en))
	}
}

func TestIcon(t *testing.T) {
	img, err := png.DecodeConfig(bytes.NewReader(Icon()))
	if err != nil || img.Width != 512 || img.Height != 512 {
		t.Errorf("icon %dx%d, %v", img.Width, img.Height, err)
	}
}
