package evaluate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/documents"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// Document is the definition of a guest, or of what it needs, for its manager.
type Document struct {
	// Kind and Name are those of the engine's documents: domains, 100.
	Kind string `json:"kind"`
	Name string `json:"name"`
	// File is where it lies, below nix/hosts/<host>.
	File string `json:"file"`
	// Parts are its merged pieces, sorted by path.
	Parts []Leaf `json:"parts"`
}

// Tree is the document as one value.
func (d Document) Tree() map[string]any {
	tree := map[string]any{}
	for _, part := range d.Parts {
		node := tree
		for _, key := range part.Option[:len(part.Option)-1] {
			below, ok := node[key].(map[string]any)
			if !ok {
				below = map[string]any{}
				node[key] = below
			}
			node = below
		}
		node[part.Option[len(part.Option)-1]] = part.Value
	}
	return tree
}

// documentsOf merges the parts of each document, as options are merged.
func documentsOf(parts []policy.Part) ([]Document, error) {
	pieces := map[string][]Setting{}
	for _, p := range parts {
		if what := documents.Check(p.Document); what != "" {
			return nil, &policy.Error{List: []string{p.Rule + ": " + what}}
		}
		name := strings.Join(p.Document, "/")
		pieces[name] = append(pieces[name], Setting{Option: p.Path, Value: p.Value, By: p.Rule, At: p.At})
	}
	list := []Document{}
	for _, name := range sortedKeys(pieces) {
		merged, err := Merge(pieces[name])
		if err != nil {
			return nil, fmt.Errorf("document %s: %w", name, err)
		}
		folder, own, _ := strings.Cut(name, "/")
		kind, _ := documents.Find(folder)
		list = append(list, Document{Kind: folder, Name: own, File: kind.File(own), Parts: merged})
	}
	return list, nil
}

// checkPaths holds the paths of option values against the documents that are there.
func checkPaths(leaves []Leaf, list []Document) error {
	for _, leaf := range leaves {
		var missing string
		visitPaths(leaf.Value, func(p string) {
			file, ok := strings.CutPrefix(p, "./")
			if !ok || !slices.ContainsFunc(list, func(d Document) bool { return d.File == file }) {
				missing = p
			}
		})
		if missing != "" {
			return &policy.Error{List: []string{fmt.Sprintf("option %s: %s sets the path %q, which is no document of the host", strings.Join(leaf.Option, "."), strings.Join(leaf.By, ", "), missing)}}
		}
	}
	return nil
}

// visitPaths calls visit with every path in a value.
func visitPaths(v any, visit func(string)) {
	switch v := v.(type) {
	case map[string]any:
		if p, ok := v["_path"].(string); ok && len(v) == 1 {
			visit(p)
			return
		}
		for _, below := range v {
			visitPaths(below, visit)
		}
	case []any:
		for _, below := range v {
			visitPaths(below, visit)
		}
	}
}
