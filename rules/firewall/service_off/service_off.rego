# METADATA
# scope: package
# title: The files switch a firewall on whose service is off
# description: |
#  cluster.fw and host.fw say that the firewall of this host is on, and {service},
#  which would act on them, is {state}: nothing is filtered on PVE now. On NixOS the
#  rules become an nftables table that is in force from the first boot. Ports that
#  everybody uses today are closed then, and whoever is not in a rule is locked out.
# custom:
#  id: PVE-FW-010
#  kind: pitfall
#  category: service
#  severity: major
#  component: pve-firewall
#  account: none
#  workaround: |
#   Decide before the trial boot. To keep the host open, switch the firewall off at
#   Datacenter, Firewall, Options (or enable: 0 in host.fw) and capture again. To have
#   the filter, start the service on PVE with a console at hand and see who complains.
#  test:
#   before: |
#    `systemctl is-enabled pve-firewall proxmox-firewall` on PVE prints masked or
#    disabled, `grep enable /etc/pve/firewall/cluster.fw` enable: 1.
#   after: |
#    `pve-firewall status` on PVE prints enabled/running, or `nft list tables` in the
#    trial boot no inet pve-host.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.service_off

import data.lib.facts
import data.lib.firewall

_service := "proxmox-firewall.service" if {
	firewall.options.node.nftables.value == "1"
} else := "pve-firewall.service"

findings contains {"at": sort([firewall.options.cluster.enable.at, unit.at]), "vars": {"service": _service, "state": state}} if {
	firewall.on
	firewall.complete
	not firewall.blocked_unknown
	unit := facts.units[_service]
	state := unit.unit.file_state
	state in {"disabled", "masked", "masked-runtime"}
	not _service in facts.in_use
}
