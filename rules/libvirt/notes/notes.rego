# METADATA
# scope: package
# title: Notes of virtual machines are not in the domains
# description: |
#  People write passwords and links into the notes of {vmids}, so the capture leaves
#  their text out. The domains have no description, and the notes go with PVE.
# custom:
#  id: PVE-LV-068
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notes of guests
#  equivalent: <description> of a domain
#  account: lost
#  workaround: |
#   Keep them before the conversion (`qm config VMID | grep description`, or the pane
#   Notes), and set what may be read by everybody who sees the domain: `virsh desc NAME
#   --config TEXT`.
#  test:
#   before: |
#    `qm config VMID | grep description` on PVE prints the notes.
#   after: |
#    `virsh desc NAME` on the trial system prints what was kept.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#general-metadata
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.notes

import data.lib.domains
import data.lib.pve

_vms[vmid] := p.at if {
	some vmid, g in domains.list
	p := g.config.description
	not p.property.value
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
