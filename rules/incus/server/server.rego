# METADATA
# scope: package
# title: Incus runs the guests
# description: |
#  Switches Incus on with what it needs. Its pools are new datasets beside those of
#  PVE, which it never gets: it refuses a dataset that is not empty, and may delete
#  what is in its own. Containers keep the user ids that PVE gave them, so the range
#  of root is that of PVE.
# custom:
#  targets: [incus]
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/nixos-25.11/nixos/modules/virtualisation/incus.nix
#   - https://github.com/NixOS/nixpkgs/pull/444760
#   - https://linuxcontainers.org/incus/docs/main/howto/initialize/
#   - https://linuxcontainers.org/incus/docs/main/reference/storage_zfs/
#   - https://linuxcontainers.org/incus/docs/main/userns-idmap/
#   - https://github.com/lxc/incus/blob/v6.0.2/shared/idmap/set_load.go
package rules.incus.server

import data.lib.facts
import data.lib.incus
import data.lib.network
import data.lib.pve

_option(at, path, value) := {"at": at, "option": array.concat(["virtualisation", "incus"], path), "value": value}

settings contains _option(["/host"], ["enable"], true)

# The unit whose stop shuts the instances down before the host goes; the module of NixOS 24.11 starts it for nobody, and
# would start it anew, and all instances with it, when Incus is updated.
settings contains {"at": ["/host"], "option": ["systemd", "services", "incus-startup", key], "value": value} if {
	some key, value in {"wantedBy": ["multi-user.target"], "restartIfChanged": false}
}

# The module of NixOS refuses to work beside iptables.
settings contains {"at": ["/host"], "option": ["networking", "nftables", "enable"], "value": true}

settings contains _option(["/host"], ["preseed", "storage_pools"], [{"name": "default", "driver": "dir", "config": {"source": "/var/lib/incus/storage-pools/default"}}])

settings contains _option([facts.storages[id].at], ["preseed", "storage_pools"], [{"name": id, "driver": "zfs", "config": {"source": dataset}}]) if {
	some id, dataset in incus.pools
}

settings contains _option(["/host"], ["preseed", "profiles"], [{"name": "default", "devices": object.union(_root, _card)}])

_root := {"root": {"type": "disk", "path": "/", "pool": "default"}}

_card := {"eth0": {"type": "nic", "nictype": "bridged", "parent": "vmbr0", "name": "eth0"}} if {
	network.interfaces.vmbr0.kind == "bridge"
} else := {}

settings contains {
	"at": array.concat(["/host"], [sprintf("/system/subordinate/%d", [i]) | some i, p in input.system.subordinate; p.key == kind; _of_root(p)]),
	"option": ["users", "users", "root", option],
	"value": {"_mkForce": _ranges(kind, start)},
} if {
	some g in pve.containers
	_shifted(g)
	some kind, [option, start] in {"uid": ["subUidRanges", "startUid"], "gid": ["subGidRanges", "startGid"]}
}

_shifted(g) if facts.truthy(g.config.unprivileged.property.value)

# As for PVE, a map alone makes a container unprivileged.
_shifted(g) if {
	some p in g.guest.config
	p.key == "lxc.idmap"
}

# PVE maps from 100000 where nothing else is said, and Incus knows only one large range.
_ranges(kind, start) := array.concat([{start: 100000, "count": 65536}], sort([{start: to_number(first), "count": to_number(length)} |
	some p in input.system.subordinate
	p.key == kind
	_of_root(p)
	[_, first, length] := split(p.value, ":")
	p.value != "root:100000:65536"
]))

_of_root(p) if regex.match(`^root:[1-9][0-9]{0,9}:[1-9][0-9]{0,9}$`, p.value)
