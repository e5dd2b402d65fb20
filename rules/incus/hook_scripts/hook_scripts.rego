# METADATA
# scope: package
# title: "Hook scripts of instances are not called at all four moments: {scripts}"
# description: |
#  PVE runs {scripts} on the host before and after each start and stop of {vmids}.
#  LXC calls them before the start of a container, where a failure keeps it down,
#  and after its stop. All else follows what Incus tells: post-start of both kinds
#  and post-stop of virtual machines come right after it, and nobody waits for
#  them. Incus calls nothing before the start of a virtual machine and before a
#  stop. So pre-start of virtual machines happens once, at the boot of the host,
#  before Incus starts those that start with it, and a failure keeps none down;
#  pre-stop happens when the host shuts down, and not at `incus stop`. Programs
#  that a script calls by a path of Debian are not there, qm, pct and pvesh are
#  not.
# custom:
#  id: PVE-INC-027
#  kind: gap
#  category: feature
#  severity: major
#  component: hook script of a guest
#  equivalent: systemd.services.<name>.script
#  account: none
#  workaround: |
#   Read the script. Call `/etc/incus-hooks/pve VMID pre-start` by hand before
#   `incus start NAME` of a virtual machine, and `/etc/incus-hooks/pve VMID
#   pre-stop` before `incus stop NAME`, where the script does something then.
#   Incus itself takes PCI devices from the host and gives them back. Give
#   programs that are missing to environment.systemPackages.
#  test:
#   before: |
#    `grep -H hookscript /etc/pve/qemu-server/*.conf /etc/pve/lxc/*.conf` on PVE
#    prints the scripts.
#   after: |
#    `incus start NAME` on the trial system succeeds, and `journalctl -t pve-hook`
#    prints a line for post-start of {vmids}, and for pre-start of containers.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#_hookscripts
#   - https://linuxcontainers.org/incus/docs/main/events/
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_lxc.go
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
package rules.incus.hook_scripts

import data.lib.guesthooks
import data.lib.incus
import data.lib.pve
import data.lib.waits

_vmids := {vmid | some vmid, _ in incus.instances; guesthooks.list[vmid]}

_at := sort([guesthooks.list[vmid].at | some vmid in _vmids])

findings contains {"at": _at, "vars": {
	"scripts": concat(", ", sort({guesthooks.list[vmid].path | some vmid in _vmids})),
	"vmids": pve.numbers(_vmids),
}} if {
	count(_vmids) > 0
}

carries contains c if some c in guesthooks.carries(_vmids)

_setting(option, value) := {"at": _at, "option": option, "value": value}

settings contains _setting(array.concat(["environment"], path), value) if {
	count(_vmids) > 0
	some [path, value] in [
		[["systemPackages"], [{"_ref": ["pkgs", name]} | some name in guesthooks.packages]],
		[["etc", "incus-hooks/pve", "mode"], "0755"],
		[["etc", "incus-hooks/pve", "text"], concat("\n", _adapter)],
	]
}

# Names of instances and paths have passed their patterns.
_adapter := array.flatten([
	"#!/bin/sh",
	"# pve VMID PHASE: the hook script of a guest, as PVE calls it",
	"PATH=/run/wrappers/bin:/run/current-system/sw/bin",
	"case $1 in",
	[sprintf("%d) script=%s ;;", [vmid, guesthooks.list[vmid].path]) | some vmid in sort(_vmids)],
	"*) exit 0 ;;",
	"esac",
	guesthooks.functions,
	`logger -t pve-hook "$1: $script $2"`,
	`hook "$script" "$1" "$2" </dev/null && exit`,
	`logger -t pve-hook "$1: $script $2 failed"`,
	`test "$2" != pre-start`,
	"",
])

# Incus says once that an instance was started or started anew; LXC itself calls what comes after the stop of a container.
settings contains _setting(["systemd", "services", "incus-hooks", key], value) if {
	count(_vmids) > 0
	some key, value in {
		"description": "Hook scripts of instances",
		"wantedBy": ["incus.service"],
		"after": ["incus.service", "incus-startup.service"],
		"partOf": ["incus.service"],
		"path": [{"_ref": ["config", "virtualisation", "incus", "clientPackage"]}, {"_ref": ["pkgs", "jq"]}],
		"unitConfig": {"ConditionPathExists": waits.condition},
		"serviceConfig": {"Restart": "always", "RestartSec": 1, "RuntimeDirectory": "incus-hooks", "RuntimeDirectoryPreserve": true},
		"script": concat("\n", _listener),
		"preStop": concat("\n", _ending),
	}
}

# Before those that it serves are there.
settings contains _setting(["systemd", "services", "incus-instances", key], [sprintf("%s.service", [unit]) | some unit in _units]) if {
	count(_vmids) > 0
	some key in ["wants", "after"]
}

_units := array.concat(["incus-hooks"], ["incus-hooks-before" | count(_early) > 0])

_source(vmid) := sprintf("/1.0/instances/%s", [incus.name(vmid)])

# Incus starts instances before anybody listens, and goes on without them when it is started anew: what was called is kept
# for as long as the host runs.
_listener := array.flatten([
	"called=/run/incus-hooks",
	"started() { # VMID",
	`  test ! -e "$called/$1" || return 0`,
	`  : >"$called/$1"`,
	`  /etc/incus-hooks/pve "$1" post-start || true`,
	"}",
	"stopped() { # VMID, kind",
	`  test -e "$called/$1" || return 0`,
	`  rm "$called/$1"`,
	`  test "$2" = lxc || /etc/incus-hooks/pve "$1" post-stop || true`,
	"}",
	"look() { # VMID, kind, name",
	`  if test "$(incus list "^$3\$" -f csv -c s)" = RUNNING; then started "$1"; else stopped "$1" "$2"; fi`,
	"}",
	`incus monitor --type=lifecycle --format=json | jq --unbuffered -r '"\(.metadata.action) \(.metadata.source)"' | {`,
	"  sleep 2",
	[sprintf("  look %d %s %s", [vmid, incus.instances[vmid].guest.type, incus.name(vmid)]) | some vmid in sort(_vmids)],
	"  while read -r action source; do",
	"    case $source in",
	[sprintf("    %s) vmid=%d kind=%s ;;", [_source(vmid), vmid, incus.instances[vmid].guest.type]) | some vmid in sort(_vmids)],
	"    *) continue ;;",
	"    esac",
	"    case $action in",
	`    instance-started) started "$vmid" ;;`,
	`    instance-restarted) rm -f "$called/$vmid"; started "$vmid" ;;`,
	`    instance-stopped | instance-shutdown) stopped "$vmid" "$kind" ;;`,
	"    esac",
	"  done",
	"}",
	"",
])

# The unit stops before those that stop the instances.
_ending := array.flatten([
	`test "$(systemctl is-system-running)" = stopping || exit 0`,
	[sprintf(`test "$(incus list '^%s$' -f csv -c s)" != RUNNING || /etc/incus-hooks/pve %d pre-stop || true`, [incus.name(vmid), vmid]) | some vmid in sort(_vmids)],
	"",
])

_early := {vmid | some vmid in _vmids; pve.vms[vmid]; incus.started(vmid)}

settings contains _setting(["systemd", "services", "incus-hooks-before", key], value) if {
	count(_early) > 0
	some key, value in {
		"description": "Hook scripts of virtual machines before their start",
		"wantedBy": ["incus.service"],
		"before": ["incus.service"],
		"after": ["incus-volumes.service", "remote-fs.target"],
		"unitConfig": {"ConditionPathExists": waits.condition},
		"serviceConfig": {"Type": "oneshot", "RemainAfterExit": true},
		"script": concat("\n", array.concat([sprintf("/etc/incus-hooks/pve %d pre-start || true", [vmid]) | some vmid in sort(_early)], [""])),
	}
}
