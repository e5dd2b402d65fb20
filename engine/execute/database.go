package execute

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"

	"github.com/pve2nix/pve2nix/engine/plan"
	_ "modernc.org/sqlite" // the driver
)

// databaseMagic begins every SQLite database; the two bytes at databaseVersions are 2 where it has a write-ahead log (sqlite.org/fileformat2.html).
const (
	databaseMagic    = "SQLite format 3\x00"
	databaseVersions = 18
	databaseHeader   = 100
)

// databaseLimit bounds a database that is copied: that of a cluster has a few MiB.
const databaseLimit = 1 << 30

// isDatabase says whether a file is a SQLite database.
func isDatabase(f Files, name string) (bool, error) {
	r, err := f.OpenFile(name, readOnly, 0)
	if err != nil {
		return false, err
	}
	head := make([]byte, len(databaseMagic))
	_, err = r.ReadAt(head, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return string(head) == databaseMagic, errors.Join(err, r.Close())
}

// Database implements System. It only reads: with the locks of SQLite where somebody
// has the database open, and without any where nobody does, as these would leave files beside it.
func (m *Machine) Database(ctx context.Context, name string) ([]byte, error) {
	info, err := m.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > databaseLimit {
		return nil, &fs.PathError{Op: "copy", Path: name, Err: errors.New("no database that can be copied")}
	}
	r, err := m.OpenFile(name, readOnly, 0)
	if err != nil {
		return nil, err
	}
	head := make([]byte, databaseHeader)
	_, err = r.ReadAt(head, 0)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, err
	}
	options := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)"}}
	if head[databaseVersions] == 2 {
		logged, err := exists(m, name+"-wal")
		if err != nil {
			return nil, err
		}
		if !logged {
			options.Set("immutable", "1")
		}
	}
	pool, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: name, RawQuery: options.Encode()}).String())
	if err != nil {
		return nil, err
	}
	image, err := onConnection(ctx, pool, func(conn any) (image []byte, err error) {
		from, ok := conn.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return nil, errors.New("the driver cannot copy a database")
		}
		return from.Serialize()
	})
	if err = errors.Join(err, pool.Close()); err != nil {
		return nil, &fs.PathError{Op: "copy", Path: name, Err: err}
	}
	if err := soundDatabase(ctx, image); err != nil {
		return nil, &fs.PathError{Op: "copy", Path: name, Err: err}
	}
	return image, nil
}

// onConnection calls f with the connection of the driver.
func onConnection[T any](ctx context.Context, pool *sql.DB, f func(conn any) (T, error)) (out T, err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return out, err
	}
	err = conn.Raw(func(c any) (err error) { out, err = f(c); return err })
	return out, errors.Join(err, conn.Close())
}

// soundDatabase lets SQLite check an image of a database.
func soundDatabase(ctx context.Context, image []byte) error {
	return queryImage(ctx, image, "PRAGMA integrity_check(1)", func(row *sql.Rows) error {
		var said string
		if err := row.Scan(&said); err != nil {
			return err
		}
		if said != "ok" {
			return fmt.Errorf("the database is not sound: %s", said)
		}
		return nil
	})
}

// queryImage asks an image of a database, and calls each for every row.
func queryImage(ctx context.Context, image []byte, query string, each func(*sql.Rows) error, args ...any) (err error) {
	if len(image) < databaseHeader || !bytes.HasPrefix(image, []byte(databaseMagic)) {
		return errors.New("no SQLite database")
	}
	image = bytes.Clone(image)
	image[databaseVersions], image[databaseVersions+1] = 1, 1 // in memory there is no write-ahead log
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	pool.SetMaxOpenConns(1) // another connection would be another database
	_, err = onConnection(ctx, pool, func(conn any) (struct{}, error) {
		into, ok := conn.(interface{ Deserialize([]byte) error })
		if !ok {
			return struct{}{}, errors.New("the driver cannot read an image")
		}
		return struct{}{}, into.Deserialize(image)
	})
	if err != nil {
		return err
	}
	rows, err := pool.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	for rows.Next() && err == nil {
		err = each(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

// saveDatabase copies a database into the checkpoint.
func saveDatabase(a plan.SaveDatabase) Actuator {
	return actuator(saved{name: "database-" + path.Base(a.Path), collect: func(ctx context.Context, e *Env) (map[string][]byte, error) {
		name, err := resolve(e, a.Path)
		if err != nil {
			return nil, err
		}
		image, err := e.Database(ctx, name)
		return map[string][]byte{"databases/" + path.Base(a.Path): image}, err
	}, check: func(_ string, data []byte) error { return soundDatabase(context.Background(), data) }})
}
