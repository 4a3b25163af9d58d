package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// windowPackages are what building and opening the window needs besides Go.
var windowPackages = []pack{
	{"gcc", "gcc", "compiling the window"},
	{"pkg-config", "pkg-config", "finding the X11 and OpenGL headers"},
	{"libgl1-mesa-dev", "", "OpenGL headers"},
	{"libx11-dev", "", "X11 headers"},
	{"libxcursor-dev", "", "X11 headers"},
	{"libxrandr-dev", "", "X11 headers"},
	{"libxinerama-dev", "", "X11 headers"},
	{"libxi-dev", "", "X11 headers"},
	{"libxxf86vm-dev", "", "X11 headers"},
	{"libxkbcommon-dev", "", "keyboard headers"},
	{"libgl1-mesa-dri", "", "drawing without a graphics card"},
}

// screenPackages are what driving the window by keys and taking its picture needs.
var screenPackages = []pack{
	{"xvfb", "Xvfb", "a display that exists in memory only"},
	{"xdotool", "xdotool", "pressing keys"},
	{"imagemagick", "import", "taking pictures of the window"},
}

const demoBook = ".build/demo.zg"

// run builds the program and opens it with the demo book; without a display it takes pictures instead.
func run() error {
	if err := prepare(); err != nil {
		return err
	}
	if !display() {
		fmt.Println("there is no display here: running the program on one in memory and taking pictures")
		return shots()
	}
	fmt.Println("opening", demoBook)
	return command(nil, program("zhanggui"), demoBook)
}

// prepare installs, builds and makes the demo book; what is there already is kept.
func prepare() error {
	if err := install(windowPackages); err != nil {
		return err
	}
	if err := buildPrograms(); err != nil {
		return err
	}
	return makeDemo()
}

// display tells whether a window can be opened.
func display() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

func program(name string) string {
	p := filepath.Join(".build", name)
	if runtime.GOOS == "windows" {
		p += ".exe"
	}
	return "." + string(os.PathSeparator) + p
}

func buildPrograms() error {
	if err := os.MkdirAll(".build", 0o755); err != nil {
		return err
	}
	if err := patient("building the console program", []string{"CGO_ENABLED=0"}, "go", "build", "-o", program("zgctl"), "./cmd/zgctl"); err != nil {
		return err
	}
	return patient("building the window (the first time takes some minutes)", []string{"CGO_ENABLED=1"}, "go", "build", "-o", program("zhanggui"), "./cmd/zhanggui")
}

// makeDemo makes the demo book, unless one is there that this version reads.
func makeDemo() error {
	if _, err := os.Stat(demoBook); err == nil {
		if exec.Command(program("zgctl"), "verify", demoBook).Run() == nil {
			return nil
		}
		for _, tail := range []string{"", "-wal", "-shm"} {
			os.Remove(demoBook + tail)
		}
	}
	return patient("making the demo book", nil, program("zgctl"), "demo", demoBook)
}

// patient runs a command and shows that time passes.
func patient(what string, env []string, name string, args ...string) error {
	start := time.Now()
	fmt.Print(what)
	done := make(chan error, 1)
	go func() { done <- command(env, name, args...) }()
	for {
		select {
		case err := <-done:
			fmt.Printf(" %.1f s\n", time.Since(start).Seconds())
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				return fmt.Errorf("%s: %w", what, err)
			}
			return err
		case <-time.After(5 * time.Second):
			fmt.Print(".")
		}
	}
}
