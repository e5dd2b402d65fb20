# METADATA
# scope: package
# title: Shares that PVE itself mounted are mounted by the host
# description: |
#  Nothing below /mnt/pve is in fstab: pvestatd mounts storages of the types nfs and
#  cifs when it finds them unmounted. On targets without it each becomes a mount at the
#  same path, which holds up no boot. A unit that needs it tries again. The
#  password of a share stays in a file that root alone reads.
# custom:
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_nfs
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_cifs
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/PVE/Storage/CIFSPlugin.pm
#   - https://search.nixos.org/options?query=fileSystems
package rules.storage.network_storages

import data.lib.disks
import data.lib.facts
import data.lib.guard

_value(s, key) := s.properties[key].property.value

_path(s) := trim_suffix(_value(s, "path"), "/") if {
	s.properties.path
} else := sprintf("/mnt/pve/%s", [s.section.id])

# What fstab mounts has its line there.
_in_fstab contains f.file if some f in input.storage.fstab

_mounts[id] := {"path": path, "device": device, "type": s.section.type, "options": array.concat(["nofail", "_netdev"], array.concat(_own(s), given))} if {
	some id, s in disks.storages
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, id)
	path := _path(s)
	regex.match(`^/(mnt|media|srv)(/[A-Za-z0-9_.+-]+)+$`, path)
	facts.plain_path(path)
	not path in _in_fstab
	device := _device(s)
	given := [trim_space(o) | some o in split(object.get(s.properties, ["options", "property", "value"], ""), ","); trim_space(o) != ""]
	every o in given {
		guard.mount_option(o)
		not regex.match(`(?i)^(pass|password|passwd|password2|secret|credentials|cred)=`, o)
	}
	_complete(s)
}

_device(s) := sprintf("%s:%s", [_server(s), export]) if {
	s.section.type == "nfs"
	export := _value(s, "export")
	regex.match(`^/[A-Za-z0-9_.+@/-]*$`, export)
}

_device(s) := sprintf("//%s/%s%s", [_server(s), share, _below(s)]) if {
	s.section.type == "cifs"
	share := _value(s, "share")
	regex.match(`^[A-Za-z0-9_.$-]{1,80}$`, share)
}

_server(s) := sprintf("[%s]", [text]) if {
	text := _value(s, "server")
	regex.match(`^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*$`, text)
} else := text if {
	text := _value(s, "server")
	regex.match(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$`, text)
}

_below(s) := sub if {
	sub := concat("/", ["", trim(_value(s, "subdir"), "/")])
} else := ""

_complete(s) if s.section.type == "nfs"

_complete(s) if {
	regex.match(`^(/[A-Za-z0-9_.+-]+)*$`, _below(s))
	_word(s, "username")
	_word(s, "domain")
	_word(s, "smbversion")
}

_word(s, key) if not s.properties[key]

_word(s, key) if regex.match(`^[A-Za-z0-9_.@+-]{1,64}$`, _value(s, key))

_own(s) := [] if s.section.type == "nfs"

# PVE's file has a line password=…, which mount.cifs reads.
_own(s) := array.concat(
	array.concat(["soft"], [sprintf("vers=%s", [v]) | v := _value(s, "smbversion"); v != "default"]),
	array.concat([sprintf("domain=%s", [_value(s, "domain")]) | s.properties.domain], _account(s)),
) if {
	s.section.type == "cifs"
}

_account(s) := [sprintf("username=%s", [_value(s, "username")]), sprintf("credentials=%s", [_copy(s)])] if {
	s.properties.username
} else := ["guest", "username=guest"]

_secret(s) := sprintf("/etc/pve/priv/storage/%s.pw", [s.section.id])

_copy(s) := concat("", ["/var/lib/pve2nix", _secret(s)])

_keys := ["domain", "export", "options", "path", "server", "share", "smbversion", "subdir", "username"]

_at(s) := sort(array.concat([s.at], [s.properties[key].at | some key in _keys]))

settings contains {"at": _at(s), "option": ["fileSystems", m.path, name], "value": value} if {
	some id, m in _mounts
	s := disks.storages[id]
	some name, value in {"device": m.device, "fsType": m.type, "options": m.options}
}

carries contains {"at": [s.at], "path": _secret(s), "to": _copy(s), "mode": "0600", "secret": true} if {
	some id, m in _mounts
	m.type == "cifs"
	s := disks.storages[id]
	s.properties.username
}

bridges contains {"at": _at(s), "bridge": "storage", "params": {"storage": id, "path": m.path}} if {
	some id, m in _mounts
	s := disks.storages[id]
}
