package evaluate

import (
	"errors"
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
	// text is what Render gave.
	text []byte
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

// Render is the text of the document in the form of its kind.
func (d Document) Render() ([]byte, error) {
	if d.text != nil {
		return d.text, nil
	}
	kind, ok := documents.Find(d.Kind)
	if !ok {
		return nil, fmt.Errorf("document kind %q is none", d.Kind)
	}
	text, err := kind.Render(d.Name, d.Tree())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.File, err)
	}
	return text, nil
}

// documentOf merges the parts of one document, as options are merged, and makes sure that it can be written and that its
// manager takes its names.
func documentOf(parts []policy.Part, tables map[string]map[string]any) (Document, error) {
	name := parts[0].Document
	if what := documents.Check(name); what != "" {
		return Document{}, errors.New(what)
	}
	pieces := make([]Setting, len(parts))
	for i, p := range parts {
		pieces[i] = Setting{Option: p.Path, Value: p.Value, By: p.Rule, At: p.At}
	}
	merged, err := Merge(pieces)
	if err != nil {
		return Document{}, err
	}
	kind, _ := documents.Find(name[0])
	d := Document{Kind: name[0], Name: name[1], File: kind.File(name[1]), Parts: merged}
	if err := checkDocument(d, tables); err != nil {
		return d, err
	}
	d.text, err = d.Render()
	return d, err
}

// checkPaths holds the paths of option values against the documents that are there.
func checkPaths(leaves []Leaf, list []Document) error {
	for _, leaf := range leaves {
		if missing := missingPath(leaf.Value, list); missing != "" {
			return &policy.Error{List: []string{fmt.Sprintf("option %s: %s sets the path %q, which is no document of the host", strings.Join(leaf.Option, "."), strings.Join(leaf.By, ", "), missing)}}
		}
	}
	return nil
}

// missingPath is a path in a value that leads to no document; "" where none does.
func missingPath(value any, list []Document) (missing string) {
	visitPaths(value, func(p string) {
		file, ok := strings.CutPrefix(p, "./")
		if !ok || !slices.ContainsFunc(list, func(d Document) bool { return d.File == file }) {
			missing = p
		}
	})
	return missing
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
