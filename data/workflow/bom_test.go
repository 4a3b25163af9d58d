package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/making"
)

const built = "kind,number,date,party,warehouse,levels,product,qty,price,amount,audit"

// bench makes a kit K of 2 frames F and a box X; a frame of 4 bars A with 5 % scrap and a bracket B; the box holds a bar too. Going in,
// ten kits are 20 frames and 10 boxes, or 20 × 4.2 + 10 = 94 bars and 20 brackets. Taken apart, a kit is 2 × 4 + 1 = 9 bars and 2 brackets.
func bench(t testing.TB, s workflow.Settings) *workflow.Book {
	t.Helper()
	b := open(t, s)
	load(t, b, "products", "code,name", "K,套装", "F,支架", "X,盒子")
	load(t, b, "boms", "product,component,qty,scrap_rate", "K,F,2,", "K,X,1,", "F,A,4,5%", "F,B,1,", "X,A,1,")
	return b
}

// lined tells product and quantity of a slip's lines.
func lined(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, l := range d.Lines {
		list = append(list, l.Product+" "+l.Qty.String())
	}
	return strings.Join(list, ", ")
}

func TestAnAssemblyIsExplodedByOneLevelOrDownToWhatIsBought(t *testing.T) {
	b := bench(t, workflow.Settings{})
	load(t, b, "slips", built, "goods-receipt,r1,2026-01-02,S,W1,,A,1000,1,,yes", "goods-receipt,r2,2026-01-02,S,W1,,B,100,3,,yes",
		"assembly,one,2026-01-03,,W1,,K,10,,,no", "assembly,all,2026-01-03,,W1,all,K,10,,5,yes", "disassembly,apart,2026-01-04,,W1,展到底层,K,1,,,yes", "disassembly,half,2026-01-05,,W1,1,K,1,,,yes")
	for ref, want := range map[string]string{"one": "K 10, F -20, X -10", "all": "K 10, A -94, B -20", "apart": "K 1, A -9, B -2", "half": "K 1, F -2, X -1"} {
		if got := lined(t, b, ref); got != want {
			t.Errorf("%s is %s, want %s", ref, got, want)
		}
	}
	// 94 bars at 1.00, 20 brackets at 3.00 and the fee: 159.00, 15.90 a kit
	if got := voucher(t, b, "all"); got != "Cr 1405 154.00; Dr 1405 159.00; Cr 4101 5.00" && got != "Cr 4101 5.00; Cr 1405 154.00; Dr 1405 159.00" {
		t.Errorf("the assembly posts %s", got)
	}
	d, err := b.Load("half")
	if err != nil || -d.Lines[0].Cost != 1590 && d.Lines[0].Cost != -1590 {
		t.Errorf("one kit taken apart is worth %s, want 15.90 (%v)", d.Lines[0].Cost, err)
	}
	mustHold(t, b)
	for row, want := range map[string]string{
		"K,K,1": "K 套装 → K 套装", "F,K,1": "F 支架 → K 套装 → F 支架", "A,K,1": "A 螺丝 → K 套装 → F 支架 → A 螺丝",
	} {
		if err := try(b, "boms", "product,component,qty", row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want the chain %s", row, err, want)
		}
	}
	if err := try(b, "slips", built, "assembly,x,2026-01-05,,W1,2,K,1,,,no"); err == nil || !strings.Contains(err.Error(), "not one of 1, all") {
		t.Errorf("two levels: %v", err)
	}
}

func TestHowManySetsCanBePutTogether(t *testing.T) {
	b := bench(t, workflow.Settings{})
	load(t, b, "slips", built, "goods-receipt,r1,2026-01-02,S,W1,,A,100,1,,yes", "goods-receipt,r2,2026-01-02,S,W1,,B,50,3,,yes", "goods-receipt,r3,2026-01-02,S,W2,,A,4,1,,yes")
	k, _ := b.Masters().Product("K")
	f, _ := b.Masters().Product("F")
	x, _ := b.Masters().Product("X")
	for _, c := range []struct {
		set  string
		at   string
		all  bool
		want string
	}{
		{"K", "W1", false, "0"},  // no frame is there
		{"K", "W1", true, "10"},  // 9.4 bars each: 100/9.4 = 10.6
		{"K", "", true, "11"},    // 104 bars in both: 11.06
		{"F", "W1", false, "23"}, // 100/4.2 = 23.8
		{"F", "W2", false, "0"}, {"X", "W2", false, "4"}, {"X", "W1", true, "100"},
	} {
		p := map[string]string{"K": k.Code(), "F": f.Code(), "X": x.Code()}[c.set]
		set, _ := b.Masters().Product(p)
		if got, err := b.Buildable(set, c.at, c.all); err != nil || got.String() != c.want {
			t.Errorf("%s at %q, all levels %v: %s sets, want %s (%v)", c.set, c.at, c.all, got, c.want, err)
		}
	}
	facts, err := b.LineFacts(kinds.Assembly, "K", "W1", "", "")
	if err != nil || !facts.Set || facts.Builds != 0 || facts.BuildsAll.String() != "10" {
		t.Errorf("the form says %v %s or %s sets (%v)", facts.Set, facts.Builds, facts.BuildsAll, err)
	}
	if facts, err = b.LineFacts(kinds.Assembly, "A", "W1", "", ""); err != nil || facts.Set {
		t.Errorf("a bar is a set (%v)", err)
	}
}

func TestWhatAnAssemblyLacksIsMadeFirst(t *testing.T) {
	b := bench(t, workflow.Settings{})
	load(t, b, "slips", built, "goods-receipt,r1,2026-01-02,S,W1,,A,60,1,,yes", "goods-receipt,r2,2026-01-02,S,W1,,B,50,3,,yes",
		"assembly,f,2026-01-03,,W1,,F,4,,,yes", // 16.8 bars; 43.2 are left
		"assembly,k,2026-01-05,,W1,,K,10,,,no")
	d, err := b.Load("k")
	if err != nil {
		t.Fatal(err)
	}
	said := func() string {
		list, err := making.Lacks(b, d)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, x := range list {
			words = append(words, x.Product.Code()+" "+x.Short.String())
		}
		return strings.Join(words, ", ")
	}
	// 20 frames, 4 there: 16 of 4.2 bars, 67.2; 10 boxes, 10 bars: 77.2 bars, 43.2 there
	if got := said(); got != "A 34, F 16, X 10" {
		t.Errorf("it lacks %s", got)
	}
	numbers, lacks, err := making.Drafts(b, "k")
	if err != nil || len(numbers) != 2 || making.Words(lacks) != "A 34" {
		t.Fatalf("made %v, %v (%v)", numbers, lacks, err)
	}
	if got := lined(t, b, numbers[0]) + "; " + lined(t, b, numbers[1]); got != "F 16, A -67.2, B -16; X 10, A -10" {
		t.Errorf("drafts are %s", got)
	}
	// asked once more, only what has to be bought is lacking
	if _, _, err := making.Drafts(b, "k"); err == nil || !strings.Contains(err.Error(), "bought: A 34") {
		t.Errorf("asked again: %v", err)
	}
	if _, err := b.Audit("k"); err == nil || !strings.Contains(err.Error(), "not enough stock") {
		t.Errorf("audited without its parts: %v", err)
	}
	load(t, b, "slips", built, "goods-receipt,r3,2026-01-04,S,W1,,A,34,1,,yes")
	for _, n := range append(numbers, "k") {
		if _, err := b.Audit(n); err != nil {
			t.Errorf("%s: %v", n, err)
		}
	}
	if _, _, err := making.Drafts(b, "k"); err == nil || !strings.Contains(err.Error(), "no draft any more") {
		t.Errorf("an audited one: %v", err)
	}
	mustHold(t, b)
}

func TestComponentsAreWrittenAnewUntilAPersonChangesThem(t *testing.T) {
	b := bench(t, workflow.Settings{})
	k := kinds.Assembly
	d := &slip.Doc{Kind: k.Code, Warehouse: "W1", Lines: []slip.Line{{Product: "K"}}}
	if !b.Exploded(k, d) || b.Explode(k, d) == nil {
		t.Error("a set without a quantity was exploded")
	}
	set := func(q string) {
		f, _ := k.LineField("qty")
		if err := d.Lines[0].Set(f, q); err != nil {
			t.Fatal(err)
		}
	}
	set("1")
	if err := b.Explode(k, d); err != nil || len(d.Lines) != 3 || !b.Exploded(k, d) {
		t.Fatalf("exploded %v, %v", d.Lines, err)
	}
	d.Lines[1].Qty, d.Lines[1].Base = -30000, -30000
	if b.Exploded(k, d) {
		t.Error("3 frames typed by hand count as what the bill of materials says")
	}
	f, _ := k.HeaderField("levels")
	if err := d.Set(f, "all"); err != nil {
		t.Fatal(err)
	}
	if err := b.Explode(k, d); err != nil || len(d.Lines) != 3 || d.Lines[1].Product != "A" || d.Lines[1].Qty.String() != "-9.4" {
		t.Errorf("exploded to %v, %v", d.Lines, err)
	}
}
