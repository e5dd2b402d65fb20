package evaluate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/incus"
	"github.com/pve2nix/pve2nix/engine/policy"
)

var preseed = []string{"virtualisation", "incus", "preseed"}

// checkIncus holds what Incus will be told against the names that its API has: it refuses an instance for one wrong key,
// and a preseed as a whole.
func checkIncus(options []Leaf, list []Document, tables map[string]map[string]any) error {
	for _, d := range list {
		if d.Kind != "instances" {
			continue
		}
		if err := incus.CheckInstance(d.Tree(), tables); err != nil {
			return &policy.Error{List: []string{fmt.Sprintf("document %s/%s: %s: %v", d.Kind, d.Name, strings.Join(d.by(), ", "), err)}}
		}
	}
	tree, by := map[string]any{}, []string{}
	for _, leaf := range options {
		if len(leaf.Option) == len(preseed)+1 && slices.Equal(leaf.Option[:len(preseed)], preseed) {
			tree[leaf.Option[len(preseed)]] = leaf.Value
			by = append(by, leaf.By...)
		}
	}
	if err := incus.CheckPreseed(tree, tables); err != nil {
		return &policy.Error{List: []string{fmt.Sprintf("option %s: %s: %v", strings.Join(preseed, "."), strings.Join(by, ", "), err)}}
	}
	return nil
}

// by names the rules that said parts of a document.
func (d Document) by() []string {
	var rules []string
	for _, p := range d.Parts {
		rules = append(rules, p.By...)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}
