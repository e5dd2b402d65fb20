package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"

	nspawn "github.com/pve2nix/pve2nix/engine/bridge/companion"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/validate"
)

// companion runs programs of the old root, as a machine of its own on the host.
var companion = machine{ruled("companion")}

// machine is a kind that, beside what its rules say, has a clone of the old root and units in it.
type machine struct{ ruled }

// unaskedCheck is the check that nothing runs in the companion that nobody chose.
const unaskedCheck = "companion-unasked"

// Verify makes the checks of the rules, and looks into the companion.
func (m machine) Verify(ctx context.Context, on Machine, p Part) ([]validate.Result, error) {
	results, err := m.ruled.Verify(ctx, on, p)
	if err != nil || len(p.Kept) == 0 {
		return results, err
	}
	s, err := (&nspawn.Companion{System: on.System}).Status(ctx)
	if err != nil {
		return results, err
	}
	r := validate.Result{
		Check:  validate.Check{ID: unaskedCheck, Kind: unaskedCheck, Subject: nspawn.Name, Required: true, Params: json.RawMessage("{}")},
		Status: validate.Passed, Expected: "nothing runs in it that nobody has chosen", Found: "nothing does",
	}
	switch {
	case s.Leader == 0 && !startsAtBoot(p):
		r.Found = "it does not run, as nothing of it was called"
	case s.Leader == 0:
		r.Status, r.Found, r.Reason = validate.Skipped, "", "the companion does not run"
	case len(s.Unasked) > 0:
		var names []string
		for _, u := range s.Unasked {
			names = append(names, u.Name)
		}
		r.Status, r.Found = validate.Failed, strings.Join(names, ", ")
	}
	return append(results, r), nil
}

// startsAtBoot tells whether a companion runs all the time: one that has nothing but commands starts when one is called.
func startsAtBoot(p Part) bool {
	return slices.ContainsFunc(p.Options, func(o evaluate.Leaf) bool {
		return len(o.Option) == 4 && o.Option[1] == "services" && o.Option[2]+".service" == nspawn.Unit && o.Option[3] == "wantedBy"
	})
}

// Undo stops the companion and removes its clone, if the run that converted this host has made it.
func (m machine) Undo(ctx context.Context, on Machine, p Part) error {
	if err := m.ruled.Undo(ctx, on, p); err != nil {
		return err
	}
	err := (&nspawn.Companion{System: on.System}).Leave(ctx)
	if errors.Is(err, fs.ErrNotExist) { // no run has converted this host: nothing was made
		return nil
	}
	return err
}
