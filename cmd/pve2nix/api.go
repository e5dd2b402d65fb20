package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/api/running"
	"github.com/pve2nix/pve2nix/engine/api/service"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/guard"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func newAPICommand() *cobra.Command {
	var listen, file, target, certificate, key, tokens string
	cmd := &cobra.Command{
		Use:   "api",
		Short: "Serve PVE's API for reading: a unit of the converted host runs it",
		Long: `api answers GET requests on the paths of PVE's API (/api2/json/nodes and others) over
HTTPS, so that what read PVE goes on: monitoring, exporters, inventories. It needs what
PVE had: the certificate with its key, and the file of API tokens. It changes nothing;
other methods and log-ins by password are refused with 501.

Each answer holds what the token may see by the permissions of the capture. Files that
change are read again without a restart, except for the capture.

The unit pve2nix-api of the generated NixOS runs it. There files may come as
credentials of systemd by the names certificate, key and tokens.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, file := range []struct {
				name  string
				place *string
			}{{"certificate", &certificate}, {"key", &key}, {"tokens", &tokens}} {
				if folder := os.Getenv("CREDENTIALS_DIRECTORY"); *file.place == "" && folder != "" {
					*file.place = filepath.Join(folder, file.name)
				}
				if *file.place == "" {
					return &usageError{"--" + file.name + " is missing", "see pve2nix api --help"}
				}
			}
			return runAPI(cmd.Context(), cmd.ErrOrStderr(), apiOptions{listen, file, target, certificate, key, tokens})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&listen, "listen", net.JoinHostPort("", strconv.Itoa(service.Port)), "`ADDRESS` and port to answer on")
	flags.StringVar(&file, "snapshot", execute.GuardBaseline, "`FILE` of the capture; - is the standard input")
	flags.StringVar(&target, "target", "", "what the host was converted to: proxmox, incus or libvirt (default: who manages guests here)")
	flags.StringVar(&certificate, "certificate", "", "`FILE` of the certificate, PEM")
	flags.StringVar(&key, "key", "", "`FILE` of its key, PEM")
	flags.StringVar(&tokens, "tokens", "", "`FILE` of the API tokens, as PVE's priv/token.cfg")
	return cmd
}

type apiOptions struct{ listen, snapshot, target, certificate, key, tokens string }

func runAPI(ctx context.Context, say io.Writer, o apiOptions) error {
	host := running.New(o.target)
	if o.target == "" {
		o.target = host.Target()
	}
	read := func() (*snapshot.Document, error) { return readSnapshot(o.snapshot) }
	if o.snapshot == "-" {
		read = func() (*snapshot.Document, error) { return snapshot.Read(os.Stdin, "the standard input") }
	}
	doc, err := read()
	if err != nil {
		return err
	}
	a, err := newAPI(doc, o.target, host)
	if err != nil {
		return err
	}
	tokens, err := service.OpenTokens(o.tokens)
	if err != nil {
		return unreadable(err)
	}
	certificate, err := service.OpenCertificate(o.certificate, o.key)
	if err != nil {
		return &inputError{fmt.Errorf("%s: %w", o.certificate, err)}
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return err
	}
	guard.Notifier(os.Getenv("NOTIFY_SOCKET"))("READY=1")
	fmt.Fprintf(say, "pve2nix: PVE's API for reading on https://%s/api2/json\n", l.Addr())
	return service.Serve(ctx, l, service.Options{
		API: a, Tokens: tokens, Certificate: certificate, Log: slog.New(slog.NewTextHandler(say, nil)),
	})
}
