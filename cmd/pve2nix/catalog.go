package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
)

func newCatalogCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "catalog", Short: "Look at the catalog", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(newCatalogShowCommand())
	return cmd
}

func newCatalogShowCommand() *cobra.Command {
	var f struct {
		table    string
		catalogs []string
	}
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show what a package, unit, file or property becomes",
		Long: `show writes the catalog's entries for a name, for every target and release: the exact
ones, or else the patterns that stand for it. Names of properties are those of
the tables' keys, as storage type/property: nfs/server.`,
		Example: "  pve2nix catalog show htop\n  pve2nix catalog show pveproxy.service\n  pve2nix catalog show --table guest_options balloon",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := entries(f.catalogs)
			if err != nil {
				return err
			}
			if _, ok := c.Subjects[f.table]; !ok && f.table != "" {
				return &usageError{fmt.Sprintf("--table %s: want one of %s", f.table, names(c.Subjects)), ""}
			}
			list := c.Named(args[0], f.table)
			if len(list) == 0 {
				return &inputError{fmt.Errorf("catalog: no entry speaks of %q", args[0])}
			}
			for i, e := range list {
				if i > 0 {
					fmt.Fprintln(cmd.OutOrStdout())
				}
				showEntry(cmd.OutOrStdout(), c, e)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.table, "table", "", "only this `TABLE`: packages, units, guest_options …")
	flags.StringArrayVar(&f.catalogs, "catalog", nil, "`DIR` of catalog entries laid over the built-in ones; may be repeated, the last wins")
	return cmd
}

// showEntry writes an entry, and its verdicts by target, release and node.
func showEntry(w io.Writer, c *catalog.Catalog, e *catalog.Entry) {
	fmt.Fprintf(w, "%s %s  (%s)\n", e.Subject, e.Key, e.At)
	for _, field := range slices.Sorted(maps.Keys(e.Where)) {
		fmt.Fprintf(w, "  only where %s\n", condition(field, e.Where[field]))
	}
	for _, when := range e.When {
		var on []string
		if len(when.Target) > 0 {
			on = append(on, "target "+strings.Join(when.Target, ", "))
		}
		if len(when.Release) > 0 {
			on = append(on, "release "+strings.Join(when.Release, ", "))
		}
		for _, field := range slices.Sorted(maps.Keys(when.Where)) {
			on = append(on, condition(field, when.Where[field]))
		}
		showVerdict(w, c, strings.Join(on, "; "), when.Verdict)
	}
	rest := "always"
	if len(e.When) > 0 {
		rest = "else"
	}
	showVerdict(w, c, rest, e.Verdict)
	for _, source := range e.Sources {
		fmt.Fprintf(w, "  source   %s\n", source)
	}
}

func condition(field string, want any) string {
	if want == nil {
		return field + " is absent"
	}
	return fmt.Sprintf("%s is %v", field, want)
}

func showVerdict(w io.Writer, c *catalog.Catalog, on string, v catalog.Verdict) {
	fmt.Fprintf(w, "  %s: %s\n", on, v.Status)
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "    %-8s %s\n", name, strings.Join(strings.Fields(text), " "))
		}
	}
	if v.Attr != "" {
		line("package", "pkgs."+v.Attr)
	}
	for _, option := range slices.Sorted(maps.Keys(v.Options)) {
		value, err := json.Marshal(v.Options[option])
		if err != nil {
			value = []byte("?")
		}
		line("option", option+" = "+string(value)+later(c, option))
	}
	line("reason", v.Reason)
	line("bridge", v.Bridge)
	if v.Gap != nil {
		line("finding", v.Gap.Title+" ("+v.Gap.Severity+")")
		line("", v.Gap.Description)
		line("to do", v.Gap.Workaround)
	}
}

// later says how releases spell an option that do not spell it so.
func later(c *catalog.Catalog, option string) string {
	path, err := nixos.Split(option)
	if err != nil {
		return ""
	}
	for _, release := range slices.Sorted(maps.Keys(c.Releases)) {
		if spelled := strings.Join(c.Spell(path, release), "."); spelled != strings.Join(path, ".") {
			return fmt.Sprintf("  (from %s on: %s)", release, spelled)
		}
	}
	return ""
}
