// Package catalog answers what a thing becomes on NixOS: it decodes the
// generated lock of the built-in catalog, layers a user's entries over it, and
// finds the entry of a key. It is the only importer of CUE, and it knows nothing
// of Proxmox or NixOS itself: all that is in catalog/*.cue.
package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Status is the verdict of an entry in one word.
type Status string

// The verdicts; catalog/schema.cue says what each means.
const (
	Package    Status = "package"
	Option     Status = "option"
	Implied    Status = "implied"
	Carried    Status = "carried"
	Bridged    Status = "bridged"
	Missing    Status = "missing"
	Review     Status = "review"
	Irrelevant Status = "irrelevant"
)

// Verdict is what a thing becomes on NixOS.
type Verdict struct {
	Status  Status         `json:"status"`
	Attr    string         `json:"attr,omitempty"`
	Options map[string]any `json:"options,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	Bridge  string         `json:"bridge,omitempty"`
	Gap     *Gap           `json:"gap,omitempty"`
}

// Gap is the text of the finding that an entry makes.
type Gap struct {
	Title       string `json:"title"`
	Category    string `json:"category"`
	Severity    string `json:"severity"`
	Description string `json:"description"`
	Workaround  string `json:"workaround"`
	Test        string `json:"test"`
	Kind        string `json:"kind"`
}

// NamesKey tells whether the text has a place for the key, so that it must be told once for each.
func (g Gap) NamesKey() bool {
	return strings.Contains(g.Title+g.Description+g.Workaround+g.Test, "{name}")
}

// Case is another verdict for some targets, releases or nodes.
type Case struct {
	Verdict
	Target  []string       `json:"target,omitempty"`
	Release []string       `json:"release,omitempty"`
	Where   map[string]any `json:"where,omitempty"`
}

// Entry is one line of the catalog.
type Entry struct {
	// Subject is the table, Key the name or pattern in it.
	Subject string `json:"subject"`
	Key     string `json:"key"`
	// At is file:line of the entry.
	At string `json:"at"`
	Verdict
	Where   map[string]any `json:"where,omitempty"`
	When    []Case         `json:"when,omitempty"`
	Sources []string       `json:"sources"`
}

// Subject says which facts a table is about.
type Subject struct {
	Name      string         `json:"name"`
	Nodes     string         `json:"nodes"`
	Key       []string       `json:"key"`
	Where     map[string]any `json:"where,omitempty"`
	Component string         `json:"component"`
}

// Module is a collection of options from outside nixpkgs.
type Module struct {
	Input   string   `json:"input"`
	Attr    []string `json:"attr"`
	Overlay []string `json:"overlay,omitempty"`
	Targets []string `json:"targets"`
}

// Rename is the name of an option from a release on.
type Rename struct {
	Since string `json:"since"`
	To    string `json:"to"`
}

// Release is what a NixOS release needs in a flake.
type Release struct {
	Nixpkgs      string            `json:"nixpkgs"`
	Inputs       map[string]string `json:"inputs,omitempty"`
	StateVersion string            `json:"stateVersion"`
}

// Target is a kind of host to convert to.
type Target struct {
	Title string `json:"title"`
}

// Lock is the catalog as it is generated into catalog/catalog.lock.json.
type Lock struct {
	Schema   string                    `json:"schema"`
	Subjects map[string]Subject        `json:"subjects"`
	Layout   map[string]string         `json:"layout"`
	Renames  map[string]Rename         `json:"renames"`
	Modules  map[string]Module         `json:"modules"`
	Releases map[string]Release        `json:"releases"`
	Targets  map[string]Target         `json:"targets"`
	Tables   map[string]map[string]any `json:"tables"`
	Entries  []Entry                   `json:"entries"`
}

// LockVersion is the value of the field "schema" of the lock.
const LockVersion = "pve2nix.catalog/v1"

// Catalog finds entries by key.
type Catalog struct {
	Lock
	tables map[string]*table
	digest string
}

type table struct {
	exact    map[string][]*Entry
	patterns []*Entry // most literal characters first
}

// Decode reads the generated lock.
func Decode(lock []byte) (*Catalog, error) {
	var l Lock
	if err := json.Unmarshal(lock, &l); err != nil {
		return nil, fmt.Errorf("catalog.lock.json: %w", err)
	}
	if l.Schema != LockVersion {
		return nil, fmt.Errorf("catalog.lock.json: schema is %q, want %q", l.Schema, LockVersion)
	}
	return index(l, lock), nil
}

func index(l Lock, content ...[]byte) *Catalog {
	h := sha256.New()
	for _, c := range content {
		h.Write(c)
	}
	c := &Catalog{Lock: l, tables: map[string]*table{}, digest: hex.EncodeToString(h.Sum(nil))}
	for name := range l.Subjects {
		c.tables[name] = &table{exact: map[string][]*Entry{}}
	}
	for i := range l.Entries {
		e := &c.Entries[i]
		t := c.tables[e.Subject]
		if t == nil {
			continue
		}
		if strings.Contains(e.Key, "*") {
			t.patterns = append(t.patterns, e)
		} else {
			t.exact[e.Key] = append(t.exact[e.Key], e)
		}
	}
	for _, t := range c.tables {
		sort.SliceStable(t.patterns, func(i, j int) bool {
			a, b := t.patterns[i], t.patterns[j]
			if la, lb := literals(a.Key), literals(b.Key); la != lb {
				return la > lb
			}
			if len(a.Where) != len(b.Where) {
				return len(a.Where) > len(b.Where) // the narrower one first
			}
			return a.Key < b.Key
		})
	}
	return c
}

func literals(pattern string) int { return len(pattern) - strings.Count(pattern, "*") }

// Digest is the SHA-256 of the lock and of all overlays, in hexadecimal.
func (c *Catalog) Digest() string { return c.digest }

// Field reads a field of the node that is looked up; climbing paths are the caller's matter.
type Field func(path string) (any, bool)

// Find returns the entry for a key of a subject: the exact one first, then the
// pattern with the most literal characters, each only where its conditions hold.
func (c *Catalog) Find(subject, key string, field Field) (*Entry, bool) {
	t := c.tables[subject]
	if t == nil {
		return nil, false
	}
	for _, e := range t.exact[key] {
		if Holds(e.Where, field) {
			return e, true
		}
	}
	for _, e := range t.patterns {
		if Match(e.Key, key) && Holds(e.Where, field) {
			return e, true
		}
	}
	return nil, false
}

// Holds tells whether all fields have the wanted values; nil wants a field to be absent.
func Holds(where map[string]any, field Field) bool {
	for path, want := range where {
		got, ok := field(path)
		if want == nil {
			if ok {
				return false
			}
			continue
		}
		if !ok || !sameScalar(got, want) {
			return false
		}
	}
	return true
}

func sameScalar(a, b any) bool {
	if a == b {
		return true
	}
	switch a.(type) {
	case json.Number, float64, int:
		return fmt.Sprint(a) == fmt.Sprint(b)
	}
	return false
}

// Match tells whether text fits a pattern in which * stands for any text.
func Match(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	rest := text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return true
}

// For returns the verdict of the entry for one node on one target and release.
func (e *Entry) For(target, release string, field Field) Verdict {
	for _, w := range e.When {
		if (len(w.Target) == 0 || slices.Contains(w.Target, target)) &&
			(len(w.Release) == 0 || slices.Contains(w.Release, release)) && Holds(w.Where, field) {
			return w.Verdict
		}
	}
	return e.Verdict
}

// SplitOption splits a dotted option path; a part in double quotes may hold dots.
func SplitOption(path string) ([]string, error) {
	var parts []string
	for rest := path; ; {
		var part string
		if strings.HasPrefix(rest, `"`) {
			end := strings.Index(rest[1:], `"`)
			if end < 0 {
				return nil, fmt.Errorf("option %s: quote is not closed", path)
			}
			part, rest = rest[1:1+end], rest[end+2:]
			if rest != "" && rest[0] != '.' {
				return nil, fmt.Errorf("option %s: want a dot after a quoted part", path)
			}
			rest = strings.TrimPrefix(rest, ".")
			parts = append(parts, part)
			if rest == "" {
				return parts, nil
			}
			continue
		}
		part, next, more := strings.Cut(rest, ".")
		if part == "" {
			return nil, fmt.Errorf("option %s: empty part", path)
		}
		parts = append(parts, part)
		if !more {
			return parts, nil
		}
		rest = next
	}
}
