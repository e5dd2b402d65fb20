# METADATA
# scope: package
# title: "The host has taken volume group {name} out of a guest's disk"
# description: |
#  {name} lies on {devices}, which is the disk of a guest. The guest has the
#  group in use while the host sees it as its own; LVM of NixOS activates
#  every group that it finds. A repair, a rename or a mount on the host then
#  writes into the file systems of a running guest.
# custom:
#  id: PVE-STO-046
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: LVM
#  equivalent: environment.etc."lvm/lvm.conf"
#  account: none
#  workaround: |
#   `vgchange -an {name}` on PVE, and keep LVM away from disks of guests:
#   devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ] and
#   devices/scan_lvs = 0 in environment.etc."lvm/lvm.conf".text, as PVE has
#   it. Unmap what kpartx or losetup has left.
#  test:
#   before: |
#    `pvs -o pv_name,vg_name` on PVE shows {name} on {devices}.
#   after: |
#    `vgs` shows no {name}, on PVE and on the trial system, while the guest
#    runs.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
#   - https://man7.org/linux/man-pages/man5/lvm.conf.5.html
package rules.storage.guest_groups

_of_guest := `^/dev/(zd[0-9]|zvol/|rbd[0-9]|rbd/|rbd-pve/|mapper/.*-vm--[0-9]+--disk--|[^/]+/vm-[0-9]+-disk-)`

findings contains {"at": [sprintf("/storage/volume_groups/%d", [i])], "vars": {"name": g.name, "devices": concat(", ", sort(g.physical_volumes))}} if {
	some i, g in input.storage.volume_groups
	count(g.physical_volumes) > 0
	every device in g.physical_volumes { regex.match(_of_guest, device) }
}
