# METADATA
# scope: package
# title: "VMs share directories that lie on PVE's root: {paths}"
# description: |
#  {vmids} mount the directories {paths} of the host over virtiofs. These lie
#  on PVE's root, which the new system does not have. virtiofsd wants the
#  directory to exist; where somebody makes an empty one, the service in the
#  guest begins anew without its data, and what it writes lies on another root
#  than after a rollback.
# custom:
#  id: PVE-VM-032
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: virtiofs
#  equivalent: fileSystems
#  account: none
#  workaround: |
#   Move the directories to a storage of their own (a dataset, a logical
#   volume) that both systems mount at the same path, or copy them with `rsync
#   -aHAX --numeric-ids` to the new root once no guest writes to them.
#  test:
#   before: |
#    `findmnt -T PATH` on PVE prints / as the target for each of {paths}.
#   after: |
#    `findmnt -T PATH` on the trial system prints a mount of its own, and `ls`
#    in the guest lists the files.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_virtiofs
package rules.guests.shares_on_root

import data.lib.facts
import data.lib.passthrough
import data.lib.pve
import data.lib.volumes

_shares contains {"vmid": vmid, "path": path, "at": p.at} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^virtiofs[0-9]+$`, key)
	some path in passthrough.mappings.directory[facts.field(p.property, "dirid")]
	volumes.lies_on_root(path)
}

findings contains {
	"at": sort({s.at | some s in _shares}),
	"vars": {"vmids": pve.numbers({s.vmid | some s in _shares}), "paths": concat(", ", sort({s.path | some s in _shares}))},
} if {
	count(_shares) > 0
}
