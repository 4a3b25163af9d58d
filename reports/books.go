package reports

import (
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/chart"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// GeneralLedger 总账/明细账: every line of every account with its running balance and the side it stands on.
var GeneralLedger = &Report{Name: "general-ledger", Title: text.T("科目明细账", "General ledger"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"from", "to", "account"},
	Columns: []Column{onGL, itsName, dated, txt("voucher", "凭证号", "Voucher"), summed,
		amt("debit", "借方", "Debit", slip.TagMargin).either(), amt("credit", "贷方", "Credit", slip.TagMargin).either(), txt("side", "方向", "Side").called(among(sides)), balance("balance", "余额", "Balance", slip.TagMargin).zero()},
	Run: Stream(generalLedger).all, Stream: generalLedger}

func generalLedger(b *workflow.Book, p Params, f func(Row) error) error {
	if _, err := one(b, p.Account, master.GL.Code); err != nil {
		return err
	}
	from, to, err := span(b, p)
	if err != nil {
		return err
	}
	if p.From == 0 {
		from = from.AddDays(-1) // the opening voucher
	}
	vouchers, err := voucherNumbers(b, from, to)
	if err != nil {
		return err
	}
	sums, err := b.Seen().Turnovers(from, to)
	if err != nil {
		return err
	}
	if p.Account != "" {
		sums = slices.DeleteFunc(sums, func(o store.AccountSums) bool { return o.Account != p.Account })
	}
	var at store.AccountSums // the account under way, its opening become its running balance
	var name string
	// turn goes on to an account, or with none to the end, past those that only have an opening
	turn := func(account string) error {
		for len(sums) > 0 && (at.Account != account || account == "") {
			at, sums = sums[0], sums[1:]
			name = accountName(b, at.Account)
			if at.Opening == 0 {
				continue
			}
			side, bal := sideOf(at.Opening)
			if err := f(Row{Word(at.Account), Word(name), from.AddDays(-1), None, began(b), num.Amount(0), num.Amount(0), side, bal}); err != nil {
				return err
			}
		}
		return nil
	}
	err = b.Seen().LedgerLines(p.Account, from, to, func(r *store.VoucherLine) error {
		if err := turn(r.Account); err != nil {
			return err
		}
		at.Opening += r.Debit - r.Credit
		side, bal := sideOf(at.Opening)
		return f(Row{Word(r.Account), Word(name), r.Date, Word(vouchers[r.Slip]), Word(summary(b, r.Kind, r.Party, r.Remark)), r.Debit, r.Credit, side, bal})
	})
	if err != nil {
		return err
	}
	return turn("") // no account has this code
}

// sideOf is the side a balance stands on, and the balance without its sign.
func sideOf(a num.Amount) (side Word, balance num.Amount) {
	switch {
	case a > 0:
		return "debit", a
	case a < 0:
		return "credit", -a
	}
	return "even", 0
}

// summary words a voucher line: the slip's remark, else its kind and party.
func summary(b *workflow.Book, kind string, who int64, remark string) string {
	if remark != "" {
		return remark
	}
	k, _ := kinds.ByCode(kind)
	s := k.Title.In(b.Settings().Lang)
	if p := party(b, who); p != nil {
		s += " " + p.Get("name")
	}
	return s
}

// began words the opening line of a ledger that has summaries.
func began(b *workflow.Book) Word { return Word(summary(b, kinds.Opening.Code, 0, "")) }

// voucherNumbers numbers the vouchers of the months a span touches, as the journal does.
func voucherNumbers(b *workflow.Book, from, to text.Date) (map[int64]string, error) {
	numbers := newNumbering(b)
	err := b.Seen().Journal(from.Month().First(), to, func(r *store.VoucherLine) error {
		_, err := numbers.of(r)
		return err
	})
	return numbers.named, err
}

// item is one line of a statement: accounts whose balances it sums (a code counts with all below it; "-" before it takes it off), or
// other lines.
type item struct {
	line     int
	zh, en   string
	accounts string
	lines    string
}

var (
	balanceItems = []item{
		{1, "货币资金", "Cash", "1001 1002 1012", ""}, {2, "短期投资", "Short-term investments", "1101", ""}, {3, "应收票据", "Notes receivable", "1121", ""},
		{4, "应收账款", "Accounts receivable", "1122", ""}, {5, "预付账款", "Prepayments", "1123", ""}, {6, "应收股利", "Dividends receivable", "1131", ""},
		{7, "应收利息", "Interest receivable", "1132", ""}, {8, "其他应收款", "Other receivables", "1221", ""},
		{9, "存货", "Inventories", "1401 1402 1403 1404 1405 1406 1407 1408 1411 1421 4001 4101 4401 4403", ""},
		{10, "其中：原材料", "of which raw materials", "1403", ""}, {11, "在产品", "work in progress", "4001", ""}, {12, "库存商品", "merchandise", "1405", ""}, {13, "周转材料", "revolving materials", "1411", ""},
		{14, "其他流动资产", "Other current assets", "1901", ""}, {15, "流动资产合计", "Total current assets", "", "1 2 3 4 5 6 7 8 9 14"},
		{16, "长期债券投资", "Long-term bonds", "1501", ""}, {17, "长期股权投资", "Long-term equity", "1511", ""}, {18, "固定资产原价", "Fixed assets at cost", "1601", ""},
		{19, "减：累计折旧", "Less accumulated depreciation", "-1602", ""}, {20, "固定资产账面价值", "Fixed assets, net", "", "18 -19"}, {21, "在建工程", "Construction in progress", "1604", ""},
		{22, "工程物资", "Construction materials", "1605", ""}, {23, "固定资产清理", "Disposal of fixed assets", "1606", ""}, {24, "生产性生物资产", "Productive biological assets", "1621 1622", ""},
		{25, "无形资产", "Intangible assets", "1701 1702", ""}, {26, "开发支出", "Development", "4301", ""}, {27, "长期待摊费用", "Long-term deferred expenses", "1801", ""},
		{28, "其他非流动资产", "Other non-current assets", "", ""}, {29, "非流动资产合计", "Total non-current assets", "", "16 17 20 21 22 23 24 25 26 27 28"}, {30, "资产总计", "Total assets", "", "15 29"},
		{31, "短期借款", "Short-term loans", "-2001", ""}, {32, "应付票据", "Notes payable", "-2201", ""}, {33, "应付账款", "Accounts payable", "-2202", ""}, {34, "预收账款", "Advances received", "-2203", ""},
		{35, "应付职工薪酬", "Employee benefits payable", "-2211", ""}, {36, "应交税费", "Taxes payable", "-2221", ""}, {37, "应付利息", "Interest payable", "-2231", ""}, {38, "应付利润", "Profit payable", "-2232", ""},
		{39, "其他应付款", "Other payables", "-2241", ""}, {40, "其他流动负债", "Other current liabilities", "", ""}, {41, "流动负债合计", "Total current liabilities", "", "31 32 33 34 35 36 37 38 39 40"},
		{42, "长期借款", "Long-term loans", "-2501", ""}, {43, "长期应付款", "Long-term payables", "-2701", ""}, {44, "递延收益", "Deferred income", "-2401", ""}, {45, "其他非流动负债", "Other non-current liabilities", "", ""},
		{46, "非流动负债合计", "Total non-current liabilities", "", "42 43 44 45"}, {47, "负债合计", "Total liabilities", "", "41 46"},
		{48, "实收资本（或股本）", "Paid-in capital", "-3001", ""}, {49, "资本公积", "Capital reserve", "-3002", ""}, {50, "盈余公积", "Surplus reserve", "-3101", ""},
		{51, "未分配利润", "Undistributed profit", "-3103 -3104 -5", ""}, {52, "所有者权益（或股东权益）合计", "Total equity", "", "48 49 50 51"}, {53, "负债和所有者权益（或股东权益）总计", "Total liabilities and equity", "", "47 52"},
	}
	incomeItems = []item{
		{1, "一、营业收入", "Operating revenue", "-5001 -5051", ""}, {2, "减：营业成本", "Less operating cost", "5401 5402", ""}, {3, "营业税金及附加", "Taxes and surcharges", "5403", ""},
		{11, "销售费用", "Selling expenses", "5601", ""}, {14, "管理费用", "Administrative expenses", "5602", ""}, {18, "财务费用", "Finance expenses", "5603", ""},
		{20, "加：投资收益", "Plus investment income", "-5111", ""}, {21, "二、营业利润", "Operating profit", "", "1 -2 -3 -11 -14 -18 20"},
		{22, "加：营业外收入", "Plus non-operating income", "-5301", ""}, {24, "减：营业外支出", "Less non-operating expenses", "5711", ""},
		{30, "三、利润总额", "Profit before tax", "", "21 22 -24"}, {31, "减：所得税费用", "Less income tax", "5801", ""}, {32, "四、净利润", "Net profit", "", "30 -31"},
	}
)

var statementColumns = []Column{whole("line", "行次", "Line"), txt("name", "项目", "Item").grows(6)}

// BalanceSheet 资产负债表 (会小企01表): previous is the beginning of the year. IncomeStatement 利润表 (会小企02表): previous is as many
// months before. Lines have the numbers of 小企业会计准则.
var (
	BalanceSheet = &Report{Name: "balance-sheet", Title: text.T("资产负债表", "Balance sheet"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"as-of"},
		Columns: append(append([]Column{}, statementColumns...), balance("amount", "期末余额", "Amount", slip.TagMargin), balance("previous", "年初余额", "Previous", slip.TagMargin)), Run: balanceSheet}
	IncomeStatement = &Report{Name: "income-statement", Title: text.T("利润表", "Income statement"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"from", "to"},
		Columns: append(append([]Column{}, statementColumns...), balance("amount", "本期金额", "Amount", slip.TagMargin), balance("previous", "上期金额", "Previous", slip.TagMargin)), Run: incomeStatement}
)

func balanceSheet(b *workflow.Book, p Params) ([]Row, error) {
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	year := text.Month(int(day.Month())/100*100 + 1).First().AddDays(-1)
	var sums [2]map[string]num.Amount
	for i, d := range []text.Date{day, year} {
		f, err := b.Seen().Turnovers(b.Settings().Start.First().AddDays(-1), d)
		if err != nil {
			return nil, err
		}
		sums[i] = map[string]num.Amount{}
		for _, r := range f {
			if d >= b.Settings().Start.First().AddDays(-1) {
				sums[i][r.Account] = r.Opening + r.Debit - r.Credit
			}
		}
	}
	return statement(b, balanceItems, sums), nil
}

func incomeStatement(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	var sums [2]map[string]num.Amount
	before := from.Month()
	for m := from.Month(); m <= to.Month(); m = m.Next() {
		before = before.Prev()
	}
	for i, s := range [][2]text.Date{{from, to}, {before.First(), from.AddDays(-1)}} {
		f, err := b.Seen().Operating(kinds.PeriodClose.Code, s[0], s[1])
		if err != nil {
			return nil, err
		}
		sums[i] = map[string]num.Amount{}
		for _, r := range f {
			sums[i][r.Account] = r.Amount
		}
	}
	return statement(b, incomeItems, sums), nil
}

// statement fills the lines with both columns.
func statement(b *workflow.Book, items []item, sums [2]map[string]num.Amount) []Row {
	var rows []Row
	done := map[int][2]num.Amount{}
	for _, x := range items {
		var v [2]num.Amount
		for i := range v {
			v[i] = x.sum(sums[i])
			for _, n := range strings.Fields(x.lines) {
				line, _ := strconv.Atoi(strings.TrimPrefix(n, "-"))
				if strings.HasPrefix(n, "-") {
					v[i] -= done[line][i]
				} else {
					v[i] += done[line][i]
				}
			}
		}
		done[x.line] = v
		rows = append(rows, Row{Whole(x.line), Word(text.T(x.zh, x.en).In(b.Settings().Lang)), v[0], v[1]})
	}
	return rows
}

func (x item) sum(sums map[string]num.Amount) (v num.Amount) {
	for _, a := range strings.Fields(x.accounts) {
		code := strings.TrimPrefix(a, "-")
		for account, s := range sums {
			if !strings.HasPrefix(account, code) {
				continue
			}
			if code != a {
				s = -s
			}
			v += s
		}
	}
	return v
}

// VAT 增值税: what was sold and bought of each month with its tax, and what is to be paid: output tax less input tax, and what of
// that was transferred out again. A small taxpayer deducts nothing.
var VAT = &Report{Name: "vat", Title: text.T("增值税汇总表", "VAT"), Area: slip.Books, Tag: slip.TagMargin, Params: []string{"from", "to"},
	Columns: []Column{txt("month", "月份", "Month"), amt("output_net", "销售额", "Sales, net", slip.TagMargin).in(headOutput, underNet), amt("output_tax", "销项税额", "Output tax", slip.TagMargin).in(headOutput, underTax), amt("input_net", "进项金额", "Purchases, net", slip.TagMargin).in(headInput, underNet),
		amt("input_tax", "进项税额", "Input tax", slip.TagMargin).in(headInput, underTax), amt("payable", "应纳税额", "Payable", slip.TagMargin)},
	Run: vat}

func vat(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	sums := map[text.Month]*[4]num.Amount{}
	for i, side := range []string{"output", "input"} {
		f, err := b.Seen().VAT(taxed(side), side == "output", from, to)
		if err != nil {
			return nil, err
		}
		for _, r := range f {
			m := r.Month
			if sums[m] == nil {
				sums[m] = &[4]num.Amount{}
			}
			sums[m][i*2], sums[m][i*2+1] = r.Net, r.Tax
		}
	}
	outs, err := b.Seen().AccountMonths(chart.TransferredVAT, from, to)
	if err != nil {
		return nil, err
	}
	out := map[text.Month]num.Amount{}
	for _, r := range outs {
		if out[r.Month] = r.Tax; sums[r.Month] == nil && r.Tax != 0 {
			sums[r.Month] = &[4]num.Amount{}
		}
	}
	var rows []Row
	for m := from.Month(); m <= to.Month(); m = m.Next() {
		if s := sums[m]; s != nil {
			rows = append(rows, Row{Word(m.String()), s[0], s[1], s[2], s[3], s[1] - s[3] + out[m]})
		}
	}
	return rows, nil
}

// taxed lists the kinds of a side of VAT.
func taxed(side string) (t store.Taxed) {
	for _, k := range kinds.All {
		if k.VAT != side {
			continue
		}
		t.Kinds = append(t.Kinds, k.Code)
		if k.ReturnOf != "" {
			t.Returns = append(t.Returns, k.Code)
		}
		t.Goods = append(t.Goods, k.Matches...)
	}
	return t
}
