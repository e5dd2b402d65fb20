package evaluate

import (
	"slices"
	"strings"
)

// withoutProvided leaves out installed packages that a
// module puts there anyway, because the option that the catalog's table
// module_packages names is true on this host.
func (e *Engine) withoutProvided(settings []Setting) []Setting {
	on, installed := map[string]bool{}, e.Catalog.Option("packages")
	for _, s := range settings {
		if s.Value == true {
			on[strings.Join(s.Option, ".")] = true
		}
	}
	provided := func(item any) bool {
		ref, _ := item.(map[string]any)
		list, _ := ref["_ref"].([]any)
		if len(list) != 2 || list[0] != "pkgs" {
			return false
		}
		attr, _ := list[1].(string)
		option, _ := e.Catalog.Tables["module_packages"][attr].(string)
		return on[option]
	}
	var out []Setting
	for _, s := range settings {
		if list, ok := s.Value.([]any); ok && slices.Equal(s.Option, installed) {
			left := slices.DeleteFunc(slices.Clone(list), provided)
			if len(list) > 0 && len(left) == 0 {
				continue
			}
			s.Value = left
		}
		out = append(out, s)
	}
	return out
}
