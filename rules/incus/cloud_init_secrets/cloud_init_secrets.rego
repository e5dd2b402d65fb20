# METADATA
# scope: package
# title: "Cloud-init of VMs lacks what is no fact: {keys}"
# description: |
#  Passwords and keys are never captured, and files of a snippets storage are not
#  read. The instance has cloud-init data without them. Where cloud-init runs again,
#  it takes away the password, or the user has no key to log in with.
# custom:
#  id: PVE-INC-025
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: cloud-init
#  account: review
#  workaround: |
#   Add them on the new system, outside of Nix: `incus config edit NAME`, in cloud-
#   init.user-data the lines `password: HASH` and `ssh_authorized_keys:`; `qm
#   cloudinit dump VMID user` on PVE prints what is missing. The content of a file of
#   cicustom goes into cloud-init.user-data, cloud-init.vendor-data or cloud-
#   init.network-config.
#  test:
#   before: |
#    `qm cloudinit dump VMID user` on PVE prints password and ssh_authorized_keys for
#    {keys}.
#   after: |
#    `incus config get NAME cloud-init.user-data` prints them, and the login works.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/cloud-init/
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cloud_init
package rules.incus.cloud_init_secrets

import data.lib.drives
import data.lib.pve

_keys contains {"vmid": vmid, "key": key, "at": g.config[key].at} if {
	some vmid, g in pve.vms
	some key in ["cicustom", "cipassword", "sshkeys"]
	g.config[key]
}

findings contains {"at": sort([k.at | some k in _keys]), "vars": {"keys": drives.words(_keys)}} if count(_keys) > 0
