package files

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

var driveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// inNetwork: a path to another machine, or on a drive that is mapped to one.
func inNetwork(path string) bool {
	full, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	volume := strings.ReplaceAll(filepath.VolumeName(full), "/", `\`)
	if strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`) || strings.HasPrefix(strings.ToUpper(volume), `\\?\UNC\`) {
		return true
	}
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return false
	}
	const remote = 4
	kind, _, _ := driveType.Call(uintptr(unsafe.Pointer(root)))
	return kind == remote
}
