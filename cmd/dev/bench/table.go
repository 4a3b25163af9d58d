package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// times are the durations of a work done again and again.
type times []time.Duration

// at returns the duration that so many of a hundred do not exceed.
func (t times) at(percent int) time.Duration {
	if len(t) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(t))
	return s[min(len(s)-1, len(s)*percent/100)]
}

// result is one line of the table. Lines above 0 makes it a rate: so many lines in each duration.
type result struct {
	work, size string
	took       times
	limit      string // what the design allows
	floor      times
	what       string // what the floor is
	lines      int
	peak       int64 // most memory, in bytes; 0: not measured
	// What both took of the processor, where that was measured: the times of the floor are then told by it, which a busy machine leaves alone.
	cpu, floorCPU time.Duration
}

// times is how many times the floor it took; 0 where there is none.
func (r result) times() float64 {
	if r.floorCPU > 0 {
		return float64(r.cpu) / float64(r.floorCPU)
	}
	if f := r.floor.at(50); f > 0 {
		return float64(r.took.at(50)) / float64(f)
	}
	return 0
}

func (b *bench) add(r result) { b.results = append(b.results, r) }

// missed tells whether one of the limits is passed: "p99 16 ms" and "10 ms" are times, "3×" is so many times the floor, "15000/s" the least rate,
// "200 MB" the most memory.
func (r result) missed() bool {
	for _, limit := range strings.Split(r.limit, ", ") {
		took := r.took.at(50)
		if rest, p99 := strings.CutPrefix(limit, "p99 "); p99 {
			limit, took = rest, r.took.at(99)
		}
		var n float64
		if v, is := strings.CutSuffix(limit, " MB"); is {
			fmt.Sscan(v, &n)
			if float64(r.peak) > n*1e6 {
				return true
			}
		} else if v, is := strings.CutSuffix(limit, "×"); is {
			fmt.Sscan(v, &n)
			if r.times() > n {
				return true
			}
		} else if v, is := strings.CutSuffix(limit, "/s"); is {
			fmt.Sscan(v, &n)
			if float64(r.lines) < n*took.Seconds() {
				return true
			}
		} else if most, err := time.ParseDuration(strings.ReplaceAll(limit, " ", "")); err == nil && took > most {
			return true
		}
	}
	return false
}

// measure runs f n times.
func measure(n int, f func(i int) error) (times, error) {
	var t times
	for i := range n {
		start := time.Now()
		if err := f(i); err != nil {
			return nil, err
		}
		t = append(t, time.Since(start))
	}
	return t, nil
}

func (b *bench) table() {
	rows := [][]string{{"work", "size", "p50", "p99", "cpu", "memory", "at most", "floor p50", "times", "floor: what"}}
	for _, r := range b.results {
		row := []string{r.work, r.size, show(r.took.at(50)), show(r.took.at(99)), "", "", r.limit, "", "", r.what}
		if r.lines > 0 {
			row[2], row[3] = rate(r.lines, r.took.at(50)), ""
		} else if len(r.took) == 1 {
			row[3] = ""
		}
		if r.cpu > 0 {
			if row[4] = show(r.cpu); r.lines > 0 {
				row[4] = rate(r.lines, r.cpu)
			}
		}
		if r.peak > 0 {
			row[5] = fmt.Sprintf("%.0f MB", float64(r.peak)/1e6)
		}
		if f := r.floor.at(50); f > 0 {
			if row[7] = show(f); r.lines > 0 {
				row[7] = rate(r.lines, f)
			}
			row[8] = fmt.Sprintf("%.1f", r.times())
		}
		if r.missed() {
			row[6] += " MISSED"
		}
		rows = append(rows, row)
	}
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, c := range r {
			width[i] = max(width[i], len([]rune(c)))
		}
	}
	for n, r := range rows {
		var line strings.Builder
		for i, c := range r {
			pad := strings.Repeat(" ", width[i]-len([]rune(c)))
			if i >= 2 && i <= 8 {
				line.WriteString(pad + c + "  ")
			} else {
				line.WriteString(c + pad + "  ")
			}
		}
		fmt.Println(strings.TrimRight(line.String(), " "))
		if n == 0 {
			fmt.Println(strings.Repeat("-", len(strings.TrimRight(line.String(), " "))))
		}
	}
}

func show(d time.Duration) string {
	switch {
	case d == 0:
		return ""
	case d < 100*time.Microsecond:
		return fmt.Sprintf("%.1f µs", float64(d.Nanoseconds())/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.2f ms", float64(d.Nanoseconds())/1e6)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func rate(lines int, d time.Duration) string {
	return fmt.Sprintf("%.0f/s", float64(lines)/d.Seconds())
}

// machine prints what the figures were measured on, and how long one fsync takes.
func (b *bench) machine() {
	fmt.Printf("%s, %s/%s, %d cores, %s, %s of memory, %s of load\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
		fact("/proc/cpuinfo", "model name"), fact("/proc/meminfo", "MemTotal"), load())
	f, err := os.Create(b.path("sync"))
	if err != nil {
		return
	}
	defer f.Close()
	page := make([]byte, 4096)
	t, err := measure(200, func(int) error {
		if _, err := f.Write(page); err != nil {
			return err
		}
		return f.Sync()
	})
	if err == nil {
		fmt.Printf("one fsync of 4 KB: p50 %s, p99 %s\n\n", show(t.at(50)), show(t.at(99)))
	}
}

// fact finds a line of a file of the Linux kernel; other systems have none.
func fact(file, key string) string {
	f, err := os.Open(file)
	if err != nil {
		return "unknown " + key
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if k, v, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return "unknown " + key
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(b), " ")
	return one
}
