package evaluate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/incus"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// formsTable is the table of the catalog that says which options hold what another program reads, and in which form.
const formsTable = "option_forms"

// forms hold the value of an option against what reads it.
var forms = map[string]func(tree map[string]any, tables incus.Tables) error{
	"incus-preseed": incus.CheckPreseed,
}

// checkDocument holds the names in a document against those that its manager has: Incus refuses an instance for one
// wrong key.
func checkDocument(d Document, tables map[string]map[string]any) error {
	if d.Kind != "instances" {
		return nil
	}
	return incus.CheckInstance(d.Tree(), tables)
}

// checkForms leaves out the options that what reads them would refuse as a whole.
func (e *Engine) checkForms(out *policy.Result) []partial {
	var left []partial
	for _, name := range sortedKeys(e.Catalog.Tables[formsTable]) {
		option, check, err := e.form(name)
		var pieces []Setting
		p := partial{what: "option " + name, set: "settings"}
		for _, s := range out.Settings {
			if err != nil || !slices.Equal(s.Option[:min(len(s.Option), len(option))], option[:min(len(s.Option), len(option))]) {
				continue
			}
			for _, leaf := range leavesOf(s) {
				if len(leaf.Option) > len(option) && slices.Equal(leaf.Option[:len(option)], option) {
					pieces = append(pieces, Setting{Option: leaf.Option[len(option):], Value: leaf.Value, By: s.Rule, At: s.At})
					p.add(s.Rule, nil)
				}
			}
		}
		if len(pieces) == 0 {
			continue
		}
		merged, err := Merge(pieces)
		if err != nil {
			continue // two rules disagree on an option, which is said where options are merged
		}
		if p.err = check(Document{Parts: merged}.Tree(), e.Catalog.Tables); p.err != nil {
			p.at = withoutOption(out, option)
			p.first()
			left = append(left, p)
		}
	}
	return left
}

// form is an option of the table of forms, and how it is checked.
func (e *Engine) form(name string) ([]string, func(map[string]any, incus.Tables) error, error) {
	word, _ := e.Catalog.Tables[formsTable][name].(string)
	check, ok := forms[word]
	if !ok {
		return nil, nil, fmt.Errorf("tables.%s: %s has the form %q, want %s", formsTable, name, word, strings.Join(sortedKeys(forms), ", "))
	}
	option, err := nixos.Split(name)
	return option, check, err
}

// checkOptionForms holds all that is set of an option against its form, where entries of the catalog set some of it, too.
func (e *Engine) checkOptionForms(options []Leaf) error {
	for _, name := range sortedKeys(e.Catalog.Tables[formsTable]) {
		option, check, err := e.form(name)
		if err != nil {
			return err
		}
		option = e.Catalog.Spell(option, e.Release)
		d, by := Document{}, []string{}
		for _, leaf := range options {
			if len(leaf.Option) > len(option) && slices.Equal(leaf.Option[:len(option)], option) {
				d.Parts = append(d.Parts, Leaf{Option: leaf.Option[len(option):], Value: leaf.Value})
				by = append(by, leaf.By...)
			}
		}
		if err := check(d.Tree(), e.Catalog.Tables); err != nil {
			return &policy.Error{List: []string{fmt.Sprintf("option %s: %s: %v", name, strings.Join(by, ", "), err)}}
		}
	}
	return nil
}
