package parts

import (
	"bytes"
	"image"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"zhanggui/data/files"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/reports/print"
)

// Drawn draws an object that stands nowhere as a picture of its own size, twice as fine as a plain screen.
func Drawn(o fyne.CanvasObject, size fyne.Size) image.Image {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(2)
	c.SetContent(o)
	c.Resize(size)
	return c.Capture()
}

// CopyPicture puts a picture on the clipboard, to be pasted into a letter or a chat; where the system has no way to, it offers to save it as a file.
func CopyPicture(s host.Host, name string, img image.Image) {
	var data []byte
	s.Work(s.Tr("复制图片", "copying the picture"), func() error {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			return err
		}
		data = b.Bytes()
		path, err := files.Preview(FileName(name)+".png", data)
		if err != nil {
			return err
		}
		return print.CopyPicture(path)
	}, func(err error) {
		if err != nil {
			s.Fail(err, kit.Offer{Key: fyne.KeyF2, Label: s.Tr("存为图片", "save picture"), Run: func() { savePicture(s, name, data) }})
			return
		}
		s.Say(kit.Hint, s.Tr("图片已复制，可以粘贴到聊天、邮件里", "the picture is copied: paste it into a chat or a letter"))
	})
}

func savePicture(s host.Host, name string, data []byte) {
	SaveFile(s, s.Tr("存为图片", "Save picture"), name, []string{".png"}, func(path string) {
		s.Write(s.Tr("存 %s", "saving %s", path), func() error { return files.Bytes(path, data) }, func(err error) {
			if err != nil {
				s.Fail(err)
				return
			}
			s.Say(kit.Hint, s.Tr("已保存 %s", "saved %s", path))
		})
	})
}
