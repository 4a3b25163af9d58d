package flowview

import (
	"fmt"
	"testing"
)

func TestFlowStandsInColumns(t *testing.T) {
	// 0 an order, 1 its delivery, 2 a delivery of its own, 3 what both were paid by
	nodes := []Node{{}, {sources: []int{0}}, {}, {sources: []int{1, 2}}}
	layFlow(nodes)
	got := ""
	for _, n := range nodes {
		got += fmt.Sprintf("%d/%d ", n.col, n.row)
	}
	if got != "0/0 1/0 1/1 2/0 " {
		t.Errorf("they stand at %s", got)
	}
}
