# METADATA
# scope: package
# title: "Guests are not tried again when their network storage is late: {ids}"
# description: |
#  Guests have disks on {ids}. PVE mounts these storages itself when it starts
#  the guests, once; whoever has no answer from the server by then stays
#  down. The units of proxmox-nixos are ordered after the network as those of
#  PVE are, but nothing waits for the server, and the host comes up at another
#  pace. In a trial boot guests that stay down look like a fault of the
#  conversion.
# custom:
#  id: PVE-STO-019
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: NFS and CIFS storage
#  equivalent: systemd.services.pve-guests
#  account: none
#  workaround: |
#   Start the trial boot with the server reachable. Where the server comes up
#   later than this host, or a switch takes half a minute to forward, run
#   `pvenode config set --startall-onboot-delay SECONDS` on PVE and capture
#   the host again: the unit does not read the value, so it has to be in the
#   configuration. Keep NFS mounts that hold guest disks hard: with soft a
#   short outage becomes an I/O error inside the guests.
#  test:
#   before: |
#    `pvesm status` on PVE shows {ids} as active, and `journalctl -b -u
#    pve-guests` after a boot without the server shows guests that failed.
#   after: |
#    After a reboot of the trial system `pvesm status` shows the storages as
#    active and all guests with onboot run.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://man7.org/linux/man-pages/man5/nfs.5.html
#   - https://github.com/SaumonNet/proxmox-nixos/tree/main/modules/proxmox-ve
package rules.storage.network_boot

import data.lib.disks
import data.lib.volumes

_remote[id] := s if {
	some v in volumes.list
	v.kind == "disk"
	id := v.storage
	s := disks.storages[id]
	s.section.type in {"nfs", "cifs"}
}

findings contains {"at": sort([s.at | some s in _remote]), "vars": {"ids": concat(", ", sort([id | some id, _ in _remote]))}} if {
	count(_remote) > 0
}
