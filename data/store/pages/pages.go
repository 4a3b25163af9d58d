// Package pages gives every page of a book a checksum: a bit that flips on a disk, in memory or on the way is found when the page is next
// read, instead of when somebody misses the money.
//
// SQLite lets a file keep some bytes at the end of each page for others. A book keeps four: the CRC-32C of the page's number and content,
// written whenever a page goes into the book's file and compared whenever one comes out of it. The log beside a book has checksums of
// its own. So an audit, which writes to the log, pays nothing; folding the log in and reading pages that are in nobody's memory pay
// half a microsecond a page. A page that is not what was written is still handed on, so that a damaged book can be looked at and saved,
// but it is remembered: whoever writes or copies asks Bad first.
//
// It works as a layer between SQLite and the system's files (a "VFS") that is everybody's in this program. Files without those bytes, of
// other programs and older versions, pass untouched.
package pages

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Size is of a page, and Kept what each keeps for its checksum, in bytes, in a book made today.
const (
	Size = 4096
	Kept = 4
)

const (
	headerSize = 100
	magic      = "SQLite format 3\x00"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum is the checksum of a page of a number; of the first without its mark, which is written apart.
func sum(page []byte, number uint32) uint32 {
	if number != 1 {
		return crc32.Update(number, castagnoli, page[:len(page)-Kept])
	}
	var none [markSize]byte
	c := crc32.Update(number, castagnoli, page[:markAt])
	c = crc32.Update(c, castagnoli, none[:])
	return crc32.Update(c, castagnoli, page[markAt+markSize:len(page)-Kept])
}

// seal writes a page's checksum into it.
func seal(page []byte, number uint32) {
	binary.BigEndian.PutUint32(page[len(page)-Kept:], sum(page, number))
}

// sound tells whether a page is what was sealed, or was never sealed: its four bytes are zero in what SQLite makes room for before it fills it, and
// in what another program folded in from the log of a book that was killed. That program only looked, perhaps; it is not held against the book.
func sound(page []byte, number uint32) bool {
	kept := binary.BigEndian.Uint32(page[len(page)-Kept:])
	return kept == 0 || kept == sum(page, number)
}

// Sound tells whether a page of a sealed file, as it lies there, is what was written.
func Sound(page []byte, number uint32) bool { return sound(page, number) }

// unseal takes the checksum off a page that was read and compared, so that SQLite's memory and the log hold none: one that another program carried
// from there into the book, or left on a page it changed, would be a wrong one or a right one by accident. A changed page of a file keeps the
// checksum of what it was before, and is found.
func unseal(page []byte) { clear(page[len(page)-Kept:]) }

// Blank is a database with nothing in it whose pages are sealed: the one page it consists of. A file that begins with it goes on so.
func Blank() []byte {
	p := make([]byte, Size)
	copy(p, magic)
	binary.BigEndian.PutUint16(p[16:], Size)
	p[18], p[19] = 1, 1                                     // written and read in the old way until somebody turns it to a log
	p[20] = Kept                                            // bytes kept at the end of each page
	p[21], p[22], p[23] = 64, 32, 32                        // fixed by the format
	binary.BigEndian.PutUint32(p[28:], 1)                   // pages
	binary.BigEndian.PutUint32(p[44:], 4)                   // format of the schema
	binary.BigEndian.PutUint32(p[56:], 1)                   // UTF-8
	p[headerSize] = 13                                      // a leaf of a table, no cells
	binary.BigEndian.PutUint16(p[headerSize+5:], Size-Kept) // where they begin
	seal(p, 1)
	return p
}

// Sealed tells by the beginning of a file whether its pages are.
func Sealed(header []byte) bool {
	return len(header) > 20 && string(header[:len(magic)]) == magic && header[20] == Kept
}

// book is what is known of a file that is open, by its name.
type book struct {
	opened int // how often
	bad    map[uint32]bool
	mark   int64 // as it was read last
	next   int64 // the mark that waits to be written; 0: none
	spared bool  // nothing is written into it any more
}

// handle is one opening of a file.
type handle struct {
	key  string
	base *sqlite3.Tsqlite3_io_methods // of the system's own layer
	page int                          // size of a page, 0 while none was seen
	main bool                         // a book's file, not its log
	on   bool                         // pages are sealed
	room uintptr                      // for a whole page, where one was read in part
}

var (
	mu      sync.RWMutex
	handles = map[uintptr]*handle{}
	books   = map[string]*book{}
	layers  = map[uintptr]*layer{} // by the methods they stand before
)

// Key is the name under which a file is known here, also when it is moved later.
func Key(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return filepath.Clean(path)
}

// sparing tells that some file is spared.
var sparing atomic.Bool

// Spare has every further write into an open file refused, or no longer: SQLite would bring a log that belongs to another content of it into
// it when it is closed.
func Spare(key string, on bool) {
	mu.Lock()
	defer mu.Unlock()
	if b := books[key]; b != nil {
		b.spared = on
	}
	sparing.Store(slices.ContainsFunc(slices.Collect(maps.Values(books)), func(b *book) bool { return b.spared }))
}

// spared tells whether nothing may be written into a file.
func (h *handle) spared() bool {
	if !sparing.Load() {
		return false
	}
	mu.RLock()
	defer mu.RUnlock()
	b := books[h.key]
	return b != nil && b.spared
}

// Bad lists the pages that were read of an open file and were not what was written; nil for none.
func Bad(key string) []uint32 {
	mu.RLock()
	defer mu.RUnlock()
	b := books[key]
	if b == nil || len(b.bad) == 0 {
		return nil
	}
	list := make([]uint32, 0, len(b.bad))
	for n := range b.bad {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// Trouble, where it is set when a file is opened, is asked before everything that is done to a book or its log; what it answers but 0 is
// how that ends (a result code of SQLite's). Tests play a full or failing disk with it.
var Trouble func(Call) int32

// Call is what is about to be done to a file.
type Call string

const (
	Opening Call = "open"
	Reading Call = "read"
	Writing Call = "write"
	Syncing Call = "sync"
)

// Ends of a call: the disk is full, or it fails.
const (
	Full       = sqlite3.SQLITE_FULL
	ReadFails  = sqlite3.SQLITE_IOERR_READ
	WriteFails = sqlite3.SQLITE_IOERR_WRITE
	SyncFails  = sqlite3.SQLITE_IOERR_FSYNC
	OpenFails  = sqlite3.SQLITE_CANTOPEN
)

func trouble(c Call) int32 {
	if Trouble == nil {
		return sqlite3.SQLITE_OK
	}
	return Trouble(c)
}

// layer is the methods of the system's files, and the address of those with ours before them. What SQLite points to lies in its own
// memory and is kept for ever.
type layer struct {
	base sqlite3.Tsqlite3_io_methods
	own  uintptr
}

// base is the address of what the system's layer can do with files.
var base uintptr

// memory is room for a value in SQLite's memory.
func memory[T any](tls *libc.TLS) (uintptr, *T) {
	var v T
	address := sqlite3.Xsqlite3_malloc(tls, int32(unsafe.Sizeof(v)))
	if address == 0 {
		panic(errors.New("out of memory"))
	}
	return address, at[T](address)
}

func init() {
	tls := libc.NewTLS()
	defer tls.Close()
	base = sqlite3.Xsqlite3_vfs_find(tls, 0)
	name, err := libc.CString("zgpages")
	if base == 0 || err != nil {
		panic(errors.New("SQLite has no layer of files"))
	}
	address, own := memory[sqlite3.Tsqlite3_vfs](tls)
	*own = *at[sqlite3.Tsqlite3_vfs](base)
	own.FzName, own.FpNext = name, 0
	*(*openFunc)(unsafe.Pointer(&own.FxOpen)) = open
	if sqlite3.Xsqlite3_vfs_register(tls, address, 1) != sqlite3.SQLITE_OK {
		panic(errors.New("the layer of page checksums cannot be registered"))
	}
}

// at is the value at an address of SQLite's memory.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// bytes are those at an address.
func bytes(address uintptr, n int) []byte { return unsafe.Slice(at[byte](address), n) }

type (
	openFunc  = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	closeFunc = func(*libc.TLS, uintptr) int32
	lockFunc  = func(*libc.TLS, uintptr, int32, int32, int32) int32
	syncFunc  = func(*libc.TLS, uintptr, int32) int32
	moveFunc  = func(*libc.TLS, uintptr, uintptr, int32, sqlite3.Tsqlite3_int64) int32
)

func open(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
	const ours = sqlite3.SQLITE_OPEN_MAIN_DB | sqlite3.SQLITE_OPEN_WAL | sqlite3.SQLITE_OPEN_MAIN_JOURNAL
	main := flags&sqlite3.SQLITE_OPEN_MAIN_DB != 0
	if flags&ours != 0 && name != 0 {
		if rc := trouble(Opening); rc != sqlite3.SQLITE_OK {
			methods := at[sqlite3.Tsqlite3_file](file)
			methods.FpMethods = 0
			return rc
		}
	}
	rc := (*(*openFunc)(unsafe.Pointer(&at[sqlite3.Tsqlite3_vfs](base).FxOpen)))(tls, base, name, file, flags, out)
	methods := at[sqlite3.Tsqlite3_file](file)
	if rc != sqlite3.SQLITE_OK || !main && (Trouble == nil || flags&ours == 0) || name == 0 || methods.FpMethods == 0 {
		return rc
	}
	key := Key(libc.GoString(name))
	mu.Lock()
	defer mu.Unlock()
	l := layers[methods.FpMethods]
	if l == nil {
		address, own := memory[sqlite3.Tsqlite3_io_methods](tls)
		*own = *at[sqlite3.Tsqlite3_io_methods](methods.FpMethods)
		l = &layer{*own, address}
		*(*closeFunc)(unsafe.Pointer(&own.FxClose)) = closed
		*(*moveFunc)(unsafe.Pointer(&own.FxRead)) = read
		*(*moveFunc)(unsafe.Pointer(&own.FxWrite)) = write
		*(*lockFunc)(unsafe.Pointer(&own.FxShmLock)) = lock
		*(*syncFunc)(unsafe.Pointer(&own.FxSync)) = synced
		layers[methods.FpMethods] = l
	}
	b := books[key]
	if b == nil {
		b = &book{bad: map[uint32]bool{}}
		books[key] = b
	}
	b.opened++
	handles[file] = &handle{key: key, base: &l.base, main: main}
	methods.FpMethods = l.own
	return rc
}

func closed(tls *libc.TLS, file uintptr) int32 {
	mu.Lock()
	h := handles[file]
	delete(handles, file)
	if b := books[h.key]; b != nil {
		if b.opened--; b.opened == 0 {
			delete(books, h.key)
		}
	}
	mu.Unlock()
	sqlite3.Xsqlite3_free(tls, h.room)
	return (*(*closeFunc)(unsafe.Pointer(&h.base.FxClose)))(tls, file)
}

func of(file uintptr) *handle {
	mu.RLock()
	defer mu.RUnlock()
	return handles[file]
}

func (h *handle) read(tls *libc.TLS, file, to uintptr, n int32, from sqlite3.Tsqlite3_int64) int32 {
	return (*(*moveFunc)(unsafe.Pointer(&h.base.FxRead)))(tls, file, to, n, from)
}

// learn takes from a file's first bytes how large its pages are and whether they are sealed.
func (h *handle) learn(header []byte) {
	if len(header) < headerSize || string(header[:len(magic)]) != magic {
		return
	}
	h.page = int(binary.BigEndian.Uint16(header[16:]))
	if h.page == 1 {
		h.page = 1 << 16
	}
	h.on = header[20] == Kept
}

// check looks at a whole page that was read.
func (h *handle) check(page []byte, from int64) {
	number := uint32(from/int64(h.page)) + 1
	if sound(page, number) {
		return
	}
	mu.Lock()
	defer mu.Unlock()
	if b := books[h.key]; b != nil {
		b.bad[number] = true
	}
}

// again reads so many bytes beside what was asked for; nil where that fails.
func (h *handle) again(tls *libc.TLS, file uintptr, n int, from int64) []byte {
	if h.room == 0 {
		if h.room = sqlite3.Xsqlite3_malloc(tls, 1<<16); h.room == 0 {
			return nil
		}
	}
	if h.read(tls, file, h.room, int32(n), from) != sqlite3.SQLITE_OK {
		return nil
	}
	return bytes(h.room, n)
}

func read(tls *libc.TLS, file, to uintptr, n int32, from sqlite3.Tsqlite3_int64) int32 {
	h := of(file)
	rc := trouble(Reading)
	if rc == sqlite3.SQLITE_OK {
		rc = h.read(tls, file, to, n, from)
	}
	if rc != sqlite3.SQLITE_OK || !h.main {
		return rc
	}
	if from == 0 && n >= headerSize {
		h.learn(bytes(to, int(n)))
		h.markRead(bytes(to, int(n)))
	}
	if !h.on || from%int64(h.page) != 0 {
		return rc
	}
	switch {
	case int(n) == h.page:
		page := bytes(to, int(n))
		h.check(page, from)
		unseal(page)
		if from == 0 {
			clear(page[markAt : markAt+markSize])
		}
	case from > 0: // a long text is read past SQLite's memory of pages, without a page's end
		if page := h.again(tls, file, h.page, from); page != nil {
			h.check(page, from)
		}
	}
	return rc
}

func write(tls *libc.TLS, file, what uintptr, n int32, to sqlite3.Tsqlite3_int64) int32 {
	h := of(file)
	if rc := trouble(Writing); rc != sqlite3.SQLITE_OK {
		return rc
	}
	if !h.main {
		return (*(*moveFunc)(unsafe.Pointer(&h.base.FxWrite)))(tls, file, what, n, to)
	}
	if h.spared() {
		return sqlite3.SQLITE_READONLY
	}
	if to == 0 && n >= headerSize {
		h.learn(bytes(what, int(n)))
	} else if !h.on { // another program may have sealed the file meanwhile
		h.learn(h.again(tls, file, headerSize, 0))
	}
	if h.on && int(n) == h.page && to%int64(h.page) == 0 {
		page := bytes(what, int(n))
		seal(page, uint32(to/int64(h.page))+1)
		if to == 0 { // the mark stays, and SQLite's memory does not have it
			if have := h.again(tls, file, headerSize, 0); have != nil && Sealed(have) {
				copy(page[markAt:], have[markAt:markAt+markSize])
				defer clear(page[markAt : markAt+markSize])
			}
		}
	}
	return (*(*moveFunc)(unsafe.Pointer(&h.base.FxWrite)))(tls, file, what, n, to)
}

func synced(tls *libc.TLS, file uintptr, flags int32) int32 {
	if rc := trouble(Syncing); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return (*(*syncFunc)(unsafe.Pointer(&of(file).base.FxSync)))(tls, file, flags)
}
