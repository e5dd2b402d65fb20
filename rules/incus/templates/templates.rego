# METADATA
# scope: package
# title: "Templates have no place in Incus: {vmids}"
# description: |
#  A template never starts; it is copied. Incus copies images and stopped instances,
#  and these are neither: they are templates of containers, or of machines with more
#  than one disk or with one that no file or device of this host holds. Their
#  volumes stay, also because linked clones read from them.
# custom:
#  id: PVE-INC-016
#  kind: gap
#  category: feature
#  severity: minor
#  component: templates
#  equivalent: incus publish
#  account: lost
#  workaround: |
#   Make an instance of the template's disk once, as for any guest, and publish it:
#   `incus publish NAME --alias debian-12`; `incus launch debian-12 NEW` then takes
#   the place of a clone. Do not destroy the volume while disks of other guests are
#   linked clones of it.
#  test:
#   before: |
#    `qm config VMID` or `pct config VMID` on PVE prints template: 1 for {vmids}.
#   after: |
#    `incus image list` prints an image for each template that is still needed.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/howto/images_create/
#   - https://pve.proxmox.com/wiki/VM_Templates_and_Clones
package rules.incus.templates

import data.lib.facts
import data.lib.incus
import data.lib.pve

_templates[vmid] := g if {
	some vmid, g in facts.guests
	pve.template(g)
	not incus.published[vmid]
}

findings contains {
	"at": sort([at | some g in _templates; some at in array.concat([g.at], [p.at | some p in g.config])]),
	"vars": {"vmids": pve.numbers(object.keys(_templates))},
} if {
	count(_templates) > 0
}
