package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"github.com/pve2nix/pve2nix/reports"
)

// writeAll writes the outputs below a folder: all are complete on disk before
// the first one replaces an old file, so that a full disk leaves the old ones.
// Modules of a host that are no longer generated are removed; nothing else is.
func writeAll(dir string, files []reports.File) error {
	var pending []*renameio.PendingFile
	defer func() {
		for _, p := range pending {
			_ = p.Cleanup() // does nothing after a replacement
		}
	}()
	keep := map[string][]string{}
	for _, f := range files {
		target := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return fmt.Errorf("write outputs: %w", err)
		}
		p, err := renameio.NewPendingFile(target, renameio.WithTempDir(filepath.Dir(target)), renameio.WithPermissions(0o644))
		if err != nil {
			return fmt.Errorf("write outputs: %w", err)
		}
		pending = append(pending, p)
		if _, err := p.Write(f.Content); err != nil {
			return fmt.Errorf("write %s: %w", target, err)
		}
		folder := path.Dir(f.Path)
		keep[folder] = append(keep[folder], path.Base(f.Path))
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
