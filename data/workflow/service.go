package workflow

import (
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// A service product (freight, repair, a fee; 7.3.11) is bought and sold like goods, but nothing of it lies in stock: it has no stock row and
// no cost when sold. What it costs to buy goes to the cost account of its category.

// notInStock refuses a service on a slip that only moves stock, or spreads cost over it.
func notInStock(k *slip.Kind, p *master.Product) *fault.Fault {
	return fault.New(fault.Refused, "%s 是服务，没有库存，不能用于%s", "%s is a service: it has no stock to move (%s)", p.Code(), k.Title).At("product")
}

// checkService holds what a record says of services: what has stock is none, and one on an audited slip stays what it is.
func checkService(tx *store.Tx, r *master.Record) (faults fault.List) {
	bad := func(code fault.Code, field, zh, en string, args ...any) {
		faults = append(faults, fault.New(code, zh, en, args...).At(field))
	}
	switch r.Type {
	case master.Products:
		service := r.Get("service") == "yes"
		if service && inquiry.TrackingOf(r) != "" {
			bad(fault.Invalid, "service", "服务没有批号和序列号", "a service has no lots or serial numbers")
		}
		old, ok := tx.Master(r.Type.Code, r.Code())
		if byID, same := tx.Masters().ByID(r.Type.Code, r.ID); same {
			old, ok = byID, true
		}
		if !ok || (old.Get("service") == "yes") == service {
			return faults
		}
		if used, err := tx.OnLiveSlip(old.ID); err != nil {
			faults = append(faults, fault.Internal(fmt.Errorf("slips with %s: %w", r.Code(), err)))
		} else if used {
			bad(fault.Refused, "service", "%s 已用于已审核的单据，不能再改“服务”", "%s stands on an audited slip: whether it is a service can no longer change", r.Code())
		}
		part := func(x *master.Record) bool { return x.Get("component") == old.Code() }
		if service && slices.ContainsFunc(tx.Masters().List(master.Boms.Code), part) {
			bad(fault.Refused, "service", "%s 是物料清单的组件，不能改为服务", "%s is a component of a bill of materials and cannot become a service", r.Code())
		}
	case master.Boms:
		if p, ok := tx.Masters().Product(r.Get("component")); ok && p.Service {
			bad(fault.Refused, "component", "%s 是服务，不能作组件", "%s is a service and cannot be a component", p.Code())
		}
	case master.OpeningStock:
		if p, ok := tx.Masters().Product(r.Get("product")); ok && p.Service {
			bad(fault.Refused, "product", "%s 是服务，没有期初库存", "%s is a service and has no opening stock", p.Code())
		}
	}
	return faults
}
