# METADATA
# scope: package
# title: "The conversion is an upgrade from PVE {have} to {want} as well"
# description: |
#  proxmox-nixos has PVE {want} only. The first start reads the database of {have} with the new
#  programs and writes it in the new form: HA groups become rules, roles lose VM.Monitor,
#  GlusterFS storages are dropped. The copy cannot be given back to PVE
#  {have}, and a fault of the upgrade looks like one of the conversion.
# custom:
#  id: PVE-CNV-001
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: version of PVE
#  equivalent: services.proxmox-ve.package
#  account: none
#  workaround: |
#   Upgrade to PVE 9 on Debian first, with `pve8to9 --full` without a failure, and let it run for
#   some days; then capture again and convert. If that is not wanted, run `pve8to9 --full` all the
#   same and clear what it reports.
#  test:
#   before: |
#    `pveversion` prints pve-manager/{have}.
#   after: |
#    `pveversion` prints pve-manager/9.1 or newer, or `pve8to9 --full` ends with "FAILURES:
#    0".
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
package rules.conversion.major_upgrade

import data.lib.pve

findings contains {"at": ["/host/pve_version"], "vars": {"have": input.host.pve_version, "want": pve.target_version}} if {
	input.host.pve_major == 8
}
