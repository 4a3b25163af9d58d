// Command bench measures the program on a made-up book and prints one table: how long each work takes (p50 and p99), what the
// design allows, and beside it the floor that no program can beat on this machine: the same rows through bare SQLite with the same
// pragmas, one fsync, the bytes copied. It is started by `go run ./cmd/dev bench`.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"
)

func main() {
	large := flag.Bool("1m", false, "also measure on 1,000,000 slip lines (some minutes more)")
	only := flag.String("only", "", "only the measurements whose name contains this")
	cpu := flag.String("cpu", "", "write a CPU profile to this file")
	flag.Parse()
	if *cpu != "" {
		f, err := os.Create(*cpu)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	if err := run(*large, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", cut(err.Error(), 500))
		os.Exit(1)
	}
}

// bench is one run: its folder, which must lie on a real disk, and the lines of its table.
type bench struct {
	dir     string
	results []result
}

func run(large bool, only string) error {
	began := time.Now()
	if err := os.MkdirAll(".build", 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(".build", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir}
	b.machine()
	for _, m := range []struct {
		name string
		run  func() error
	}{
		{"picker", b.picker},
		{"import", func() error { return b.importAlone(only) }},
		{"growth", func() error { return b.books(large) }},
		{"backdate", b.backdate},
		{"party", b.party},
		{"billing", b.billing},
		{"people", b.people},
		{"print", b.print},
		{"whole", b.whole},
		{"log", func() error { return b.log(large) }},
	} {
		if only != "" && only != m.name {
			continue
		}
		start := time.Now()
		if err := m.run(); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		fmt.Fprintf(os.Stderr, "%s: measured in %.0f s\n", m.name, time.Since(start).Seconds())
	}
	b.table()
	fmt.Printf("\n%s of load at the end; %.0f s in all\n", load(), time.Since(began).Seconds())
	return nil
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n] + " …"
	}
	return s
}
