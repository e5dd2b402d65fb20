package reports

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
)

func TestCodeSpansHoldAnyText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"vmbr0", "`vmbr0`"},
		{"", "(empty)"},
		{"a`b", "`` a`b ``"},
		{"a``b`", "``` a``b` ```"},
		{"a\nb\r\x1b[31m", "`a\\u000ab\\u000d\\u001b[31m`"},
		{"</script>", "`</script>`"},
		{"a\u202eb", "`a\\u202eb`"},
		{" x ", "`  x  `"},
	} {
		if got := code(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestProseKeepsValuesInTheirSpans(t *testing.T) {
	f := evaluate.Finding{Vars: map[string]string{"name": "a`b*c", "n": "12", "id": "100"}}
	for _, c := range []struct{ in, want string }{
		{"guest {name} has {n} disks", "guest `` a`b*c `` has 12 disks"},
		{"run `qm config {id}` now", "run `qm config 100` now"},
		{"run `echo {name}`", "run `` echo a`b*c ``"},
		{"an {unknown} name stays", "an {unknown} name stays"},
		{"folds\n  lines", "folds lines"},
	} {
		if got := prose(f, c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestEncodedJSONMeansTheSame(t *testing.T) {
	long := strings.Repeat("x", 200)
	for _, v := range []any{
		map[string]any{}, []any{}, "text", nil,
		map[string]any{"a": []any{1.0, "b,c:{}[]", "q\"\\"}, "b": map[string]any{"c": nil}},
		map[string]any{"a": []any{long, map[string]any{"b,": long}, []any{long, "[", "}"}}, "c": "</script>"},
		[]any{[]any{[]any{long, long}}},
	} {
		got, err := encode(v)
		if err != nil {
			t.Fatal(err)
		}
		var back any
		if err := json.Unmarshal(got, &back); err != nil {
			t.Fatalf("%v in %s", err, got)
		}
		if !reflect.DeepEqual(v, back) {
			t.Errorf("got %s", got)
		}
		if bytes.Contains(got, []byte("</script>")) {
			t.Errorf("HTML is not escaped in %s", got)
		}
	}
}

func TestLongJSONIsOneElementALine(t *testing.T) {
	long := strings.Repeat("x", 100)
	got, err := encode(map[string]any{"list": []any{long, map[string]any{"b": 1}, long}})
	if err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"list\": [\n    \"" + long + "\",\n    {\"b\": 1},\n    \"" + long + "\"\n  ]\n}\n"
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Error(d)
	}
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		in   []int
		want string
	}{
		{[]int{0}, ""}, {[]int{3}, ":3"}, {[]int{5, 3, 4}, ":3-5"}, {[]int{7, 1, 2, 2}, ":1-2,7"}, {[]int{1, 3, 5, 9}, ":1-9"},
	} {
		if got := ranges(c.in); got != c.want {
			t.Errorf("%v: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestOptionsGoToTheFileOfTheLongestPrefix(t *testing.T) {
	layout := map[string]string{"networking": "networking", "networking.firewall": "firewall", "boot": "boot", "systemd": "services", "systemd.services.lxc-*": "guests", "systemd.services.lxc-net": "networking", "environment.etc.lxc/*": "guests"}
	for option, want := range map[string]string{
		"networking.hostName": "networking", "networking.firewall.enable": "firewall", "boot": "boot", "nix.settings": "default", "networkingx": "default",
		"systemd.services.lxc-100.script": "guests", "systemd.services.lxc-net.enable": "networking", "systemd.services.lxcfs.enable": "services", "environment.etc.lxc/100.conf.source": "guests",
	} {
		if got := moduleOf(layout, strings.Split(option, ".")); got != want {
			t.Errorf("%s: got %s, want %s", option, got, want)
		}
	}
}

// run has one host with a plain option, one of a foreign collection, and hostile sources.
func run() Run {
	leaf := func(option string, value any, at ...string) evaluate.Leaf {
		return evaluate.Leaf{Option: strings.Split(option, "."), Value: value, By: []string{"area/rule"}, At: at}
	}
	return Run{
		Tool: "pve2nix test", Target: "proxmox", Release: "25.11",
		Shape: &catalog.Catalog{Head: catalog.Head{
			Tables: map[string]map[string]any{
				"program_options": {"kernel": "boot.kernelPackages", "platform": "nixpkgs.hostPlatform", "host_name": "networking.hostName", "domain": "networking.domain"},
				"program_names":   {"platform": "x86_64-linux"},
			},
			Layout:   map[string]string{"networking": "networking", "services": "services"},
			Releases: map[string]catalog.Release{"25.11": {Nixpkgs: "github:NixOS/nixpkgs/nixos-25.11", Channel: "nixos-25.11", Date: "2026-01-25", Inputs: map[string]string{"extra": "github:x/y"}}},
			Modules: map[string]catalog.Module{"services.foreign": {
				Input: "extra", Attr: []string{"nixosModules", "foreign"}, Overlay: []string{"overlays", "x86_64-linux"}, Targets: []string{"proxmox"},
			}},
		}},
		Hosts: []Host{{
			Host: &evaluate.Host{Name: "pve", Slug: "pve", Options: []evaluate.Leaf{
				leaf("networking.hostName", "pve", "/host/name"),
				leaf("networking.nameservers", []any{"1.1.1.1"}, "/network/dns/nameservers/0"),
				leaf("services.b.extra", "${x}\n''", "/system/cron/0"),
				leaf("services.b.enable", true, "/system/cron/0"),
				leaf("services.foreign.enable", true, "/host/name"),
				leaf("services.z", map[string]any{"_mkForce": map[string]any{"_ref": []any{"pkgs", "htop"}}}, "/host/name"),
			}},
			Tree: map[string]any{
				"host":    map[string]any{"name": "pve"},
				"network": map[string]any{"dns": map[string]any{"nameservers": []any{map[string]any{"key": "nameserver", "source": "/etc/resolv.conf:2"}}}},
				"system":  map[string]any{"cron": []any{map[string]any{"source": "/etc/evil\n*/ x = 1; #:7"}}},
			},
		}},
	}
}

func TestFlake(t *testing.T) {
	files, err := Flake(run())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range files {
		got[f.Path] = string(f.Content)
	}
	want := map[string]string{
		"nix/flake.nix": `# Written by pve2nix test for NixOS 25.11, target proxmox.
{
  description = "NixOS hosts converted from Proxmox VE";

  inputs = {
    # nixos-25.11 of 2026-01-25.
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    extra.url = "github:x/y";
  };

  outputs =
    { nixpkgs, extra, ... }:
    {
      nixosConfigurations.pve = nixpkgs.lib.nixosSystem {
        modules = [
          ./hosts/pve/default.nix
          extra.nixosModules.foreign
          {
            nixpkgs.overlays = [ extra.overlays.x86_64-linux ];
          }
        ];
      };
    };
}
`,
		"nix/hosts/pve/default.nix": `{ ... }:
{
  imports = [
    ./of-plan.nix
    ./networking.nix
    ./services.nix
  ];
}
`,
		"nix/hosts/pve/networking.nix": `{ ... }:
{
  networking = {
    # host name (area/rule)
    hostName = "pve";
    # /etc/resolv.conf:2 (area/rule)
    nameservers = [ "1.1.1.1" ];
  };
}
`,
		"nix/hosts/pve/services.nix": `{
  lib,
  options,
  pkgs,
  ...
}:
{
  config = lib.mkMerge [
    {
      services = {
        # /etc/evil\n*/ x = 1; #:7 (area/rule)
        b = {
          enable = true;
          extra = ''
            ''${x}
            ` + "'''''" + `;
        };
        # host name (area/rule)
        z = lib.mkForce pkgs.htop;
      };
    }
    (lib.optionalAttrs (options.services ? foreign) {
      # host name (area/rule)
      services.foreign.enable = true;
    })
    {
      warnings =
        lib.optional (!(options.services ? foreign))
          "The modules of extra are not imported: services.foreign is not set up. Use the flake beside these modules.";
    }
  ];
}
`,
	}
	delete(got, HandbookFile) // it has tests of its own
	p, err := PlanOf(run())
	if err != nil {
		t.Fatal(err)
	}
	want["nix/hosts/pve/of-plan.nix"] = `{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "` + p.Hosts[0].Configuration + `\n";
}
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSummarySaysWhatWasNotCaptured(t *testing.T) {
	r := run()
	r.Hosts[0].Tree["capture"] = map[string]any{"areas": []any{
		map[string]any{"name": "guests", "status": "known"},
		map[string]any{"name": "cluster", "status": "unknown"},
		map[string]any{"name": "units", "status": "partial"},
	}}
	var b bytes.Buffer
	if err := Summary(&b, r, "out"); err != nil {
		t.Fatal(err)
	}
	if want := "capture   incomplete in cluster, units: see capture.areas of the snapshot\n"; !strings.Contains(b.String(), want) {
		t.Errorf("want %q in\n%s", want, &b)
	}
}

func TestSummaryStaysOnItsLines(t *testing.T) {
	r := run()
	r.Hosts[0].Name = "evil\x1b[2J\nname"
	var b bytes.Buffer
	if err := Summary(&b, r, "out"); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b") || strings.Contains(b.String(), "\nname") {
		t.Errorf("control characters reach the terminal: %q", b.String())
	}
}
