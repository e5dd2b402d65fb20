package main

import (
	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
)

func newDiffCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff BEFORE AFTER",
		Short: "Say what changed between two snapshots",
		Long: `diff compares two snapshots fact by fact. Facts are known by what they are, not by
their place: a line that moved within its file has not changed. When and with what
was captured is no change. An area that one snapshot does not know is not compared,
and named at the end.

Exit code 3 when anything changed, 0 when nothing did.`,
		Example: "  pve2nix diff monday.json tuesday.json\n  pve2nix diff --json monday.json tuesday.json",
		Args:    cobra.ExactArgs(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return runDiff(cmd, args[0], args[1], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the changes as one JSON document (schema pve2nix.diff/v1)")
	return cmd
}

func runDiff(cmd *cobra.Command, before, after string, asJSON bool) error {
	collectOnce([]string{before, after})
	first, err := readSnapshot(before)
	if err != nil {
		return err
	}
	second, err := readSnapshot(after)
	if err != nil {
		return err
	}
	d := snapshot.Compare(first, second, before, after)
	text := []byte(reports.Diff(d))
	if asJSON {
		if text, err = reports.DiffJSON(d); err != nil {
			return err
		}
	}
	if _, err := cmd.OutOrStdout().Write(text); err != nil {
		return err
	}
	if len(d.Changes) > 0 {
		return errChanged
	}
	return nil
}

// errChanged ends a comparison that found something; what it found is on stdout.
var errChanged = &findingsError{}
