// Command pve2nix turns a Proxmox VE host into a reproducible NixOS host.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
)

// version is set by the build: -ldflags "-X main.version=1.2.3".
var version = "0.1.0-dev"

// The exit codes; docs/guide.md lists them for users.
const (
	exitClean    = 0
	exitInternal = 1
	exitUsage    = 2
	exitFindings = 3
	exitInput    = 4
	exitApply    = 5
	exitRollback = 6
)

// The rules of what this program prints:
//   - stdout carries results only; everything else goes to stderr.
//   - an error is one line "error: where: what", lower case, no full stop; a
//     "hint:" line follows only where the reader can do something.
//   - colours are not used; progress is printed on a terminal only.

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitClean
	}
	if err.Error() != "" { // the result on stdout says it all otherwise
		for _, line := range strings.Split(err.Error(), "\n") {
			fmt.Fprintf(stderr, "error: %s\n", line)
		}
	}
	var h interface{ Hint() string }
	if errors.As(err, &h) && h.Hint() != "" {
		fmt.Fprintf(stderr, "hint: %s\n", h.Hint())
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var (
		usage    *usageError
		findings *findingsError
		facts    *snapshot.Error
		rules    *policy.Error
		entries  *catalog.Error
		conflict *evaluate.ConflictError
		unknown  *reports.UnknownError
		input    *inputError
		answer   *answers.Error
		refused  *refusal
		failed   *convertError
		pvesh    *pveshError
		called   *calledError
	)
	switch {
	case errors.As(err, &called):
		return called.status
	case errors.As(err, &pvesh):
		return pvesh.code
	case errors.As(err, &failed):
		return failed.code
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &findings):
		return exitFindings
	case errors.As(err, &facts), errors.As(err, &rules), errors.As(err, &entries), errors.As(err, &conflict), errors.As(err, &unknown), errors.As(err, &input), errors.As(err, &answer), errors.As(err, &refused):
		return exitInput
	}
	return exitInternal
}

// usageError is a wrong call.
type usageError struct {
	what string
	hint string
}

func (e *usageError) Error() string { return e.what }

// Hint says what a right call looks like.
func (e *usageError) Hint() string { return e.hint }

// inputError is an input that cannot be used.
type inputError struct{ err error }

func (e *inputError) Error() string { return e.err.Error() }
func (e *inputError) Unwrap() error { return e.err }

// unreadable makes an inputError of a failed open: path: what.
func unreadable(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return &inputError{fmt.Errorf("%s: %w", p.Path, p.Err)}
	}
	return &inputError{err}
}

// failedRulesError says that rules failed at run time, and the outputs lack what they say.
type failedRulesError struct {
	what string
	hint string
}

func (e *failedRulesError) Error() string { return e.what }

// Hint says what the outputs are worth.
func (e *failedRulesError) Hint() string { return e.hint }

// findingsError says that the evaluation went well and the host did not.
type findingsError struct {
	what string
	hint string
}

func (e *findingsError) Error() string { return e.what }

// Hint says where to read on.
func (e *findingsError) Hint() string { return e.hint }

func newRootCommand() *cobra.Command {
	var logFormat string
	root := &cobra.Command{
		Use:   "pve2nix",
		Short: "Turn a Proxmox VE host into a reproducible NixOS host",
		Long: `pve2nix turns a Proxmox VE host into a reproducible NixOS host, with nothing
forgotten and always a way back.

  introspect   on the host: capture what decides how it behaves, in one file
  eval         anywhere, offline: say what that means on NixOS
  explain      say where a finding, an option or a fact comes from
  diff         say what changed between two captures
  apply        on the host: convert it, on trial, with a way back
  commit       from another machine: make the trial the default
  rollback     take a conversion back
  status       say how far a conversion is, and what to do next
  validate     on the converted host: is it what the capture says?
  bridge       what keeps the features that NixOS lacks, and whether it works
  audit        read the journal of a conversion
  pvesh        on the converted host: read it by the paths of PVE's API
  api          on the converted host: serve these paths to programs that read PVE

  rules list, catalog show, vet, new: for those who add knowledge

Exit codes: 0 clean, 1 internal error, or rules that failed (the outputs lack
what these say), 2 wrong usage, 3 findings at or above --fail-on, facts
unaccounted for under --strict, differences, what stands in the way of a
conversion, or required checks of validate or bridge that failed, 4 invalid
input, 5 apply failed and was rolled back, 6 a rollback failed.`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("unknown command %q", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			var handler slog.Handler
			switch logFormat {
			case "text":
				handler = plainWarnings{cmd.ErrOrStderr()}
			case "json":
				handler = slog.NewJSONHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn})
			default:
				return &usageError{"--log-format " + logFormat + ": want text or json", ""}
			}
			slog.SetDefault(slog.New(handler))
			return nil
		},
	}
	root.SetVersionTemplate("pve2nix {{.Version}}\n")
	root.PersistentFlags().StringVar(&logFormat, "log-format", "text", "`FORMAT` of warnings on stderr: text or json")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{err.Error(), "see " + cmd.CommandPath() + " --help"}
	})
	root.AddCommand(newIntrospectCommand(), newApplyCommand(), newCommitCommand(), newRollbackCommand(), newStatusCommand(), newAuditCommand(), newGuardCommand(),
		newEvalCommand(), newExplainCommand(), newDiffCommand(), newValidateCommand(), newBridgeCommand(), newPveshCommand(), newAPICommand(), newVetCommand(), newRulesCommand(), newCatalogCommand(), newNewCommand())
	explainArguments(root)
	return root
}

// explainArguments makes wrong arguments of a command, and of those below it, errors of usage that say where to read on.
func explainArguments(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return &usageError{err.Error(), "see " + cmd.CommandPath() + " --help"}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		explainArguments(sub)
	}
}

// tool is how documents name this program.
func tool() string { return "pve2nix " + version }
