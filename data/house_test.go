package data

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhanggui/data/master"
)

// rank orders the rooms: a file imports only rooms of a lower rank.
var rank = map[string]int{"assets": 0, "data/num": 0, "data/text": 0, "data/chart": 0, "data/fault": 1, "data/files": 2, "data/slip": 2, "data/master": 3, "data/kinds": 3, "data/ledger": 3,
	// functions of values alone; they are given kinds and types, and name none
	"data/secret": 2, "data/rights": 3, "data/auditlog": 3, "data/approval": 3,
	// rooms to come: functions of values, without SQL and window
	"data/planning": 3, "data/promotion": 3, "data/commission": 3, "data/clock": 3,
	"data/store": 4, "data/inquiry": 5, "data/workflow": 6,
	// rooms of use cases above workflow
	"data/workflow/exchange": 7, "data/workflow/scan": 7, "data/workflow/desk": 7, "data/workflow/making": 7, "data/workflow/people": 7, "data/workflow/who": 7, "data/workflow/seen": 7, "data/workflow/salvage": 8, "data/workflow/approve": 8,
	"data/workflow/testbook": 9, "data/demo": 9,
	"reports/sheet": 10, "reports/paper": 10, "reports/paper/raster": 10, "reports": 11, "reports/print": 12, "reports/binder": 12,
	"gui/kit": 10, "gui/host": 20, "gui/parts": 21,
	// rooms of screens, which do not know each other
	"gui/reportview": 22, "gui/stocktake": 22, "gui/standing": 22, "gui/bookroom": 22, "gui/flowview": 22, "gui/preview": 22, "gui/homeview": 22,
	"gui": 23, "cmd": 30}

// onlyIn names the one room that may use a library.
var onlyIn = map[string]string{"fyne.io/": "gui", "database/sql": "data/store", "modernc.org/sqlite": "data/store", "github.com/jung-kurt/gofpdf": "reports/paper", "github.com/xuri/excelize": "reports/sheet",
	"golang.org/x/crypto": "data/secret", "filippo.io/age": "data/secret"}

func room(dir string) string {
	for d := dir; d != "."; d = filepath.Dir(d) {
		if _, ok := rank[d]; ok {
			return d
		}
	}
	return dir
}

// sources runs f over every source file of the program that is no test, by its path from the root.
func sources(t *testing.T, mode parser.Mode, f func(path string, file *ast.File, set *token.FileSet)) {
	files := 0
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, mode)
		if err != nil {
			return err
		}
		files++
		rel, _ := filepath.Rel("..", path)
		f(filepath.ToSlash(rel), file, set)
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("looked at %d files: %v", files, err)
	}
}

func TestImportsPointOneWay(t *testing.T) {
	sources(t, parser.ImportsOnly, func(path string, f *ast.File, _ *token.FileSet) {
		here := room(filepath.ToSlash(filepath.Dir(path)))
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			if own, ok := strings.CutPrefix(p, "zhanggui/"); ok {
				if there := room(own); there != here && rank[there] >= rank[here] {
					t.Errorf("%s imports %s: %s may not use %s", path, p, here, there)
				}
			}
			for lib, home := range onlyIn {
				if strings.HasPrefix(p, lib) && here != home && !strings.HasPrefix(here, home+"/") && !(home == "gui" && here == "cmd") {
					t.Errorf("%s imports %s, which belongs to %s", path, p, home)
				}
			}
		}
	})
}

// Only workflow and the rooms below its folder open transactions. Everybody else has a book's Reader at most, which has no method that
// writes: the handle that does, what it is got from, and the steps that use cases are made of are named there alone.
func TestOnlyWorkflowWritesBooks(t *testing.T) {
	writes := []string{"DB", "Tx", "Open", "Create", "Restore"}
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if strings.HasPrefix(path, "data/store/") || strings.HasPrefix(path, "data/workflow/") {
			return
		}
		for _, i := range f.Imports {
			if i.Path.Value == `"zhanggui/data/store"` && i.Name != nil {
				t.Errorf("%s calls store %s", path, i.Name)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "store" && slices.Contains(writes, s.Sel.Name) {
					t.Errorf("%s names store.%s, which only workflow may", set.Position(s.Pos()), s.Sel.Name)
				} else if ok && x.Name == "workflow" && s.Sel.Name == "Steps" {
					t.Errorf("%s names workflow.Steps, which only rooms of use cases may", set.Position(s.Pos()))
				}
			}
			return true
		})
	})
}

// A room is read from its contents page, so it stays small enough for one: at most mostFiles source files (tests aside: they are not
// read from end to end), none above mostLines lines (tests too).
const (
	mostFiles = 40
	mostLines = 600
)

// Rooms and files that were larger when the rule came. A number may fall, and a line goes once it is within the rule; none is added.
var (
	largeRooms = map[string]int{}
	largeFiles = map[string]int{}
)

func TestRoomsAndFilesStaySmall(t *testing.T) {
	rooms := map[string]int{}
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		rel, _ := filepath.Rel("..", path)
		rel = filepath.ToSlash(rel)
		b, err := os.ReadFile(path)
		if most := max(mostLines, largeFiles[rel]); bytes.Count(b, []byte("\n")) > most {
			t.Errorf("%s has %d lines, %d at most: split it by meaning", rel, bytes.Count(b, []byte("\n")), most)
		}
		if !strings.HasSuffix(path, "_test.go") {
			rooms[filepath.ToSlash(filepath.Dir(rel))]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, n := range rooms {
		if most := max(mostFiles, largeRooms[dir]); n > most {
			t.Errorf("%s has %d files, %d at most: give a part of it a room of its own", dir, n, most)
		}
	}
}

// A panic in a goroutine ends the program, with everything that is typed. So there is one way to start one, which gives the panic back as an
// error: fault.Go, and fault.After for a while later. (cmd/dev uses nothing of the house.)
func TestGoroutinesStartInOnePlace(t *testing.T) {
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if here := filepath.ToSlash(filepath.Dir(path)); here == "data/fault" || here == "cmd/dev" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine; fault.Go does", set.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && n.Sel.Name == "AfterFunc" {
					t.Errorf("%s: fault.After does, and a panic is told", set.Position(n.Pos()))
				}
			}
			return true
		})
	})
}

// What the window calls a part for: keys, clicks, drawing of tables. Each begins by deferring caught, so that a panic ends that key only.
var windowCalls = []string{"TypedKey", "TypedRune", "TypedShortcut", "Tapped", "MouseDown", "MouseUp", "MouseIn", "MouseMoved", "MouseOut", "Scrolled", "Dragged", "DragEnd",
	"FocusGained", "FocusLost", "KeyDown", "KeyUp"}

func TestKeysAndClicksAreCaught(t *testing.T) {
	n := 0
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if !strings.HasPrefix(filepath.ToSlash(path), "gui/") {
			return
		}
		for _, d := range f.Decls {
			m, ok := d.(*ast.FuncDecl)
			if !ok || m.Recv == nil || !slices.Contains(windowCalls, m.Name.Name) || len(m.Body.List) == 0 {
				continue
			}
			n++
			first, ok := m.Body.List[0].(*ast.DeferStmt)
			if call, is := func() (*ast.Ident, bool) {
				if !ok {
					return nil, false
				}
				id, is := first.Call.Fun.(*ast.Ident)
				return id, is
			}(); !is || call.Name != "caught" {
				t.Errorf("%s: %s does not begin with defer caught", set.Position(m.Pos()), m.Name)
			}
		}
	})
	if n < 20 {
		t.Errorf("looked at %d", n)
	}
}

// Esc is promised for Long and LongWrite alone, so what they run heeds its context.
func TestWhatEscStopsHeedsItsContext(t *testing.T) {
	n := 0
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		ast.Inspect(f, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Long" && sel.Sel.Name != "LongWrite" || len(call.Args) != 3 {
				return true
			}
			n++
			work, ok := call.Args[1].(*ast.FuncLit)
			used := false
			if ok && len(work.Type.Params.List) == 1 && len(work.Type.Params.List[0].Names) == 1 {
				name := work.Type.Params.List[0].Names[0].Name
				ast.Inspect(work.Body, func(x ast.Node) bool {
					id, is := x.(*ast.Ident)
					used = used || is && id.Name == name
					return true
				})
			}
			if !used {
				t.Errorf("%s: %s runs what does not heed its context", set.Position(call.Pos()), sel.Sel.Name)
			}
			return true
		})
	})
	if n < 4 {
		t.Errorf("looked at %d", n)
	}
}

// A number of the chart of accounts stands in data/chart alone, and in the forms of the tax office, whose lines are made of accounts.
func TestAccountsAreNamedInOnePlace(t *testing.T) {
	forms := []string{"data/chart", "data/demo", "cmd/dev/bench", "reports/books.go", "reports/paper"}
	account := regexp.MustCompile(`^"(1001|1002|1012|1122|1123|1403|1405|1406|1901|2202|2203|2221|3001|3103|4001|4101|5001|5051|5301|5401|5602|5603|5711)(\d\d)*"$`)
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if slices.ContainsFunc(forms, func(p string) bool { return strings.HasPrefix(path, p) }) {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && account.MatchString(l.Value) {
				t.Errorf("%s writes the account %s: name it in data/chart", set.Position(l.Pos()), l.Value)
			}
			return true
		})
	})
}

// A kind's code stands in SQL only as kinds declares it (store/open.go).
func TestStatementsNameNoKind(t *testing.T) {
	codes := map[string]bool{}
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, _ *token.FileSet) {
		if filepath.Dir(path) != "data/kinds" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok {
				if id, ok := kv.Key.(*ast.Ident); ok && id.Name == "Code" {
					if l, ok := kv.Value.(*ast.BasicLit); ok {
						code, _ := strconv.Unquote(l.Value)
						codes[code] = true
					}
				}
			}
			return true
		})
	})
	if !codes["delivery"] {
		t.Fatal("no kinds found")
	}
	literal := regexp.MustCompile(`kind *(?:=|<>|IN \() *'([a-z-]+)'`)
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if filepath.Dir(path) != "data/store" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(l.Value, "`") {
				for _, m := range literal.FindAllStringSubmatch(l.Value, -1) {
					if codes[m[1]] {
						t.Errorf("%s: SQL names the kind %q", set.Position(l.Pos()), m[1])
					}
				}
			}
			return true
		})
	})
}

// The rooms and files that README and ARCHITECTURE name are there.
func TestWhatIsToldIsThere(t *testing.T) {
	path := regexp.MustCompile("(?:^|[`( ])((?:data|gui|reports|cmd|assets)/[A-Za-z0-9_./-]*[A-Za-z0-9_])")
	coming := false
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "data/data.go", "gui/doc.go"} {
		b, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(b), "\n") {
			if strings.HasPrefix(line, "Rooms to come") {
				coming = true
			} else if strings.HasPrefix(line, "In `gui`") {
				coming = false
			}
			for _, m := range path.FindAllStringSubmatch(line, -1) {
				if _, err := os.Stat(filepath.Join("..", m[1])); err != nil && !coming {
					t.Errorf("%s names %s, which is not there", name, m[1])
				}
			}
		}
	}
}

// Every room says what it is, and its contents page names no file that is not there.
func TestContentsAreThere(t *testing.T) {
	told := map[string]bool{}
	named := regexp.MustCompile(`\b[a-z_0-9]+\.go\b`)
	sources(t, parser.ParseComments|parser.SkipObjectResolution, func(path string, f *ast.File, _ *token.FileSet) {
		dir := filepath.Dir(path)
		told[dir] = told[dir] || f.Doc != nil
		for _, name := range named.FindAllString(f.Doc.Text(), -1) {
			if _, err := os.Stat(filepath.Join("..", dir, name)); err != nil {
				t.Errorf("%s names %s, which is not there", path, name)
			}
		}
	})
	for dir, is := range told {
		if !is {
			t.Errorf("%s says nothing of itself", dir)
		}
	}
}

// What is made for tests stays with them.
func TestOnlyTestsImportTestRooms(t *testing.T) {
	sources(t, parser.ImportsOnly, func(path string, f *ast.File, _ *token.FileSet) {
		for _, i := range f.Imports {
			if i.Path.Value == `"zhanggui/data/workflow/testbook"` {
				t.Errorf("%s imports %s", path, i.Path.Value)
			}
		}
	})
}

// The code of a type of masters is named by the type, as master.Products.Code, where records are asked for.
func TestRecordsAreAskedForByTheirType(t *testing.T) {
	codes := map[string]bool{}
	for _, m := range master.All {
		codes[m.Code] = true
	}
	asks := []string{"Find", "ByID", "List", "Each", "Search", "Master", "NameOf", "RefField"}
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := c.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains(asks, s.Sel.Name) {
				return true
			}
			for _, a := range c.Args {
				if l, ok := a.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if code, _ := strconv.Unquote(l.Value); codes[code] {
						t.Errorf("%s asks for %s by a literal", set.Position(l.Pos()), l.Value)
					}
				}
			}
			return true
		})
	})
}

// A status or basis that a statement names is one that slip or ledger declares: one called otherwise there would find no rows, and say nothing.
func TestStatementsNameWhatThereIs(t *testing.T) {
	declared := map[string]map[string]bool{"Status": {}, "Basis": {}}
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, _ *token.FileSet) {
		if dir := filepath.Dir(path); dir != "data/slip" && dir != "data/ledger" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			typ, _ := v.Type.(*ast.Ident)
			if s, ok := v.Type.(*ast.SelectorExpr); ok {
				typ = s.Sel
			}
			if typ != nil && declared[typ.Name] != nil {
				for _, x := range v.Values {
					if l, ok := x.(*ast.BasicLit); ok {
						value, _ := strconv.Unquote(l.Value)
						declared[typ.Name][value] = true
					}
				}
			}
			return true
		})
	})
	if !declared["Status"]["audited"] || !declared["Basis"]["counted"] {
		t.Fatalf("declared are %v", declared)
	}
	for column, typ := range map[string]string{"status": "Status", "basis": "Basis"} {
		said := regexp.MustCompile(`\b` + column + ` *(?:=|<>|(?:NOT )?IN) *\(?((?:'[a-z-]+'(?:, *)?)+)`)
		found := 0
		sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
			if !strings.HasPrefix(path, "data/store/") {
				return
			}
			ast.Inspect(f, func(n ast.Node) bool {
				l, ok := n.(*ast.BasicLit)
				if !ok || l.Kind != token.STRING {
					return true
				}
				for _, m := range said.FindAllStringSubmatch(l.Value, -1) {
					for _, w := range strings.Split(m[1], ",") {
						found++
						if w = strings.Trim(w, " '"); w != "" && !declared[typ][w] {
							t.Errorf("%s: SQL asks for the %s %q, which is not declared", set.Position(l.Pos()), column, w)
						}
					}
				}
				return true
			})
		})
		if found < 5 {
			t.Errorf("only %d of %s found", found, column)
		}
	}
}
