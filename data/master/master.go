// Package master declares the books' standing data 资料: products, parties, warehouses, cash accounts, employees and
// what they refer to, with the same Field as slips; list, form, import and export are derived from the declaration.
// It holds the loaded records too (Set), for lookups and the picker. It never touches the database.
package master

import (
	"slices"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Type declares one kind of master record. Code is its name in imports.
type Type struct {
	Code   string
	Table  string
	Title  text.Text // of the list
	One    text.Text // of one record
	Fields []slip.Field
	Role   slip.Role // for parties: the value of the role column
	// Keys name the fields that identify a record; the code, unless said otherwise.
	Keys []string
	// Module names the modules the type belongs to: it is there where any of them is on; none: always.
	Module []string
}

// Field returns the field of the key.
func (t *Type) Field(key string) (slip.Field, bool) {
	for _, f := range t.Fields {
		if f.Key == key {
			return f, true
		}
	}
	return slip.Field{}, false
}

// KeyFields returns the fields that identify a record.
func (t *Type) KeyFields() []string {
	if len(t.Keys) > 0 {
		return t.Keys
	}
	return []string{"code"}
}

// Coded tells whether records of the type are told apart by a code and have a name.
func (t *Type) Coded() bool {
	_, named := t.Field("name")
	return named && slices.Equal(t.KeyFields(), []string{"code"})
}

// Record is one master record: canonical text by field key. Version is raised by every save; a new record has none.
type Record struct {
	ID      int64
	Type    *Type
	Values  map[string]string
	Version int64
	opened  *Record // as it stood when it was taken to be changed; what the book holds has none
}

// Opened is the record as it stood when Clone took it to be changed; itself where nobody did.
func (r *Record) Opened() *Record {
	if r.opened != nil {
		return r.opened
	}
	return r
}

// Get returns a value; no value is empty.
func (r *Record) Get(key string) string {
	if r == nil {
		return ""
	}
	return r.Values[key]
}

// Code is the record's code; no record has none.
func (r *Record) Code() string { return r.Get("code") }

// Keys are the values that identify the record.
func (r *Record) Keys() []string {
	var keys []string
	for _, k := range r.Type.KeyFields() {
		keys = append(keys, r.Get(k))
	}
	return keys
}

// Key is what identifies the record among its type's, in words: its code, or the values of its key fields.
func (r *Record) Key() string {
	if len(r.Type.Keys) == 0 {
		return r.Code()
	}
	return strings.Join(r.Keys(), " ")
}

// Name is the record's name in the language: name2 is the name in the other language than the book's.
func (r *Record) Name(other bool) string {
	if n := r.Get("name2"); other && n != "" {
		return n
	}
	return r.Get("name")
}

// Active tells whether the record may be used on new slips.
func (r *Record) Active() bool { return r.Get("active") != "no" }

// Clone returns a copy to be changed, which remembers what it was made of: that is what a save is compared with where another
// person saved meanwhile.
func (r *Record) Clone() *Record {
	c := r.Kept()
	c.opened = r.Opened()
	return c
}

// Kept returns a copy that shares and remembers nothing: what the book holds.
func (r *Record) Kept() *Record {
	c := &Record{ID: r.ID, Type: r.Type, Values: make(map[string]string, len(r.Values)), Version: r.Version}
	for k, v := range r.Values {
		c.Values[k] = v
	}
	return c
}

// Saved is told the record after a save: its version, and that what it is now is what it will be compared with.
func (r *Record) Saved(kept *Record) { r.ID, r.Version, r.opened = kept.ID, kept.Version, kept }

// Same tells whether two records of a type say the same in every field.
func (r *Record) Same(o *Record) bool {
	for _, f := range r.Type.Fields {
		if r.Values[f.Key] != o.Values[f.Key] {
			return false
		}
	}
	return true
}

// FillInitials gives a record that has none the initials of its name.
func (r *Record) FillInitials() {
	if _, ok := r.Type.Field("initials"); ok && r.Values["initials"] == "" {
		if v := text.Initials(r.Values["name"]); v != "" {
			r.Values["initials"] = v
		}
	}
}

// Figured tells whether an opening balance says any amount, be it 0.
func (r *Record) Figured() bool {
	return r.Get("receivable")+r.Get("payable")+r.Get("advance")+r.Get("prepaid") != ""
}

func col(key, zh, en string, t slip.Type, width int) slip.Field {
	return slip.Field{Key: key, Label: text.T(zh, en), Type: t, Width: width}
}

// money is an amount or a price, seen by who may see what its tag says.
func money(key, zh, en string, t slip.Type, width int, tag slip.Tag) slip.Field {
	f := col(key, zh, en, t, width)
	f.Tag = tag
	return f
}

// terms is a field that only those enter who agree terms with such a party, where that is so: money goes by it.
func terms(f slip.Field, so bool) slip.Field {
	if so {
		f.Tag = slip.TagTerms
	}
	return f
}

func ref(key, zh, en, to string, width int) slip.Field {
	return slip.Field{Key: key, Label: text.T(zh, en), Type: slip.TypeRef, Ref: to, Width: width}
}

func must(f slip.Field) slip.Field { f.Required = true; return f }

// sparse is a field whose column an export leaves out while no record has it.
func sparse(f slip.Field) slip.Field { f.Sparse = true; return f }

func def(f slip.Field, v string) slip.Field { f.Default = v; return f }

var (
	code   = must(col("code", "编码", "Code", slip.TypeText, 110))
	name   = must(col("name", "名称", "Name", slip.TypeText, 220))
	abbr   = col("initials", "助记码", "Initials", slip.TypeText, 90)
	remark = col("remark", "备注", "Remark", slip.TypeText, 160)
	// negative is what holds for stock below zero where it is not the book's word: a product's own before its warehouse's.
	negative = slip.Field{Key: "negative", Label: text.T("负库存", "Below zero"), Type: slip.TypeChoice, Width: 80, Choices: []slip.Choice{
		{Value: "forbid", Label: text.T("禁止", "Forbid")}, {Value: "warn", Label: text.T("警告", "Warn")}, {Value: "allow", Label: text.T("允许", "Allow")}}}
	// service is yes where nothing of the product lies in stock: freight, repair, a fee. It is bought and sold like goods.
	service = sparse(col("service", "服务", "Service", slip.TypeBool, 56))
	// inclTax is whether the record's prices hold the tax; empty: as the book's setting says.
	inclTax = sparse(slip.Field{Key: InclTax, Label: text.T("价格含税", "Prices include tax"), Type: slip.TypeChoice, Width: 80, Choices: []slip.Choice{
		{Value: "yes", Label: text.T("含税", "With tax")}, {Value: "no", Label: text.T("不含税", "Before tax")}}})
	// printLang is the language of the papers a party gets; empty: the book's.
	printLang = sparse(slip.Field{Key: "lang", Label: text.T("单据语言", "Paper language"), Type: slip.TypeChoice, Width: 80, Choices: []slip.Choice{
		{Value: "zh", Label: text.T("中文", "Chinese")}, {Value: "en", Label: text.T("英文", "English")}}})
	active = def(col("active", "启用", "Active", slip.TypeBool, 56), "yes")
)

func party(code_, zh, en, oneZh, oneEn string, role slip.Role) *Type {
	t := &Type{Code: code_, Table: "party", Title: text.T(zh, en), One: text.T(oneZh, oneEn), Role: role, Fields: []slip.Field{
		code, name, abbr,
		col("contact", "联系人", "Contact", slip.TypeText, 90),
		col("phone", "电话", "Phone", slip.TypeText, 120),
		col("address", "地址", "Address", slip.TypeText, 240),
		col("tax_no", "税号", "Tax no.", slip.TypeText, 150),
		terms(col("bank", "开户行", "Bank", slip.TypeText, 140), role == slip.Suppliers),
		terms(col("bank_account", "银行账号", "Bank account", slip.TypeText, 160), role == slip.Suppliers),
		terms(money("credit_limit", "信用额度", "Credit limit", slip.TypeAmount, 100, slip.Open), role == slip.Customers),
		terms(col("payment_days", "账期(天)", "Payment days", slip.TypeInt, 70), true),
		terms(col("price_level", "价格级别", "Price level", slip.TypeText, 80), role == slip.Customers),
		printLang,
	}}
	if role == slip.Suppliers {
		t.Fields = append(t.Fields, col("lead_days", "到货天数", "Lead days", slip.TypeInt, 70))
	}
	t.Fields = append(t.Fields, remark, active)
	return t
}

// Piece is the unit of a product of which nobody says one, in the book's language.
var Piece = text.T("件", "pcs")

// listing are the modules whose lists of words a shop may change.
var listing = []string{"crm", "contracts", "service", "targets", "styles", "till", "members", "promotions", "channels", "markdown"}

// The master types.
var (
	Units = &Type{Code: "units", Table: "unit", Title: text.T("计量单位", "Units"), One: text.T("计量单位", "Unit"),
		Fields: []slip.Field{code, name}}
	Categories = &Type{Code: "categories", Table: "category", Title: text.T("商品类别", "Categories"), One: text.T("商品类别", "Category"),
		Fields: []slip.Field{code, name,
			ref("parent", "上级", "Parent", "categories", 100),
			ref("stock_account", "存货科目", "Stock account", "gl", 90),
			ref("sales_account", "收入科目", "Sales account", "gl", 90),
			ref("cost_account", "成本科目", "Cost account", "gl", 90)}}
	Products = &Type{Code: "products", Table: "product", Title: text.T("商品", "Products"), One: text.T("商品", "Product"),
		Fields: []slip.Field{code, name,
			col("name2", "外文名", "Other name", slip.TypeText, 160), abbr,
			col("spec", "规格", "Specification", slip.TypeText, 150),
			ref("category", "类别", "Category", "categories", 90),
			def(ref("unit", "单位", "Unit", "units", 56), Piece.Zh),
			col("barcode", "条码", "Barcode", slip.TypeText, 120),
			money("purchase_price", "进价", "Purchase price", slip.TypePrice, 90, slip.TagPurchase),
			money("sales_price", "售价", "Sales price", slip.TypePrice, 90, slip.TagSales),
			inclTax,
			col("tax_rate", "税率", "Tax rate", slip.TypeRate, 56),
			money("reference_cost", "参考成本", "Reference cost", slip.TypePrice, 90, slip.TagCost),
			col("min_stock", "下限", "Minimum", slip.TypeQuantity, 70),
			col("max_stock", "上限", "Maximum", slip.TypeQuantity, 70),
			ref("supplier", "供应商", "Supplier", "suppliers", 110),
			col("brand", "品牌", "Brand", slip.TypeText, 80),
			col("size", "尺码", "Size", slip.TypeText, 60),
			col("colour", "颜色", "Colour", slip.TypeText, 60),
			ref("unit2", "辅单位", "Second unit", "units", 60),
			col("unit2_factor", "换算率", "Factor", slip.TypeQuantity, 70),
			col("shelf", "货位", "Shelf", slip.TypeText, 70),
			col("weight", "单重(千克)", "Weight (kg)", slip.TypeQuantity, 80),
			col("lead_days", "到货天数", "Lead days", slip.TypeInt, 70),
			{Key: "tracking", Label: text.T("批次管理", "Tracking"), Type: slip.TypeChoice, Width: 80, Choices: []slip.Choice{
				{Value: "none", Label: text.T("不管", "None")}, {Value: "lot", Label: text.T("批号", "Lot")}, {Value: "serial", Label: text.T("序列号", "Serial")}}},
			col("shelf_days", "保质天数", "Shelf life", slip.TypeInt, 70),
			col("warn_days", "预警天数", "Warn days", slip.TypeInt, 70),
			negative,
			service,
			remark, active}}
	Suppliers  = party("suppliers", "供应商", "Suppliers", "供应商", "Supplier", slip.Suppliers)
	Customers  = party("customers", "客户", "Customers", "客户", "Customer", slip.Customers)
	Warehouses = &Type{Code: "warehouses", Table: "warehouse", Title: text.T("仓库", "Warehouses"), One: text.T("仓库", "Warehouse"),
		Fields: []slip.Field{code, name, abbr,
			col("address", "地址", "Address", slip.TypeText, 240),
			col("keeper", "仓管员", "Keeper", slip.TypeText, 90), negative,
			col("transit", "在途仓", "Transit", slip.TypeBool, 70), active}}
	Accounts = &Type{Code: "accounts", Table: "account", Title: text.T("资金账户", "Cash accounts"), One: text.T("资金账户", "Cash account"),
		Fields: []slip.Field{code, name, abbr,
			{Key: "type", Label: text.T("类型", "Type"), Type: slip.TypeChoice, Width: 70, Default: "cash", Choices: []slip.Choice{
				{Value: "cash", Label: text.T("现金", "Cash")}, {Value: "bank", Label: text.T("银行", "Bank")}}},
			ref("gl_account", "会计科目", "GL account", "gl", 90),
			money("opening", "期初余额", "Opening", slip.TypeAmount, 100, slip.Open), active}}
	Employees = &Type{Code: "employees", Table: "employee", Title: text.T("职员", "Employees"), One: text.T("职员", "Employee"),
		Fields: []slip.Field{code, name, abbr,
			ref("department", "部门", "Department", "departments", 100),
			col("phone", "电话", "Phone", slip.TypeText, 120), active}}
	// Departments are the parts of the company that slips and employees belong to.
	Departments = &Type{Code: "departments", Table: "department", Title: text.T("部门", "Departments"), One: text.T("部门", "Department"),
		Fields: []slip.Field{code, name, ref("parent", "上级", "Parent", "departments", 100), col("business_unit", "经营单位", "Business unit", slip.TypeBool, 80),
			ref("manager", "负责人", "Manager", "employees", 110), remark, active}}
	// Choices are the words a shop may choose from in one of its lists.
	Choices = &Type{Code: "choices", Table: "choice", Title: text.T("选项", "Choices"), One: text.T("选项", "Choice"), Keys: []string{"of", "code"}, Module: listing,
		Fields: []slip.Field{must(col("of", "用于", "Of", slip.TypeText, 120)), code, name, col("name2", "外文名", "Other name", slip.TypeText, 160),
			col("order", "顺序", "Order", slip.TypeInt, 60), active}}
	// Calendar are the days that are not as the week says: holidays, and days worked instead 调休.
	Calendar = &Type{Code: "calendar", Table: "calendar", Title: text.T("日历", "Calendar"), One: text.T("日期", "Day"), Keys: []string{"date"}, Module: []string{"production", "service"},
		Fields: []slip.Field{must(col("date", "日期", "Date", slip.TypeDate, 110)), must(col("working", "上班", "Working", slip.TypeBool, 70)), remark}}
	// Prices are what a price level or a customer pays, from a quantity on and between two days.
	Prices = &Type{Code: "prices", Table: "price", Title: text.T("价格表", "Prices"), One: text.T("价格", "Price"),
		Keys: []string{"product", "price_level", "customer", "from_qty", "from"},
		Fields: []slip.Field{must(ref("product", "商品", "Product", "products", 130)), col("price_level", "价格级别", "Price level", slip.TypeText, 90),
			ref("customer", "客户", "Customer", "customers", 130), must(money("price", "单价", "Price", slip.TypePrice, 100, slip.TagSales)),
			col("from_qty", "起订量", "From quantity", slip.TypeQuantity, 90), col("from", "开始日期", "From", slip.TypeDate, 100), col("to", "截止日期", "To", slip.TypeDate, 100), inclTax}}
	// Boms are bills of materials, a component a record: so much of it goes into one of the product.
	Boms = &Type{Code: "boms", Table: "bom", Title: text.T("物料清单", "Bills of materials"), One: text.T("物料清单行", "Component"),
		Keys: []string{"product", "component"},
		Fields: []slip.Field{must(ref("product", "成品", "Product", "products", 130)), must(ref("component", "组件", "Component", "products", 130)),
			must(col("qty", "用量", "Quantity", slip.TypeQuantity, 90)), col("scrap_rate", "损耗率", "Scrap rate", slip.TypeRate, 80)}}
	OpeningStock = &Type{Code: "opening-stock", Table: "opening_stock", Title: text.T("期初库存", "Opening stock"), One: text.T("期初库存", "Opening stock"),
		Keys: []string{"warehouse", "product", "lot"},
		Fields: []slip.Field{must(ref("warehouse", "仓库", "Warehouse", "warehouses", 110)), must(ref("product", "商品", "Product", "products", 130)),
			must(col("qty", "数量", "Quantity", slip.TypeQuantity, 90)),
			money("cost", "单位成本", "Unit cost", slip.TypePrice, 100, slip.TagCost),
			money("amount", "金额", "Amount", slip.TypeAmount, 110, slip.TagCost),
			col("lot", "批号", "Lot", slip.TypeText, 110),
			col("expiry", "有效期", "Expiry", slip.TypeDate, 92)}}
	OpeningBalances = &Type{Code: "opening-balances", Table: "opening_balance", Title: text.T("期初往来", "Opening balances"), One: text.T("期初往来", "Opening balance"),
		Keys: []string{"party_kind", "party"},
		Fields: []slip.Field{
			{Key: "party_kind", Label: text.T("往来类型", "Party kind"), Type: slip.TypeChoice, Required: true, Width: 90, Choices: []slip.Choice{
				{Value: "supplier", Label: text.T("供应商", "Supplier")}, {Value: "customer", Label: text.T("客户", "Customer")}}},
			must(col("party", "往来单位", "Party", slip.TypeText, 130)),
			money("receivable", "应收", "Receivable", slip.TypeAmount, 110, slip.Open), money("payable", "应付", "Payable", slip.TypeAmount, 110, slip.Open),
			money("advance", "预收", "Advance", slip.TypeAmount, 110, slip.Open), money("prepaid", "预付", "Prepaid", slip.TypeAmount, 110, slip.Open)}}
	// GL is the chart of accounts; it is seeded, not imported.
	GL = &Type{Code: "gl", Table: "gl_account", Title: text.T("会计科目", "Chart of accounts"), One: text.T("会计科目", "GL account"),
		Fields: []slip.Field{code, name, col("name2", "英文名", "English name", slip.TypeText, 320),
			{Key: "side", Label: text.T("方向", "Side"), Type: slip.TypeChoice, Required: true, Choices: []slip.Choice{
				{Value: "debit", Label: text.T("借", "Debit")}, {Value: "credit", Label: text.T("贷", "Credit")}}}}}
)

// SalesPrice is the product field that price levels and customer prices stand before.
const SalesPrice = "sales_price"

// InclTax is the field that says whether the prices of a record hold the tax: yes, no, or empty as the book does.
const InclTax = "price_includes_tax"

// PricesKept tells whether a field of the type is a price that holds the tax or not, as the record's own word or the book's says. What
// goods cost is always before it.
func (t *Type) PricesKept(f slip.Field) bool {
	_, says := t.Field(InclTax)
	return says && f.Type == slip.TypePrice && f.Tag != slip.TagCost
}

// All lists the types in the order they are loaded and offered.
var All = []*Type{GL, Units, Categories, Suppliers, Customers, Products, Warehouses, Accounts, Employees, Departments, Choices, Calendar, Prices, Boms, OpeningStock, OpeningBalances}

// ByCode returns the type of that import name.
func ByCode(code string) (*Type, bool) {
	for _, t := range All {
		if t.Code == code {
			return t, true
		}
	}
	return nil, false
}
