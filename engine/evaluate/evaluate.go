// Package evaluate turns a snapshot into an evaluation: it asks the rules and
// the catalog what the facts mean, merges the options that they set, and keeps
// the ledger in which every accountable fact ends with exactly one status. It is
// pure: the same facts, rules and catalog give the same evaluation.
package evaluate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Version is the value of the field "schema" of an evaluation.
const Version = "pve2nix.evaluation/v1"

// Engine evaluates snapshots for one target and release; it may be used by several goroutines.
type Engine struct {
	Policy  *policy.Policy
	Catalog *catalog.Catalog
	Target  string
	Release string
	// Answers are what the owner has decided; nil where nothing is.
	Answers *answers.File
}

// Host is the evaluation of one snapshot.
type Host struct {
	// Name is the host name as captured; Slug is a safe name for files and attributes.
	Name string `json:"name"`
	Slug string `json:"slug"`
	// Snapshot is the SHA-256 of the snapshot.
	Snapshot string `json:"snapshot"`
	// Findings are sorted by severity, then area, then id and pointer.
	Findings []Finding `json:"findings"`
	// Ledger accounts for every fact.
	Ledger Ledger `json:"ledger"`
	// Options are the NixOS options, merged, sorted by path.
	Options []Leaf `json:"options"`
	// Documents are the definitions of guests, sorted by kind and name.
	Documents []Document `json:"documents"`
	// Carries, Bridges and Checks are what rules asked for beside options.
	Carries []policy.Carry  `json:"carries"`
	Bridges []policy.Bridge `json:"bridges"`
	Checks  []policy.Check  `json:"checks"`
	// BridgeRules are the kinds of bridges that a rule asked for: what else it wants, these need.
	BridgeRules map[string][]string `json:"-"`
	// Conversion is what rules know of the conversion itself, merged, sorted by path: what the plan is made of.
	Conversion []Leaf `json:"conversion"`
	// Inhibitors are what stands in the way of the conversion, sorted by id.
	Inhibitors []Inhibitor `json:"inhibitors"`
	// Errors are the rules that failed: nothing that they say is in here, and the
	// facts that only they speak of are left to the catalog. Of rules whose pieces
	// make no whole, what is left out is named, and its facts are unaccounted.
	Errors []policy.RuleError `json:"errors"`
}

// Finding is a gap or a pitfall on this host.
type Finding struct {
	ID          string `json:"id"`
	Rule        string `json:"rule"`
	Kind        string `json:"kind"`
	Severity    string `json:"severity"`
	Category    string `json:"category"`
	Component   string `json:"component"`
	Title       string `json:"title"`
	Description string `json:"description"`
	// Equivalent is what comes nearest on NixOS; null when nothing does.
	Equivalent *string `json:"equivalent"`
	// Bridge is the kind of bridge that keeps the feature; null when there is none.
	Bridge *string `json:"bridge"`
	// Kept is set of a gap that the catalog has decided about: what keeps it on this host.
	Kept       *Kept  `json:"kept,omitempty"`
	Workaround string `json:"workaround"`
	Test       string `json:"test"`
	Phase      string `json:"phase,omitempty"`
	// Vars are the values of the {names} in the text above.
	Vars map[string]string `json:"vars"`
	// At are the facts that it is about, with what a reader calls them.
	At      []Evidence `json:"at"`
	Sources []string   `json:"sources"`
	// Accepted is set where the owner's answers accept it, or settle all that it asks.
	Accepted *answers.Acceptance `json:"accepted,omitempty"`
}

// Pointers are the facts that it is about.
func (f Finding) Pointers() []string {
	out := make([]string, len(f.At))
	for i, e := range f.At {
		out[i] = e.Pointer
	}
	return out
}

// Evidence is a fact as a reader finds it again.
type Evidence struct {
	Pointer string `json:"pointer"`
	Label   string `json:"label"`
	Source  string `json:"source,omitempty"`
}

// Area is the subject of a finding: the first part of its rule's name.
func (f Finding) Area() string {
	area, rest, _ := strings.Cut(f.Rule, "/")
	if area == catalogArea {
		area, _, _ = strings.Cut(rest, "/")
	}
	return area
}

// Fill puts the vars into a text of the finding; escape is applied to each value.
func (f Finding) Fill(text string, escape func(string) string) string {
	if len(f.Vars) == 0 || !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(m string) string {
		if v, ok := f.Vars[m[1:len(m)-1]]; ok {
			return escape(v)
		}
		return m
	})
}

var placeholder = regexp.MustCompile(`\{[a-z][a-z0-9_]*\}`)

// catalogArea is the first part of the rule name of findings that catalog entries make.
const catalogArea = "catalog"

// unaccountedRule holds the prose for facts that nobody spoke of.
const unaccountedRule = "ledger/unaccounted"

// Severities, the worst first.
var Severities = []string{"critical", "major", "minor"}

// Evaluate evaluates one snapshot.
func (e *Engine) Evaluate(ctx context.Context, doc *snapshot.Document) (*Host, error) {
	said, err := e.PolicyFor(doc).Evaluate(ctx, doc.Tree)
	if err != nil {
		return nil, err
	}
	return e.Account(doc, said)
}

// PolicyFor is the policy that is asked about a snapshot: its rules see, as
// data.answers, what is decided for this host.
func (e *Engine) PolicyFor(doc *snapshot.Document) *policy.Policy {
	said := e.Answers.Host(nameOf(doc)).Data()
	if len(said) == 0 {
		return e.Policy
	}
	data := e.Catalog.Data(e.Target, e.Release)
	data["answers"] = said
	return e.Policy.With(data)
}

func nameOf(doc *snapshot.Document) string {
	identity, _ := doc.Tree["host"].(map[string]any)
	name, _ := identity["name"].(string)
	return name
}

// Account makes an evaluation of what rules said about a snapshot: it consults
// the catalog, keeps the ledger and merges the options.
func (e *Engine) Account(doc *snapshot.Document, result *policy.Result) (*Host, error) {
	wrong, err := e.missets(result.Settings)
	if err != nil {
		return nil, err
	}
	result = e.Policy.Without(result, wrong)
	name := nameOf(doc)
	h := &Host{Name: name, Slug: Slug(name), Snapshot: doc.Digest, Findings: []Finding{}}
	book := newLedger(doc.Tree)
	decided := e.Answers.Host(name)
	h.BridgeRules = bridgeRules(result)
	book.answer(e.Catalog.Subjects, decided, result)
	result, list, partials, err := e.whole(e.decline(book, book.withhold(result, h.BridgeRules), h.BridgeRules, decided))
	if err != nil {
		return nil, err
	}
	h.Documents, h.Errors = list, orEmpty(result.Errors)
	h.Carries, h.Bridges, h.Checks = orEmpty(result.Carries), orEmpty(result.Bridges), orEmpty(result.Checks)
	for i, f := range parallel(result.Findings, func(f policy.Finding) (Finding, error) { return e.ruleFinding(doc.Tree, f) }) {
		if f.err != nil {
			return nil, &policy.Error{List: []string{result.Findings[i].Rule + ": " + f.err.Error()}}
		}
		h.Findings = append(h.Findings, f.value)
	}
	book.rules(e.Policy, result)
	book.leftOut(partials)
	verdicts, settings, err := e.consult(doc.Tree, book)
	if err != nil {
		return nil, err
	}
	h.Findings = append(h.Findings, e.catalogFindings(doc.Tree, verdicts)...)
	for _, s := range result.Settings {
		settings = append(settings, Setting{Option: s.Option, Value: s.Value, By: s.Rule, At: s.At})
	}
	settings = append(e.withoutProvided(settings), book.installs(e.Catalog.Option("packages"))...)
	e.keep(h, book, decided)
	h.Ledger = book.close()
	if missing := h.Ledger.With(Unaccounted); len(missing) > 0 {
		if _, ok := e.Policy.Rule(unaccountedRule); ok {
			f, err := e.ruleFinding(doc.Tree, policy.Finding{Rule: unaccountedRule, At: missing, Vars: map[string]any{"count": len(missing)}})
			if err != nil {
				return nil, err
			}
			h.Findings = append(h.Findings, f)
		}
	}
	e.settleKept(h, result, decided)
	e.accept(h, book)
	if err := e.convert(h, doc.Tree, result); err != nil {
		return nil, err
	}
	for i := range settings {
		settings[i].Option = e.Catalog.Spell(settings[i].Option, e.Release)
	}
	if h.Options, err = Merge(settings); err != nil {
		return nil, err
	}
	if err := checkPaths(h.Options, h.Documents); err != nil {
		return nil, err
	}
	if err := e.checkOptionForms(h.Options); err != nil {
		return nil, err
	}
	sortFindings(h.Findings)
	return h, nil
}

// missets says of each rule the first option that it sets and may not. Entries of the catalog are held against the same
// options when they are read.
func (e *Engine) missets(settings []policy.Setting) (map[string]error, error) {
	options, err := e.Catalog.SurfaceOf(e.Release)
	if err != nil {
		return nil, err
	}
	var wrong map[string]error
	for _, s := range settings {
		m := options.Check(s.Option, s.Value)
		if m == nil || wrong[s.Rule] != nil {
			continue
		}
		if wrong == nil {
			wrong = map[string]error{}
		}
		wrong[s.Rule] = m
	}
	return wrong, nil
}

type outcome[T any] struct {
	value T
	err   error
}

// parallel maps a list on all processors and keeps its order.
func parallel[S, T any](list []S, do func(S) (T, error)) []outcome[T] {
	out := make([]outcome[T], len(list))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				out[i].value, out[i].err = do(list[i])
			}
		})
	}
	workers.Wait()
	return out
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (e *Engine) ruleFinding(tree map[string]any, f policy.Finding) (Finding, error) {
	r, ok := e.Policy.Rule(f.Rule)
	if !ok || r.ID == "" {
		return Finding{}, errors.New("a finding, but no id in its METADATA")
	}
	out := Finding{
		ID: r.ID, Rule: r.Name, Kind: r.Kind, Severity: r.Severity, Category: r.Category, Component: r.Component,
		Title: r.Title, Description: r.Description, Equivalent: optional(r.Equivalent), Bridge: optional(r.Bridge),
		Workaround: r.Workaround, Test: r.Test.String(), Phase: r.Phase, Vars: map[string]string{}, Sources: r.Sources,
	}
	for k, v := range f.Vars {
		out.Vars[k] = fmt.Sprint(v)
	}
	for _, at := range f.At {
		out.At = append(out.At, evidence(tree, at))
	}
	out.At = orEmpty(out.At)
	sortEvidence(out.At)
	return out, nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func evidence(tree map[string]any, pointer string) Evidence {
	v, ok := snapshot.Lookup(tree, pointer)
	if !ok {
		return Evidence{Pointer: pointer, Label: "no such fact"}
	}
	node, _ := v.(map[string]any)
	source, _ := node["source"].(string)
	label := snapshot.Label(node)
	if label == "" {
		label = strings.Trim(pointer, "/")
	}
	return Evidence{pointer, label, source}
}

// verdict is a catalog entry with the nodes that it was found for.
type verdict struct {
	entry *catalog.Entry
	key   string
	catalog.Verdict
	component string
	at        []string
}

// consult asks the catalog about every node of the ledger that it has a table for.
func (e *Engine) consult(tree map[string]any, book *ledger) ([]*verdict, []Setting, error) {
	type index struct {
		entry  *catalog.Entry
		key    string
		status catalog.Status
		title  string
	}
	subjects := map[string][]catalog.Subject{}
	for _, name := range sortedKeys(e.Catalog.Subjects) {
		s := e.Catalog.Subjects[name]
		s.Name = name
		subjects[s.Nodes] = append(subjects[s.Nodes], s)
	}
	found := map[index]*verdict{}
	var order []*verdict
	for i := range book.accounts {
		a := &book.accounts[i]
		field := a.node.Field
		for _, s := range subjects[a.node.Pattern] {
			if !catalog.Holds(s.Where, field) {
				continue
			}
			key, ok := joinKey(s.Key, field)
			if !ok {
				continue
			}
			entry, v, ok := e.Catalog.Consult(e.Target, e.Release, s.Name, key, field)
			if !ok {
				continue
			}
			if a.answered != nil { // what is decided for this host stands before the general word
				a.entry, a.key = entry, key
				break
			}
			if v.Status == catalog.Carried {
				if v.Carry = e.carryPath(cmp.Or(v.Carry, s.Carry), key, field); v.Carry == "" {
					// No text of a fact becomes a path that is copied unless it is one: ask instead, as of what nobody knows.
					if last, said, ok := e.Catalog.Consult(e.Target, e.Release, s.Name, catalog.LastResort, field); ok && said.Status != catalog.Carried {
						entry, v = last, said
					} else {
						v = catalog.Verdict{Status: catalog.Review, Reason: "its path is none that can be copied"}
					}
				}
			}
			if a.by != nil && !a.bridged(v.Bridge) {
				v.Gap = nil // a rule speaks of this fact on this host; the general word would say it twice
			}
			at := index{entry: entry, key: key, status: v.Status}
			if v.Gap != nil {
				at.title = v.Gap.Title
			}
			if found[at] == nil {
				found[at] = &verdict{entry: entry, key: key, Verdict: v, component: s.Component}
				order = append(order, found[at])
			}
			found[at].at = append(found[at].at, a.node.Pointer)
			a.consulted(v, entry, key)
			break
		}
	}
	var settings []Setting
	for _, v := range order {
		by := v.entry.At
		if v.Attr != "" {
			ref := append([]string{"pkgs"}, strings.Split(v.Attr, ".")...)
			settings = append(settings, Setting{
				Option: e.Catalog.Option("packages"), Value: []any{map[string]any{"_ref": toAny(ref)}}, By: by, At: v.at,
			})
		}
		for _, path := range sortedKeys(v.Options) {
			option, err := nixos.Split(path)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", by, err)
			}
			settings = append(settings, Setting{Option: option, Value: v.Options[path], By: by, At: v.at})
		}
	}
	return order, settings, nil
}

func toAny(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func joinKey(fields []string, field catalog.Field) (string, bool) {
	parts := make([]string, len(fields))
	for i, path := range fields {
		v, ok := field(path)
		if !ok {
			return "", false
		}
		parts[i] = fmt.Sprint(v)
	}
	return strings.Join(parts, "/"), true
}

// catalogFindings makes a finding of each gap. Entries with the same words make
// one finding together, unless the words name the key.
func (e *Engine) catalogFindings(tree map[string]any, verdicts []*verdict) []Finding {
	var out []Finding
	byWords := map[catalog.Gap]int{}
	for _, v := range verdicts {
		if v.Gap == nil {
			continue
		}
		i, said := byWords[*v.Gap]
		if !said {
			i = len(out)
			out = append(out, Finding{
				ID: "CATALOG:" + v.entry.Subject + "/" + v.entry.Key, Rule: catalogArea + "/" + v.entry.Subject + "/" + v.entry.Key,
				Kind: v.Gap.Kind, Severity: v.Gap.Severity, Category: v.Gap.Category, Component: v.component + " " + v.key,
				Title: v.Gap.Title, Description: v.Gap.Description, Equivalent: equivalent(v.Verdict), Bridge: optional(v.Bridge),
				Workaround: v.Gap.Workaround, Test: v.Gap.Test, Vars: map[string]string{"name": v.key}, Sources: v.entry.Sources,
			})
			if !v.Gap.NamesKey() {
				byWords[*v.Gap] = i
			}
		}
		for _, at := range v.at {
			out[i].At = append(out[i].At, evidence(tree, at))
		}
	}
	for i := range out {
		sortEvidence(out[i].At)
	}
	return out
}

func sortEvidence(at []Evidence) {
	sort.SliceStable(at, func(i, j int) bool { return snapshot.ComparePointers(at[i].Pointer, at[j].Pointer) < 0 })
}

func equivalent(v catalog.Verdict) *string {
	switch {
	case v.Attr != "":
		return optional("pkgs." + v.Attr)
	case len(v.Options) > 0:
		return optional(sortedKeys(v.Options)[0])
	}
	return nil
}

func sortFindings(list []Finding) {
	rank := func(f Finding) int {
		if i := slices.Index(Severities, f.Severity); i >= 0 {
			return i
		}
		return len(Severities)
	}
	first := func(f Finding) string {
		if len(f.At) == 0 {
			return ""
		}
		return f.At[0].Pointer
	}
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if ra, rb := rank(a), rank(b); ra != rb {
			return ra < rb
		}
		if a.Area() != b.Area() {
			return a.Area() < b.Area()
		}
		if a.ID != b.ID {
			return a.ID < b.ID
		}
		if c := snapshot.ComparePointers(first(a), first(b)); c != 0 {
			return c < 0
		}
		return a.Component < b.Component
	})
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// Slug makes a name that is safe as a file name and as a Nix attribute: a valid
// host name stays as it is, any other keeps its letters and gets a digest, so
// that two odd names never fall together.
func Slug(name string) string {
	if hostName.MatchString(name) {
		return name
	}
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') && b.Len() < 40 {
			b.WriteRune(r)
		}
	}
	sum := sha256.Sum256([]byte(name))
	return "host-" + b.String() + "-" + hex.EncodeToString(sum[:4])
}
