package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/salvage"
)

// An import of 20,000 audited receipts is cancelled while it runs: it ends within a second, nothing of it lands, and the book goes on.
func TestAnImportThatIsCancelledLandsNothing(t *testing.T) {
	b, err := workflow.Create(filepath.Join(t.TempDir(), "b.zg"), workflow.Settings{Company: "C", Start: 202601})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, x := range [][4]string{{"warehouses", "W1", "Main", ""}, {"suppliers", "S1", "Mill", ""}, {"products", "P1", "Nail", ""}} {
		if err := b.SaveMaster(record(x[0], "code", x[1], "name", x[2])); err != nil {
			t.Fatal(err)
		}
	}
	tab := &exchange.Table{Name: "slips", Header: []string{"kind", "number", "date", "party", "warehouse", "product", "qty", "price", "audit"}}
	for i := range 20_000 {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: []string{"goods-receipt", fmt.Sprintf("R%d", i), "2026-01-05", "S1", "W1", "P1", "2", "3", "yes"}})
	}
	tick := b.DB.Tick()
	for _, after := range []time.Duration{0, 5 * time.Millisecond, 80 * time.Millisecond, 300 * time.Millisecond} {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			_, err := exchange.ImportUntil(ctx, b, "slips", []*exchange.Table{tab}, false)
			done <- err
		}()
		time.Sleep(after)
		cancel()
		stopped := time.Now()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled after %v: %v", after, err)
		}
		if took := time.Since(stopped); took > time.Second {
			t.Errorf("cancelled after %v it ends %v later", after, took)
		}
		if rows := b.DB.Tick(); rows != tick {
			t.Fatalf("tick %d, was %d", rows, tick)
		}
	}
	tab.Rows = tab.Rows[:3]
	if res, err := exchange.Import(b, "slips", tab, false); err != nil || res.Slips != 3 {
		t.Fatalf("%+v %v", res, err)
	}
	proofs, err := b.Verify()
	for _, p := range proofs {
		if !p.Holds() {
			t.Error(p.Title, p.Faults)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What is asked until a moment ends at it, in the middle of a long read too.
func TestWhatIsAskedEndsWhenCancelled(t *testing.T) {
	b, err := workflow.Create(filepath.Join(t.TempDir(), "b.zg"), workflow.Settings{Company: "C", Start: 202601})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	ctx, cancel := context.WithCancel(t.Context())
	err = b.Until(ctx, func(still *workflow.Book) error {
		if _, err := still.Overview(); err != nil {
			return fmt.Errorf("before: %w", err)
		}
		cancel()
		_, err := still.Overview()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	if _, err := b.Overview(); err != nil { // the connections are as good as before
		t.Error(err)
	}
}

// Salvaging that is stopped, at once or at a later step, leaves no new book.
func TestSalvagingThatIsCancelledLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.zg")
	b, err := workflow.Create(path, workflow.Settings{Company: "C", Start: 202601})
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	for stop := range 4 { // before the file is read, at the standing data, at the slips, at the proofs
		ctx, cancel := context.WithCancel(t.Context())
		steps, dest := 0, filepath.Join(t.TempDir(), "new.zg")
		_, err := salvage.Until(ctx, path, dest, func(text.Text) {
			if steps == stop {
				cancel()
			}
			steps++
		})
		if _, there := os.Stat(dest); !errors.Is(err, context.Canceled) || there == nil {
			t.Errorf("stopped at step %d: %v, the new book is there: %v", stop, err, there == nil)
		}
		cancel()
	}
}
