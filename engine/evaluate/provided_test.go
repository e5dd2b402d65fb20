package evaluate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/catalog"
)

func TestPackagesThatAModuleBringsAreNotListed(t *testing.T) {
	engine := &Engine{Catalog: &catalog.Catalog{Head: catalog.Head{Tables: map[string]map[string]any{
		"module_packages": {"docker": "virtualisation.docker.enable", "lldpd": "services.lldpd.enable"},
		"program_options": {"packages": "environment.systemPackages"},
	}}}}
	ref := func(path ...any) any { return map[string]any{"_ref": append([]any{"pkgs"}, path...)} }
	packages := func(items ...any) Setting {
		return Setting{Option: []string{"environment", "systemPackages"}, Value: items, By: "x"}
	}
	on := Setting{Option: []string{"virtualisation", "docker", "enable"}, Value: true, By: "x"}
	off := Setting{Option: []string{"services", "lldpd", "enable"}, Value: false, By: "x"}
	other := Setting{Option: []string{"virtualisation", "docker", "extraPackages"}, Value: []any{ref("docker")}, By: "x"}
	given := []Setting{packages(ref("docker")), packages(ref("lldpd"), ref("docker"), ref("htop")), packages(ref("python3Packages", "docker")), on, off, other}
	want := []Setting{packages(ref("lldpd"), ref("htop")), packages(ref("python3Packages", "docker")), on, off, other}
	if d := cmp.Diff(want, engine.withoutProvided(given)); d != "" {
		t.Error(d)
	}
	if len(given[1].Value.([]any)) != 3 || given[1].Value.([]any)[1] == nil {
		t.Error("the settings of the rules were changed")
	}
}
