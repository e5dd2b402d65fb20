package evaluate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v5"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/reports"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// knowledge is the engine with the rules and the catalog that are shipped.
var knowledge = sync.OnceValues(func() (*evaluate.Engine, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	const target, release = "proxmox", "25.11"
	p, err := policy.Compile(context.Background(), modules, policy.Options{Data: c.Data(target, release), Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	return &evaluate.Engine{Policy: p, Catalog: c, Target: target, Release: release}, nil
})

func engine(t testing.TB) *evaluate.Engine {
	t.Helper()
	e, err := knowledge()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// goldenTrees are the captured hosts of this repository, by name.
var goldenTrees = sync.OnceValues(func() (map[string]map[string]any, error) {
	paths, err := filepath.Glob("../../golden/*/snapshot.json")
	if err != nil {
		return nil, err
	}
	trees := map[string]map[string]any{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		doc, err := snapshot.Read(bytes.NewReader(text), path)
		if err != nil {
			return nil, err
		}
		trees[filepath.Base(filepath.Dir(path))] = doc.Tree
	}
	return trees, nil
})

func goldens(t testing.TB) map[string]map[string]any {
	t.Helper()
	trees, err := goldenTrees()
	if err != nil || len(trees) < 3 {
		t.Fatal(len(trees), err)
	}
	return trees
}

// lookedAt are those that tests of all hosts look at.
func lookedAt(t testing.TB) map[string]map[string]any {
	t.Helper()
	trees := map[string]map[string]any{}
	for _, path := range testhosts.Snapshots(t) {
		name := filepath.Base(filepath.Dir(path))
		trees[name] = goldens(t)[name]
	}
	return trees
}

// withGuests are hosts with many guests, whose text is worth spoiling.
func withGuests() []string {
	if testhosts.Few() {
		return []string{"homelab"}
	}
	return []string{"homelab", "legacy", "workshop"}
}

func compiled(name string) func() (*jsonschema.Schema, error) {
	return sync.OnceValues(func() (*jsonschema.Schema, error) {
		const folder = "https://pve2nix.org/schemas/"
		c := jsonschema.NewCompiler()
		c.AssertFormat = true
		for name, text := range map[string][]byte{
			"snapshot.schema.json": schemas.Snapshot, "evaluation.schema.json": schemas.Evaluation, "gaps.schema.json": schemas.Gaps,
			"answers.schema.json": schemas.Answers, "plan.schema.json": schemas.Plan,
		} {
			if err := c.AddResource(folder+name, bytes.NewReader(text)); err != nil {
				return nil, err
			}
		}
		return c.Compile(folder + name)
	})
}

var (
	snapshotSchema   = compiled("snapshot.schema.json")
	evaluationSchema = compiled("evaluation.schema.json")
	gapsSchema       = compiled("gaps.schema.json")
	answersSchema    = compiled("answers.schema.json")
	planSchema       = compiled("plan.schema.json")
)

func validate(t testing.TB, schema func() (*jsonschema.Schema, error), what string, text []byte) {
	t.Helper()
	s, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

// What holds of the evaluation of every valid snapshot.
func holdsOfAnyHost(t testing.TB, tree map[string]any) {
	t.Helper()
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	validate(t, snapshotSchema, "the snapshot", text)
	doc, err := snapshot.Read(bytes.NewReader(text), "snapshot.json")
	if err != nil {
		t.Fatalf("the snapshot is refused: %v", err)
	}
	open := holdsOfEvaluation(t, engine(t), doc)
	answersCloseWhatIsOpen(t, doc, open)
}

// holdsOfEvaluation returns the file of what is open.
func holdsOfEvaluation(t testing.TB, e *evaluate.Engine, doc *snapshot.Document) (open []byte) {
	t.Helper()
	h, err := e.Evaluate(t.Context(), doc)
	if err != nil {
		t.Fatalf("evaluation fails: %v", err)
	}
	for _, failed := range h.Errors {
		t.Errorf("rule %s fails: %s", failed.Rule, failed)
	}
	everyFactHasOneStatus(t, doc.Tree, h)
	timersWait(t, h)
	whatIsKeptIsKept(t, e, doc.Tree, h)
	for _, f := range h.Findings {
		for _, at := range f.At {
			// Of what is unknown, the place where it would be is named.
			if _, ok := snapshot.Lookup(doc.Tree, at.Pointer[:max(0, strings.LastIndexByte(at.Pointer, '/'))]); !ok {
				t.Errorf("%s speaks of %s, which is not there", f.Rule, at.Pointer)
			}
		}
		if strings.TrimSpace(f.Fill(f.Title, strings.TrimSpace)) == "" || f.Workaround == "" || f.Test == "" {
			t.Errorf("%s: a finding without title, workaround or test", f.ID)
		}
	}
	files, err := reports.Render(reports.Run{
		Tool: "pve2nix test", Target: e.Target, Release: e.Release, Rules: strings.Repeat("0", 64), Catalog: e.Catalog.Digest(),
		Shape: e.Catalog, Answers: e.Answers, Hosts: []reports.Host{{Host: h, Tree: doc.Tree}},
	})
	if err != nil {
		t.Fatalf("outputs cannot be written: %v", err)
	}
	for _, f := range files {
		switch f.Path {
		case reports.EvaluationFile:
			validate(t, evaluationSchema, f.Path, f.Content)
		case reports.GapsFile:
			validate(t, gapsSchema, f.Path, f.Content)
		case reports.PlanFile:
			validate(t, planSchema, f.Path, f.Content)
			planIsSound(t, h, f.Content)
		case reports.OpenFile:
			validate(t, answersSchema, f.Path, f.Content)
			open = f.Content
		}
	}
	return open
}

// timersWait holds that what a rule has run by the clock has a condition: until a trial is committed, disks and guests are
// Proxmox VE's. The guard's own timers are what ends a trial.
func timersWait(t testing.TB, host *evaluate.Host) {
	t.Helper()
	waiting, timers := map[string]bool{}, map[string]bool{}
	for _, l := range host.Options {
		if len(l.Option) < 4 || l.Option[0] != "systemd" || strings.HasPrefix(l.Option[2], "pve2nix-") {
			continue
		}
		if l.Option[1] == "timers" && l.Option[3] == "timerConfig" {
			timers[l.Option[2]] = true
		}
		if strings.HasPrefix(strings.Join(l.Option[3:], "."), "unitConfig.ConditionPathExists") {
			waiting[l.Option[2]] = true
		}
	}
	for name := range timers {
		if !waiting[name] {
			t.Errorf("the timer %s does not wait for the commit, nor does its service", name)
		}
	}
}

// planIsSound holds that the rules make a plan of whatever host it is, or say why not: what no plan can hold they leave out.
func planIsSound(t testing.TB, host *evaluate.Host, text []byte) {
	t.Helper()
	var p plan.Plan
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	for _, h := range p.Hosts {
		accepted := slices.ContainsFunc(h.Inhibitors, func(i plan.Inhibitor) bool { return i.Accepted != "" })
		for _, i := range h.Inhibitors {
			// That there is no place can be accepted; there still is none.
			if i.ID == "PLAN-BROKEN" || i.ID == "PLAN-EMPTY" && !accepted {
				t.Errorf("%s: %s: %s", i.ID, i.Title, i.Text)
			}
		}
		if len(h.Steps) == 0 && len(h.Refused()) == 0 {
			t.Error("a plan without steps, and nothing in the way")
		}
		if len(h.Steps) > 0 {
			for option, want := range map[string]string{"device": h.Layout.Root, "fsType": h.Layout.Type} {
				i := slices.IndexFunc(host.Options, func(l evaluate.Leaf) bool { return slices.Equal(l.Option, []string{"fileSystems", "/", option}) })
				if i < 0 || host.Options[i].Value != any(want) {
					t.Errorf("the plan makes a root of %s %s, and NixOS is told another one", option, want)
				}
			}
		}
		for _, s := range h.Steps {
			if _, err := plan.Decode(s); err != nil {
				t.Error(err)
			}
		}
		if text := reports.PlanText(p, h); strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) {
			t.Errorf("a text that steers terminals: %q", text)
		}
	}
}

// The file of what is open can be given back, and whoever answers all of it leaves nothing open.
func answersCloseWhatIsOpen(t testing.TB, doc *snapshot.Document, open []byte) {
	t.Helper()
	given, err := answers.Read("answers.json", open)
	if err != nil {
		t.Fatalf("what is open cannot be given back: %v", err)
	}
	for i := range given.Accept {
		given.Accept[i].Open, given.Accept[i].Reason = "", "read"
	}
	for name, host := range given.Hosts {
		for unit := range host.Units {
			host.Units[unit] = answers.Decision{Drop: "not needed"}
		}
		for pkg := range host.Packages {
			host.Packages[pkg] = answers.Decision{Install: "hello"}
		}
		host.Kernel = &answers.Kernel{Name: "linuxPackages"}
		given.Hosts[name] = host
	}
	text, err := json.Marshal(given.Answers)
	if err != nil {
		t.Fatal(err)
	}
	e := *engine(t)
	if e.Answers, err = answers.Read("answers.json", text); err != nil {
		t.Fatalf("the answers are refused: %v", err)
	}
	if still := holdsOfEvaluation(t, &e, doc); bytes.Contains(still, []byte(`"open"`)) {
		t.Errorf("with everything answered there is still open: %s", still)
	}
}

// Every accountable fact has exactly one status of the closed list, with a reason and who gave it.
func everyFactHasOneStatus(t testing.TB, tree map[string]any, h *evaluate.Host) {
	t.Helper()
	var want, got []string
	snapshot.Walk(tree, func(n snapshot.Node) { want = append(want, n.Pointer) })
	sum := 0
	for _, f := range h.Ledger.Facts {
		got = append(got, f.Pointer)
		if !slices.Contains(evaluate.Statuses, f.Status) {
			t.Errorf("%s: status %q", f.Pointer, f.Status)
		}
		if f.Status == evaluate.Unaccounted {
			t.Errorf("%s %s: unaccounted", f.Pointer, f.Label)
		}
		if strings.TrimSpace(f.Reason) == "" || len(f.By) == 0 {
			t.Errorf("%s: %s by %q because of %q", f.Pointer, f.Status, f.By, f.Reason)
		}
	}
	for _, total := range h.Ledger.Totals {
		sum += total.Count
	}
	if !slices.Equal(want, got) || sum != len(want) {
		t.Errorf("the snapshot has %d facts, the ledger %d, its totals add up to %d", len(want), len(got), sum)
	}
}

// What the ledger calls carried is in a file that is copied, and what it calls bridged has a bridge.
func whatIsKeptIsKept(t testing.TB, e *evaluate.Engine, tree map[string]any, h *evaluate.Host) {
	t.Helper()
	carriedAt, bridgedAt := map[string]bool{}, map[string]bool{}
	for _, c := range h.Carries {
		for _, at := range c.At {
			carriedAt[at] = true
		}
	}
	for _, b := range h.Bridges {
		for _, at := range b.At {
			bridgedAt[at+" "+b.Bridge], bridgedAt[at] = true, true
		}
	}
	for _, f := range h.Ledger.Facts {
		switch f.Status {
		case evaluate.Carried:
			if f.Carry == "" {
				if !carriedAt[f.Pointer] {
					t.Errorf("%s is carried by %v, but with no file", f.Pointer, f.By)
				}
				continue
			}
			if !slices.ContainsFunc(h.Carries, func(c policy.Carry) bool { return f.Carry == c.Path || strings.HasPrefix(f.Carry, c.Path+"/") }) {
				t.Errorf("%s is carried with %s, which is not copied", f.Pointer, f.Carry)
			}
			if source := sourceOf(tree, f.Pointer); source != "" && !holds(e.Catalog.Carries[f.Carry].Holds, f.Carry, source) {
				t.Errorf("%s is from %s, which %s does not hold", f.Pointer, source, f.Carry)
			}
		case evaluate.Bridged:
			if f.Bridge == "" {
				if !bridgedAt[f.Pointer] {
					t.Errorf("%s is bridged by %v, but with no bridge", f.Pointer, f.By)
				}
				continue
			}
			spanned := false
			for at := f.Pointer; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
				spanned = spanned || bridgedAt[at+" "+f.Bridge]
			}
			if !spanned {
				t.Errorf("%s is bridged by %s, which nobody asked for", f.Pointer, f.Bridge)
			}
		}
	}
}

// sourceOf is the file that a captured fact comes from, empty where the capture does not say so.
func sourceOf(tree map[string]any, pointer string) string {
	v, _ := snapshot.Lookup(tree, pointer)
	node, _ := v.(map[string]any)
	source, _ := node["source"].(string)
	path, line, ok := strings.Cut(source, ":")
	if _, err := strconv.Atoi(line); !ok || err != nil || !strings.HasPrefix(path, "/") {
		return ""
	}
	return path
}

// holds tells whether a file that is copied holds what another file says.
func holds(folder, carry, source string) bool {
	return carry == source || strings.HasPrefix(source, carry+"/") || folder != "" && strings.HasPrefix(source, folder+"/")
}

func TestGoldenHostsKeepWhatTheirLedgersSay(t *testing.T) {
	for name, tree := range lookedAt(t) {
		t.Run(name, func(t *testing.T) { holdsOfAnyHost(t, tree) })
	}
}

// hosts is how many generated snapshots a test run tries. It stops earlier on a
// machine on which they take longer than patience, unless it is told a number.
var hosts = flag.Uint64("hosts", 0, "try as many generated snapshots, however long it takes")

const (
	enough   = 400
	patience = 15 * time.Second
)

func TestAnyValidSnapshotIsAccountedFor(t *testing.T) {
	begin := time.Now()
	fewest := uint64(40)
	if testhosts.Few() {
		fewest = 8
	}
	for seed := range max(enough, *hosts) {
		if took := time.Since(begin); *hosts == 0 && took > patience && seed >= fewest {
			t.Logf("%d snapshots in %v", seed, took)
			break
		}
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { holdsOfAnyHost(t, generate(t, seed)) })
	}
}

func FuzzAnyValidSnapshotIsAccountedFor(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) { holdsOfAnyHost(t, generate(t, seed)) })
}

// generate makes a valid snapshot from a number: every second one from the
// schema alone, the others from a captured host that is thinned out and spoilt.
func generate(t testing.TB, seed uint64) map[string]any {
	t.Helper()
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), words: wordsOf(goldens(t)), defs: definitions(t)}
	g.size = 1 + g.IntN(4)
	if seed%2 == 0 {
		g.known = g.Float64()
		return g.object(g.defs[""], "").(map[string]any)
	}
	trees := goldens(t)
	names := sortedNames(trees)
	g.known = 0.8
	g.spoil = 0.15 * g.Float64()
	return g.worse(trees[names[g.IntN(len(names))]], g.defs[""], "").(map[string]any)
}

func sortedNames[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// definition is the part of the snapshot's schema that a value is made from.
type definition struct {
	Ref        string                 `json:"$ref"`
	Type       string                 `json:"type"`
	Format     string                 `json:"format"`
	Enum       []string               `json:"enum"`
	Const      any                    `json:"const"`
	Properties map[string]*definition `json:"properties"`
	Required   []string               `json:"required"`
	Items      *definition            `json:"items"`
	Defs       map[string]*definition `json:"$defs"`
}

// definitions are those of the schema by reference, the root by the empty name.
func definitions(t testing.TB) map[string]*definition {
	t.Helper()
	var root definition
	if err := json.Unmarshal(schemas.Snapshot, &root); err != nil {
		t.Fatal(err)
	}
	out := map[string]*definition{"": &root}
	for name, d := range root.Defs {
		out["#/$defs/"+name] = d
	}
	return out
}

// wordsOf collects the texts of captured hosts by the name of their field.
var collected = struct {
	sync.Once
	words map[string][]string
}{}

func wordsOf(trees map[string]map[string]any) map[string][]string {
	collected.Do(func() {
		seen := map[string]map[string]bool{}
		var walk func(name string, v any)
		walk = func(name string, v any) {
			switch v := v.(type) {
			case map[string]any:
				for field, sub := range v {
					walk(field, sub)
				}
			case []any:
				for _, sub := range v {
					walk(name, sub)
				}
			case string:
				if seen[name] == nil {
					seen[name] = map[string]bool{}
				}
				seen[name][v] = true
			}
		}
		for _, tree := range trees {
			walk("", tree)
		}
		collected.words = map[string][]string{}
		for name, set := range seen {
			collected.words[name] = sortedNames(set)
		}
	})
	return collected.words
}

// odd are texts that no sane host has, and that a capture may hand on all the same.
var odd = []string{
	"", " ", "*", "**", "/", "//", ".", "..", "../../etc/shadow", "/etc/../x", "/a b", "-", "--help", "0", "-1", "00", "1e9", "99999999999999999999", "true", "null",
	"${x}", "''${x}''", "\"", "\\", "a\nb", "a\tb", "\u0000", "\u007f", "\u2028", "ü", "名前", "🙂", "{name}", "{}", "a=b", "a,b", "a=b,c=d,e", ",", "=", ":", "::", ":/", "a:b:c",
	"qemu", "lxc", "vm:100", "ct:0", "local:100/vm-100-disk-0.raw", "none", "0.0.0.0/0", "::/0", "10.0.0.1", "10.0.0.1/33", "fe80::1%eth0", "1.2.3.4.5", "vmbr0", "vmbr0.99999", "net0", "scsi30",
	"with a very long name that goes on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on", "${pkgs.htop}", "if", "let", "rec", "#", "|", "a|b", "(", "[", "^.*$", "%s%d",
	"virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=x", "local-zfs:vm-100-disk-0,size=", "order=,up=", "/dev/disk/by-id/", "UUID=", "LABEL=a b", "//host/share", "host:/export/a b", "\r\n", "\x1b[31m",
}

// generator makes snapshots: known is how often a text is one that a real host
// has in that field, size how long lists are, spoil how often a value changes.
type generator struct {
	*rand.Rand
	words map[string][]string
	defs  map[string]*definition
	size  int
	known float64
	spoil float64
}

func (g *generator) resolve(d *definition) *definition {
	if d.Ref != "" {
		return g.defs[d.Ref]
	}
	return d
}

// value makes any valid value of a field.
func (g *generator) value(d *definition, field string) any {
	d = g.resolve(d)
	switch {
	case d.Const != nil:
		return d.Const
	case d.Enum != nil:
		return d.Enum[g.IntN(len(d.Enum))]
	}
	switch d.Type {
	case "object":
		return g.object(d, field)
	case "array":
		list := []any{}
		for range g.IntN(g.size + 1) {
			list = append(list, g.value(d.Items, field))
		}
		return list
	case "boolean":
		return g.IntN(2) == 0
	case "integer":
		return []int{0, 1, 2, 3, -1, 100, 101, 999, 1000, 4096, 65535, 65536, 1 << 31, 1 << 53}[g.IntN(14)]
	case "string":
		return g.text(d, field)
	}
	return map[string]any{"a": []any{g.text(d, field), nil}} // any value
}

func (g *generator) object(d *definition, field string) any {
	out := map[string]any{}
	for _, name := range sortedNames(d.Properties) {
		if slices.Contains(d.Required, name) || g.IntN(2) == 0 {
			out[name] = g.value(d.Properties[name], name)
		}
	}
	return out
}

func (g *generator) text(d *definition, field string) string {
	if d.Format == "date-time" {
		return []string{"2024-02-29T23:59:59Z", "1970-01-01T00:00:00Z", "2099-12-31T00:00:00Z"}[g.IntN(3)]
	}
	words := g.words[field]
	switch chance := g.Float64(); {
	case chance < g.known && len(words) > 0:
		return words[g.IntN(len(words))]
	case chance < 0.95:
		return odd[g.IntN(len(odd))]
	}
	all := g.words["value"]
	return all[g.IntN(len(all))] + odd[g.IntN(len(odd))]
}

// worse copies a value of a captured host, thins out its lists and spoils some of its fields.
func (g *generator) worse(v any, d *definition, field string) any {
	d = g.resolve(d)
	if d.Const == nil && g.Float64() < g.spoil && d.Type != "object" {
		if d.Type != "array" || g.IntN(3) == 0 {
			return g.value(d, field)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, name := range sortedNames(d.Properties) {
			sub, there := v[name]
			optional := !slices.Contains(d.Required, name)
			switch {
			case there && optional && g.Float64() < g.spoil:
			case there:
				out[name] = g.worse(sub, d.Properties[name], name)
			case optional && g.Float64() < g.spoil:
				out[name] = g.value(d.Properties[name], name)
			}
		}
		return out
	case []any:
		out := []any{}
		keep := float64(6*g.size) / float64(max(len(v), 1))
		for _, item := range v {
			if g.Float64() < keep {
				out = append(out, g.worse(item, d.Items, field))
			}
			if len(out) > 0 && g.Float64() < g.spoil/8 {
				out = append(out, out[g.IntN(len(out))]) // the same once more
			}
		}
		return out
	}
	return v
}
