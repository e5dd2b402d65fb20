package execute

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/pve2nix/pve2nix/engine/database"
	"github.com/pve2nix/pve2nix/engine/nar"
)

// packed is a closure whose paths are archives.
type packed interface {
	// list are its paths. All that they refer to is among them, and so is the system that was built.
	list(ctx context.Context, e *Env) ([]nar.Path, error)
	// verify lists them, too, and reads all archives to their end; names learns what is in the root of the system that was built.
	verify(ctx context.Context, e *Env, names rootNames) ([]nar.Path, error)
	// unpack reads the archive of each of the paths into the sink for it.
	unpack(ctx context.Context, e *Env, paths []nar.Path, sink func(nar.Path) (nar.Sink, error)) error
}

// cacheInfo is the file that a binary cache is known by.
const cacheInfo = "/nix-cache-info"

// packedClosure says how the closure is packed; nil where it is a store.
func packedClosure(e *Env) (source packed, err error) {
	name, err := resolve(e, e.Closure)
	if err != nil {
		return nil, err
	}
	info, err := e.Lstat(name)
	if err != nil {
		return nil, err
	}
	if info.Mode().IsRegular() {
		return exportFile{name}, nil
	}
	err = within(e, e.Closure, func(from Files) error {
		found, err := exists(from, cacheInfo)
		if found {
			source = binaryCache{}
		}
		return err
	})
	return source, err
}

func sizeOf(paths []nar.Path) (n int64) {
	for _, p := range paths {
		n += p.Size
	}
	return n
}

// complete refuses a list of paths that lacks one which another refers to.
func complete(paths []nar.Path, toplevel string) error {
	known := map[string]bool{}
	for _, p := range paths {
		if known[p.Path] {
			return fmt.Errorf("%s is there twice", p.Path)
		}
		known[p.Path] = true
	}
	for _, p := range paths {
		for _, r := range p.References {
			if !known[r] {
				return fmt.Errorf("the closure is not complete: %s needs %s, which is not there", p.Path, r)
			}
		}
	}
	if !known[toplevel] {
		return fmt.Errorf("it does not hold %s", toplevel)
	}
	return nil
}

// rootNames is a Sink that learns what a path has right below it.
type rootNames map[string]bool

func (n rootNames) note(name string) error {
	if !strings.Contains(name, "/") && slices.Contains(needed, name) {
		n[name] = true
	}
	return nil
}

// Folder implements nar.Sink.
func (n rootNames) Folder(name string) error { return n.note(name) }

// File implements nar.Sink.
func (n rootNames) File(name string, _ bool, _ int64, _ io.Reader) error { return n.note(name) }

// Link implements nar.Sink.
func (n rootNames) Link(name, _ string) error { return n.note(name) }

func (n rootNames) areSystem(e *Env) error {
	for _, name := range needed {
		if !n[name] {
			return fmt.Errorf("%s is no system that was built: it has no %s", e.Toplevel, name)
		}
	}
	return nil
}

// exportFile is a file that nix-store --export wrote.
type exportFile struct{ name string }

func (x exportFile) read(ctx context.Context, e *Env, sink func(n int) (nar.Sink, error), done func(n int, p nar.Path) error) error {
	file, err := e.OpenFile(x.name, readOnly, 0)
	if err != nil {
		return err
	}
	err = nar.ReadExport(&cancelled{ctx, file}, sink, done)
	if err != nil {
		err = fmt.Errorf("%s: %w", e.Closure, err)
	}
	return errors.Join(err, file.Close())
}

// cancelled is a reader that ends with a context.
type cancelled struct {
	ctx context.Context
	io.Reader
}

// Read implements io.Reader.
func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}

func (x exportFile) list(ctx context.Context, e *Env) ([]nar.Path, error) {
	return x.verify(ctx, e, rootNames{})
}

func (x exportFile) verify(ctx context.Context, e *Env, names rootNames) (paths []nar.Path, err error) {
	var now rootNames
	err = x.read(ctx, e, func(int) (nar.Sink, error) { now = rootNames{}; return now, nil }, func(_ int, p nar.Path) error {
		if p.Path == e.Toplevel { // its name comes after its archive
			for name := range now {
				names[name] = true
			}
		}
		paths = append(paths, p)
		return nil
	})
	if err == nil {
		if err = complete(paths, e.Toplevel); err != nil {
			err = fmt.Errorf("%s: %w", e.Closure, err)
		}
	}
	return paths, err
}

func (x exportFile) unpack(ctx context.Context, e *Env, paths []nar.Path, sink func(nar.Path) (nar.Sink, error)) error {
	changed := errors.New("it has changed since it was looked at")
	return x.read(ctx, e, func(n int) (nar.Sink, error) {
		if n >= len(paths) {
			return nil, changed
		}
		return sink(paths[n])
	}, func(n int, p nar.Path) error {
		if p.Path != paths[n].Path || p.Hash != paths[n].Hash || !slices.Equal(p.References, paths[n].References) || p.Deriver != paths[n].Deriver {
			return changed
		}
		return nil
	})
}

// binaryCache is a folder of .narinfo files and archives.
type binaryCache struct{}

// infoLimit bounds a .narinfo.
const infoLimit = 8 << 20

// infos are those of the closure, the system that was built first.
func (binaryCache) infos(ctx context.Context, e *Env, from Files) (out []nar.Info, err error) {
	seen, needs := map[string]bool{e.Toplevel: true}, map[string]string{}
	for queue := []string{e.Toplevel}; len(queue) > 0; queue = queue[1:] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hash, _, _ := strings.Cut(path.Base(queue[0]), "-")
		name := "/" + hash + ".narinfo"
		text, err := readWhole(from, name, infoLimit)
		if errors.Is(err, fs.ErrNotExist) && queue[0] != e.Toplevel {
			return nil, fmt.Errorf("%s: the closure is not complete: %s needs %s, which is not there", e.Closure, needs[queue[0]], queue[0])
		}
		if err != nil {
			return nil, fmt.Errorf("%s does not hold %s: %w", e.Closure, queue[0], err)
		}
		info, err := nar.ParseInfo(string(text))
		if err == nil && info.Path.Path != queue[0] {
			err = fmt.Errorf("it is of %s, not of %s", info.Path.Path, queue[0])
		}
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", e.Closure, name, err)
		}
		out = append(out, info)
		for _, r := range info.References {
			if !seen[r] {
				seen[r], needs[r] = true, queue[0]
				queue = append(queue, r)
			}
		}
	}
	return out, nil
}

func (c binaryCache) list(ctx context.Context, e *Env) (paths []nar.Path, err error) {
	err = within(e, e.Closure, func(from Files) error {
		infos, err := c.infos(ctx, e, from)
		for _, i := range infos {
			if _, err := from.Lstat("/" + i.URL); err != nil {
				return fmt.Errorf("the closure is not complete: %w", err)
			}
			paths = append(paths, i.Path)
		}
		return err
	})
	return paths, err
}

func (c binaryCache) verify(ctx context.Context, e *Env, names rootNames) ([]nar.Path, error) {
	paths, err := c.list(ctx, e)
	if err != nil {
		return nil, err
	}
	return paths, c.unpack(ctx, e, paths, func(p nar.Path) (nar.Sink, error) {
		if p.Path == e.Toplevel {
			return names, nil
		}
		return nar.Discard{}, nil
	})
}

func (c binaryCache) unpack(ctx context.Context, e *Env, paths []nar.Path, sink func(nar.Path) (nar.Sink, error)) error {
	return within(e, e.Closure, func(from Files) error {
		infos, err := c.infos(ctx, e, from)
		if err != nil {
			return err
		}
		if len(infos) != len(paths) {
			return fmt.Errorf("%s: it has changed since it was looked at", e.Closure)
		}
		for n, i := range infos {
			if i.Path.Path != paths[n].Path || i.Hash != paths[n].Hash {
				return fmt.Errorf("%s: it has changed since it was looked at", e.Closure)
			}
			to, err := sink(i.Path)
			if err != nil {
				return err
			}
			if err := unpackOne(ctx, from, i, to); err != nil {
				return fmt.Errorf("%s/%s: %w", e.Closure, i.URL, err)
			}
		}
		return nil
	})
}

// zstdMemory bounds what an archive may ask for while it is unpacked; Nix's own ask for 8 MiB.
const zstdMemory = 256 << 20

func unpackOne(ctx context.Context, from Files, i nar.Info, to nar.Sink) (err error) {
	file, err := from.OpenFile("/"+i.URL, readOnly, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var r io.Reader = &cancelled{ctx, file}
	switch i.Compression {
	case "none":
	case "zstd":
		unpacked, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(zstdMemory))
		if err != nil {
			return err
		}
		defer unpacked.Close()
		r = unpacked
	default:
		return fmt.Errorf("it is packed with %q: none and zstd are read here, as in file://DIR?compression=zstd", i.Compression)
	}
	return nar.Checked(r, i.Path, to)
}

// unpackRoot makes the store of the side root out of archives.
func unpackRoot(ctx context.Context, e *Env, source packed, root Files) error {
	paths, err := source.list(ctx, e)
	if err != nil {
		return err
	}
	if err := storeFolders(root); err != nil {
		return err
	}
	// Without its database it is no store: a step that was cut off begins again.
	if err := ignoreMissing(root.Remove(databaseAt)); err != nil {
		return err
	}
	var last *treeSink
	err = source.unpack(ctx, e, paths, func(p nar.Path) (nar.Sink, error) {
		if last != nil {
			if err := last.finish(); err != nil {
				return nil, err
			}
		}
		last = &treeSink{ctx: ctx, root: root, at: p.Path}
		return last, removeTree(root, p.Path)
	})
	if err != nil {
		return err
	}
	if err := last.finish(); err != nil {
		return err
	}
	if err := root.SyncDir("/nix/store"); err != nil {
		return err
	}
	image, err := storeDatabase(ctx, paths)
	if err != nil {
		return err
	}
	if err := writeFile(root, path.Join(path.Dir(databaseAt), "schema"), []byte(storeSchemaVersion), 0o644); err != nil {
		return err
	}
	if err := writeFile(root, databaseAt, image, 0o644); err != nil {
		return err
	}
	return makeSystem(e, root)
}

// treeSink writes an archive below a path of the store, as Nix has what is there: root's own, read-only, of the second 1 of 1970.
type treeSink struct {
	ctx  context.Context
	root Files
	at   string
	// folders are finished last: what is in them changes their time.
	folders []string
}

func (t *treeSink) name(name string) string { return path.Join(t.at, name) }

// Folder implements nar.Sink.
func (t *treeSink) Folder(name string) error {
	t.folders = append(t.folders, t.name(name))
	return t.root.Mkdir(t.name(name), 0o700)
}

// File implements nar.Sink.
func (t *treeSink) File(name string, executable bool, _ int64, content io.Reader) error {
	w, err := t.root.OpenFile(t.name(name), createNew, 0o600)
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o444)
	if executable {
		mode = 0o555
	}
	if _, err = copyHoles(t.ctx, w, content); err == nil {
		err = t.dress(name, mode)
	}
	if err == nil {
		err = w.Sync()
	}
	return errors.Join(err, w.Close())
}

// Link implements nar.Sink.
func (t *treeSink) Link(name, target string) error {
	if err := t.root.Symlink(target, t.name(name)); err != nil {
		return err
	}
	return t.root.Lchown(t.name(name), 0, 0)
}

func (t *treeSink) dress(name string, mode fs.FileMode) error {
	if err := t.root.Lchown(t.name(name), 0, 0); err != nil {
		return err
	}
	if err := t.root.Chmod(t.name(name), mode); err != nil {
		return err
	}
	return t.root.Chtimes(t.name(name), time.Unix(1, 0))
}

// finish dresses the folders, the deepest first, and writes them out.
func (t *treeSink) finish() error {
	for _, folder := range slices.Backward(t.folders) {
		name := strings.TrimPrefix(folder, t.at)
		if err := t.dress(name, 0o555); err != nil {
			return err
		}
		if err := t.root.SyncDir(folder); err != nil {
			return err
		}
	}
	return nil
}

// storeSchemaVersion is the version of storeSchema, which Nix has had since 1.12; later ones add tables by themselves.
const storeSchemaVersion = "10"

// storeSchema is that of the database of a Nix store.
// Source: https://github.com/NixOS/nix/blob/master/src/libstore/schema.sql
var storeSchema = []string{
	`CREATE TABLE ValidPaths (id integer primary key autoincrement not null, path text unique not null, hash text not null, registrationTime integer not null, deriver text, narSize integer, ultimate integer, sigs text, ca text)`,
	`CREATE TABLE Refs (referrer integer not null, reference integer not null, primary key (referrer, reference), foreign key (referrer) references ValidPaths(id) on delete cascade, foreign key (reference) references ValidPaths(id) on delete restrict)`,
	`CREATE INDEX IndexReferrer on Refs(referrer)`,
	`CREATE INDEX IndexReference on Refs(reference)`,
	`CREATE TRIGGER DeleteSelfRefs before delete on ValidPaths begin delete from Refs where referrer = old.id and reference = old.id; end`,
	`CREATE TABLE DerivationOutputs (drv integer not null, id text not null, path text not null, primary key (drv, id), foreign key (drv) references ValidPaths(id) on delete cascade)`,
	`CREATE INDEX IndexDerivationOutputs on DerivationOutputs(path)`,
}

// storeDatabase is the database of a store that holds some paths.
func storeDatabase(ctx context.Context, paths []nar.Path) ([]byte, error) {
	return database.Make(ctx, func(c *sql.Conn) error {
		for _, s := range storeSchema {
			if _, err := c.ExecContext(ctx, s); err != nil {
				return err
			}
		}
		tx, err := c.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }() // of what was committed there is nothing to take back
		ids := map[string]int{}
		text := func(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
		for n, p := range paths {
			ids[p.Path] = n + 1
			if _, err := tx.ExecContext(ctx, `INSERT INTO ValidPaths (id, path, hash, registrationTime, deriver, narSize, sigs, ca) VALUES (?, ?, ?, 1, ?, ?, ?, ?)`,
				n+1, p.Path, "sha256:"+hex.EncodeToString(p.Hash[:]), text(p.Deriver), p.Size, text(strings.Join(p.Signatures, " ")), text(p.CA)); err != nil {
				return err
			}
		}
		for _, p := range paths {
			for _, r := range p.References {
				if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO Refs (referrer, reference) VALUES (?, ?)`, ids[p.Path], ids[r]); err != nil {
					return err
				}
			}
		}
		return tx.Commit()
	})
}

// sameStore sees that each path of a store that a system needs has the digest that its database says.
func sameStore(ctx context.Context, root Files, toplevel string) error {
	if _, err := completeClosure(ctx, root, "the side root", toplevel); err != nil {
		return err
	}
	image, err := readWhole(root, databaseAt, databaseLimit)
	if err != nil {
		return err
	}
	sums := map[string]string{}
	err = queryImage(ctx, image, `SELECT path, hash FROM ValidPaths`, func(row *sql.Rows) error {
		var name, sum string
		err := row.Scan(&name, &sum)
		sums[name] = sum
		return err
	})
	if err != nil {
		return err
	}
	for name, want := range sums {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !storePath.MatchString(name) {
			return fmt.Errorf("%q is no path of the Nix store", name)
		}
		sum := sha256.New()
		if err := nar.Write(sum, storeTree{root, name}); err != nil {
			return err
		}
		if got := "sha256:" + hex.EncodeToString(sum.Sum(nil)); got != want {
			return fmt.Errorf("%s: its digest is %s, not %s", name, got, want)
		}
	}
	return nil
}

// storeTree are the files below a path of the store.
type storeTree struct {
	files Files
	at    string
}

// Lstat implements nar.Tree.
func (t storeTree) Lstat(name string) (fs.FileInfo, error) {
	return t.files.Lstat(path.Join(t.at, name))
}

// Names implements nar.Tree.
func (t storeTree) Names(folder string) ([]string, error) {
	entries, err := t.files.ReadDir(path.Join(t.at, folder))
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	slices.SortFunc(names, func(a, b string) int { return bytes.Compare([]byte(a), []byte(b)) })
	return names, err
}

// Readlink implements nar.Tree.
func (t storeTree) Readlink(name string) (string, error) {
	return t.files.Readlink(path.Join(t.at, name))
}

// Open implements nar.Tree.
func (t storeTree) Open(name string) (io.ReadCloser, error) {
	return t.files.OpenFile(path.Join(t.at, name), readOnly, 0)
}

// smallTexts are the folders, links and small files of a closure, by their names.
type smallTexts map[string]smallText

// smallText is one of them; text is the target of a link.
type smallText struct {
	mode fs.FileMode
	text string
}

// packedText reads a small file of a closure that is packed, links followed.
func packedText(ctx context.Context, e *Env, source packed, name string) (string, error) {
	paths, err := source.list(ctx, e)
	if err != nil {
		return "", err
	}
	texts := smallTexts{}
	for at := "/nix/store"; at != "/"; at = path.Dir(at) {
		texts[at] = smallText{mode: fs.ModeDir}
	}
	err = source.unpack(ctx, e, paths, func(p nar.Path) (nar.Sink, error) { return smallSink{texts, p.Path}, nil })
	if err != nil {
		return "", err
	}
	if name, err = resolve(texts, name); err != nil {
		return "", err
	}
	if t := texts[name]; t.mode.IsRegular() {
		return t.text, nil
	}
	return "", &fs.PathError{Op: "read", Path: name, Err: errors.New("no regular file")}
}

// smallSink takes the small texts of the store path at.
type smallSink struct {
	texts smallTexts
	at    string
}

// Folder implements nar.Sink.
func (s smallSink) Folder(name string) error {
	s.texts[path.Join(s.at, name)] = smallText{mode: fs.ModeDir}
	return nil
}

// File implements nar.Sink. Large files have no text.
func (s smallSink) File(name string, _ bool, size int64, content io.Reader) error {
	var text []byte
	if size <= maxText {
		var err error
		if text, err = io.ReadAll(content); err != nil {
			return err
		}
	}
	s.texts[path.Join(s.at, name)] = smallText{text: string(text)}
	return nil
}

// Link implements nar.Sink.
func (s smallSink) Link(name, target string) error {
	s.texts[path.Join(s.at, name)] = smallText{mode: fs.ModeSymlink, text: target}
	return nil
}

// Lstat implements linkTree.
func (t smallTexts) Lstat(name string) (fs.FileInfo, error) {
	text, ok := t[name]
	if !ok {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	return text, nil
}

// Readlink implements linkTree.
func (t smallTexts) Readlink(name string) (string, error) { return t[name].text, nil }

// Name implements fs.FileInfo, as do those that follow; nobody asks for more than the mode.
func (smallText) Name() string        { return "" }
func (t smallText) Size() int64       { return int64(len(t.text)) }
func (t smallText) Mode() fs.FileMode { return t.mode }
func (smallText) ModTime() time.Time  { return time.Time{} }
func (t smallText) IsDir() bool       { return t.mode.IsDir() }
func (smallText) Sys() any            { return nil }
