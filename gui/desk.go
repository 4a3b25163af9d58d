package gui

import (
	"sync"
	"time"
)

// desk writes what is typed a moment after the last key, off the main goroutine, so that typing never waits for the disk.
type desk struct {
	mu     sync.Mutex
	timers map[string]*time.Timer
}

// after the last key
const deskPause = 400 * time.Millisecond

func (d *desk) put(key string, write func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timers == nil {
		d.timers = map[string]*time.Timer{}
	}
	if t := d.timers[key]; t != nil {
		t.Stop()
	}
	d.timers[key] = time.AfterFunc(deskPause, write)
}

func (d *desk) forget(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t := d.timers[key]; t != nil {
		t.Stop()
		delete(d.timers, key)
	}
}
