# METADATA
# scope: package
# title: Software that wants to own a Debian host runs beside PVE
# description: |
#  {name} ({unit}) installs packages with apt and writes /etc by itself. On NixOS both are
#  closed: its own updates fail, its pages save settings that nothing reads, and nixpkgs
#  does not have it as a whole. It belongs into a machine of its own.
# custom:
#  id: PVE-SW-003
#  kind: gap
#  category: package
#  severity: major
#  component: appliances
#  account: none
#  workaround: |
#   Move it into a virtual machine with Debian before the conversion, with its own backup
#   and restore; keep its data on a disk of the VM. Where NixOS has the service alone
#   (Samba, DNS, a container), set that up in place.
#  test:
#   before: |
#    `systemctl is-active {unit}` on PVE prints active.
#   after: |
#    It is reachable in its VM at the same address, and `systemctl is-active {unit}` on the
#    host prints inactive before the conversion.
#  phase: prepare
#  sources:
#   - https://wiki.casaos.io/
#   - https://docs.openmediavault.org/en/stable/installation/via_debian.html
#   - https://docs.pi-hole.net/main/prerequisites/
package rules.software.appliances

import data.lib.facts

_names := {
	"1panel.service": "1Panel",
	"casaos.service": "CasaOS",
	"cosmos-cloud.service": "Cosmos",
	"hestia.service": "HestiaCP",
	"openmediavault-engined.service": "OpenMediaVault",
	"pihole-FTL.service": "Pi-hole",
	"psa.service": "Plesk",
	"runtipi.service": "Runtipi",
	"yunohost-api.service": "YunoHost",
}

findings contains {"at": [facts.units[unit].at], "vars": {"name": name, "unit": unit}} if {
	some unit, name in _names
	unit in facts.in_use
}
