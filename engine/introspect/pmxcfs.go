package introspect

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/pve2nix/pve2nix/engine/database"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// pveDatabase is where pmxcfs keeps its files when it does not run.
const pveDatabase = "/var/lib/pve-cluster/config.db"

// What pmxcfs says of its files: all belong to root and the group of the web server, whose number Debian fixes.
const (
	pveFileMode, pveDirMode         = 0o640, 0o750
	privateFileMode, privateDirMode = 0o600, 0o700
	pveGroup                        = 33
)

const (
	// Types of entries in the database, as dirent(3) numbers them.
	typeDirectory, typeFile = 4, 8
	// maxEntries is more than pmxcfs takes, which is 256 Ki.
	maxEntries = 1 << 18
	// maxName is the longest name that a file can have.
	maxName = 255
	// databaseTimeout bounds each question to the database.
	databaseTimeout = 20 * time.Second
)

var (
	errNoTable = errors.New("has no table of files as pmxcfs makes it")
	errTooMany = fmt.Errorf("has more than %d entries", maxEntries)
)

// pmxcfs is a Host whose /etc/pve is in a database instead of mounted. Everything else is the host's own.
type pmxcfs struct {
	Host
	db   *database.Opened
	root *pveEntry
	// read are the files that the database was read from.
	read []*Content
	// problem says that the tree may not be what pmxcfs would show.
	problem error
}

// pveEntry is a file or directory of pmxcfs.
type pveEntry struct {
	name     string
	inode    int64
	dir      bool
	private  bool
	size     int64
	target   string // of a link
	children map[string]*pveEntry
}

// openPMXCFS opens the database of a host whose /etc/pve is not there. It returns nil without an error for a host that
// has its files in place, or has no database.
func openPMXCFS(ctx context.Context, host Host) (*pmxcfs, error) {
	entries, err := host.ReadDir(pveDir)
	if len(entries) > 0 || err != nil && !absent(err) {
		return nil, nil
	}
	if _, err := host.Stat(pveDatabase); err != nil {
		return nil, nil
	}
	var main, log *Content
	image, problem, err := database.Image(func(name string, limit int64) ([]byte, error) {
		c, err := host.ReadFile(name, limit)
		switch {
		case absent(err):
			return nil, fs.ErrNotExist
		case err != nil:
			return nil, err
		case name == pveDatabase:
			main = c
		case name == pveDatabase+"-wal":
			log = c
		}
		return c.Data, nil
	}, pveDatabase)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, databaseTimeout)
	defer cancel()
	db, err := database.Open(ctx, image)
	if err != nil {
		return nil, err
	}
	p := &pmxcfs{Host: host, db: db, read: []*Content{main}, problem: problem}
	if log != nil {
		p.read = append(p.read, log)
	}
	if err := p.index(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	p.link(host)
	return p, nil
}

// mountDatabase puts the database in the place of /etc/pve where that is not there.
func (c *capture) mountDatabase() {
	p, err := openPMXCFS(c.ctx, c.host)
	c.pmxcfsError = err
	if p == nil {
		return
	}
	c.pmxcfs, c.host = p, p
	for _, f := range p.read {
		// No digest: whoever knows the rest could try out passwords on it.
		c.files[f.Path] = snapshot.File{Path: f.Path, Mode: fmt.Sprintf("%04o", f.Mode), UID: f.UID, GID: f.GID}
	}
	c.log.Debug("database", "file", pveDatabase, "problem", p.problem)
}

func (c *capture) unmountDatabase() {
	if c.pmxcfs == nil {
		return
	}
	if err := c.pmxcfs.Close(); err != nil {
		c.log.Debug("database closed", "error", err)
	}
}

// treeColumns are the columns of pmxcfs's table, the key with a star.
const treeColumns = "inode*,parent,version,writer,mtime,type,name,data"

// checkTable refuses a table that is none of pmxcfs: a view or a computed column can say anything, and for ever.
func checkTable(ctx context.Context, conn *sql.Conn) error {
	var columns sql.NullString
	err := conn.QueryRowContext(ctx, `SELECT group_concat(x.name || CASE WHEN x.hidden <> 0 THEN '?' WHEN x.pk THEN '*' ELSE '' END)
		FROM sqlite_schema s, pragma_table_xinfo('tree') x
		WHERE s.name = 'tree' AND s.type = 'table' AND s.rootpage > 0`).Scan(&columns)
	if err == nil && columns.String != treeColumns {
		err = errNoTable
	}
	return err
}

// row is an entry of the database before it has a place.
type row struct {
	*pveEntry
	parent int64
}

// index reads the table without the content of files.
func (p *pmxcfs) index(ctx context.Context) error {
	if err := checkTable(ctx, p.db.Conn()); err != nil {
		return err
	}
	rows, err := p.db.Conn().QueryContext(ctx, `SELECT CAST(inode AS INTEGER), CAST(parent AS INTEGER), CAST(type AS INTEGER),
		CASE WHEN typeof(name) = 'text' AND octet_length(name) <= ? THEN name ELSE '' END, coalesce(octet_length(data), 0)
		FROM tree WHERE inode <> 0`, maxName)
	if err != nil {
		return err
	}
	defer rows.Close()
	var found []row
	wrong := 0
	for rows.Next() {
		if len(found) == maxEntries {
			return errTooMany
		}
		var parent, kind int64
		e := &pveEntry{}
		if err := rows.Scan(&e.inode, &parent, &kind, &e.name, &e.size); err != nil {
			return err
		}
		e.dir = kind == typeDirectory
		if e.name == "" || e.name == "." || e.name == ".." || strings.ContainsAny(e.name, "/\x00") || !e.dir && kind != typeFile {
			wrong++
			continue
		}
		found = append(found, row{e, parent})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b row) int { return cmp.Compare(a.inode, b.inode) })
	var misplaced int
	p.root, misplaced = plant(found)
	if wrong += misplaced; wrong > 0 {
		p.problem = errors.Join(p.problem, fmt.Errorf("%d entries have no possible name or place and are left out", wrong))
	}
	return nil
}

// plant builds the tree. left counts entries that are in no directory, in each other, or of a name that is taken.
func plant(rows []row) (root *pveEntry, left int) {
	root = &pveEntry{name: path.Base(pveDir), dir: true, children: map[string]*pveEntry{}}
	inside := map[int64][]*pveEntry{}
	for _, r := range rows {
		inside[r.parent] = append(inside[r.parent], r.pveEntry)
	}
	placed := 0
	for queue := []*pveEntry{root}; len(queue) > 0; queue = queue[1:] {
		dir := queue[0]
		for _, child := range inside[dir.inode] {
			if _, taken := dir.children[child.name]; taken {
				continue
			}
			child.private = dir.private || child.name == "priv"
			dir.children[child.name] = child
			placed++
			if child.dir {
				child.children = map[string]*pveEntry{}
				queue = append(queue, child)
			}
		}
		delete(inside, dir.inode) // no directory is filled twice
	}
	return root, len(rows) - placed
}

// link adds the links that pmxcfs shows beside its files: they lead to the directories of this node.
func (p *pmxcfs) link(host Host) {
	content, err := host.ReadFile("/etc/hostname", maxFileSize)
	if err != nil {
		return
	}
	name, _, _ := strings.Cut(firstWord(content.Data), ".")
	if name == "" || strings.Contains(name, "/") {
		return
	}
	for link, target := range map[string]string{
		"local": "nodes/" + name, "qemu-server": "nodes/" + name + "/qemu-server",
		"lxc": "nodes/" + name + "/lxc", "openvz": "nodes/" + name + "/openvz",
	} {
		if _, taken := p.root.children[link]; !taken {
			p.root.children[link] = &pveEntry{name: link, target: target}
		}
	}
}

// Close gives the memory of the database back.
func (p *pmxcfs) Close() error { return p.db.Close() }

// below cuts a path at the directory of pmxcfs.
func below(name string) (inside string, ok bool) {
	if name == pveDir {
		return "", true
	}
	return strings.CutPrefix(name, pveDir+"/")
}

// locate follows the links of a path, and says whether it leads into the database. A path that the host itself can
// follow does not: links into a directory that is not there dangle.
func (p *pmxcfs) locate(name string, followLast bool) (resolved string, entry *pveEntry, err error) {
	failed := func(err error) (string, *pveEntry, error) {
		return "", nil, &fs.PathError{Op: "resolve", Path: name, Err: err}
	}
	if !path.IsAbs(name) {
		return failed(fs.ErrInvalid)
	}
	base, inside := "/", (*pveEntry)(nil)
	name = path.Clean(name)
	parts := strings.Split(name, "/")
	if rest, ok := below(name); ok { // a backup may have the database and no /etc
		base, inside, parts = pveDir, p.root, strings.Split(rest, "/")
	}
	for links := 0; len(parts) > 0; {
		part := parts[0]
		parts = parts[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			base = path.Dir(base)
			inside = p.at(base)
			continue
		}
		if inside != nil && !inside.dir {
			return failed(syscall.ENOTDIR)
		}
		next := path.Join(base, part)
		target := ""
		var child *pveEntry
		switch {
		case next == pveDir:
			child = p.root
		case inside != nil:
			if child = inside.children[part]; child == nil {
				return failed(fs.ErrNotExist)
			}
			target = child.target
		default:
			info, err := p.Host.Lstat(next)
			if err != nil {
				return "", nil, renamed(err, name)
			}
			if info.Mode()&fs.ModeSymlink != 0 {
				if target, err = p.Host.Readlink(next); err != nil {
					return "", nil, renamed(err, name)
				}
			}
		}
		if target == "" || len(parts) == 0 && !followLast {
			base, inside = next, child
			continue
		}
		if links++; links > maxLinks {
			return failed(syscall.ELOOP)
		}
		if path.IsAbs(target) {
			base, inside = "/", nil
		}
		parts = append(strings.Split(target, "/"), parts...)
	}
	return base, inside, nil
}

// at is the entry of a path without links; nil outside of the database.
func (p *pmxcfs) at(name string) *pveEntry {
	rest, ok := below(name)
	if !ok {
		return nil
	}
	entry := p.root
	for _, part := range strings.FieldsFunc(rest, func(r rune) bool { return r == '/' }) {
		if entry = entry.children[part]; entry == nil {
			return nil
		}
	}
	return entry
}

// ask answers from the host, or from the database where the path leads there.
func ask[T any](p *pmxcfs, name string, followLast bool, host func(string) (T, error), own func(resolved string, e *pveEntry) (T, error)) (T, error) {
	if _, ok := below(path.Clean(name)); !ok {
		out, err := host(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return out, err
		}
	}
	resolved, entry, err := p.locate(name, followLast)
	if err != nil {
		var none T
		return none, err
	}
	if entry == nil {
		return host(resolved)
	}
	return own(resolved, entry)
}

// ReadFile returns a file of the host or of the database.
func (p *pmxcfs) ReadFile(name string, limit int64) (*Content, error) {
	return ask(p, name, true, func(name string) (*Content, error) { return p.Host.ReadFile(name, limit) },
		func(resolved string, e *pveEntry) (*Content, error) {
			failed := func(err error) (*Content, error) { return nil, &fs.PathError{Op: "read", Path: name, Err: err} }
			if e.dir {
				return failed(errNotRegular)
			}
			if e.size > min(limit, maxPVEFileSize) {
				return failed(fmt.Errorf("larger than %d bytes", min(limit, maxPVEFileSize)))
			}
			ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
			defer cancel()
			var data []byte
			if err := p.db.Conn().QueryRowContext(ctx, "SELECT data FROM tree WHERE inode = ?", e.inode).Scan(&data); err != nil {
				return failed(fmt.Errorf("%s: %w", pveDatabase, err))
			}
			return &Content{Data: data, Path: resolved, Mode: e.permissions(), GID: pveGroup}, nil
		})
}

// ReadDir returns the entries of a directory in alphabetical order.
func (p *pmxcfs) ReadDir(name string) ([]fs.DirEntry, error) {
	return ask(p, name, true, p.Host.ReadDir, func(_ string, e *pveEntry) ([]fs.DirEntry, error) {
		if !e.dir {
			return nil, &fs.PathError{Op: "readdir", Path: name, Err: syscall.ENOTDIR}
		}
		if len(e.children) > maxDirEntries {
			return nil, &fs.PathError{Op: "readdir", Path: name, Err: fmt.Errorf("more than %d entries", maxDirEntries)}
		}
		out := make([]fs.DirEntry, 0, len(e.children))
		for _, child := range e.children {
			out = append(out, fs.FileInfoToDirEntry(pveInfo{child}))
		}
		slices.SortFunc(out, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
		return out, nil
	})
}

// Lstat describes the last part of a path itself.
func (p *pmxcfs) Lstat(name string) (fs.FileInfo, error) {
	return ask(p, name, false, p.Host.Lstat, infoOf)
}

// Stat describes what a path leads to.
func (p *pmxcfs) Stat(name string) (fs.FileInfo, error) {
	return ask(p, name, true, p.Host.Stat, infoOf)
}

func infoOf(_ string, e *pveEntry) (fs.FileInfo, error) { return pveInfo{e}, nil }

// Readlink returns the text of a link.
func (p *pmxcfs) Readlink(name string) (string, error) {
	return ask(p, name, false, p.Host.Readlink, func(_ string, e *pveEntry) (string, error) {
		if e.target == "" {
			return "", &fs.PathError{Op: "readlink", Path: name, Err: syscall.EINVAL}
		}
		return e.target, nil
	})
}

// Resolve returns a path with all links followed.
func (p *pmxcfs) Resolve(name string) (string, error) {
	return ask(p, name, true, p.Host.Resolve, func(resolved string, _ *pveEntry) (string, error) { return resolved, nil })
}

// permissions are the bits that pmxcfs shows.
func (e *pveEntry) permissions() uint32 {
	switch {
	case e.target != "":
		return 0o777
	case e.dir && e.private:
		return privateDirMode
	case e.dir:
		return pveDirMode
	case e.private:
		return privateFileMode
	}
	return pveFileMode
}

// pveInfo describes an entry.
type pveInfo struct{ *pveEntry }

func (i pveInfo) Name() string       { return i.name }
func (i pveInfo) Size() int64        { return i.size }
func (i pveInfo) ModTime() time.Time { return time.Time{} }
func (i pveInfo) IsDir() bool        { return i.dir }
func (i pveInfo) Sys() any           { return nil }
func (i pveInfo) Mode() fs.FileMode {
	mode := fs.FileMode(i.permissions())
	switch {
	case i.dir:
		mode |= fs.ModeDir
	case i.target != "":
		mode |= fs.ModeSymlink
	}
	return mode
}
