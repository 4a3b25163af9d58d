// Command torture does to books what happens to books: it kills the program that writes them at any moment, fills their disk, flips bits
// in their files and reads nonsense into them. It prints figures, and fails where one of them is not what it must be.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// figures are what is counted, and printed at the end.
type figures struct {
	killed, acknowledged, lost int // slips the program had confirmed, and those of them that are gone
	broken                     int // books that do not verify after a kill or on a full disk
	full, wrongWords           int // writes refused on a full disk, and those whose words name something else
	flipped, found, unseen     int
	saved, nothing, unsaved    int // damaged books salvaged into one that verifies, those of which nothing can be read, and those where it failed
	read, panics               int // inputs read
}

func main() {
	short := flag.Bool("short", false, "a tenth of everything, in under 40 seconds")
	kills := flag.Int("kills", 300, "how often the program is killed")
	flips := flag.Int("flips", 300, "how many bits are flipped, each in a copy of its own")
	fuzz := flag.Duration("fuzz", 2*time.Minute, "how long nonsense is read in")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "for the same again")
	child := flag.String("child", "", "post slips in this book until killed, a line for each: for the program's own use")
	flag.Parse()
	if *child != "" {
		os.Exit(post(*child))
	}
	if *short {
		*kills, *flips, *fuzz = 15, 20, 6*time.Second
	}
	if err := run(*kills, *flips, *fuzz, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

func run(kills, flips int, fuzz time.Duration, seed uint64) error {
	dir, err := os.MkdirTemp("", "zg-torture-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Println("seed", seed)
	t := &torture{dir: dir, random: rand.New(rand.NewPCG(seed, 1))}
	for _, s := range []struct {
		name string
		run  func() error
	}{
		{"kills", func() error { return t.kill(kills) }},
		{"a full disk", t.fillDisk},
		{"flipped bits", func() error { return t.flip(flips) }},
		{"nonsense", func() error { return t.nonsense(fuzz) }},
	} {
		start := time.Now()
		if err := s.run(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("%s: %.0f s\n", s.name, time.Since(start).Seconds())
	}
	f := t.f
	fmt.Printf("killed %d, acknowledged %d, lost %d, not verifying %d\n", f.killed, f.acknowledged, f.lost, f.broken)
	fmt.Printf("full disk: refused %d, in other words %d\n", f.full, f.wrongWords)
	fmt.Printf("flipped %d, found %d, unseen %d in table pages; salvaged %d, nothing left to read %d, not salvaged %d\n", f.flipped, f.found, f.unseen, f.saved, f.nothing, f.unsaved)
	fmt.Printf("read %d inputs\npanics %d\n", f.read, f.panics)
	if f.lost+f.broken+f.wrongWords+f.unseen+f.unsaved+f.panics > 0 {
		return fmt.Errorf("something is not as it must be; see above, and again with -seed %d", seed)
	}
	return nil
}

// torture is one run.
type torture struct {
	dir    string
	random *rand.Rand
	f      figures
}

func (t *torture) path(name string) string { return filepath.Join(t.dir, name) }
