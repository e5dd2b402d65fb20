package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/guard"
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

// guardChecks looks at the converted host; nil looks at nothing.
var guardChecks func(ctx context.Context, baseline []byte) ([]guard.Check, error)
