package api

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// interfaceTypes are PVE's words for the kinds of the facts.
var interfaceTypes = map[string]string{
	"physical": "eth", "alias": "alias", "vlan": "vlan", "bond": "bond", "bridge": "bridge", "ovs-bridge": "OVSBridge",
	"ovs-port": "OVSPort", "ovs-int-port": "OVSIntPort", "ovs-bond": "OVSBond", "vxlan": "vxlan", "dummy": "dummy",
}

func (a *API) networks(r *request) (any, error) {
	links := map[string]Link{}
	if list, err := a.live.Links(r.ctx); err == nil {
		for _, l := range list {
			links[l.Name] = l
			for _, name := range l.Names {
				if _, taken := links[name]; !taken {
					links[name] = l
				}
			}
		}
	}
	var list []object
	configured := map[string]bool{}
	for i := range a.snap.Network.Interfaces {
		d := &a.snap.Network.Interfaces[i]
		configured[d.Name] = true
		if d.Kind == "loopback" {
			continue
		}
		entry := interfaceEntry(d, i+2)
		if l, there := links[d.Name]; there {
			if l.Physical {
				entry["exists"] = int64(1)
			}
			if l.Up {
				entry["active"] = int64(1)
			}
			if len(l.Names) > 0 {
				entry["altnames"] = texts(l.Names)
			}
		}
		list = append(list, entry)
	}
	for name, l := range links {
		if l.Physical && name == l.Name && !configured[name] && !slices.ContainsFunc(l.Names, func(n string) bool { return configured[n] }) {
			entry := object{"iface": name, "type": "eth", "exists": int64(1), "method": "manual", "method6": "manual", "families": []any{"inet"}}
			if l.Up {
				entry["active"] = int64(1)
			}
			list = append(list, entry)
		}
	}
	kind := r.query["type"]
	list = slices.DeleteFunc(list, func(entry object) bool {
		is, _ := entry["type"].(string)
		bridge := is == "bridge" || is == "OVSBridge"
		if kind != "" && kind != "include_sdn" && kind != is && (!bridge || kind != "any_bridge" && kind != "any_local_bridge") {
			return true
		}
		return bridge && !a.bridgeAccess(r.user, fmt.Sprint(entry["iface"]))
	})
	return sorted(list, "iface"), nil
}

// bridgeAccess says whether a bridge, or a VLAN on it, may be seen.
func (a *API) bridgeAccess(user, bridge string) bool {
	if user == Root {
		return true
	}
	path := "/sdn/zones/localnetwork/" + bridge
	if a.Access.Can(user, path, "SDN.Audit", "SDN.Use") {
		return true
	}
	for below := range a.Access.acls {
		if strings.HasPrefix(below, path+"/") && a.Access.Can(user, below, "SDN.Audit", "SDN.Use") {
			return true
		}
	}
	return false
}

func (a *API) network(r *request) (any, error) {
	all, err := a.networks(&request{ctx: r.ctx, path: r.path, user: Root, query: map[string]string{}})
	if err != nil {
		return nil, err
	}
	for _, entry := range all.([]any) {
		if o := entry.(object); o["iface"] == r.at["iface"] {
			delete(o, "iface")
			return o, nil
		}
	}
	return nil, wrong(map[string]string{"iface": "interface does not exist"})
}

// asWritten are the options that PVE sends under their own name, and those that it has another name for.
var asWritten = map[string]string{
	"mtu": "mtu", "ovs_mtu": "mtu", "ovs_type": "ovs_type", "ovs_options": "ovs_options", "ovs_bridge": "ovs_bridge", "ovs_bonds": "ovs_bonds",
	"ovs_ports": "ovs_ports", "bridge-fd": "bridge_fd", "bridge_fd": "bridge_fd", "bridge-vids": "bridge_vids", "bridge_vids": "bridge_vids",
	"bridge-access": "bridge-access", "bridge-learning": "bridge-learning", "bridge-arp-nd-suppress": "bridge-arp-nd-suppress",
	"bridge-unicast-flood": "bridge-unicast-flood", "bridge-multicast-flood": "bridge-multicast-flood", "bond-miimon": "bond_miimon",
	"bond_miimon": "bond_miimon", "bond-xmit-hash-policy": "bond_xmit_hash_policy", "bond_xmit_hash_policy": "bond_xmit_hash_policy",
	"bond-primary": "bond-primary", "link-type": "link-type", "uplink-id": "uplink-id", "vlan-protocol": "vlan-protocol",
	"vlan-raw-device": "vlan-raw-device", "vlan-id": "vlan-id", "vxlan-id": "vxlan-id", "vxlan-svcnodeip": "vxlan-svcnodeip",
	"vxlan-physdev": "vxlan-physdev", "vxlan-local-tunnelip": "vxlan-local-tunnelip",
}

// elsewhere are options that have a field of their own among the facts.
var elsewhere = []string{
	"address", "netmask", "broadcast", "gateway", "bridge-ports", "bridge_ports", "bridge-stp", "bridge_stp", "bridge-vlan-aware",
	"bridge_vlan_aware", "bond-slaves", "bond_slaves", "slaves", "bond-mode", "bond_mode",
}

// interfaceEntry is what the configuration says of an interface.
func interfaceEntry(d *snapshot.Interface, priority int) object {
	out := object{"iface": d.Name, "type": "unknown", "priority": int64(priority), "method": "manual", "method6": "manual"}
	if word, known := interfaceTypes[d.Kind]; known {
		out["type"] = word
	}
	if d.Auto || slices.Contains(d.Allow, "hotplug") {
		out["autostart"] = int64(1)
	}
	families := []any{}
	for _, m := range d.Methods {
		if m.Family == "inet6" {
			out["method6"] = m.Method
		} else if m.Method != "" {
			out["method"] = m.Method
		}
		if m.Family != "" {
			families = append(families, m.Family)
		}
	}
	if len(families) == 0 {
		families = append(families, "inet")
	}
	out["families"] = families
	// Of several addresses of a family PVE shows the last.
	for _, address := range d.Addresses {
		suffix := map[string]string{"inet6": "6"}[address.Family]
		out["cidr"+suffix] = address.CIDR
		if prefix, err := netip.ParsePrefix(address.CIDR); err == nil {
			out["address"+suffix], out["netmask"+suffix] = prefix.Addr().String(), strconv.Itoa(prefix.Bits())
		}
	}
	for key, text := range map[string]string{
		"gateway": d.Gateway, "gateway6": d.Gateway6, "bond_mode": d.BondMode, "ovs_bridge": d.OVSBridge,
		"vlan-raw-device": d.VLANRawDevice, "bridge_vids": strings.Join(d.VIDs, " "),
	} {
		if text != "" {
			out[key] = text
		}
	}
	for key, n := range map[string]int{"mtu": d.MTU, "vlan-id": d.VLANID} {
		if n > 0 {
			out[key] = strconv.Itoa(n)
		}
	}
	ports, slaves := slices.Sorted(slices.Values(d.Ports)), slices.Sorted(slices.Values(d.Slaves))
	switch d.Kind {
	case "bridge":
		out["bridge_ports"], out["bridge_stp"], out["bridge_fd"] = strings.Join(ports, " "), "off", "0"
		if d.VLANAware {
			out["bridge_vlan_aware"] = int64(1)
		}
	case "ovs-bridge":
		if len(ports) > 0 {
			out["ovs_ports"] = strings.Join(d.Ports, " ")
		}
	case "bond":
		out["slaves"] = strings.Join(slaves, " ")
	case "ovs-bond":
		out["ovs_bonds"] = strings.Join(d.Slaves, " ")
	}
	var rest []any
	for _, p := range d.Options {
		if p.Value == nil {
			continue
		}
		key, known := asWritten[p.Key]
		switch {
		case known:
			out[key] = *p.Value
		case p.Key == "bridge-stp" || p.Key == "bridge_stp":
			out["bridge_stp"] = "off"
			if word := strings.ToLower(strings.TrimSpace(*p.Value)); word == "on" || word == "yes" {
				out["bridge_stp"] = "on"
			}
		case !slices.Contains(elsewhere, p.Key):
			rest = append(rest, p.Key+" "+*p.Value)
		}
	}
	if rest != nil {
		out["options"] = rest
	}
	return out
}

func texts(list []string) []any {
	out := make([]any, len(list))
	for i, text := range list {
		out[i] = text
	}
	return out
}
