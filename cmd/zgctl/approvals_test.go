package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// office is a shop whose people sign: 孙倩 buys for 采购部, which 陈立 heads; 高翔 deputy, 李敏 finance, 吴芳 cashier, 张启明 manager.
func office(t *testing.T, people ...string) firm {
	t.Helper()
	f := firm{t, filepath.Join(t.TempDir(), "office.zg")}
	f.must("", "new", f.book, "--company", "五金", "--start", "2026-01", "--lang", "zh")
	f.imports("", "warehouses", "code,name", "W1,主仓")
	f.imports("", "products", "code,name,unit,purchase_price,sales_price", "A,螺栓,个,100,150")
	f.imports("", "suppliers", "code,name", "S,五金厂")
	f.imports("", "customers", "code,name", "C,客户")
	f.imports("", "accounts", "code,name,type", "B,工行,bank")
	f.imports("", "departments", "code,name", "D1,采购部")
	f.imports("", "employees", "code,name,department", "E1,孙倩,D1", "E2,陈立,D1", "E3,高翔,", "E4,李敏,", "E5,吴芳,", "E6,张启明,")
	f.imports("", "departments", "code,name,manager", "D1,采购部,E2")
	f.hire("boss", "owner")
	roles := map[string]string{"孙倩": "buyer", "陈立": "head", "高翔": "deputy", "李敏": "finance", "吴芳": "cashier", "张启明": "manager", "王强": "sales-clerk", "周库": "keeper"}
	for i, name := range []string{"孙倩", "陈立", "高翔", "李敏", "吴芳", "张启明"} {
		if slices.Contains(people, name) {
			f.hire(name, roles[name])
			f.must("boss", "user", "set", f.book, name, "employee=E"+string(rune('1'+i)))
		}
	}
	for _, name := range []string{"王强", "周库"} {
		if slices.Contains(people, name) {
			f.hire(name, roles[name])
		}
	}
	return f
}

// imports lets a person import rows of a kind.
func (f firm) imports(who, kind, header string, rows ...string) {
	f.t.Helper()
	f.must(who, "import", f.book, kind, f.file(kind+".csv", header+"\n"+strings.Join(rows, "\n")+"\n"))
}

// shown is a slip as `slip show --json` has it.
func (f firm) shown(who, number string) (d struct {
	Number, Status, Title string
	Step, Version         int
	WaitsFor              []string `json:"waits_for"`
	Approvals             []struct {
		Step                                      int
		Title, By, Person, For, Verb, At, Comment string
	}
}) {
	f.t.Helper()
	if err := json.Unmarshal([]byte(f.must(who, "slip", "show", f.book, number, "--json")), &d); err != nil {
		f.t.Fatal(err)
	}
	return d
}

// waiting are the numbers of who asks's inbox.
func (f firm) waiting(who string) (numbers []string) {
	f.t.Helper()
	var list []struct{ Number string }
	if err := json.Unmarshal([]byte(f.must(who, "approvals", f.book, "--json")), &list); err != nil {
		f.t.Fatal(err)
	}
	for _, x := range list {
		numbers = append(numbers, x.Number)
	}
	return numbers
}

// cell is what a report says in a column of the row that has a code.
func (f firm) cell(who, report, row, column string, args ...string) string {
	f.t.Helper()
	var list []map[string]any
	if err := json.Unmarshal([]byte(f.must(who, append([]string{"report", f.book, report, "--format", "json"}, args...)...)), &list); err != nil {
		f.t.Fatal(err)
	}
	for _, x := range list {
		for _, v := range x {
			if v == row {
				s, _ := x[column].(string)
				return s
			}
		}
	}
	return ""
}

// all of the owners' paper: order, prepayment signed by five, receipt, offset, payment signed by five.
func TestSudaWhole(t *testing.T) {
	f := office(t, "孙倩", "陈立", "高翔", "李敏", "吴芳", "周库")
	today := time.Now().Format("2006-01-02")
	if out := f.must("boss", "approvals", f.book, "--ready", "suda"); out != "suda-payment\nsuda-prepayment\n" {
		t.Error(out)
	}
	f.imports("孙倩", "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "purchase-order,o1,"+today+",S,W1,A,100,100,yes")
	f.imports("孙倩", "slips", "kind,number,date,party,account,amount,source", "prepayment,y1,"+today+",S,B,3390,o1")
	f.refused("needs approval: step 1 部门主管", "boss", "slip", "audit", f.book, "y1")
	f.refused("needs approval: step 1 部门主管", "孙倩", "slip", "audit", f.book, "y1") // not that she may not: nobody may yet
	f.refused("needs approval: step 1 部门主管", "吴芳", "slip", "audit", f.book, "y1")
	f.refused("y.csv:2: needs approval: step 1 部门主管", "李敏", "import", f.book, "slips", f.file("y.csv", "kind,number,date,party,account,amount,audit\nprepayment,y9,"+today+",S,B,10,yes\n"))
	f.must("孙倩", "slip", "submit", f.book, "y1")
	f.refused("it waits for 陈立 (部门主管)", "孙倩", "slip", "approve", f.book, "y1")
	sign := func(number string, names ...string) {
		t.Helper()
		for _, name := range names {
			if got := f.waiting(name); len(got) != 1 {
				t.Errorf("the inbox of %s: %v", name, got)
			}
			f.must(name, "slip", "approve", f.book, number, "--comment", "同意 "+name)
		}
	}
	sign("y1", "陈立", "高翔")
	if _, _, e := f.run("孙倩", "slip", "set", f.book, "y1", "amount=3930"); !strings.Contains(e, "2 approvals fell away, submit again") {
		t.Error(e)
	}
	if d := f.shown("孙倩", "y1"); d.Status != "draft" || len(d.Approvals) != 0 {
		t.Errorf("%+v", d)
	}
	if _, _, e := f.run("孙倩", "slip", "set", f.book, "y1", "amount=3390"); e != "" {
		t.Error(e)
	}
	f.must("孙倩", "slip", "submit", f.book, "y1")
	sign("y1", "陈立", "高翔", "李敏")
	f.refused("it waits for 高翔 (总经理)", "李敏", "slip", "approve", f.book, "y1")
	sign("y1", "高翔")
	if d := f.shown("吴芳", "y1"); d.Status != "approved" || d.Step != 5 || d.Title != "出纳" || !slices.Equal(d.WaitsFor, []string{"吴芳"}) {
		t.Errorf("%+v", d)
	}
	f.refused("it waits for 吴芳 (出纳)", "李敏", "slip", "audit", f.book, "y1")
	f.must("吴芳", "slip", "audit", f.book, "y1")
	d := f.shown("吴芳", "y1")
	var who []string
	for _, a := range d.Approvals {
		who = append(who, a.Title+" "+a.Person+" "+a.Verb+" "+a.Comment)
	}
	if want := []string{"部门主管 陈立 approve 同意 陈立", "副总经理 高翔 approve 同意 高翔", "财务 李敏 approve 同意 李敏", "总经理 高翔 approve 同意 高翔", "出纳 吴芳 execute "}; !slices.Equal(who, want) {
		t.Errorf("%q", who)
	}
	stands := func(want ...string) {
		t.Helper()
		for i := 0; i < len(want); i += 3 {
			if got := f.cell("boss", "trial-balance", want[i], want[i+1]); got != want[i+2] {
				t.Errorf("%s %s: %s, want %s", want[i], want[i+1], got, want[i+2])
			}
		}
	}
	stands("1002", "closing_credit", "3390.00", "1123", "closing_debit", "3390.00")
	f.imports("周库", "slips", "kind,number,date,party,warehouse,product,qty,source", "goods-receipt,r1,"+today+",S,W1,A,95,o1")
	f.must("李敏", "slip", "audit", f.book, "r1")
	f.imports("李敏", "slips", "kind,number,date,party,offset_kind,amount,source,audit", "offset,h1,"+today+",S,prepaid-payable,3390,r1,yes")
	f.imports("孙倩", "slips", "kind,number,date,party,account,amount,source", "payment,f1,"+today+",S,B,7345,r1")
	f.must("孙倩", "slip", "submit", f.book, "f1")
	sign("f1", "陈立", "高翔", "李敏", "高翔")
	f.must("吴芳", "slip", "audit", f.book, "f1")
	stands("1002", "closing_credit", "10735.00", "1123", "closing_debit", "0.00", "220201", "closing_credit", "0.00", "220201", "debit", "10735.00")
	f.must("boss", "verify", f.book)
}

// Who may take a step needs no right for it, sees the slip and what it hangs on, and nobody else's (A3); who takes the executing step audits.
func TestAStepNeedsNoRight(t *testing.T) {
	f := office(t, "孙倩", "王强", "周库")
	today := time.Now().Format("2006-01-02")
	f.imports("boss", "approval-chains", "chain,kind,step,by,title,execute", "c,prepayment,1,user:周库,验收,", "c,prepayment,2,user:王强,出纳,yes")
	f.imports("孙倩", "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "purchase-order,o1,"+today+",S,W1,A,100,100,yes", "purchase-order,o2,"+today+",S,W1,A,1,100,yes")
	f.imports("孙倩", "slips", "kind,number,date,party,account,amount,source", "prepayment,y1,"+today+",S,B,3390,o1")
	f.refused("prepayment.see", "王强", "slip", "show", f.book, "y1")
	f.must("孙倩", "slip", "submit", f.book, "y1")
	f.refused("prepayment.see", "王强", "slip", "show", f.book, "y1") // it is not his turn yet
	if d := f.shown("周库", "y1"); d.Step != 1 || !slices.Equal(d.WaitsFor, []string{"周库"}) {
		t.Errorf("%+v", d)
	}
	f.refused("it waits for 周库 (验收)", "boss", "slip", "approve", f.book, "y1")
	f.must("周库", "slip", "approve", f.book, "y1")
	f.refused("prepayment.see", "周库", "slip", "show", f.book, "y1")
	out := f.must("王强", "slip", "show", f.book, "o1", "--json") // what he pays for; what it costs he sees no more than before
	if !strings.Contains(out, `"purchase-order"`) || strings.Contains(out, "11300") {
		t.Error(out)
	}
	f.refused("purchase-order.see", "王强", "slip", "show", f.book, "o2")
	f.must("王强", "slip", "audit", f.book, "y1")
	f.refused("prepayment.see", "王强", "slip", "show", f.book, "y1")
	f.must("boss", "verify", f.book)
}

// Chains go in and out as every table does (A1), and by what a slip comes to one, two or three sign it.
func TestChainsAndAmounts(t *testing.T) {
	f := office(t, "孙倩", "陈立", "张启明")
	today := time.Now().Format("2006-01-02")
	header := "chain,kind,step,by,title,from_amount,active\n"
	rows := "big,prepayment,1,head,部门主管,,\nbig,prepayment,2,role:manager,总经理,10000,\nbig,prepayment,3,user:boss,老板,20000,\n"
	good, bad := f.file("chains.csv", header+rows), f.file("bad.csv", header+"x,payment,1,role:nobody,,,\nx,payment,0,head,,,\n")
	f.refused("book.chains", "孙倩", "import", f.book, "approval-chains", good)
	rc, _, e := f.run("boss", "import", f.book, "approval-chains", good, bad)
	if rc != 1 || !strings.Contains(e, "bad.csv:2: by: there is no role") || !strings.Contains(e, "bad.csv:3: step:") {
		t.Error(rc, e)
	}
	for _, x := range [][2]string{{"--dry-run", "1 new, 0 changed, 0 unchanged"}, {"", "1 new, 0 changed, 0 unchanged"}, {"", "0 new, 0 changed, 1 unchanged"}} {
		args := []string{"import", f.book, "approval-chains", good, x[0]}
		if out := f.must("boss", slices.DeleteFunc(args, func(a string) bool { return a == "" })...); out != "chains.csv: "+x[1]+"\n" {
			t.Errorf("%v: %s", args, out)
		}
	}
	back := filepath.Join(t.TempDir(), "chains.csv")
	f.must("boss", "export", f.book, "approval-chains", "-o", back)
	if out := f.must("boss", "import", f.book, "approval-chains", back); out != "chains.csv: 0 new, 0 changed, 1 unchanged\n" {
		t.Error(out)
	}
	for amount, want := range map[string]int{"9999.99": 1, "10000.00": 2, "21000.00": 3} {
		n := "y" + amount
		f.imports("孙倩", "slips", "kind,number,date,party,account,amount", "prepayment,"+n+","+today+",S,B,"+amount)
		f.must("孙倩", "slip", "submit", f.book, n)
		signed := 0
		for _, name := range []string{"陈立", "张启明", "boss"} {
			f.must(name, "slip", "approve", f.book, n)
			if signed++; f.shown(name, n).Status == "approved" {
				break
			}
		}
		if signed != want {
			t.Errorf("%s: %d signed, want %d", amount, signed, want)
		}
	}
	f.must("boss", "verify", f.book)
}

// What waits, and what was done, is told as far as one may see it: slips of kinds and of a scope that are his, and no amount of a side that is
// hidden from him (R4, R8).
func TestApprovalsHideWhatIsHidden(t *testing.T) {
	f := office(t, "孙倩", "陈立", "周库", "王强", "李敏")
	today := time.Now().Format("2006-01-02")
	f.imports("boss", "approval-chains", "chain,kind,step,by,title", "o,purchase-order,1,role:head,部门主管", "q,quotation,1,role:head,部门主管", "q,quotation,2,user:周库,备货")
	f.imports("孙倩", "slips", "kind,number,date,party,warehouse,product,qty,price", "purchase-order,o1,"+today+",S,W1,A,100,79.37")
	f.imports("王强", "slips", "kind,number,date,party,product,qty,price", "quotation,q1,"+today+",C,A,3,793.70")
	f.must("孙倩", "slip", "submit", f.book, "o1")
	f.must("王强", "slip", "submit", f.book, "q1")
	has := func(who string, out string, want, not []string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%s is not told of %s: %s", who, w, out)
			}
		}
		for _, w := range not {
			if strings.Contains(out, w) {
				t.Errorf("%s is told of %s: %s", who, w, out)
			}
		}
	}
	all := func(who string) string {
		return f.must(who, "approvals", f.book, "--all", "--json") + f.must(who, "approvals", f.book, "--all")
	}
	has("李敏", all("李敏"), []string{"CD-", "XB-", "8968.81", "2690.64"}, nil)
	has("孙倩", all("孙倩"), []string{"CD-", "8968.81"}, []string{"XB-", "2690.64"})
	has("周库", all("周库"), []string{"CD-", "五金厂"}, []string{"8968.81", "XB-"}) // the keeper sees orders and no prices
	f.must("陈立", "slip", "approve", f.book, "q1")
	has("周库", f.must("周库", "approvals", f.book, "--json"), []string{"XB-", "备货"}, []string{"2690.64", "gross"})
	for _, by := range []string{"open", "history"} {
		ask := func(who string) string {
			return f.must(who, "report", f.book, "approvals", "--by", by, "--format", "json")
		}
		has("李敏", ask("李敏"), []string{"CD-", "XB-", "8968.81", "2690.64"}, nil)
		f.must("boss", "user", "set", f.book, "李敏", "own=yes")
		has("李敏 of his own", ask("李敏"), nil, []string{"CD-", "XB-"})
		f.must("boss", "user", "set", f.book, "李敏", "own=")
	}
}

// K3's way: the leader audits sales orders and finance the payments, from draft; nobody else does, whatever right he has.
func TestK3(t *testing.T) {
	f := office(t, "王强", "陈立", "张启明", "李敏", "吴芳")
	today := time.Now().Format("2006-01-02")
	f.must("boss", "approvals", f.book, "--ready", "k3")
	f.imports("王强", "slips", "kind,number,date,party,warehouse,product,qty,price", "sales-order,o1,"+today+",C,W1,A,2,150")
	f.refused("it waits for 陈立, 张启明 (审核)", "王强", "slip", "audit", f.book, "o1")
	f.refused("it waits for 陈立, 张启明 (审核)", "boss", "slip", "audit", f.book, "o1")
	f.must("陈立", "slip", "audit", f.book, "o1")
	f.imports("李敏", "slips", "kind,number,date,party,account,amount", "payment,p1,"+today+",S,B,50")
	f.refused("it waits for 李敏 (财务审核)", "吴芳", "slip", "audit", f.book, "p1")
	f.must("李敏", "slip", "audit", f.book, "p1") // of one row alone four_eyes says whether she may
	f.must("boss", "set", f.book, "four_eyes=payment")
	f.imports("李敏", "slips", "kind,number,date,party,account,amount", "payment,p2,"+today+",S,B,60")
	f.refused("four_eyes", "李敏", "slip", "audit", f.book, "p2")
	if d := f.shown("boss", "o1"); len(d.Approvals) != 1 || d.Approvals[0].Person != "陈立" || d.Approvals[0].Verb != "execute" {
		t.Errorf("%+v", d)
	}
	f.must("boss", "verify", f.book)
}

// More off than 15 %, below cost: the manager says yes, and that stands for the right of who audits (R9).
func TestDiscountChain(t *testing.T) {
	f := office(t, "王强", "张启明")
	today := time.Now().Format("2006-01-02")
	f.imports("boss", "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,"+today+",S,W1,A,10,100,yes")
	f.must("boss", "approvals", f.book, "--ready", "discount")
	for _, x := range [][3]string{{"d1", "142.50", ""}, {"d2", "142.49", "may.price"}, {"d3", "127.49", "needs approval: step 1 批准"}, {"d4", "99.99", "needs approval: step 1 批准"}} {
		f.imports("王强", "slips", "kind,number,date,party,warehouse,product,qty,price", "delivery,"+x[0]+","+today+",C,W1,A,1,"+x[1])
		switch x[2] {
		case "":
			f.refused("needs none", "王强", "slip", "submit", f.book, x[0])
			f.must("王强", "slip", "audit", f.book, x[0])
		case "may.price":
			f.refused("needs none", "王强", "slip", "submit", f.book, x[0])
			f.refused(x[2], "王强", "slip", "audit", f.book, x[0])
		default:
			f.refused(x[2], "王强", "slip", "audit", f.book, x[0])
			f.must("王强", "slip", "submit", f.book, x[0])
			f.refused(x[2], "王强", "slip", "audit", f.book, x[0])
			f.must("张启明", "slip", "approve", f.book, x[0])
			f.must("王强", "slip", "audit", f.book, x[0])
		}
	}
	f.must("boss", "verify", f.book)
}

// The payee's bank account was changed today: somebody else looks before money goes (new-account), told from what to what, by whom, when.
func TestBankAccountIsLookedAt(t *testing.T) {
	f := office(t, "孙倩", "张启明", "吴芳")
	today := time.Now().Format("2006-01-02")
	f.must("boss", "approvals", f.book, "--ready", "bank")
	pay := func(number string) {
		f.imports("孙倩", "slips", "kind,number,date,party,account,amount", "prepayment,"+number+","+today+",S,B,100")
	}
	pay("y1")
	f.must("孙倩", "slip", "submit", f.book, "y1") // no account: only the cashier is asked
	if d := f.shown("孙倩", "y1"); d.Status != "approved" || d.Title != "出纳" {
		t.Errorf("%+v", d)
	}
	f.imports("孙倩", "suppliers", "code,name,bank_account", "S,五金厂,6222 0001")
	f.refused("now new-account: submit again", "吴芳", "slip", "audit", f.book, "y1")
	f.imports("孙倩", "suppliers", "code,name,bank_account", "S,五金厂,6222 0002")
	pay("y2")
	f.must("孙倩", "slip", "submit", f.book, "y2")
	out := f.must("boss", "report", f.book, "approvals", "--by", "open", "--format", "csv")
	if !strings.Contains(out, "6222 0001 → 6222 0002，孙倩 于 "+today+" 修改") {
		t.Error(out)
	}
	f.refused("it waits for 张启明 (账号核对)", "孙倩", "slip", "approve", f.book, "y2")
	f.must("张启明", "slip", "approve", f.book, "y2")
	f.must("吴芳", "slip", "audit", f.book, "y2")
	f.must("boss", "verify", f.book)
}

// Who is away has his steps taken by another in those days, and it says so (A9); a step nobody could take is refused at submit.
func TestSubstituteAndNobody(t *testing.T) {
	f := office(t, "孙倩", "陈立", "高翔", "张启明")
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format("2006-01-02") }
	f.imports("boss", "approval-chains", "chain,kind,step,by,title", "c,prepayment,1,role:deputy,副总经理", "d,payment,1,role:finance,财务")
	pay := func(kind, number string) {
		f.imports("孙倩", "slips", "kind,number,date,party,account,amount", kind+","+number+","+day(0)+",S,B,100")
	}
	pay("payment", "p1")
	f.refused("step 1 财务: there is nobody for it", "孙倩", "slip", "submit", f.book, "p1")
	pay("prepayment", "y1")
	f.must("孙倩", "slip", "submit", f.book, "y1")
	f.must("高翔", "user", "set", f.book, "高翔", "substitute=张启明", "substitute_from="+day(1), "substitute_to="+day(3))
	f.refused("it waits for 高翔 (副总经理)", "张启明", "slip", "approve", f.book, "y1")
	f.must("高翔", "user", "set", f.book, "高翔", "substitute_from="+day(-1))
	if d := f.shown("孙倩", "y1"); !slices.Equal(d.WaitsFor, []string{"高翔", "张启明"}) {
		t.Errorf("%+v", d)
	}
	f.refused("", "张启明", "slip", "return", f.book, "y1")
	f.must("张启明", "slip", "return", f.book, "y1", "--reason", "太贵")
	f.must("孙倩", "slip", "submit", f.book, "y1")
	f.must("张启明", "slip", "approve", f.book, "y1", "--comment", "同意")
	d := f.shown("孙倩", "y1")
	if d.Status != "approved" || len(d.Approvals) != 1 || d.Approvals[0].Person != "张启明" || d.Approvals[0].For != "高翔" {
		t.Errorf("%+v", d)
	}
	out := f.must("boss", "report", f.book, "approvals", "--by", "history", "--person", "张启明", "--format", "csv")
	if strings.Count(out, "张启明") != 2 || !strings.Contains(out, "太贵") || !strings.Contains(out, "return") {
		t.Error(out)
	}
	f.must("boss", "verify", f.book)
}

// The demo with people is told who signs in and by what; without them nobody is asked, and nothing of it is there.
func TestDemoWithPeople(t *testing.T) {
	f := firm{t, filepath.Join(t.TempDir(), "people.zg")}
	out := f.must("", "demo", f.book, "--people", "--today", "2026-04-15", "--lang", "en")
	if strings.Count(out, "password hengda-2026") != 5 || !strings.Contains(out, "Zhang Li: buyer, password") {
		t.Error(out)
	}
	f.refused("this book has users", "", "slip", "list", f.book)
	t.Setenv("ZG_PASSWORD", "hengda-2026")
	ask := func(args ...string) string {
		t.Helper()
		var o, e bytes.Buffer
		if rc := run(args, &o, &e); rc != 0 {
			t.Fatal(args, e.String())
		}
		return o.String()
	}
	if out := ask("approvals", f.book, "--user", "Wang Xiuying", "--all"); !strings.Contains(out, "payment") {
		t.Error(out)
	}
	var list []map[string]any
	if err := json.Unmarshal([]byte(ask("user", "list", f.book, "--json", "--user", "Shen Guoping")), &list); err != nil || len(list) != 5 {
		t.Error(list, err)
	}
	if rc, _, e := f.run("", "demo", filepath.Join(t.TempDir(), "x.zg"), "--people", "--size", "10k"); rc == 0 || !strings.Contains(e, "size shop") {
		t.Error(rc, e)
	}
	if out := f.must("", "demo", filepath.Join(t.TempDir(), "plain.zg"), "--today", "2026-01-31"); out != "" {
		t.Error(out)
	}
}
