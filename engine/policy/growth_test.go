package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/schemas"
)

// grower makes the lists of a snapshot longer. A copy of an item has a name of
// its own, so that indexes grow too, and refers to the copies of the same turn.
type grower struct {
	defs map[string]any
	// depth says which lists: 0 those that are in no other, 1 those in one of these.
	depth int
	times int
	// names are all keys of items that are copied.
	names map[string]bool
}

// grown is a snapshot whose lists are so many times as long.
func grown(t testing.TB, tree map[string]any, times, depth int) map[string]any {
	t.Helper()
	var schema map[string]any
	if err := json.Unmarshal(schemas.Snapshot, &schema); err != nil {
		t.Fatal(err)
	}
	g := &grower{defs: schema["$defs"].(map[string]any), depth: depth, times: times, names: map[string]bool{}}
	g.collect(schema, tree)
	// The host stays one host, and what is known of it stays known.
	delete(g.names, tree["host"].(map[string]any)["name"].(string))
	out := g.object(schema, tree, 0)
	out["capture"], out["host"] = tree["capture"], tree["host"]
	return out
}

func (g *grower) rule(r any) map[string]any {
	rule := r.(map[string]any)
	if ref, ok := rule["$ref"].(string); ok {
		return g.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	return rule
}

// keys are the fields of an item that name it and are free to be anything.
func (g *grower) keys(rule map[string]any) []string {
	var out []string
	list, _ := rule["x-key"].([]any)
	for _, name := range list {
		if property := g.rule(rule["properties"].(map[string]any)[name.(string)]); property["enum"] == nil && !kinds[name.(string)] {
			out = append(out, name.(string))
		}
	}
	return out
}

// kinds are keys that say what a thing is, or where.
var kinds = map[string]bool{"arch": true, "daemon": true, "engine": true, "family": true, "kind": true, "node": true, "scope": true, "type": true, "version": true, "when": true}

func (g *grower) collect(rule map[string]any, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range g.keys(rule) {
			if s, ok := v[name].(string); ok && len(s) > 2 {
				g.names[s] = true
			}
		}
		properties, _ := rule["properties"].(map[string]any)
		for name, child := range v {
			if properties[name] != nil {
				g.collect(g.rule(properties[name]), child)
			}
		}
	case []any:
		for _, item := range v {
			g.collect(g.rule(rule["items"]), item)
		}
	}
}

func (g *grower) object(rule, o map[string]any, depth int) map[string]any {
	out := map[string]any{}
	properties := rule["properties"].(map[string]any)
	for name, v := range o {
		property := g.rule(properties[name])
		switch v := v.(type) {
		case map[string]any:
			out[name] = g.object(property, v, depth)
		case []any:
			out[name] = g.list(property, v, depth)
		default:
			out[name] = v
		}
	}
	return out
}

func (g *grower) list(rule map[string]any, list []any, depth int) []any {
	item := g.rule(rule["items"])
	out := []any{}
	for _, v := range list {
		if o, ok := v.(map[string]any); ok {
			v = g.object(item, o, depth+1)
		}
		out = append(out, v)
	}
	if depth != g.depth {
		return out
	}
	for turn := 1; turn < g.times; turn++ {
		for _, v := range out[:len(list)] {
			out = append(out, g.copied(item, v, turn, true))
		}
	}
	return out
}

var (
	ipv4 = regexp.MustCompile(`\b(\d+\.\d+\.)(\d+)(\.\d+)\b`)
	word = regexp.MustCompile(`[^ ,;=]+`)
)

// copied is an item of another turn; its key is its own.
func (g *grower) copied(rule map[string]any, v any, turn int, key bool) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		properties, _ := rule["properties"].(map[string]any)
		keys := g.keys(rule)
		for name, child := range v {
			property := map[string]any{}
			if properties[name] != nil {
				property = g.rule(properties[name])
			}
			switch n, number := child.(json.Number); {
			case number && key && slices.Contains(keys, name):
				i, err := strconv.Atoi(string(n))
				if err != nil {
					panic(err)
				}
				out[name] = json.Number(strconv.Itoa(i + 1000*turn))
			case property["enum"] != nil || property["const"] != nil:
				out[name] = child
			default:
				// Names inside an item that is copied as a whole stay: keys of a guest are keys of a guest.
				out[name] = g.copied(property, child, turn, false)
				if s, ok := child.(string); ok && key && slices.Contains(keys, name) && out[name] == s {
					out[name] = other(s, turn)
				}
			}
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, g.copied(g.rule(rule["items"]), item, turn, false))
		}
		return out
	case string:
		renamed := word.ReplaceAllStringFunc(v, func(w string) string {
			if g.names[w] {
				return other(w, turn)
			}
			return w
		})
		if renamed == v && key {
			return other(v, turn) // of a list of texts
		}
		return renamed
	}
	return v
}

// other is a name like another one: the same ending, the same folder.
func other(name string, turn int) string {
	if ipv4.MatchString(name) {
		return ipv4.ReplaceAllStringFunc(name, func(a string) string {
			m := ipv4.FindStringSubmatch(a)
			n, _ := strconv.Atoi(m[2])
			return m[1] + strconv.Itoa((n+17*turn)%256) + m[3]
		})
	}
	folder, base := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		folder, base = name[:i+1], name[i+1:]
	}
	if i := strings.LastIndexByte(base, '.'); i > 0 {
		return fmt.Sprintf("%s%sx%d%s", folder, base[:i], turn, base[i:])
	}
	return fmt.Sprintf("%s%sx%d", folder, base, turn)
}

func facts(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		n++
		for _, child := range v {
			n += facts(child)
		}
	case []any:
		for _, child := range v {
			n += facts(child)
		}
	}
	return n
}

// largest are the golden snapshots with the most facts.
func largest(t testing.TB, n int) []*snapshot.Document {
	t.Helper()
	docs := golden(t)
	slices.SortFunc(docs, func(x, y *snapshot.Document) int { return facts(y.Tree) - facts(x.Tree) })
	return docs[:n]
}

// A rule that looks at one list for every item of another takes four times as
// many evaluations when both are twice as long. Both sides are grown, so that a
// loop that finds something for the first time is no growth.
const (
	growthOnce  = 3
	growthTwice = 2 * growthOnce
	growthLimit = 2.6
	growthRest  = 400
)

// No rule is quadratic.
func TestNoRuleIsQuadratic(t *testing.T) {
	testhosts.Whole(t)
	p, err := Compile(context.Background(), builtin(t), Options{Data: data(t), Lock: lockOf(t)})
	if err != nil {
		t.Fatal(err)
	}
	evaluations := func(tree map[string]any) map[string]int {
		_, profile, err := p.Profile(context.Background(), tree)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]int{}
		for _, c := range profile {
			out[c.Package] = c.Evaluations
		}
		return out
	}
	for _, doc := range largest(t, 4) {
		for depth, lists := range []string{"lists", "lists in lists"} {
			once, twice := evaluations(grown(t, doc.Tree, growthOnce, depth)), evaluations(grown(t, doc.Tree, growthTwice, depth))
			for _, name := range slices.Sorted(maps.Keys(twice)) {
				if most := growthLimit*float64(once[name]) + growthRest; float64(twice[name]) > most {
					t.Errorf("%s: %s twice as long: %s evaluates %d expressions instead of %d", doc.Tree["host"].(map[string]any)["name"], lists, name, twice[name], once[name])
				}
			}
		}
	}
}

// The grown snapshot is really so much larger, and its names are not all the same.
func TestGrownSnapshot(t *testing.T) {
	for _, doc := range largest(t, 3) {
		tree := grown(t, doc.Tree, 10, 0)
		if n := facts(tree) / facts(doc.Tree); n < 6 || n > 10 {
			t.Errorf("%d times the facts", n)
		}
		names := map[any]bool{}
		packages := tree["packages"].([]any)
		for _, p := range packages {
			names[fmt.Sprint(p.(map[string]any)["name"], p.(map[string]any)["arch"])] = true
		}
		if len(names) < len(packages)*9/10 || len(packages) != 10*len(doc.Tree["packages"].([]any)) {
			t.Errorf("%d names of %d packages", len(names), len(packages))
		}
	}
}

// lockOf is a lock of the built-in rules as they are now.
func lockOf(t testing.TB) string {
	t.Helper()
	lock, err := Lock(builtin(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(lock)
}

// BenchmarkGrowth asks all rules about the largest golden host, and about the
// same with lists ten times as long: at most twelve times the time.
func BenchmarkGrowth(b *testing.B) {
	p, err := Compile(context.Background(), builtin(b), Options{Data: data(b), Lock: lockOf(b)})
	if err != nil {
		b.Fatal(err)
	}
	tree := largest(b, 1)[0].Tree
	trees := map[string]map[string]any{"1 as it is": tree, "2 tenfold lists": grown(b, tree, 10, 0), "3 tenfold lists in lists": grown(b, tree, 10, 1)}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Evaluate(context.Background(), trees[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
