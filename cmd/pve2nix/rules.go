package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
)

func newRulesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rules", Short: "Look at the rules", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(newRulesListCommand())
	return cmd
}

func newRulesListCommand() *cobra.Command {
	var f struct {
		area, severity string
		rules          []string
	}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List rules: id, severity, name, title",
		Long: `list writes a line for each rule: its id and severity where it makes a finding, else
dashes; area/name, which is its folder; its title, in which {name} stands for a
value of the host.`,
		Example: "  pve2nix rules list\n  pve2nix rules list --area storage --severity critical",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			modules, err := ruleModules(f.rules)
			if err != nil {
				return err
			}
			list, err := policy.ReadRules(modules)
			if err != nil {
				return err
			}
			areas := map[string]bool{}
			for _, r := range list {
				areas[r.Area()] = true
			}
			if f.area != "" && !areas[f.area] {
				return &usageError{fmt.Sprintf("--area %s: want one of %s", f.area, names(areas)), ""}
			}
			if f.severity != "" && !slices.Contains(evaluate.Severities, f.severity) {
				return &usageError{fmt.Sprintf("--severity %s: want %s", f.severity, strings.Join(evaluate.Severities, ", ")), ""}
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, r := range list {
				if f.area != "" && r.Area() != f.area || f.severity != "" && r.Severity != f.severity {
					continue
				}
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", orDash(r.ID), orDash(r.Severity), r.Name, r.Title)
			}
			return table.Flush()
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.area, "area", "", "only rules of this `AREA`")
	flags.StringVar(&f.severity, "severity", "", "only findings of this `SEVERITY`: critical, major, minor")
	flags.StringArrayVar(&f.rules, "rules", nil, "`DIR` of rules laid over the built-in ones; may be repeated, the last wins")
	return cmd
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
