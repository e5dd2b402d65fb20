package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/bridge"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/engine/validate"
	"github.com/pve2nix/pve2nix/reports"
)

func newBridgeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bridge",
		Short: "Say what keeps the features that NixOS lacks, and whether it works",
		Long: `A bridge keeps on NixOS what NixOS lacks: a service that no module brings, programs
in a clone of the old root, an API that monitoring reads. Rules choose bridges by
what a host has; the catalog says of every gap what keeps it on each target, or
what is lost. bridges: {NAME: "no"} in the answers declines one.

  list     the bridges of a host, and the gaps that nothing keeps
  show     what a bridge keeps, costs and risks, and how to leave it
  status   on the converted host: do its bridges work?
  undo     on the converted host: stop what a bridge runs
  companion  on the converted host: the packages of the companion, and its start
  configuration  on Proxmox VE after a rollback: the files of guests with what changed

docs/bridges has a page for each.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBridgeListCommand(), newBridgeShowCommand(), newBridgeStatusCommand(), newBridgeUndoCommand(), newCompanionCommand(), newConfigurationCommand(), newNodesCommand())
	return cmd
}

func newBridgeListCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "list [SNAPSHOT]",
		Short: "List the bridges of a host, and the gaps that nothing keeps",
		Long: `list evaluates the snapshot and writes which bridges the host gets and what each of
them keeps, then the gaps that are lost. Without a snapshot it lists all kinds of
bridges.`,
		Example: "  pve2nix bridge list snapshot.json --target incus\n  pve2nix bridge list",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := bridgesOf(cmd, args, f)
			if err != nil {
				return err
			}
			_, err = io.WriteString(cmd.OutOrStdout(), b.list())
			return err
		},
	}
	cmd.Flags().SortFlags = false
	knowledgeFlags(cmd.Flags(), &f)
	return cmd
}

func newBridgeShowCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "show NAME [SNAPSHOT]",
		Short: "Say what a bridge keeps, costs and risks, and how to leave it",
		Long: `show writes what is known of a kind of bridge. With a snapshot it also writes what
that host gets for it: facts that it keeps, options, files that are carried, pieces
of the plan, checks, and the findings that it closes.`,
		Example: "  pve2nix bridge show companion\n  pve2nix bridge show network snapshot.json",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, err := kindOf(args[0])
			if err != nil {
				return err
			}
			b, err := bridgesOf(cmd, args[1:], f)
			if err != nil {
				return err
			}
			_, err = io.WriteString(cmd.OutOrStdout(), b.show(kind))
			return err
		},
	}
	cmd.Flags().SortFlags = false
	knowledgeFlags(cmd.Flags(), &f)
	return cmd
}

// convertedFlags are those of verbs for the converted host.
type convertedFlags struct {
	evalFlags
	baseline, bus string
}

func (f *convertedFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.baseline, "baseline", execute.GuardBaseline, "the `SNAPSHOT` of the host before; the conversion left it here")
	knowledgeFlags(flags, &f.evalFlags)
	flags.StringVar(&f.bus, "bus", "", "`ADDRESS` of the system bus of D-Bus (default DBUS_SYSTEM_BUS_ADDRESS, then "+introspect.DefaultBusAddress+")")
}

func newBridgeStatusCommand() *cobra.Command {
	var f convertedFlags
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say on the converted host whether its bridges work",
		Long: `status makes the checks of each bridge that the host has, as validate does, and
writes what failed. It changes nothing. The target is the one of the conversion,
where that has left its checks; else say it with --target.

Exit codes: 0 all required checks passed, 3 a required one failed or could not be
made, 4 the snapshot cannot be used, 1 the host could not be captured.`,
		Example: "  pve2nix bridge status\n  pve2nix bridge status --baseline snapshot.json --answers answers.json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return bridgeStatus(cmd, f) },
	}
	f.add(cmd)
	return cmd
}

func newBridgeUndoCommand() *cobra.Command {
	var f convertedFlags
	cmd := &cobra.Command{
		Use:   "undo NAME",
		Short: "Stop on the converted host what a bridge runs",
		Long: `undo stops what a bridge runs and takes back what it made beside the configuration.
Carried files stay. The configuration still has it and would start it again: decline
it in the answers too, and build again. Run it as root.`,
		Example: "  pve2nix bridge undo service",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, err := kindOf(args[0])
			if err != nil {
				return err
			}
			return bridgeUndo(cmd, f, kind)
		},
	}
	f.add(cmd)
	return cmd
}

func kindOf(name string) (bridge.Kind, error) {
	if kind, ok := bridge.Find(name); ok {
		return kind, nil
	}
	var names []string
	for _, k := range bridge.Kinds() {
		names = append(names, k.Name())
	}
	return nil, &usageError{"there is no bridge " + reports.Plain(name), "there are " + strings.Join(names, ", ")}
}

// bridges are what is known of bridges, and one host; nil where none was given.
type bridges struct {
	catalog *catalog.Catalog
	target  string
	host    *evaluate.Host
}

func bridgesOf(cmd *cobra.Command, snapshots []string, f evalFlags) (*bridges, error) {
	if err := f.readAnswers(cmd); err != nil {
		return nil, err
	}
	engine, err := newEngine(cmd.Context(), f)
	if err != nil {
		return nil, err
	}
	b := &bridges{catalog: engine.Catalog, target: f.target}
	if len(snapshots) == 0 {
		return b, nil
	}
	doc, err := readSnapshot(snapshots[0])
	if err != nil {
		return nil, err
	}
	b.host, err = evaluateHost(cmd.Context(), engine, doc)
	return b, err
}

// evaluateHost evaluates a host and warns of rules that failed: what they ask of bridges is missing.
func evaluateHost(ctx context.Context, engine *evaluate.Engine, doc *snapshot.Document) (*evaluate.Host, error) {
	host, err := engine.Evaluate(ctx, doc)
	if err != nil {
		return nil, err
	}
	for _, e := range host.Errors {
		warn("%s: rule %s failed, what it asks of bridges is missing: %s", e.At, e.Rule, e.What)
	}
	return host, nil
}

// list are the bridges of the host with what each gains it, and the gaps that none keeps; all kinds, where there is no host.
func (b *bridges) list() string {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	if b.host == nil {
		for _, k := range bridge.Kinds() {
			line("%-14s %s", k.Name(), b.catalog.Bridges[k.Name()].Keeps)
		}
		return out.String()
	}
	line("%s on %s", reports.Plain(b.host.Name), b.target)
	planned := bridge.Of(b.host)
	if len(planned) == 0 {
		line("no bridges")
	}
	for _, k := range planned {
		p := k.Plan(b.host)
		line("\n%-14s %s", k.Name(), b.catalog.Bridges[k.Name()].Title)
		line("  %s", gains(p))
		for _, id := range p.Gaps {
			line("  closes %s", reports.Plain(id))
		}
	}
	for _, part := range []struct {
		title string
		holds func(*evaluate.Kept) bool
	}{
		{"Lost", func(k *evaluate.Kept) bool { return k.By == catalog.ByNone }},
		{"Kept by NixOS itself", func(k *evaluate.Kept) bool { return k.By == catalog.ByNative }},
	} {
		title := part.title
		for _, f := range b.host.Findings {
			if f.Kept == nil || !part.holds(f.Kept) {
				continue
			}
			if title != "" {
				line("\n%s", title)
				title = ""
			}
			text := f.KeptText(func(s string) string { return f.Fill(s, func(v string) string { return v }) })
			line("  %-9s %s: %s", f.Severity, reports.Plain(f.ID), reports.Plain(cmp.Or(text.How, text.Loses)))
			if text.Declined != "" {
				line("            declined by %s", reports.Plain(text.Declined))
			}
		}
	}
	return out.String()
}

// gains says how much a host gets for a bridge.
func gains(p bridge.Part) string {
	var parts []string
	for _, c := range []struct {
		n    int
		noun string
	}{
		{facts(p), "fact"}, {len(p.Options), "option"}, {len(p.Documents), "document"}, {len(p.Carries), "carried file"}, {len(p.Conversion), "piece"}, {len(p.Checks), "check"},
	} {
		switch {
		case c.n == 1:
			parts = append(parts, "1 "+c.noun)
		case c.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", c.n, c.noun))
		}
	}
	return strings.Join(parts, ", ")
}

// facts is how many facts a bridge was asked to keep.
func facts(p bridge.Part) int {
	at := map[string]bool{}
	for _, k := range p.Kept {
		for _, pointer := range k.At {
			at[pointer] = true
		}
	}
	return len(at)
}

// show is what is known of a kind of bridge, and what the host gets for it.
func (b *bridges) show(k bridge.Kind) string {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	about := b.catalog.Bridges[k.Name()]
	line("%s: %s\n", k.Name(), about.Title)
	for _, one := range [][2]string{{"keeps", about.Keeps}, {"costs", about.Costs}, {"risks", about.Risks}, {"leave", about.Leave}, {"page", about.Page}} {
		line("%-7s %s", one[0], one[1])
	}
	if b.host != nil {
		b.part(line, k)
	}
	return out.String()
}

// part writes what a host gets for a bridge.
func (b *bridges) part(line func(string, ...any), k bridge.Kind) {
	p := k.Plan(b.host)
	if len(p.Kept) == 0 {
		line("\n%s does not get it", reports.Plain(b.host.Name))
		return
	}
	line("\non %s", reports.Plain(b.host.Name))
	for _, kept := range p.Kept {
		line("  keeps   %s (%s)%s", strings.Join(kept.At, " "), kept.Rule, paramsText(kept.Params))
	}
	for _, o := range p.Options {
		line("  option  %s", reports.Plain(strings.Join(o.Option, ".")))
	}
	for _, d := range p.Documents {
		line("  writes  %s", d)
	}
	for _, c := range p.Carries {
		line("  carries %s", reports.Plain(c.Path))
	}
	for _, c := range p.Conversion {
		line("  plan    %s", strings.Join(c.Option, "."))
	}
	for _, c := range p.Checks {
		line("  check   %s", reports.Plain(c.ID))
	}
	for _, id := range p.Gaps {
		line("  closes  %s", reports.Plain(id))
	}
}

func paramsText(params map[string]any) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(params)) {
		out = append(out, fmt.Sprintf("%s %v", name, params[name]))
	}
	if out == nil {
		return ""
	}
	return ": " + reports.Plain(strings.Join(out, ", "))
}

// converted is the host before, as it was evaluated for its conversion, with what is known of bridges.
func (f *convertedFlags) converted(cmd *cobra.Command) (*bridges, error) {
	if f.bus != "" {
		if err := introspect.CheckBusAddress(f.bus); err != nil {
			return nil, &usageError{"--bus " + err.Error(), "an address looks like " + introspect.DefaultBusAddress}
		}
	}
	if f.baseline == execute.GuardBaseline {
		if _, err := os.Lstat(f.baseline); errors.Is(err, fs.ErrNotExist) {
			return nil, &usageError{"bridge: no conversion has left its snapshot at " + f.baseline, "name the one of the host before with --baseline"}
		}
		if !cmd.Flags().Changed("target") {
			f.target = convertedTo(f.target)
		}
	}
	return bridgesOf(cmd, []string{f.baseline}, f.evalFlags)
}

// convertedTo is the target that the checks of the conversion name, or else the one that is given.
func convertedTo(otherwise string) string {
	text, err := readBaseline(execute.GuardChecks)
	if err != nil {
		return otherwise
	}
	checks, err := validate.ReadBaseline(text)
	if err != nil || checks.Target == "" {
		return otherwise
	}
	return checks.Target
}

func bridgeStatus(cmd *cobra.Command, f convertedFlags) error {
	b, err := f.converted(cmd)
	if err != nil {
		return err
	}
	host, closeHost, err := introspect.Open("/", f.bus)
	if err != nil {
		return err
	}
	defer closeHost()
	sys, err := execute.NewMachine()
	if err != nil {
		return err
	}
	on := bridge.Machine{Host: host, System: sys, Tool: tool()}
	failed, notMade, err := b.verify(cmd.Context(), cmd.OutOrStdout(), on)
	if err != nil {
		return err
	}
	if failed+notMade > 0 {
		return &findingsError{fmt.Sprintf("%d required checks failed, %d could not be made", failed, notMade), "docs/bridges says of each bridge what can go wrong"}
	}
	return nil
}

// verify looks whether each bridge of the host works, and says how many required checks failed or could not be made.
func (b *bridges) verify(ctx context.Context, w io.Writer, on bridge.Machine) (failed, notMade int, err error) {
	planned := bridge.Of(b.host)
	if len(planned) == 0 {
		_, err := fmt.Fprintf(w, "%s has no bridges\n", reports.Plain(b.host.Name))
		return 0, 0, err
	}
	for _, k := range planned {
		results, err := k.Verify(ctx, on, k.Plan(b.host))
		if err != nil {
			return failed, notMade, fmt.Errorf("bridge %s: %w", k.Name(), err)
		}
		for _, r := range results {
			switch {
			case !r.Required || r.Status == validate.Passed:
			case r.Status == validate.Failed:
				failed++
			default:
				notMade++
			}
		}
		if _, err := io.WriteString(w, statusText(k.Name(), results)); err != nil {
			return failed, notMade, err
		}
	}
	return failed, notMade, nil
}

// statusText says of a bridge how many of its checks passed, and what became of the others.
func statusText(name string, results []validate.Result) string {
	var out strings.Builder
	passed := 0
	for _, r := range results {
		if r.Status == validate.Passed {
			passed++
		}
	}
	if len(results) == 0 {
		return fmt.Sprintf("%-14s nothing to look at\n", name)
	}
	fmt.Fprintf(&out, "%-14s %d of %d checks passed\n", name, passed, len(results))
	for _, r := range results {
		word := ""
		if r.Required {
			word = "required, "
		}
		switch r.Status {
		case validate.Failed:
			fmt.Fprintf(&out, "  %sfailed: %s: want %s, found %s\n", word, reports.Plain(r.ID), reports.Plain(r.Expected), reports.Plain(r.Found))
		case validate.Skipped:
			fmt.Fprintf(&out, "  %sskipped: %s: %s\n", word, reports.Plain(r.ID), reports.Plain(r.Reason))
		}
	}
	return out.String()
}

func bridgeUndo(cmd *cobra.Command, f convertedFlags, k bridge.Kind) (err error) {
	b, err := f.converted(cmd)
	if err != nil {
		return err
	}
	if len(k.Applies(b.host)) == 0 {
		return &usageError{fmt.Sprintf("bridge undo: %s does not have the bridge %s", reports.Plain(b.host.Name), k.Name()), "pve2nix bridge list " + f.baseline}
	}
	host, closeHost, err := introspect.Open("/", f.bus)
	if err != nil {
		return err
	}
	defer closeHost()
	sys, err := execute.NewMachine()
	if err != nil {
		return err
	}
	unlock, err := execute.LockMachine(sys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := k.Undo(cmd.Context(), bridge.Machine{Host: host, System: sys, Tool: tool()}, k.Plan(b.host)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "stopped; the next start brings it back unless you do without it: %s\n", b.catalog.Bridges[k.Name()].Leave)
	return err
}
