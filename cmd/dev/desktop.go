package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// desktop is the real program on a display in memory, driven by keys as a person would.
type desktop struct {
	name    string // :99
	server  *exec.Cmd
	program *exec.Cmd
	out     bytes.Buffer // what the program says
	folder  string       // for pictures
	home    string       // of the program: settings and files of its own
}

// openDesktop starts a display of 1366 × 768, the smallest screen the program is meant for.
func openDesktop(folder string) (*desktop, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	home, err := os.MkdirTemp("", "zhanggui-home")
	if err != nil {
		return nil, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	d := &desktop{folder: folder, home: home, server: exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset")}
	d.server.ExtraFiles = []*os.File{w}
	if err := d.server.Start(); err != nil {
		return nil, err
	}
	w.Close()
	// To the end of the line: the server writes it in two goes, and a pipe closed between them kills it.
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		d.close()
		return nil, fmt.Errorf("the display does not start: %w", err)
	}
	d.name = ":" + strings.TrimSpace(number)
	return d, nil
}

// start opens the program and waits for its window.
func (d *desktop) start(args ...string) error {
	abs, err := filepath.Abs(program("zhanggui"))
	if err != nil {
		return err
	}
	cache := filepath.Join(filepath.Dir(abs), "cache") // what the program compiles once a machine
	d.program = exec.Command(abs, args...)
	d.program.Env = append(os.Environ(), "DISPLAY="+d.name, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1", "XDG_CONFIG_HOME="+d.home, "XDG_CACHE_HOME="+cache, "HOME="+d.home, "LANG=C.UTF-8", "RESOURCE_NAME=zhanggui")
	d.program.Stdout, d.program.Stderr = &d.out, &d.out
	if err := d.program.Start(); err != nil {
		return err
	}
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end) && d.alive() == nil; time.Sleep(50 * time.Millisecond) {
		if out, err := d.tool("search", "--onlyvisible", "--classname", "zhanggui").Output(); err == nil && len(bytes.TrimSpace(out)) > 0 {
			_, err := d.settle()
			return err
		}
	}
	return fmt.Errorf("the window does not open on %s: %w", d.name, errors.Join(d.alive(), errors.New(d.out.String())))
}

func (d *desktop) tool(args ...string) *exec.Cmd {
	c := exec.Command("xdotool", args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.name)
	return c
}

// press sends keys, named as X names them: Return, F9, ctrl+s. A word with a colon in front is typed.
func (d *desktop) press(keys ...string) error {
	for _, k := range keys {
		args := []string{"key", "--delay", "15", k}
		if words, typed := strings.CutPrefix(k, ":"); typed {
			args = []string{"type", "--delay", "15", words}
		}
		if out, err := d.tool(args...).CombinedOutput(); err != nil {
			return fmt.Errorf("key %s: %w %s", k, err, out)
		}
	}
	return nil
}

// settle waits until the picture stands still, and returns it as PNG.
func (d *desktop) settle() ([]byte, error) {
	time.Sleep(150 * time.Millisecond) // the program has to hear the keys first
	var last []byte
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(150 * time.Millisecond) {
		c := exec.Command("import", "-window", "root", "-define", "png:exclude-chunks=date,time", "png:-")
		c.Env = append(os.Environ(), "DISPLAY="+d.name)
		now, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
		if last != nil && bytes.Equal(now, last) {
			return now, nil
		}
		last = now
	}
	return last, nil
}

// shot presses keys, waits until the window stands still, and keeps its picture.
func (d *desktop) shot(name string, keys ...string) error {
	if err := d.press(keys...); err != nil {
		return err
	}
	picture, err := d.settle()
	if err != nil {
		return err
	}
	path := filepath.Join(d.folder, name+".png")
	fmt.Println(" ", path)
	return os.WriteFile(path, picture, 0o644)
}

// alive tells whether the program still runs; what it said comes with the error.
func (d *desktop) alive() error {
	if d.program == nil || d.program.Process.Signal(syscall.Signal(0)) != nil {
		return fmt.Errorf("the program ended: %s", d.out.String())
	}
	return nil
}

// stop ends the program, as killing it would.
func (d *desktop) stop() {
	if d.program != nil {
		d.program.Process.Kill()
		d.program.Wait()
		d.program = nil
	}
}

func (d *desktop) close() {
	d.stop()
	d.server.Process.Kill()
	d.server.Wait()
	os.RemoveAll(d.home)
}
