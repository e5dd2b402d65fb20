package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The tables of the packet filter are what nft(8) understands, for every golden host and target.
func TestTablesOfTheFilterAreUnderstood(t *testing.T) {
	if _, err := exec.LookPath("nft"); err != nil || os.Getuid() != 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("nft is missing, or the tests do not run as root")
		}
		t.Skip("nft (Debian: nftables) as root reads the tables; nothing was read")
	}
	tables := 0
	engine, err := newEngine(context.Background(), evalFlags{target: defaultTarget, release: defaultRelease})
	if err != nil {
		t.Fatal(err)
	}
	for target := range engine.Catalog.Targets {
		engine := *engine
		engine.Target, engine.Policy = target, engine.Policy.With(engine.Catalog.Data(target, engine.Release))
		for _, dir := range goldenHosts(t) {
			doc, err := readSnapshot(filepath.Join(dir, "snapshot.json"))
			if err != nil {
				t.Fatal(err)
			}
			host, err := engine.Evaluate(context.Background(), doc)
			if err != nil {
				t.Fatal(err)
			}
			family, content := map[string]string{}, map[string]string{}
			for _, leaf := range host.Options {
				if len(leaf.Option) != 5 || !slices.Equal(leaf.Option[:3], []string{"networking", "nftables", "tables"}) {
					continue
				}
				switch text := fmt.Sprint(leaf.Value); leaf.Option[4] {
				case "family":
					family[leaf.Option[3]] = text
				case "content":
					content[leaf.Option[3]] = text
				}
			}
			var ruleset strings.Builder
			for name, text := range content {
				fmt.Fprintf(&ruleset, "table %s %s {\n%s\n}\n", family[name], name, text)
				tables++
			}
			cmd := exec.Command("nft", "-c", "-f", "-")
			cmd.Stdin = strings.NewReader(ruleset.String())
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s, target %s: %v\n%s", filepath.Base(dir), target, err, clip(string(out)))
			}
		}
	}
	if tables < 10 {
		t.Errorf("only %d tables were read", tables)
	}
}
