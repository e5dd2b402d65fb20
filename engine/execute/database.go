package execute

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/database"
	"github.com/pve2nix/pve2nix/engine/plan"
)

const (
	// databaseTries is how often a database is read that is being written to, databasePoll how long apart.
	databaseTries = 5
	databasePoll  = 300 * time.Millisecond
	// databaseTimeout bounds what SQLite does with an image.
	databaseTimeout = time.Minute
	// databaseLimit bounds a database that is copied: that of a cluster has a few MiB.
	databaseLimit = database.MaxSize
)

// isDatabase says whether a file is a SQLite database.
func isDatabase(f Files, name string) (bool, error) {
	r, err := f.OpenFile(name, readOnly, 0)
	if err != nil {
		return false, err
	}
	head := make([]byte, database.MagicSize)
	n, err := r.ReadAt(head, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return database.Is(head[:n]), errors.Join(err, r.Close())
}

// databaseSides are the ends of the names of files beside a database. An image has what is in them.
var databaseSides = []string{"-wal", "-shm", "-journal"}

// besideDatabase says whether a file belongs to the database beside it. Where that cannot be learnt it is a file like others.
func besideDatabase(f Files, name string) bool {
	for _, side := range databaseSides {
		main, ok := strings.CutSuffix(name, side)
		if !ok {
			continue
		}
		is, err := isDatabase(f, main)
		return err == nil && is
	}
	return false
}

// Database implements System.
func (m *Machine) Database(ctx context.Context, name string) ([]byte, error) {
	return databaseImage(ctx, m, name)
}

// databaseImage is a database as SQLite would see it, found sound, whoever writes to it meanwhile. It is only read.
func databaseImage(ctx context.Context, f Files, name string) ([]byte, error) {
	read := func(name string, limit int64) ([]byte, error) { return readWhole(f, name, limit) }
	for try := 1; ; try++ {
		image, problem, err := database.Image(read, name)
		if err = errors.Join(err, problem); err == nil {
			err = soundDatabase(ctx, image)
		}
		if err == nil {
			return image, nil
		}
		if try == databaseTries || errors.Is(err, fs.ErrNotExist) {
			return nil, &fs.PathError{Op: "copy", Path: name, Err: err}
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(databasePoll):
		}
	}
}

// soundDatabase lets SQLite check an image of a database.
func soundDatabase(ctx context.Context, image []byte) error {
	ctx, cancel := context.WithTimeout(ctx, databaseTimeout)
	defer cancel()
	return database.Check(ctx, image)
}

// queryImage asks an image of a database, and calls each for every row.
func queryImage(ctx context.Context, image []byte, query string, each func(*sql.Rows) error, args ...any) (err error) {
	d, err := database.Open(ctx, image)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	rows, err := d.Conn().QueryContext(ctx, query, args...)
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
