// Package hostile puts text that would do something, were it ever taken for more than text, into the facts of hosts. Only
// tests and checks use it.
package hostile

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/schemas"
)

// Aborted is what an evaluation says in which one of Texts was taken for Nix; none of them holds it as it stands.
const Aborted = "TEXTOFAFACTWASEVALUATED"

// Mark is in each of Texts. What aborts cannot be caught, as what throws can.
const Mark = `abort ("TEXTOFAFACT" + "WASEVALUATED")`

// Texts break out of what a careless printer would put around them: texts of both kinds, comments, paths, names, and the
// forms beside Nix.
var Texts = []string{
	`${builtins.` + Mark + `}`,
	`'' + builtins.` + Mark + ` + ''`,
	`''${builtins.` + Mark + `}`,
	`" + builtins.` + Mark + ` + "`,
	`\${builtins.` + Mark + `}`,
	`'''${builtins.` + Mark + `}''\${builtins.` + Mark + `}`,
	"\n${builtins." + Mark + "}\n''; x = builtins." + Mark + "; y = ''\n",
	"\nbuiltins." + Mark + "\n",
	"*/ builtins." + Mark + " /*",
	"../../${builtins." + Mark + "}/.",
	"a = b;\n} // builtins." + Mark + " // {\n",
	"]]><evil/>&quot;<!-- --><?x?>${builtins." + Mark + "}",
	"$(id)`id`;id|id&id\r\n\t\x1b[31m\u2028${builtins." + Mark + "}",
	`%n %s {name} $${builtins.` + Mark + `}`,
}

// Plant gives a copy of a snapshot in which change has taken the place of every string that the schema leaves free, in an
// order that is always the same, and how many these are.
func Plant(tree any, change func(value string) string) (any, int, error) {
	var schema map[string]any
	if err := json.Unmarshal(schemas.Snapshot, &schema); err != nil {
		return nil, 0, fmt.Errorf("schema of snapshots: %w", err)
	}
	p := planter{defs: schema["$defs"].(map[string]any), change: change}
	return p.plant(schema, tree), p.planted, nil
}

type planter struct {
	defs    map[string]any
	change  func(string) string
	planted int
}

func (p *planter) plant(rule map[string]any, v any) any {
	if ref, ok := rule["$ref"].(string); ok {
		rule = p.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	switch v := v.(type) {
	case map[string]any:
		properties := rule["properties"].(map[string]any)
		out := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out[key] = p.plant(properties[key].(map[string]any), v[key])
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = p.plant(rule["items"].(map[string]any), v[i])
		}
		return out
	case string:
		if rule["enum"] != nil || rule["const"] != nil || rule["format"] != nil {
			return v
		}
		changed := p.change(v)
		if changed != v {
			p.planted++
		}
		return changed
	}
	return v
}

// Everywhere appends the texts in turn to all strings.
func Everywhere() func(string) string {
	n := -1
	return func(value string) string {
		n++
		return value + Texts[n%len(Texts)]
	}
}

// HereAndThere changes one string in so many, chosen by the seed: it gets a text behind, before or instead of what it says, so that
// what is around it stays what rules know.
func HereAndThere(seed uint64, oneIn int) func(string) string {
	r := rand.New(rand.NewPCG(seed, 0))
	return func(value string) string {
		if r.IntN(oneIn) > 0 {
			return value
		}
		text := Texts[r.IntN(len(Texts))]
		switch r.IntN(4) {
		case 0:
			return text
		case 1:
			return text + value
		}
		return value + text
	}
}
