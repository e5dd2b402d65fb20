package policy

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A profile counts what each package evaluates, the library apart from who asks
// it, and changes nothing about what rules say.
func TestProfileCountsByPackage(t *testing.T) {
	rule := func(name, body string) Module {
		return Module{"rules/area/" + name + "/" + name + ".rego", "# METADATA\n# scope: package\n# title: x\npackage rules.area." + name + "\n\n" + body + "\n"}
	}
	modules := []Module{
		{"rules/lib/numbers/numbers.rego", "package lib.numbers\n\nmany := [x | some x in input.list]\n"},
		rule("one", "import data.lib.numbers\n\nsettings contains {\"at\": [], \"option\": [\"one\"], \"value\": count(numbers.many)}"),
		rule("two", "import data.lib.numbers\n\nsettings contains {\"at\": [], \"option\": [\"two\"], \"value\": x} if {\n\tsome x in numbers.many\n\tx > 90\n\tx < 92\n}"),
	}
	p, err := Compile(context.Background(), modules, Options{})
	if err != nil {
		t.Fatal(err)
	}
	list := []any{}
	for i := range 100 {
		list = append(list, i)
	}
	facts := map[string]any{"list": list}
	want, err := p.Evaluate(context.Background(), facts)
	if err != nil {
		t.Fatal(err)
	}
	got, profile, err := p.Profile(context.Background(), facts)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	evaluations := map[string]int{}
	for _, c := range profile {
		evaluations[c.Package] = c.Evaluations
	}
	// one: the count. two: the list, 100 times greater, 9 times less. The library answers once: its rule and its loop.
	if evaluations["area/one"] > 5 || evaluations["area/two"] < 109 || evaluations["area/two"] > 115 || evaluations["lib/numbers"] > 5 || len(profile) != 3 {
		t.Errorf("got %v", profile)
	}
	var table bytes.Buffer
	if err := profile.Print(&table); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(table.String()), "\n"); len(lines) != 5 || !strings.HasSuffix(lines[4], "all 3 packages") {
		t.Errorf("got\n%s", &table)
	}
}
