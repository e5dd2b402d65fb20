package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/guard"
	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/validate"
)

func newGuardCommand() *cobra.Command {
	var finish bool
	var port uint16
	cmd := &cobra.Command{
		Use:   "guard",
		Short: "Guard a trial: a unit of the converted host runs it",
		Long: `guard runs on the new system from the first moments of a trial. At the deadline it
restarts the machine into Proxmox VE, unless somebody outside has committed the trial
before; a required check that fails for too long does the same earlier.

The unit pve2nix-guard of the generated NixOS runs it. There is no reason to run it by
hand; it restarts the machine.`,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			machine, err := execute.NewMachine()
			if err != nil {
				return err
			}
			if finish {
				text, err := guard.Finish(cmd.Context(), machine, time.Second)
				if err == nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "pve2nix: %s\n", text)
				}
				return err
			}
			// There is one guard: the name is free again when its process ends, however it does.
			lock, err := net.Listen("unix", "@pve2nix-guard")
			if err != nil {
				return fmt.Errorf("another guard runs: %w", err)
			}
			defer func() { _ = lock.Close() }()
			err = guard.Run(cmd.Context(), guard.Options{
				Machine: machine,
				Checks:  guardChecks,
				Listen:  func() (net.Listener, error) { return net.Listen("tcp", net.JoinHostPort("", strconv.Itoa(int(port)))) },
				Own:     guard.OwnAddresses,
				Say:     cmd.ErrOrStderr(),
				Notify:  guard.Notifier(os.Getenv("NOTIFY_SOCKET")),
			})
			if errors.Is(err, context.Canceled) {
				return errors.New("told to stop before the trial has ended")
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&finish, "finish", false, "close the journal of a commit that a power cut ended")
	cmd.Flags().Uint16Var(&port, "port", guard.Port, "TCP `PORT` on which a commit is heard")
	return cmd
}

// guardChecks validates the running host.
func guardChecks(ctx context.Context, trial *execute.Trial, file []byte) ([]guard.Check, error) {
	var baseline validate.Baseline
	if err := json.Unmarshal(file, &baseline); err != nil {
		return nil, fmt.Errorf("%s: %w", execute.GuardChecks, err)
	}
	baseline.Tool = tool()
	baseline.Checks = checksOfTrial(baseline.Checks, trial)
	host, closeHost, err := introspect.Open("/", "")
	if err != nil {
		return nil, err
	}
	defer closeHost()
	report, err := validate.Run(ctx, &baseline, host)
	if err != nil {
		return nil, err
	}
	var out []guard.Check
	for _, r := range report.Results {
		c := guard.Check{Name: r.ID, Required: r.Required, Failed: r.Status == validate.Failed || r.Required && r.Status != validate.Passed, Text: r.Found}
		if r.Status == validate.Skipped {
			c.Text = r.Reason
		}
		out = append(out, c)
	}
	return out, nil
}

// checksOfTrial leaves out what a trial cannot have yet: units that the commit starts, guests that run, guests that are
// known to their manager only when their unit has run, and file systems of a Ceph whose daemons the commit starts.
func checksOfTrial(checks []validate.Check, trial *execute.Trial) []validate.Check {
	starts := map[string]bool{}
	for _, s := range trial.Steps {
		if action, err := plan.Decode(s); err == nil {
			var units []string
			switch a := action.(type) {
			case plan.StartUnits:
				units = a.Units
			case plan.StartJobs:
				units = a.Units
			}
			for _, u := range units {
				starts[u] = true
			}
		}
	}
	ceph := false
	for u := range starts {
		ceph = ceph || strings.HasPrefix(u, "ceph-")
	}
	return slices.DeleteFunc(slices.Clone(checks), func(c validate.Check) bool {
		switch c.Kind {
		case "unit-active":
			return starts[c.Subject]
		case "guest-running":
			return true
		case "mount":
			var p struct {
				Type string `json:"type"`
			}
			return ceph && json.Unmarshal(c.Params, &p) == nil && p.Type == "ceph"
		case "guest-present":
			var p struct {
				Manager string `json:"manager"`
			}
			return json.Unmarshal(c.Params, &p) == nil && (p.Manager == "incus" || p.Manager == "lxc")
		}
		return false
	})
}
