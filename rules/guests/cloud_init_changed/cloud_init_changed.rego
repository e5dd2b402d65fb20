# METADATA
# scope: package
# title: Cloud-init values of VMs were changed and not handed over
# description: |
#  {vmids} have cloud-init values that differ from those on their drive: PVE
#  has noted the old ones in the section special:cloudinit. The next start,
#  which the conversion brings, makes a new drive with a new instance id.
#  cloud-init then runs in these guests as on a first boot, with new ssh host
#  keys, passwords and addresses.
# custom:
#  id: PVE-VM-034
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: cloud-init
#  account: none
#  workaround: |
#   Bring the guests there while PVE runs: `qm cloudinit update VMID` and a
#   reboot of the guest at a time of your choice; or take the change back.
#  test:
#   before: |
#    `qm cloudinit pending VMID` on PVE prints lines that begin with new or
#    del.
#   after: |
#    `qm cloudinit pending VMID` prints only lines that begin with cur.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cloud_init
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer.pm
package rules.guests.cloud_init_changed

import data.lib.pve
import data.lib.volumes

_with_drive contains v.vmid if {
	some v in volumes.list
	v.kind == "cloudinit"
}

# PVE drops the section with its next change where there is no drive.
_vms[vmid] contains sprintf("%s/special/%d", [g.at, i]) if {
	some vmid in _with_drive
	g := pve.vms[vmid]
	some i, s in g.guest.special
	s.name in {"cloudinit", "special:cloudinit"}
	count(s.config) > 0
}

findings contains {"at": sort([at | some list in _vms; some at in list]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
