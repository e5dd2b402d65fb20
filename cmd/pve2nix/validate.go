package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/engine/validate"
)

type validateFlags struct {
	evalFlags
	baseline, bus                string
	json, running, all, listOnly bool
}

func newValidateCommand() *cobra.Command {
	var f validateFlags
	cmd := &cobra.Command{
		Use:   "validate --baseline SNAPSHOT",
		Short: "Say whether the running host is what a snapshot says",
		Long: `validate captures the running host and holds it against the snapshot of the host
before: name, interfaces, addresses, routes, bridges, VLANs, the gateway, ports,
pools, mounts, units, users, keys, guests, and the packages that the evaluation of
the snapshot puts into NixOS. Target, release, answers and rules are those that
the configuration was made with. The baseline may also be what --list wrote, which
needs none of them.

Each check passed, failed, or was skipped for a reason. Required are those without
which the host should not be kept. It changes nothing; to know whether the gateway
answers it sends it one datagram. Run it as root: what it may not look at, it skips.

Exit codes: 0 all required checks passed, 3 a required one failed or could not be
made (with --strict: any one failed), 4 the snapshot cannot be used, 1 the host
could not be captured.`,
		Example: "  pve2nix validate --baseline snapshot.json\n  pve2nix validate --baseline snapshot.json --target incus --running-guests --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runValidate(cmd, f) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.baseline, "baseline", "", "the `SNAPSHOT` of the host before, or checks that --list wrote")
	flags.BoolVar(&f.json, "json", false, "write the report as one JSON document (schema pve2nix.validation/v1)")
	flags.BoolVar(&f.running, "running-guests", false, "ask that guests that start with the host run")
	flags.BoolVar(&f.all, "all", false, "name what passed, too")
	flags.BoolVar(&f.listOnly, "list", false, "write the checks as JSON, make none, and end")
	flags.BoolVar(&f.strict, "strict", false, "exit 3 when any check failed")
	knowledgeFlags(flags, &f.evalFlags)
	flags.StringVar(&f.bus, "bus", "", "`ADDRESS` of the system bus of D-Bus (default DBUS_SYSTEM_BUS_ADDRESS, then "+introspect.DefaultBusAddress+")")
	return cmd
}

func runValidate(cmd *cobra.Command, f validateFlags) error {
	if f.baseline == "" {
		return &usageError{"validate: --baseline SNAPSHOT is missing", "pve2nix validate --baseline snapshot.json"}
	}
	if f.bus != "" {
		if err := introspect.CheckBusAddress(f.bus); err != nil {
			return &usageError{"--bus " + err.Error(), "an address looks like " + introspect.DefaultBusAddress}
		}
	}
	if err := f.readAnswers(cmd); err != nil {
		return err
	}
	text, err := readBaseline(f.baseline)
	if err != nil {
		return err
	}
	baseline, err := baselineOf(cmd.Context(), text, f)
	if err != nil {
		return err
	}
	if f.listOnly {
		out, err := baseline.JSON()
		if err != nil {
			return err
		}
		_, err = cmd.OutOrStdout().Write(out)
		return err
	}
	report, err := holdAgainst(cmd.Context(), baseline, f.bus)
	if err != nil {
		return err
	}
	out := []byte(report.Text(f.all))
	if f.json {
		if out, err = report.JSON(); err != nil {
			return err
		}
	}
	if _, err := cmd.OutOrStdout().Write(out); err != nil {
		return err
	}
	switch t := report.Totals; {
	case !report.OK:
		hint := "the report says what was found; docs/validate.md says what to do"
		if report.Settling {
			hint = "all of it may still come by itself; ask again in a minute"
		}
		return &findingsError{fmt.Sprintf("%d required checks failed, %d could not be made", t.RequiredFailed, t.RequiredSkipped), hint}
	case f.strict && t.Failed > 0:
		return &findingsError{fmt.Sprintf("%d checks failed", t.Failed), ""}
	}
	return nil
}

// readBaseline reads a file that is no larger than a snapshot may be.
func readBaseline(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, snapshot.MaxSize+1))
	if err != nil {
		return nil, unreadable(err)
	}
	return text, nil
}

// holdAgainst looks at the running host.
func holdAgainst(ctx context.Context, baseline *validate.Baseline, bus string) (*validate.Report, error) {
	host, closeHost, err := introspect.Open("/", bus)
	if err != nil {
		return nil, err
	}
	defer closeHost()
	return validate.Run(ctx, baseline, host)
}

// baselineOf reads checks, or makes them of a snapshot with the knowledge that its configuration was made with.
func baselineOf(ctx context.Context, text []byte, f validateFlags) (*validate.Baseline, error) {
	if validate.IsBaseline(text) {
		baseline, err := validate.ReadBaseline(text)
		if err != nil {
			return nil, &inputError{fmt.Errorf("%s: %w", f.baseline, err)}
		}
		baseline.Tool = tool()
		return baseline, nil
	}
	doc, err := snapshot.Read(bytes.NewReader(text), f.baseline)
	if err != nil {
		return nil, &inputError{err}
	}
	engine, err := newEngine(ctx, f.evalFlags)
	if err != nil {
		return nil, err
	}
	host, err := engine.Evaluate(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.baseline, err)
	}
	for _, e := range host.Errors {
		warn("%s: rule %s failed, its checks are missing: %s", e.At, e.Rule, e.What)
	}
	baseline, err := validate.Derive(doc, host, validate.Options{
		Target: f.target, RunningGuests: f.running, Units: engine.Catalog.Tables[validate.UnitsTable],
	})
	if err != nil {
		return nil, err
	}
	baseline.Tool = tool()
	return baseline, nil
}
