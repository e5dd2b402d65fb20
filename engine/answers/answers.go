// Package answers reads what the owner of hosts has decided: findings that are
// accepted, a kernel, what becomes of packages and units, own modules. The form
// of the file is that of schemas/answers.schema.json and nothing beside it. The
// package is pure: files come in as bytes, and it trusts none of them.
package answers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Version is the value of the field "schema" of a file of answers.
const Version = "pve2nix.answers/v1"

// MaxSize is the largest file that is read, in bytes. All packages and units of
// a large cluster need about a tenth of it.
const MaxSize = 4 << 20

// Answers are what a file says; see the schema for what each field means.
type Answers struct {
	Schema  string   `json:"schema"`
	Target  string   `json:"target,omitempty"`
	Release string   `json:"release,omitempty"`
	Accept  []Accept `json:"accept,omitempty"`
	Decisions
	Hosts map[string]Decisions `json:"hosts,omitempty"`
}

// Accept is a finding that is accepted, or with Open one that waits for it.
type Accept struct {
	Finding string `json:"finding"`
	Host    string `json:"host,omitempty"`
	At      string `json:"at,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Open    string `json:"open,omitempty"`
}

// Decisions are what holds for all hosts, or for one.
type Decisions struct {
	Kernel   *Kernel             `json:"kernel,omitempty"`
	Packages map[string]Decision `json:"packages,omitempty"`
	Units    map[string]Decision `json:"units,omitempty"`
	Modules  []string            `json:"modules,omitempty"`
	Bridges  map[string]Wish     `json:"bridges,omitempty"`
}

// Kernel is the set of kernel packages, or with Open the question for it.
type Kernel struct{ Name, Open string }

// UnmarshalJSON reads a name, or an object with the question.
func (k *Kernel) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, &k.Name)
	}
	var question struct{ Open string }
	err := json.Unmarshal(text, &question)
	k.Open = question.Open
	return err
}

// MarshalJSON is the form that UnmarshalJSON reads.
func (k Kernel) MarshalJSON() ([]byte, error) {
	if k.Name != "" {
		return json.Marshal(k.Name)
	}
	return json.Marshal(map[string]string{"open": k.Open})
}

// Decision is what becomes of a package or unit; one of its fields is set.
type Decision struct {
	Install string `json:"install,omitempty"`
	Drop    string `json:"drop,omitempty"`
	Keep    string `json:"keep,omitempty"`
	// Companion says why it is to run in the companion.
	Companion string `json:"companion,omitempty"`
	// Unfree says why the licence of a package that is not free is accepted: it is installed, and allowed by its name.
	Unfree string `json:"unfree,omitempty"`
	Open   string `json:"open,omitempty"`
	// By is where it is said: answers.json#/packages/htop.
	By string `json:"-"`
}

// decided tells whether anything but the question is there.
func (d Decision) decided() bool {
	return d.Install != "" || d.Drop != "" || d.Keep != "" || d.Companion != "" || d.Unfree != ""
}

// Reason is what the owner says, in a line of the ledger.
func (d Decision) Reason() string {
	switch {
	case d.Install != "":
		return "answered: pkgs." + d.Install
	case d.Drop != "":
		return "answered: " + d.Drop
	case d.Companion != "":
		return "answered: companion: " + d.Companion
	case d.Unfree != "":
		return "answered: unfree: " + d.Unfree
	}
	return "answered: " + d.Keep
}

// Wish says whether a bridge is wanted.
type Wish struct {
	// Word is yes or no.
	Word string
	// By is where it is said.
	By string
}

// No is the word of who does not want a bridge.
const No = "no"

// UnmarshalJSON reads the word.
func (w *Wish) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &w.Word) }

// MarshalJSON is the form that UnmarshalJSON reads.
func (w Wish) MarshalJSON() ([]byte, error) { return json.Marshal(w.Word) }

// Declined is where it is said that a bridge is not wanted.
func (d Decisions) Declined(kind string) (by string, ok bool) {
	w := d.Bridges[kind]
	return w.By, w.Word == No
}

// File is a file of answers that was read and found valid. A nil File answers nothing.
type File struct {
	Answers
	// Name is how errors call the file.
	Name string
	// Digest is the SHA-256 of its bytes, in hexadecimal.
	Digest string
	// places are the positions of a CUE file by JSON pointer.
	places map[string]catalog.Place
}

// Error is everything that is wrong with a file, each with its place: a JSON
// pointer, or line and column of a CUE file.
type Error struct {
	// List is never empty.
	List []string
}

func (e *Error) Error() string { return strings.Join(e.List, "\n") }

// mostErrors is how many errors of one file are told.
const mostErrors = 20

// Read reads a file of answers strictly. name ends in .json or .cue, which says
// what it is. Every refusal is an *Error, or a *catalog.Error for CUE that is none.
func Read(name string, data []byte) (*File, error) {
	if len(data) > MaxSize {
		return nil, &Error{[]string{fmt.Sprintf("%s: larger than %d MiB, the limit for answers", name, MaxSize>>20)}}
	}
	if !utf8.Valid(data) {
		return nil, &Error{[]string{name + ": not UTF-8"}}
	}
	sum := sha256.Sum256(data)
	f := &File{Name: name, Digest: hex.EncodeToString(sum[:])}
	var tree any
	switch path.Ext(name) {
	case ".json":
		var problem *Error
		if tree, problem = decode(name, data); problem != nil {
			return nil, problem
		}
	case ".cue":
		plain, err := catalog.ReadPlain(name, data)
		if err != nil {
			return nil, err
		}
		tree, f.places = plain.Tree, plain.Places
	default:
		return nil, &Error{[]string{name + ": want a file that ends in .json or .cue"}}
	}
	root, err := schema()
	if err != nil {
		return nil, err
	}
	var problems []problem
	root.check(tree, "", &problems)
	if problems != nil {
		slices.SortStableFunc(problems, func(a, b problem) int { return snapshot.ComparePointers(a.pointer, b.pointer) })
		e := &Error{}
		for i, p := range problems {
			if i == mostErrors {
				e.List = append(e.List, fmt.Sprintf("%s: and %d more", name, len(problems)-i))
				break
			}
			e.List = append(e.List, f.At(p.pointer)+": "+p.what)
		}
		return nil, e
	}
	text, err := json.Marshal(tree)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f.Answers); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

// At is the place of a value as errors name it: file: pointer, or file:line:column
// of a CUE file; of a value that is not there, the place of the one that lacks it.
func (f *File) At(pointer string) string {
	for at := pointer; f.places != nil; at = at[:max(0, strings.LastIndexByte(at, '/'))] {
		if p, ok := f.places[at]; ok {
			return fmt.Sprintf("%s:%d:%d: %s", f.Name, p.Line, p.Column, shown(pointer))
		}
		if at == "" {
			break
		}
	}
	return f.Name + ": " + shown(pointer)
}

// shown is a pointer on one line.
func shown(pointer string) string {
	if pointer == "" {
		return "/"
	}
	return printable(pointer)
}

// By is how the ledger and the reports name an answer, wherever the file lies.
func (f *File) By(pointer string) string {
	return path.Base(strings.ReplaceAll(f.Name, `\`, "/")) + "#" + pointer
}

// Acceptance is the answer that accepts a finding.
type Acceptance struct {
	Reason string `json:"reason"`
	// By is where it is said.
	By string `json:"by"`
}

// Accepts finds the answer that accepts a finding of a host, of several the one that says most of where.
// at are the facts that the finding speaks of.
func (f *File) Accepts(host, finding string, at []string) *Acceptance {
	if f == nil {
		return nil
	}
	best, said := -1, 0
	for i, a := range f.Accept {
		if a.Open != "" || !a.Speaks(host, finding, at) {
			continue
		}
		weight := 1
		if a.Host != "" {
			weight++
		}
		if a.At != "" {
			weight += 2
		}
		if weight > said {
			best, said = i, weight
		}
	}
	if best < 0 {
		return nil
	}
	return &Acceptance{f.Accept[best].Reason, f.By(fmt.Sprintf("/accept/%d", best))}
}

// Speaks tells whether it is about a finding of a host.
func (a Accept) Speaks(host, finding string, at []string) bool {
	return a.Finding == finding && (a.Host == "" || a.Host == host) && (a.At == "" || slices.Contains(at, a.At))
}

// Host is what is decided for one host: what is said of it, and beside it what is
// said of all. Nothing that is open is in there.
func (f *File) Host(name string) Decisions {
	out := Decisions{Packages: map[string]Decision{}, Units: map[string]Decision{}, Bridges: map[string]Wish{}}
	if f == nil {
		return out
	}
	lay := func(d Decisions, at string) {
		if d.Kernel != nil && d.Kernel.Name != "" {
			out.Kernel = d.Kernel
		}
		for _, table := range []struct {
			name     string
			from, to map[string]Decision
		}{{"packages", d.Packages, out.Packages}, {"units", d.Units, out.Units}} {
			for key, decision := range table.from {
				if decision.decided() {
					decision.By = f.By(at + "/" + table.name + "/" + snapshot.EscapePointer(key))
					table.to[key] = decision
				}
			}
		}
		for kind, wish := range d.Bridges {
			out.Bridges[kind] = Wish{wish.Word, f.By(at + "/bridges/" + snapshot.EscapePointer(kind))}
		}
		for _, m := range d.Modules {
			if !slices.Contains(out.Modules, m) {
				out.Modules = append(out.Modules, m)
			}
		}
	}
	lay(f.Decisions, "")
	if own, ok := f.Hosts[name]; ok {
		lay(own, "/hosts/"+snapshot.EscapePointer(name))
	}
	return out
}

// Data is what rules see as data.answers: {kernel, packages, units, modules, bridges}, each
// only where it is decided; a package is {install}, {drop} or {companion}, a unit {drop}, {keep} or {companion}, a bridge yes or no.
func (d Decisions) Data() map[string]any {
	out := map[string]any{}
	if d.Kernel != nil {
		out["kernel"] = d.Kernel.Name
	}
	for name, table := range map[string]map[string]Decision{"packages": d.Packages, "units": d.Units} {
		said := map[string]any{}
		for key, decision := range table {
			one := map[string]any{}
			for word, text := range map[string]string{"install": decision.Install, "drop": decision.Drop, "keep": decision.Keep, "companion": decision.Companion, "unfree": decision.Unfree} {
				if text != "" {
					one[word] = text
				}
			}
			said[key] = one
		}
		if len(said) > 0 {
			out[name] = said
		}
	}
	if len(d.Bridges) > 0 {
		said := map[string]any{}
		for kind, wish := range d.Bridges {
			said[kind] = wish.Word
		}
		out["bridges"] = said
	}
	if len(d.Modules) > 0 {
		list := make([]any, len(d.Modules))
		for i, m := range d.Modules {
			list[i] = m
		}
		out["modules"] = list
	}
	return out
}

// Decided is a copy of what is answered, without what is open, that can be added to.
func (f *File) Decided() Answers {
	out := Answers{Schema: Version, Hosts: map[string]Decisions{}}
	if f == nil {
		out.Decisions = Decisions{}.decided()
		return out
	}
	out.Target, out.Release, out.Decisions = f.Target, f.Release, f.Decisions.decided()
	for _, a := range f.Accept {
		if a.Open == "" {
			out.Accept = append(out.Accept, a)
		}
	}
	for name, d := range f.Hosts {
		out.Hosts[name] = d.decided()
	}
	return out
}

func (d Decisions) decided() Decisions {
	out := Decisions{Packages: map[string]Decision{}, Units: map[string]Decision{}, Modules: slices.Clone(d.Modules), Bridges: maps.Clone(d.Bridges)}
	if d.Kernel != nil && d.Kernel.Name != "" {
		out.Kernel = d.Kernel
	}
	for name, decision := range d.Packages {
		if decision.decided() {
			out.Packages[name] = decision
		}
	}
	for name, decision := range d.Units {
		if decision.decided() {
			out.Units[name] = decision
		}
	}
	return out
}
