package main

import "github.com/spf13/cobra"

func newBridgeCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "bridge", Short: "Show and manage what keeps features that NixOS lacks", Args: cobra.NoArgs}
	cmd.AddCommand(newCompanionCommand())
	return cmd
}
