// Package policy compiles the rules and asks them what a snapshot means. It is
// the only importer of OPA. It knows nothing of Proxmox: what a fact means is in
// rules/.
package policy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"sort"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// Module is one file of rules.
type Module struct {
	// Path is how errors call the file.
	Path string
	// Text is its content.
	Text string
}

// Policy is a compiled set of rules; it may be used by several goroutines.
type Policy struct {
	rules map[string]func() (Rule, error)
	// targets are those of the rules that do not speak of all.
	targets  map[string][]string
	digest   string
	compiler *ast.Compiler
	store    storage.Store
	// all are the questions of all targets, questions those of the one in the data.
	all, questions []question
	partials       map[ast.Value][]ast.Ref
}

// Error is one or more errors in rule files, each with its position.
type Error struct {
	// List holds one line each: path:line:column: what.
	List []string
}

func (e *Error) Error() string { return strings.Join(e.List, "\n") }

// rulesRoot is the first part of the package path of every rule.
const rulesRoot = "rules"

// Options are what compilation may be told.
type Options struct {
	// Data is what rules see as data besides themselves: catalog, target, release.
	Data map[string]any
	// Schema, where given, is the JSON schema of the input; references to facts
	// that it does not have are errors.
	Schema []byte
	// Lock, where given, is what Lock made of modules. It stands for them, and
	// they are not compiled, if it was made of these very modules.
	Lock string
}

// Compile parses, checks and prepares rules. Modules whose path ends in
// _test.rego are left out. All errors are reported at once, as *Error.
func Compile(_ context.Context, modules []Module, o Options) (*Policy, error) {
	modules = withoutTests(modules)
	p, err := unlock(o.Lock, modules)
	if err != nil {
		p, err = compileText(modules, o)
	}
	if err != nil {
		return nil, err
	}
	p.all = questions(p.compiler.RuleTree)
	p.partials = partials(p.compiler.RuleTree)
	return p.With(o.Data), nil
}

// With is the policy with other data. Of the rules, those that speak of the target in the data are asked; all, where it names none.
func (p *Policy) With(data map[string]any) *Policy {
	if data == nil {
		data = map[string]any{}
	}
	q := *p
	q.questions = nil
	target, _ := data["target"].(string)
	for _, one := range p.all {
		if on, some := p.targets[one.rule]; target == "" || !some || slices.Contains(on, target) {
			q.questions = append(q.questions, one)
		}
	}
	q.store = inmem.NewFromObjectWithOpts(data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	return &q
}

// Only is the policy with no other than some rules.
func (p *Policy) Only(some map[string]bool) *Policy {
	q := *p
	q.questions = slices.DeleteFunc(slices.Clone(p.questions), func(one question) bool { return !some[one.rule] })
	return &q
}

// Digest is the SHA-256 of all modules, independent of where they lie.
func (p *Policy) Digest() string { return p.digest }

func digest(modules []Module) string {
	lines := make([]string, 0, len(modules))
	h, piece := sha256.New(), make([]byte, pieceSize)
	for _, m := range modules {
		h.Reset()
		feed(h, m.Text, piece)
		lines = append(lines, hex.EncodeToString(h.Sum(nil)))
	}
	sort.Strings(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}

// pieceSize is how much of a text a hash gets at a time; as a whole it would be copied.
const pieceSize = 4096

// feed gives a text to a hash, with room for a piece of it.
func feed(h hash.Hash, text string, piece []byte) {
	for text != "" {
		n := copy(piece, text)
		h.Write(piece[:n]) // a hash.Hash never returns an error
		text = text[n:]
	}
}

// Rules lists the rules by name.
func (p *Policy) Rules() ([]Rule, error) {
	out := make([]Rule, 0, len(p.rules))
	for name := range p.rules {
		r, err := p.rules[name]()
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

// Rule finds a rule by name, area/name. What its METADATA says is read when it is first asked for.
func (p *Policy) Rule(name string) (Rule, bool) {
	read, ok := p.rules[name]
	if !ok {
		return Rule{}, false
	}
	r, err := read()
	return r, err == nil
}

// Finding is an element of a set of findings.
type Finding struct {
	Rule string         `json:"rule"`
	At   []string       `json:"at"`
	Vars map[string]any `json:"vars"`
}

// Setting is an element of a set of settings: a NixOS option and its value.
type Setting struct {
	Rule   string   `json:"rule"`
	At     []string `json:"at"`
	Option []string `json:"option"`
	Value  any      `json:"value"`
	// Document is one without which the option has no meaning; nil where it needs none, or refers to it by a path.
	Document []string `json:"document,omitempty"`
}

// Carry is a file or state that is copied to the new root.
type Carry struct {
	Rule   string   `json:"rule"`
	At     []string `json:"at"`
	Path   string   `json:"path"`
	To     string   `json:"to"`
	Mode   string   `json:"mode"`
	Secret bool     `json:"secret"`
}

// Bridge keeps a feature that NixOS lacks.
type Bridge struct {
	Rule   string         `json:"rule"`
	At     []string       `json:"at"`
	Bridge string         `json:"bridge"`
	Params map[string]any `json:"params"`
}

// Part is a piece of a document that is neither Nix nor a report: the definition of a guest.
type Part struct {
	Rule string   `json:"rule"`
	At   []string `json:"at"`
	// Document is the kind and the name: domains, 100.
	Document []string `json:"document"`
	Path     []string `json:"path"`
	Value    any      `json:"value"`
}

// Plan is a piece of what rules know of the conversion itself: where the new root goes, how it is started, what is saved before.
type Plan struct {
	Rule  string   `json:"rule"`
	At    []string `json:"at"`
	Path  []string `json:"path"`
	Value any      `json:"value"`
}

// Inhibitor is something that stands in the way of a conversion.
type Inhibitor struct {
	Rule string         `json:"rule"`
	At   []string       `json:"at"`
	Vars map[string]any `json:"vars"`
}

// Check is an assertion about the converted host.
type Check struct {
	Rule     string         `json:"rule"`
	At       []string       `json:"at"`
	Check    string         `json:"check"`
	Params   map[string]any `json:"params"`
	Required bool           `json:"required"`
}

// Result is what all rules say of one snapshot, each set in a fixed order.
type Result struct {
	Findings []Finding `json:"findings"`
	Settings []Setting `json:"settings"`
	Carries  []Carry   `json:"carries"`
	Bridges  []Bridge  `json:"bridges"`
	Checks   []Check   `json:"checks"`
	Parts    []Part    `json:"parts"`
	Plans    []Plan    `json:"plans"`
	// Inhibits are what stands in the way; it says nothing of facts, and the ledger does not count it.
	Inhibits []Inhibitor `json:"inhibits"`
	// Errors are the rules that failed; nothing of what they said is in the sets above.
	Errors []RuleError `json:"errors"`
}

// RuleError is a rule that failed at run time.
type RuleError struct {
	Rule string `json:"rule"`
	// At is path:line:column of what failed, which may lie in the library.
	At string `json:"at"`
	// What says what happened.
	What string `json:"what"`
}

func (e RuleError) String() string { return e.At + ": " + e.What }
