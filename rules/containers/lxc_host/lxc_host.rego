# METADATA
# scope: package
# title: LXC for the containers of this host
# description: |
#  Turns on LXC, lxcfs, which shows a container its own limits, and AppArmor,
#  and gives each container its configuration in the place where the tools of
#  LXC look for it. The filters of system calls are those that PVE writes for
#  unprivileged containers.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://search.nixos.org/options?query=virtualisation.lxc
#   - https://search.nixos.org/options?query=security.apparmor.enable
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/LXC.pm
package rules.containers.lxc_host

import data.lib.lxc

_at := sort([g.at | some g in lxc.containers])

settings contains {"at": _at, "option": option, "value": true} if {
	count(lxc.containers) > 0
	some option in [
		["virtualisation", "lxc", "enable"],
		["virtualisation", "lxc", "lxcfs", "enable"],
		["security", "apparmor", "enable"],
	]
}

# What common.conf of LXC includes: the mounts of lxcfs are among it.
settings contains {"at": _at, "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "lxcfs"]}]} if {
	count(lxc.containers) > 0
}

settings contains {"at": [g.at], "option": ["environment", "etc", sprintf("lxc/%d.conf", [vmid]), "source"], "value": {"_path": sprintf("./containers/%d.conf", [vmid])}} if {
	some vmid, g in lxc.containers
}

settings contains {"at": [g.at], "option": array.concat(["systemd", "tmpfiles", "settings", "10-lxc"], path), "value": value, "document": ["containers", sprintf("%d", [vmid])]} if {
	some vmid, g in lxc.containers
	some [path, value] in [
		[[lxc.directory(vmid), "d", "mode"], "0755"],
		[[lxc.directory(vmid), "d", "user"], "root"],
		[[lxc.directory(vmid), "d", "group"], "root"],
		[[sprintf("%s/config", [lxc.directory(vmid)]), "L+", "argument"], sprintf("/etc/lxc/%d.conf", [vmid])],
	]
}

settings contains {"at": [lxc.containers[vmid].at], "option": ["systemd", "tmpfiles", "settings", "10-lxc", sprintf("%s/local.d", [lxc.directory(vmid)]), "d"], "value": {"mode": "0700", "user": "root", "group": "root"}} if {
	some vmid, _ in lxc.secret
}

_common := [
	"2", "denylist", "reject_force_umount", "[all]",
	"kexec_load errno 1", "open_by_handle_at errno 1", "init_module errno 1", "finit_module errno 1", "delete_module errno 1",
]

# Snapshots of btrfs and sockets of the kernel's cryptography stay closed; keyctl does, too, unless the container asks for it.
_unprivileged := ["ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]", "socket errno 97 [0,38,SCMP_CMP_EQ]"]

# Nodes of both kinds are asked for; 61440 is the mask of the kind in the mode.
_asked := [sprintf("%s notify [%d,%d,SCMP_CMP_MASKED_EQ,61440]", [call, argument, kind]) |
	some [call, argument] in [["mknod", 1], ["mknodat", 2]]
	some kind in [8192, 24576]
]

_filters := {
	"unprivileged": _closed,
	"unprivileged-keyctl": _open,
	"unprivileged-keyctl-mknod": array.concat(_open, _asked),
	"unprivileged-mknod": array.concat(_closed, _asked),
}

_open := array.concat(_common, _unprivileged)

_closed := array.concat(_common, array.concat(["keyctl errno 38"], _unprivileged))

settings contains {"at": sort([lxc.containers[vmid].at | some vmid in vmids]), "option": ["environment", "etc", sprintf("lxc/%s.seccomp", [name]), "text"], "value": concat("", [concat("\n", _filters[name]), "\n"])} if {
	some name, vmids in _filtered
}

_filtered[name] contains vmid if {
	some vmid, name in lxc.filters
}

# Root has to own the ids that containers are shifted to.
settings contains {"at": sort([lxc.containers[vmid].at | some vmid in _shifted]), "option": ["users", "users", "root", option], "value": [{start: 100000, "count": 65536}]} if {
	count(_shifted) > 0
	some [kind, option, start] in [["uid", "subUidRanges", "startUid"], ["gid", "subGidRanges", "startGid"]]
	not _owned[kind]
}

_shifted contains vmid if {
	some vmid in lxc.unprivileged
	not lxc.has(vmid, "lxc.idmap")
}

_owned[p.key] contains p.value if {
	some p in input.system.subordinate
	[login, start, length] := split(p.value, ":")
	login == "root"
	regex.match(`^[1-9][0-9]{0,9}$`, start)
	regex.match(`^[1-9][0-9]{0,9}$`, length)
	to_number(start) <= 100000
	to_number(start) + to_number(length) >= 165536
}
