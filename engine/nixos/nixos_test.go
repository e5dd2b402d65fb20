package nixos

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/internal/nixosindex"
)

var update = flag.Bool("update", false, "rewrite the indexes of catalog/nixos, where those that they are made from can be had")

// typeLength is how much of a type is kept: some list every value that they take.
const typeLength = 240

func optionLines(t *testing.T, name string) []string {
	var index struct{ Options, Hidden map[string]string }
	nixosindex.Read(t, name, &index)
	var lines []string
	for option, kind := range index.Options {
		kind = strings.Join(strings.Fields(kind), " ")
		lines = append(lines, option+"\t"+kind[:min(len(kind), typeLength)])
	}
	for option := range index.Hidden {
		if !strings.Contains(option, "._module.") {
			lines = append(lines, "!"+option+"\t")
		}
	}
	return lines
}

// The committed indexes say what those say that they are made from.
func TestIndexesAreFresh(t *testing.T) {
	for file, read := range map[string]func(t *testing.T) []string{
		oldestOptions: func(t *testing.T) []string { return optionLines(t, "options-24.11.json") },
		newestOptions: func(t *testing.T) []string { return optionLines(t, "options-26.05pre-names.json") },
		moduleOptions: func(t *testing.T) []string { return optionLines(t, "options-proxmox-nixos.json") },
		attributesFile: func(t *testing.T) []string {
			var list []string
			nixosindex.Read(t, "attrs-24.11.json", &list)
			return list
		},
	} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want := read(t)
			slices.Sort(want)
			if *update {
				var packed bytes.Buffer
				w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := w.Write([]byte(strings.Join(want, "\n") + "\n")); err != nil {
					t.Fatal(err)
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join("../../catalog", file), packed.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got, err := readLines(os.DirFS("../../catalog"), file)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, want) {
				t.Errorf("catalog/%s is stale: run go test ./engine/nixos -update", file)
			}
		})
	}
}

func index(t testing.TB) *Index {
	t.Helper()
	i, err := Read(catalog.NixOS)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestMissingOptions(t *testing.T) {
	i := index(t)
	for _, test := range []struct{ release, option, spelled, want string }{
		{"24.11", "services.openssh.enable", "", ""},
		{"25.11", "services.openssh.enable", "", ""},
		{"24.11", "boot.kernel.sysctl.\"net.ipv4.ip_forward\"", "", ""},
		{"24.11", "systemd.services.nightly.serviceConfig.ExecStart", "", ""},
		{"24.11", "systemd.services.*.serviceConfig", "", ""},
		{"25.11", "services.proxmox-ve.enable", "", ""},
		{"24.11", "services.opensssh.enable", "", "NixOS 24.11 has no option services.opensssh.enable; services.openssh is one"},
		{"25.05", "services.opensssh.enable", "", "NixOS after 24.11 has no option services.opensssh.enable; services.openssh is one"},
		{"24.11", "nobody.knows.this", "", "NixOS 24.11 has no option nobody.knows.this"},
		{"24.11", "services.openssh", "", "NixOS 24.11 has no option services.openssh"},
		{"24.11", "networking.vpnc-scripts", "", "NixOS 24.11 has no option networking.vpnc-scripts"},
		{"24.11", "services.openssh.permitRootLogin", "", "NixOS 24.11 has renamed or removed the option services.openssh.permitRootLogin"},
		{"25.11", "services.postfix.config", "services.postfix.settings.main", ""},
	} {
		path, err := Split(test.option)
		if err != nil {
			t.Fatal(err)
		}
		spelled := path
		if test.spelled != "" {
			if spelled, err = Split(test.spelled); err != nil {
				t.Fatal(err)
			}
		}
		if got := i.Missing(test.release, path, spelled); got != test.want {
			t.Errorf("%s on %s: got %q, want %q", test.option, test.release, got, test.want)
		}
	}
}

func TestAttributes(t *testing.T) {
	i := index(t)
	for path, want := range map[string]bool{"htop": true, "python3Packages.requests": true, "htpo": false, "": false} {
		if got := i.Attribute(path); got != want {
			t.Errorf("%q: got %v", path, got)
		}
	}
}

func TestTypes(t *testing.T) {
	if got := index(t).Type([]string{"services", "openssh", "enable"}); got != "boolean" {
		t.Errorf("got %q", got)
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		index(b)
	}
}
