package pages

import (
	"encoding/binary"
	"hash/crc32"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// What is committed goes into the log beside a book and only later into its file: of a file whose log was lost, copied without it, or
// thrown away, nobody could tell that work is gone. So the file bears a mark: the number of the last commit, written after it and without
// waiting for the disk. It lies in bytes of the first page that the format keeps free, apart from the page's
// content and checksum, and SQLite never sees it. A file whose own count is behind its mark lacks those commits.

// The mark's place in the file, and how long it is: the number and its checksum, without which a hit bit would tell of commits that never were.
const (
	markAt   = 72
	markSize = 12
)

// Mark is the last commit that an open file knows of; 0 where it was never marked.
func Mark(key string) int64 {
	mu.RLock()
	defer mu.RUnlock()
	if b := books[key]; b != nil {
		return b.mark
	}
	return 0
}

// MarkIn is the mark that stands in a file's first bytes; 0 where there is none, or it is not what was written.
func MarkIn(header []byte) int64 {
	if len(header) < headerSize || !Sealed(header) {
		return 0
	}
	n := header[markAt : markAt+8]
	if crc32.Checksum(n, castagnoli) != binary.BigEndian.Uint32(header[markAt+8:]) {
		return 0
	}
	return int64(binary.BigEndian.Uint64(n))
}

// MarkNext has the number of a commit that was made written as the mark, by the next connection that takes a lock beside the log.
func MarkNext(key string, n int64) {
	mu.Lock()
	defer mu.Unlock()
	if b := books[key]; b != nil {
		b.next = n
		waiting.Store(true)
	}
}

// waiting tells that some file's mark may wait.
var waiting atomic.Bool

// markRead notes the mark of a file whose first bytes were read.
func (h *handle) markRead(header []byte) {
	mu.Lock()
	defer mu.Unlock()
	if b := books[h.key]; b != nil && h.on {
		b.mark = MarkIn(header)
	}
}

// lock is how SQLite takes and gives back its locks beside a log, each connection on its own file.
func lock(tls *libc.TLS, file uintptr, from, n, flags int32) int32 {
	h := of(file)
	if waiting.Load() {
		h.mark(tls, file)
	}
	return (*(*lockFunc)(unsafe.Pointer(&h.base.FxShmLock)))(tls, file, from, n, flags)
}

// mark writes the mark that waits; where that fails nobody is worse off than without one.
func (h *handle) mark(tls *libc.TLS, file uintptr) {
	mu.Lock()
	b := books[h.key]
	if b == nil || b.next == 0 || !h.on {
		mu.Unlock()
		return
	}
	next := b.next
	b.next = 0
	waiting.Store(false)
	for _, x := range books {
		if x.next != 0 {
			waiting.Store(true)
		}
	}
	mu.Unlock()
	if h.room == 0 {
		if h.room = sqlite3.Xsqlite3_malloc(tls, 1<<16); h.room == 0 {
			return
		}
	}
	m := bytes(h.room, markSize)
	binary.BigEndian.PutUint64(m, uint64(next))
	binary.BigEndian.PutUint32(m[8:], crc32.Checksum(m[:8], castagnoli))
	if (*(*moveFunc)(unsafe.Pointer(&h.base.FxWrite)))(tls, file, h.room, markSize, markAt) == sqlite3.SQLITE_OK {
		mu.Lock()
		b.mark = next
		mu.Unlock()
	}
}
