package secret

import "strings"

// common are the 200 passwords of eight characters and more that are guessed first, in China and elsewhere; in small letters.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Fields(commonest) {
		m[p] = true
	}
	return m
}()

const commonest = `
	12345678 123456789 1234567890 12345678910 123456789a a123456789 a12345678 aa123456 aa12345678 abc12345 abc123456 abcd1234 abc123456789 abcdefgh
	abcdefg1 1234567a password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pass1234 passwort mypassword changeme
	changeme123 letmein1 letmein123 welcome1 welcome123 welcome1234 admin123 admin1234 admin12345 admin123456 administrator adminadmin administrador root1234
	rootroot toor1234 test1234 testtest test12345 testing123 guest123 user1234 default1 system123 manager1 secret123 master123 qwertyui
	qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwe123456 qweqweqwe qweasdzxc qwer1234 qwer12345 qwert12345 asdfghjk asdfghjkl asdf1234
	asdfasdf asd123456 zxcvbnm1 zxcvbnm123 zxcvbnmm 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1
	!qaz2wsx 1qazxsw2 qazwsxedc qazwsx123 147258369 147852369 159357159 159753159 123654789 789456123 741852963 963852741 987654321 0987654321
	9876543210 87654321 01234567 012345678 0123456789 11111111 111111111 1111111111 00000000 000000000 0000000000 22222222 33333333 44444444
	55555555 66666666 77777777 88888888 888888888 99999999 999999999 12341234 12344321 123123123 12312312 123321123 123456123 12345612
	123456123456 112233445566 11223344 1122334455 11112222 12121212 13131313 10203040 11235813 88886666 66668888 66778899 20082008 20202020
	520520520 52013145 5201314520 1314520a 13145200 woaini1314 woaini520 woaini521 woaini123 woaini123456 5201314a woaiwojia woshishui wo123456
	nihao123 nihao1234 zhang123 wang1234 liuliu123 iloveyou iloveyou1 iloveyou2 iloveyou123 iloveyou520 lovelove loveyou1
	sunshine sunshine1 princess princess1 football football1 baseball baseball1 superman superman1 batman123 spiderman pokemon1 starwars
	trustno1 whatever michelle jennifer jonathan jordan23 computer internet samsung1 nintendo corvette mercedes maverick midnight
	charlie1 shadow123 dragon123 monkey123 michael1 a1b2c3d4
`
