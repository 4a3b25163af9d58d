package files

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// What is shown in another program has to lie on the disk meanwhile: in a folder of this person's alone, under a name nobody can guess.
// It goes when the program ends, or at its next start where it was killed.

// stillShown is how long what another run wrote is left alone: it may be about to be read.
const stillShown = 10 * time.Minute

func previewDir() string { return filepath.Join(DataDir(), "previews") }

var shown []string // folders made by this run

// Preview writes a file to be shown in another program and returns its path.
func Preview(name string, data []byte) (string, error) {
	root := previewDir()
	if err := os.MkdirAll(root, 0o700); err != nil {
		return "", Unwritten(root, err)
	}
	if err := os.Chmod(root, 0o700); err != nil {
		return "", Unwritten(root, err)
	}
	dir, err := os.MkdirTemp(root, "")
	if err != nil {
		return "", Unwritten(root, err)
	}
	logging.Lock()
	shown = append(shown, dir)
	logging.Unlock()
	path := filepath.Join(dir, name)
	return path, Bytes(path, data)
}

// DropPreviews removes what this run showed; call it at the program's end.
func DropPreviews() {
	logging.Lock()
	defer logging.Unlock()
	for _, dir := range shown {
		os.RemoveAll(dir)
	}
	shown = nil
}

// SweepPreviews removes what earlier runs left; call it at the program's start.
func SweepPreviews(now time.Time) error {
	entries, err := os.ReadDir(previewDir())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if i, statErr := e.Info(); statErr == nil && now.Sub(i.ModTime()) > stillShown {
			err = errors.Join(err, os.RemoveAll(filepath.Join(previewDir(), e.Name())))
		}
	}
	return err
}
