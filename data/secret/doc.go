// Package secret holds what proves who somebody is: passwords, PINs and recovery codes kept as hashes, how long wrong ones lock, the key of
// the owner's mark, and files encrypted by a password (rules U1–U8, J5). It is functions of values; the cryptography is argon2id, HMAC,
// XChaCha20-Poly1305 and age, none of it made here. It keeps nothing and logs nothing. Three words: password 密码, recovery code 恢复码,
// mark 印记.
//
// # Contents
//
//	said    password.go (what will do, and PINs), common.go (what everybody uses), name.go (who: one name a person), recovery.go
//	kept    hash.go (argon2id in its standard text)
//	wrong   tries.go (when the next try may be)
//	sealed  mark.go (the owner's key and what it marks), backup.go (encrypted files)
package secret
