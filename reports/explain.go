package reports

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Knowledge is where an evaluation's words come from.
type Knowledge struct {
	// Rules by name.
	Rules map[string]policy.Rule
	// IDs are the ids that rules have, or had: id → rule.
	IDs     map[string]string
	Catalog *catalog.Catalog
	Release string
}

// UnknownError says that nothing on a host has the name that was asked for.
type UnknownError struct {
	what string
	hint string
}

func (e *UnknownError) Error() string { return e.what }

// Hint says what can be asked for.
func (e *UnknownError) Hint() string { return e.hint }

// Explain says where a finding, an option or a fact comes from and what came of it, for a terminal. The question is an id,
// the path of an option or a JSON pointer. An *UnknownError says that the host has no such thing.
func Explain(h Host, k Knowledge, question string) (string, error) {
	x := &explanation{host: h, knowledge: k}
	var err error
	switch {
	case strings.HasPrefix(question, "/"):
		err = x.fact(question)
	case strings.HasPrefix(question, "CATALOG:"), strings.HasPrefix(question, "PVE-"):
		err = x.finding(question)
	default:
		err = x.option(question)
	}
	return x.b.String(), err
}

type explanation struct {
	host      Host
	knowledge Knowledge
	b         strings.Builder
}

// line writes a name and a text that may come from a host.
func (x *explanation) line(name, text string) {
	fmt.Fprintf(&x.b, "  %-11s %s\n", name, Plain(oneLine(text)))
}

// headline is the first line of an answer.
func (x *explanation) headline(format string, args ...any) {
	x.b.WriteString(Plain(oneLine(fmt.Sprintf(format, args...))) + "\n")
}

// paragraph writes prose within 100 columns.
func (x *explanation) paragraph(name, text string) {
	const width = 86
	line, label := "", name
	flush := func() {
		fmt.Fprintf(&x.b, "  %-11s %s\n", label, Plain(line))
		line, label = "", ""
	}
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			flush()
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	flush()
}

// shownFacts is how many facts of one kind an answer lists.
const shownFacts = 12

func (x *explanation) facts(name string, at []string) {
	for i, pointer := range at {
		if i == shownFacts {
			x.line("", fmt.Sprintf("and %d more", len(at)-i))
			return
		}
		label := name
		if i > 0 {
			label = ""
		}
		x.line(label, x.nameOf(pointer))
	}
}

// nameOf is a fact as a reader finds it again: pointer, label, captured file and line.
func (x *explanation) nameOf(pointer string) string {
	value, ok := snapshot.Lookup(x.host.Tree, pointer)
	if !ok {
		return pointer
	}
	node, _ := value.(map[string]any)
	out := pointer
	if label := snapshot.Label(node); label != "" {
		out += "  " + label
	}
	if source, _ := node["source"].(string); source != "" {
		out += "  in " + source
	}
	return out
}

// speaker is a rule or an entry with the place where it can be read.
func (x *explanation) speaker(by string) string {
	if r, ok := x.knowledge.Rules[by]; ok {
		title := r.Title
		if r.ID != "" {
			title = r.ID + ": " + title
		}
		return r.Path + "  " + title
	}
	return by // an entry names its file and line itself
}

func (x *explanation) finding(id string) error {
	found := false
	for _, f := range x.host.Findings {
		if f.ID != id {
			continue
		}
		if found {
			x.b.WriteByte('\n')
		}
		found = true
		fill := func(text string) string { return f.Fill(text, identity) }
		x.headline("%s on %s: %s", f.ID, x.host.Name, fill(f.Title))
		x.line("severity", f.Severity+", a "+f.Kind+" of "+f.Component)
		if f.Accepted != nil {
			x.paragraph("accepted", f.Accepted.Reason+" ("+f.Accepted.By+")")
		}
		if r, ok := x.knowledge.Rules[f.Rule]; ok {
			x.line("rule", r.Path)
		} else {
			x.line("entry", x.entryOf(f.Rule))
		}
		x.paragraph("why", fill(f.Description))
		at := make([]string, len(f.At))
		for i, e := range f.At {
			at[i] = e.Pointer
		}
		x.facts("facts", at)
		x.paragraph("what to do", fill(f.Workaround))
		for _, half := range strings.Split(f.Test, "\nAfter: ") {
			name := "after"
			if before, ok := strings.CutPrefix(half, "Before: "); ok {
				half, name = before, "before"
			} else if !strings.Contains(f.Test, "\nAfter: ") {
				name = "test"
			}
			x.paragraph(name, fill(half))
		}
		if f.Equivalent != nil {
			x.line("on NixOS", *f.Equivalent)
		}
		for _, source := range f.Sources {
			x.line("source", source)
		}
	}
	for _, i := range x.host.Inhibitors {
		if i.ID != id {
			continue
		}
		does := map[string]string{"refuse": "does not begin before it is out of the way", "warn": "begins in spite of it"}[i.Level]
		if i.Accepted != nil {
			does = "begins in spite of it: accepted, " + i.Accepted.Reason + " (" + i.Accepted.By + ")"
		}
		if found {
			x.paragraph("conversion", does)
			continue
		}
		found = true
		x.headline("%s on %s: %s", i.ID, x.host.Name, i.Title)
		x.paragraph("conversion", does)
		if r, ok := x.knowledge.Rules[i.Rule]; ok {
			x.line("rule", r.Path)
		}
		x.paragraph("why", i.Text)
		x.facts("facts", i.Pointers())
		x.paragraph("what to do", i.Remedy)
	}
	if found {
		return nil
	}
	for _, r := range x.knowledge.Rules {
		if r.ID == id {
			x.headline("%s is not found on %s: %s", id, x.host.Name, r.Title)
			x.line("severity", r.Severity)
			x.line("rule", r.Path)
			x.paragraph("would say", r.Description)
			return nil
		}
	}
	if rule, ok := x.knowledge.IDs[id]; ok {
		return &UnknownError{fmt.Sprintf("%s was the id of %s, which is gone", id, rule), ""}
	}
	return &UnknownError{fmt.Sprintf("no finding has the id %s", id), "pve2nix rules list lists them"}
}

// entryOf is the place of the entry that a finding of the catalog comes from.
func (x *explanation) entryOf(rule string) string {
	parts := strings.SplitN(rule, "/", 3)
	if len(parts) == 3 {
		for _, e := range x.knowledge.Catalog.Named(parts[2], parts[1]) {
			if e.Key == parts[2] {
				return e.At + "  " + e.Subject + " " + e.Key
			}
		}
	}
	return rule
}

func (x *explanation) option(name string) error {
	path, err := nixos.Split(name)
	if err != nil {
		return &UnknownError{err.Error(), "ask for an id, an option or a pointer: PVE-NET-001, services.openssh.enable, /packages/0"}
	}
	spelled := x.knowledge.Catalog.Spell(path, x.knowledge.Release)
	var hits []evaluate.Leaf
	for _, leaf := range x.host.Options {
		// The option itself, all below it, and one that has it in its value.
		if below(leaf.Option, path) || below(leaf.Option, spelled) || below(path, leaf.Option) || below(spelled, leaf.Option) {
			hits = append(hits, leaf)
		}
	}
	if len(hits) == 0 {
		return &UnknownError{fmt.Sprintf("nothing on %s sets the option %s", Plain(x.host.Name), name), "see nix/hosts in the outputs of eval for what is set"}
	}
	for i, leaf := range hits {
		if i > 0 {
			x.b.WriteByte('\n')
		}
		x.headline("%s on %s", strings.Join(leaf.Option, "."), x.host.Name)
		x.line("value", valueText(leaf.Value))
		x.line("written to", "nix/hosts/"+x.host.Slug+"/"+moduleOf(x.knowledge.Catalog.Layout, leaf.Option)+".nix")
		for i, by := range leaf.By {
			label := "set by"
			if i > 0 {
				label = ""
			}
			if i == shownFacts {
				x.line("", fmt.Sprintf("and %d more", len(leaf.By)-i))
				break
			}
			x.line(label, x.speaker(by))
		}
		x.facts("because of", leaf.At)
	}
	return nil
}

// below tells whether a path is another or lies below it.
func below(path, above []string) bool {
	return len(path) >= len(above) && slices.Equal(path[:len(above)], above)
}

func (x *explanation) fact(pointer string) error {
	value, ok := snapshot.Lookup(x.host.Tree, pointer)
	if !ok {
		return &UnknownError{fmt.Sprintf("%s: no such fact in the snapshot", pointer), "pointers are in evaluation.json and in the report, behind each fact"}
	}
	node, _ := value.(map[string]any)
	x.headline("%s on %s: %s", pointer, x.host.Name, snapshot.Label(node))
	if source, _ := node["source"].(string); source != "" {
		x.line("captured", source)
	}
	x.line("value", x.valueOf(value))
	accounted := false
	for _, a := range x.host.Ledger.Facts {
		if a.Pointer == pointer {
			accounted = true
			x.account(a)
		}
	}
	if !accounted {
		x.within(pointer)
	}
	x.spokenOf(pointer)
	return nil
}

// valueOf is a fact in one line; of lists and objects below it only the size.
func (x *explanation) valueOf(value any) string {
	object, ok := value.(map[string]any)
	if !ok {
		if list, ok := value.([]any); ok {
			return fmt.Sprintf("a list of %d", len(list))
		}
		return valueText(value)
	}
	short := map[string]any{}
	for name, field := range object {
		if name == "source" {
			continue
		}
		if list, ok := field.([]any); ok && len(list) > 0 {
			if _, nested := list[0].(map[string]any); nested {
				field = fmt.Sprintf("a list of %d", len(list))
			}
		}
		short[name] = field
	}
	text, err := json.Marshal(short)
	if err != nil {
		return "?"
	}
	return string(text)
}

// account writes the line of the ledger.
func (x *explanation) account(a evaluate.Account) {
	x.line("becomes", string(a.Status))
	for _, by := range a.By {
		x.line("says", x.speaker(by))
	}
	if a.Reason != "" {
		x.paragraph("because", a.Reason)
	}
	if a.Carry != "" {
		x.line("carried in", a.Carry)
	}
	if a.Bridge != "" {
		x.line("bridge", a.Bridge)
	}
}

// within says of something that has no line in the ledger which facts below or above it have one.
func (x *explanation) within(pointer string) {
	counts := map[evaluate.Status]int{}
	parent := ""
	for _, a := range x.host.Ledger.Facts {
		if strings.HasPrefix(a.Pointer, strings.TrimSuffix(pointer, "/")+"/") {
			counts[a.Status]++
		}
		if strings.HasPrefix(pointer, a.Pointer+"/") {
			parent = a.Pointer
		}
	}
	var cells []string
	for _, s := range evaluate.Statuses {
		if n := counts[s]; n > 0 {
			cells = append(cells, fmt.Sprintf("%d %s", n, s))
		}
	}
	switch {
	case cells != nil:
		x.line("facts below", strings.Join(cells, ", "))
	case parent != "":
		x.line("part of", x.nameOf(parent))
	default:
		x.line("becomes", "nothing by itself: it only tells others")
	}
}

// spokenOf lists the findings, options, carries, bridges and checks that come from a fact.
func (x *explanation) spokenOf(pointer string) {
	for _, f := range x.host.Findings {
		if slices.ContainsFunc(f.At, func(e evaluate.Evidence) bool { return e.Pointer == pointer }) {
			x.line("finding", f.ID+" ("+f.Severity+"): "+f.Fill(f.Title, identity))
		}
	}
	for _, leaf := range x.host.Options {
		if slices.Contains(leaf.At, pointer) {
			x.line("option", strings.Join(leaf.Option, ".")+" = "+valueText(leaf.Value))
		}
	}
	for _, c := range x.host.Carries {
		if slices.Contains(c.At, pointer) {
			x.line("carried", c.Path+" to "+c.To)
		}
	}
	for _, b := range x.host.Bridges {
		if slices.Contains(b.At, pointer) {
			x.line("bridge", b.Bridge)
		}
	}
	for _, c := range x.host.Checks {
		if slices.Contains(c.At, pointer) {
			x.line("checked", c.Check)
		}
	}
}
