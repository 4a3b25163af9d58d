package files

import (
	"os"
	"path/filepath"
)

// InNetwork tells whether a file lies on another machine, or would; where the system does not say it lies on this one.
func InNetwork(path string) bool {
	if _, err := os.Stat(path); err != nil {
		path = filepath.Dir(path)
	}
	return inNetwork(path)
}
