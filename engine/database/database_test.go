package database

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inUse makes a database whose last transactions are in its log alone, and keeps it open.
func inUse(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	for _, s := range []string{
		"PRAGMA journal_mode=WAL", "CREATE TABLE tree(inode INTEGER PRIMARY KEY, name TEXT, data BLOB)", "INSERT INTO tree VALUES(1, 'storage.cfg', 'first')",
		"PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA wal_autocheckpoint=0", "UPDATE tree SET data = 'second' WHERE inode = 1",
	} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 40 { // several frames a commit, so that the database grows
		if _, err := db.Exec("INSERT INTO tree VALUES(?, ?, ?)", 100+i, fmt.Sprint(i), strings.Repeat("# filler\n", 500)); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

func files(t testing.TB, file string) (main, log []byte) {
	t.Helper()
	main, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	log, err = os.ReadFile(file + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	return main, log
}

func readFile(name string, _ int64) ([]byte, error) { return os.ReadFile(name) }

const all = "SELECT group_concat(inode || ' ' || name || ' ' || hex(data), ';') FROM (SELECT * FROM tree ORDER BY inode)"

// The image is what SQLite itself makes of the same two files, wherever the log ends.
func TestLogIsAppliedAsSQLiteAppliesIt(t *testing.T) {
	main, log := files(t, inUse(t))
	ends := []int{0, walHeader, len(log)}
	for end := walHeader + 700; end < len(log); end += len(log) / 23 {
		ends = append(ends, end)
	}
	for _, end := range ends {
		file := filepath.Join(t.TempDir(), "copy.db")
		for suffix, data := range map[string][]byte{"": main, "-wal": log[:end]} {
			if err := os.WriteFile(file+suffix, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		image, problem, err := Image(readFile, file)
		if err != nil || problem != nil {
			t.Fatal(problem, err)
		}
		if err := Check(context.Background(), image); err != nil {
			t.Error(err)
		}
		own, err := Open(context.Background(), image)
		if err != nil {
			t.Fatal(err)
		}
		var got, want string
		err = own.Conn().QueryRowContext(context.Background(), all).Scan(&got)
		own.Close()
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		err = db.QueryRow(all).Scan(&want)
		db.Close()
		if err != nil || got != want {
			t.Errorf("log of %d bytes: %v, %d bytes of facts instead of %d", end, err, len(got), len(want))
		}
	}
}

// Reading leaves nothing beside the database, and changes neither it nor its log.
func TestReadingTouchesNothing(t *testing.T) {
	file := inUse(t)
	main, log := files(t, file)
	before, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Image(readFile, file); err != nil {
		t.Fatal(err)
	}
	again, logAgain := files(t, file)
	after, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(main, again) || !bytes.Equal(log, logAgain) || len(before) != len(after) {
		t.Errorf("changed by reading: %v, %v", before, after)
	}
}

// A log that grows while the database is read makes it be read again, and one that never rests is an error.
func TestAMovingDatabaseIsReadAgain(t *testing.T) {
	main, log := files(t, inUse(t))
	for _, c := range []struct {
		moves int
		err   error
	}{{0, nil}, {2, nil}, {99, errChanging}} {
		reads := 0
		_, _, err := Image(func(name string, _ int64) ([]byte, error) {
			switch {
			case strings.HasSuffix(name, "-wal"):
				reads++
				return log[:len(log)-max(0, c.moves-reads)], nil
			case strings.HasSuffix(name, "-journal"):
				return nil, fs.ErrNotExist
			}
			return main, nil
		}, "x")
		if !errors.Is(err, c.err) {
			t.Errorf("%d moves: %v, want %v", c.moves, err, c.err)
		}
	}
}

func TestDamageIsSeen(t *testing.T) {
	main, log := files(t, inUse(t))
	whole, err := applyLog(main, log)
	if err != nil {
		t.Fatal(err)
	}
	whole[18], whole[19] = 1, 1
	if err := Check(context.Background(), whole); err != nil {
		t.Fatal(err)
	}
	broken := bytes.Clone(whole)
	copy(broken[5*4096:], bytes.Repeat([]byte{0x55}, 4096))
	for name, image := range map[string][]byte{"a page of nonsense": broken, "cut short": whole[:len(whole)/2], "no database": []byte("SQLite")} {
		if err := Check(context.Background(), image); err == nil {
			t.Errorf("%s: is sound", name)
		}
	}
}

func FuzzLog(f *testing.F) {
	main, log := files(f, inUse(f))
	f.Add(main, log[:walHeader+2*(walFrame+4096)])
	f.Add(main[:header], log[:walHeader])
	f.Add([]byte{}, log[:walHeader+walFrame+4096])
	f.Fuzz(func(t *testing.T, main, log []byte) {
		image, err := applyLog(bytes.Clone(main), log)
		if err != nil {
			return
		}
		if len(image) > len(main)+len(log) {
			t.Errorf("%d bytes from %d and %d", len(image), len(main), len(log))
		}
		again, err := applyLog(bytes.Clone(image), log)
		if err == nil && len(main) >= len(image) && !bytes.Equal(again, image) {
			t.Error("a log that is applied twice says something else")
		}
	})
}
