# METADATA
# scope: package
# title: Snippets on the root come along
# description: |
#  Files of the storage local that guests name, data of cloud-init above all. They
#  can hold passwords and keys, so they are copied to their place and are in no
#  configuration. Hook scripts that a guest runs come along with the guest.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cloud_init
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_directory
package rules.guests.snippets

import data.lib.snippets

carries contains {"at": f.at, "path": path, "to": path, "mode": f.mode, "secret": true} if some path, f in snippets.list
