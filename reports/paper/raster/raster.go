// Package raster turns PDF pages into pictures for the preview 预览. The renderer is pdfium compiled to
// WebAssembly: no CGO, no files of its own, and it sees nothing of the disk. It draws what it is given and knows
// nothing of papers.
//
// Two words: warm 预热 is to compile the renderer ahead of the first page (2–3 s once a machine, 0.1 s with its
// cache folder); dpi is the picture's dots an inch.
package raster

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"io"
	"sync"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"zhanggui/data/fault"
)

// Renderer draws pages. It starts at its first use or by Warm, and serves any goroutine, one page at a time.
type Renderer struct {
	cacheDir string
	mu       sync.Mutex
	pool     pdfium.Pool
	cache    wazero.CompilationCache
	worker   pdfium.Pdfium
}

// New makes a renderer that keeps its compiled code in cacheDir, which must be the user's own folder. An empty
// cacheDir, or one that cannot be written, only costs the compilation at every start.
func New(cacheDir string) *Renderer { return &Renderer{cacheDir: cacheDir} }

// Warm starts the renderer in the background; the returned channel closes when it is ready or has failed. An error
// shows at the next call of Page, Pages or Text.
func (r *Renderer) Warm() <-chan struct{} {
	done := make(chan struct{})
	fault.Go(func() error { // what fails is tried again, and reported, by the first real call
		defer close(done)
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.start()
	})
	return done
}

// start is called with the lock held.
func (r *Renderer) start() error {
	if r.worker != nil {
		return nil
	}
	// A configuration of our own must ask for exception handling: pdfium's longjmp is built on it.
	config := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if r.cacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(r.cacheDir); err == nil {
			r.cache = cache
			config = config.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 1, MaxIdle: 1, MaxTotal: 1, ReuseWorkers: true,
		RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return fmt.Errorf("start the page renderer: %w", err)
	}
	worker, err := pool.GetInstance(30 * time.Second)
	if err != nil {
		_ = pool.Close()
		return fmt.Errorf("start the page renderer: %w", err)
	}
	r.pool, r.worker = pool, worker
	return nil
}

// with opens the document for the time of a call.
func (r *Renderer) with(pdf []byte, do func(references.FPDF_DOCUMENT) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.start(); err != nil {
		return err
	}
	doc, err := r.worker.OpenDocument(&requests.OpenDocument{File: &pdf})
	if err != nil {
		return fmt.Errorf("open PDF: %w", err)
	}
	err = do(doc.Document)
	if _, closeErr := r.worker.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: doc.Document}); err == nil && closeErr != nil {
		err = fmt.Errorf("close PDF: %w", closeErr)
	}
	return err
}

// Pages counts the pages of a document.
func (r *Renderer) Pages(pdf []byte) (int, error) {
	n := 0
	err := r.with(pdf, func(doc references.FPDF_DOCUMENT) error {
		count, err := r.worker.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
		if err != nil {
			return fmt.Errorf("count pages: %w", err)
		}
		n = count.PageCount
		return nil
	})
	return n, err
}

// Page draws one page, counted from 0. The picture is the caller's own. 150 dpi suits a preview, 36 a thumbnail;
// outside 10 to 600 it is an error.
func (r *Renderer) Page(pdf []byte, page, dpi int) (image.Image, error) {
	if dpi < 10 || dpi > 600 {
		return nil, fault.New(fault.Invalid, "分辨率 %d 超出范围，请用 10 到 600", "Resolution %d is out of range; use 10 to 600", dpi).At("dpi")
	}
	var out *image.RGBA
	err := r.with(pdf, func(doc references.FPDF_DOCUMENT) error {
		got, err := r.worker.RenderPageInDPI(&requests.RenderPageInDPI{Page: at(doc, page), DPI: dpi})
		if err != nil {
			return fmt.Errorf("draw page %d: %w", page+1, err)
		}
		// The pixels lie in the renderer's memory and go with Cleanup.
		src := got.Result.RenderedImage
		out = image.NewRGBA(src.Bounds())
		draw.Draw(out, out.Bounds(), src, src.Bounds().Min, draw.Src)
		got.Cleanup()
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Size is the width and height of a page, counted from 0, in millimetres.
func (r *Renderer) Size(pdf []byte, page int) (mm [2]float64, err error) {
	err = r.with(pdf, func(doc references.FPDF_DOCUMENT) error {
		got, err := r.worker.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: page})
		if err != nil {
			return fmt.Errorf("measure page %d: %w", page+1, err)
		}
		mm = [2]float64{got.Width * 25.4 / 72, got.Height * 25.4 / 72}
		return nil
	})
	return mm, err
}

// Text is the words of a page, counted from 0, for searching a preview and for tests.
func (r *Renderer) Text(pdf []byte, page int) (string, error) {
	words := ""
	err := r.with(pdf, func(doc references.FPDF_DOCUMENT) error {
		got, err := r.worker.GetPageText(&requests.GetPageText{Page: at(doc, page)})
		if err != nil {
			return fmt.Errorf("read page %d: %w", page+1, err)
		}
		words = got.Text
		return nil
	})
	return words, err
}

func at(doc references.FPDF_DOCUMENT, page int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: page}}
}

// Close frees the renderer's memory; it may be used again afterwards.
func (r *Renderer) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.worker == nil {
		return nil
	}
	err := r.worker.Close()
	if e := r.pool.Close(); err == nil {
		err = e
	}
	if r.cache != nil {
		if e := r.cache.Close(context.Background()); err == nil {
			err = e
		}
	}
	r.worker, r.pool, r.cache = nil, nil, nil
	return err
}
