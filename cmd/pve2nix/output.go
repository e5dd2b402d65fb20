package main

import (
	"errors"
	"fmt"
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

// writeAll writes the outputs below a folder: all are complete on disk before
// the first one replaces an old file, so that a full disk leaves the old ones.
// Modules of a host that are no longer generated are removed; nothing else is.
func writeAll(dir string, files []reports.File) error {
	pending := make([]*renameio.PendingFile, len(files))
	errs := make([]error, len(files))
	defer func() {
		for _, p := range pending {
			if p != nil {
				_ = p.Cleanup() // does nothing after a replacement
			}
		}
	}()
	keep := map[string][]string{}
	for _, f := range files {
		folder := path.Dir(f.Path)
		if err := ownFolder(dir, folder); err != nil {
			return err
		}
		keep[folder] = append(keep[folder], path.Base(f.Path))
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(folder)), 0o755); err != nil {
			return fmt.Errorf("write outputs: %w", err)
		}
	}
	for _, f := range files {
		if err := canReplace(dir, f.Path); err != nil {
			return err
		}
	}
	var workers sync.WaitGroup
	for i, f := range files {
		workers.Go(func() { pending[i], errs[i] = stage(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Content) })
	}
	workers.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for i, p := range pending {
		if err := p.CloseAtomicallyReplace(); err != nil {
			return fmt.Errorf("write %s: %w", files[i].Path, err)
		}
	}
	for folder, current := range keep {
		if ok, _ := path.Match("nix/hosts/*", folder); !ok {
			continue
		}
		for _, module := range reports.Modules {
			if name := module + ".nix"; !slices.Contains(current, name) {
				if err := os.Remove(filepath.Join(dir, filepath.FromSlash(folder), name)); err != nil && !os.IsNotExist(err) {
					return fmt.Errorf("remove stale module: %w", err)
				}
			}
		}
	}
	return nil
}
