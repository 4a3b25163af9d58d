package workflow

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Setting declares one thing a book can be set to (rule 7.1). Console, window and import of a new book read this one list; a further
// setting is a further entry and needs no field in Settings: without get and put its value stands in Settings.More.
type Setting struct {
	slip.Field           // Key, Label, Type, Choices, Default and the modules it belongs to
	Help       text.Text // what it does, in few words
	// Chosen with the book and not changed by `set`; Through then says how it changes, if it does.
	Chosen  bool
	Through text.Text
	// After is said once the setting was changed.
	After text.Text
	// Words: several of the choices, in any order, with a space between them.
	Words bool
	// Area is under which heading it stands.
	Area SettingArea
	// Least and Most bound a whole number; Most 0: nothing bounds it above.
	Least, Most int
	// read brings a value of its own form into the one that is kept; nil: the type's.
	read func(string) (string, error)
	get  func(*Settings) string
	put  func(*Settings, string)
}

// SettingArea groups settings for people, by what they are about.
type SettingArea string

// The areas. What is about neither is about how the program works.
const (
	AboutPapers SettingArea = "papers" // the company, and what its papers say
	AboutTrade  SettingArea = "trade"  // prices, and what a slip is stopped for
	AboutWork   SettingArea = ""
)

func choice(v, zh, en string) slip.Choice { return slip.Choice{Value: v, Label: text.T(zh, en)} }

func said(key, zh, en string, typ slip.Type, def string) slip.Field {
	return slip.Field{Key: key, Label: text.T(zh, en), Type: typ, Default: def}
}

func oneOf(key, zh, en string, list ...slip.Choice) slip.Field {
	return slip.Field{Key: key, Label: text.T(zh, en), Type: slip.TypeChoice, Choices: list, Default: list[0].Value}
}

// at is how a text of Settings is read and written.
func at(field func(*Settings) *string) (func(*Settings) string, func(*Settings, string)) {
	return func(s *Settings) string { return *field(s) }, func(s *Settings, v string) { *field(s) = v }
}

// textual is a setting kept in a text of Settings.
func textual(f slip.Field, zh, en string, field func(*Settings) *string) *Setting {
	x := &Setting{Field: f, Help: text.T(zh, en)}
	x.get, x.put = at(field)
	return x
}

// counted is a setting that is a whole number.
func counted(f slip.Field, zh, en string, least, most int, field func(*Settings) *int) *Setting {
	return &Setting{Field: f, Help: text.T(zh, en), Least: least, Most: most,
		get: func(s *Settings) string { return strconv.Itoa(*field(s)) }, put: func(s *Settings, v string) { *field(s), _ = strconv.Atoi(v) }}
}

// chosen is a setting made with the book: it decides how every slip is booked.
func chosen(x *Setting) *Setting { x.Chosen = true; return x }

var (
	watchRules = []slip.Choice{choice("warn", "提醒", "Warn"), choice("forbid", "禁止", "Forbid"), choice("allow", "允许", "Allow")}
	stockRules = []slip.Choice{choice("forbid", "禁止", "Forbidden"), choice("warn", "提醒", "Warned of"), choice("allow", "允许", "Allowed")}

	termsHelp = text.T("打在采购订单上，一行一条（或用 | 分开）；{advance} 预付款，{rate} 税率，{place} 交货地点", "printed on purchase orders, a line each or with | between; {advance}, {rate} and {place} are filled in")

	// Costings are the costing methods in words.
	Costings = []slip.Choice{choice(Average, "移动加权平均", "Moving average"), choice(FIFO, "先进先出", "First in, first out"), choice(Monthly, "全月一次加权平均", "Monthly average")}
)

// Declared lists the settings in the order they are shown.
var Declared = []*Setting{
	textual(said("company", "公司名称", "Company", slip.TypeText, ""), "打在单据抬头", "stands at the head of papers", func(s *Settings) *string { return &s.Company }),
	textual(said("address", "地址", "Address", slip.TypeText, ""), "打在单据抬头", "stands at the head of papers", func(s *Settings) *string { return &s.Address }),
	textual(said("phone", "电话", "Phone", slip.TypeText, ""), "打在单据抬头", "stands at the head of papers", func(s *Settings) *string { return &s.Phone }),
	textual(said("tax_no", "税号", "Tax no.", slip.TypeText, ""), "纳税人识别号，打在单据抬头", "stands at the head of papers", func(s *Settings) *string { return &s.TaxNo }),
	{Field: said("bank", "开户行", "Bank", slip.TypeText, ""), Help: text.T("打在单据页脚，客户付款用", "stands at the foot of papers: where customers pay to")},
	{Field: said("bank_account", "银行账号", "Bank account", slip.TypeText, ""), Help: text.T("打在单据页脚，客户付款用", "stands at the foot of papers: where customers pay to")},
	{Field: said("order_advance", "订货预付", "Advance of orders", slip.TypeRate, "0"), Help: text.T("采购订单预付几成，打在付款方式里", "the share of a purchase order that is paid in advance, as its paper says")},
	{Field: said("terms_zh", "采购条款", "Order terms, Chinese", slip.TypeText, ""), Help: termsHelp},
	{Field: said("terms_en", "采购条款（英文）", "Order terms, English", slip.TypeText, ""), Help: termsHelp},
	{Field: oneOf("lang", "账套语言", "Book language", choice("zh", "中文", "Chinese"), choice("en", "英文", "English")), Help: text.T("打印和新科目用的语言", "of papers and new accounts"),
		get: func(s *Settings) string { return string(s.Lang) }, put: func(s *Settings, v string) { s.Lang = text.Lang(v) }},
	chosen(&Setting{Field: said("start", "启用月份", "First month", slip.TypeText, ""), Help: text.T("期初是它之前的结余", "opening figures are of the day before"),
		read: func(v string) (string, error) { m, err := text.ParseMonth(v); return m.String(), err },
		get:  func(s *Settings) string { return s.Start.String() }, put: func(s *Settings, v string) { s.Start, _ = text.ParseMonth(v) }}),
	chosen(textual(oneOf("taxpayer", "纳税人", "Taxpayer", choice("general", "一般纳税人", "General"), choice("small", "小规模纳税人", "Small-scale")),
		"一般纳税人可抵扣进项税；小规模按征收率计税", "general deducts input tax; small does not", func(s *Settings) *string { return &s.Taxpayer })),
	chosen(&Setting{Field: said("vat", "默认税率", "Default VAT", slip.TypeRate, ""), Help: text.T("新商品的税率", "of new products"),
		get: func(s *Settings) string { return s.VAT.String() }, put: func(s *Settings, v string) { s.VAT, _ = num.ParseRate(v) }}),
	through(chosen(textual(slip.Field{Key: "costing", Label: text.T("成本计价", "Costing"), Type: slip.TypeChoice, Choices: Costings, Default: Average},
		"出库成本怎么算", "how the cost of what leaves is worked out", func(s *Settings) *string { return &s.Costing })),
		"成本计价从某月起改，用“成本计价”：zgctl costing", "costing changes from a month on by its own command: zgctl costing"),
	chosen(textual(oneOf("pool", "成本核算范围", "Cost pool", choice("company", "全公司一个成本", "Company"), choice("warehouse", "每个仓库分开", "By warehouse")),
		"全公司一个成本，或每个仓库各算各的", "one for the company, or by warehouse", func(s *Settings) *string { return &s.Pool })),
	chosen(textual(oneOf("flow", "何时记欠款", "Debts arise", choice("direct", "出入库时", "With the goods"), choice("invoice", "开票时", "With the invoice")),
		"出入库即记往来，或等发票钩稽", "debts arise with goods or invoice", func(s *Settings) *string { return &s.Flow })),
	chosen(textual(slip.Field{Key: "negative", Label: text.T("负库存", "Negative stock"), Type: slip.TypeChoice, Choices: stockRules, Default: "forbid"},
		"库存不够时还能不能出库", "whether more may leave than is there", func(s *Settings) *string { return &s.Negative })),
	textual(slip.Field{Key: "below_cost", Label: text.T("低于成本", "Below cost"), Type: slip.TypeChoice, Choices: watchRules, Default: "warn"},
		"销售价低于成本时怎么办", "what becomes of a sale below cost", func(s *Settings) *string { return &s.Below }),
	textual(slip.Field{Key: "over_credit", Label: text.T("超信用额度", "Over credit"), Type: slip.TypeChoice, Choices: watchRules, Default: "warn"},
		"客户欠款超过信用额度时怎么办", "what becomes of a sale over the customer's credit limit", func(s *Settings) *string { return &s.OverCredit }),
	counted(said("lock_wait", "等待秒数", "Wait (s)", slip.TypeInt, "10"), "账套被别人占用时最多等几秒", "how long to wait while somebody else writes the book", 1, 600, func(s *Settings) *int { return &s.LockWait }),
	counted(said("lock_after", "锁屏分钟", "Lock after (min)", slip.TypeInt, "10"), "没人操作几分钟后锁屏，0 不锁；账套有用户时有效", "locks when nobody touched it so long; 0 never; where the book has users", 0, 999, func(s *Settings) *int { return &s.LockAfter }),
	counted(said("slow_days", "滞销天数", "Slow days", slip.TypeInt, "90"), "多少天没有销售算滞销", "goods not sold for so many days are slow", 1, 9999, func(s *Settings) *int { return &s.SlowDays }),
	counted(said("dead_days", "呆滞天数", "Dead days", slip.TypeInt, "180"), "多少天没有销售算呆滞", "goods not sold for so many days are dead", 1, 9999, func(s *Settings) *int { return &s.DeadDays }),
	{Field: said(master.InclTax, "价格含税", "Prices include tax", slip.TypeBool, "no"), Help: text.T("商品、价格表和新单据的价格是否含税", "how prices in products, lists and new slips are read"),
		After: text.T("已保存的价格不换算，原来的数字从现在起按新的方式理解", "nothing was converted: prices that were kept are read the new way from now on"),
		get:   func(s *Settings) string { return map[bool]string{true: "yes", false: "no"}[s.InclTax] }, put: func(s *Settings, v string) { s.InclTax = v == "yes" }},
	textual(oneOf("print_balance", "打印欠款", "Print balance", choice("yes", "打印", "Yes"), choice("no", "不打印", "No")),
		"销售单据上打印上期欠款、本次收款、累计欠款", "what a customer owed before, pays now and owes then, on its slips", func(s *Settings) *string { return &s.PrintBalance }),
	textual(oneOf("enter_skips", "回车跳过", "Enter skips", choice("none", "不跳", "Nothing"), choice("filled", "已填的单价和折扣", "Price and discount")),
		"回车时跳过已自动填好的单价和折扣", "what Enter passes by where it is filled in", func(s *Settings) *string { return &s.EnterSkips }),
	{Field: slip.Field{Key: "four_eyes", Label: text.T("双人复核", "Four eyes"), Type: slip.TypeText, Choices: kindChoices()}, Words: true,
		Help: text.T("这些单据不能由制单人自己审核；账套有用户时有效", "kinds of which nobody audits what he made or changed, where the book has users")},
	{Field: said("approve_own", "可批自己的单", "Approve own", slip.TypeBool, "no"), Help: text.T("制单人可以审批自己的单据；账套有用户时有效", "who made a slip may approve it, where the book has users")},
	{Field: said("auto_codes", "自动编码", "Codes", slip.TypeText, "customers:K suppliers:G products:P"), Help: text.T("编码留空时自动编：资料:前缀", "what an empty code becomes: type:prefix"),
		read: readAutoCodes, get: func(s *Settings) string { return s.AutoCodes }, put: func(s *Settings, v string) { s.AutoCodes = v }},
	{Field: slip.Field{Key: "modules", Label: text.T("功能模块", "Modules"), Type: slip.TypeText}, Help: text.T("买卖以外的功能，空格隔开", "what the book has beyond trade, with spaces between"), Words: true,
		get: func(s *Settings) string { return strings.Join(s.Modules, " ") }, put: func(s *Settings, v string) { s.Modules = strings.Fields(v) }},
}

// UsualInclTax is what a new book is proposed for price_includes_tax: a small taxpayer, who shows no tax apart, speaks of prices with tax.
func UsualInclTax(taxpayer string) string {
	if taxpayer == "small" {
		return "yes"
	}
	return "no"
}

func init() {
	for area, list := range map[SettingArea]string{
		AboutPapers: "company address phone tax_no bank bank_account order_advance terms_zh terms_en lang print_balance",
		AboutTrade:  "below_cost over_credit price_includes_tax enter_skips",
	} {
		for _, key := range strings.Fields(list) {
			x, _ := SettingOf(key)
			x.Area = area
		}
	}
	for _, x := range Declared {
		if x.Key == "modules" {
			for _, m := range slip.Modules {
				x.Choices = append(x.Choices, slip.Choice{Value: m.Code, Label: m.Title})
			}
		}
	}
}

func through(x *Setting, zh, en string) *Setting { x.Through = text.T(zh, en); return x }

// SettingOf returns the setting of the key.
func SettingOf(key string) (*Setting, bool) {
	for _, x := range Declared {
		if x.Key == key {
			return x, true
		}
	}
	return nil, false
}

// Known are the settings of the modules that are on, in the order they are shown.
func (s Settings) Known() (list []*Setting) {
	for _, x := range Declared {
		if s.Modules.Has(x.Module) {
			list = append(list, x)
		}
	}
	return list
}

// Get returns the value of a setting as it is kept; empty: it is not set.
func (s Settings) Get(key string) string {
	x, ok := SettingOf(key)
	switch {
	case !ok:
		return ""
	case x.get != nil:
		return x.get(&s)
	}
	return cmp.Or(s.More[key], x.Default)
}

// Put gives a setting a value that was checked.
func (s *Settings) Put(key, value string) {
	x, ok := SettingOf(key)
	switch {
	case !ok:
	case x.put != nil:
		x.put(s, value)
	default:
		s.More = maps.Clone(s.More)
		if s.More == nil {
			s.More = map[string]string{}
		}
		s.More[key] = value
	}
}

// Word is a value in words.
func (x *Setting) Word(v string) text.Text {
	for _, c := range x.Choices {
		if c.Value == v && !x.Words {
			return c.Label
		}
	}
	return text.T(v, v)
}

// Can tells what the setting may be, default first: "warn, forbid, allow", "1 to 600", "yes, no".
func (x *Setting) Can() text.Text {
	switch {
	case x.Words || len(x.Choices) > 0:
		var words []string
		for _, c := range x.Choices {
			words = append(words, c.Value)
		}
		if x.Key == "modules" {
			return canModules(words)
		}
		list := strings.Join(words, ", ")
		if x.Words {
			return text.Tf("任选：%s", "any of %s", list)
		}
		return text.T(list, list)
	case x.Type == slip.TypeBool:
		return text.T("yes, no", "yes, no")
	case x.Type == slip.TypeInt && x.Most > 0:
		return text.Tf("%d 到 %d", "%d to %d", x.Least, x.Most)
	case x.Type == slip.TypeInt:
		return text.Tf("%d 以上的整数", "a whole number from %d on", x.Least)
	case x.Key == "auto_codes":
		return text.T("资料:前缀，如 "+x.Default, "type:prefix, such as "+x.Default)
	case x.Key == "start":
		return text.T("月份，如 2026-01", "a month, such as 2026-01")
	case x.Type == slip.TypeRate:
		return text.T("比率，如 0.13 或 13%", "a rate, such as 0.13 or 13%")
	case x.Type == slip.TypeText:
		return text.T("文字", "any words")
	}
	return text.T("数字", "a number")
}

// Read brings a typed value into the form that is kept; what it cannot be is refused with what it may be.
func (x *Setting) Read(v string) (string, error) {
	v = strings.TrimSpace(v)
	if kept, err := x.take(v); err == nil {
		return kept, nil
	}
	if f := slip.TooMuch(x.Field, v); f != nil {
		return "", &fault.Fault{Code: fault.Usage, Text: text.Tf("%s：%s", "%s: %s", text.T(x.Label.Zh, x.Key), f.Text), Field: x.Key}
	}
	return "", fault.New(fault.Usage, "%s 不能是“%s”，可以是：%s", "%s cannot be %q; it may be: %s", text.T(x.Label.Zh, x.Key), v, x.Can()).At(x.Key)
}

var errSetting = fault.New(fault.Usage, "不可选", "no value of the setting")

func (x *Setting) take(v string) (string, error) {
	switch {
	case x.read != nil:
		return x.read(v)
	case x.Words:
		return x.words(v)
	case v == "" && x.Type != slip.TypeText:
		return "", errSetting
	}
	kept, err := slip.Canonical(x.Field, v)
	if n, _ := strconv.Atoi(kept); err == nil && x.Type == slip.TypeInt && (n < x.Least || x.Most > 0 && n > x.Most) {
		return "", errSetting
	}
	return kept, err
}

// words reads a list of choices, by code or by word, in the order they are offered.
func (x *Setting) words(v string) (string, error) {
	var list []string
	for _, w := range listed(v) {
		c, err := slip.Canonical(slip.Field{Type: slip.TypeChoice, Choices: x.Choices}, w)
		if err != nil {
			return "", err
		}
		list = append(list, c)
	}
	var out []string
	for _, c := range x.Choices {
		if slices.Contains(list, c.Value) {
			out = append(out, c.Value)
		}
	}
	return strings.Join(out, " "), nil
}

// listed are the words of a list, which stand apart by comma or space.
func listed(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(" ,，、\t", r) })
}

// readAutoCodes reads which master types get their codes by themselves, and what these begin with.
func readAutoCodes(v string) (string, error) {
	var out []string
	for _, w := range listed(v) {
		typ, prefix, ok := strings.Cut(w, ":")
		t, known := master.ByCode(typ)
		if !ok || !known || !slices.Equal(t.KeyFields(), []string{"code"}) || t == master.GL || prefix == "" || len(prefix) > 20 || strings.HasSuffix(prefix, "0") {
			return "", errSetting
		}
		if slices.ContainsFunc(out, func(o string) bool { return strings.HasPrefix(o, typ+":") }) {
			return "", errSetting
		}
		out = append(out, w)
	}
	return strings.Join(out, " "), nil
}

// had tells whether the program has anything that belongs to the module alone: what several modules share is not yet one of them.
func had(module string) bool {
	own := func(list []string) bool { return len(list) == 1 && list[0] == module }
	field := func(f slip.Field) bool { return own(f.Module) }
	return slices.ContainsFunc(kinds.All, func(k *slip.Kind) bool {
		return own(k.Module) || slices.ContainsFunc(k.Header, field) || slices.ContainsFunc(k.Lines, field)
	}) || slices.ContainsFunc(master.All, func(t *master.Type) bool { return own(t.Module) || slices.ContainsFunc(t.Fields, field) })
}

// canModules says which of the modules this program has, and which come with a later one.
func canModules(all []string) text.Text {
	has, later := parted(all)
	switch {
	case len(later) == 0:
		return text.Tf("任选：%s", "any of %s", strings.Join(has, ", "))
	case len(has) == 0:
		return text.Tf("本程序还没有；以后的版本会有：%s", "none in this program yet; later ones will have %s", strings.Join(later, ", "))
	}
	return text.Tf("任选：%s；以后的版本会有：%s", "any of %s; later programs will have %s", strings.Join(has, ", "), strings.Join(later, ", "))
}

// parted are the modules the program has, and those it has not got yet.
func parted(all []string) (has, later []string) {
	for _, m := range all {
		if had(m) {
			has = append(has, m)
		} else {
			later = append(later, m)
		}
	}
	return has, later
}

// checkModules refuses modules the program has not got, and says which it has.
func checkModules(list slip.On) error {
	var all []string
	for _, m := range slip.Modules {
		all = append(all, m.Code)
	}
	for _, m := range list {
		if had(m) {
			continue
		}
		x, _ := slip.ModuleOf(m)
		if has, _ := parted(all); len(has) > 0 {
			return fault.New(fault.Refused, "本程序还没有“%s”模块（%s），要等以后的版本；现在可以打开：%s", "this program has not got the module %[2]s yet, a later one will; it has %[3]s", x.Title, m, strings.Join(has, ", ")).At("modules")
		}
		return fault.New(fault.Refused, "本程序还没有“%s”模块（%s），要等以后的版本；买卖、库存和账务不用打开模块", "this program has not got the module %[2]s yet, a later one will; trade, stock and books need no module", x.Title, m).At("modules")
	}
	return nil
}

// kindChoices are the kinds of slip people make.
func kindChoices() (list []slip.Choice) {
	for _, k := range kinds.All {
		if !k.Hidden {
			list = append(list, slip.Choice{Value: k.Code, Label: k.Title})
		}
	}
	return list
}
