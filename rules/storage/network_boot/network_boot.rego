# METADATA
# scope: package
# title: Guests start before their network storage is there
# description: |
#  PVE mounts the storages {ids} itself when it first needs them, and waits
#  for the network with its own units. On NixOS a server that does not
#  answer makes pvestatd hang for minutes in each round, and guests whose
#  disks lie there fail at boot and are not tried again.
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
#   systemd.services.pve-guests on NixOS, set a startall-onboot-delay in the
#   node's configuration, and start the trial boot with the server reachable.
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

_remote[id] := s if {
	some id, s in disks.storages
	s.section.type in {"nfs", "cifs"}
	content := regex.split(`[,; ]+`, s.properties.content.property.value)
	some kind in content
	kind in {"images", "rootdir"}
}

findings contains {"at": sort([s.at | some s in _remote]), "vars": {"ids": concat(", ", sort([id | some id, _ in _remote]))}} if {
	count(_remote) > 0
}
