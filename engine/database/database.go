// Package database reads SQLite databases that are in use, without opening them
// where they lie: SQLite would create files beside one, or fold its log into it.
// A database is read like any other file, the committed part of its write-ahead
// log is put over it in memory, and SQLite is given the image. The layout is that
// of https://www.sqlite.org/fileformat2.html.
package database

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"

	_ "modernc.org/sqlite" // the driver; it reads an image in memory and opens no file here
)

const (
	// MaxSize bounds a database and its log. pmxcfs stores 128 MiB at most; the rest is for what SQLite needs around it.
	MaxSize = 192 << 20
	// MagicSize is how much of a file Is needs.
	MagicSize = 16
	// header is the length of the header of a database.
	header = 100
	// walHeader and walFrame are the lengths of the headers of a log and of each of its frames.
	walHeader, walFrame = 32, 24
	// walMagic begins a log; its last bit says whether checksums are of big-endian words.
	walMagic = 0x377f0682
	// walVersion is the only version of logs that there is.
	walVersion = 3007000
	// snapshotTries bounds how often files that change meanwhile are read again.
	snapshotTries = 3
)

var (
	magic        = []byte("SQLite format 3\x00")
	journalMagic = []byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

	errNoDatabase = errors.New("is no SQLite database")
	errPageSize   = errors.New("the log has pages of another size than the database")
	errChanging   = errors.New("is being written to")
	errHotJournal = errors.New("a transaction was not finished and its rollback journal was not played back; what it changed may be half there")
)

// Is says whether a file that begins so is a database.
func Is(beginning []byte) bool { return bytes.HasPrefix(beginning, magic) }

// Reader reads a whole file of at most limit bytes. Its error wraps fs.ErrNotExist where there is none.
type Reader func(name string, limit int64) ([]byte, error)

// Image returns the database at name as SQLite would see it. problem is for an
// image that may not be what was committed.
func Image(read Reader, name string) (image []byte, problem, err error) {
	main, log, err := consistent(read, name)
	if err != nil {
		return nil, nil, err
	}
	image = main
	if log != nil {
		if image, err = applyLog(image, log); err != nil {
			return nil, nil, err
		}
	}
	switch journal, err := read(name+"-journal", MaxSize); {
	case err == nil:
		if bytes.HasPrefix(journal, journalMagic) {
			problem = errHotJournal
		}
	case !errors.Is(err, fs.ErrNotExist):
		problem = fmt.Errorf("%s-journal: %w", name, err)
	}
	if len(image) < header || !Is(image) {
		return nil, nil, errNoDatabase
	}
	// An image has no log: it is marked as one that is written with a journal.
	image = bytes.Clone(image)
	image[18], image[19] = 1, 1
	return image, problem, nil
}

// consistent reads a database and its log; log is nil where there is none. Where the log is the same before and
// after the database was read, whatever was folded into the database meanwhile stands in that log too.
func consistent(read Reader, name string) (main, log []byte, err error) {
	readLog := func() ([]byte, error) {
		log, err := read(name+"-wal", MaxSize)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if log == nil {
			log = []byte{}
		}
		return log, err
	}
	for range snapshotTries {
		before, err := readLog()
		if err != nil {
			return nil, nil, err
		}
		main, err := read(name, MaxSize)
		if err != nil {
			return nil, nil, err
		}
		after, err := readLog()
		if err != nil {
			return nil, nil, err
		}
		if (before == nil) == (after == nil) && bytes.Equal(before, after) {
			return main, after, nil
		}
	}
	return nil, nil, errChanging
}

// applyLog puts the committed frames of a write-ahead log over a database. What follows the last commit, frames of an
// older log and frames that were not written to their end do not count, as SQLite has it.
func applyLog(main, log []byte) ([]byte, error) {
	if len(log) < walHeader {
		return main, nil
	}
	word := func(offset int) uint32 { return binary.BigEndian.Uint32(log[offset:]) }
	if word(0)&^1 != walMagic || word(4) != walVersion {
		return main, nil
	}
	size := int(word(8))
	if size < 512 || size > 65536 || size&(size-1) != 0 {
		return main, nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if word(0)&1 != 0 {
		order = binary.BigEndian
	}
	sum := walSum{order: order}
	sum.add(log[:24])
	if sum.one != word(24) || sum.two != word(28) {
		return main, nil
	}
	if len(main) >= header && pageSize(main) != size {
		return nil, errPageSize
	}

	salts := log[16:24]
	pages := map[uint32]int{}  // page → place of its content, of frames that are committed
	recent := map[uint32]int{} // the same of the transaction that is being read
	last := uint32(0)          // pages of the database after the last commit
	for at := walHeader; at+walFrame+size <= len(log); at += walFrame + size {
		page, commit := word(at), word(at+4)
		if page == 0 || !bytes.Equal(log[at+8:at+16], salts) {
			break
		}
		sum.add(log[at : at+8])
		sum.add(log[at+walFrame : at+walFrame+size])
		if sum.one != word(at+16) || sum.two != word(at+20) {
			break
		}
		recent[page] = at + walFrame
		if commit == 0 {
			continue
		}
		for page, place := range recent {
			pages[page] = place
		}
		clear(recent)
		last = commit
	}
	if last == 0 {
		return main, nil
	}
	// A database has no more pages than the file and the log hold together.
	if int64(last) > int64(len(main)/size+len(pages)) || int64(last)*int64(size) > MaxSize {
		return nil, fmt.Errorf("the log says that it has %d pages", last)
	}
	image := make([]byte, int(last)*size)
	copy(image, main)
	for page, place := range pages {
		if page <= last {
			copy(image[(int(page)-1)*size:], log[place:place+size])
		}
	}
	return image, nil
}

// pageSize is what the header of a database says.
func pageSize(main []byte) int {
	if size := int(binary.BigEndian.Uint16(main[16:])); size != 1 {
		return size
	}
	return 65536
}

// walSum is the checksum of a log, which runs on from frame to frame.
type walSum struct {
	order    binary.ByteOrder
	one, two uint32
}

func (s *walSum) add(data []byte) {
	for ; len(data) >= 8; data = data[8:] {
		s.one += s.order.Uint32(data) + s.two
		s.two += s.order.Uint32(data[4:]) + s.one
	}
}

// Opened is an image of a database, opened in memory.
type Opened struct {
	pool *sql.DB
	conn *sql.Conn
}

// Open opens an image. Its schema is not trusted: it cannot call functions, and nothing can be written to it.
func Open(ctx context.Context, image []byte) (*Opened, error) {
	if len(image) < header || !Is(image) {
		return nil, errNoDatabase
	}
	if image[18] != 1 || image[19] != 1 { // of a database that lies somewhere with a log
		image = bytes.Clone(image)
		image[18], image[19] = 1, 1
	}
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	d := &Opened{pool, conn}
	err = conn.Raw(func(driver any) error {
		into, ok := driver.(interface{ Deserialize([]byte) error })
		if !ok {
			return errors.New("the driver takes no image")
		}
		return into.Deserialize(image)
	})
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	for _, pragma := range []string{"trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=MEMORY"} {
		if _, err := conn.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	return d, nil
}

// Conn answers questions about the database.
func (d *Opened) Conn() *sql.Conn { return d.conn }

// Check is what SQLite itself says of an image: nil where every page, index and constraint is as it should be.
func Check(ctx context.Context, image []byte) (err error) {
	d, err := Open(ctx, image)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	var verdict string
	if err := d.conn.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("is damaged: %s", verdict)
	}
	return nil
}

// Close gives the memory of the image back.
func (d *Opened) Close() error { return errors.Join(d.conn.Close(), d.pool.Close()) }

// Make fills a new database and returns its image.
func Make(ctx context.Context, fill func(*sql.Conn) error) (image []byte, err error) {
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := fill(conn); err != nil {
		return nil, err
	}
	err = conn.Raw(func(driver any) error {
		from, ok := driver.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return errors.New("the driver gives no image")
		}
		image, err = from.Serialize()
		return err
	})
	return image, err
}
