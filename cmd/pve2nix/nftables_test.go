package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// The tables of the packet filter are what nft(8) understands, for every golden host and target.
func TestTablesOfTheFilterAreUnderstood(t *testing.T) {
	if _, err := exec.LookPath("nft"); err != nil || os.Getuid() != 0 {
		testhosts.Lacking(t, "nft (Debian: nftables) as root reads the tables; nothing was read")
	}
	tables, ofBridges := 0, 0
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
				if family[name] == "bridge" {
					ofBridges++
					text = readable(t, text)
				}
				fmt.Fprintf(&ruleset, "table %s %s {\n%s\n}\n", family[name], name, text)
				tables++
			}
			if err := understood(ruleset.String()); err != nil {
				t.Errorf("%s, target %s: %v", filepath.Base(dir), target, err)
			}
		}
	}
	if tables < 5 || ofBridges == 0 || (!testhosts.Few() && (tables < 10 || ofBridges < 4)) {
		t.Errorf("only %d tables were read, %d of them of bridges", tables, ofBridges)
	}
}

// readable is the text of a table of family bridge as far as this kernel knows it. One
// without conntrack for bridges reads it in two ways: without the states of connections,
// and, for these, as a table of family inet, which knows no ARP. One that does not say
// through which bridge a frame goes reads the name as that of a card.
func readable(t *testing.T, text string) string {
	ofCards := regexp.MustCompile(`meta ([io])brname`).ReplaceAllString(text, "${1}ifname")
	if !readsOfBridges("meta ibrname \"x\" accept") {
		text = ofCards
	}
	if readsOfBridges("ct state new accept") {
		return text
	}
	without := regexp.MustCompile(`(?m)^  [^\n]*arp saddr ip[^\n]*\n`).ReplaceAllString(ofCards, "")
	if err := understood("table inet pve-guests {\n" + without + "\n}\n"); err != nil {
		t.Error(err)
	}
	return regexp.MustCompile(`ct state (invalid|\{[^}]*\})`).ReplaceAllString(text, "")
}

// readsOfBridges tells whether the kernel knows a rule of a table of bridges.
func readsOfBridges(rule string) bool {
	return understood("table bridge probe {\n chain c {\n "+rule+"\n }\n}\n") == nil
}

// understood lets nft read a set of rules without loading it.
func understood(ruleset string) error {
	cmd := exec.Command("nft", "-c", "-f", "-")
	cmd.Stdin = strings.NewReader(ruleset)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, clip(string(out)))
	}
	return nil
}
