# METADATA
# scope: package
# title: Containers may make devices only with a helper
# description: |
#  {vmids} are unprivileged and have the feature mknod. On PVE pve-lxc-syscalld
#  answers this system call. Here the socket pve2nix-nodes starts the program that
#  made this configuration, where the host has it: it makes the nodes that each
#  container may have, null, zero, full, random, urandom, tty, console, ptmx and
#  whiteouts of overlays, and refuses all others, as on PVE. Without it mknod fails
#  inside, and what unpacks or installs device nodes stops with it.
# custom:
#  id: PVE-CT-008
#  kind: gap
#  category: feature
#  severity: major
#  component: pve-lxc-syscalld
#  equivalent: systemd.sockets.<name>.socketConfig
#  account: lost
#  workaround: |
#   Pass other device nodes with devN instead of making them inside, or run what
#   makes them in a virtual machine.
#  test:
#   before: |
#    `pct exec VMID -- mknod /tmp/null c 1 3` on PVE prints nothing for {vmids}.
#   after: |
#    `lxc-attach -n VMID -- mknod /tmp/null c 1 3` on the trial system prints
#    nothing, and `systemctl is-active pve2nix-nodes.socket` prints active.
#  phase: run
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_options
#   - https://git.proxmox.com/?p=pve-lxc-syscalld.git
package rules.containers.system_calls

import data.lib.facts
import data.lib.lxc
import data.lib.pve

_features[vmid] := g.config.features.at if {
	some vmid, g in pve.containers
	facts.truthy(g.config.unprivileged.property.value)
	some f in g.config.features.property.fields
	_asks(f)
}

_asks(f) if {
	f.name == "mknod"
	facts.truthy(f.value)
}

findings contains {"at": sort(array.concat([at | some at in _features], _helper)), "vars": {"vmids": pve.numbers(object.keys(_features))}} if count(_features) > 0

_helper := array.concat(
	[facts.packages[name].at | some name in ["pve-lxc-syscalld"]],
	[facts.units[unit].at | some unit in ["pve-lxc-syscalld.service"]],
)

_kept := {vmid: at |
	some vmid, at in _features
	vmid in lxc.noded
	vmid in lxc.ready
}

_at := sort([at | some at in _kept])

# What every container needs of it is kept where all are.
bridges contains {"at": array.concat(_at, _helper), "bridge": "container", "params": {"service": "pve2nix-nodes", "closes": ["PVE-CT-008"]}} if {
	count(_kept) > 0
	count(_kept) == count(_features)
}

settings contains {"at": _at, "option": array.concat(["systemd"], path), "value": value} if {
	count(_kept) > 0
	some [path, value] in [
		[["sockets", "pve2nix-nodes", "description"], "Nodes that containers ask for"],
		[["sockets", "pve2nix-nodes", "wantedBy"], ["sockets.target"]],
		[["sockets", "pve2nix-nodes", "socketConfig"], {"ListenSequentialPacket": lxc.nodes_socket, "SocketMode": "0600", "RemoveOnStop": true}],
		[["services", "pve2nix-nodes", "description"], "Nodes that containers ask for"],
		[["services", "pve2nix-nodes", "serviceConfig"], _service],
	]
}

# It enters the trees of containers, and acts there with their ids.
_service := {
	"ExecStart": "/var/lib/pve2nix/guard/pve2nix bridge nodes",
	"Restart": "on-failure",
	"RestartSec": 1,
	"CapabilityBoundingSet": ["CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_MKNOD", "CAP_SETGID", "CAP_SETUID", "CAP_SYS_ADMIN", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE"],
	"IPAddressDeny": "any",
	"LockPersonality": true,
	"MemoryDenyWriteExecute": true,
	"MemoryMax": "256M",
	"NoNewPrivileges": true,
	"RestrictAddressFamilies": ["AF_UNIX"],
	"RestrictRealtime": true,
	"SystemCallArchitectures": "native",
	"TasksMax": 256,
	"UMask": "0077",
}

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "pve2nix-nodes.socket"}, "required": false} if count(_kept) > 0
