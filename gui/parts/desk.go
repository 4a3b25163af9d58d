package parts

import (
	"sync"
	"time"

	"zhanggui/data/fault"
)

// Desk writes what is typed a moment later, off the main goroutine, so that typing never waits for the disk.
type Desk struct {
	mu     sync.Mutex
	Told   func(error) // of what goes wrong inside the program
	timers map[string]*time.Timer
	writes map[string]func()
}

// after the first change not written yet: who never pauses is kept all the same
const deskPause = 400 * time.Millisecond

// Put has write called in a moment, unless another write under the key comes before.
func (d *Desk) Put(key string, write func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timers == nil {
		d.timers, d.writes = map[string]*time.Timer{}, map[string]func(){}
	}
	_, waits := d.writes[key]
	if d.writes[key] = write; !waits {
		d.timers[key] = fault.After(deskPause, func() { d.write(key) }, d.Told)
	}
}

// write writes what is kept under a key, if nobody did or forgot it meanwhile.
func (d *Desk) write(key string) {
	d.mu.Lock()
	write := d.writes[key]
	delete(d.writes, key)
	d.mu.Unlock()
	if write != nil {
		write()
	}
}

// Forget drops what waits under a key.
func (d *Desk) Forget(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t := d.timers[key]; t != nil {
		t.Stop()
		delete(d.timers, key)
		delete(d.writes, key)
	}
}

// Flush writes at once whatever still waits, before the book closes.
func (d *Desk) Flush() {
	d.mu.Lock()
	var keys []string
	for k := range d.writes {
		keys = append(keys, k)
	}
	d.mu.Unlock()
	for _, k := range keys {
		d.write(k)
	}
}
