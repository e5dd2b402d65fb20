package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/guard"
)

func newCommitCommand() *cobra.Command {
	var host, word, wordFile string
	var look bool
	cmd := &cobra.Command{
		Use:   "commit --host ADDRESS[:PORT] --word WORD",
		Short: "Keep the new system, from outside, while its trial runs",
		Long: `commit tells the guard of a trial that the host can be reached and that its operator
wants to keep it: the new system becomes the default, and the guests are started. It
must come from another machine; the host refuses its own addresses. Without a commit
the host restarts into Proxmox VE at the deadline.

The word is the one that apply printed. It is never sent: both sides prove to each
other that they know it. --look asks how the trial stands, and changes nothing.

Exit code 3 says that it is not committed: the guard refused, nobody answered, or who
answered does not have the word.`,
		Example: "  pve2nix commit --host 192.0.2.10 --look --word-file word\n  pve2nix commit --host 192.0.2.10 --word gravel-otter-lantern",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if host == "" || (word == "") == (wordFile == "") {
				return &usageError{"commit: want --host, and one of --word and --word-file", "see pve2nix commit --help"}
			}
			if wordFile != "" {
				text, err := readWord(wordFile, cmd.InOrStdin())
				if err != nil {
					return err
				}
				word = text
			}
			intent := guard.Commit
			if look {
				intent = guard.Look
			}
			a, err := guard.Ask(cmd.Context(), host, word, intent)
			if err != nil {
				return notCommitted(cmd.Context(), err)
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "run %s\n%s\nhead %s\n", a.Run, a.Text, a.Head)
			if !a.Committed {
				fmt.Fprintf(out, "restart into Proxmox VE in %s\n", time.Duration(a.Remaining)*time.Second)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&host, "host", "", "`ADDRESS` of the host, with :PORT where it is not the usual one")
	cmd.Flags().StringVar(&word, "word", "", "the `WORD` that apply printed")
	cmd.Flags().StringVar(&wordFile, "word-file", "", "`FILE` that holds the word, - for stdin")
	cmd.Flags().BoolVar(&look, "look", false, "ask how the trial stands, and change nothing")
	return cmd
}

// notCommitted gives what the guard refused, and what was not heard, the exit code of a condition that is not met. What
// ended because it was interrupted has no such answer.
func notCommitted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	hint := ""
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		hint = h.Hint()
	}
	return &convertError{err, hint, exitFindings}
}

// readWord reads the first line of a file.
func readWord(name string, stdin io.Reader) (string, error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", unreadable(err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, 4096))
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	if line = strings.TrimSpace(line); line == "" {
		return "", &inputError{fmt.Errorf("%s: holds no word", name)}
	}
	return line, nil
}
