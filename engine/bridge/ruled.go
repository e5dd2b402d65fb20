package bridge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/validate"
)

// ruled is a kind that is no more than what its rules say: NixOS runs it, and nothing of it is outside of the configuration.
type ruled string

// Name is the word for the kind.
func (k ruled) Name() string { return string(k) }

// Applies lists what rules asked the kind to keep.
func (k ruled) Applies(h *evaluate.Host) []Kept {
	var out []Kept
	for _, b := range h.Bridges {
		if b.Bridge == k.Name() {
			out = append(out, Kept{Rule: b.Rule, At: b.At, Params: b.Params})
		}
	}
	return out
}

// Plan gathers what the rules of the kind want of a host.
func (k ruled) Plan(h *evaluate.Host) Part {
	p := Part{
		Kind: k.Name(), Kept: k.Applies(h), Gaps: []string{}, Options: []evaluate.Leaf{}, Documents: []string{},
		Carries: []policy.Carry{}, Conversion: []evaluate.Leaf{}, Checks: []validate.Check{},
	}
	if len(p.Kept) == 0 {
		p.Kept = []Kept{}
		return p
	}
	for _, f := range h.Findings {
		if f.Kept.Bridge() == k.Name() && !slices.Contains(p.Gaps, f.ID) {
			p.Gaps = append(p.Gaps, f.ID)
		}
	}
	own := func(rule string) bool { return slices.Contains(h.BridgeRules[rule], k.Name()) }
	owns := func(l evaluate.Leaf) bool { return slices.ContainsFunc(l.By, own) }
	for _, l := range h.Options {
		if owns(l) {
			p.Options = append(p.Options, l)
		}
	}
	for _, d := range h.Documents {
		if slices.ContainsFunc(d.Parts, owns) {
			p.Documents = append(p.Documents, d.Kind+"/"+d.Name)
		}
	}
	for _, c := range h.Carries {
		if own(c.Rule) {
			p.Carries = append(p.Carries, c)
		}
	}
	for _, l := range h.Conversion {
		if owns(l) {
			p.Conversion = append(p.Conversion, l)
		}
	}
	var said []policy.Check
	for _, c := range h.Checks {
		if own(c.Rule) {
			said = append(said, c)
		}
	}
	p.Checks = validate.Of(said)
	return p
}

// Verify makes the checks of the kind on the running host.
func (k ruled) Verify(ctx context.Context, on Machine, p Part) ([]validate.Result, error) {
	if len(p.Checks) == 0 {
		return nil, nil
	}
	report, err := validate.Run(ctx, &validate.Baseline{Schema: validate.ChecksVersion, Checks: p.Checks, Tool: on.Tool}, on.Host)
	if err != nil {
		return nil, err
	}
	return report.Results, nil
}

const (
	systemd        = "org.freedesktop.systemd1"
	systemdPath    = "/org/freedesktop/systemd1"
	systemdManager = systemd + ".Manager"
	noSuchUnit     = systemd + ".NoSuchUnit"
	// stopTimeout bounds the stop of all units of a bridge: a service has 90 seconds by default.
	stopTimeout = 3 * time.Minute
)

// Undo stops the units that the options of the kind make, those that were made last first.
func (k ruled) Undo(ctx context.Context, on Machine, p Part) error {
	units := unitsOf(p.Options)
	if len(units) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	bus, err := on.System.Bus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	slices.Reverse(units)
	var errs []error
	for _, unit := range units {
		err := bus.Call(ctx, systemd, systemdPath, systemdManager+".StopUnit", []any{unit, "replace"}, new(dbus.ObjectPath))
		var told dbus.Error
		if err != nil && !(errors.As(err, &told) && told.Name == noSuchUnit) {
			errs = append(errs, fmt.Errorf("stop %s: %w", unit, err))
		}
	}
	return errors.Join(errs...)
}

// unitTypes are the options below systemd that make units, with the end of their names.
var unitTypes = map[string]string{"services": ".service", "sockets": ".socket", "timers": ".timer", "paths": ".path"}

// unitsOf are the units that options below systemd.TYPE.NAME make, in the order of the options.
func unitsOf(options []evaluate.Leaf) []string {
	var out []string
	for _, o := range options {
		if len(o.Option) < 3 || o.Option[0] != "systemd" {
			continue
		}
		end, ok := unitTypes[o.Option[1]]
		if unit := o.Option[2] + end; ok && !strings.HasSuffix(o.Option[2], "@") && !slices.Contains(out, unit) {
			out = append(out, unit)
		}
	}
	return out
}
