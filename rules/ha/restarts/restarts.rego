# METADATA
# scope: package
# title: Guests under HA are started again on this host
# description: |
#  On one node the HA manager does two things for a guest: it starts it with the host,
#  and again when it ends by a failure, max_restart times. Incus does both by itself. For
#  domains of libvirt a timer looks every minute for those whose QEMU has ended
#  without being told to; a container on libvirt, and on a host of its own where Proxmox VE
#  stays, is started again by its unit. No other host takes a guest over, and a guest that
#  was shut down from inside stays off.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
#   - https://libvirt.org/manpages/virsh.html#domstate
package rules.ha.restarts

import data.lib.domains
import data.lib.facts
import data.lib.incus
import data.lib.lxc
import data.lib.pve
import data.lib.waits

_kept[r.vmid] := {"at": r.at, "guest": facts.guests[r.vmid].at, "said": sort([p.at | some key in ["max_restart", "state"]; p := _properties(r)[key]]), "limit": _limit(r)} if {
	some r in pve.ha_active
	_able(r.vmid)
}

# Containers have units of their own, which start them.
_able(vmid) if _units[vmid]

_units contains vmid if {
	data.target in {"libvirt", "proxmox"}
	some vmid in lxc.ready
	lxc.available[vmid]
}

_properties(r) := facts.section_properties(r.section, r.at)

_able(vmid) if {
	data.target == "incus"
	incus.instances[vmid]
}

_able(vmid) if {
	data.target == "libvirt"
	pve.vms[vmid]
}

# PVE tries once more where nothing is said.
_limit(r) := to_number(text) if {
	text := _properties(r).max_restart.property.value
	regex.match(`^[0-9]{1,3}$`, text)
} else := 1

parts contains incus.part(vmid, array.concat([k.guest], k.said), ["config", "boot.autorestart"], "true") if {
	data.target == "incus"
	some vmid, k in _kept
	k.limit > 0
}

_unit(kind, path, value) := {"at": sort({at | some k in _domains; some at in array.concat([k.guest], k.said)}), "option": array.concat(["systemd", kind, "libvirt-restarts"], path), "value": value}

_domains := {vmid: k | some vmid, k in _kept; data.target == "libvirt"; pve.vms[vmid]}

settings contains _unit("services", path, value) if {
	count(_domains) > 0
	some [path, value] in [
		[["description"], "Start of domains that have failed"],
		[["after"], ["libvirt-start.service"]],
		[["path"], [{"_ref": ["pkgs", "libvirt"]}]],
		[["restartIfChanged"], false],
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["environment"], {"DOMAINS": concat(" ", [sprintf("%s|%d", [domains.name(vmid), k.limit]) | some vmid, k in _domains]), "LC_ALL": "C", "LIBVIRT_DEFAULT_URI": "qemu:///system"}],
		[["serviceConfig"], {"Type": "oneshot", "RuntimeDirectory": "libvirt-restarts", "RuntimeDirectoryPreserve": true}],
		[["script"], _script],
	]
}

settings contains _unit("timers", path, value) if {
	count(_domains) > 0
	some [path, value] in [
		[["description"], "Look for domains that have failed"],
		[["wantedBy"], ["timers.target"]],
		[["timerConfig"], {"OnBootSec": "10min", "OnUnitInactiveSec": "1min"}],
	]
}

# As often as HA tried, in the time that it takes to give up.
settings contains {"at": sort(array.concat([k.guest], k.said)), "option": ["systemd", "services", sprintf("lxc-%d", [vmid]), table, key], "value": value, "document": ["containers", sprintf("%d", [vmid])]} if {
	some vmid, k in _kept
	_units[vmid]
	k.limit > 0
	some [table, key, value] in [
		["serviceConfig", "Restart", "on-failure"],
		["serviceConfig", "RestartSec", 10],
		["unitConfig", "StartLimitBurst", k.limit + 1],
		["unitConfig", "StartLimitIntervalSec", 600],
	]
}

# Names are host names, numbers are numbers. A guest that runs at the next look has made it.
_script := `failed=0
for domain in $DOMAINS; do
  name=${domain%|*} limit=${domain#*|} tries=$RUNTIME_DIRECTORY/${domain%|*}
  if ! state=$(virsh domstate "$name" --reason); then
    failed=1
    continue
  fi
  case $state in
  running*) rm -f "$tries" ;;
  "shut off (crashed)" | "shut off (failed)" | crashed*)
    tried=$(cat "$tries" 2>/dev/null || echo 0)
    if test "$tried" -ge "$limit"; then
      echo "$name has failed $limit times and stays off" >&2
      failed=1
      continue
    fi
    echo "$((tried + 1))" >"$tries"
    case $state in
    crashed*) virsh destroy "$name" || failed=1 ;;
    esac
    virsh start "$name" || failed=1
    ;;
  esac
done
exit "$failed"
`

# The resource itself is not kept: it moves nowhere.
bridges contains {"at": sort({at | some k in _kept; some at in k.said}), "bridge": "ha", "params": {"vmids": pve.numbers(object.keys(_kept))}} if {
	some k in _kept
	count(k.said) > 0
}

checks contains {"at": [k.at], "check": "unit-active", "params": {"unit": "libvirt-restarts.timer"}, "required": false} if some k in _domains
