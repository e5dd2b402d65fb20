package catalog

import (
	"fmt"
	"os"
	"strings"
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

// What can never be asked for, or never be answered, is named where it stands.
func TestCheckFindsEntriesThatNothingReaches(t *testing.T) {
	good := Verdict{Status: Irrelevant, Reason: "r"}
	entry := func(key string, target string, where map[string]any, when ...Case) Entry {
		return Entry{Key: key, Target: target, At: "f.cue:7", Where: where, When: when, Verdict: good, Sources: []string{"x"}}
	}
	on := func(targets ...string) Case { return Case{Target: targets, Verdict: good} }
	for name, c := range map[string]struct {
		entries []Entry
		want    string
	}{
		"a key that no unit can have":        {[]Entry{entry("ssh", "", nil)}, "units.ssh: can match nothing: no unit is called so (.+\\.(service|socket))"},
		"a pattern that no unit can fit":     {[]Entry{entry("ceph-*.conf", "", nil)}, `units."ceph-*.conf": can match nothing: no unit is called so (.+\.(service|socket))`},
		"a pattern that some unit fits":      {[]Entry{entry("ceph-*", "", nil)}, ""},
		"the last resort":                    {[]Entry{entry("*", "", nil)}, ""},
		"a pattern that another answers":     {[]Entry{entry("*ab.service", "", nil), entry("ab*.service", "", nil), entry("a*b.service", "", nil)}, ""},
		"a pattern within another":           {[]Entry{entry("*ab.service*", "", nil), entry("ab.service*", "", nil)}, `units."ab.service*": never reached: "*ab.service*" at f.cue:7 answers first`},
		"within one with a condition":        {[]Entry{entry("*ab.service*", "", map[string]any{"x": 1}), entry("ab.service*", "", nil)}, ""},
		"the same key on a target":           {[]Entry{entry("a.service", "", nil), entry("a.service", "incus", nil)}, ""},
		"a target that does not exist":       {[]Entry{entry("a.service", "vmware", nil)}, `on.vmware.units."a.service": there is no target "vmware"`},
		"a case for each target":             {[]Entry{entry("a.service", "", nil, on("incus"), on("proxmox"))}, `units."a.service": never reached: the cases cover every target`},
		"a case for another target":          {[]Entry{entry("a.service", "incus", nil, on("proxmox"))}, `on.incus.units."a.service".when.0: never reached: the entry is one of target incus`},
		"a release that does not exist":      {[]Entry{entry("a.service", "", nil, Case{Release: []string{"19.03"}, Verdict: good})}, `units."a.service".when.0: never reached: there is no release "19.03"`},
		"a reason of nothing but blanks":     {[]Entry{{Key: "a.service", At: "f.cue:7", Verdict: Verdict{Status: Implied, Reason: " "}, Sources: []string{"x"}}}, `units."a.service": status implied needs reason`},
		"a source of nothing but blanks":     {[]Entry{{Key: "a.service", At: "f.cue:7", Verdict: good, Sources: []string{" "}}}, `units."a.service": no source`},
		"translated into nothing":            {[]Entry{{Key: "a.service", At: "f.cue:7", Verdict: Verdict{Status: Translated}, Sources: []string{"x"}}}, `units."a.service": status translated needs becomes`},
		"carried with a file nobody carries": {[]Entry{{Key: "a.service", At: "f.cue:7", Verdict: Verdict{Status: Carried, Carry: "/g", Reason: "r"}, Sources: []string{"x"}}}, `units."a.service": carries has no file "/g"`},
	} {
		t.Run(name, func(t *testing.T) {
			k := catalogOf(c.entries...)
			units := k.Subjects["units"]
			units.Pattern, units.Component = `.+\.(service|socket)`, "unit"
			k.Subjects["units"] = units
			k.Releases = map[string]Release{"25.11": {}}
			var got []string
			for _, err := range Check(k) {
				got = append(got, strings.TrimPrefix(err.Error(), "f.cue:7: "))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestCheckNamesAPatternOfASubjectThatIsNone(t *testing.T) {
	k := catalogOf()
	k.Subjects["units"] = Subject{Name: "units", Pattern: "("}
	if errs := Check(k); len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "subjects.units.pattern: error parsing regexp") {
		t.Errorf("got %v", errs)
	}
}

// A verdict that names the target stands before that of the target's table, and this before that of all.
func TestConsultAsksTheNarrowestWordOnATarget(t *testing.T) {
	said := func(reason string) Verdict { return Verdict{Status: Irrelevant, Reason: reason} }
	c := catalogOf(
		Entry{Key: "a", Verdict: said("a"), When: []Case{{Target: []string{"incus"}, Verdict: said("a on incus")}}},
		Entry{Key: "b", Verdict: said("b"), When: []Case{{Where: map[string]any{"x": 1}, Verdict: said("b where x")}}},
		Entry{Key: "c", Verdict: said("c")},
		Entry{Key: "*", Target: "incus", Verdict: said("any on incus"), When: []Case{{Release: []string{"24.11"}, Verdict: said("any on incus 24.11")}}},
		Entry{Key: "d", Target: "incus", Verdict: said("d on incus")},
	)
	for _, one := range []struct{ target, release, key, want string }{
		{"incus", "25.11", "a", "a on incus"}, {"proxmox", "25.11", "a", "a"},
		{"incus", "25.11", "b", "any on incus"}, {"proxmox", "25.11", "b", "b where x"},
		{"incus", "24.11", "c", "any on incus 24.11"}, {"incus", "25.11", "d", "d on incus"},
		{"proxmox", "25.11", "d", ""}, {"libvirt", "25.11", "c", "c"},
	} {
		_, v, ok := c.Consult(one.target, one.release, "units", one.key, fields("x", 1))
		if ok != (one.want != "") || v.Reason != one.want {
			t.Errorf("%v: got %q", one, v.Reason)
		}
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
