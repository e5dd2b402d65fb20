# METADATA
# scope: package
# title: Cloud-init drives stay as PVE made them last
# description: |
#  PVE writes the cloud-init drive anew at each start of {vmids}. The domains keep
#  the volume that is there, so the guests find the same instance and start as
#  before. A change of user, key or address no longer reaches them, and a clone
#  carries the instance of its template.
# custom:
#  id: PVE-LV-051
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: cloud-init
#  equivalent: pkgs.cloud-utils
#  account: review
#  workaround: |
#   For a change write user-data, meta-data with a new instance-id and
#   network-config, and make a medium of them: `cloud-localds --network-config
#   network-config seed.iso user-data meta-data`, then `virsh change-media NAME
#   TARGET seed.iso --update`.
#  test:
#   before: |
#    `qm cloudinit dump VMID user` on PVE prints what the drive holds.
#   after: |
#    `cloud-init query instance_id` inside of the guest prints the same in the trial
#    boot as on PVE.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Cloud-Init_Support
#   - https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html
package rules.libvirt.cloud_init_drives

import data.lib.domaindisks
import data.lib.domains
import data.lib.pve

_vms[vmid] contains d.at if {
	some vmid, list in domaindisks.drives
	some d in list
	contains(domaindisks.volume(d.property), "cloudinit")
}

_at[vmid] := at | {p.at | some key, p in domains.list[vmid].config; regex.match(_values, key)} if some vmid, at in _vms

_values := `^(ci(user|password|type|custom|upgrade)|sshkeys|nameserver|searchdomain|ipconfig[0-9]+)$`

findings contains {"at": sort([at | some list in _at; some at in list]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
