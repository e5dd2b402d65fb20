# METADATA
# scope: package
# title: Lines for LXC of containers
# description: |
#  Hands on the lines of a configuration that are meant for LXC itself, where
#  LXC of NixOS reads them as PVE's does. They come after all others, as on
#  PVE, so that what they say counts.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.lxc_raw

import data.lib.lxc

# Keys whose lines have to keep their order among each other.
_ordered := `^(lxc\.net\.[0-9]+|lxc\.cgroup2\.devices)\.(.+)$`

parts contains {"at": [line.at | some line in lines], "document": lxc.document(vmid), "path": [key], "value": [line.value | some line in lines]} if {
	some vmid, keys in lxc.raw
	some key, _ in keys
	not regex.match(_ordered, key)
	lines := [line | some line in keys[key]; lxc.handed(key, line.value)]
	lines != []
}

parts contains {"at": [line.at | some line in lines], "document": lxc.document(vmid), "path": [group], "value": [{line.key: line.value} | some line in lines]} if {
	some vmid, groups in _groups
	some group in groups
	lines := [{"key": found[0][2], "value": p.value, "at": sprintf("%s/config/%d", [g.at, i])} |
		g := lxc.containers[vmid]
		some i, p in g.guest.config
		found := regex.find_all_string_submatch_n(_ordered, p.key, 1)
		found[0][1] == group
		lxc.handed(p.key, p.value)
	]
	lines != []
}

_groups[vmid] contains regex.find_all_string_submatch_n(_ordered, key, 1)[0][1] if {
	some vmid, keys in lxc.raw
	some key, _ in keys
}
