package faults

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// ResultsVersion is the value of the field "schema" of results.
const ResultsVersion = "pve2nix.conversion-tests/v1"

// Results are what a run of conversion tests found: of the fast ones over folders, or of those in virtual machines.
// The report is made from them; what they count does not depend on the machine that they ran on, but for Times.
type Results struct {
	Schema string `json:"schema"`
	// Harness names the tests: "folders" or "virtual machines".
	Harness string `json:"harness"`
	// Standins says in words what stood for Proxmox VE and for NixOS.
	Standins string `json:"standins"`
	// Seed is what cases were drawn with; 0 where all were taken.
	Seed uint64 `json:"seed,omitempty"`
	// Scenarios are whole conversions, each with its outcome.
	Scenarios []Scenario `json:"scenarios"`
	// Faults are counted by where they struck.
	Faults []Count `json:"faults"`
	// Times are seconds, in the machine that they were measured in.
	Times []Time `json:"times,omitempty"`
	// NotTested is what these tests cannot show, in whole sentences.
	NotTested []string `json:"not_tested"`
}

// Scenario is a whole conversion, or a part of one, without injected faults, or with one that is its subject.
type Scenario struct {
	// Name says what happens: "panic of the trial, back to Proxmox VE".
	Name   string `json:"name"`
	Layout string `json:"layout"`
	Boot   string `json:"boot"`
	Passed bool   `json:"passed"`
	// Text says why it did not pass.
	Text string `json:"text,omitempty"`
}

// Count is how many faults of a kind struck a step of a layout and a boot path.
type Count struct {
	Layout string `json:"layout"`
	Boot   string `json:"boot"`
	// Step is the action that was being carried out, "undo " before it where it was being taken back.
	Step string `json:"step"`
	Kind string `json:"kind"`
	// Injected struck; of RolledBack, everything was afterwards as it was before.
	Injected   int `json:"injected"`
	RolledBack int `json:"rolled_back"`
}

// Time is how long a phase took: "checkpoint", "side root", "trial", "fallback", "rollback", "commit", or a whole run.
type Time struct {
	Phase   string  `json:"phase"`
	Layout  string  `json:"layout"`
	Boot    string  `json:"boot"`
	Seconds float64 `json:"seconds"`
}

// Add counts a fault that struck.
func (r *Results) Add(layout, boot, step string, kind Kind, rolledBack bool) {
	i := slices.IndexFunc(r.Faults, func(c Count) bool {
		return c.Layout == layout && c.Boot == boot && c.Step == step && c.Kind == string(kind)
	})
	if i < 0 {
		i = len(r.Faults)
		r.Faults = append(r.Faults, Count{Layout: layout, Boot: boot, Step: step, Kind: string(kind)})
	}
	r.Faults[i].Injected++
	if rolledBack {
		r.Faults[i].RolledBack++
	}
}

// Injected and RolledBack are sums over all faults.
func (r *Results) Injected() (injected, rolledBack int) {
	for _, c := range r.Faults {
		injected, rolledBack = injected+c.Injected, rolledBack+c.RolledBack
	}
	return injected, rolledBack
}

// Join takes in the results of another run of the same tests, of other layouts or scenarios.
func (r *Results) Join(other *Results) {
	r.Scenarios = append(r.Scenarios, other.Scenarios...)
	r.Faults = append(r.Faults, other.Faults...)
	r.Times = append(r.Times, other.Times...)
	for _, n := range other.NotTested {
		if !slices.Contains(r.NotTested, n) {
			r.NotTested = append(r.NotTested, n)
		}
	}
}

// Write writes results to a file, in an order that does not depend on the one in which they came.
func (r *Results) Write(name string) error {
	r.Schema = ResultsVersion
	slices.SortFunc(r.Faults, func(a, b Count) int {
		return strings.Compare(a.Layout+"\x00"+a.Boot+"\x00"+a.Step+"\x00"+a.Kind, b.Layout+"\x00"+b.Boot+"\x00"+b.Step+"\x00"+b.Kind)
	})
	slices.SortStableFunc(r.Scenarios, func(a, b Scenario) int {
		return strings.Compare(a.Layout+"\x00"+a.Boot+"\x00"+a.Name, b.Layout+"\x00"+b.Boot+"\x00"+b.Name)
	})
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(text, '\n'), 0o644)
}

// ReadResults reads what Write has written.
func ReadResults(data []byte) (*Results, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var r Results
	if err := d.Decode(&r); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	if r.Schema != ResultsVersion {
		return nil, fmt.Errorf("schema %q, not %s", r.Schema, ResultsVersion)
	}
	for _, c := range r.Faults {
		if c.Injected < 1 || c.RolledBack < 0 || c.RolledBack > c.Injected {
			return nil, fmt.Errorf("%s/%s, %s, %s: %d of %d", c.Layout, c.Boot, c.Step, c.Kind, c.RolledBack, c.Injected)
		}
	}
	return &r, nil
}
