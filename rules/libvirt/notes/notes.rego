# METADATA
# scope: package
# title: Notes of virtual machines stay behind
# description: |
#  The notes of {vmids} are in their configuration on PVE alone. People keep
#  passwords in them, so a capture does not read them, and a domain of libvirt,
#  which has room for a description, is defined without one.
# custom:
#  id: PVE-LV-001
#  kind: gap
#  category: configuration
#  severity: minor
#  component: notes of VMs
#  account: lost
#  workaround: |
#   Save them on PVE (`qm config VMID --current | grep description`), and put what
#   holds no secret into the domain with `virsh desc NAME --config --new-desc
#   TEXT`; a definition that changes in Nix takes it away again, so keep them
#   elsewhere if they matter.
#  test:
#   before: |
#    `grep -c ^# /etc/pve/qemu-server/VMID.conf` on PVE prints more than 0.
#   after: |
#    The notes of {vmids} are where people look for them; `virsh desc NAME` prints
#    those that were put there.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/manpages/virsh.html
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.notes

import data.lib.domains
import data.lib.pve

_vms[vmid] := g.config.description.at if some vmid, g in domains.list

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
