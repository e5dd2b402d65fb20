# METADATA
# scope: package
# title: "VM {vmid} passes arguments of its own to QEMU"
# description: |
#  {vmid} ({name}) has a line args, which PVE puts on QEMU's command line as it
#  is. The line can hold passwords and keys, so it is not in the snapshot and
#  nobody has checked it. Paths below /usr, firmware, sockets and programs that
#  only Debian has make QEMU stop at start.
# custom:
#  id: PVE-VM-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: args of a VM
#  account: review
#  workaround: |
#   Read the line (`qm config {vmid} | grep args`). Drop what PVE has an option
#   for by now (cpu flags, hostpci, virtiofs, rng), copy files that it names to
#   the new root, and replace paths of /usr with those below
#   /run/current-system/sw.
#  test:
#   before: |
#    `qm showcmd {vmid} --pretty` on PVE shows the arguments.
#   after: |
#    On the trial system it shows no path below /usr, and `qm start {vmid}`
#    succeeds.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.guests.raw_arguments

import data.lib.pve

findings contains {"at": [g.config.args.at], "vars": {"vmid": vmid, "name": pve.name(vmid)}} if {
	some vmid, g in pve.vms
}
