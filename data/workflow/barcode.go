package workflow

import (
	"fmt"
	"strconv"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/store"
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
		if _, taken := b.Masters().Product(code); !taken {
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
