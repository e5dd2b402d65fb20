# METADATA
# scope: package
# title: "Guests get other names: {names}"
# description: |
#  Incus takes one label of letters, digits and hyphens for the name of an instance,
#  and each name once. What finds guests by the name that PVE showed (scripts,
#  backups, monitoring) has to learn the new one. Inside of a container the new name
#  is the host name.
# custom:
#  id: PVE-INC-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: names of guests
#  account: none
#  workaround: |
#   Rename the guest on PVE before the conversion (`qm set VMID --name`, `pct set
#   VMID --hostname`) to one label that no other guest has; or use the new names. The
#   key user.pve.vmid of each instance holds its old number: `incus list
#   user.pve.vmid=100`.
#  test:
#   before: |
#    `qm list` and `pct list` on PVE print the old names of {names}.
#   after: |
#    `incus list -c n,user.pve.vmid` prints each number with the name that you
#    expect.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_properties/
#   - https://github.com/lxc/incus/blob/v6.0.2/shared/validate/validate.go
package rules.incus.renamed

import data.lib.incus
import data.lib.pve

_renamed[vmid] := g if {
	some vmid, g in incus.instances
	not pve.name(vmid) == incus.name(vmid)
}

findings contains {
	"at": sort([g.at | some g in _renamed]),
	"vars": {"names": concat(", ", sort({sprintf("%d is %s", [vmid, incus.name(vmid)]) | some vmid, _ in _renamed}))},
} if {
	count(_renamed) > 0
}
