# METADATA
# scope: package
# title: The HA manager of Proxmox VE runs on the new system
# description: |
#  Three services of the package of proxmox-nixos, in the order of PVE's own units:
#  watchdog-mux, pve-ha-crm, pve-ha-lrm. They start with the commit and not before: until
#  then this node holds no lock, opens no watchdog, and is asked for nothing. From then on
#  watchdog-mux has the watchdog that systemd fed before, and resets the host when it runs
#  guests under HA and loses the quorum for a minute. No switch of the
#  configuration restarts them.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-ha-manager.git;a=tree;f=debian
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ha-manager.nix
#   - https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.systemd1.html
package rules.ha.manager

import data.lib.facts
import data.lib.ha
import data.lib.waits

_sections contains {"at": sprintf("/cluster/%s/%d", [list, i]), "section": section} if {
	some list in ["ha_groups", "ha_resources", "ha_rules"]
	some i, section in input.cluster[list]
}

_at contains s.at if some s in _sections

_at contains sprintf("%s/properties/%d", [s.at, j]) if {
	some s in _sections
	some j, p in s.section.properties
	p.key != "comment"
}

_at contains sprintf("/datacenter/options/%d", [i]) if {
	some i, p in input.datacenter.options
	p.key in {"crs", "ha"}
}

# Other ways to fence call agents that are not there.
_at contains sprintf("/datacenter/options/%d", [i]) if {
	some i, p in input.datacenter.options
	p.key == "fencing"
	p.value == "watchdog"
}

_at contains facts.packages["pve-ha-manager"].at

_at contains facts.units[name].at if some name in ["pve-ha-crm.service", "pve-ha-lrm.service", "watchdog-mux.service"]

_facts := sort(_at) if ha.manager

_set(kind, unit, path, value) := {"at": _facts, "option": array.concat(["systemd", kind, unit], path), "value": value}

# The programs of all its packages, pve-ha-manager among them.
_package := {"_ref": ["config", "services", "proxmox-ve", "package"]}

settings contains _set("services", "watchdog-mux", path, value) if {
	some [path, value] in [
		[["description"], "Proxmox VE watchdog multiplexer"],
		[["path"], [{"_ref": ["pkgs", "kmod"]}, _package]],
		[["restartIfChanged"], false],
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["serviceConfig"], {"OOMScoreAdjust": -1000, "Restart": "no"}],
		[["script"], _mux],
	]
}

# Only one can have the watchdog open. A switch does not give it back to systemd, and its next start does.
_mux := `busctl set-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager RuntimeWatchdogUSec t 0
exec watchdog-mux
`

settings contains _set("services", sprintf("pve-ha-%s", [name]), path, value) if {
	some name in ["crm", "lrm"]
	some [path, value] in array.concat(_own[name], [
		[["path"], array.concat([_package], _programs)],
		[["restartIfChanged"], false],
		[["wantedBy"], ["multi-user.target"]],
		[["script"], sprintf("exec pve-ha-%s start\n", [name])],
		[["preStop"], sprintf("pve-ha-%s stop\n", [name])],
	])
}

# Source: https://git.proxmox.com/?p=pve-ha-manager.git;a=tree;f=debian
_own := {
	"crm": [
		[["description"], "PVE Cluster HA Resource Manager Daemon"],
		[["wants"], ["pve-cluster.service", "pvedaemon.service", "watchdog-mux.service"]],
		[["after"], ["corosync.service", "pve-cluster.service", "pvedaemon.service", "watchdog-mux.service"]],
		[["serviceConfig"], {"PIDFile": "/run/pve-ha-crm.pid", "TimeoutStopSec": 65, "Type": "forking"}],
	],
	"lrm": [
		[["description"], "PVE Local HA Resource Manager Daemon"],
		[["wants"], ["pve-cluster.service", "pve-ha-crm.service", "pve-storage.target", "pvedaemon.service", "watchdog-mux.service"]],
		[["after"], ["corosync.service", "pve-cluster.service", "pve-ha-crm.service", "pve-storage.target", "pvedaemon.service", "pveproxy.service", "sshd.service", "watchdog-mux.service"]],
		# It waits for guests that shut down, and leaves those alone that run on.
		[["serviceConfig"], {"KillMode": "process", "PIDFile": "/run/pve-ha-lrm.pid", "TimeoutStopSec": "infinity", "Type": "forking"}],
	],
}

# What starts and moves guests: the programs that pvedaemon of proxmox-nixos has in its path.
# Source: https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
_programs := [{"_ref": ["pkgs", name]} | some name in [
	"bash", "btrfs-progs", "ceph", "cdrkit", "corosync", "iproute2", "kmod", "lvm2", "openssh", "openssl",
	"openvswitch", "swtpm", "util-linux", "zfs", "zstd",
]]

# By this path the LRM asks whether the host goes down, and shuts its guests down before; watchdog-mux has the other.
settings contains {
	"at": _facts,
	"option": ["systemd", "tmpfiles", "settings", "10-ha-manager", sprintf("/bin/%s", [name]), "L+", "argument"],
	"value": {"_concat": [{"_ref": ["config", "systemd", "package"]}, sprintf("/bin/%s", [name])]},
} if {
	some name in ["journalctl", "systemctl"]
}

# The module that watchdog-mux loads where no watchdog is there.
_module[at] := m.value if {
	ha.manager
	some i, f in input.config_files
	f.path == "/etc/default/pve-ha-manager"
	some j, m in f.properties
	m.key == "WATCHDOG_MODULE"
	regex.match(`^[A-Za-z0-9_-]{1,55}$`, m.value)
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

settings contains {"at": [at], "option": ["systemd", "services", "watchdog-mux", "environment", "WATCHDOG_MODULE"], "value": module} if {
	count(_module) == 1
	some at, module in _module
}

bridges contains {"at": sort(_at | object.keys(_module)), "bridge": "ha", "params": {"units": "watchdog-mux, pve-ha-crm, pve-ha-lrm"}} if ha.manager

checks contains {"at": [facts.units[name].at], "check": "unit-active", "params": {"unit": name}, "required": false} if {
	ha.manager
	some name in ["pve-ha-crm.service", "pve-ha-lrm.service"]
}
