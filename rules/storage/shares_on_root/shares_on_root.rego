# METADATA
# scope: package
# title: "Shared directories lie on PVE's root: {paths}"
# description: |
#  This host serves {paths} to the network, and these directories are part of
#  PVE's own root. They are not on the new root: the share is empty there or
#  cannot be exported at all, clients see their files vanish, and what they
#  write goes to a root that is small and that PVE never sees.
# custom:
#  id: PVE-STO-056
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: file server
#  equivalent: services.nfs.server, services.samba
#  account: none
#  workaround: |
#   Move the data to a data set or volume of its own before the conversion
#   and mount it at the same path (fstab, `zfs create -o mountpoint=`). Both
#   systems then serve the same files.
#  test:
#   before: |
#    `findmnt -T PATH` on PVE prints / as the target for {paths}.
#   after: |
#    `findmnt -T PATH` prints a file system of its own on PVE and on the
#    trial system, and clients see their files.
#  phase: convert
#  sources:
#   - https://man7.org/linux/man-pages/man5/exports.5.html
#   - https://www.samba.org/samba/docs/current/man-html/smb.conf.5.html
package rules.storage.shares_on_root

import data.lib.facts

_shared contains {"at": sprintf("/config_files/%d/properties/%d", [i, j]), "path": p.key} if {
	_serves({"nfs-server.service", "nfs-kernel-server.service"})
	some i, f in input.config_files
	regex.match(`^/etc/exports(\.d/.*)?$`, f.path)
	some j, p in f.properties
	facts.plain_path(p.key)
}

_shared contains {"at": sprintf("/config_files/%d/properties/%d", [i, j]), "path": p.value} if {
	_serves({"smbd.service"})
	some i, f in input.config_files
	f.path == "/etc/samba/smb.conf"
	some j, p in f.properties
	endswith(p.key, ".path")
	not split(p.key, ".")[0] in {"homes", "print$", "printers"}
	facts.plain_path(p.value)
}

_serves(units) if {
	some unit in units
	unit in facts.in_use
}

_mounted contains m.target if {
	some m in input.storage.mounts
	m.target != "/"
}

_mounted contains f.file if {
	some f in input.storage.fstab
	f.file != "/"
}

# A path and all directories above it.
_above(path) := {concat("/", array.slice(parts, 0, n)) |
	parts := split(trim_suffix(path, "/"), "/")
	some n in numbers.range(2, count(parts))
}

_on_root contains s if {
	"storage.mounts" in facts.known
	some s in _shared
	count(_above(s.path) & _mounted) == 0
}

findings contains {"at": sort([s.at | some s in _on_root]), "vars": {"paths": concat(", ", sort({s.path | some s in _on_root}))}} if {
	count(_on_root) > 0
}
