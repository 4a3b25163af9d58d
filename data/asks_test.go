package data

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Whoever shows or counts asks the book by what it answers, which is in the scope of who asks: its tables whole are for rules.
func TestOnlyRulesAskTheTables(t *testing.T) {
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if !strings.HasPrefix(path, "reports/") && !strings.HasPrefix(path, "gui/") && !strings.HasPrefix(path, "cmd/zgctl/") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "DB" {
				t.Errorf("%s asks the tables themselves: Seen is what is there for who asks, Ledgers what leaves no row out, File what is so of the file", set.Position(s.Pos()))
			}
			return true
		})
	})
}

// seats are the files that may say who acts on a book, and how often they do: the doors of the window and the console, where a book without users
// is acted on under whatever name the system says, and the demo company, whose slips are of several makers. The list only shrinks.
var seats = map[string]int{"gui/seat.go": 4, "cmd/zgctl/main.go": 1, "cmd/zgctl/session.go": 1, "cmd/zgctl/user.go": 1, "data/demo/demo.go": 1, "data/demo/events.go": 2, "data/demo/shop.go": 2}

// Who acts on a book is who signed in: nobody outside the use cases puts another name there (R3).
func TestNobodySitsInAnothersSeat(t *testing.T) {
	found := map[string]int{}
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, set *token.FileSet) {
		if strings.HasPrefix(path, "data/workflow/") || strings.HasPrefix(path, "data/store/") || strings.HasPrefix(path, "cmd/dev/") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok {
				for _, l := range a.Lhs {
					if s, ok := l.(*ast.SelectorExpr); ok && s.Sel.Name == "User" {
						if found[path]++; found[path] > seats[path] {
							t.Errorf("%s says who acts", set.Position(s.Pos()))
						}
					}
				}
			}
			return true
		})
	})
	for path, n := range seats {
		if found[path] < n {
			t.Errorf("%s says who acts %d times, not %d: write that down", path, found[path], n)
		}
	}
}

// unasked are the use cases that write and ask for no right, and why.
var unasked = map[string]string{
	"Create": "there is nobody yet", "Open": "it adds what former programs left out", "OpenToLook": "so does this",
	"SignIn": "who says who he is", "Come": "so does this", "Changing": "and who is about to change his password", "Override": "and who lends", "Leave": "who goes away says so",
	"Password": "one's own, or the owner's to give", "PIN": "so is this", "Recover": "by the recovery code", "Off": "it is asked for an owner",
	"Approve": "steps are taken by whom the chain names (A3)", "Return": "so are these", "Withdraw": "and this by who made or submitted it", "Take": "it looks at what lies there",
	"Exported": "a file was written, which was asked for", "PrintedLabels": "labels were", "Refused": "a refusal is told to the log",
	"LotChoices": "a trial", "TurnOf": "a trial",
	"Keep": "what is typed lies on one's own desk", "KeepWalk": "what is counted does, too", "Drop": "it leaves the desk",
}

// plumbing is what every use case goes through: it asks for none.
var plumbing = map[string]bool{".write": true, ".writeUntil": true, ".writeBy": true, ".Write": true, ".WriteUntil": true, ".Quiet": true, ".Dry": true, ".Refused": true}

// onBook is what an expression names of a book, a dot before it, or a function of the same room; empty: it is of something else.
func onBook(e ast.Expr) string {
	switch f := e.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		base := ""
		switch x := f.X.(type) {
		case *ast.Ident:
			base = x.Name
		case *ast.SelectorExpr:
			base = x.Sel.Name
		case *ast.CallExpr: // of(b).Write
			if of, ok := x.Fun.(*ast.Ident); ok {
				base = of.Name
			}
		}
		if slices.Contains([]string{"b", "s", "w", "m", "in", "by", "as", "mine", "free", "book", "Book", "of", "db"}, base) {
			return "." + f.Sel.Name
		}
	}
	return ""
}

// Whatever writes to a book asks whether who acts may (R3): every exported use case, by itself or by what it is made of.
func TestEveryUseCaseAsks(t *testing.T) {
	type function struct {
		exported bool
		room     string
		calls    map[string]bool
	}
	all := map[[2]string][]*function{} // by room and name
	sources(t, parser.SkipObjectResolution, func(path string, f *ast.File, _ *token.FileSet) {
		if !strings.HasPrefix(path, "data/workflow/") || strings.HasPrefix(path, "data/workflow/testbook/") {
			return
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			x := &function{exported: fn.Name.IsExported() && path != "data/workflow/steps.go", room: filepath.ToSlash(filepath.Dir(path)), calls: map[string]bool{}}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok {
					for _, e := range append(c.Args, c.Fun) { // what is handed over is called later
						if named := onBook(e); named != "" {
							x.calls[named] = true
						}
					}
				}
				return true
			})
			at := [2]string{x.room, fn.Name.Name}
			if fn.Recv != nil {
				at[1] = "." + at[1]
			}
			all[at] = append(all[at], x)
		}
	})
	called := func(x *function, name string) []*function { // of its own room, else of the one all rooms stand on
		if own := all[[2]string{x.room, name}]; own != nil {
			return own
		}
		return all[[2]string{"data/workflow", name}]
	}
	reaches := func(from *function, is func(string) bool) bool {
		seen := map[*function]bool{}
		var walk func(*function) bool
		walk = func(x *function) bool {
			if seen[x] {
				return false
			}
			seen[x] = true
			for c := range x.calls {
				if is(c) || !plumbing[c] && slices.ContainsFunc(called(x, c), walk) {
					return true
				}
			}
			return false
		}
		return walk(from)
	}
	writes := func(c string) bool {
		return slices.Contains([]string{".write", ".writeUntil", ".writeBy", ".Write", ".WriteUntil", ".Quiet"}, c)
	}
	asks := func(c string) bool {
		return slices.Contains([]string{".may", ".mayOn", ".mayMake", ".mayAs", ".mayAudit", ".mayRecord", ".mayUsers", ".need", ".Need", ".May", ".MayChains"}, c)
	}
	n := 0
	for at, list := range all {
		name := strings.TrimPrefix(at[1], ".")
		for _, x := range list {
			if !x.exported || !reaches(x, writes) {
				continue
			}
			if n++; !reaches(x, asks) && unasked[name] == "" {
				t.Errorf("%s of %s writes, and asks nobody whether he may", name, x.room)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d use cases write", n)
	}
}
