package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/api"
	"github.com/pve2nix/pve2nix/engine/api/running"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// pveshFlags are those of pvesh, with the same names where it has them.
type pveshFlags struct {
	snapshot, target, format string
	noBorder, noHeader       bool
	human, quiet             bool
	params                   []string
}

// pveshError ends pvesh with the exit code that it has; the text is printed as pvesh prints it.
type pveshError struct{ code int }

// Error is empty: what there is to say has been said.
func (*pveshError) Error() string { return "" }

// The exit codes of pvesh: no such path, a file that is not there, and what else ends a Perl program.
const (
	pveshNoPath = 1
	pveshNoFile = 2
	pveshDied   = 255
)

func newPveshCommand() *cobra.Command {
	var f pveshFlags
	pvesh := &cobra.Command{
		Use:   "pvesh",
		Short: "Read a host by the paths of PVE's API, as pvesh does",
		Long: `pvesh answers on the converted host what PVE's pvesh answered: get prints what a path
of the API holds, ls the paths below it. It reads, and changes nothing.

What PVE knew is from the capture that the conversion keeps; what runs is asked of the
kernel, systemd, Incus and libvirt. With --snapshot it is the host as it was captured,
on any machine. What nobody knows is left out or said to be unknown.

The output, the exit codes and the texts of errors are those of pvesh.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	get := &cobra.Command{
		Use:     "get PATH",
		Short:   "Print what a path holds",
		Example: "  pve2nix pvesh get /nodes\n  pve2nix pvesh get /cluster/resources --param type=vm --output-format json\n  pve2nix pvesh get /version --snapshot snapshot.json",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runPvesh(cmd, &f, args[0], false) },
	}
	ls := &cobra.Command{
		Use:     "ls PATH",
		Short:   "Print the paths below a path, and what may be done with them",
		Example: "  pve2nix pvesh ls /nodes",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runPvesh(cmd, &f, args[0], true) },
	}
	for _, cmd := range []*cobra.Command{get, ls} {
		flags := cmd.Flags()
		flags.StringVar(&f.snapshot, "snapshot", "", "read the host as this `FILE` has it, instead of the host that runs")
		flags.StringVar(&f.target, "target", "", "what the host was converted to: proxmox, incus or libvirt (default: who manages guests here)")
		flags.StringVar(&f.format, "output-format", "text", "`FORMAT`: text, json or json-pretty")
		flags.BoolVar(&f.noBorder, "noborder", false, "no borders around tables")
		flags.BoolVar(&f.noHeader, "noheader", false, "no titles above columns")
		flags.BoolVar(&f.human, "human-readable", true, "numbers as people read them")
		flags.BoolVar(&f.quiet, "quiet", false, "print nothing")
		flags.StringArrayVar(&f.params, "param", nil, "`NAME=VALUE` of a parameter of the path; may be repeated")
	}
	pvesh.AddCommand(get, ls)
	return pvesh
}

func runPvesh(cmd *cobra.Command, f *pveshFlags, path string, children bool) error {
	if !slices.Contains([]string{"text", "json", "json-pretty"}, f.format) {
		return &usageError{"--output-format " + f.format + ": want text, json or json-pretty", ""}
	}
	query := url.Values{}
	for _, p := range f.params {
		name, value, is := strings.Cut(p, "=")
		if !is || name == "" {
			return &usageError{"--param " + p + ": want NAME=VALUE", ""}
		}
		query.Add(name, value)
	}
	a, err := openAPI(f.snapshot, f.target)
	if err != nil {
		return err
	}
	say := func(code int, format string, args ...any) error {
		fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...)
		return &pveshError{code}
	}
	if !api.Has(path) {
		if children {
			return say(pveshDied, "no such resource '%s'", path)
		}
		return say(pveshNoPath, "No 'get' handler defined for '%s'", path)
	}
	answer := a.Get(cmd.Context(), api.Root, path, query)
	if answer.Status != 200 {
		if len(answer.Errors) > 0 {
			lines := []string{fmt.Sprintf("%d %s", answer.Status, answer.Message)}
			for _, name := range slices.Sorted(maps.Keys(answer.Errors)) {
				lines = append(lines, name+": "+answer.Errors[name])
			}
			return say(pveshDied, "%s\n\n%s <api_path> [OPTIONS] [FORMAT_OPTIONS]", strings.Join(lines, "\n"), cmd.CommandPath())
		}
		code := pveshDied
		if strings.HasPrefix(answer.Message, "Configuration file ") {
			code = pveshNoFile
		}
		return say(code, "%s", answer.Message)
	}
	if children && answer.Path.Child == "" {
		return say(pveshDied, "resource '%s' does not define child links", path)
	}
	if f.quiet {
		return nil
	}
	data := answer.Data
	if children {
		data = api.ChildList(answer.Path, data)
	}
	var text string
	switch f.format {
	case "json":
		text = string(api.Encode(data, false)) + "\n"
	case "json-pretty":
		text = string(api.Encode(data, true)) + "\n"
	default:
		table := api.Table{NoBorder: f.noBorder, NoHeader: f.noHeader, Raw: !f.human, ASCII: !speaksUTF8(), Zone: time.Local}
		if out, is := cmd.OutOrStdout().(*os.File); is && term.IsTerminal(int(out.Fd())) {
			table.Width, _, _ = term.GetSize(int(out.Fd()))
		}
		if children {
			text = table.Children(answer.Path, answer.Data)
		} else {
			text = table.Text(answer.Path, data)
		}
	}
	_, err = fmt.Fprint(cmd.OutOrStdout(), text)
	return err
}

// speaksUTF8 says whether the locale has box characters.
func speaksUTF8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := os.Getenv(name); value != "" {
			value = strings.ToLower(value)
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return false
}

// openAPI answers for the host of a snapshot file as it was captured; without one for the host that runs, by the snapshot
// that its conversion has left.
func openAPI(file, target string) (*api.API, error) {
	if target != "" && !slices.Contains([]string{"proxmox", "incus", "libvirt"}, target) {
		return nil, &usageError{"--target " + target + ": want proxmox, incus or libvirt", ""}
	}
	if file != "" {
		doc, err := readSnapshot(file)
		if err != nil {
			return nil, err
		}
		return newAPI(doc, target, nil)
	}
	doc, err := readSnapshot(execute.GuardBaseline)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &inputError{fmt.Errorf("%s: this host was not converted; --snapshot reads a capture", execute.GuardBaseline)}
	}
	if err != nil {
		return nil, err
	}
	host := running.New(target)
	if target == "" {
		target = host.Target()
	}
	return newAPI(doc, target, host)
}

func newAPI(doc *snapshot.Document, target string, live api.Live) (*api.API, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	knowledge, err := api.ReadKnowledge(c.Tables)
	if err != nil {
		return nil, err
	}
	return api.New(doc, target, knowledge, live)
}
