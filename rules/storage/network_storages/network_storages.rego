# METADATA
# scope: package
# title: Shares that PVE itself mounted are mounted by the host
# description: |
#  Nothing below /mnt/pve is in fstab: pvestatd mounts storages of the types nfs,
#  cifs and cephfs when it finds them unmounted. On targets without it each becomes a mount at the
#  same path, which holds up no boot. A unit that needs it tries again. The
#  password of a share, or the key of a client of Ceph, stays in a file that root alone
#  reads. CephFS is mounted by the kernel, also where PVE took ceph-fuse.
# custom:
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_nfs
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_cifs
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/PVE/Storage/CIFSPlugin.pm
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/PVE/Storage/CephFSPlugin.pm
#   - https://docs.ceph.com/en/latest/man/8/mount.ceph/
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

_mounts[id] := {"path": path, "device": device, "type": _types[s.section.type], "options": array.concat(["nofail", "_netdev"], array.concat(_own(s), given))} if {
	some id, s in disks.storages
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, id)
	path := _path(s)
	regex.match(`^/(mnt|media|srv)(/[A-Za-z0-9_.+-]+)+$`, path)
	facts.plain_path(path)
	not path in _in_fstab
	device := _device(s)
	given := [trim_space(o) | some o in split(_given(s), ","); trim_space(o) != ""]
	every o in given {
		guard.mount_option(o)
		not regex.match(`(?i)^(pass|password|passwd|password2|secret|secretfile|conf|credentials|cred)=`, o)
	}
	_complete(s)
}

_types := {"cephfs": "ceph", "cifs": "cifs", "nfs": "nfs"}

# Words for ceph-fuse say nothing to the kernel.
_given(s) := "" if {
	facts.truthy(s.properties.fuse.property.value)
} else := object.get(s.properties, ["options", "property", "value"], "")

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

_device(s) := sprintf("%s:%s", [concat(",", monitors), subdir]) if {
	s.section.type == "cephfs"
	monitors := _monitors(s)
	count(monitors) > 0
	every word in monitors {
		regex.match(`^([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?$`, word)
	}
	subdir := object.get(s.properties, ["subdir", "property", "value"], "/")
	regex.match(`^/([A-Za-z0-9_.+-]+(/[A-Za-z0-9_.+-]+)*)?$`, subdir)
}

_monitors(s) := [_monitor(word) | some word in regex.split(`[ ,;]+`, text); word != ""] if {
	text := _value(s, "monhost")
} else := [_monitor(word) | some word in regex.split(`[ ,;]+`, input.storage.ceph.config[max(_hosts)].value); word != ""]

_monitor(word) := sprintf("[%s]", [word]) if {
	regex.match(`^[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*$`, word)
} else := word

# Of a line that repeats the last one holds.
_hosts contains i if {
	some i, p in input.storage.ceph.config
	regex.match(`^global\.mon[_ -]host$`, p.key)
	is_string(p.value)
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
	s.section.type == "cephfs"
	_word(s, "username")
	_word(s, "fs-name")
}

_complete(s) if {
	s.section.type == "cifs"
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

# PVE's copy of the key is of the form that mount.ceph reads.
_own(s) := array.flatten([
	sprintf("name=%s", [object.get(s.properties, ["username", "property", "value"], "admin")]),
	[sprintf("secretfile=%s", [_copy(s)]) | _has_key(s)],
	[sprintf("fs=%s", [_value(s, "fs-name")]) | s.properties["fs-name"]],
]) if {
	s.section.type == "cephfs"
}

_has_key(s) if s.properties.monhost

_has_key(_) if not _open

# A cluster that asks for no keys.
_open if {
	some p in input.storage.ceph.config
	p.key == "global.auth_client_required"
	p.value == "none"
}

_account(s) := [sprintf("username=%s", [_value(s, "username")]), sprintf("credentials=%s", [_copy(s)])] if {
	s.properties.username
} else := ["guest", "username=guest"]

_secret(s) := sprintf("/etc/pve/priv/ceph/%s.secret", [s.section.id]) if {
	s.section.type == "cephfs"
} else := sprintf("/etc/pve/priv/storage/%s.pw", [s.section.id])

_copy(s) := concat("", ["/var/lib/pve2nix", _secret(s)])

_keys := ["domain", "export", "fs-name", "monhost", "options", "path", "server", "share", "smbversion", "subdir", "username"]

_at(s) := sort(array.concat([s.at], [s.properties[key].at | some key in _keys]))

settings contains {"at": _at(s), "option": ["fileSystems", m.path, name], "value": value} if {
	some id, m in _mounts
	s := disks.storages[id]
	some name, value in {"device": m.device, "fsType": m.type, "options": m.options}
}

settings contains {"at": [s.at], "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "ceph-client"]}]} if {
	some id, m in _mounts
	m.type == "ceph"
	s := disks.storages[id]
}

carries contains {"at": [s.at], "path": _secret(s), "to": _copy(s), "mode": "0600", "secret": true} if {
	some id, m in _mounts
	s := disks.storages[id]
	_needs_secret(m, s)
}

_needs_secret(m, s) if {
	m.type == "cifs"
	s.properties.username
}

_needs_secret(m, s) if {
	m.type == "ceph"
	_has_key(s)
}

bridges contains {"at": _at(s), "bridge": "storage", "params": {"storage": id, "path": m.path}} if {
	some id, m in _mounts
	s := disks.storages[id]
}
