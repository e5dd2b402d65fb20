package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/checknixos/systemd"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// fileOf is how NixOS writes the options of systemd.network: the ending of the file, and the sections that options
// become. A section that ends in a key is a list of lines, one with * is written once for each element.
var fileOf = map[string]struct {
	ending   string
	sections map[string]string
}{
	"links": {"link", map[string]string{"matchConfig": "Match", "linkConfig": "Link"}},
	"netdevs": {"netdev", map[string]string{
		"netdevConfig": "NetDev", "bridgeConfig": "Bridge", "bondConfig": "Bond", "vlanConfig": "VLAN", "vxlanConfig": "VXLAN", "vrfConfig": "VRF", "tunnelConfig": "Tunnel",
	}},
	"networks": {"network", map[string]string{
		"matchConfig": "Match", "linkConfig": "Link", "networkConfig": "Network", "bridgeConfig": "Bridge",
		"dhcpV4Config": "DHCPv4", "dhcpV6Config": "DHCPv6", "ipv6AcceptRAConfig": "IPv6AcceptRA",
		"address": "Network.Address", "vlan": "Network.VLAN", "vrf": "Network.VRF",
		"addresses": "*Address", "routes": "*Route", "bridgeVLANs": "*BridgeVLAN", "bridgeFDBs": "*BridgeFDB", "routingPolicyRules": "*RoutingPolicyRule",
	}},
}

// networkFiles are the files of systemd.network that options come to.
func networkFiles(options []evaluate.Leaf) (map[string]string, error) {
	type file map[string][]string // section → lines
	files := map[string]file{}
	repeated := map[string][]string{}
	for _, o := range options {
		if len(o.Option) < 5 || o.Option[0] != "systemd" || o.Option[1] != "network" || fileOf[o.Option[2]].ending == "" {
			continue
		}
		kind := fileOf[o.Option[2]]
		name := o.Option[3] + "." + kind.ending
		if files[name] == nil {
			files[name] = file{}
		}
		if o.Option[4] == "extraConfig" { // stands at the end as it is
			repeated[name] = append(repeated[name], fmt.Sprintln(plainValue(o.Value)))
			continue
		}
		section, ok := kind.sections[o.Option[4]]
		if !ok {
			return nil, fmt.Errorf("%s: it is not known which section this becomes", strings.Join(o.Option, "."))
		}
		value := plainValue(o.Value)
		switch element, many := strings.CutPrefix(section, "*"); {
		case many:
			list, _ := value.([]any)
			for _, v := range list {
				fields, _ := v.(map[string]any)
				text := "[" + element + "]\n"
				for _, key := range slices.Sorted(maps.Keys(fields)) {
					text += strings.Join(lines(key, fields[key]), "")
				}
				repeated[name] = append(repeated[name], text)
			}
		case strings.Contains(section, "."):
			section, key, _ := strings.Cut(section, ".")
			files[name][section] = append(files[name][section], lines(key, value)...)
		default:
			files[name][section] = append(files[name][section], lines(o.Option[5], value)...)
		}
	}
	out := map[string]string{}
	for name, sections := range files {
		var text strings.Builder
		for _, section := range slices.Sorted(maps.Keys(sections)) {
			fmt.Fprintf(&text, "[%s]\n%s", section, strings.Join(sections[section], ""))
		}
		out[name] = text.String() + strings.Join(repeated[name], "")
	}
	return out, nil
}

// plainValue is a value without its priority.
func plainValue(v any) any {
	if m, ok := v.(map[string]any); ok && len(m) == 1 {
		for _, key := range []string{"_mkForce", "_mkDefault"} {
			if inner, ok := m[key]; ok {
				return inner
			}
		}
	}
	return v
}

// lines are the lines of a key: one for each element of a list.
func lines(key string, value any) []string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprintf("%s=%v\n", key, v))
	}
	return out
}

// What rules say of the network of every golden host is read by systemd-networkd and udev of this machine, which know
// every section and key, and the form of each value.
func TestNetworkIsReadBySystemd(t *testing.T) {
	if _, err := systemd.Daemon(); err != nil {
		testhosts.Lacking(t, err)
	}
	var mu sync.Mutex
	files, from := map[string]string{}, map[string]string{}
	for _, of := range []struct{ release, target string }{{"24.11", "libvirt"}, {"25.05", "incus"}, {"25.11", "proxmox"}} {
		release, target := of.release, of.target
		k, err := load(release)
		if err != nil {
			t.Fatal(err)
		}
		var hosts sync.WaitGroup
		for _, path := range goldenSnapshots(t) {
			hosts.Go(func() {
				name := filepath.Base(filepath.Dir(path))
				file, err := os.Open(path)
				if err != nil {
					t.Error(err)
					return
				}
				defer file.Close()
				doc, err := snapshot.Read(file, path)
				if err != nil {
					t.Error(err)
					return
				}
				engine := evaluate.Engine{Policy: k.policy.With(k.catalog.Data(target, release)), Catalog: k.catalog, Target: target, Release: release}
				host, err := engine.Evaluate(context.Background(), doc)
				if err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				written, err := networkFiles(host.Options)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				mu.Lock()
				defer mu.Unlock()
				for file, text := range written {
					// a name of its own for each text, one file for many hosts that have the same
					unique := fmt.Sprintf("10-%x%s", sha256.Sum256([]byte(text)), filepath.Ext(file))
					files[unique], from[unique] = text, name+" "+release+" "+file
				}
			})
		}
		hosts.Wait()
	}
	if len(files) < 60 || (!testhosts.Few() && len(files) < 100) {
		t.Errorf("only %d files were written", len(files))
	}
	said, err := systemd.Network(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range said {
		for unique, origin := range from {
			line = strings.ReplaceAll(line, unique, origin)
		}
		t.Error(line)
	}
}

func TestNetworkFilesAreWrittenAsNixOSDoes(t *testing.T) {
	option := func(value any, path ...string) evaluate.Leaf {
		return evaluate.Leaf{Option: append([]string{"systemd", "network"}, path...), Value: value}
	}
	got, err := networkFiles([]evaluate.Leaf{
		option("vmbr0", "networks", "10-vmbr0", "matchConfig", "Name"),
		option(map[string]any{"_mkDefault": true}, "networks", "10-vmbr0", "networkConfig", "ConfigureWithoutCarrier"),
		option([]any{"192.0.2.1/24", "2001:db8::1/64"}, "networks", "10-vmbr0", "address"),
		option([]any{map[string]any{"VLAN": "2-4094"}, map[string]any{"PVID": 1.0, "EgressUntagged": 1.0}}, "networks", "10-vmbr0", "bridgeVLANs"),
		option("bridge", "netdevs", "10-vmbr0", "netdevConfig", "Kind"),
		option(true, "enable"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"10-vmbr0.network": "[Match]\nName=vmbr0\n[Network]\nConfigureWithoutCarrier=true\nAddress=192.0.2.1/24\nAddress=2001:db8::1/64\n[BridgeVLAN]\nVLAN=2-4094\n[BridgeVLAN]\nEgressUntagged=1\nPVID=1\n",
		"10-vmbr0.netdev":  "[NetDev]\nKind=bridge\n",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := networkFiles([]evaluate.Leaf{option("x", "networks", "10-vmbr0", "tokenBucketFilterConfig", "Parent")}); err == nil {
		t.Error("a section that is not known is no error")
	}
}
