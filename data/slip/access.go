package slip

import (
	"errors"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Get returns a header field as canonical text; fields without a place of their own live in Extra.
func (d *Doc) Get(key string) string {
	if p := d.text(key); p != nil {
		return *p
	}
	if s := d.split(key); s != nil {
		if strings.HasPrefix(key, "account") {
			return s.Account
		}
		return amountText(s.Amount)
	}
	switch key {
	case "date":
		return d.Date.String()
	case "due_date":
		return d.DueDate.String()
	case "slip_discount":
		return amountText(d.Discount)
	case "amount":
		return amountText(d.Amount)
	case "rounding":
		if d.Extra[roundingTyped] != "" {
			return d.Rounding.String()
		}
		return amountText(d.Rounding)
	case "freight":
		return amountText(d.Fee)
	case "paid":
		return amountText(d.Paid)
	case "net":
		return d.Net.String()
	case "tax":
		return d.Tax.String()
	case "gross":
		return d.Gross.String()
	case "status":
		return string(d.Status)
	}
	return d.Extra[key]
}

// Set takes a header field from text as a person types it. A wrong value is a Fault at the field and leaves the
// slip as it was.
func (d *Doc) Set(f Field, value string) error {
	typed := value
	value, err := clean(f, value)
	switch {
	case err != nil && typed == d.Get(f.Key): // stands so since before there were limits
		return nil
	case err != nil:
		return bad(f, typed, err)
	}
	if p := d.text(f.Key); p != nil {
		*p = value
		return nil
	}
	if n := splitOf(f.Key); n > 0 {
		return bad(f, value, d.setSplit(n-1, f.Key, value))
	}
	switch f.Key {
	case "date":
		err = setDate(&d.Date, value)
	case "due_date":
		err = setDate(&d.DueDate, value)
	case "slip_discount":
		err = setNumber(&d.Discount, value, num.ParseAmount)
	case "amount":
		err = setNumber(&d.Amount, value, num.ParseAmount)
	case "freight":
		err = setNumber(&d.Fee, value, num.ParseAmount)
	case "paid":
		err = setNumber(&d.Paid, value, num.ParseAmount)
	case "rounding":
		err = d.setRounding(value)
	default:
		d.Extra, err = setExtra(d.Extra, f, value)
	}
	return bad(f, value, err)
}

// MaxSplits is how many more cash accounts than one a slip can be paid by.
const MaxSplits = 3

// splitOf reads the keys account2, paid2 … account4, paid4: which split they mean, from 1; 0 for other keys.
func splitOf(key string) int {
	for _, p := range []string{"account", "paid"} {
		if n, ok := strings.CutPrefix(key, p); ok && len(n) == 1 && n[0] >= '2' && n[0] <= '1'+MaxSplits {
			return int(n[0] - '1')
		}
	}
	return 0
}

// IsSplit tells of a key by which a further payment on the slip is typed.
func IsSplit(key string) bool { return splitOf(key) > 0 }

func (d *Doc) split(key string) *Split {
	n := splitOf(key)
	switch {
	case n == 0:
		return nil
	case n > len(d.Splits):
		return &Split{}
	}
	return &d.Splits[n-1]
}

func (d *Doc) setSplit(i int, key, value string) error {
	s := Split{}
	if i < len(d.Splits) {
		s = d.Splits[i]
	}
	if strings.HasPrefix(key, "account") {
		s.Account = value
	} else if err := setNumber(&s.Amount, value, num.ParseAmount); err != nil {
		return err
	}
	for i >= len(d.Splits) {
		d.Splits = append(d.Splits, Split{})
	}
	d.Splits[i] = s
	return nil
}

func (d *Doc) text(key string) *string {
	switch key {
	case "number":
		return &d.Number
	case "external_no":
		return &d.ExternalNo
	case "party":
		return &d.Party
	case "to_party":
		return &d.ToParty
	case "warehouse":
		return &d.Warehouse
	case "to_warehouse":
		return &d.ToWarehouse
	case "account":
		return &d.Account
	case "to_account":
		return &d.ToAccount
	case "employee":
		return &d.Employee
	case "department":
		return &d.Department
	case "remark":
		return &d.Remark
	case CaseKey:
		return &d.Case
	}
	return nil
}

// Get returns a line field as canonical text.
func (l *Line) Get(key string) string {
	if p := l.text(key); p != nil {
		return *p
	}
	switch key {
	case "qty":
		if l.Qty == 0 && !l.Zero {
			return ""
		}
		return l.Qty.String()
	case "price":
		if l.Price == 0 && !l.PriceGiven {
			return ""
		}
		return l.Price.String()
	case "tax_rate":
		return l.TaxRate.String()
	case "discount_rate":
		if l.Discount == 0 {
			return ""
		}
		return l.Discount.String()
	case "price_includes_tax":
		return yesNo(l.InclTax)
	case "redeliver":
		return yesNo(l.Redeliver)
	case "match":
		return matchText(l)
	case "net":
		return l.Net.String()
	case "tax":
		return l.Tax.String()
	case "gross":
		return l.Gross.String()
	case "source":
		return l.SourceNumber
	case "source_line":
		if l.SourceLine == 0 {
			return ""
		}
		return strconv.Itoa(l.SourceLine)
	case "amount":
		return amountText(l.Amount)
	case "debit":
		return amountText(l.Debit)
	case "credit":
		return amountText(l.Credit)
	}
	return l.Extra[key]
}

// Set takes a line field from text; a wrong value is a Fault at the field.
func (l *Line) Set(f Field, value string) error {
	typed := value
	value, err := clean(f, value)
	switch {
	case err != nil && typed == l.Get(f.Key):
		return nil
	case err != nil:
		return bad(f, typed, err)
	}
	if p := l.text(f.Key); p != nil {
		*p = value
		return nil
	}
	switch f.Key {
	case "qty":
		if err = setNumber(&l.Qty, value, num.ParseQuantity); err == nil {
			l.Zero = value != "" && l.Qty == 0
		}
	case "price":
		if err = setNumber(&l.Price, value, num.ParsePrice); err == nil {
			l.PriceGiven = value != ""
		}
	case "tax_rate":
		if err = setNumber(&l.TaxRate, value, num.ParseRate); err == nil {
			l.TaxGiven = value != ""
		}
	case "discount_rate":
		err = setNumber(&l.Discount, value, num.ParseRate)
	case "price_includes_tax":
		if err = setBool(&l.InclTax, value); err == nil {
			l.InclGiven = value != ""
		}
	case "redeliver":
		err = setBool(&l.Redeliver, value)
	case "match":
		l.Matches, err = parseMatches(value)
	case "amount":
		err = setNumber(&l.Amount, value, num.ParseAmount)
	case "debit":
		err = setNumber(&l.Debit, value, num.ParseAmount)
	case "credit":
		err = setNumber(&l.Credit, value, num.ParseAmount)
	case "source":
		l.SourceNumber = value
	case "source_line":
		l.SourceLine = 0
		if value != "" {
			l.SourceLine, err = strconv.Atoi(value)
		}
	default:
		l.Extra, err = setExtra(l.Extra, f, value)
	}
	return bad(f, value, err)
}

func (l *Line) text(key string) *string {
	switch key {
	case "product":
		return &l.Product
	case "warehouse":
		return &l.Warehouse
	case "to_warehouse":
		return &l.ToWarehouse
	case "unit":
		return &l.Unit
	case "remark":
		return &l.Remark
	case "line_account", "debit_account", "credit_account":
		return &l.Account
	case "line_party", "party":
		return &l.Party
	}
	return nil
}

// matchText writes what an invoice's line is matched with as people may type it: NUMBER/LINE:QTY, a space between. What its source
// says already is left out.
func matchText(l *Line) string {
	if l.SourceID != 0 || l.SourceNumber != "" {
		return ""
	}
	var list []string
	for _, m := range l.Matches {
		list = append(list, m.Number+"/"+strconv.Itoa(m.No)+":"+m.Qty.String())
	}
	return strings.Join(list, " ")
}

var errMatch = errors.New("not NUMBER/LINE:QTY")

func parseMatches(value string) (list []Match, err error) {
	for _, w := range strings.Fields(value) {
		slash, colon := strings.LastIndex(w, "/"), strings.LastIndex(w, ":")
		if slash <= 0 || colon < slash {
			return nil, errMatch
		}
		m := Match{Number: w[:slash]}
		if m.No, err = strconv.Atoi(w[slash+1 : colon]); err != nil {
			return nil, errMatch
		}
		if m.Qty, err = num.ParseQuantity(w[colon+1:]); err != nil {
			return nil, errMatch
		}
		list = append(list, m)
	}
	return list, nil
}

func amountText(a num.Amount) string {
	if a == 0 {
		return ""
	}
	return a.String()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func setDate(d *text.Date, value string) error {
	if value == "" {
		*d = 0
		return nil
	}
	v, err := text.ParseDate(value)
	if err == nil {
		*d = v
	}
	return err
}

func setNumber[T ~int64](n *T, value string, parse func(string) (T, error)) error {
	if value == "" {
		*n = 0
		return nil
	}
	v, err := parse(value)
	if err == nil {
		*n = v
	}
	return err
}

var errBool = errors.New("not yes or no")

func setBool(b *bool, value string) error {
	v, err := ParseBool(value)
	if err == nil {
		*b = v
	}
	return err
}

// ParseBool reads yes, no, true, false, 1, 0, 是, 否; empty is no.
func ParseBool(s string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "yes", "y", "true", "1", "是":
		return true, nil
	case "no", "n", "false", "0", "否", "":
		return false, nil
	}
	return false, errBool
}

func setExtra(m map[string]string, f Field, value string) (map[string]string, error) {
	value, err := Canonical(f, value)
	if err != nil {
		return m, err
	}
	if m == nil {
		m = map[string]string{}
	}
	if value == "" {
		delete(m, f.Key)
	} else {
		m[f.Key] = value
	}
	return m, nil
}

// Canonical brings a typed value of any field into its stored form, or says why it cannot be one (a Fault at the
// field through Check, a bare error here).
func Canonical(f Field, value string) (string, error) {
	value, err := clean(f, value)
	if value == "" || err != nil {
		return "", err
	}
	switch f.Type {
	case TypeDate:
		d, err := text.ParseDate(value)
		return d.String(), err
	case TypeTime:
		return text.ParseClock(value)
	case TypeAmount:
		v, err := num.ParseAmount(value)
		return v.String(), err
	case TypeQuantity:
		v, err := num.ParseQuantity(value)
		return v.String(), err
	case TypePrice:
		v, err := num.ParsePrice(value)
		return v.String(), err
	case TypeRate:
		v, err := num.ParseRate(value)
		return v.String(), err
	case TypeInt:
		n, err := strconv.Atoi(value)
		return strconv.Itoa(n), err
	case TypeBool:
		b, err := ParseBool(value)
		return yesNo(b), err
	case TypeChoice:
		for _, c := range f.Choices {
			if value == c.Value || value == c.Label.Zh || value == c.Label.En {
				return c.Value, nil
			}
		}
		return "", errChoice
	}
	return value, nil
}

var errChoice = errors.New("not one of the choices")

// Check is Canonical with its error as a Fault at the field.
func Check(f Field, value string) (string, error) {
	v, err := Canonical(f, value)
	return v, bad(f, value, err)
}

// bad words a parse error for a person: what was typed and what would do.
func bad(f Field, value string, err error) error {
	if err == nil {
		return nil
	}
	if unseen := errUnseen(0); errors.Is(err, errLong) || errors.As(err, &unseen) {
		return tooMuch(f, value, err)
	}
	value = text.Short(value)
	say := func(zh, en string) error {
		return fault.New(fault.Invalid, "“%s”"+zh, "%q "+en, value).At(f.Key)
	}
	switch {
	case errors.Is(err, num.ErrDecimals):
		return say("小数位太多", "has too many decimals")
	case errors.Is(err, num.ErrOverflow):
		return say("数字太大", "is too large a number")
	case errors.Is(err, text.ErrDate):
		return say("不是日期，请写成 2026-01-31", "is not a date; write 2026-01-31")
	case errors.Is(err, text.ErrClock):
		return say("不是时间，请写成 08:30", "is not a time of day; write 08:30")
	case errors.Is(err, errBool):
		return say("请填 yes 或 no（是、否）", "is neither yes nor no")
	case errors.Is(err, errMatch):
		return say("应写成 单号/行:数量，如 CR-202601-0001/1:5", "is not NUMBER/LINE:QTY such as CR-202601-0001/1:5")
	case errors.Is(err, errChoice):
		names := make([]string, len(f.Choices))
		for i, c := range f.Choices {
			names[i] = c.Value
		}
		list := strings.Join(names, ", ")
		return fault.New(fault.Invalid, "“%s”不可选，可填：%s", "%q is not one of %s", value, list).At(f.Key)
	}
	return say("不是数字", "is not a number")
}
