# METADATA
# scope: package
# title: "Directories that VMs share have another tag: {shares}"
# description: |
#  A guest mounts a directory of the host by its tag. PVE takes the name of the
#  mapping, Incus the name of the device, and its agent in the guest mounts it by
#  itself below the path. A line of fstab with the old tag fails, and with it the
#  boot unless it says nofail.
# custom:
#  id: PVE-INC-022
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: shared directories
#  account: review
#  workaround: |
#   Put the agent into the guest (incus-agent of its distribution,
#   virtualisation.incus.agent.enable on NixOS), which mounts the directory below
#   /mnt; or change the line in the guest to the tag of Incus: `mount -t virtiofs
#   incus_media /srv/media`.
#  test:
#   before: |
#    `findmnt -t virtiofs` in the guest prints the tag of {shares}.
#   after: |
#    `findmnt -t virtiofs` in the guest on the trial system prints the directory
#    where it was.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_virtiofs
package rules.incus.shares

import data.lib.drives
import data.lib.facts
import data.lib.incus
import data.lib.passthrough
import data.lib.pve

_shares contains {"vmid": vmid, "key": key, "at": p.at, "id": facts.field(p.property, "dirid")} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^virtiofs[0-9]$`, key)
}

parts contains incus.device(s.vmid, [s.at], s.id, {"type": "disk", "source": path, "path": sprintf("/mnt/%s", [s.id])}) if {
	some s in _shares
	regex.match(`^[A-Za-z][A-Za-z0-9_-]{0,30}$`, s.id)
	not incus.instances[s.vmid].config[s.id]
	path := min(passthrough.mappings.directory[s.id])
	regex.match(`^/[A-Za-z0-9_.,:@+=/-]+$`, path)
	facts.plain_path(path)
}

findings contains {"at": sort([s.at | some s in _shares]), "vars": {"shares": drives.words(_shares)}} if count(_shares) > 0
