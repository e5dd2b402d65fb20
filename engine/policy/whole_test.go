package policy

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What rules build is built once, however many keys a loop asks it for, and a
// key that is not in it costs a look-up too.
func TestWhatRulesBuildIsBuiltOnce(t *testing.T) {
	p := policyOf(t, `settings contains {"at": [], "option": ["a"], "value": [n | some n in input.ask; not _names[n]; not n in _set; not _objects[n][0]]}

_names[x] := true if some x in input.list

_set contains x if some x in input.list

_objects[x] contains i if some i, x in input.list`)
	evaluations := func(n int) int {
		list, ask := []any{}, []any{}
		for i := range n {
			list, ask = append(list, i), append(ask, n+i)
		}
		result, profile, err := p.Profile(context.Background(), map[string]any{"list": list, "ask": ask})
		if err != nil || len(result.Errors) > 0 {
			t.Fatal(err, result.Errors)
		}
		if d := cmp.Diff(n, len(result.Settings[0].Value.([]any))); d != "" {
			t.Error(d)
		}
		return profile[0].Evaluations
	}
	if once, tenfold := evaluations(100), evaluations(1000); tenfold > 11*once {
		t.Errorf("%d evaluations, and %d for lists ten times as long", once, tenfold)
	}
}

// A key that nobody asks for may be one that fails: that is no error, as it is
// none where each key is asked for by itself.
func TestKeysThatNobodyAsksForMayFail(t *testing.T) {
	p := policyOf(t, `settings contains {"at": [], "option": ["a"], "value": [_quotient[x] | some x in input.ask]}

_quotient[x] := 100 / x if some x in input.list`)
	for _, c := range []struct {
		ask  []any
		fail bool
	}{{ask: []any{1, 2, 4, 5, 10, 20}}, {ask: []any{1, 2, 4, 5, 10, 0}, fail: true}} {
		result, err := p.Evaluate(context.Background(), map[string]any{"list": []any{0, 1, 2, 4, 5, 10, 20}, "ask": c.ask})
		if err != nil {
			t.Fatal(err)
		}
		if c.fail != (len(result.Errors) == 1) || c.fail == (len(result.Settings) == 1) {
			t.Errorf("asked for %v: %v, %v", c.ask, result.Settings, result.Errors)
		}
	}
}

func policyOf(t *testing.T, body string) *Policy {
	t.Helper()
	p, err := Compile(context.Background(), []Module{{"rules/area/own/own.rego", "# METADATA\n# scope: package\n# title: x\npackage rules.area.own\n\n" + body + "\n"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
