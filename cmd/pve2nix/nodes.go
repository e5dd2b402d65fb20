package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/bridge/nodes"
)

// handedSocket is the first file that systemd hands to a service: sd_listen_fds(3).
const handedSocket = 3

func newNodesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "nodes",
		Short: "Answer mknod of containers: a unit of the converted host runs it",
		Long: `nodes makes the device nodes that unprivileged containers with the feature mknod ask
for: null, zero, full, random, urandom, tty, console and ptmx, and the whiteouts of
overlays. All others are refused.

The unit pve2nix-nodes of the generated NixOS runs it, with the socket that LXC knows.`,
		Args:   cobra.NoArgs,
		Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if os.Getenv("LISTEN_FDS") != "1" {
				return &usageError{"bridge nodes: no socket was handed over", "systemctl start pve2nix-nodes.socket"}
			}
			socket, err := net.FileListener(os.NewFile(handedSocket, "pve2nix-nodes.socket"))
			if err != nil {
				return fmt.Errorf("bridge nodes: %w", err)
			}
			packets, is := socket.(*net.UnixListener)
			if !is || packets.Addr().Network() != "unixpacket" {
				return errors.Join(socket.Close(), errors.New("bridge nodes: the socket is none of packets"))
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), unix.SIGTERM, unix.SIGINT)
			defer stop()
			return nodes.Serve(ctx, packets, slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)))
		},
	}
}
