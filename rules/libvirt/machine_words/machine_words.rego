# METADATA
# scope: package
# title: "Machines lose {words}"
# description: |
#  libvirt has no words for these settings, or not on such a machine: {words}.
#  viommu is an IOMMU inside of the guest, which libvirt builds into Q35 machines
#  alone: a guest that passes devices on to its own guests cannot do so. level limits
#  which leaves of the processor's description the guest reads; without it old Windows
#  on new processors may stop at its start.
# custom:
#  id: PVE-LV-062
#  kind: gap
#  category: configuration
#  severity: minor
#  component: machine of a virtual machine
#  account: none
#  workaround: |
#   For viommu make the machine a Q35 on PVE (`qm set VMID --machine q35,viommu=virtio`)
#   and capture again; the guest finds its cards in other places. For level say
#   -global cpu.level with qemu:commandline (`virsh edit NAME`), or take a CPU model
#   that has it.
#  test:
#   before: |
#    `qm config VMID | grep -e machine -e cpu` on PVE prints the word.
#   after: |
#    `dmesg | grep -i iommu` in the guest prints its IOMMU on the trial system, or
#    nobody misses it.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#iommu-devices
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.machine_words

import data.lib.domains
import data.lib.facts

_words contains {"word": sprintf("%d viommu", [vmid]), "at": g.config.machine.at} if {
	some vmid, g in domains.list
	facts.field(g.config.machine.property, "viommu") == "virtio"
	not domains.q35(g)
}

_words contains {"word": sprintf("%d level", [vmid]), "at": g.config.cpu.at} if {
	some vmid, g in domains.list
	facts.field(g.config.cpu.property, "level")
}

findings contains {"at": sort({w.at | some w in _words}), "vars": {"words": concat(", ", sort([w.word | some w in _words]))}} if count(_words) > 0
