# METADATA
# scope: package
# title: "VM {vmid} gets another machine than it has"
# description: |
#  The VM {vmid} is pinned to the machine {machine}. QEMU of this release has
#  machines from {oldest} to {newest}, so the domain is defined with the newest
#  one. Linux copes; Windows can find its network cards and disks anew, lose
#  static addresses and ask for activation.
# custom:
#  id: PVE-LV-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: machine type of a VM
#  account: review
#  workaround: |
#   Choose a version from {oldest} to {newest} on PVE with the VM off (`qm set
#   {vmid} --machine TYPE`), start it there and settle addresses and drivers while
#   a snapshot is at hand, or convert to a release with the QEMU that has the
#   machine.
#  test:
#   before: |
#    `qm showcmd {vmid} --pretty | grep type=` on PVE prints {machine}.
#   after: |
#    It prints a version from {oldest} to {newest}, and the guest has its addresses
#    on the trial system.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://www.qemu.org/docs/master/about/removed-features.html
#   - https://libvirt.org/formatdomain.html#operating-system-booting
package rules.libvirt.machine_gone

import data.lib.domains
import data.lib.release

_qemu := data.catalog.libvirt_qemu[release.current]

findings contains {"at": domains.at(g, ["machine", "meta"]), "vars": {"vmid": vmid, "machine": m.version, "oldest": _qemu.oldest, "newest": _qemu.newest}} if {
	some vmid, g in domains.list
	m := domains.machine(g)
	_outside(m.series)
}

_outside(series) if series > release.series(_qemu.newest)

_outside(series) if series < release.series(_qemu.oldest)
