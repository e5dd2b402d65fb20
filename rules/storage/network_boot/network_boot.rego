# METADATA
# scope: package
# title: Guests start before their network storage is there
# description: |
#  Guests have disks on {ids}. PVE mounts these storages itself when it first
#  needs them, and its unit pve-guests starts after the network and remote
#  file systems. That of proxmox-nixos waits for neither: a guest whose
#  storage cannot be mounted yet fails at boot and is not tried again.
# custom:
#  id: PVE-STO-019
#  kind: pitfall
#  category: feature
#  severity: major
#  component: NFS and CIFS storage
#  equivalent: systemd.services.pve-guests.after
#  account: none
#  workaround: |
#   Add `after` and `wants` network-online.target to
#   systemd.services.pve-guests on NixOS. Where the server comes up later
#   than this host, run `pvenode config set --startall-onboot-delay SECONDS`
#   on PVE and capture the host again: the unit does not read the value, so
#   it has to be in the configuration. Start the trial boot with the server
#   reachable.
#   Keep NFS mounts that hold guest disks hard: with soft a short outage
#   becomes an I/O error inside the guests.
#  test:
#   before: |
#    `systemctl list-dependencies pve-guests --after` on PVE shows
#    pve-storage.target.
#   after: |
#    After a reboot of the trial system `pvesm status` shows the storages as
#    active and all guests with onboot run.
#  phase: run
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
	data.target == "proxmox"
	count(_remote) > 0
}
