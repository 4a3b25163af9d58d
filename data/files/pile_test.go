package files

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// 400 rows of 10 KB are more than a pile has in memory: they come back in order, twice, and more can be laid on them.
func TestAPileGivesItsRowsBack(t *testing.T) {
	var p Pile
	defer p.Close()
	row := func(i int) []string {
		return []string{fmt.Sprint("行", i), "", strings.Repeat("x\n", 5000+i)}[:i%4%3+1]
	}
	n := 0
	add := func(upTo int) {
		for ; n < upTo; n++ {
			if err := p.Add(n*3, row(n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, upTo := range []int{0, 1, 400, 1200} {
		add(upTo)
		for range 2 {
			i := 0
			err := p.Each(func(k int, texts []string) error {
				if k != i*3 || !slices.Equal(texts, row(i)) {
					return fmt.Errorf("row %d: %d, %.40q", i, k, texts)
				}
				i++
				return nil
			})
			if err != nil || i != n || p.Len() != n {
				t.Error(i, p.Len(), err)
			}
		}
	}
	if p.file == nil || len(p.near) >= nearby {
		t.Errorf("%d bytes in memory", len(p.near))
	}
}
