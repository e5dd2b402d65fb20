package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/reports"
)

func newStatusCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say how far the conversion of this host is, and what to do next",
		Long: `status reads, as root, what the last run of apply wrote down: whether it is staged,
cut off, on trial (with the time that is left), committed or taken back. What the run
has set in the cluster and nobody has ended is named, with the command that ends it. It
changes nothing. It runs on Proxmox VE and on NixOS.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := newConverter(cmd)
			if err != nil {
				return err
			}
			s, err := execute.Look(cmd.Context(), c.sys)
			if err != nil {
				return err
			}
			return c.printStatus(s, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write it as one JSON document (pve2nix.status/v1)")
	return cmd
}

// stateWords say the states to a reader.
var stateWords = map[execute.State]string{
	execute.NoRun:          "no conversion was begun",
	execute.Working:        "a run works on it now",
	execute.CutOffApply:    "cut off",
	execute.CutOffRollback: "its rollback was cut off",
	execute.IsStaged:       "staged: the next start is the trial",
	execute.OnTrialNow:     "on trial",
	execute.TrialEnded:     "the trial ended without a commit",
	execute.IsCommitted:    "committed: NixOS is the default",
	execute.IsRolledBack:   "rolled back",
	execute.IsStuck:        "the rollback did not end",
	execute.IsDamaged:      "the journal is damaged",
}

func (c *converter) printStatus(s *execute.Status, asJSON bool) error {
	if asJSON {
		text, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return err
		}
		_, err = c.stdout.Write(append(text, '\n'))
		return err
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(c.stdout, "%-8s %s\n", name, reports.Plain(value))
		}
	}
	line("system", map[string]string{"pve": "Proxmox VE", "nixos": "NixOS"}[s.System])
	line("run", s.Run)
	line("state", stateWords[s.State])
	if s.Step != "" {
		line("at", s.Step)
	}
	if s.Steps > 0 {
		line("steps", fmt.Sprintf("%d of %d done", s.Done, s.Steps))
	}
	if s.State == execute.OnTrialNow {
		line("left", (time.Duration(s.Left) * time.Second).String())
	}
	for _, on := range s.StillOn {
		text := on.What + ", set by this run; it is ended by: " + on.End
		if on.Unknown != "" {
			text += " (whether it is on could not be asked: " + on.Unknown + ")"
		}
		line("STILL ON", text)
	}
	for _, stuck := range s.Stuck {
		line("stuck", stuck)
	}
	line("detail", s.Detail)
	line("next", s.Next)
	return nil
}
