# METADATA
# scope: package
# title: NixOS joins no paths to disks of a SAN by itself
# description: |
#  multipathd joins the paths to the SAN disks {maps}. Without it LVM finds the same
#  volume group on several paths and refuses it, or writes over one path only. The
#  module of NixOS writes a multipath.conf of its own, with the disks that
#  services.multipath.pathGroups names; what this host has in its file is none of them.
# custom:
#  id: PVE-STO-017
#  kind: pitfall
#  category: service
#  severity: major
#  component: multipath
#  equivalent: services.multipath
#  account: none
#  bridge: storage
#  workaround: |
#   The bridge starts multipathd with the carried multipath.conf in place of the one of
#   the module, and with the carried /etc/multipath (wwids, bindings). Where the root or
#   the boot disk itself is such a map, set services.multipath.pathGroups by hand
#   (`multipath -ll` on PVE lists WWIDs and aliases): the initial RAM disk reads no
#   carried file.
#  test:
#   before: |
#    `multipath -ll` on PVE prints a map with its paths for each of {maps}.
#   after: |
#    `multipath -ll` prints the same maps and as many paths on the trial
#    system, and `pvs` shows /dev/mapper devices.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=services.multipath
#   - https://github.com/NixOS/nixpkgs/blob/nixos-25.11/nixos/modules/services/networking/multipath.nix
#   - https://pve.proxmox.com/wiki/Multipath
package rules.storage.multipath

import data.lib.configfiles
import data.lib.facts

# Debian starts the daemon with its package; without a map it joins nothing.
_used if {
	facts.units["multipathd.service"].unit.active_state == "active"
	_mapped
}

_mapped if count(input.storage.multipath) > 0

_mapped if not "storage.multipath" in facts.known

_used if {
	"multipathd.service" in facts.in_use
	count(input.storage.multipath) > 0
}

_maps := "that are there" if {
	count(input.storage.multipath) == 0
} else := concat(", ", sort({m.name | some m in input.storage.multipath}))

findings contains {"at": [facts.units["multipathd.service"].at], "vars": {"maps": _maps}} if _used

_file := configfiles.files["/etc/multipath.conf"]

_kept := "/var/lib/pve2nix/etc/multipath.conf"

_folder := [sprintf("/local_files/%d", [i]) | some i, f in input.local_files; startswith(f.path, "/etc/multipath/")]

_at := sort(array.flatten([
	facts.units["multipathd.service"].at,
	[sprintf("%s/properties/%d", [f.at, j]) | some path, f in configfiles.files; regex.match(`^/etc/multipath(\.conf|/conf\.d/[A-Za-z0-9_.-]+\.conf)$`, path); some j, _ in f.lines],
	_folder,
]))

# Without a file multipathd of NixOS has its defaults, as that of Debian had.
settings contains {"at": _at, "option": ["services", "multipath", name], "value": value} if {
	_used
	some name, value in {"enable": true, "pathGroups": []}
}

# The module brings the unit, and nothing starts it.
settings contains {"at": _at, "option": ["systemd", "services", "multipathd", "wantedBy"], "value": ["sysinit.target"]} if _used

settings contains {"at": _at, "option": ["environment", "etc", "multipath.conf", "source"], "value": {"_mkForce": _kept}} if {
	_used
	_file
}

carries contains {"at": [_file.at], "path": "/etc/multipath.conf", "to": _kept, "mode": "0600", "secret": true} if {
	_used
	_file
}

carries contains {"at": [facts.units["multipathd.service"].at], "path": path, "to": path, "mode": "0600", "secret": false} if {
	_used
	some path in ["/etc/multipath/bindings", "/etc/multipath/wwids"]
}

carries contains {"at": [configfiles.files[path].at], "path": path, "to": path, "mode": "0600", "secret": true} if {
	_used
	some path, _ in configfiles.files
	regex.match(`^/etc/multipath/conf\.d/[A-Za-z0-9_.-]+\.conf$`, path)
}

bridges contains {"at": _at, "bridge": "storage", "params": {"unit": "multipathd.service"}} if _used

checks contains {"at": [facts.units["multipathd.service"].at], "check": "unit-active", "params": {"unit": "multipathd.service"}, "required": true} if _used
