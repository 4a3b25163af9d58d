package print

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// The sheet is one page in the book's language, or the one asked for.
func TestRecoverySheetOfABook(t *testing.T) {
	b, err := workflow.Create(filepath.Join(t.TempDir(), "b.zg"), workflow.Settings{Company: "恒达五金商行", Lang: text.Zh})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, lang := range []text.Lang{"", text.En} {
		pdf, err := RecoverySheet(b, "张启明", "7K2MQ-0XJ4R-V9TBN-3HWZE-6PYCD", lang)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) || bytes.Count(pdf, []byte("/Type /Page\n")) != 1 {
			t.Errorf("%q: %v, %d pages", lang, err, bytes.Count(pdf, []byte("/Type /Page\n")))
		}
		if dir := os.Getenv("ZG_PICTURES"); dir != "" {
			os.WriteFile(filepath.Join(dir, "recovery"+string(lang)+".pdf"), pdf, 0o600)
		}
	}
}
