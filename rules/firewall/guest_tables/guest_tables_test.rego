package rules.firewall.guest_tables_test

import data.lib.firewall_test
import data.lib.guestfilters_test
import data.rules.firewall.guest_tables

_on := guestfilters_test.host({}, [guestfilters_test.guarded("100", {}, {}), guestfilters_test.guarded("200", {}, {})])

test_the_table_and_what_it_needs if {
	options := {s.option: s.value | some s in guest_tables.settings} with input as _on with data.target as "libvirt" with data.release as "25.11"
	object.keys(options) == {
		["networking", "nftables", "enable"],
		["networking", "nftables", "tables", "pve-guests", "family"],
		["networking", "nftables", "tables", "pve-guests", "content"],
	}
	options[["networking", "nftables", "tables", "pve-guests", "family"]] == "bridge"
	contains(options[["networking", "nftables", "tables", "pve-guests", "content"]], `iifname vmap { "tap100i0" : goto tap100i0-sent, "veth200i1" : goto veth200i1-sent }`)
	{s.at | some s in guest_tables.settings} == {["/network/firewall/1/options/0", "/network/firewall/2/options/0"]} with input as _on with data.target as "libvirt" with data.release as "25.11"
}

test_an_old_release_reads_it_as_another_family if {
	options := {s.option: s.value | some s in guest_tables.settings} with input as _on with data.target as "libvirt" with data.release as "24.11"
	contains(options[["networking", "nftables", "preCheckRuleset"]], `table bridge pve-\(guests\|networks\) {$/table inet pve-\1 {`)
}

test_devices_keep_their_names if {
	guest_tables.parts == {{
		"at": ["/guests/0/config/0"],
		"document": ["domains", "100"],
		"path": ["devices", "interfaces", "net0"],
		"value": {"target": {"dev": "tap100i0"}},
	}} with input as _on with data.target as "libvirt"
	names := {p.value.host_name | some p in guest_tables.parts} with input as _on with data.target as "incus"
	names == {"tap100i0", "veth200i1"}
	count(guest_tables.parts) == 0 with input as _on with data.target as "proxmox"
}

test_nothing_where_no_guest_is_filtered if {
	off := guestfilters_test.host({"options": firewall_test.options({"enable": "0"})}, [guestfilters_test.guarded("100", {}, {})])
	count(guest_tables.settings) == 0 with input as off with data.target as "libvirt" with data.release as "24.11"
	count(guest_tables.parts) == 0 with input as off with data.target as "libvirt"
	lost := guestfilters_test.host({}, [guestfilters_test.guarded("100", {"ips": "1"}, {})])
	count(guest_tables.settings) == 0 with input as lost with data.target as "libvirt" with data.release as "24.11"
}
