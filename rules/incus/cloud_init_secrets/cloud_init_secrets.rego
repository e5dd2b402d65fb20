# METADATA
# scope: package
# title: "Cloud-init of VMs has what is no fact from copies: {keys}"
# description: |
#  Passwords and keys are never captured, and files of a snippets storage are not
#  read. When an instance is made, incus-instances takes password and keys from a
#  copy of PVE's file, which comes along readable by root alone, and files of
#  cicustom from where they lie, and puts them into its cloud-init data. Whoever may
#  use Incus reads them there. A file of meta, and one on a storage that is gone, is
#  not in it: where cloud-init runs again, the user may have no key to log in with.
# custom:
#  id: PVE-INC-025
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: cloud-init
#  account: review
#  workaround: |
#   Where the log of incus-instances says that a copy or a file is not there, add
#   it on the new system, outside of Nix: `incus config edit NAME`, in cloud-
#   init.user-data the lines `password: HASH` and `ssh_authorized_keys:`; `qm
#   cloudinit dump VMID user` on PVE prints what is missing. Take them out again
#   with `incus config unset NAME cloud-init.user-data` when the guest has them.
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
