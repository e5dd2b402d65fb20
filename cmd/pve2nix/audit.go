package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/reports"
)

func newAuditCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Read the journal of a conversion",
		Long: `audit reads the journal of a run, /var/lib/pve2nix/runs/RUN/journal.jsonl: one line
for each thing that was announced, done, failed or taken back, each with the SHA-256
of the line before it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var head string
	verify := &cobra.Command{
		Use:   "verify JOURNAL",
		Short: "Say whether a journal is what was written",
		Long: `verify reads every line of a journal and refuses one in which a line was changed,
removed, added or moved. Lines that are missing at the end are seen only by who knows
the hash of the last one: apply and commit print it, and --head takes it.`,
		Example: "  pve2nix audit verify journal.jsonl\n  pve2nix audit verify --head 5f2c… journal.jsonl",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			records, torn, err := readJournal(args[0])
			if err != nil {
				return err
			}
			if head != "" && head != journal.Head(records) {
				return &inputError{fmt.Errorf("%s: the last line is another one: its hash is %s", args[0], journal.Head(records))}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d records, unchanged since they were written\nhead %s\n", len(records), journal.Head(records))
			if torn > 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "a last line was cut off after %d bytes: what it would have announced was not done\n", torn)
			}
			return nil
		},
	}
	verify.Flags().StringVar(&head, "head", "", "the hash that the last line must have")
	show := &cobra.Command{
		Use:     "show JOURNAL",
		Short:   "Tell a journal as a story",
		Example: "  pve2nix audit show /var/lib/pve2nix/runs/20260504T030000Z/journal.jsonl",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			records, torn, err := readJournal(args[0])
			if err != nil {
				return err
			}
			_, err = io.WriteString(cmd.OutOrStdout(), reports.Story(records, torn > 0))
			return err
		},
	}
	cmd.AddCommand(verify, show)
	return cmd
}

// maxJournal bounds a journal: a run has some dozen records.
const maxJournal = 256 << 20

func readJournal(name string) ([]journal.Record, int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, unreadable(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxJournal+1))
	if err != nil {
		return nil, 0, unreadable(err)
	}
	if len(data) > maxJournal {
		return nil, 0, &inputError{fmt.Errorf("%s: larger than any journal", name)}
	}
	records, torn, err := journal.Read(data)
	var wrong *journal.Error
	if errors.As(err, &wrong) {
		return nil, 0, &inputError{fmt.Errorf("%s:%w", name, err)}
	}
	return records, torn, err
}
