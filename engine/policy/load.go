package policy

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Load reads all .rego files below a folder; label is what errors put before their paths.
func Load(fsys fs.FS, label string) ([]Module, error) {
	var modules []Module
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".rego") {
			return err
		}
		text, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		modules = append(modules, Module{path.Join(label, p), string(text)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", label, err)
	}
	return modules, nil
}
