# METADATA
# scope: package
# title: "Containers get no unit: {keys}"
# description: |
#  Nothing prepares {keys}, so these containers have a configuration but no
#  unit that starts them. It is a volume on a storage that has to be opened
#  with PVE's help (Ceph, a volume group that several hosts share), a path or
#  device with characters that no shell or mount table is given, a mount point
#  with an id map of its own, or a card whose bridge is not in the network
#  configuration or cannot do its VLAN tag.
# custom:
#  id: PVE-CT-030
#  kind: gap
#  category: configuration
#  severity: critical
#  component: LXC containers
#  equivalent: systemd.services.<name>.preStart
#  account: review
#  workaround: |
#   Move the volume to ZFS, LVM or a directory of this host (`pct move-volume
#   VMID KEY STORAGE`), or plug the card into a bridge that is configured and
#   filters VLANs, and capture the host anew. Or write the unit after the
#   pattern of another container: preStart mounts at /var/lib/lxc/VMID/KEY,
#   postStop unmounts, script runs `lxc-start -F -n VMID`.
#  test:
#   before: |
#    `pct list` on PVE prints running for these containers.
#   after: |
#    `systemctl is-active lxc-VMID` on the trial system prints active, and
#    `lxc-ls -f` RUNNING.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_container_storage
#   - https://search.nixos.org/options?query=systemd.services
package rules.containers.not_started

import data.lib.drives
import data.lib.lxc

_keys contains {"vmid": vmid, "key": key.key, "at": key.at} if {
	some vmid, list in lxc.unready
	some key in list
}

# What the unit would have made of these.
_idle contains p.at if {
	some vmid, _ in lxc.unready
	some key in ["onboot", "startup"]
	p := lxc.containers[vmid].config[key]
}

findings contains {"at": sort(_idle | {k.at | some k in _keys}), "vars": {"keys": drives.words(_keys)}} if count(_keys) > 0
