package standin

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// DebianUnitsFile, beside a golden tree, names the units of Debian's own packages
// that the host has, one a line. A newer Debian may bring more; these are removed, so
// that the host stays what it was when it was captured.
const DebianUnitsFile = "debian-units"

// FailedUnitsFile, beside a golden tree, names the units that fail on the host, one a line in the order of their names.
const FailedUnitsFile = "failed-units"

// debianUnitDir is where Debian's packages have their units.
const debianUnitDir = "usr/lib/systemd/system"

// debianUnits are the names of the units in a root.
func debianUnits(root string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(root, debianUnitDir))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

// keepUnits removes all units of a root but those of the list.
func keepUnits(root, list string) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	wanted := strings.Fields(string(data))
	present, err := debianUnits(root)
	if err != nil {
		return err
	}
	for _, name := range wanted {
		if !slices.Contains(present, name) {
			return fmt.Errorf("%s: Debian no longer has %s", list, name)
		}
	}
	removed := map[string]bool{}
	for _, name := range present {
		removed[name] = !slices.Contains(wanted, name)
	}
	// The links in .wants directories go with the units.
	return filepath.WalkDir(filepath.Join(root, debianUnitDir), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !removed[entry.Name()] {
			return err
		}
		return os.Remove(path)
	})
}
