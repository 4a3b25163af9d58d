package main

import (
	"fmt"
	"os"
	"testing"
)

// What the program keeps for the person who runs it goes to a folder of the tests' own.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zhanggui")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Setenv("XDG_DATA_HOME", dir)
	os.Setenv("LOCALAPPDATA", dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}
