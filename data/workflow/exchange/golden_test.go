package exchange_test

import (
	"strings"
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/testbook"
)

// A book without modules exports what it always did, byte for byte (but for the line's remark and what is settled, 7.3.6): what modules and later columns bring stands nowhere while it says
// nothing. The columns are those every file of before has.
func TestABookWithoutModulesExportsAsBefore(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,to_warehouse,product,qty,price,source,audit", "goods-receipt,r1,2026-01-02,S,W1,,A,50,10,,yes", "delivery,d1,2026-01-05,C,W1,,A,2,20,,yes", "sales-order,o1,2026-01-05,C,W1,,B,1,9,,no")
	for kind, want := range map[string]string{"slips": goldenSlips, "products": goldenProducts, "customers": goldenCustomers} {
		tab, _, err := exchange.Export(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		list := []string{strings.Join(tab.Header, ",")}
		for _, r := range tab.Rows {
			list = append(list, strings.Join(r.Cells, ","))
		}
		if got := strings.Join(list, "\n"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", kind, got, want)
		}
	}
}

const goldenSlips = `kind,number,date,party,warehouse,to_warehouse,account,product,qty,unit,price,price_includes_tax,tax_rate,discount_rate,amount,source,source_line,due_date,employee,department,slip_discount,paid,offset_kind,to_party,allocate_by,debit_account,credit_account,redeliver,external_no,remark,line_remark,allocations,audit,rounding,freight,invoice_no,invoice_date,invoice_type,lot,expiry,carrier,waybill,match,weight,address,tendered,price_of,price_level,customer,transit,levels,range,count1,shelf,counter,use,method,cheque_no,to_account
goods-receipt,CR-202601-0001,2026-01-02,S,W1,,,A,50,个,10.00,no,0.13,,,,,2026-01-02,,,,,,,,,,,r1,,,,yes,,,,,,,,,,,,,,,,,,,,,,,,,,
delivery,XC-202601-0001,2026-01-05,C,W1,,,A,2,个,20.00,no,0.13,,,,,2026-02-04,,,,,,,,,,,d1,,,,yes,,,,,,,,,,,,,,,,,,,,,,,,,,
sales-order,XD-202601-0001,2026-01-05,C,W1,,,B,1,个,9.00,no,0.13,,,,,,,,,,,,,,,,o1,,,,no,,,,,,,,,,,,,,,,,,,,,,,,,,`
const goldenProducts = `code,name,name2,initials,spec,category,unit,barcode,purchase_price,sales_price,tax_rate,reference_cost,min_stock,max_stock,supplier,brand,size,colour,unit2,unit2_factor,shelf,weight,lead_days,tracking,shelf_days,warn_days,negative,remark,active
A,螺丝,,ls,,,个,,10.00,20.00,,,,,,,,,盒,100,,,,,,,,,yes
B,螺母,,lm,,,个,,5.00,9.00,,,,,,,,,,,,,,,,,,,yes`
const goldenCustomers = `code,name,initials,contact,phone,address,tax_no,bank,bank_account,credit_limit,payment_days,price_level,remark,active
C,装修队,zxd,,,,,,,,30,,,yes`
