# METADATA
# scope: package
# title: No domain names the unused disks
# description: |
#  {disks} are volumes that PVE keeps with a machine without giving them to it. The
#  domains do not name them. They stay on their storage, and nothing says any more
#  which machine they belong to, except for the number in their name.
# custom:
#  id: PVE-LV-065
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: unused disks
#  account: review
#  workaround: |
#   Decide on PVE: remove what nobody needs (`qm disk unlink VMID --idlist unused0
#   --force`), attach the rest, or note the volumes; on NixOS one is attached with
#   `virsh attach-disk NAME PATH TARGET --config`.
#  test:
#   before: |
#    `qm config VMID | grep unused` on PVE prints the volumes.
#   after: |
#    It prints nothing, or the note names each volume.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/qm.1.html
package rules.libvirt.unused_disks

import data.lib.domains

_disks contains {"name": sprintf("%d %s", [vmid, key]), "at": p.at} if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^unused[0-9]+$`, key)
}

findings contains {"at": sort([d.at | some d in _disks]), "vars": {"disks": concat(", ", sort([d.name | some d in _disks]))}} if count(_disks) > 0
