package kinds

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoKindIsForgotten parses the room: each kind declared in a file of its own is a word of All, or nobody could ever use it.
func TestNoKindIsForgotten(t *testing.T) {
	declared, listed := map[string]string{}, map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			switch {
			case v.Names[0].Name == "All":
				for _, e := range v.Values[0].(*ast.CompositeLit).Elts {
					listed[e.(*ast.Ident).Name] = true
				}
			case isKind(v.Values[0]):
				declared[v.Names[0].Name] = name
			}
			return true
		})
	}
	if len(declared) < 30 {
		t.Fatalf("found only %d declarations of kinds", len(declared))
	}
	for name, file := range declared {
		if !listed[name] {
			t.Errorf("%s declares %s, which is not a word of All in kinds.go", file, name)
		}
	}
	for name := range listed {
		if declared[name] == "" {
			t.Errorf("All has %s, which no file declares as &slip.Kind{…}", name)
		}
	}
}

// isKind tells whether an expression is &slip.Kind{…}.
func isKind(e ast.Expr) bool {
	u, ok := e.(*ast.UnaryExpr)
	if !ok {
		return false
	}
	c, ok := u.X.(*ast.CompositeLit)
	if !ok {
		return false
	}
	s, ok := c.Type.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Kind"
}
