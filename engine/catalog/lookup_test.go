package catalog

import (
	"fmt"
	"os"
	"testing"
)

// catalogOf is a catalog of one subject with the given entries.
func catalogOf(entries ...Entry) *Catalog {
	for i := range entries {
		entries[i].Subject = "units"
		if entries[i].At == "" {
			entries[i].At = fmt.Sprintf("t.cue:%d", i+1)
		}
	}
	return index(Head{Subjects: map[string]Subject{"units": {Name: "units", Carry: "/f"}}, Carries: map[string]Carry{"/f": {}}, Targets: map[string]Target{"proxmox": {}, "incus": {}}}, slotsOf(entries))
}

func fields(pairs ...any) Field {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return func(path string) (any, bool) {
		v, ok := m[path]
		return v, ok
	}
}

func TestFindTakesTheExactEntryThenTheNarrowestPattern(t *testing.T) {
	c := catalogOf(
		Entry{Key: "*"},
		Entry{Key: "ceph-*"},
		Entry{Key: "*@*.service"},
		Entry{Key: "ceph-mon@*.service"},
		Entry{Key: "ceph-mon@pve1.service"},
		Entry{Key: "a*d"},
		Entry{Key: "b*", Where: map[string]any{"auto": true}},
		Entry{Key: "b-*", Where: map[string]any{"auto": false}},
		Entry{Key: "exact", Where: map[string]any{"auto": true}},
	)
	for key, want := range map[string]string{
		"ceph-mon@pve1.service":  "ceph-mon@pve1.service",
		"ceph-mon@pve2.service":  "ceph-mon@*.service",
		"ceph-osd@3.service":     "*@*.service", // ten literal characters against five
		"ceph.target":            "*",
		"ceph-":                  "ceph-*",
		"ceph-mon@":              "ceph-*",
		"ad":                     "a*d",
		"aXd":                    "a*d",
		"b-x":                    "b*", // the narrower one does not apply to this node
		"exact":                  "exact",
		"CEPH-mon@pve1.service":  "*@*.service",
		"xceph-mon@pve1.service": "*@*.service",
	} {
		e, ok := c.Find("units", key, fields("auto", true))
		if !ok || e.Key != want {
			t.Errorf("%s: got %v, want %s", key, e, want)
		}
	}
	if e, _ := c.Find("units", "exact", fields("auto", false)); e.Key != "*" {
		t.Errorf("an exact entry whose condition fails was taken: %s", e.Key)
	}
	if _, ok := c.Find("none", "x", noFields); ok {
		t.Error("a subject that does not exist answered")
	}
	if _, ok := catalogOf(Entry{Key: "a"}).Find("units", "b", noFields); ok {
		t.Error("a key without entry was answered")
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"abc", "abc", true}, {"abc", "abcd", false}, {"*", "", true}, {"*", "x", true},
		{"a*", "a", true}, {"a*", "ba", false}, {"*a", "ba", true}, {"*a", "ab", false},
		{"a*a", "a", false}, {"a*a", "aa", true}, {"a*b*c", "a-b-c", true}, {"a*b*c", "acb", false},
		{"*b*", "abc", true}, {"*b*b*", "abc", false}, {"a*bc*c", "abc", false}, {"a*bc*c", "abcc", true},
		{`system-pve\x2d*.slice`, `system-pve\x2dcontainer.slice`, true}, {"a.c", "abc", false}, {"[a]*", "a", false},
	} {
		if got := Match(c.pattern, c.text); got != c.want {
			t.Errorf("Match(%q, %q) = %v", c.pattern, c.text, got)
		}
	}
}

func TestHolds(t *testing.T) {
	node := fields("state", "on", "auto", true, "n", 3.0)
	for name, c := range map[string]struct {
		where map[string]any
		want  bool
	}{
		"nothing":        {nil, true},
		"text":           {map[string]any{"state": "on"}, true},
		"other text":     {map[string]any{"state": "off"}, false},
		"boolean":        {map[string]any{"auto": true}, true},
		"not the word":   {map[string]any{"auto": "true"}, false},
		"number":         {map[string]any{"n": 3}, true},
		"other number":   {map[string]any{"n": 4}, false},
		"absent":         {map[string]any{"gone": "x"}, false},
		"absent, wanted": {map[string]any{"gone": nil}, true},
		"there, absent":  {map[string]any{"state": nil}, false},
		"all":            {map[string]any{"state": "on", "auto": true}, true},
		"not all":        {map[string]any{"state": "on", "auto": false}, false},
	} {
		if got := Holds(c.where, node); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestTheFirstCaseThatFitsWins(t *testing.T) {
	verdict := func(s Status) Verdict { return Verdict{Status: s} }
	e := Entry{Verdict: verdict(Package), When: []Case{
		{Verdict: verdict(Missing), Target: []string{"incus", "libvirt"}},
		{Verdict: verdict(Option), Target: []string{"proxmox"}, Release: []string{"25.11"}, Where: map[string]any{"auto": true}},
		{Verdict: verdict(Review), Release: []string{"25.11"}},
		{Verdict: verdict(Irrelevant), Where: map[string]any{"auto": true}},
	}}
	for _, c := range []struct {
		target, release string
		auto            bool
		want            Status
	}{
		{"proxmox", "24.11", false, Package},
		{"incus", "25.11", true, Missing},
		{"proxmox", "25.11", true, Option},
		{"proxmox", "25.11", false, Review},
		{"proxmox", "24.11", true, Irrelevant},
	} {
		if got := e.For(c.target, c.release, fields("auto", c.auto)).Status; got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("a*b", "axxb")
	f.Add("*", "")
	f.Add("a*bc*c", "abcc")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if got, want := Match(pattern, text), slowMatch(pattern, text); got != want {
			t.Errorf("Match(%q, %q) = %v, want %v", pattern, text, got, want)
		}
	})
}

// slowMatch says what a pattern means, by a table over all prefixes.
func slowMatch(pattern, text string) bool {
	row := make([]bool, len(text)+1)
	row[0] = true
	for i := range len(pattern) {
		next := make([]bool, len(text)+1)
		for j := range next {
			if pattern[i] == '*' {
				next[j] = row[j] || j > 0 && next[j-1]
			} else {
				next[j] = j > 0 && row[j-1] && pattern[i] == text[j-1]
			}
		}
		row = next
	}
	return row[len(text)]
}

func BenchmarkDecode(b *testing.B) {
	lock, err := os.ReadFile(lockFile)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(lock)))
	var entries int
	for b.Loop() {
		c, err := Decode(lock)
		if err != nil {
			b.Fatal(err)
		}
		entries = len(c.slots)
	}
	b.ReportMetric(float64(entries), "entries")
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/op")
}

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		if _, err := Generate(os.DirFS(catalogDir)); err != nil {
			b.Fatal(err)
		}
	}
}

// The program that makes the report is no finding of the host; what somebody wrote around it is.
func TestTheProgramItselfIsImplied(t *testing.T) {
	lock, err := os.ReadFile("../../catalog/catalog.lock.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(lock)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]Status{"/usr/local/bin/pve2nix": "implied", "/root/pve2nix": "implied", "/usr/local/bin/pve2nix-nightly": "review", "/root/pve2nix.sh": "review"} {
		_, v, ok := c.Consult("proxmox", "25.11", "local_files", path, fields("state", "local"))
		if !ok || v.Status != want {
			t.Errorf("%s is %q, want %s", path, v.Status, want)
		}
	}
}
