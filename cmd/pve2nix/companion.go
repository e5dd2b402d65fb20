package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/pve2nix/pve2nix/engine/bridge/companion"
	"github.com/pve2nix/pve2nix/engine/packagekit"
	"github.com/pve2nix/pve2nix/reports"
)

// packageKitErrors is the table of the catalog that says what errors of PackageKit mean.
const packageKitErrors = "packagekit_errors"

// companioner is what the verbs of the companion work with.
type companioner struct {
	*companion.Companion
	stdin          io.Reader
	stdout, stderr io.Writer
	// program is the path of this program.
	program string
	yes     bool
	// asks says that somebody can be asked.
	asks bool
}

func newCompanionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "companion",
		Short: "Manage the companion: the clone of Proxmox VE's root that runs on NixOS",
		Long: `companion looks at the companion of this host and manages the packages in it, as root
on the converted host. Packages are changed by PackageKit in the companion, over the bus
of the companion. What would be done is shown first. One that has only programs, and no
services, starts when something of it is wanted.`,
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(newCompanionStatusCommand(), newCompanionListCommand(), newCompanionRepositoriesCommand(),
		newCompanionChangeCommand("install NAME...", "Install packages in the companion", (*companion.Companion).Install, cobra.MinimumNArgs(1)),
		newCompanionChangeCommand("update [NAME...]", "Update packages in the companion; without names, all", (*companion.Companion).Update, cobra.ArbitraryArgs),
		newCompanionChangeCommand("remove NAME...", "Remove packages from the companion", (*companion.Companion).Remove, cobra.MinimumNArgs(1)),
		newCompanionRunCommand(), newCompanionLinkCommand(), newCompanionResetCommand())
	return cmd
}

// onCompanion carries a verb out.
func onCompanion(cmd *cobra.Command, yes bool, f func(ctx context.Context, c *companioner) error) error {
	base, err := newConverter(cmd)
	if err != nil {
		return err
	}
	cat, err := entries(nil)
	if err != nil {
		return err
	}
	words := map[string]string{}
	for code, text := range cat.Tables[packageKitErrors] {
		words[code], _ = text.(string)
	}
	in, isFile := cmd.InOrStdin().(*os.File)
	c := &companioner{
		stdin: cmd.InOrStdin(), stdout: base.stdout, stderr: base.stderr, program: base.program, yes: yes, asks: isFile && term.IsTerminal(int(in.Fd())),
		Companion: &companion.Companion{
			System: base.sys, Words: words,
			Tell: func(text string) { fmt.Fprintln(base.stderr, reports.Plain(text)) },
		},
	}
	if base.progress {
		c.Progress = func(p packagekit.Progress) {
			if p.Package != "" && p.Percent >= 0 {
				fmt.Fprintf(base.stderr, "\r\x1b[K%s: %d %%\r", reports.Plain(p.Package), p.Percent)
			}
		}
	}
	return companionError(f(cmd.Context(), c))
}

// companionError gives errors of the companion what to do.
func companionError(err error) error {
	var no *companion.RefusedError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, companion.ErrNotRunning):
		return &refusal{err.Error(), "systemctl status " + companion.Unit + "; before the commit of a trial it does not start"}
	case errors.As(err, &no):
		return &refusal{what: no.Error()}
	}
	return err
}

func newCompanionStatusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show whether the companion runs, and what runs in it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onCompanion(cmd, false, func(ctx context.Context, c *companioner) error {
				s, err := c.Status(ctx)
				if err != nil {
					return err
				}
				showCompanion(c.stdout, s)
				return nil
			})
		},
	}
}

func showCompanion(w io.Writer, s *companion.Status) {
	fmt.Fprintf(w, "companion  %s\n", s.State)
	if !s.Committed {
		fmt.Fprintln(w, "waits for  the commit of the trial")
	}
	if s.Clone != nil {
		at := s.Clone.Root
		if s.Clone.Subvolume != "" {
			at += " " + s.Clone.Subvolume
		}
		fmt.Fprintf(w, "clone      %s, made by run %s\n", reports.Plain(at), reports.Plain(s.Run))
	}
	if s.Layer {
		fmt.Fprintf(w, "layer      %s, above the old root\n", companion.LayerAt)
	}
	if s.Leader == 0 {
		return
	}
	packages := "by PackageKit"
	if !s.PackageKit {
		packages = "cannot be changed: PackageKit is not installed in it"
	}
	fmt.Fprintf(w, "packages   %s\nunits\n", packages)
	for _, u := range s.Units {
		fmt.Fprintf(w, "  %-40s %s (%s)\n", reports.Plain(u.Name), u.Active, u.Sub)
	}
	for _, u := range s.Unasked {
		fmt.Fprintf(w, "  %-40s %s (%s), which nobody has chosen\n", reports.Plain(u.Name), u.Active, u.Sub)
	}
}

func newCompanionListCommand() *cobra.Command {
	var updates, refresh bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the packages in the companion", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onCompanion(cmd, false, func(ctx context.Context, c *companioner) error {
				var list []packagekit.Package
				err := c.Start(ctx)
				if err != nil {
					return err
				}
				if updates {
					list, err = c.Updates(ctx, refresh)
				} else {
					list, err = c.Packages(ctx)
				}
				for _, p := range list {
					fmt.Fprintf(c.stdout, "%s %s %s\n", reports.Plain(p.Name()), reports.Plain(p.Version()), reports.Plain(p.Arch()))
				}
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&updates, "updates", false, "list newer versions alone")
	cmd.Flags().BoolVar(&refresh, "refresh", false, "with --updates, read the lists of the repositories anew first")
	return cmd
}

func newCompanionRepositoriesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "repositories", Short: "List the repositories of the companion", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onCompanion(cmd, false, func(ctx context.Context, c *companioner) error {
				if err := c.Start(ctx); err != nil {
					return err
				}
				list, err := c.Repositories(ctx)
				for _, r := range list {
					state := "enabled"
					if !r.Enabled {
						state = "disabled"
					}
					fmt.Fprintf(c.stdout, "%-8s  %s\n", state, reports.Plain(r.Description))
				}
				return err
			})
		},
	}
}

func newCompanionChangeCommand(use, short string, change func(*companion.Companion, context.Context, []string, companion.Options) error, args cobra.PositionalArgs) *cobra.Command {
	var yes, dependents, refresh bool
	cmd := &cobra.Command{
		Use: use, Short: short, Args: args,
		RunE: func(cmd *cobra.Command, names []string) error {
			return onCompanion(cmd, yes, func(ctx context.Context, c *companioner) error {
				if err := c.Start(ctx); err != nil {
					return err
				}
				return change(c.Companion, ctx, names, companion.Options{RemoveDependents: dependents, Refresh: refresh, Confirm: c.confirm})
			})
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(&dependents, "remove-dependents", false, "let other packages be removed that stand in the way or depend on these")
	cmd.Flags().BoolVar(&refresh, "refresh", false, "read the lists of the repositories anew first")
	return cmd
}

// confirm shows what would be done and asks.
func (c *companioner) confirm(changes []companion.Change) (bool, error) {
	for _, change := range changes {
		fmt.Fprintf(c.stdout, "%-9s %s %s\n", change.Verb, reports.Plain(change.Package.Name()), reports.Plain(change.Package.Version()))
	}
	return c.ask("Do that?")
}

func (c *companioner) ask(question string) (bool, error) {
	if c.yes {
		return true, nil
	}
	if !c.asks {
		return false, &refusal{"nothing was changed: nobody can be asked", "--yes does it"}
	}
	fmt.Fprintf(c.stderr, "%s [y/N] ", question)
	line, err := bufio.NewReader(c.stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes", nil
}

// calledError is the status of a program that was called in the companion, which has said itself what there is to say.
type calledError struct{ status int }

func (*calledError) Error() string { return "" }

func newCompanionRunCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "run [--] PROGRAM [ARGUMENT...]", Short: "Run a program of the companion", Args: cobra.MinimumNArgs(1),
		Long: `run runs a program in the companion as root and ends with its status. The arguments are
passed as they are, without a shell; it reads and writes what the caller does, and has a
terminal where the caller has one. Paths are those of the companion: it sees its own files
and the folders of the host that the companion has. It begins in the folder of the same
name, or in / where there is none. What it leaves running ends with it.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return onCompanion(cmd, false, func(ctx context.Context, c *companioner) error {
				in, isIn := cmd.InOrStdin().(*os.File)
				out, isOut := cmd.OutOrStdout().(*os.File)
				report, isErr := cmd.ErrOrStderr().(*os.File)
				if !isIn || !isOut || !isErr {
					return errors.New("run needs files to read and write")
				}
				folder, _ := os.Getwd() // it begins in / where there is none
				signals := make(chan os.Signal, 16)
				signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2)
				defer signal.Stop(signals)
				status, err := c.Run(context.WithoutCancel(ctx), companion.Call{
					Program: args[0], Args: args[1:], Folder: folder, Term: os.Getenv("TERM"), In: in, Out: out, Err: report, Signals: signals,
				})
				if err != nil || status == 0 {
					return err
				}
				return &calledError{status}
			})
		},
	}
	cmd.Flags().SetInterspersed(false)
	return cmd
}

func newCompanionLinkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "link PACKAGE...", Short: "Make the commands of packages of the companion callable on the host", Args: cobra.MinimumNArgs(1),
		Long: `link puts a small program into ` + companion.CommandsAt + ` for each command that packages of the
companion bring; it calls the command by run. A unit of the configuration does this at each
start of the host. Commands that NixOS has itself are left out.`,
		RunE: func(cmd *cobra.Command, packages []string) error {
			return onCompanion(cmd, false, func(_ context.Context, c *companioner) error { return c.Link(c.program, packages) })
		},
	}
}

func newCompanionResetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "reset", Short: "Set the companion back to its start", Args: cobra.NoArgs,
		Long: `reset sets the root of the companion back to what it was when this host was converted:
packages that were installed and files that were written in it since are gone. Folders of
the host that it works in stay as they are, and so does what it did to the host's network.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onCompanion(cmd, yes, func(ctx context.Context, c *companioner) error {
				if ok, err := c.ask("What was installed and written in the companion since its start will be gone. Go on?"); err != nil || !ok {
					return errors.Join(err, notAgreed(ok, err))
				}
				return c.Reset(ctx)
			})
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

func notAgreed(ok bool, err error) error {
	if ok || err != nil {
		return nil
	}
	return &companion.RefusedError{What: "nothing was changed"}
}
