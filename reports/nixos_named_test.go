package reports

import (
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/nix"
)

// A predicate over the names of packages is a function of lib, which the module has to ask for.
func TestNamesOfPackagesNeedLib(t *testing.T) {
	r := run()
	e, err := module(r, r.Hosts[0], []evaluate.Leaf{
		{Option: []string{"nixpkgs", "config", "allowUnfreePredicate"}, Value: map[string]any{"_named": []any{"vault"}}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	printed, err := nix.Print(e)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(printed); !strings.Contains(text, "{ lib, ... }:") || !strings.Contains(text, `package: lib.elem (lib.getName package) [ "vault" ]`) {
		t.Error(text)
	}
}
