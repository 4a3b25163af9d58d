package files

import "syscall"

// The numbers by which Linux tells file systems of other machines (statfs(2)).
var ofNetworks = map[int64]bool{0x6969: true /* NFS */, 0x517b: true /* SMB */, 0xff534d42: true /* CIFS */, 0xfe534d42: true /* SMB 2 */, 0x5346414f: true, /* AFS */
	0x00c36400: true /* Ceph */, 0x564c: true /* NCP */, 0x73757245: true /* Coda */}

func inNetwork(path string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(path, &s) == nil && ofNetworks[int64(uint32(s.Type))]
}
