// Package bridge keeps on a converted host what NixOS lacks. A bridge is asked for
// by rules: an element of their set bridges says what it keeps, and what else the
// same rules want, options, carried files, pieces of the plan and checks, is what
// it needs. The package gathers that, looks whether it works, and takes it back.
//
// What is a gap, and which bridge keeps it on which target, is in the catalog
// (bridges and keeps). The package knows of a kind only what its parts of a
// running system are.
package bridge

import (
	"context"
	"slices"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/validate"
)

// Kind is a kind of bridge.
type Kind interface {
	// Name is the word that rules, answers and the catalog have for it.
	Name() string
	// Applies lists what it keeps on a host; nothing where the host does not need it, or its owner does not want it.
	Applies(h *evaluate.Host) []Kept
	// Plan is all that the host gets for it. It is pure.
	Plan(h *evaluate.Host) Part
	// Verify looks on the converted host whether it works. It changes nothing.
	Verify(ctx context.Context, on Machine, p Part) ([]validate.Result, error)
	// Undo stops what it runs and takes back what it made beside the configuration, as often as it is called. State that
	// was carried stays. Whether it comes back at the next start is decided by the configuration: see Leave in the catalog.
	Undo(ctx context.Context, on Machine, p Part) error
}

// Machine is the converted host.
type Machine struct {
	// Host is looked at, as a capture does.
	Host introspect.Host
	// System is worked on.
	System execute.System
	// Tool is the program, for what is written about the host.
	Tool string
}

// Kept is one thing that a bridge was asked to keep.
type Kept struct {
	// Rule asked for it; At are the facts, Params what the rule says of it.
	Rule   string         `json:"rule"`
	At     []string       `json:"at"`
	Params map[string]any `json:"params"`
}

// Part is what a host gets for one kind of bridge.
type Part struct {
	Kind string `json:"kind"`
	// Kept are the things that it keeps, Gaps the ids of the findings that it closes.
	Kept []Kept   `json:"kept"`
	Gaps []string `json:"gaps"`
	// Options are set for it, of which other rules may have said a part. Documents are the definitions of guests that its rules write.
	Options   []evaluate.Leaf `json:"options"`
	Documents []string        `json:"documents"`
	// Carries are the files that its rules bring to the new root.
	Carries []policy.Carry `json:"carries"`
	// Conversion is what its rules say of the conversion itself: what becomes steps of the plan.
	Conversion []evaluate.Leaf `json:"conversion"`
	// Checks are made by validate, and by Verify.
	Checks []validate.Check `json:"checks"`
}

// kinds are all kinds, in the order in which they are shown.
var kinds = []Kind{companion, service, kernel, webui, api, cluster, storage, network, firewall, container, ha, backup, access, configuration}

// Kinds are all kinds of bridges.
func Kinds() []Kind { return slices.Clone(kinds) }

// Find is the kind of a name.
func Find(name string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name() == name })
	if i < 0 {
		return nil, false
	}
	return kinds[i], true
}

// Of are the kinds that a host needs.
func Of(h *evaluate.Host) []Kind {
	return slices.DeleteFunc(Kinds(), func(k Kind) bool { return len(k.Applies(h)) == 0 })
}
