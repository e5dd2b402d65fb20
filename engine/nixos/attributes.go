package nixos

import (
	"io/fs"
	"slices"
	"strings"
)

// Attributes are the top-level names of nixpkgs in the oldest release.
type Attributes struct{ names []string }

// ReadAttributes reads no more than the names of packages of the indexes below fsys.
func ReadAttributes(fsys fs.FS) (Attributes, error) {
	names, err := readLines(fsys, attributesFile)
	return Attributes{names}, err
}

// Has tells whether nixpkgs has a package of this attribute path. Of sets within nixpkgs only the name is known.
func (a Attributes) Has(path string) bool {
	top, _, _ := strings.Cut(path, ".")
	_, ok := slices.BinarySearch(a.names, top)
	return ok
}
