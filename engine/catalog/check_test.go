package catalog

import (
	"fmt"
	"os"
	"testing"
)

func TestCheckNamesWhatCUECannot(t *testing.T) {
	gap := &Gap{Title: "t"}
	entry := func(key string, v Verdict, when ...Case) Entry {
		return Entry{Key: key, At: "f.cue:7", Verdict: v, When: when, Sources: []string{"x"}}
	}
	good := Verdict{Status: Irrelevant, Reason: "r"}
	for name, c := range map[string]struct {
		entry Entry
		want  []string
	}{
		"good":              {entry("a", good), nil},
		"package":           {entry("a", Verdict{Status: Package}), []string{"status package needs attr"}},
		"option":            {entry("a", Verdict{Status: Option}), []string{"status option needs options"}},
		"implied":           {entry("a", Verdict{Status: Implied}), []string{"status implied needs reason"}},
		"carried":           {entry("a", Verdict{Status: Carried}), []string{"status carried needs reason"}},
		"irrelevant":        {entry("a", Verdict{Status: Irrelevant}), []string{"status irrelevant needs reason"}},
		"bridged":           {entry("a", Verdict{Status: Bridged}), []string{"status bridged needs bridge"}},
		"missing":           {entry("a", Verdict{Status: Missing, Gap: gap}), nil},
		"missing, no gap":   {entry("a", Verdict{Status: Missing}), []string{"status missing needs gap"}},
		"review, no gap":    {entry("a", Verdict{Status: Review}), []string{"status review needs gap"}},
		"no such status":    {entry("a", Verdict{Status: "x"}), []string{`unknown status "x"`}},
		"option path":       {entry("a", Verdict{Status: Option, Options: map[string]any{"a..b": 1}}), []string{"option a..b: empty part"}},
		"attribute path":    {entry("a", Verdict{Status: Package, Attr: "a."}), []string{"attr: option a.: empty part"}},
		"full stop":         {entry("a", Verdict{Status: Implied, Reason: "It is."}), []string{"reason ends in a full stop"}},
		"no source":         {Entry{Key: "a", At: "f.cue:7", Verdict: good}, []string{"no source"}},
		"empty key":         {entry("", good), []string{"the key is empty"}},
		"last resort":       {entry("*", good), nil},
		"two stars":         {entry("a**", good), []string{"** says no more than *"}},
		"case without":      {entry("a", good, Case{Where: map[string]any{"x": 1}, Verdict: Verdict{Status: Package}}), []string{".when.0: status package needs attr"}},
		"case always":       {entry("a", good, Case{Verdict: good}), []string{".when.0: holds always: say it in the entry itself"}},
		"case twice":        {entry("a", good, Case{Where: map[string]any{"x": 1}, Verdict: good}, Case{Where: map[string]any{"x": 1, "y": 2}, Verdict: good}), []string{".when.1: never reached: case 0 covers it"}},
		"case narrower":     {entry("a", good, Case{Where: map[string]any{"x": 1, "y": 2}, Verdict: good}, Case{Where: map[string]any{"x": 1}, Verdict: good}), nil},
		"release covered":   {entry("a", good, Case{Release: []string{"24.11", "25.05"}, Verdict: good}, Case{Release: []string{"25.05"}, Verdict: good}), []string{".when.1: never reached: case 0 covers it"}},
		"release uncovered": {entry("a", good, Case{Release: []string{"24.11"}, Verdict: good}, Case{Target: []string{"proxmox"}, Verdict: good}), nil},
		"target unknown":    {entry("a", good, Case{Target: []string{"vmware"}, Verdict: good}), []string{`.when.0: never reached: there is no target "vmware"`}},
		"absent covered":    {entry("a", good, Case{Where: map[string]any{"x": nil}, Verdict: good}, Case{Where: map[string]any{"x": nil, "y": 1}, Verdict: good}), []string{".when.1: never reached: case 0 covers it"}},
	} {
		t.Run(name, func(t *testing.T) {
			errs := Check(catalogOf(c.entry))
			if len(errs) != len(c.want) {
				t.Fatalf("got %v, want %v", errs, c.want)
			}
			for i, want := range c.want {
				separator := ": "
				if want[0] == '.' {
					separator = ""
				}
				if got, want := errs[i].Error(), fmt.Sprintf("f.cue:7: %s%s%s", joinPath([]string{"units", c.entry.Key}), separator, want); got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
		})
	}
}

func TestCheckFindsCasesThatContradictTheirEntry(t *testing.T) {
	e := Entry{Key: "a", At: "f.cue:7", Where: map[string]any{"auto": true}, Sources: []string{"x"}, Verdict: Verdict{Status: Irrelevant, Reason: "r"},
		When: []Case{{Where: map[string]any{"auto": false}, Verdict: Verdict{Status: Irrelevant, Reason: "r"}}}}
	if errs := Check(catalogOf(e)); len(errs) != 1 || errs[0].Error() != "f.cue:7: units.a.when.0: never reached: the entry wants auto to be true" {
		t.Errorf("got %v", errs)
	}
}

func TestCheckFindsTwins(t *testing.T) {
	e := Entry{Key: "a", At: "f.cue:7", Sources: []string{"x"}, Verdict: Verdict{Status: Irrelevant, Reason: "r"}}
	if errs := Check(catalogOf(e, e)); len(errs) != 1 || errs[0].Error() != "f.cue:7: units.a: the entry is also at f.cue:7" {
		t.Errorf("got %v", errs)
	}
}

func TestBuiltInCatalogHasNoProblems(t *testing.T) {
	lock, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(lock)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range Check(c) {
		t.Error(err)
	}
}
