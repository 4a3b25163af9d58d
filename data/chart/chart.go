// Package chart names the accounts 科目 of 小企业会计准则 that the program itself posts to, proves and prints: a number of the chart stands
// here and nowhere else. The whole chart is assets/accounts.csv; which of its accounts make a line of the balance sheet or the income
// statement is that report's own.
package chart

import "slices"

// Assets 资产.
const (
	Cash        = "1001" // 库存现金
	Bank        = "1002" // 银行存款
	OtherCash   = "1012" // 其他货币资金
	Receivables = "1122" // 应收账款
	Prepayments = "1123" // 预付账款
	Materials   = "1403" // 原材料
	Goods       = "1405" // 库存商品
	Dispatched  = "1406" // 发出商品: delivered and not invoiced
	Unresolved  = "1901" // 待处理财产损溢
)

// Liabilities and equity 负债和权益.
const (
	Trade          = "2202"     // 应付账款, of which the next two
	Payables       = "220201"   // invoiced
	Accruals       = "220202"   // 暂估: received and not invoiced
	Advances       = "2203"     // 预收账款
	SmallVAT       = "222101"   // 应交增值税
	InputVAT       = "22210101" // 进项税额
	OutputVAT      = "22210107" // 销项税额
	TransferredVAT = "22210109" // 进项税额转出: input tax that may not be deducted after all, as of goods lost; it is to be paid
	Capital        = "3001"     // 实收资本
	YearProfit     = "3103"     // 本年利润
)

// Costs, income and expenses 成本和损益.
const (
	Production     = "4001" // 生产成本
	Overheads      = "4101" // 制造费用
	Sales          = "5001" // 主营业务收入
	OtherSales     = "5051" // 其他业务收入
	SundryIncome   = "5301" // 营业外收入
	CostOfSales    = "5401" // 主营业务成本
	Selling        = "5601" // 销售费用
	Administration = "5602" // 管理费用
	Finance        = "5603" // 财务费用: settlement discounts and rounding off
	SundryExpense  = "5711" // 营业外支出: bad debts, cash that is missing
)

// IsStock tells of the accounts of goods that every chart has; a category may name others.
func IsStock(account string) bool {
	return slices.Contains([]string{Materials, Goods, Dispatched}, account)
}

// IsCash tells of the usual accounts of money.
func IsCash(account string) bool { return slices.Contains([]string{Cash, Bank, OtherCash}, account) }
