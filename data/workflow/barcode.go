package workflow

import (
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// OwnCode is a product and the bar code it was given.
type OwnCode struct{ Product, Barcode string }

// Own codes 自编码 are EAN-13 codes of a shop's own: they begin with 20 to 29, which no maker of goods is ever given.
const (
	firstOwn = 200_000_000_001
	lastOwn  = 299_999_999_999
)

// OwnCodes gives each of the products that has no bar code one of the program's own: 13 digits from 20 on with the right check digit,
// a running number that is never given twice, also when its product is deleted. No products: all active ones without a bar code. What
// was given comes back.
func (b *Book) OwnCodes(products []string) (given []OwnCode, err error) {
	var list []*master.Record
	for _, code := range products {
		r, ok := b.Masters().Find(master.Products.Code, code)
		if !ok {
			return nil, fault.New(fault.NotFound, "没有商品“%s”", "there is no product %q", code).At("product")
		}
		list = append(list, r)
	}
	if len(products) == 0 {
		list = b.Masters().List(master.Products.Code)
	}
	err = b.write(func(tx *store.Tx) error {
		v, err := tx.Setting("own_code")
		if err != nil {
			return err
		}
		last, _ := strconv.ParseInt(orZero(v), 10, 64)
		last = max(last, firstOwn-1)
		seen := map[string]bool{}
		for _, r := range list {
			if r, _ = tx.Masters().ByID(r.Type.Code, r.ID); r == nil { // deleted meanwhile
				continue
			}
			if r.Get("barcode") != "" || seen[r.Code()] || len(products) == 0 && !r.Active() {
				continue
			}
			seen[r.Code()] = true
			code, err := b.nextOwn(&last)
			if err != nil {
				return err
			}
			own := r.Clone()
			own.Values["barcode"] = code
			if err := tx.SaveMaster(own); err != nil {
				return err
			}
			given = append(given, OwnCode{r.Code(), code})
		}
		if len(given) == 0 {
			return nil
		}
		if err := tx.SetSetting("own_code", strconv.FormatInt(last, 10)); err != nil {
			return err
		}
		return b.afterMasters(tx, master.Products)
	})
	return given, err
}

// nextOwn is the next number that no product is known by.
func (b *Book) nextOwn(last *int64) (string, error) {
	for *last < lastOwn {
		*last++
		code := fmt.Sprintf("%d%d", *last, checkDigit(*last))
		if len(b.Masters().Scanned(code)) == 0 {
			return code, nil
		}
	}
	return "", fault.New(fault.Refused, "自编码 20–29 已用完", "the own codes from 20 to 29 are used up")
}

// checkDigit of twelve digits: every second from the right counts three times, and the sum is filled up to a ten.
func checkDigit(n int64) int64 {
	sum := int64(0)
	for times := int64(3); n > 0; n, times = n/10, 4-times {
		sum += n % 10 * times
	}
	return (10 - sum%10) % 10
}

// several refuses a bar code that several products answer to, naming them.
func several(set *master.Set, code string) *fault.Fault {
	zh, en := answering(set, code)
	if zh == "" {
		return nil
	}
	return fault.New(fault.Invalid, "条码 %s 属于多个商品：%s，请写编码", "the bar code %s is that of several products: %s; give the code", code, text.T(zh, en)).At("product")
}

// answering names the products that answer to a bar code; nothing where it is at most one.
func answering(set *master.Set, code string) (zh, en string) {
	var z, e []string
	for _, p := range set.Scanned(code) {
		z, e = append(z, p.Code()+" "+p.Name(false)), append(e, p.Code()+" "+p.Name(false))
	}
	if len(z) < 2 {
		return "", ""
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}

// Doubles warns of the bar codes that several products answer to, such as a book of before they were one product's may have.
func (b *Book) Doubles() (list fault.List) {
	set := b.Masters()
	for _, code := range set.Doubles() {
		zh, en := answering(set, code)
		list = append(list, fault.New(fault.Refused, "条码 %s 属于多个商品：%s；扫码时会问是哪一个", "the bar code %s is that of several products: %s; a scan asks which", code, text.T(zh, en)))
	}
	return list
}
