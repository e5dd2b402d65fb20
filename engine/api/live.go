package api

import (
	"context"
	"errors"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// ErrUnknown is what a Live says of what nobody knows.
var ErrUnknown = errors.New("not known")

// Live is what only the running host knows. Each method may fail: what it would have said is then left out, or said as PVE
// says what it does not know.
type Live interface {
	// Now is the time of the host, in its zone.
	Now() time.Time
	// Node is the machine.
	Node(context.Context) (*Node, error)
	// Guests are those that a manager of guests knows, by their number at PVE.
	Guests(context.Context) (map[int]Guest, error)
	// Space is how full a storage is.
	Space(context.Context, Store) (*Space, error)
	// Links are the network interfaces that exist.
	Links(context.Context) ([]Link, error)
	// Units are the states of units of systemd: the first of each list that is there.
	Units(context.Context, [][]string) ([]Unit, error)
}

// Node is the running machine.
type Node struct {
	// Uptime is in seconds.
	Uptime int64
	// Load is the text of the three averages.
	Load [3]string
	// CPU is the part of the processors' time that is used, Wait the part that waits for devices; 0 to 1.
	CPU, Wait float64
	// Processor is what /proc/cpuinfo says.
	Processor Processor
	// Memory and Swap are in bytes.
	Memory Memory
	Swap   Space
	// Shared is what the sharing of equal pages saves, in bytes.
	Shared int64
	// Root is the file system at /.
	Root Space
	// Kernel is what uname says.
	Kernel Kernel
	// EFI is true where the firmware is UEFI; SecureBoot is absent where it does not say.
	EFI        bool
	SecureBoot *bool
}

// Processor is what /proc/cpuinfo says.
type Processor struct {
	Vendor, Family, Model, MHz, Flags string
	Sockets, Cores, Threads           int
}

// Memory is in bytes.
type Memory struct{ Total, Free, Available, Used int64 }

// Space is in bytes.
type Space struct{ Total, Used, Available int64 }

// Kernel is what uname says.
type Kernel struct{ Name, Release, Version, Machine string }

// Guest is the state of a guest. What is negative is not known.
type Guest struct {
	Running bool
	// State is the manager's word where it says more than running: paused.
	State string
	// PID is the process of a running machine.
	PID int
	// Uptime is in seconds.
	Uptime int64
	// CPU is the part of its processors that it uses, 0 to 1.
	CPU float64
	// CPUs are its processors.
	CPUs int
	// Memory is used, MaxMemory what it may use, HostMemory what the host gives for it, Swap what is swapped; bytes.
	Memory, MaxMemory, HostMemory, Swap int64
	// Disk is used on the root of a container, MaxDisk its size; bytes.
	Disk, MaxDisk int64
	// In and Out went to and from it, Read and Written from and to its disks, since it runs; bytes.
	In, Out, Read, Written int64
}

// UnknownGuest is a Guest of which nothing is known.
func UnknownGuest() Guest {
	return Guest{PID: -1, Uptime: -1, CPU: -1, CPUs: -1, Memory: -1, MaxMemory: -1, HostMemory: -1, Swap: -1, Disk: -1, MaxDisk: -1, In: -1, Out: -1, Read: -1, Written: -1}
}

// Store is a storage of PVE.
type Store struct {
	ID, Type string
	// Path is where its files lie; empty where it has no files.
	Path string
	// Mounted is the path at which something has to be mounted; empty where nothing has.
	Mounted string
}

// Link is a network interface.
type Link struct {
	Name string
	// Up is true where it is up and has a carrier, Physical for hardware.
	Up, Physical bool
	// Names are its further names.
	Names []string
}

// Unit is the state of a unit of systemd in systemd's words.
type Unit struct{ Description, Load, Active, Sub, File string }

// Captured is what a snapshot knows of the host that it was taken from: nothing that changes.
type Captured struct{ Snapshot *snapshot.Snapshot }

// Now is when it was captured.
func (c Captured) Now() time.Time {
	t, _ := time.Parse(time.RFC3339, c.Snapshot.Capture.Time)
	return t
}

// Node is not known.
func (Captured) Node(context.Context) (*Node, error) { return nil, ErrUnknown }

// Guests are not known.
func (Captured) Guests(context.Context) (map[int]Guest, error) { return nil, ErrUnknown }

// Space is not known.
func (Captured) Space(context.Context, Store) (*Space, error) { return nil, ErrUnknown }

// Links are those of the snapshot.
func (c Captured) Links(context.Context) ([]Link, error) {
	if len(c.Snapshot.Network.Links) == 0 {
		return nil, ErrUnknown
	}
	var out []Link
	for _, l := range c.Snapshot.Network.Links {
		out = append(out, Link{Name: l.Name, Up: l.Up && l.State != "down", Physical: l.Kind == "device", Names: l.AltNames})
	}
	return out, nil
}

// Units are those of the snapshot, where systemd said them.
func (c Captured) Units(_ context.Context, names [][]string) ([]Unit, error) {
	byName := map[string]snapshot.Unit{}
	for _, u := range c.Snapshot.Units {
		byName[u.Name] = u
	}
	out := make([]Unit, len(names))
	for i, alternatives := range names {
		out[i] = Unit{Load: "not-found", Active: "inactive", Sub: "dead"}
		for _, name := range alternatives {
			if u, there := byName[name]; there {
				out[i] = Unit{u.Description, u.LoadState, u.ActiveState, u.SubState, u.FileState}
				break
			}
		}
	}
	return out, nil
}
