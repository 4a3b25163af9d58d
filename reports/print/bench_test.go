package print

import (
	"fmt"
	"path/filepath"
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/reports/paper/raster"
)

// thousand is a book of a thousand deliveries of two lines.
func thousand(b *testing.B) (*workflow.Book, []string) {
	b.Helper()
	book, err := workflow.Create(filepath.Join(b.TempDir(), "book.zg"), workflow.Settings{Company: "江城恒泰五金", Start: 202601, VAT: 1300})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { book.Close() })
	enter := func(kind, header string, rows ...string) { load(b, book, kind, header, rows...) }
	enter("products", "code,name,spec,sales_price", "A,螺丝,M8×30,20", "B,螺母,M8,9")
	enter("customers", "code,name", "C,新禾装饰")
	enter("warehouses", "code,name", "W1,主仓")
	enter("opening-stock", "warehouse,product,qty,cost", "W1,A,100000,1", "W1,B,100000,1")
	var rows, numbers []string
	for i := range 1000 {
		n := fmt.Sprintf("d%d", i)
		numbers = append(numbers, n)
		rows = append(rows, "delivery,"+n+",2026-01-04,C,W1,A,4,yes", "delivery,"+n+",2026-01-04,C,W1,B,2,yes")
	}
	enter("slips", "kind,number,date,party,warehouse,product,qty,audit", rows...)
	return book, numbers
}

func BenchmarkThousandSlips(b *testing.B) {
	book, numbers := thousand(b)
	b.ResetTimer()
	for range b.N {
		if _, err := Slip(book, numbers, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOneSlip(b *testing.B) {
	book, numbers := thousand(b)
	b.ResetTimer()
	for range b.N {
		if _, err := Slip(book, numbers[:1], Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPagePicture is what a preview does when something is chosen anew: print one slip and draw its page.
func BenchmarkPagePicture(b *testing.B) {
	book, numbers := thousand(b)
	r := raster.New("")
	<-r.Warm()
	b.ResetTimer()
	for range b.N {
		pdf, err := Slip(book, numbers[:1], Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err = r.Page(pdf, 0, 110); err != nil {
			b.Fatal(err)
		}
	}
}
