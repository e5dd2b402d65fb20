# METADATA
# scope: package
# title: "Notes of virtual machines come from a copy of PVE's file: {vmids}"
# description: |
#  People keep passwords in notes, so they are in no definition and not in the
#  Nix store. The files of {vmids} come along, readable by root alone, and where
#  a domain is defined its unit writes the notes into its description. Whoever
#  may look at domains reads them there: `virsh dumpxml` shows what on PVE only
#  those with the right VM.Audit saw.
# custom:
#  id: PVE-LV-001
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notes of VMs
#  account: none
#  workaround: |
#   Take secrets out of the notes on PVE. Write new ones with `virsh desc NAME
#   --config --new-desc TEXT`; a definition that changes in Nix brings those of
#   the copy back, /var/lib/pve2nix/etc/pve/nodes/NODE/qemu-server/VMID.conf.
#   Delete the copy when nobody needs it.
#  test:
#   before: |
#    `grep -c ^# /etc/pve/qemu-server/VMID.conf` on PVE prints more than 0.
#   after: |
#    `virsh desc NAME` on the trial system prints the notes of {vmids}.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/manpages/virsh.html
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.notes

import data.lib.domains
import data.lib.pve

findings contains {"at": sort([n.at | some n in domains.notes]), "vars": {"vmids": pve.numbers(object.keys(domains.notes))}} if count(domains.notes) > 0

carries contains {"at": [n.at], "path": n.path, "to": n.to, "mode": "0600", "secret": true} if some n in domains.notes
