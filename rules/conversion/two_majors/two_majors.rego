# METADATA
# scope: package
# title: "PVE {have} is out of support and two major versions behind"
# description: |
#  PVE 7 has had no updates since July 2024, and nobody upgrades from it to 9 in one step: the
#  checks of both upgrades, their changes of storage.cfg, of backup retention, of cgroups and of
#  network names were never run on this host. Programs of {want} read its database without them.
# custom:
#  id: PVE-CNV-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: version of PVE
#  equivalent: services.proxmox-ve.package
#  account: none
#  workaround: |
#   Upgrade on Debian to 8 and then to 9 as Proxmox describes it (`pve7to8 --full`, later
#   `pve8to9 --full`), and capture again. Or install NixOS anew and restore the guests from
#   backups.
#  test:
#   before: |
#    `pveversion` prints pve-manager/{have}.
#   after: |
#    `pveversion` prints pve-manager/9.1 or newer.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-faq.html#faq-support-table
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
package rules.conversion.two_majors

import data.lib.pve

findings contains {"at": ["/host/pve_version"], "vars": {"have": input.host.pve_version, "want": pve.target_version}} if {
	input.host.pve_major < 8
	input.host.pve_major > 0
}
