package workflow

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// SaveMaster checks and writes one record; ID 0 makes a new one. Where another person saved it meanwhile, changes of different fields
// both stand, r has them all then; the same field is refused with a *master.Clash, and so is, in words, a record that was deleted.
func (b *Book) SaveMaster(r *master.Record) error {
	return b.write(func(tx *store.Tx) error {
		if err := b.Off(r.Type.Module); err != nil {
			return err
		}
		if was, _ := tx.Masters().ByID(r.Type.Code, r.ID); len(b.mayRecord(r, was)) > 0 {
			return b.mayRecord(r, was)
		}
		if r.ID == 0 && strings.TrimSpace(r.Code()) == "" && r.Type.Coded() && b.CodesItself(r.Type) {
			r.Values["code"] = master.NewCodes(tx.Masters(), r.Type, b.CodePrefix(r.Type)).Next()
		}
		if err := b.merge(tx, r); err != nil {
			return err
		}
		old, _ := tx.Masters().ByID(r.Type.Code, r.ID)
		if faults := append(b.checkMaster(tx, r), tx.Masters().CheckCodes(old, r, nil)...); len(faults) > 0 {
			return faults
		}
		if old, ok := tx.Master(r.Type.Code, r.Keys()...); ok && old.ID != r.ID {
			return fault.New(fault.Invalid, "编码 %s 已存在", "the code %s exists already", r.Code()).At("code")
		}
		r.FillInitials()
		if old != nil && old.Same(r) { // saved as it stands: no version, and nothing for others to look at
			r.Saved(old)
			return nil
		}
		if err := tx.SaveMaster(r); err != nil {
			return err
		}
		return b.afterMasters(tx, r.Type)
	})
}

// afterMasters posts the opening voucher anew where the records belong to it.
func (b *Book) afterMasters(tx *store.Tx, t *master.Type) error {
	switch t {
	case master.OpeningStock, master.OpeningBalances, master.Accounts:
		return b.postOpening(tx)
	}
	return nil
}

// DeleteMaster removes a record nothing refers to. One in use is refused: it can only be made inactive.
func (b *Book) DeleteMaster(r *master.Record) error {
	return b.write(func(tx *store.Tx) error {
		if err := b.may(r.Type.Code, "delete"); err != nil {
			return err
		}
		switch now, ok := tx.Masters().ByID(r.Type.Code, r.ID); {
		case !ok:
			return fault.New(fault.Conflict, "%s 已被他人删除", "%s was deleted already", r.Key())
		case now.Version != r.Version:
			return b.masterClash(tx, master.MergeRecords(r.Opened(), r, now), r)
		}
		if err := tx.DeleteMaster(r); errors.Is(err, store.ErrInUse) {
			return fault.New(fault.Refused, "%s 已被使用，不能删除，只能停用", "%s is in use; it cannot be deleted, only made inactive", b.Calls(r))
		} else if err != nil {
			return err
		}
		return b.afterMasters(tx, r.Type)
	})
}

// checkMaster brings the values into canonical form and lists what is wrong.
func (b *Book) checkMaster(tx *store.Tx, r *master.Record) fault.List {
	var faults fault.List
	old, _ := tx.Masters().ByID(r.Type.Code, r.ID)
	if faults := b.mayRecord(r, old); len(faults) > 0 {
		return faults
	}
	for _, f := range r.Type.Fields {
		v := strings.TrimSpace(r.Values[f.Key])
		if v == "" {
			v = b.Default(r.Type, f)
		}
		if v == "" {
			if f.Required {
				faults = append(faults, missing(f))
			}
			delete(r.Values, f.Key)
			continue
		}
		c, err := slip.Check(f, v)
		if err != nil && old != nil && v == old.Get(f.Key) { // stands so since before there were limits
			continue
		}
		if err != nil {
			faults = append(faults, fault.Of(err)...)
			continue
		}
		if f.Type == slip.TypeRef {
			if _, ok := tx.Master(f.Ref, c); !ok {
				faults = append(faults, unknown(f, c))
				continue
			}
		}
		r.Values[f.Key] = c
	}
	return slices.Concat(faults, b.checkRecord(tx, r), b.checkLedgerAccount(tx, r), b.checkTracking(tx, r), b.checkService(tx, r))
}

func missing(f slip.Field) *fault.Fault {
	return fault.New(fault.Invalid, "%s不能为空", "%s is missing", f.Label).At(f.Key)
}

func unknown(f slip.Field, code string) *fault.Fault {
	return fault.New(fault.Invalid, "没有“%s”这个%s", "there is no %[2]s %[1]q", code, f.Label).At(f.Key)
}

// contradiction refuses an opening whose unit cost, rounded as people round it, is not its amount's.
func contradiction(r *master.Record) *fault.Fault {
	if r.Get("cost") == "" || r.Get("amount") == "" {
		return nil
	}
	qty, _ := num.ParseQuantity(orZero(r.Get("qty")))
	amount, _ := num.ParseAmount(r.Get("amount"))
	cost, _ := num.ParsePrice(r.Get("cost"))
	is, err := num.UnitPrice(amount, qty)
	if err == nil && max(is-cost, cost-is) <= num.PriceOne/200 {
		return nil
	}
	return fault.New(fault.Invalid, "单位成本 %s 与金额 %s 不符，只填其一即可", "the unit cost %s contradicts the amount %s; one of them will do", r.Get("cost"), r.Get("amount")).At("amount")
}

// checkPlace lets a warehouse become a place of transit, or stop being one, only while nothing lies in it.
func (b *Book) checkPlace(tx *store.Tx, r *master.Record) fault.List {
	old, ok := tx.Masters().ByID(r.Type.Code, r.ID)
	if was := old.Get("transit") == "yes"; !ok || was == (r.Get("transit") == "yes") {
		return nil
	}
	if some, err := tx.HasStock(r.ID); err != nil {
		return fault.List{fault.Internal(fmt.Errorf("stock in %s: %w", r.Code(), err))}
	} else if some {
		return fault.List{fault.New(fault.Refused, "%s 还有库存，不能改“在途仓”", "goods lie in %s: whether it is a place of transit cannot change", b.Calls(old)).At("transit")}
	}
	return nil
}

// CodesItself tells whether a record of the type that has no code gets the next one (setting auto_codes).
func (b *Book) CodesItself(t *master.Type) bool { return b.CodePrefix(t) != "" }

// CodePrefix is what stands before the digits of a code the program gives to a record of the type; empty: codes are typed.
func (b *Book) CodePrefix(t *master.Type) string {
	for _, w := range strings.Fields(b.Settings().AutoCodes) {
		if typ, prefix, _ := strings.Cut(w, ":"); typ == t.Code {
			return prefix
		}
	}
	return ""
}

// OwnCode is a product and the bar code it was given.
type OwnCode struct{ Product, Barcode string }

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
		if err := b.may(master.Products.Code, "enter"); err != nil {
			return err
		}
		v, err := tx.Setting("own_code")
		if err != nil {
			return err
		}
		last, _ := strconv.ParseInt(orZero(v), 10, 64)
		seen := map[string]bool{}
		for _, r := range list {
			if r, _ = tx.Masters().ByID(r.Type.Code, r.ID); r == nil { // deleted meanwhile
				continue
			}
			if r.Get("barcode") != "" || seen[r.Code()] || len(products) == 0 && !r.Active() {
				continue
			}
			seen[r.Code()] = true
			code, err := tx.Masters().NextOwn(&last)
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

// Doubles warns of the bar codes that several products answer to, such as a book of before they were one product's may have.
func (b *Book) Doubles() (list fault.List) {
	set := b.Masters()
	for _, code := range set.Doubles() {
		zh, en := set.Answering(code)
		list = append(list, fault.New(fault.Refused, "条码 %s 属于多个商品：%s；扫码时会问是哪一个", "the bar code %s is that of several products: %s; a scan asks which", code, text.T(zh, en)))
	}
	return list
}

// exponent is how spreadsheets shorten long figures: 6.93E+12.
var exponent = regexp.MustCompile(`^\d+([.,]\d+)?[eE]\+\d+$`)

// checkRecord holds what single fields cannot say.
func (b *Book) checkRecord(tx *store.Tx, r *master.Record) fault.List {
	var faults fault.List
	for _, f := range r.Type.Fields {
		if strings.HasPrefix(r.Values[f.Key], "-") && f.Numeric() && f.Key != "opening" && f.Key != "receivable" && f.Key != "payable" && f.Key != "advance" && f.Key != "prepaid" {
			faults = append(faults, fault.New(fault.Invalid, "%s不能为负", "%s cannot be negative", f.Label).At(f.Key))
		}
	}
	switch r.Type {
	case master.Products:
		old, _ := tx.Masters().ByID(r.Type.Code, r.ID)
		if f2, err := num.ParseQuantity(r.Get("unit2_factor")); err == nil && f2 > 0 && f2 < num.QuantityOne && old.Get("unit2_factor") != r.Get("unit2_factor") {
			faults = append(faults, fault.New(fault.Invalid, "换算率 %s 小于 1：请把较小的单位设为单位，较大的设为辅单位", "a factor of %s is below 1: make the smaller unit the base and the larger one the second unit", r.Get("unit2_factor")).At("unit2_factor"))
		}
		if exponent.MatchString(r.Get("barcode")) && old.Get("barcode") != r.Get("barcode") {
			faults = append(faults, fault.New(fault.Invalid, "条码 %s 是表格软件缩写的数字，位数已丢失：请把该列设为文本后重新输入", "the bar code %s is a figure that a spreadsheet shortened, its digits are lost: make the column text and enter it again", r.Get("barcode")).At("barcode"))
		}
		if r.Get("unit2") != "" && (r.Get("unit2_factor") == "" || r.Get("unit2_factor") == "0") {
			faults = append(faults, fault.New(fault.Invalid, "辅单位需要换算率", "the second unit needs a factor").At("unit2_factor"))
		}
		if rate, _ := num.ParseRate(orZero(r.Get("tax_rate"))); rate > num.RateOne {
			faults = append(faults, fault.New(fault.Invalid, "税率在 0%% 与 100%% 之间，如 13%% 或 0.13", "the tax rate is between 0%% and 100%%, such as 13%% or 0.13").At("tax_rate"))
		}
	case master.OpeningStock:
		if r.Get("cost") == "" && r.Get("amount") == "" {
			faults = append(faults, fault.New(fault.Invalid, "请填单位成本或金额", "give the unit cost or the amount").At("cost"))
		}
		if r.Get("qty") == "0" {
			faults = append(faults, fault.New(fault.Invalid, "数量不能为零", "the quantity cannot be zero").At("qty"))
		}
		if f := contradiction(r); f != nil {
			faults = append(faults, f)
		}
		if b.isTransit(r.Get("warehouse")) {
			faults = append(faults, fault.New(fault.Refused, "期初库存不能在在途仓：请放在调出仓，再做在途调拨单", "stock does not begin in a place of transit: enter it where it comes from, and transfer it").At("warehouse"))
		}
	case master.Departments:
		if old, ok := tx.Masters().ByID(r.Type.Code, r.ID); ok && old.Code() != r.Code() {
			faults = append(faults, fault.New(fault.Refused, "部门编码不能改；名称可以改", "a department's code does not change; its name may").At("code"))
		}
	case master.Units: // a line keeps its unit by code: it says how much was meant
		if old, ok := tx.Masters().ByID(r.Type.Code, r.ID); ok && old.Code() != r.Code() {
			if used, err := tx.UnitUsed(old.Code()); err != nil {
				faults = append(faults, fault.Internal(err))
			} else if used {
				faults = append(faults, fault.New(fault.Refused, "“%s”已用于单据，编码不能改；名称可以改", "%q stands on slips: its code does not change; its name may", old.Code()).At("code"))
			}
		}
	case master.Warehouses:
		faults = append(faults, b.checkPlace(tx, r)...)
	case master.Boms:
		if r.Get("qty") == "0" {
			faults = append(faults, fault.New(fault.Invalid, "用量不能为零", "the quantity cannot be zero").At("qty"))
		}
		if way := circle(tx, r.Get("component"), r.Get("product"), map[string]bool{}); way != nil {
			chain := b.CalledAll(master.Products, append([]string{r.Get("product")}, way...), " → ")
			faults = append(faults, fault.New(fault.Invalid, "物料清单不能循环：%s", "a bill of materials cannot go in a circle: %s", chain).At("component"))
		}
	case master.Prices:
		faults = append(faults, checkPrice(r)...)
	case master.OpeningBalances:
		if !r.Figured() {
			faults = append(faults, fault.New(fault.Invalid, "没有金额：请填应收、应付、预收、预付之一", "no figure: give receivable, payable, advance or prepaid").At("receivable"))
		}
		if _, ok := tx.Master(r.Get("party_kind")+"s", r.Get("party")); !ok && r.Get("party") != "" {
			faults = append(faults, fault.New(fault.Invalid, "没有往来单位“%s”", "there is no party %q", r.Get("party")).At("party"))
		}
	}
	return faults
}

// log tells the audit log what was done to a slip.
func (b *Book) log(tx *store.Tx, verb string, d *slip.Doc, detail auditlog.Detail) error {
	detail.Date = d.Date.String()
	b.loan.signs(d, &detail)
	e := auditlog.Entry{At: b.Now().UnixMilli(), Person: b.User, Verb: verb, Area: d.Kind, Key: d.Number, Version: d.Version}
	if err := tx.Log(e, detail); err != nil {
		return err
	}
	return b.loan.tell(d, func(lent auditlog.Detail) error {
		e.Verb = "override"
		return tx.Log(e, lent)
	})
}

// note tells the audit log of an act on something else than a slip. Records of standing data are told of as they are written.
func (b *Book) note(tx *store.Tx, verb, area, key string, detail auditlog.Detail) error {
	return tx.Log(auditlog.Entry{At: b.Now().UnixMilli(), Person: b.User, Verb: verb, Area: area, Key: key}, detail)
}
