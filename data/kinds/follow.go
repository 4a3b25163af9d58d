package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
)

// Lookup returns the kind of the code; one that does not exist is refused in words.
func Lookup(code string) (*slip.Kind, error) {
	k, ok := ByCode(code)
	if mods := slip.Bringing(code); !ok && mods != nil {
		return nil, slip.SwitchOn(mods).At("kind")
	}
	if !ok {
		return nil, fault.New(fault.Invalid, "没有单据类型“%s”", "there is no slip kind %q", code).At("kind")
	}
	return k, nil
}

// Follows tells whether slips of a kind can be made from those of another.
func Follows(k *slip.Kind, source string) bool { _, ok := k.Source(source); return ok }

// CaseAfter is the case of what follows from a slip: the slip itself where it is one, else the one it belongs to.
func CaseAfter(src *slip.Doc) string {
	if k, _ := ByCode(src.Kind); k.Case {
		return src.Number
	}
	return src.Case
}

// SuccessorGroup counts together the kinds that carry a source out, and red letters of a kind with its return kind.
func SuccessorGroup(kind, sourceKind string) string {
	if Executes(kind, sourceKind) {
		return "executes"
	}
	if kind == sourceKind {
		for _, k := range All {
			if k.ReturnOf == kind {
				return k.Code
			}
		}
	}
	return kind
}

// Executes tells whether slips of a kind carry those of another out.
func Executes(kind, source string) bool {
	k, ok := ByCode(kind)
	if !ok {
		return false
	}
	s, _ := k.Source(source)
	return s.Executes
}
