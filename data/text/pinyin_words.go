package text

// usualLetters puts the reading goods and firms are known by before the one a dictionary gives first.
var usualLetters = map[string]string{
	"b": "薄便柏扒",
	"c": "长车称匙乘豉",
	"d": "单斗度都",
	"f": "番蕃",
	"g": "蛤",
	"h": "和核",
	"j": "荠解角夹荚",
	"k": "卡咖",
	"l": "靓乐率笼露",
	"m": "模磨没脉",
	"n": "拿",
	"p": "铺片屏",
	"q": "茄铅圈",
	"s": "石色食参葚厦鳝",
	"t": "调汤提台弹",
	"w": "尾瓦",
	"x": "芎系血",
	"y": "叶钥",
	"z": "重粘炸种轧择扎载",
}

// wordReadings are words in which a character is read otherwise than alone: the word, then its initials.
const wordReadings = `
厦门 xm  番禺 py  重庆 cq  乐清 yq  西藏 xz  铅山 ys
银行 yh  央行 yh  农行 nh  商行 sh  分行 fh  支行 zh  总行 zh  招行 zh  建行 jh  工行 gh  中行 zh  交行 jh
行业 hy  行情 hq  行号 hh  行货 hh  车行 ch  车行李 cxl  五金行 wjh  电器行 dqh  建材行 jch  茶行 ch  米行 mh  药行 yh
重复 cf  重阳 cy  重叠 cd  重新 cx  重组 cz  双重 sc  三重 sc
店长 dz  校长 xz  厂长 cz  会长 hz  生长 sz  增长 zz
调拨 db  调度 dd  调换 dh  调查 dc  调货 dh  调动 dd  调出 dc  调入 dr  调研 dy  曲调 qd  色调 sd
子弹 zd  弹珠 dz  炮弹 pd  炸弹 zd  防弹 fd  弹夹 dj  弹壳 dk  导弹 dd
会计 kj  音乐 yy  乐器 yq  乐谱 yp  校准 jz  校正 jz  校对 jd  校验 jy  给水 js  给排水 jps
参数 cs  参考 ck  参加 cj  参观 cg
咖喱粉 glf  便宜 py  果脯 gf  粘稠 nc  粘土 nt
发卡 fq  圈养 jy  系带 jd
表率 bs
折本 sb  盛器 cq  盛具 cj  朝阳 zy  朝霞 zx  投降 tx
宝藏 bz  藏药 zy  藏红花 zhh  藏香 zx  传记 zj  自传 zz
`
