package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// What FRR runs with after a conversion is what FRR's own parser takes: each frr.conf that goes along with a golden host.
func TestCarriedRoutingIsUnderstood(t *testing.T) {
	if _, err := exec.LookPath("vtysh"); err != nil {
		testhosts.Lacking(t, "vtysh (Debian: frr) reads the files; nothing was read")
	}
	read := func(file string) error {
		cmd := exec.Command("vtysh", "-C", "-f", file)
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Run(); err != nil {
			t.Logf("%s: %s", file, said.String())
			return err
		}
		return nil
	}
	seen := 0
	for _, dir := range goldenHosts(t) {
		data, err := os.ReadFile(filepath.Join(dir, "want/evaluation.json"))
		if err != nil {
			t.Fatal(err)
		}
		var evaluation struct{ Hosts []evaluate.Host }
		if err := json.Unmarshal(data, &evaluation); err != nil {
			t.Fatal(err)
		}
		for _, h := range evaluation.Hosts {
			for _, c := range h.Carries {
				if !strings.HasSuffix(c.Path, "/frr.conf") {
					continue
				}
				seen++
				if err := read(filepath.Join(dir, "raw", c.Path)); err != nil {
					t.Errorf("%s: %v", h.Name, err)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no golden host has an frr.conf that goes along")
	}
	wrong := filepath.Join(t.TempDir(), "frr.conf")
	if err := os.WriteFile(wrong, []byte("routor bgp 65001\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if read(wrong) == nil {
		t.Error("vtysh takes a line that means nothing")
	}
}
