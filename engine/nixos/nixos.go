// Package nixos knows which options and packages NixOS has: it reads the indexes
// of catalog/nixos, which are made from the manuals of the releases. It knows what
// there is, not what it means; that is in rules/ and catalog/.
package nixos

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// The indexes: names of the oldest release that the catalog has, those of the newest that there is, and those of
// modules from outside nixpkgs. What lies between two releases is in one of both.
const (
	oldestOptions  = "nixos/options-24.11.txt.gz"
	newestOptions  = "nixos/options-26.05pre.txt.gz"
	moduleOptions  = "nixos/options-proxmox-nixos.txt.gz"
	attributesFile = "nixos/attributes-24.11.txt.gz"
)

// Oldest is the release whose options and packages are indexed in full.
const Oldest = "24.11"

// Index says which options and packages there are.
type Index struct {
	oldest, newest, modules *Options
	hidden                  map[string]bool
	attributes              []string
}

// Read reads the indexes below fsys.
func Read(fsys fs.FS) (*Index, error) {
	i := &Index{hidden: map[string]bool{}}
	var trees [3]*Options
	var errs [4]error
	var workers sync.WaitGroup
	hidden := make([]map[string]bool, 3)
	for n, name := range []string{oldestOptions, newestOptions, moduleOptions} {
		workers.Go(func() { trees[n], hidden[n], errs[n] = readOptions(fsys, name) })
	}
	workers.Go(func() { i.attributes, errs[3] = readLines(fsys, attributesFile) })
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	i.oldest, i.newest, i.modules, i.hidden = trees[0], trees[1], trees[2], hidden[0]
	return i, nil
}

func readLines(fsys fs.FS, name string) ([]string, error) {
	packed, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	text, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var lines []string
	scanner := bufio.NewScanner(text)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return lines, nil
}

// readOptions reads lines of an option's name, a tab and its type; one that is renamed, removed or internal begins with an exclamation mark.
func readOptions(fsys fs.FS, name string) (*Options, map[string]bool, error) {
	lines, err := readLines(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	root := &Options{}
	hidden := map[string]bool{}
	for n, line := range lines {
		option, kind, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, nil, fmt.Errorf("%s:%d: no tab", name, n+1)
		}
		if option, internal := strings.CutPrefix(option, "!"); internal {
			hidden[option] = true
			continue
		}
		path, err := Split(option)
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		root.add(path, kind)
	}
	return root, hidden, nil
}

// Attribute tells whether nixpkgs has a package of this attribute path. Of sets within nixpkgs only the name is known.
func (i *Index) Attribute(path string) bool {
	return Attributes{i.attributes}.Has(path)
}

// Attributes are the top-level names of nixpkgs, sorted.
func (i *Index) Attributes() []string { return i.attributes }

// Missing says why an option cannot be set on a release, or nothing. path is spelled as in the oldest release, spelled as in
// the release itself; a part that is Any stands for one that is not known yet.
func (i *Index) Missing(release string, path, spelled []string) string {
	if i.modules.Has(path) {
		return ""
	}
	name := strings.Join(path, ".")
	if release == Oldest {
		switch {
		case i.hidden[name]:
			return fmt.Sprintf("NixOS %s has renamed or removed the option %s", release, name)
		case !i.oldest.Has(path):
			return fmt.Sprintf("NixOS %s has no option %s%s", release, name, i.oldest.nearest(path))
		}
		return ""
	}
	if !i.newest.Has(spelled) {
		return fmt.Sprintf("NixOS after %s has no option %s%s", Oldest, strings.Join(spelled, "."), i.newest.nearest(spelled))
	}
	return ""
}

// Kind is the type of an option in the oldest release, in the words of the manual; path may be a name with Any, which then is
// the part of the name that anybody chooses.
func (i *Index) Kind(path []string) (kind string, ok bool) {
	for _, tree := range []*Options{i.oldest, i.modules} {
		if o := tree.at(path); o != nil && o.option {
			return o.kind, true
		}
	}
	return "", false
}

// NewestKind is what the newest index says of the type of an option; it knows few more than text, number, list and set.
func (i *Index) NewestKind(spelled []string) (kind string, ok bool) {
	if o := i.newest.at(spelled); o != nil && o.option {
		return o.kind, true
	}
	return "", false
}

// Below are the parts that may follow the name of an option in the oldest release, sorted; Any where anybody chooses.
func (i *Index) Below(path []string) []string {
	var names []string
	for _, tree := range []*Options{i.oldest, i.modules} {
		if o := tree.at(path); o != nil {
			for name := range o.children {
				if name == anyName {
					name = Any
				}
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Type is the type of an option in the oldest release, as the manual has it; empty where there is none.
func (i *Index) Type(path []string) string {
	for _, tree := range []*Options{i.oldest, i.modules} {
		if kind, ok := tree.kindOf(path); ok {
			return kind
		}
	}
	return ""
}
