package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/google/renameio/v2"

	"github.com/pve2nix/pve2nix/reports"
)

// stage writes a file beside its target, complete and on disk.
func stage(target string, content []byte) (*renameio.PendingFile, error) {
	p, err := renameio.NewPendingFile(target, renameio.WithTempDir(filepath.Dir(target)), renameio.WithPermissions(0o644))
	if err != nil {
		return nil, fmt.Errorf("write outputs: %w", err)
	}
	if _, err := p.Write(content); err != nil {
		return p, fmt.Errorf("write %s: %w", target, err)
	}
	if err := p.Sync(); err != nil {
		return p, fmt.Errorf("write %s: %w", target, err)
	}
	return p, nil
}

// ownFolder refuses a folder below dir that is a link: what is written into it
// would land somewhere else.
func ownFolder(dir, folder string) error {
	for at := folder; at != "."; at = path.Dir(at) {
		name := filepath.Join(dir, filepath.FromSlash(at))
		if info, err := os.Lstat(name); err == nil && !info.IsDir() {
			return &inputError{fmt.Errorf("%s: not a directory of its own", name)}
		}
	}
	return nil
}

// canReplace refuses a target that a file cannot take the place of.
func canReplace(dir, file string) error {
	name := filepath.Join(dir, filepath.FromSlash(file))
	if info, err := os.Lstat(name); err == nil && info.IsDir() {
		return &inputError{fmt.Errorf("%s: is a directory", name)}
	}
	return nil
}

// writtenFile lists, in the folder of the outputs, what eval wrote there.
const writtenFile = ".pve2nix-outputs.json"

// writtenVersion is the value of its field "schema".
const writtenVersion = "pve2nix.outputs/v1"

// writtenSize is the largest such list that is read, in bytes.
const writtenSize = 16 << 20

// written is what eval wrote into a folder.
type written struct {
	Schema string `json:"schema"`
	// Complete is false while files are replaced: where it stays so, they may be of two runs.
	Complete bool `json:"complete"`
	// Files are the digests of the files by their path.
	Files map[string]string `json:"files"`
}

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// readWritten reads the list of an earlier run; a folder without one has none of its files.
func readWritten(dir string) (written, error) {
	var w written
	name := filepath.Join(dir, writtenFile)
	text, err := readBounded(func() (*os.File, error) { return os.OpenFile(name, readOnly, 0) }, name, writtenSize)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return w, fmt.Errorf("read outputs: %w", err)
	}
	if len(text) > writtenSize || json.Unmarshal(text, &w) != nil || w.Schema != writtenVersion {
		return w, &inputError{fmt.Errorf("%s: not a list of outputs; remove it, and files of earlier runs are left alone", name)}
	}
	maps.DeleteFunc(w.Files, func(file, _ string) bool { return !filepath.IsLocal(file) || path.Clean(file) != file })
	return w, nil
}

func (w written) write(dir string) error {
	text, err := json.MarshalIndent(w, "", " ")
	if err != nil {
		return fmt.Errorf("write outputs: %w", err)
	}
	if err := renameio.WriteFile(filepath.Join(dir, writtenFile), append(text, '\n'), 0o644, renameio.WithTempDir(dir)); err != nil {
		return fmt.Errorf("write outputs: %w", err)
	}
	return nil
}

// writeAll writes the outputs below a folder. All are complete on disk before the first one replaces an old file, so that
// a full disk leaves the old ones. The list of what is written is there before the first and says so until the last one
// is in its place. Of an earlier run, files that are no longer written are removed, if they are as they were written;
// those that somebody changed are named, and nothing else is touched.
func writeAll(dir string, files []reports.File) (left []string, err error) {
	pending := make([]*renameio.PendingFile, len(files))
	errs := make([]error, len(files))
	defer func() {
		for _, p := range pending {
			if p != nil {
				_ = p.Cleanup() // does nothing after a replacement
			}
		}
	}()
	now := written{Schema: writtenVersion, Files: map[string]string{}}
	for _, f := range files {
		folder := path.Dir(f.Path)
		if err := ownFolder(dir, folder); err != nil {
			return nil, err
		}
		now.Files[f.Path] = digestOf(f.Content)
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(folder)), 0o755); err != nil {
			return nil, fmt.Errorf("write outputs: %w", err)
		}
	}
	for _, f := range files {
		if err := canReplace(dir, f.Path); err != nil {
			return nil, err
		}
	}
	if err := canReplace(dir, writtenFile); err != nil {
		return nil, err
	}
	before, err := readWritten(dir)
	if err != nil {
		return nil, err
	}
	var workers sync.WaitGroup
	for i, f := range files {
		workers.Go(func() { pending[i], errs[i] = stage(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Content) })
	}
	workers.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	both := written{Schema: writtenVersion, Files: maps.Clone(before.Files)}
	if both.Files == nil {
		both.Files = map[string]string{}
	}
	maps.Copy(both.Files, now.Files)
	if err := both.write(dir); err != nil {
		return nil, err
	}
	for i, p := range pending {
		if err := p.CloseAtomicallyReplace(); err != nil {
			return nil, fmt.Errorf("write %s: %w; %d of %d outputs in %s are new, the others of an earlier run", files[i].Path, err, i, len(files), dir)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(before.Files)) {
		if _, again := now.Files[file]; again {
			continue
		}
		gone, err := removeWritten(dir, file, before.Files[file])
		if err != nil {
			return nil, err
		}
		if !gone {
			left = append(left, file)
		}
	}
	now.Complete = true
	return left, now.write(dir)
}

// removeWritten removes a file that an earlier run wrote, and the folders that are empty without it. It tells whether the
// file is gone: what is not as it was written belongs to somebody else by now.
func removeWritten(dir, file, digest string) (bool, error) {
	if ownFolder(dir, path.Dir(file)) != nil {
		return false, nil
	}
	name := filepath.Join(dir, filepath.FromSlash(file))
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("remove what an earlier run wrote: %w", err)
	}
	if !info.Mode().IsRegular() {
		return false, nil
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return false, fmt.Errorf("remove what an earlier run wrote: %w", err)
	}
	if digestOf(content) != digest {
		return false, nil
	}
	if err := os.Remove(name); err != nil {
		return false, fmt.Errorf("remove what an earlier run wrote: %w", err)
	}
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		if os.Remove(filepath.Join(dir, filepath.FromSlash(folder))) != nil {
			break // not empty
		}
	}
	return true, nil
}

// overlayFS is a folder of rules or entries: what is no regular file, such as a pipe that nobody writes into, is refused.
type overlayFS struct{ fs.FS }

func overlay(dir string) fs.FS { return overlayFS{os.DirFS(dir)} }

// Open opens folders and regular files.
func (o overlayFS) Open(name string) (fs.File, error) {
	info, err := fs.Stat(o.FS, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	return o.FS.Open(name)
}
