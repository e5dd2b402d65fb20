# METADATA
# scope: package
# title: Services of Proxmox VE are not running
# description: |
#  {units} should run on this host and do not. PVE is not healthy, so its files may be old or
#  incomplete and the facts in this report with them; and what does not work now is harder to
#  find after the conversion.
# custom:
#  id: PVE-SVC-001
#  kind: pitfall
#  category: service
#  severity: major
#  component: services of PVE
#  account: none
#  workaround: |
#   `systemctl status UNIT` and `journalctl -b -u UNIT` say why. Typical are a full root disk, a
#   host name without address, a lost quorum, and expired certificates (`pvecm updatecerts -f`).
#   Capture again when all run.
#  test:
#   before: |
#    `systemctl is-active {units}` prints something else than active.
#   after: |
#    `systemctl is-active {units}` prints active for each.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html
package rules.services.unhealthy

import data.lib.facts

_down[name] := u.at if {
	some name in [
		"corosync.service",
		"pve-cluster.service",
		"pvedaemon.service",
		"pveproxy.service",
		"pvescheduler.service",
		"pvestatd.service",
	]
	u := facts.units[name]
	u.unit.file_state == "enabled"
	u.unit.active_state in {"failed", "inactive"}
	not _not_wanted(name)
}

# Corosync is enabled everywhere and starts in clusters only.
_not_wanted("corosync.service") if {
	count(input.cluster.corosync) == 0
	facts.units["corosync.service"].unit.active_state == "inactive"
}

findings contains {"at": sort([at | some at in _down]), "vars": {"units": concat(" ", sort(object.keys(_down)))}} if count(_down) > 0
