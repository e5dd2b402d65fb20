// Package documents renders what is neither a report nor Nix: the definitions of
// guests in the form that their manager reads. It is pure, and each form has a
// package of its own that knows how its texts are escaped.
package documents

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/pve2nix/pve2nix/engine/incus"
	"github.com/pve2nix/pve2nix/engine/libvirt"
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
	{"instances", ".yaml", incus.Render},
	{"domains", ".xml", libvirt.RenderDomain},
	{"networks", ".xml", libvirt.RenderNetwork},
	{"keys", ".xml", libvirt.RenderSecret},
	{"pools", ".xml", libvirt.RenderPool},
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
// An element that is a set with one key is a line of the key below: {"deny": "a"} of lxc.cgroup2.devices is
// lxc.cgroup2.devices.deny = a, so that lines of different keys keep the order in which LXC has to read them.
// What is included comes first: everything else adds to it or takes its place.
func lxc(_ string, tree map[string]any) ([]byte, error) {
	keys := make([]string, 0, len(tree))
	for key := range tree {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		if first := keys[i] == "lxc.include"; first != (keys[j] == "lxc.include") {
			return first
		}
		return keys[i] < keys[j]
	})
	var b strings.Builder
	for _, key := range keys {
		values, ok := tree[key].([]any)
		if !ok {
			values = []any{tree[key]}
		}
		for i, v := range values {
			if err := lxcLine(&b, key, v); err != nil {
				return nil, fmt.Errorf("/%s/%d: %w", key, i, err)
			}
		}
	}
	return []byte(b.String()), nil
}

func lxcLine(b *strings.Builder, key string, value any) error {
	if below, ok := value.(map[string]any); ok {
		if len(below) != 1 {
			return fmt.Errorf("want a set of one key, have %d", len(below))
		}
		for k, v := range below {
			key, value = key+"."+k, v
		}
	}
	if !lxcKey.MatchString(key) {
		return fmt.Errorf("%q: no key of lxc.container.conf(5)", key)
	}
	switch value.(type) {
	case string, bool, float64, int, int64, fmt.Stringer: // json.Number is a Stringer
	default:
		return fmt.Errorf("%T is no value of a line", value)
	}
	line := fmt.Sprint(value)
	if strings.ContainsAny(line, "\n\r\x00") {
		return errors.New("a value may not hold a line's end")
	}
	b.WriteString(key + " = " + line + "\n")
	return nil
}

var lxcKey = regexp.MustCompile(`^lxc(\.[A-Za-z0-9_-]+)+$`)
