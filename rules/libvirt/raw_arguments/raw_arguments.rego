# METADATA
# scope: package
# title: "The arguments that VM {vmid} passes to QEMU are not in its domain"
# description: |
#  {vmid} ({name}) has a line args, which PVE puts on QEMU's command line as it is.
#  The line can hold passwords and keys, so it is not in the snapshot and not in the
#  domain. It names devices by PVE's ids, which libvirt does not give.
# custom:
#  id: PVE-LV-063
#  kind: gap
#  category: configuration
#  severity: major
#  component: args of a VM
#  equivalent: <qemu:commandline> of a domain
#  account: lost
#  workaround: |
#   Read the line (`qm config {vmid} | grep args`). Say it with elements of the domain
#   where there are some (cpu features, hostdev, filesystem, rng, sysinfo), the rest
#   with qemu:commandline and ids of your own (`virsh edit NAME`).
#  test:
#   before: |
#    `qm showcmd {vmid} --pretty` on PVE prints the arguments at the end.
#   after: |
#    `virsh domxml-to-native qemu-argv --domain NAME` on the trial system prints what
#    does the same, and `virsh start NAME` succeeds.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.raw_arguments

import data.lib.domains
import data.lib.pve

findings contains {"at": [g.config.args.at], "vars": {"vmid": vmid, "name": pve.name(vmid)}} if some vmid, g in domains.list
