# METADATA
# scope: package
# title: The check of thin pools is overridden
# description: |
#  lvm.conf sets thin_check_options to {value}, without
#  --clear-needs-check-flag. After an unclean stop such a pool stays marked
#  and is not activated. NixOS has a lvm.conf of its own and opens the pool;
#  PVE, which is the way back, does not, and starts without its guests.
# custom:
#  id: PVE-STO-047
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: LVM thin pool
#  equivalent: environment.etc."lvm/lvm.conf"
#  account: none
#  workaround: |
#   Remove the line from /etc/lvm/lvm.conf on PVE, or add
#   "--clear-needs-check-flag" to it, and run `update-initramfs -u -k all`.
#  test:
#   before: |
#    `lvmconfig global/thin_check_options` on PVE prints the options without
#    --clear-needs-check-flag.
#   after: |
#    `lvmconfig global/thin_check_options` prints them with
#    --clear-needs-check-flag, or says that the setting is not configured.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
package rules.storage.thin_check

import data.lib.disks

_pools if "lvmthin" in disks.storage_types

_pools if {
	some g in input.storage.volume_groups
	some v in g.logical_volumes
	v.kind == "thin-pool"
}

findings contains {"at": [sprintf("/config_files/%d/properties/%d", [i, j])], "vars": {"value": p.value}} if {
	_pools
	some i, f in input.config_files
	f.path in {"/etc/lvm/lvm.conf", "/etc/lvm/lvmlocal.conf"}
	some j, p in f.properties
	p.key == "global.thin_check_options"
	not contains(p.value, "--clear-needs-check-flag")
}
