package data

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rank orders the rooms: a file imports only rooms of a lower rank.
var rank = map[string]int{"assets": 0, "data/num": 0, "data/text": 0, "data/fault": 1, "data/files": 2, "data/slip": 2, "data/master": 3, "data/kinds": 3, "data/ledger": 3,
	// rooms to come: functions of values, without SQL and window
	"data/rights": 3, "data/planning": 3, "data/promotion": 3, "data/commission": 3, "data/clock": 3,
	"data/store": 4, "data/inquiry": 5, "data/workflow": 6, "data/demo": 7, "reports/sheet": 7, "reports/paper": 7, "reports/paper/raster": 7, "reports": 8, "reports/print": 9, "reports/binder": 9, "gui/kit": 7, "gui/host": 10, "gui/parts": 11, "gui/reportview": 12, "gui/stocktake": 12, "gui/standing": 12, "gui": 13, "cmd": 14}

// onlyIn names the one room that may use a library.
var onlyIn = map[string]string{"fyne.io/": "gui", "database/sql": "data/store", "modernc.org/sqlite": "data/store", "github.com/jung-kurt/gofpdf": "reports/paper", "github.com/xuri/excelize": "reports/sheet"}

func room(dir string) string {
	for d := dir; d != "."; d = filepath.Dir(d) {
		if _, ok := rank[d]; ok {
			return d
		}
	}
	return dir
}

func TestImportsPointOneWay(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		rel, _ := filepath.Rel("..", path)
		here := room(filepath.ToSlash(filepath.Dir(rel)))
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			if own, ok := strings.CutPrefix(p, "zhanggui/"); ok {
				if there := room(own); there != here && rank[there] >= rank[here] {
					t.Errorf("%s imports %s: %s may not use %s", rel, p, here, there)
				}
			}
			for lib, home := range onlyIn {
				if strings.HasPrefix(p, lib) && here != home && !strings.HasPrefix(here, home+"/") && !(home == "gui" && here == "cmd") {
					t.Errorf("%s imports %s, which belongs to %s", rel, p, home)
				}
			}
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("looked at %d files: %v", files, err)
	}
}
