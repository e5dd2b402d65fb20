// Package talk is what a test and the program that it put into a machine say to
// each other over a serial port: one JSON value a line.
package talk

import (
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// Hello is the first line after each start of the machine.
type Hello struct {
	// System is the one that was started: PVE or NixOS.
	System string `json:"system"`
	// Line is the kernel's command line.
	Line string `json:"line"`
}

// The systems of Hello: both are stand-ins.
const (
	PVE   = "pve"
	NixOS = "nixos"
)

// Request is one thing to do; the fields exclude each other.
type Request struct {
	// Exec runs a program.
	Exec []string `json:"exec,omitempty"`
	// Hash asks for the SHA-256 of a file or device.
	Hash string `json:"hash,omitempty"`
	// Picture asks for the files below a folder, as a JSON object.
	Picture string `json:"picture,omitempty"`
	// Apply carries a run out from its beginning, Rollback takes the last one back.
	Apply    *Run `json:"apply,omitempty"`
	Rollback *Run `json:"rollback,omitempty"`
	// Remember remembers everything as it is, Strike lets a run fail, Recover takes back what a power cut left; both compare.
	Remember *Strike `json:"remember,omitempty"`
	Strike   *Strike `json:"strike,omitempty"`
	Recover  *Strike `json:"recover,omitempty"`
	// Restart restarts the machine at once.
	Restart bool `json:"restart,omitempty"`
}

// Run is a run of the actuators.
type Run struct {
	Params execute.Params `json:"params"`
	Steps  []plan.Step    `json:"steps"`
	Where  string         `json:"where"`
	// Outcome ends the journal.
	Outcome string `json:"outcome"`
}

// Answer is what came of a request. Out is always there: a line that is whole begins with it.
type Answer struct {
	Out   string `json:"out"`
	Error string `json:"error,omitempty"`
}
