# METADATA
# scope: package
# title: A unit for each container
# description: |
#  Prepares volumes and devices, runs the container in the foreground and
#  clears up behind it. A volume that is not there stops the start, and nothing
#  is ever formatted, removed or mounted by force. A container that fails keeps
#  no other from its start. The configuration is linked anew each time, because
#  pct and pve-guests write PVE's own in its place. Containers with onboot start
#  one after the other in the order and with the delays of startup,
#  before or after the virtual machines where all of these come at once. Hook
#  scripts run at the moments of PVE, and variables are read from the copy of
#  PVE's configuration.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/pve-container@.service
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_startup_and_shutdown
#   - https://linuxcontainers.org/lxc/manpages/man1/lxc-start.1.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.containers.lxc_units

import data.lib.facts
import data.lib.guard
import data.lib.guesthooks
import data.lib.lxc
import data.lib.network
import data.lib.rbd

_unit(vmid) := sprintf("lxc-%d", [vmid])

_option(vmid, path) := array.concat(["systemd", "services", _unit(vmid)], path)

_mounts[vmid] := array.concat(["rootfs"], sort([key | some key, _ in lxc.volumes[vmid]; key != "rootfs"])) if some vmid in lxc.ready

_targets[vmid] := [lxc.volumes[vmid][key].target | some key in _mounts[vmid]] if some vmid in lxc.ready

_nodes[vmid] := sprintf("%s/passthrough", [lxc.directory(vmid)]) if {
	some vmid in lxc.ready
	lxc.devices[vmid]
}

_at[vmid] := sort(union({
	{lxc.containers[vmid].at},
	{v.at | some v in lxc.volumes[vmid]},
	{h.at | h := guesthooks.list[vmid]},
	{at | some at in lxc.variables[vmid].at},
})) if some vmid in lxc.ready

settings contains {"at": _at[vmid], "option": _option(vmid, path), "value": value, "document": ["containers", sprintf("%d", [vmid])]} if {
	some vmid in lxc.ready
	some [path, value] in array.concat(_always(vmid), _prepared(vmid))
}

_always(vmid) := [
	[["description"], sprintf("LXC container %d%s", [vmid, _named(vmid)])],
	[["path"], array.concat([{"_ref": ["pkgs", name]} | some name in _programs(vmid)], [{"_ref": ["config", "boot", "zfs", "package"]} | _zfs(vmid)])],
	[["after"], _after(vmid)],
	[["wants"], _wants(vmid)],
	[["unitConfig", "RequiresMountsFor"], sort(union({{lxc.directory(vmid)}, {p | some v in lxc.volumes[vmid]; some p in v.paths}, {h.path | h := guesthooks.list[vmid]}}))],
	[["script"], sprintf("exec lxc-start -F -n %d", [vmid])],
	[["preStop"], concat("\n", array.flatten([
		_linked(vmid),
		_hooks(vmid),
		[sprintf(`test "$(lxc-info -n %d -sH)" != RUNNING || %s`, [vmid, line]) | line := _hook(vmid, "pre-stop", " || true")],
		sprintf(`test "$(lxc-info -n %[1]d -sH)" != RUNNING || lxc-stop -n %[1]d -t %[2]d`, [vmid, _down(vmid)]),
	]))],
	[["restartIfChanged"], false],
	[["serviceConfig"], {"Delegate": true, "KillMode": "mixed", "StandardOutput": "null", "TimeoutStartSec": _up(vmid) + 120, "TimeoutStopSec": _down(vmid) + 30}],
]

# LXC reads it for whatever it is asked about a container, and answers nothing where it cannot.
_linked(vmid) := sprintf("ln -sf /etc/lxc/%[1]d.conf /var/lib/lxc/%[1]d/config", [vmid])

# A group that is left of a container keeps LXC from starting it without a word; one with processes in it is not removed.
_groups(vmid) := [
	sprintf("for group in /sys/fs/cgroup/lxc/%[1]d /sys/fs/cgroup/lxc.monitor/%[1]d; do", [vmid]),
	`  ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +`,
	"done",
]

_named(vmid) := sprintf(" (%s)", [name]) if {
	name := lxc.containers[vmid].config.hostname.property.value
	guard.domain(name)
} else := ""

_prepared(vmid) := [
	[["preStart"], concat("\n", array.flatten([_linked(vmid), _groups(vmid), _hooks(vmid), [line | line := _hook(vmid, "pre-start", "")], _variables(vmid), _volumes(vmid), _devices(vmid), ""]))],
	[["postStop"], concat("\n", array.flatten([_unmounts(vmid), [rbd.unmap(v.link) | some v in _mapped[vmid]], _hooks(vmid), [line | line := _hook(vmid, "post-stop", " || true")], ""]))],
]

# What PVE calls at the four moments; only the first of them can refuse.
_hooks(vmid) := guesthooks.functions if {
	guesthooks.list[vmid]
} else := []

_hook(vmid, phase, otherwise) := sprintf("hook %s %d %s%s", [guesthooks.list[vmid].path, vmid, phase, otherwise])

# Variables are in no configuration that everybody can read: they are taken from the copy of PVE's, up to its first snapshot.
_variables(vmid) := array.flatten([
	sprintf("if test -e %s; then", [copy]),
	"  (",
	"    umask 077",
	array.slice(commands, 0, 2),
	sprintf("%s >%s/local.d/pve.conf", [commands[2], lxc.directory(vmid)]),
	"  )",
	"fi",
]) if {
	copy := lxc.variables[vmid].to
	commands := [sprintf("    %s", [line]) | some line in lxc.print_variables(copy)]
} else := []

_unmounts(vmid) := [sprintf("! mountpoint -q %[1]s || umount %[1]s", [target]) | some target in array.reverse(array.concat(_targets[vmid], [dir | dir := _nodes[vmid]]))]

# Images of Ceph, which the unit maps.
_mapped[vmid] := [v | some key in _mounts[vmid]; v := lxc.volumes[vmid][key]; v.image] if some vmid in lxc.ready

_volumes(vmid) := array.flatten([
	[line | _mapped[vmid] != []; some line in rbd.functions],
	sprintf("mkdir -p %s", [concat(" ", _targets[vmid])]),
	[line | some key in _mounts[vmid]; some line in lxc.volumes[vmid][key].lines],
])

_devices(vmid) := array.concat(
	[
		"device() { # path, node, mode, owner",
		`  kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi`,
		`  mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"`,
		`  chown "$4" "$2"`,
		"}",
		sprintf("mkdir -p %s", [_nodes[vmid]]),
		sprintf("! mountpoint -q %[1]s || umount %[1]s", [_nodes[vmid]]),
		sprintf("mount -t tmpfs -o size=64k,mode=0755 none %s", [_nodes[vmid]]),
	],
	[sprintf("device %s %s/%s %s %d:%d", [d.path, _nodes[vmid], key, d.mode, d.uid, d.gid]) | some key, d in lxc.devices[vmid]],
) if {
	_nodes[vmid]
} else := []

_programs(vmid) := array.flatten([
	["apparmor-parser", "iproute2", "lxc", "util-linux"],
	[name | name := "lvm2"; _lvm(vmid)],
	[name | name := "openvswitch"; _switched(vmid)],
	[name | name := "ceph-client"; _mapped[vmid] != []],
	[name | guesthooks.list[vmid]; some name in guesthooks.packages],
])

_lvm(vmid) if {
	some v in lxc.volumes[vmid]
	startswith(v.lines[0], "lvchange ")
}

_zfs(vmid) if {
	some v in lxc.volumes[vmid]
	v.zfs
}

_switched(vmid) if {
	some card in lxc.cards[vmid]
	network.interfaces[card.bridge].kind == "ovs-bridge"
}

_bridges(vmid) := sort({sprintf("sys-subsystem-net-devices-%s.device", [card.bridge]) |
	some card in lxc.cards[vmid]
	regex.match(`^[A-Za-z0-9_.]+$`, card.bridge)
})

_wants(vmid) := array.concat(array.concat(array.concat(["lxcfs.service"], _asked(vmid)), _online(vmid)), _bridges(vmid))

# LXC looks for it when the container starts.
_asked(vmid) := ["pve2nix-nodes.socket" | vmid in lxc.noded]

_online(vmid) := ["network-online.target" | _mapped[vmid] != []]

_after(vmid) := array.concat(
	array.concat(array.concat(["apparmor.service", "lxcfs.service", "network.target"], _asked(vmid)), _online(vmid)),
	array.concat(_bridges(vmid), array.concat(array.concat(["zfs.target" | _zfs(vmid)], [_machines | vmid in lxc.beside.after]), [sprintf("%s.service", [_unit(other)]) | other := _previous[vmid]])),
)

_sorted := [place[1] | some place in sort([place | some place in lxc.started])]

_previous[vmid] := _sorted[i - 1] if {
	some i, vmid in _sorted
	i > 0
}

# What starts all virtual machines, one after the other.
_machines := {"libvirt": "libvirt-start.service", "proxmox": "pve-guests.service"}[data.target]

settings contains {"at": _chosen(vmid), "option": _option(vmid, ["before"]), "value": [_machines]} if {
	some vmid in lxc.beside.before
}

settings contains {"at": _chosen(vmid), "option": _option(vmid, ["wantedBy"]), "value": ["multi-user.target"]} if {
	some vmid, _ in lxc.started
}

# What says that it starts with the host.
_chosen(vmid) := [lxc.containers[vmid].config.onboot.at] if {
	lxc.containers[vmid].config.onboot
} else := [lxc.containers[vmid].at]

settings contains {"at": _posted(vmid), "option": _option(vmid, ["postStart"]), "value": concat("\n", lines)} if {
	some vmid in lxc.ready
	lines := array.concat(_started(vmid), [sprintf("sleep %d", [delay]) | delay := _up(vmid); delay > 0])
	lines != []
}

_started(vmid) := array.concat(_hooks(vmid), [sprintf("lxc-wait -n %d -s RUNNING -t 60 || true", [vmid]), _hook(vmid, "post-start", " || true")]) if {
	guesthooks.list[vmid]
} else := []

_posted(vmid) := sort({h.at | h := guesthooks.list[vmid]} | {p.at | p := lxc.containers[vmid].config.startup})

# Ordered by nothing but its place in the list.
settings contains {"at": [lxc.containers[vmid].config.startup.at], "option": _option(vmid, ["serviceConfig", "TimeoutStopSec"]), "value": _down(vmid) + 30} if {
	some vmid in lxc.ready
	lxc.containers[vmid].config.startup
}

_seconds(vmid, name) := to_number(text) if {
	text := facts.field(lxc.containers[vmid].config.startup.property, name)
	regex.match(`^[0-9]{1,5}$`, text)
}

_up(vmid) := _seconds(vmid, "up") if {
	true
} else := 0

_down(vmid) := _seconds(vmid, "down") if {
	true
} else := 180

bridges contains {"at": _at[vmid], "bridge": "container", "params": {"vmid": vmid, "unit": sprintf("%s.service", [_unit(vmid)])}} if some vmid in lxc.ready

# One that starts with the host has to run; the unit ends with the first program of the container.
checks contains {"at": [lxc.containers[vmid].at], "check": "unit-active", "params": {"unit": sprintf("%s.service", [_unit(vmid)])}, "required": true} if {
	some vmid, _ in lxc.started
}
