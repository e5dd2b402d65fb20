# METADATA
# scope: package
# title: "Detached disks of guests lie on PVE's root: {volumes}"
# description: |
#  {volumes} are attached to no guest and were kept on purpose: PVE notes them
#  as unused so that they can be attached again. They lie on a storage that is
#  a directory of PVE's root. No backup has them, no start fails without them,
#  and they go with the old root when somebody cleans up.
# custom:
#  id: PVE-VM-037
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: unused disks
#  account: none
#  workaround: |
#   Attach and move those that matter to another storage (`qm disk move VMID
#   unused0 STORAGE`, `pct move-volume VMID unused0 STORAGE`), and delete the
#   others: `qm set VMID --delete unused0`.
#  test:
#   before: |
#    `grep -H ^unused /etc/pve/qemu-server/*.conf /etc/pve/lxc/*.conf` on PVE
#    prints them, and `pvesm path VOLUME` a path below /.
#   after: |
#    `grep -H ^unused` of the same files prints no volume of a storage on PVE's
#    root.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.guests.detached_on_root

import data.lib.drives
import data.lib.facts
import data.lib.volumes

_unused contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in facts.guests
	some key, p in g.config
	regex.match(`^unused[0-9]+$`, key)
	some name in ["file", "volume"]
	volumes.on_root[volumes.storage_of(facts.field(p.property, name))]
}

findings contains {"at": sort([u.at | some u in _unused]), "vars": {"volumes": drives.words(_unused)}} if count(_unused) > 0
