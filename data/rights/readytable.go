package rights

// readyRoles are the roles of the table below, in its columns' order.
var readyRoles = []string{"manager", "deputy", "head", "buyer", "sales-clerk", "keeper", "finance", "cashier", "till", "viewer"}

// The table of the ready roles. A cell is what its role may: s see, e enter (of masters delete too), a audit, u unaudit, v void, p print,
// x export, t terms; - nothing. A figure stands for some reports of the area only, see onlyReports.
const (
	readyKinds = `
purchase-plan purchase-order                                       | seauvpx sapx seapx  seauvpx -       s      spx     -     -    spx
goods-receipt                                                      | seauvpx sapx spx    spx     -       sevpx  saupx   -     -    spx
purchase-return                                                    | seauvpx sapx spx    sevpx   -       sevpx  saupx   -     -    spx
purchase-invoice landed-cost                                       | seauvpx spx  -      s       -       -      seauvpx -     -    spx
quotation                                                          | seauvpx sapx seapx  -       seauvpx -      spx     -     -    spx
sales-order                                                        | seauvpx sapx seaupx s       sevpx   s      spx     -     -    spx
delivery                                                           | seauvpx sapx seapx  -       seavpx  sep    saupx   s     -    spx
sales-return                                                       | seauvpx sapx seapx  -       sevpx   sep    saupx   s     -    spx
sales-invoice                                                      | seauvpx spx  s      -       s       -      seauvpx -     -    spx
retail-sale                                                        | seauvpx sapx spx    -       seavp   -      saupx   s     seap spx
price-change                                                       | seauvpx sapx spx    spx     s       -      spx     -     -    spx
transfer material-issue material-return assembly disassembly       | seauvpx sapx sp     s       -       seavpx spx     -     -    spx
other-receipt other-issue write-off overage stocktake              | seauvpx sapx sp     s       -       sevpx  saupx   -     -    spx
cost-adjustment journal-voucher                                    | seauvpx spx  -      -       -       -      seauvpx -     -    spx
payment prepayment                                                 | seauvpx spx  sp     sevp    -       -      seauvpx sap   -    spx
collection advance                                                 | seauvpx spx  sp     -       sevp    -      seauvpx seavp -    spx
offset                                                             | seauvpx spx  -      sevp    -       -      seauvpx s     -    spx
expense income                                                     | seauvpx sapx sevp   -       -       -      seauvpx seavp -    spx
cash-transfer                                                      | seauvpx spx  -      -       -       -      seauvpx seavp -    spx
production-plan work-order                                         | seauvpx sapx seapx  s       s       s      spx     -     -    spx
production-receipt                                                 | seauvpx sapx sp     s       -       seavpx spx     -     -    spx
opportunity activity                                               | seauvpx sapx seapx  -       seavp   -      spx     -     -    spx
contract contract-filing                                           | seauvpx sapx seapx  -       sevp    -      spx     -     -    spx
service                                                            | seauvpx sapx seapx  -       seavp   sp     spx     -     -    spx
commission settlement                                              | seauvpx spx  -      -       -       -      seauvpx sap   -    spx
shift top-up                                                       | seauvpx sapx spx    -       seap    -      saupx   seap  seap spx
points                                                             | seauvpx sapx seap   -       -       -      spx     -     -    spx
sales-allowance                                                    | seauvpx sapx seapx  -       sevp    -      saupx   s     -    spx
`
	readyMasters = `
products units categories boms styles size-groups size-runs colours                    | sex  sx s  sex  s  s sx  s s sx
suppliers                                                                              | setx sx s  setx -  s sx  s - sx
customers                                                                              | setx sx s  -    se s stx s s sx
prices promotions coupons levels markdown-rules                                        | sex  sx s  -    s  - sx  - - sx
warehouses employees departments calendar work-centres tills channels channel-products channel-columns | sex sx s s s s sx s s sx
contacts leads                                                                         | sex  sx se -    se - s   - - sx
stages checklists competitors terms choices service-levels revisit-rules               | sex  sx s  s    s  s sx  s - sx
targets commission-rules                                                               | sex  sx s  -    -  - sx  - - sx
accounts                                                                               | sex  sx s  s    s  - sex s s sx
opening-stock opening-balances gl                                                      | sex  sx -  -    -  - sex - - sx
`
	readyReports = `
warehouse  | sx sx sx s  1 sx sx - 2 sx
purchase   | sx sx sx sx - -  sx - - sx
sales      | sx sx sx -  s 3  sx - - sx
production | sx sx sx s  - s  sx - - sx
customers  | sx sx sx -  s -  sx - - sx
money      | sx sx s  4  5 -  sx s - sx
books      | sx sx -  -  - -  sx - - sx
`
	// Of the words a cell is a list of verbs, a limit, or yes.
	readyWords = `
see                                                            | margin margin sales,purchase purchase sales - margin sales,purchase sales margin
may.backdate                                                   | 31   31   7    3 3    3   31   3 0 -
may.price                                                      | 0.30 0.30 0.15 - 0.05 -   0.15 - - -
may.over-credit may.below-cost                                 | yes  yes  -    - -    -   -    - - -
may.negative                                                   | yes  yes  -    - -    yes yes  - - -
see.private till.drawer till.return-late till.return-no-receipt till.refund-other | yes yes yes - - - - - - -
book.close                                                     | yes  -    -    - -    -   yes  - - -
book.reopen book.settings book.chains                          | yes  -    -    - -    -   -    - - -
book.books book.log                                            | yes  -    -    - -    -   yes  - - yes
book.backup                                                    | yes  -    -    - -    -   yes  - - -
`
)

// onlyReports are those a figure in the table stands for: to be seen, of the area's.
var onlyReports = map[string][]string{
	"1": {"stock-on-hand", "in-transit", "lots", "expiry", "buildable"},
	"2": {"stock-on-hand"},
	"3": {"order-status"},
	"4": {"payables", "party-statement"},
	"5": {"receivables", "ageing", "party-statement"},
}
