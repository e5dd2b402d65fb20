// Package documents renders what is neither a report nor Nix: the definitions of
// guests in the form that their manager reads. It is pure, and each form has a
// package of its own that knows how its texts are escaped.
package documents

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// Kind is a kind of documents.
type Kind struct {
	// Folder is the first part of the name of a document: below hosts/<host> it is a folder.
	Folder string
	// Extension is the end of the file name, with its dot.
	Extension string
	// Render gives the text of a document from its tree, which is JSON: sets, lists, text, numbers, truth. An error names
	// the place in the tree.
	Render func(name string, tree map[string]any) ([]byte, error)
}

// Kinds are all kinds, by folder.
var Kinds = []Kind{
	{"containers", ".conf", lxc},
}

// Find finds the kind of a document.
func Find(folder string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Folder == folder })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// plainName is a name that is a file on any system and a word in any shell.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Check says what is wrong with the name of a document; "" where nothing is.
func Check(document []string) string {
	if len(document) != 2 {
		return fmt.Sprintf("document %q: want a kind and a name", document)
	}
	if _, ok := Find(document[0]); !ok {
		var folders []string
		for _, k := range Kinds {
			folders = append(folders, k.Folder)
		}
		return fmt.Sprintf("document kind %q: want %s", document[0], strings.Join(folders, ", "))
	}
	if !plainName.MatchString(document[1]) {
		return fmt.Sprintf("document name %q: want letters, digits, dots, dashes and underscores", document[1])
	}
	return ""
}

// File is where a document lies, below hosts/<host>.
func (k Kind) File(name string) string { return path.Join(k.Folder, name+k.Extension) }

// lxc writes a configuration of lxc.container.conf(5): a key and its value a line, a list as one line for each element.
func lxc(_ string, tree map[string]any) ([]byte, error) {
	keys := make([]string, 0, len(tree))
	for key := range tree {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	var b strings.Builder
	for _, key := range keys {
		if !lxcKey.MatchString(key) {
			return nil, fmt.Errorf("/%s: no key of lxc.container.conf(5)", key)
		}
		values, ok := tree[key].([]any)
		if !ok {
			values = []any{tree[key]}
		}
		for i, v := range values {
			switch v.(type) {
			case string, bool, float64, int, int64, fmt.Stringer: // json.Number is a Stringer
			default:
				return nil, fmt.Errorf("/%s/%d: %T is no value of a line", key, i, v)
			}
			line := fmt.Sprint(v)
			if strings.ContainsAny(line, "\n\r\x00") {
				return nil, fmt.Errorf("/%s/%d: a value may not hold a line's end", key, i)
			}
			b.WriteString(key + " = " + line + "\n")
		}
	}
	return []byte(b.String()), nil
}

var lxcKey = regexp.MustCompile(`^lxc(\.[A-Za-z0-9_-]+)+$`)
