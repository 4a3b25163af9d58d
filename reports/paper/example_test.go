package paper

import (
	"time"

	"zhanggui/data/text"
)

// The examples are a hardware dealer's papers: figures that add up by hand.

var hengtai = Company{
	Name: "江城市恒泰五金建材有限公司", Address: "江城市东湖区解放路 66 号五金城 B12 栋", Phone: "0888-6655 0123",
	TaxNumber: "91880100MA00000X01", Bank: "江城农商银行城东支行 6228 0000 1234 5678",
}

var hengtaiEn = Company{
	Name: "Jiangcheng Hengtai Hardware & Building Supplies Co., Ltd.", Address: "B12 Hardware City, 66 Jiefang Road, Donghu District, Jiangcheng",
	Phone: "0888-6655 0123", TaxNumber: "91880100MA00000X01",
}

func product(code, name, nameEn, unit, unitEn, shelf, qty, price, net, tax, gross string, en bool) Line {
	l := Line{Name: name, Cells: map[Key]string{ColCode: code, ColUnit: unit, ColShelf: shelf, ColQuantity: qty,
		ColPrice: price, ColNet: net, ColRate: "13%", ColTax: tax, ColGross: gross}}
	if en {
		l.Name, l.Cells[ColUnit] = nameEn, unitEn
	}
	return l
}

// hardware is twelve lines: 441 pieces, 10,636.00 + 1,382.68 = 12,018.68.
func hardware(en bool) []Line {
	return []Line{
		product("WJ01001", "镀锌六角螺栓 8.8级 M8×30", "Hex bolt 8.8 zinc M8×30", "盒", "box", "A-01-03", "20", "32.50", "650.00", "84.50", "734.50", en),
		product("WJ01014", "六角螺母 镀锌 M8", "Hex nut zinc M8", "盒", "box", "A-01-07", "20", "11.80", "236.00", "30.68", "266.68", en),
		product("WJ01032", "平垫圈 304不锈钢 φ8", "Flat washer stainless 304 φ8", "盒", "box", "A-02-01", "15", "9.60", "144.00", "18.72", "162.72", en),
		product("WJ02008", "十字沉头自攻螺钉 4×25", "Self-tapping screw CSK 4×25", "盒", "box", "A-03-02", "30", "8.90", "267.00", "34.71", "301.71", en),
		product("DD03001", "冲击钻 13mm 650W 无级调速", "Impact drill 13 mm 650 W, variable speed", "把", "pc", "C-01-01", "2", "268.00", "536.00", "69.68", "605.68", en),
		product("WJ02120", "重型膨胀螺栓 304不锈钢（带弹垫平垫，国标加厚，车修壁虎）M12×120", "Heavy anchor bolt, stainless 304, with spring and flat washer, M12×120", "套", "set", "A-04-05", "200", "3.85", "770.00", "100.10", "870.10", en),
		product("SG05011", "PPR热水管 S3.2 DN25 4m/根", "PPR hot-water pipe S3.2 DN25, 4 m", "根", "pc", "D-02-01", "60", "21.40", "1,284.00", "166.92", "1,450.92", en),
		product("SG05044", "铜芯球阀 DN25 内丝", "Ball valve, brass core, DN25 female", "个", "pc", "B-03-04", "24", "36.50", "876.00", "113.88", "989.88", en),
		product("DL06002", "铜芯电线 BV 2.5mm² 红 100m", "Copper wire BV 2.5 mm², red, 100 m", "卷", "roll", "D-01-02", "12", "186.00", "2,232.00", "290.16", "2,522.16", en),
		product("ZM07019", "LED防爆三防灯 双管 2×18W 1.2m IP65 防水防尘防腐 乳白罩（适用地下车库、厂房、冷库，含支架、吊链及T8灯管2根，质保两年，颜色6500K）", "LED tri-proof light, twin 2×18 W, 1.2 m, IP65, with bracket, chain and two T8 tubes, 6500 K, two-year warranty", "套", "set", "C-02-06", "16", "92.00", "1,472.00", "191.36", "1,663.36", en),
		product("TL08003", "净味内墙乳胶漆 18L 哑光白", "Interior emulsion paint 18 L, matt white", "桶", "pail", "D-04-01", "6", "318.00", "1,908.00", "248.04", "2,156.04", en),
		product("GJ09019", "钢卷尺 5m×25mm 自锁", "Steel tape 5 m × 25 mm, self-lock", "把", "pc", "B-01-02", "36", "7.25", "261.00", "33.93", "294.93", en),
	}
}

// delivery is the sales delivery on continuous paper.
func delivery() *Voucher {
	return &Voucher{
		Lang: text.Zh, Size: Continuous, Company: hengtai, Title: "销售出库单", Number: "XC-202610-0087",
		Fields: []Field{
			{Key: FieldParty, Label: "客户", Value: "K0031 江城新禾装饰工程有限公司", Bold: true},
			{Key: FieldContact, Label: "联系人", Value: "陈志远 138 0000 4521"},
			{Key: FieldDate, Label: "日期", Value: "2026-10-08"},
			{Key: FieldAddress, Label: "送货地址", Value: "江城市东湖区学府路 218 号新禾工地 3 号门（周六送货请提前电话）"},
			{Key: FieldWarehouse, Label: "仓库", Value: "01 总仓"},
			{Key: FieldPerson, Label: "业务员", Value: "王磊"},
			{Key: FieldCarrier, Label: "承运", Value: "顺达物流  运单 SD2610080231  运费寄付"},
			{Key: FieldSource, Label: "来源订单", Value: "XD-202610-0112"},
			{Key: FieldDue, Label: "到期日", Value: "2026-11-07"},
			{Key: FieldRequired, Label: "要求送达", Value: "2026-10-09"},
		},
		Lines: hardware(false), Total: 1201868, Remark: "冲击钻附合格证 1 份，油漆请避光存放。货到当面清点，三日内提出异议。",
		Signatures: []Signature{{"制单", "周婷", 27}, {"审核", "李敏", 27}, {"发货", "", 37}, {"承运签字", "", 40}, {"收货人签字(盖章)", "", 66}},
		Plies:      SalesPlies(),
		Print:      Print{Count: 1, At: time.Date(2026, 10, 8, 10, 21, 0, 0, time.UTC), By: "周婷"},
	}
}

// deliveryA5 has prices that include tax, discounts, a gift and a balance row.
func deliveryA5() *Voucher {
	line := func(code, name, unit, qty, price, disc, net, remark string) Line {
		return Line{Name: name, Remark: remark, Cells: map[Key]string{ColCode: code, ColUnit: unit, ColQuantity: qty, ColPrice: price, ColDiscount: disc, ColNet: net}}
	}
	return &Voucher{
		Lang: text.Zh, Size: A5, Company: hengtai, Title: "销售出库单", Number: "XC-202610-0091", Inclusive: true,
		Fields: []Field{
			{Key: FieldParty, Label: "客户", Value: "K0007 江城市永兴水电安装队", Bold: true},
			{Key: FieldContact, Label: "联系人", Value: "刘永兴 139 0000 7702"},
			{Key: FieldDate, Label: "日期", Value: "2026-10-09"},
			{Key: FieldAddress, Label: "送货地址", Value: "自提"},
			{Key: FieldWarehouse, Label: "仓库", Value: "01 总仓"},
			{Key: FieldPerson, Label: "业务员", Value: "周婷"},
			{Key: FieldTerms, Label: "结算", Value: "月结 30 天，到期 2026-11-08"},
			{Key: FieldSource, Label: "来源订单", Value: "—"},
			{Key: FieldCurrency, Label: "币种", Value: "人民币元"},
		},
		Lines: []Line{
			line("WJ01001", "镀锌六角螺栓 8.8级 M8×30", "盒", "4", "36.80", "", "147.20", ""),
			line("GJ09019", "钢卷尺 5m×25mm 自锁", "把", "10", "8.50", "", "85.00", ""),
			line("DL06002", "铜芯电线 BV 2.5mm² 红 100m", "卷", "3", "215.00", "9.5折", "612.75", "足米"),
			line("SG05044", "铜芯球阀 DN25 内丝", "个", "12", "41.50", "", "498.00", ""),
			line("WJ02120", "重型膨胀螺栓 304不锈钢（带弹垫平垫，国标加厚，车修壁虎）M12×120", "套", "50", "4.40", "", "220.00", ""),
			line("SM10002", "玻璃胶 中性 300ml 透明", "支", "24", "12.80", "9折", "276.48", ""),
			line("SM10002", "玻璃胶 中性 300ml 透明", "支", "2", "0.00", "", "0.00", "赠品"),
		},
		Total: 183943, Tax: 21161, TaxIncluded: true,
		Balance:    []Balance{{"上期欠款", 326000}, {"本单金额", 183943}, {"抹零", -43}, {"本次收款（微信）", -150000}, {"累计欠款", 359900}},
		Remark:     "赠品 2 支不计价。",
		Signatures: []Signature{{"制单", "周婷", 27}, {"审核", "李敏", 27}, {"发货", "", 42}, {"收货人签字(盖章)及日期", "", 92}},
		Plies:      SalesPlies()[:1],
		Print:      Print{Count: 1, At: time.Date(2026, 10, 9, 15, 2, 0, 0, time.UTC), By: "周婷"},
	}
}

// deliveryA4 is the delivery in English.
func deliveryA4() *Voucher {
	return &Voucher{
		Lang: text.En, Size: A4, Company: hengtaiEn, Title: "Delivery note", Number: "XC-202610-0087",
		Fields: []Field{
			{Key: FieldParty, Label: "Customer", Value: "K0031 Jiangcheng Xinhe Decoration Engineering Co., Ltd.", Bold: true},
			{Key: FieldDate, Label: "Date", Value: "2026-10-08"},
			{Key: FieldAddress, Label: "Deliver to", Value: "Gate 3, Xinhe site, 218 Xuefu Road, Donghu District, Jiangcheng (phone first on Saturdays)"},
			{Key: FieldWarehouse, Label: "Warehouse", Value: "01 Main"},
			{Key: FieldContact, Label: "Contact", Value: "Chen Zhiyuan 138 0000 4521"},
			{Key: FieldPerson, Label: "Sales", Value: "Wang Lei"},
			{Key: FieldCarrier, Label: "Carrier", Value: "Shunda Logistics, waybill SD2610080231, freight prepaid"},
			{Key: FieldSource, Label: "Order", Value: "XD-202610-0112"},
		},
		Lines: hardware(true), Total: 1201868, Currency: "CNY",
		Sums:       []Sum{{"Net", 1063600}, {"VAT 13%", 138268}, {"Total CNY", 1201868}},
		Notes:      []string{"Due 2026-11-07 (30 days). Payment to:", "Jiangcheng Rural Commercial Bank, East Branch  6228 0000 1234 5678"},
		Remark:     "certificate with the drill. Please count the goods on arrival and tell us of any fault within three days.",
		Signatures: []Signature{{"Prepared by", "Zhou Ting", 34}, {"Audited by", "Li Min", 34}, {"Issued by", "", 44}, {"Received by (name, date, stamp)", "", 71}},
		Plies:      SalesPlies()[:1],
		Print:      Print{Count: 1, At: time.Date(2026, 10, 8, 10, 21, 0, 0, time.UTC), By: "Zhou Ting"},
	}
}

// goodsReceipt is what came in against an order, with an inspection.
func goodsReceipt() *Voucher {
	line := func(code, name, unit, ordered, delivered, received, price, net, tax string) Line {
		return Line{Name: name, Cells: map[Key]string{ColCode: code, ColUnit: unit, ColOrdered: ordered, ColDelivered: delivered, ColReceived: received, ColPrice: price, ColNet: net, ColTax: tax}}
	}
	return &Voucher{
		Lang: text.Zh, Size: A5, Form: Receipt, Company: hengtai, Title: "采购入库单", Number: "CR-202610-0021",
		Fields: []Field{
			{Key: FieldParty, Label: "供应商", Value: "G0012 海陵紧固件制造有限公司", Bold: true},
			{Key: FieldSupplier, Label: "供方送货单号", Value: "GH-88213", Bold: true},
			{Key: FieldDate, Label: "日期", Value: "2026-10-06"},
			{Key: FieldSource, Label: "采购订单", Value: "CD-202609-0041"},
			{Key: FieldContact, Label: "联系人", Value: "赵国强 137 0000 6610"},
			{Key: FieldWarehouse, Label: "仓库", Value: "01 总仓"},
			{Key: FieldCarrier, Label: "承运/车号", Value: "自送  江A·00000"},
			{Key: FieldPerson, Label: "采购员", Value: "孙倩"},
			{Key: FieldDue, Label: "到期日", Value: "2026-12-05"},
		},
		Lines: []Line{
			line("WJ01001", "镀锌六角螺栓 8.8级 M8×30", "盒", "200", "200", "200", "23.80", "4,760.00", "618.80"),
			line("WJ01014", "六角螺母 镀锌 M8", "盒", "200", "200", "198", "8.20", "1,623.60", "211.07"),
			line("WJ01032", "平垫圈 304不锈钢 φ8", "盒", "150", "150", "150", "6.65", "997.50", "129.68"),
			line("WJ02120", "重型膨胀螺栓 304不锈钢（带弹垫平垫，国标加厚，车修壁虎）M12×120", "套", "2,000", "1,800", "1,795", "2.70", "4,846.50", "630.05"),
			line("WJ02008", "十字沉头自攻螺钉 4×25", "盒", "120", "120", "120", "5.985", "718.20", "93.37"),
		},
		Total: 1462877, Inspection: &Inspection{Choice: 2, Note: "第 2 行短 2 盒；第 4 行锈蚀 5 套当场退回"},
		Remark:     "第 2 行尚欠 2 盒，第 4 行尚欠 205 套，供方 10-15 前补齐。",
		Signatures: []Signature{{"制单", "孙倩", 30}, {"送货人", "", 40}, {"验收", "何建国", 38}, {"仓管", "马超", 38}, {"财务审核", "李敏", 42}},
		Plies:      PurchasePlies(), Apart: true,
		Print: Print{Count: 1, At: time.Date(2026, 10, 6, 16, 40, 0, 0, time.UTC), By: "孙倩"},
	}
}

// purchaseOrder is an order with terms and seals.
func purchaseOrder() *Voucher {
	line := func(code, name, unit, qty, price, net, tax, due string) Line {
		return Line{Name: name, Cells: map[Key]string{ColCode: code, ColUnit: unit, ColQuantity: qty, ColPrice: price, ColNet: net, ColRate: "13%", ColTax: tax, ColDue: due}}
	}
	return &Voucher{
		Lang: text.Zh, Size: A4, Form: Order, Company: hengtai, Title: "采购订单", Number: "CD-202609-0041",
		Fields: []Field{
			{Key: FieldParty, Label: "供应商", Value: "G0012 海陵紧固件制造有限公司", Bold: true},
			{Key: FieldDate, Label: "日期", Value: "2026-09-24"},
			{Key: FieldContact, Label: "联系人", Value: "赵国强 137 0000 6610"},
			{Key: FieldPerson, Label: "采购员", Value: "孙倩"},
			{Key: FieldAddress, Label: "交货地点", Value: "总仓，江城市东湖区解放路 66 号五金城 B12 栋"},
			{Key: FieldRequired, Label: "交货日期", Value: "2026-10-05", Bold: true},
			{Key: FieldTerms, Label: "付款方式", Value: "预付 30%，余款票到 60 天"},
			{Key: FieldCurrency, Label: "币种", Value: "人民币"},
		},
		Lines: []Line{
			line("WJ01001", "镀锌六角螺栓 8.8级 M8×30", "盒", "200", "23.80", "4,760.00", "618.80", "2026-10-05"),
			line("WJ01014", "六角螺母 镀锌 M8", "盒", "200", "8.20", "1,640.00", "213.20", "2026-10-05"),
			line("WJ01032", "平垫圈 304不锈钢 φ8", "盒", "150", "6.65", "997.50", "129.68", "2026-10-05"),
			line("WJ02120", "重型膨胀螺栓 304不锈钢（带弹垫平垫，国标加厚，车修壁虎）M12×120", "套", "2,000", "2.70", "5,400.00", "702.00", "2026-10-15"),
			line("WJ02008", "十字沉头自攻螺钉 4×25", "盒", "120", "5.985", "718.20", "93.37", "2026-10-05"),
		},
		Total: 1527275,
		Terms: []string{
			"1. 价格含运费至交货地点，税率 13%，供方开具增值税专用发票。预付款 ¥4,581.83，本单确认后三日内支付。",
			"2. 送货单须注明本订单号、商品编码与数量；数量允差 0%，超送部分需方可拒收。",
			"3. 质量按国家标准及双方封样；到货七日内验收，不合格品由供方在五日内退换并承担往返运费。",
			"4. 包装须防潮防锈，每箱贴商品编码与数量标签。",
			"5. 逾期交货每日按迟交部分金额的 0.5% 扣款，逾期超过十五日需方可取消未交部分。",
			"6. 供方收到后一个工作日内签字盖章回传；未回传而送货，视为接受本单全部条款。争议由需方所在地人民法院管辖。",
		},
		Seals: []Seal{{"需方（盖章）", "制单：孙倩   审核：李敏   批准：张启明"}, {"供方（盖章）", ""}},
		Print: Print{Count: 1, At: time.Date(2026, 9, 24, 14, 18, 0, 0, time.UTC), By: "孙倩"},
	}
}

// pickList is the warehouse's walk for the delivery.
func pickList() *PickList {
	l := &PickList{
		Lang: text.Zh, Company: hengtai, Number: "XC-202610-0087",
		Fields: []Field{
			{Label: "客户", Value: "江城新禾装饰工程有限公司", Bold: true}, {Label: "仓库", Value: "01 总仓"},
			{Label: "要求送达", Value: "2026-10-09 上午", Bold: true}, {Label: "来源订单", Value: "XD-202610-0112  业务员 王磊"},
			{Label: "承运", Value: "顺达物流"}, {Label: "打印", Value: "2026-10-08 09:36 第 1 次"},
		},
		Print: Print{Count: 1, At: time.Date(2026, 10, 8, 9, 36, 0, 0, time.UTC), By: "周婷"},
	}
	areas := map[byte]string{'A': "紧固件", 'B': "工具阀门", 'C': "电动工具灯具", 'D': "管线涂料"}
	for i, h := range hardware(false) {
		l.Lines = append(l.Lines, PickLine{Area: areas[h.Cells[ColShelf][0]], Shelf: h.Cells[ColShelf], Name: h.Name, Code: h.Cells[ColCode],
			LineCode: LineCode("XC-202610-0087", i+1), Unit: h.Cells[ColUnit], Quantity: h.Cells[ColQuantity]})
	}
	return l
}

// journal is the voucher of the delivery: 12,018.68 + 8,213.78 = 20,232.46 on both sides.
func journal() *Journal {
	sale, cost := "新禾装饰 销售 XC-202610-0087", "结转成本 XC-202610-0087"
	return &Journal{
		Lang: text.Zh, Company: hengtai, Number: "0042", Date: 20261008, Attachments: 1,
		Entries: []Entry{
			{sale, "1122 应收账款", "K0031 江城新禾装饰工程", 1201868, 0},
			{sale, "5001 主营业务收入", "五金建材", 0, 1063600},
			{sale, "2221 应交税费", "22210107 销项税额", 0, 138268},
			{cost, "5401 主营业务成本", "五金建材", 821378, 0},
			{cost, "1405 库存商品", "01 总仓", 0, 821378},
		},
		Hands: JournalHands{Bookkeeper: "郑洁", Auditor: "李敏", Preparer: "周婷"}, Source: "来源单据 XC-202610-0087",
		Print: Print{Count: 1, At: time.Date(2026, 10, 31, 17, 20, 0, 0, time.UTC), By: "李敏"},
	}
}

// statement is a month of a customer: 15,326.40 + 22,631.64 − 17,326.40 = 20,631.64.
func statement() *Statement {
	return &Statement{
		Lang: text.Zh, Company: hengtai, Title: "客户对账单", Charges: "应收增加", Credits: "应收减少",
		Fields: []Field{
			{Label: "客户", Value: "K0031 江城新禾装饰工程有限公司", Bold: true}, {Label: "期间", Value: "2026-10-01 至 2026-10-31", Bold: true},
			{Label: "地址", Value: "江城市东湖区学府路 218 号"}, {Label: "对账日", Value: "2026-10-31"},
			{Label: "联系人", Value: "陈志远 138 0000 4521"}, {Label: "账期/额度", Value: "30 天 / 50,000.00"},
		},
		Opening: 1532640, Closing: "期末余额（应收）", Words: true,
		Lines: []StatementLine{
			{"2026-10-03", "SK-202610-0011", "收款 转账 0038", "", 800000, true, nil},
			{"2026-10-08", "XC-202610-0087", "销售出库（工地 3 号门）", "2026-11-07", 1201868, false, nil},
			{"2026-10-12", "XC-202610-0106", "销售出库", "2026-11-11", 339000, false, nil},
			{"2026-10-14", "XT-202610-0009", "销售退货 原单 XC-202610-0087", "", -29493, false, nil},
			{"2026-10-20", "SK-202610-0047", "收款 微信 结清 9 月前", "", 730000, true, nil},
			{"2026-10-20", "SK-202610-0047", "现金折扣", "", 2640, true, nil},
			{"2026-10-23", "XC-202610-0171", "销售出库", "2026-11-22", 567260, false, nil},
			{"2026-10-27", "HX-202610-0004", "预收冲应收", "", 200000, true, nil},
			{"2026-10-29", "XC-202610-0214", "销售出库", "2026-11-28", 184529, false, nil},
		},
		Ageing:      []Sum{{"未到期", 2063164}, {"逾期 1–30 天", 0}, {"31–60 天", 0}, {"61–90 天", 0}, {"90 天以上", 0}},
		AgeingTitle: "账龄（按到期日，截至 2026-10-31）",
		Notes: []string{"未结清：XC-202610-0087 9,723.75 · XC-202610-0106 3,390.00 · XC-202610-0171 5,672.60 · XC-202610-0214 1,845.29",
			"收款账户：江城农商银行城东支行 6228 0000 1234 5678  户名：江城市恒泰五金建材有限公司", "请于 2026-11-10 前核对并回签。逾期未回复，我方视为核对无误（按约定）。"},
		SignBack: &SignBack{To: "致：江城市恒泰五金建材有限公司", Text: "贵司 2026-10-31 对账单（客户 K0031）所列我方应付余额 ¥20,631.64，经核对："},
		FootNote: "应收减少含收款、现金折扣、核销；退货以负数列在应收增加。",
		Print:    Print{Count: 1, At: time.Date(2026, 10, 31, 18, 2, 0, 0, time.UTC), By: "李敏"},
	}
}

// ticket is a counter sale: 17.00 + 34.56 + 41.50 + 44.00 = 137.06, rounded off to 137.00.
func ticket() *Ticket {
	return &Ticket{
		Lang: text.Zh, Shop: "恒泰五金", Company: Company{Name: hengtai.Name, Address: hengtai.Address, Phone: hengtai.Phone},
		Title: "零售单", Number: "LS-202610-0356", At: "2026-10-10 16:22", Till: "收银：周婷  1号台",
		Lines: []TicketLine{
			{"钢卷尺 5m×25mm 自锁", "", "2 把", "8.50", "17.00"}, {"玻璃胶 中性 300ml 透明", "9折", "3 支", "12.80", "34.56"},
			{"铜芯球阀 DN25 内丝", "", "1 个", "41.50", "41.50"}, {"重型膨胀螺栓 304不锈钢（带弹垫平垫，国标加厚，车修壁虎）M12×120", "", "10 套", "4.40", "44.00"},
		},
		Rows: []TicketRow{{"合计 4 项 16 件", "137.06", Normal}, {"抹零", "-0.06", Small}, {"应收", "¥137.00", Large},
			{"微信", "100.00", Normal}, {"现金", "50.00", Normal}, {"找零", "¥13.00", Strong}},
		Notes: []string{"以上价格含税，其中税额 15.77（抹零前）"}, Ending: []string{"七日内凭小票退换，电动工具须原包装", "谢谢惠顾"},
	}
}

func labels(kind LabelKind) *Labels {
	l := Label{Name: "重型膨胀螺栓 304不锈钢 国标加厚", Spec: "M12×120", Code: "WJ02120", Price: "¥4.40/套", Barcode: "6901234002201", Shop: "恒泰五金"}
	if kind == Shelf70x38 {
		l.Price, l.Unit, l.Origin, l.Shelf, l.Changed = "¥4.40", "套", "海陵", "A-04-05", "2026-10-01 调价"
	}
	return &Labels{Lang: text.Zh, Kind: kind, Items: []Label{l}}
}
