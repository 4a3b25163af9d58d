package slip

import "zhanggui/data/text"

// Type is what a field holds; it decides the editor, the column, the check and the Excel format.
type Type int

// The field types. Values travel as canonical text: dates 2026-01-31, decimals plain, yes/no, codes for references.
const (
	TypeText Type = iota
	TypeDate
	TypeAmount   // 2 decimals
	TypeQuantity // up to 4 decimals
	TypePrice    // up to 6 decimals
	TypeRate     // fraction; people may type 13%
	TypeInt
	TypeBool   // yes, no
	TypeChoice // one of Choices
	TypeRef    // code of a master record of type Ref
	TypeUnit   // one of the product's own units
	TypeSource // number of a source slip
	TypeTime   // time of day 08:30; people may type 830
)

// Meaning is what a field says where kinds use the same field for different things: papers go by it, never by a label.
type Meaning string

// Wanted is the day by which goods are wanted; the same field elsewhere says when money falls due, or until when an offer holds.
const Wanted Meaning = "wanted"

// Choice is one value of a TypeChoice field.
type Choice struct {
	Value string
	Label text.Text
}

// Field declares one field of a slip header, a slip line or a master record. Key is also the import column.
type Field struct {
	Key      string
	Label    text.Text
	Type     Type
	Ref      string // master type, for TypeRef
	Choices  []Choice
	Required bool
	ReadOnly bool // worked out by the program: shown, never typed or imported
	Again    bool // exported though ReadOnly, and taken by an import as it stands: what was so then cannot be worked out later
	Own      bool // of this one slip: neither a copy nor a red letter has it
	Hidden   bool // not in the form by default (imported, exported, printed)
	Carried  bool // taken over by a slip pushed down from this one
	Proposed bool // of a line: the product's own value, where nobody typed another
	Repeated bool // of a line: a new one begins with what stands above it
	Passed   bool // Enter goes by it: the program fills it in, or it is seldom typed
	Width    int  // grid column width in pixels at normal text size
	Default  string
	Live     bool     // may be changed on an audited slip too: it posts nothing, and has no place of its own in Doc or Line (it lives in Extra)
	Executes bool     // of a money slip: who carries an approved one out may still say it, and the approvals stand
	Sparse   bool     // left out of an export while it is empty throughout
	Module   []string // modules the field belongs to: it is there where any of them is on; none: always
	Meaning  Meaning  // what the field says beyond its type, where rules or papers go by it
	Tag      Tag      // what one must be allowed to see to see it, or to enter it (TagTerms); empty: it is no money
}

// Priced tells whether values of the type are money: an amount or a price. Such figures have a Tag.
func (t Type) Priced() bool { return t == TypeAmount || t == TypePrice }

// Numeric tells whether the field is right-aligned figures.
func (f Field) Numeric() bool {
	switch f.Type {
	case TypeAmount, TypeQuantity, TypePrice, TypeRate, TypeInt:
		return true
	}
	return false
}
