// Package plan says how a host becomes its NixOS: which steps are taken, in
// which order, what each writes, how it is checked and how it is taken back. It
// is pure: the same evaluation gives the same plan. engine/execute carries it out.
package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Version is the value of the field "schema" of a plan.
const Version = "pve2nix.plan/v1"

// Plan is plan.json: how each host of an evaluation is converted.
type Plan struct {
	Schema  string  `json:"schema"`
	Tool    string  `json:"tool"`
	Target  string  `json:"target"`
	Release string  `json:"release"`
	Digests Digests `json:"digests"`
	Hosts   []Host  `json:"hosts"`
}

// Digests are the SHA-256 of what the plan was made from, besides the snapshots.
type Digests struct {
	Rules   string `json:"rules"`
	Catalog string `json:"catalog"`
	// Answers are those of the owner; absent where none were given.
	Answers string `json:"answers,omitempty"`
}

// Host is the plan of one host.
type Host struct {
	Name string `json:"name"`
	Slug string `json:"slug"`
	// MachineID is the machine-id of the host: a plan is for one machine.
	MachineID string `json:"machine_id"`
	// Snapshot is the SHA-256 of the snapshot.
	Snapshot string `json:"snapshot"`
	// Configuration is the SHA-256 of what the snapshot was turned into: options, documents, files that are carried, layout
	// and boot path. A host that changed gives another one, and this plan is stale.
	Configuration string `json:"configuration"`
	// Layout is where the side root goes, Boot how it is started.
	Layout Layout `json:"layout"`
	Boot   Boot   `json:"boot"`
	// Inhibitors are what stood in the way when the snapshot was taken; apply looks again.
	Inhibitors []Inhibitor `json:"inhibitors"`
	// Steps are in the order in which they are taken.
	Steps []Step `json:"steps"`
}

// Inhibitor is something that stands in the way of a conversion.
type Inhibitor struct {
	ID    string `json:"id"`
	Level string `json:"level" schema:"enum=refuse|warn"`
	Title string `json:"title"`
	Text  string `json:"text"`
	// Remedy is what takes it out of the way.
	Remedy string `json:"remedy"`
	// At are the facts that say so; empty where the machine says so when it is converted.
	At []string `json:"at"`
	// Accepted is the reason for which the owner goes on in spite of it; it then warns.
	Accepted string `json:"accepted,omitempty"`
}

// Levels of inhibitors.
const (
	Refuse = "refuse"
	Warn   = "warn"
)

// Layout is where the side root goes: beside PVE's own root, on the same storage.
type Layout struct {
	Kind string `json:"kind" schema:"enum=zfs|lvm-thin|lvm|btrfs|none"`
	// Source is the parent of the new root: the data set that holds PVE's (zfs), the thin pool as group/pool (lvm-thin), the volume group (lvm), or the
	// device of the file system (btrfs).
	Source string `json:"source,omitempty"`
	// Root is what mounts the side root: a data set, a device, or a device with Subvolume.
	Root string `json:"root,omitempty"`
	// Subvolume is the name of the subvolume, from the top of the file system.
	Subvolume string `json:"subvolume,omitempty"`
	// Type is the type of the file system as mount(8) has it.
	Type string `json:"type,omitempty"`
	// Bytes is the size of a logical volume.
	Bytes int64 `json:"bytes,omitempty"`
}

// Clone is where a copy-on-write clone of Proxmox VE's root goes. Its start, which nothing writes to, has the same name with -start; with ZFS
// it is a snapshot of the root.
type Clone struct {
	Kind string `json:"kind" schema:"enum=zfs|lvm-thin|btrfs"`
	// Source is the data set of the root (zfs), the volume as group/volume (lvm-thin), or the device of the file system (btrfs).
	Source string `json:"source"`
	// Of is the subvolume of the root, from the top of the file system; empty where the root is the top (btrfs).
	Of string `json:"of,omitempty"`
	// Root is what mounts the clone: a data set, a device, or a device with Subvolume.
	Root string `json:"root"`
	// Subvolume is the name of the clone's subvolume, from the top of the file system.
	Subvolume string `json:"subvolume,omitempty"`
}

// Boot is how the side root is started, once and then by default.
type Boot struct {
	Kind string `json:"kind" schema:"enum=systemd-boot|grub-uefi|grub-bios|none"`
	// ESPs are the EFI system partitions, all of which get the files of the trial.
	ESPs []ESP `json:"esps"`
	// Config is the folder of grub.cfg where PVE's GRUB reads its custom.cfg: /boot/grub, or empty where it lies on the ESPs (proxmox-boot-tool).
	Config string `json:"config,omitempty"`
}

// Kernel is one of Proxmox VE's own, from its files: /boot/vmlinuz-VERSION and /lib/modules/VERSION.
type Kernel struct {
	// Version is what uname -r says of it: 6.8.12-4-pve.
	Version string `json:"version"`
	// Modules are those that its first stage may need, by name; what they need themselves is found, and what it has not as a module is left out.
	Modules []string `json:"modules"`
	// Parameters stand behind those of the new system.
	Parameters []string `json:"parameters"`
}

// ESP is an EFI system partition.
type ESP struct {
	// UUID is that of its file system, as blkid has it: 3F1B-9C2A.
	UUID string `json:"uuid"`
	// Partition is its GUID in the partition table; empty where it is not known.
	Partition string `json:"partition,omitempty"`
}

// Where a step is taken.
const (
	// OnPVE is the running Proxmox VE, before the trial.
	OnPVE = "pve"
	// OnTrial is the new system, once it is committed.
	OnTrial = "trial"
)

// Step is one step: an action with what a careful operator wants to know of it.
type Step struct {
	// ID is unique within the plan: "root.create".
	ID string `json:"id"`
	// Where is the system that takes it.
	Where string `json:"where" schema:"enum=pve|trial"`
	// Do, Undo and Verify say what is done, how it is taken back, and how it is seen that it was done.
	Do     string `json:"do"`
	Undo   string `json:"undo"`
	Verify string `json:"verify"`
	// Touches are the things that it writes, in words: a path, a volume, an EFI variable.
	Touches []string `json:"touches"`
	// Seconds is how long it takes, about, on a host of the usual size.
	Seconds int `json:"seconds"`
	// Action is one of the closed set of actions, Args its arguments.
	Action string          `json:"action"`
	Args   json.RawMessage `json:"args"`
}

// Action is what a step does. Each kind is a struct of this package: its fields are the arguments of the step.
type Action interface {
	// Kind is its name in a plan.
	Kind() string
	// Describe says in words what it does.
	Describe() Description
	// Check refuses arguments that no plan of this tool has.
	Check() error
}

// Optional is an action whose failure does not take back what was done before it: the run goes on, and says that it was not done.
type Optional interface {
	Action
	Wanted()
}

// Description is an action in words.
type Description struct {
	Do, Undo, Verify string
	Touches          []string
	Seconds          int
}

// NewStep makes a step of an action.
func NewStep(id, where string, a Action) (Step, error) {
	if err := a.Check(); err != nil {
		return Step{}, fmt.Errorf("step %s: %w", id, err)
	}
	args, err := json.Marshal(a)
	if err != nil {
		return Step{}, fmt.Errorf("step %s: %w", id, err)
	}
	d := a.Describe()
	if d.Touches == nil {
		d.Touches = []string{}
	}
	return Step{
		ID: id, Where: where, Do: d.Do, Undo: d.Undo, Verify: d.Verify, Touches: d.Touches, Seconds: d.Seconds,
		Action: a.Kind(), Args: args,
	}, nil
}

// Decode returns the action of a step. Unknown kinds, unknown fields and arguments that Check refuses are errors.
func Decode(s Step) (Action, error) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == s.Action })
	if i < 0 {
		return nil, fmt.Errorf("step %s: no action is called %q", s.ID, s.Action)
	}
	a, err := kinds[i].decode(s.Args)
	if err != nil {
		return nil, fmt.Errorf("step %s: %w", s.ID, err)
	}
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("step %s: %w", s.ID, err)
	}
	return a, nil
}

// kind is an entry of the closed set of actions.
type kind struct {
	name   string
	decode func(json.RawMessage) (Action, error)
}

func kindOf[A Action]() kind {
	var zero A
	return kind{zero.Kind(), func(args json.RawMessage) (Action, error) {
		var a A
		d := json.NewDecoder(bytes.NewReader(args))
		d.DisallowUnknownFields()
		if err := d.Decode(&a); err != nil {
			return nil, err
		}
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			return nil, errors.New("more than one value as arguments")
		}
		return a, nil
	}}
}

// Kinds are the names of all actions, in alphabetical order.
func Kinds() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.name
	}
	slices.Sort(out)
	return out
}
