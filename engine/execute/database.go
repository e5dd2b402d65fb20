package execute

import (
	"context"
	"errors"
	"fmt"
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
)

// databaseImage is a database as SQLite would see it, found sound, whoever writes to it meanwhile.
func databaseImage(ctx context.Context, f Files, name string) ([]byte, error) {
	read := func(name string, limit int64) ([]byte, error) { return readUpTo(f, name, limit) }
	for try := 1; ; try++ {
		image, problem, err := database.Image(read, name)
		if err = errors.Join(err, problem); err == nil {
			err = soundDatabase(ctx, image)
		}
		if err == nil {
			return image, nil
		}
		if try == databaseTries || errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("database %s: %w", name, err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(databasePoll):
		}
	}
}

func soundDatabase(ctx context.Context, image []byte) error {
	ctx, cancel := context.WithTimeout(ctx, databaseTimeout)
	defer cancel()
	return database.Check(ctx, image)
}

// isDatabase says whether a regular file is a SQLite database, by its beginning.
func isDatabase(f Files, name string) (bool, error) {
	r, err := f.OpenFile(name, readOnly, 0)
	if err != nil {
		return false, err
	}
	head := make([]byte, database.MagicSize)
	n, err := io.ReadFull(r, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return database.Is(head[:n]), errors.Join(err, r.Close())
}

// databaseSides are the ends of the names of files beside a database. An image has what is in them.
var databaseSides = []string{"-wal", "-shm", "-journal"}

// besideDatabase says whether a file belongs to the database beside it.
func besideDatabase(f Files, name string) (bool, error) {
	for _, side := range databaseSides {
		main, ok := strings.CutSuffix(name, side)
		if !ok || path.Base(name) == side {
			continue
		}
		info, err := f.Lstat(main)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		return isDatabase(f, main)
	}
	return false, nil
}

// saveDatabase copies a database into the checkpoint while it is in use.
func saveDatabase(a plan.SaveDatabase) Actuator {
	return actuator(saved{func(ctx context.Context, e *Env) (map[string][]byte, error) {
		name, err := resolve(e, a.Path)
		if err != nil {
			return nil, err
		}
		image, err := databaseImage(ctx, e, name)
		return map[string][]byte{"database" + a.Path: image}, err
	}, func(_ string, data []byte) error {
		return soundDatabase(context.Background(), data)
	}})
}
