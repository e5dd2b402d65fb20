package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
)

// maxShownProblems bounds the summary of a capture; the snapshot has them all.
const maxShownProblems = 8

type introspectFlags struct {
	output, root, bus string
	listCommands      bool
}

func newIntrospectCommand() *cobra.Command {
	var f introspectFlags
	cmd := &cobra.Command{
		Use:   "introspect",
		Short: "Capture this host, or a tree of its files, as a snapshot",
		Long: `introspect reads what decides how a Proxmox VE host behaves and writes it as one
JSON document, to stdout or to a file. It changes nothing and leaves passwords,
keys and tokens where they are. It runs only the programs that --list-commands
shows, which read the state of LVM, ZFS and the like, each with a time limit. Run it
as root: what it may not read, it can only list as a problem.

With --root it reads a mounted disk or a backup instead of the running host, and
runs nothing. Where /etc/pve is not there, it is read from the database of pmxcfs.
What only the running host knows is then marked unknown.

SOURCE_DATE_EPOCH, where set, is taken as the time of the capture.`,
		Example: "  pve2nix introspect -o snapshot.json\n  pve2nix introspect --root /mnt > snapshot.json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runIntrospect(cmd, f) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.output, "output", "o", "", "write to `FILE`, readable by its owner only, instead of stdout")
	flags.StringVar(&f.root, "root", "/", "capture the tree of files below `DIR`")
	flags.BoolVar(&f.listCommands, "list-commands", false, "list the programs that a capture may run, and end")
	flags.StringVar(&f.bus, "bus", "", "`ADDRESS` of the system bus of D-Bus (default DBUS_SYSTEM_BUS_ADDRESS, then "+introspect.DefaultBusAddress+")")
	return cmd
}

func runIntrospect(cmd *cobra.Command, f introspectFlags) error {
	if f.listCommands {
		_, err := io.WriteString(cmd.OutOrStdout(), strings.Join(introspect.CommandLines(), "\n")+"\n")
		return err
	}
	if f.root == "" {
		return &usageError{"--root: no directory is named", "--root / is the running host"}
	}
	if f.bus != "" {
		if err := introspect.CheckBusAddress(f.bus); err != nil {
			return &usageError{"--bus " + err.Error(), "an address looks like " + introspect.DefaultBusAddress}
		}
	}
	if err := replaceable(f.output); err != nil {
		return err
	}
	stderr := cmd.ErrOrStderr()
	progress, done := progressTo(stderr)
	s, err := introspect.Capture(cmd.Context(), introspect.Options{
		Root: f.root, BusAddress: f.bus, Tool: tool(), Progress: progress, Logger: slog.Default(),
	})
	done()
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return unreadable(err)
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return &inputError{err}
	}
	if err := writeSnapshot(s, f.output, cmd.OutOrStdout()); err != nil {
		return err
	}
	summarize(stderr, s)
	return nil
}

// replaceable refuses outputs that are no file: replacing /dev/null would break the host.
func replaceable(path string) error {
	if path == "" || path == "-" {
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return isFolder(filepath.Dir(path))
	case err != nil:
		return unreadable(err)
	case !info.Mode().IsRegular():
		return &inputError{fmt.Errorf("%s: not a regular file; without -o the snapshot goes to stdout", path)}
	}
	return nil
}

// writeSnapshot validates the snapshot and writes it as a whole or not at all:
// a file is complete on disk before it gets its name.
func writeSnapshot(s *snapshot.Snapshot, path string, stdout io.Writer) error {
	var document bytes.Buffer
	if err := snapshot.Write(&document, s); err != nil {
		return err
	}
	if path == "" || path == "-" {
		_, err := stdout.Write(document.Bytes())
		return err
	}
	file, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer file.Cleanup()
	if _, err := file.Write(document.Bytes()); err != nil {
		return err
	}
	return file.CloseAtomicallyReplace()
}

// progressTo tells a terminal what is captured, a line for each area, with the time that it took. Anything but a
// terminal is told nothing.
func progressTo(w io.Writer) (progress func(string), done func()) {
	file, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return nil, func() {}
	}
	start, current, since := time.Now(), "", time.Now()
	end := func() {
		if current != "" {
			fmt.Fprintf(w, "\r%-14s %4.1f s\n", current, time.Since(since).Seconds())
		}
	}
	return func(area string) {
			end()
			current, since = area, time.Now()
			fmt.Fprintf(w, "%s …", area)
		}, func() {
			end()
			fmt.Fprintf(w, "%-14s %4.1f s\n", "all", time.Since(start).Seconds())
		}
}

// summarize says what the snapshot lacks.
func summarize(w io.Writer, s *snapshot.Snapshot) {
	if len(s.Problems) == 0 {
		return
	}
	fmt.Fprintf(w, "%d problems, all of them in the snapshot under /problems:\n", len(s.Problems))
	for i, p := range s.Problems {
		if i == maxShownProblems {
			fmt.Fprintf(w, "  and %d more\n", len(s.Problems)-i)
			break
		}
		fmt.Fprintf(w, "  %s: %s: %s\n", p.Area, reports.Plain(p.Source), reports.Plain(p.Error))
	}
}
