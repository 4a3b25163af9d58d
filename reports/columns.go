package reports

import (
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Column is a field of a report and says all there is to say of it: no other place knows a column by its key. Key is its JSON name.
type Column struct {
	Key    string
	Title  text.Text
	Type   slip.Type
	Tag    slip.Tag                // what one must be allowed to see to be shown it; on every amount, price and share of them
	Sided  func(v string) slip.Tag // its value says of which side the prices of its row are; nil: it says nothing of them
	Total  bool
	Refs   []string                                  // master types whose codes it holds
	Words  func(v string) (words text.Text, ok bool) // what a value is called; nil: itself
	Places int                                       // of a rate: at least so many decimals of a per cent
	Blank  bool                                      // a row has one such column or another: on paper nothing stands as nothing, not as 0.00
	Zero   bool                                      // it says something by being nothing: the window shows its zeros
	Head   text.Text                                 // stands over the column and its neighbours with the same head
	Under  text.Text                                 // its title there
	Grow   int                                       // the column with the greatest takes the room that is left
	Module []string                                  // modules it belongs to: it is there where any of them is on; none: always
	By     string                                    // the column is there only where the report is by this
	NotBy  string                                    // and not where it is by this
	Tree   bool                                      // stands in by the row's level (see Indent)
	Quiet  bool                                      // of the console's formats only: it would tell a person nothing
}

// There tells whether a column belongs to the report as it is asked for.
func (c Column) There(p Params) bool {
	return (c.By == "" || c.By == p.By) && (c.NotBy == "" || c.NotBy != p.By)
}

// Seen tells whether it is shown to people: in the window, on paper, in what the window exports.
func (c Column) Seen(p Params) bool { return c.There(p) && !c.Quiet }

// Shown is a value as people read it in the window and on paper: thousands commas, per cent, kinds and statuses in words. Worked out prices
// are rounded to what the eye takes in.
func (c Column) Shown(l text.Lang, v Cell) string {
	if c.Words != nil && v != None {
		if w, ok := c.Words(v.String()); ok {
			return w.In(l)
		}
	}
	return slip.Look{Lang: l, Short: true, Places: c.Places}.Figure(v)
}

func txt(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeText}
}

func day(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeDate}
}

func whole(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeInt}
}

func qty(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeQuantity, Total: true}
}

// count is a quantity whose sum says nothing.
func count(key, zh, en string) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeQuantity}
}

func amt(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeAmount, Total: true, Tag: tag}
}

// balance is an amount whose sum says nothing.
func balance(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeAmount, Tag: tag}
}

func unit(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypePrice, Tag: tag}
}

// share is a part of a whole; its column is read by places, so all have two decimals of a per cent.
func share(key, zh, en string, tag slip.Tag) Column {
	return Column{Key: key, Title: text.T(zh, en), Type: slip.TypeRate, Tag: tag, Places: 2}
}

// tagged says that a column which is no money tells about some.
func (c Column) tagged(tag slip.Tag) Column { c.Tag = tag; return c }

// sided says of which side a row's prices are by the column's value.
func (c Column) sided(side func(string) slip.Tag) Column { c.Sided = side; return c }

// of says which master types a column's codes belong to.
func (c Column) of(refs ...string) Column { c.Refs = refs; return c }

// in puts the column under a head it shares with its neighbours.
func (c Column) in(head, under text.Text) Column { c.Head, c.Under = head, under; return c }

// either is one of several columns of which a row has one.
func (c Column) either() Column { c.Blank = true; return c }

func (c Column) zero() Column { c.Zero = true; return c }

func (c Column) grows(n int) Column { c.Grow = n; return c }

// tree stands a column's values in by the level of their row, for people.
func (c Column) tree() Column { c.Tree = true; return c }

func (c Column) by(by string) Column { c.By = by; return c }

func (c Column) notBy(by string) Column { c.NotBy = by; return c }

// called says what the column's values are called.
func (c Column) called(words func(string) (text.Text, bool)) Column { c.Words = words; return c }

// among finds a value's word among choices.
func among(list []slip.Choice) func(string) (text.Text, bool) {
	return func(v string) (text.Text, bool) {
		for _, x := range list {
			if x.Value == v {
				return x.Label, true
			}
		}
		return text.Text{}, false
	}
}

// Words that several columns' values are called by.
var (
	sides    = []slip.Choice{{Value: "debit", Label: text.T("借", "Dr")}, {Value: "credit", Label: text.T("贷", "Cr")}, {Value: "even", Label: text.T("平", "–")}}
	supplies = []slip.Choice{{Value: "make", Label: text.T("自制", "make")}, {Value: "buy", Label: text.T("外购", "buy")}}
	slowness = []slip.Choice{{Value: "slow", Label: text.T("滞销", "slow")}, {Value: "dead", Label: text.T("呆滞", "dead")}}
)

// unitOf is what a product's base unit is called.
func unitOf(b *workflow.Book, product *master.Record) Cell {
	return Word(b.Masters().UnitName(product.Get("unit")))
}

func changeOf(v string) (text.Text, bool) {
	f, _ := kinds.PriceChange.HeaderField("price_of")
	return among(f.Choices)(v)
}

func kindTitle(v string) (text.Text, bool) {
	k, ok := kinds.ByCode(v)
	return k.Title, ok
}

// Columns that many reports have. The longest words take the room that is left: a name before a code, a code before a number.
var (
	dated    = day("date", "日期", "Date")
	numbered = txt("number", "单号", "Number").grows(1)
	kindOf   = txt("kind", "类型", "Kind").called(kindTitle)
	partner  = txt("party", "往来单位", "Party").of(master.Customers.Code, master.Suppliers.Code).grows(3)
	place    = txt("warehouse", "仓库", "Warehouse").of(master.Warehouses.Code)
	good     = txt("product", "商品", "Product").of(master.Products.Code).grows(2)
	itsName  = txt("name", "名称", "Name").grows(6)
	inUnit   = txt("unit", "单位", "Unit")
	summed   = txt("summary", "摘要", "Summary").called(kindTitle).grows(7)
	onGL     = txt("account", "科目", "Account").of(master.GL.Code)
	stateOf  = txt("status", "状态", "Status").called(among(slip.Statuses))
)

// Heads over columns, and the titles under them.
var (
	headOpening = text.T("期初结存", "Opening")
	headIn      = text.T("本期收入", "In")
	headOut     = text.T("本期发出", "Out")
	headClosing = text.T("期末结存", "Closing")
	headBalance = text.T("结存", "Balance")
	headPeriod  = text.T("本期发生", "Period")
	headOutput  = text.T("销项", "Output")
	headInput   = text.T("进项", "Input")

	underQty    = text.T("数量", "Qty")
	underValue  = text.T("金额", "Value")
	underCost   = text.T("单价", "Unit cost")
	underDebit  = text.T("借方", "Debit")
	underCredit = text.T("贷方", "Credit")
	underNet    = text.T("金额", "Net")
	underTax    = text.T("税额", "Tax")
)
