# METADATA
# scope: package
# title: "PVE {have} is not the last of its series, {last}"
# description: |
#  Proxmox tests the upgrade to the next major version from {last} only; nothing of PVE {want}
#  was ever tried on what {have} writes. Changes that the point releases between make by
#  themselves, to storage.cfg, roles, notifications and backup jobs, have not happened here,
#  and `pve8to9` (pve7to8 on PVE 7) does not exist or refuses to go on. The first start on
#  NixOS is an upgrade that Proxmox itself does not allow.
# custom:
#  id: PVE-UPG-007
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: version of PVE
#  account: none
#  workaround: |
#   `apt update && apt full-upgrade` to {last} at least, reboot, `pve8to9 --full` (pve7to8 on
#   PVE 7) without a failure, then capture again.
#  test:
#   before: |
#    `pveversion` prints pve-manager/{have}.
#   after: |
#    `pveversion` prints pve-manager/{last} or newer.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.upgrade.not_last

import data.lib.pve
import data.lib.release

findings contains {"at": ["/host/pve_version"], "vars": {"have": input.host.pve_version, "last": last, "want": pve.target_version}} if {
	last := data.catalog.pve_releases[sprintf("%d", [input.host.pve_major])].last
	release.series(input.host.pve_version) < release.series(last)
}
