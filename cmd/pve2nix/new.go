package main

import "github.com/spf13/cobra"

func newNewCommand() *cobra.Command {
	return &cobra.Command{Use: "new", Short: "Begin a rule or a mapping", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
}
