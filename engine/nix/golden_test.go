package nix_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/nix"
)

func attr(value nix.Expr, path ...string) nix.Attr { return nix.Attr{Path: path, Value: value} }

func ref(parts ...string) nix.Ref { return parts }

func call(fn nix.Expr, args ...nix.Expr) nix.Apply { return nix.Apply{Func: fn, Args: args} }

func text(s string) nix.String { return nix.String(s) }

// goldens are whole files, by the name of their file in testdata.
var goldens = map[string]nix.Expr{"module.nix": module, "flake.nix": flake, "forms.nix": forms, "random.nix": random()}

var module = nix.Commented{
	Comments: []string{"Network of host pve1. Made by pve2nix from /etc/network/interfaces; edit the host's own modules instead of this file, which is written anew by every run."},
	Expr: nix.Lambda{
		Formals: []string{"config", "lib", "pkgs"}, Ellipsis: true,
		Body: nix.Collapse(nix.AttrSet{
			nix.Attr{Path: []string{"imports"}, Value: nix.List{nix.Path("./hardware.nix"), nix.Path("../../modules/bridges.nix")}},
			nix.Attr{
				Blank: true, Comments: []string{"/etc/network/interfaces:3 iface vmbr0 # hostile\n}; evil = 1;"},
				Path: []string{"networking"},
				Value: nix.AttrSet{
					attr(text("pve1"), "hostName"),
					attr(nix.AttrSet{attr(nix.AttrSet{attr(nix.List{text("eno1")}, "interfaces")}, "vmbr0")}, "bridges"),
					attr(nix.AttrSet{
						attr(nix.List{nix.AttrSet{attr(text("192.0.2.10"), "address"), attr(nix.Int(24), "prefixLength")}}, "vmbr0", "ipv4", "addresses"),
						attr(nix.Bool(false), "eno1", "useDHCP"),
					}, "interfaces"),
					attr(call(ref("lib", "mkForce"), nix.Bool(true)), "firewall", "enable"),
					attr(nix.List{nix.Int(22), nix.Int(8006)}, "firewall", "allowedTCPPorts"),
					attr(nix.IndentedString("table inet filter {\n\tchain input {\n\t\tip saddr ${addr} accept\n\t}\n}\n"), "nftables", "ruleset"),
				},
			},
			nix.Attr{Blank: true, Path: []string{"boot", "kernel", "sysctl", "net.ipv4.ip_forward"}, Value: nix.Int(1)},
			attr(nix.Apply{Func: ref("lib", "mkDefault"), Args: []nix.Expr{nix.Int(-1)}}, "boot", "kernel", "sysctl", "vm.overcommit_memory"),
			attr(nix.List{}, "boot", "kernelParams"),
			attr(nix.AttrSet{}, "boot", "loader"),
			nix.Attr{Blank: true, Comments: []string{"dpkg status"}, Path: []string{"environment", "systemPackages"}, Value: nix.With{
				Env: ref("pkgs"),
				Body: nix.List{
					ref("htop"),
					nix.Commented{Comments: []string{"openvswitch-switch"}, Expr: ref("openvswitch")},
					nix.Select{Of: ref("python3"), Path: []string{"withPackages"}},
					call(ref("lib", "hiPrio"), ref("coreutils")),
				},
			}},
			attr(nix.AttrSet{
				attr(text("a \"quoted\" ${text} with $$ and \\ and\nnewline"), "text"),
				attr(nix.Null{}, "source"),
				attr(text("0644"), "mode"),
			}, "environment", "etc", "pve2nix/motd of host"),
			attr(text("console=tty0 console=ttyS0,115200n8 intel_iommu=on iommu=pt pcie_acs_override=downstream,multifunction"), "environment", "etc", "kernel/cmdline", "text"),
			nix.Attr{Blank: true, Path: []string{"systemd", "services", "if"}, Value: call(ref("lib", "mkIf"),
				nix.BinaryOp{Op: nix.And, Left: ref("config", "networking", "firewall", "enable"), Right: nix.Not{Of: nix.HasAttr{Of: ref("config"), Path: []string{"services", "or"}}}},
				nix.AttrSet{
					attr(nix.List{text("multi-user.target")}, "wantedBy"),
					attr(nix.Float(0.5), "weight"),
					nix.Comment{Blank: true, Paragraphs: []string{"No ExecStart: the unit had none."}},
				})},
			attr(nix.BinaryOp{Op: nix.Concat, Left: nix.List{text("root"), text("www-data")}, Right: call(ref("lib", "optionals"), ref("config", "users", "mutableUsers"), nix.List{text("admin")})}, "users", "names"),
		}),
	},
}

var flake = nix.AttrSet{
	attr(text("NixOS configurations made from Proxmox VE hosts"), "description"),
	nix.Attr{Blank: true, Path: []string{"inputs"}, Value: nix.AttrSet{
		attr(text("github:NixOS/nixpkgs/nixos-25.11"), "nixpkgs", "url"),
		attr(text("github:SaumonNet/proxmox-nixos"), "proxmox-nixos", "url"),
	}},
	nix.Attr{Blank: true, Path: []string{"outputs"}, Value: nix.Lambda{
		Formals: []string{"self", "nixpkgs", "proxmox-nixos"}, Ellipsis: true, As: "inputs",
		Body: nix.Let{
			Bindings: []nix.Binding{
				attr(text("x86_64-linux"), "system"),
				attr(nix.Lambda{Param: "module", Body: call(ref("nixpkgs", "lib", "nixosSystem"), nix.AttrSet{
					nix.Inherit{Names: []string{"system"}},
					attr(nix.AttrSet{nix.Inherit{Names: []string{"inputs"}}}, "specialArgs"),
					attr(nix.List{
						ref("proxmox-nixos", "nixosModules", "proxmox-ve"),
						ref("module"),
						nix.Lambda{Formals: []string{"lib"}, Ellipsis: true, Body: nix.AttrSet{
							attr(nix.List{nix.Select{Of: ref("proxmox-nixos", "overlays"), Path: []string{"${system}"}, Default: ref("lib", "id")}}, "nixpkgs", "overlays"),
						}},
					}, "modules"),
				})}, "host"),
			},
			Body: nix.AttrSet{
				attr(call(ref("builtins", "mapAttrs"), nix.Lambda{Param: "name", Body: nix.Lambda{Param: "path", Body: call(ref("host"), ref("path"))}}, nix.AttrSet{
					attr(nix.Path("./hosts/pve1"), "pve1"),
					attr(nix.Path("./hosts/pve-2.example"), "pve-2.example"),
				}), "nixosConfigurations"),
				nix.Attr{Blank: true, Comments: []string{"nix fmt"}, Path: []string{"formatter", "x86_64-linux"}, Value: nix.Select{
					Of:   call(ref("import"), ref("nixpkgs"), nix.AttrSet{nix.Inherit{Names: []string{"system"}}}),
					Path: []string{"nixfmt"},
				}},
			},
		},
	}},
}

// forms has one of each form and layout that the others lack.
var forms = nix.Lambda{
	Formals: []string{"lib", "a"},
	Body: nix.Let{
		Bindings: []nix.Binding{
			nix.Inherit{From: ref("lib"), Names: []string{"mkIf", "mkMerge", "types", "mkForce", "or"}},
			nix.Inherit{Comments: []string{"three fit on a line"}, From: ref("lib", "strings"), Names: []string{"concatStrings", "hasPrefix"}},
			nix.Inherit{Blank: true, Names: []string{"a"}},
		},
		Body: nix.AttrSet{
			attr(nix.If{Cond: nix.BinaryOp{Op: nix.Equal, Left: ref("a"), Right: nix.Int(1)}, Then: text("one"), Else: text("many")}, "short"),
			attr(nix.If{
				Cond: ref("a"), Then: nix.List{nix.Int(1), nix.Int(-2)},
				Else: nix.If{Cond: nix.Not{Of: ref("a", "b")}, Then: nix.AttrSet{attr(nix.Float(-1e21), "x")}, Else: nix.Null{}},
			}, "long"),
			attr(nix.BinaryOp{Op: nix.Update, Left: ref("a"), Right: nix.AttrSet{attr(nix.Int(-9223372036854775808), "least")}}, "update"),
			attr(nix.BinaryOp{Op: nix.And, Left: nix.BinaryOp{Op: nix.Or, Left: ref("lib", "aVeryLongConditionThatHasToBeBroken"), Right: ref("lib", "overSeveralLines")}, Right: nix.HasAttr{Of: ref("lib", "somethingWithAQuiteLongName"), Path: []string{"a", "b c"}}}, "operators"),
			attr(nix.List{nix.BinaryOp{Op: nix.Equal, Left: ref("a"), Right: nix.List{}}}, "single"),
			attr(call(ref("lib", "mkForce"), text("a single text is never divided, and the function stays with it, even where both together are longer than the page")), "long-text"),
			attr(call(ref("lib", "mkIf"), call(ref("lib", "hasPrefix"), text("a"), ref("a", "name")), call(ref("lib", "mkMerge"), nix.List{nix.AttrSet{attr(nix.Int(1), "x")}, nix.AttrSet{}})), "nested"),
			attr(call(ref("map"), nix.Lambda{Param: "x", Body: nix.AttrSet{attr(ref("x"), "name")}}, nix.List{text("a"), text("b")}), "mapped"),
			attr(call(ref("lib", "replaceStrings"), nix.List{text("a"), text("b")}, nix.List{text("c"), text("d")}), "two-lists"),
			attr(nix.With{Env: ref("lib"), Body: nix.AttrSet{attr(ref("id"), "x")}}, "with"),
			attr(nix.Lambda{Body: nix.AttrSet{nix.Comment{Paragraphs: []string{"empty"}}}}, "no-parameters"),
			attr(nix.IndentedString("no line end\n  'quoted'' ''${x}'"), "indented"),
			attr(nix.List{nix.IndentedString("a\nb\n"), call(ref("a"), nix.IndentedString("c\n\nd\n"))}, "texts"),
			attr(nix.Select{Of: nix.AttrSet{attr(nix.Int(1), "in")}, Path: []string{"in"}, Default: nix.Int(-1)}, "select"),
			nix.Comment{Blank: true, Paragraphs: []string{"the end"}},
		},
	},
}

// random has trees that nobody would write, so that layouts which the others do
// not need are pinned too.
func random() nix.Expr {
	var list nix.List
	for _, seed := range []uint64{1, 2, 5, 10} {
		g := newGenerator(seed)
		for range 12 {
			list = append(list, nix.AttrSet{attr(g.layout(4), "x")})
		}
	}
	// Under a with, Nix accepts variables that nobody defines.
	return nix.With{Env: nix.AttrSet{}, Body: list}
}

func TestLayoutOfWholeFiles(t *testing.T) {
	for name, e := range goldens {
		got := []byte(mustPrint(t, e))
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if again := []byte(mustPrint(t, e)); !bytes.Equal(got, again) {
			t.Errorf("%s: two prints differ", name)
		}
	}
	files, err := filepath.Glob("testdata/*.nix")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if _, known := goldens[filepath.Base(path)]; known {
			continue
		}
		if !*update {
			t.Errorf("%s is no golden file of any tree", path)
		} else if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNixParsesTheGoldenFiles(t *testing.T) {
	c := nixInstantiate(t)
	for _, name := range slices.Sorted(maps.Keys(goldens)) {
		path, err := filepath.Abs(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.run("--parse", path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
