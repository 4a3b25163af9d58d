package store

import (
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Timing is what stands between goods handed over in a span of days and what was billed in it (7.3.3), in flow invoice: Later are goods of the
// span that are billed after it or not at all yet, Earlier what was billed in it of goods from before, Loose what was billed and belongs to no
// goods yet. Of a cost, Earlier is what was recognised.
type Timing struct {
	Later, Earlier, Loose num.Amount
}

// namedDays puts the first and the last day into a statement, which names them :from and :to.
func namedDays(stmt string, from, to text.Date) string {
	return strings.NewReplacer(":from", strconv.Itoa(int(from)), ":to", strconv.Itoa(int(to))).Replace(stmt)
}

// NetTiming is the Timing of what goods of kinds and their return kinds, which a bill follows, come to before tax, as TradeLines has them,
// against bills of a kind.
func (db *Reader) NetTiming(kinds, returns []string, bill string, from, to text.Date) (t Timing, err error) {
	sign, of := goodsOf(kinds, returns)
	in := func(day string) string { return day + ` BETWEEN :from AND :to` }
	// what was billed late stands at the goods' own price until the day of the bill
	stands := `CASE WHEN late = 1 THEN net_own ELSE net_billed END`
	_, err = one(db, namedDays(`SELECT
		(SELECT COALESCE(SUM(`+sign+` * l.net), 0) FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE `+of+` AND s.invoiced = 1 AND `+in("s.date")+`)
			+ COALESCE(SUM(CASE WHEN `+in("date")+` THEN (CASE WHEN billed > :to THEN `+stands+` ELSE 0 END) - net_own ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN `+in("billed")+` AND date < :from THEN `+stands+` ELSE 0 END), 0),
		(SELECT COALESCE(SUM(l.net), 0) FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind = `+quoted([]string{bill})+` AND s.status = 'audited' AND `+in("s.date")+`)
			- COALESCE(SUM(CASE WHEN `+in("billed")+` THEN net_billed ELSE 0 END), 0)
		FROM (`+billedParts(sign, of, from, to)+`) p`, from, to), nil, &t.Later, &t.Earlier, &t.Loose)
	return t, err
}

// CostTiming is the Timing of the cost of sales: what came to goods dispatched in a span of days and was not recognised in it, and what was
// recognised of goods dispatched before. What only corrects the cost of earlier goods that wait for their bill is of the former.
func (db *Reader) CostTiming(from, to text.Date) (t Timing, err error) {
	_, err = one(db, namedDays(`SELECT COALESCE(SUM(CASE WHEN own = 1 THEN d - r ELSE 0 END), 0), COALESCE(SUM(CASE WHEN own = 0 THEN r - d ELSE 0 END), 0) FROM (
		SELECT x.d, x.r, CASE WHEN s.date >= :from OR x.r = 0 THEN 1 ELSE 0 END AS own FROM (SELECT line, SUM(d) AS d, SUM(r) AS r FROM (
			SELECT CASE WHEN source_line <> 0 THEN source_line ELSE line_id END AS line, -value AS d, 0 AS r FROM stock_row WHERE contra = '`+dispatchAccount+`' AND date BETWEEN :from AND :to
			UNION ALL SELECT line_id, 0, value FROM dispatch_row WHERE date BETWEEN :from AND :to) t GROUP BY line) x
		JOIN slip_line l ON l.id = x.line JOIN slip s ON s.id = l.slip_id) y`, from, to), nil, &t.Later, &t.Earlier)
	return t, err
}

// BilledNet is what bills of a kind, and slips of kinds and their return kinds that no bill follows, come to before tax in a span of days; those
// of the kinds followed wait for their bill where the book was kept so.
func (db *Reader) BilledNet(kinds, returns, followed []string, bill string, from, to text.Date) (a num.Amount, err error) {
	sign, of := goodsOf(kinds, returns)
	_, err = one(db, namedDays(`SELECT COALESCE(SUM(`+sign+` * l.net), 0) FROM slip s JOIN slip_line l ON l.slip_id = s.id
		WHERE (`+of+` AND NOT (s.invoiced = 1 AND s.kind IN (`+quoted(followed)+`)) OR s.kind = `+quoted([]string{bill})+` AND s.status = 'audited') AND s.date BETWEEN :from AND :to`, from, to), nil, &a)
	return a, err
}

// TradeAccounts are the accounts that lines of audited slips of kinds in a span of days name: of their sales, or of their cost.
func (db *Reader) TradeAccounts(cost bool, kinds []string, from, to text.Date) (list []string, err error) {
	column := map[bool]string{false: "sales_account", true: "contra_account"}[cost]
	err = each(db, `SELECT DISTINCT l.`+column+` FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind IN (`+quoted(kinds)+`) AND s.status = 'audited' AND s.date BETWEEN ? AND ? AND l.`+column+` <> ''`,
		[]any{int64(from), int64(to)}, func(scan func(...any) error) error {
			var a string
			err := scan(&a)
			list = append(list, a)
			return err
		})
	return list, err
}

// Booked sums debit less credit on accounts in a span of days, without the vouchers that close a year.
func (db *Reader) Booked(accounts []string, from, to text.Date) (a num.Amount, err error) {
	_, err = one(db, `SELECT COALESCE(SUM(debit - credit), 0) FROM (`+voucherLines+`) j WHERE account IN (`+quoted(accounts)+`) AND date BETWEEN ? AND ?
		AND slip_id NOT IN (SELECT id FROM slip WHERE kind = `+thePeriodClose+`)`, []any{int64(from), int64(to)}, &a)
	return a, err
}

// KindAmount is what slips of a kind come to.
type KindAmount struct {
	Kind   string
	Amount num.Amount
}

// Entered sums debit less credit on accounts in a span of days of what did not come by lines of kinds, by the kind of slip it came by: entries
// of other slips than these kinds and the vouchers that close a year, and the cost of what other slips moved but for what costLater has. Kinds that come to nothing are left out.
func (db *Reader) Entered(accounts, kinds []string, from, to text.Date) (list []KindAmount, err error) {
	on := quoted(accounts)
	err = each(db, namedDays(`SELECT kind, SUM(a) FROM (
		SELECT s.kind, v.debit - v.credit AS a FROM voucher_line v JOIN slip s ON s.id = v.slip_id WHERE v.account IN (`+on+`) AND v.date BETWEEN :from AND :to
			AND s.kind NOT IN (`+quoted(kinds)+`) AND s.kind <> `+thePeriodClose+`
		UNION ALL SELECT s.kind, -r.value FROM stock_row r JOIN slip_line l ON l.id = r.line_id JOIN slip s ON s.id = l.slip_id WHERE r.contra IN (`+on+`) AND r.stock <> r.contra AND r.date BETWEEN :from AND :to
			AND s.kind NOT IN (`+quoted(kinds)+`) AND NOT (r.basis IN ('rest', 'variance') AND s.kind IN (`+theLater+`))) t GROUP BY kind HAVING SUM(a) <> 0 ORDER BY kind`, from, to), nil, func(scan func(...any) error) error {
		var x KindAmount
		err := scan(&x.Kind, &x.Amount)
		list = append(list, x)
		return err
	})
	return list, err
}
