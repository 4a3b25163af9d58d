// Command dev sets a fresh machine up and runs the project's chores. It uses the standard library only, so that it starts
// at once: go run ./cmd/dev test | run.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// staticcheck is run at a fixed version, so that a green tree stays green.
const staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.7.0"

var verbs = []struct {
	name, what string
	run        func() error
}{
	{"test", "install what the tests need, check the sources and pass all tests", test},
	{"run", "install what the window needs, build, and open the program with a demo book", run},
	{"shots", "write pictures of the main screens into .build/shots", shots},
	{"torture", "kill, fill disks, flip bits and read nonsense, and print what was lost (-short; -kills -flips -fuzz -seed)", torture},
	{"bench", "measure speed on a made-up book and print a table (-1m: a large one too; -only NAME)", bench},
}

func main() {
	if len(os.Args) == 2 || len(os.Args) > 2 && (os.Args[1] == "bench" || os.Args[1] == "torture") {
		for _, v := range verbs {
			if v.name == os.Args[1] {
				if err := v.run(); err != nil {
					fmt.Fprintln(os.Stderr, "dev:", err)
					os.Exit(1)
				}
				return
			}
		}
	}
	fmt.Fprintln(os.Stderr, "go run ./cmd/dev VERB")
	for _, v := range verbs {
		fmt.Fprintf(os.Stderr, "  %-8s %s\n", v.name, v.what)
	}
	os.Exit(2)
}

// bench hands the measuring, and its flags, to a program of its own: this one knows nothing of books.
func bench() error {
	return command([]string{"CGO_ENABLED=0"}, "go", append([]string{"run", "./cmd/dev/bench"}, os.Args[2:]...)...)
}

// torture is a program of its own like bench: it starts itself as the one that is killed.
func torture() error {
	return command([]string{"CGO_ENABLED=0"}, "go", append([]string{"run", "./cmd/dev/torture"}, os.Args[2:]...)...)
}

// step is one check: a name and what it does.
type step struct {
	name string
	run  func() error
}

func test() error {
	steps := []step{
		{"system packages", func() error { return install(append(append(testPackages, windowPackages...), screenPackages...)) }},
		{"gofmt", formatted},
		{"go vet", func() error { return command(nil, "go", "vet", "./...") }},
		{"staticcheck", func() error { return command(nil, "go", "run", staticcheck, "./...") }},
		{"builds for Windows without CGO", windows},
		{"tests", func() error { return command(nil, "go", "test", "-timeout=20m", "./...") }},
		{"half a minute of fuzzing what is read in", fuzz},
		{"torture, a short one", func() error { return command([]string{"CGO_ENABLED=0"}, "go", "run", "./cmd/dev/torture", "-short") }},
		{"tests under the race detector", func() error {
			return command(nil, "go", "test", "-race", "./data/num", "./data/text", "./data/ledger", "./reports/sheet")
		}},
		{"random histories under the race detector", func() error {
			return command(nil, "go", "test", "-race", "-short", "-timeout=25m", "./data/workflow", "-rapid.checks=10")
		}},
	}
	for _, s := range steps {
		start := time.Now()
		fmt.Println("==", s.name)
		if err := s.run(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("== %s: %.1f s\n", s.name, time.Since(start).Seconds())
	}
	return nil
}

// fuzz looks for tables that the readers stumble over; what it finds goes into the corpus beside the tests (testdata/fuzz), which every
// run of the tests reads.
func fuzz() error {
	for _, name := range []string{"FuzzReadCSV", "FuzzReadXLSX", "FuzzSheetPart"} {
		if err := command(nil, "go", "test", "./reports/sheet", "-run", "^$", "-fuzz", "^"+name+"$", "-fuzztime", "10s"); err != nil {
			return err
		}
	}
	return nil
}

func windows() error {
	env := []string{"GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0"}
	return command(env, "go", "build", "./data/...", "./reports/...", "./cmd/zgctl")
}

// formatted fails naming the files gofmt would change.
func formatted() error {
	out, err := exec.Command("gofmt", "-l", "assets", "cmd", "data", "gui", "reports").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if files := strings.Fields(string(out)); len(files) > 0 {
		return fmt.Errorf("not formatted: %s", strings.Join(files, " "))
	}
	return nil
}

func command(env []string, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// pack is a system package and what it is wanted for.
type pack struct{ debian, program, why string }

// testPackages are what the tests use besides Go.
var testPackages = []pack{
	{"gcc", "gcc", "the race detector"},
	{"libc6-dev", "", "the race detector"},
	{"poppler-utils", "pdftotext", "reading printed pages back"},
	{"zbar-tools", "zbarimg", "reading printed bar codes back"},
}

// install brings the packages that are missing; where it may not, it says which and why.
func install(list []pack) error {
	if runtime.GOOS != "linux" {
		return nil // the README says what Windows and macOS need
	}
	var missing []pack
	for _, p := range list {
		if !present(p) {
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	var names, said []string
	for _, p := range missing {
		names = append(names, p.debian)
		said = append(said, p.debian+" ("+p.why+")")
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("please install %s; this machine has no apt-get", strings.Join(said, ", "))
	}
	fmt.Println("installing", strings.Join(said, ", "))
	root := []string{}
	if os.Geteuid() != 0 {
		if err := exec.Command("sudo", "-n", "true").Run(); err != nil {
			return fmt.Errorf("please install %s: apt-get needs root, and sudo asks for a password", strings.Join(said, ", "))
		}
		root = []string{"sudo", "-n"}
	}
	for _, args := range [][]string{{"apt-get", "-q", "update"}, append([]string{"apt-get", "-qy", "install"}, names...)} {
		args = append(root, args...)
		var out bytes.Buffer
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out.String())
		}
	}
	return nil
}

func present(p pack) bool {
	if p.program != "" {
		_, err := exec.LookPath(p.program)
		return err == nil
	}
	return exec.Command("dpkg", "-s", p.debian).Run() == nil
}
