package gui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Whatever posts gives findings back, and nobody in the window throws them away: slips are posted by AuditOnce and AuditHeard, which tell first;
// what is tried first (a correction, a matching) has shown them. So nothing is learned only after F9.
func TestNoScreenPostsWithoutTelling(t *testing.T) {
	posts := regexp.MustCompile(`\b(b|Book\(\))\.(Audit|SaveAndAudit|PushAndSave|Match|Correct)\(`)
	tried := map[string]string{"Match": "TryMatch(", "Correct": "TryCorrect("}
	err := filepath.WalkDir(".", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		for _, m := range posts.FindAllStringSubmatch(string(src), -1) {
			if try := tried[m[2]]; try == "" || !strings.Contains(string(src), try) {
				t.Errorf("%s posts by %s: use AuditOnce or AuditHeard, which tell what should be known first", path, m[2])
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
