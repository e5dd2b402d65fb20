# METADATA
# scope: package
# title: Cloud-init of VMs takes name servers from the host
# description: |
#  {vmids} have a cloud-init drive but no name servers or no search domain of
#  their own, so PVE writes those of the host's /etc/resolv.conf into the drive
#  at every start, and makes the id of the instance from its content. As soon
#  as /etc/resolv.conf of the new system differs by one server, a domain or
#  their order, cloud-init takes the guest for a new machine: it makes new ssh
#  host keys, sets passwords and networks again and runs its scripts once more.
#  With systemd-resolved on the host the guests get 127.0.0.53.
# custom:
#  id: PVE-VM-033
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: cloud-init
#  equivalent: networking.nameservers, networking.search
#  account: none
#  workaround: |
#   Write the present values into the VMs before the conversion (`qm set VMID
#   --nameserver "IP IP" --searchdomain DOMAIN`), as they stand in
#   /etc/resolv.conf now, in this order; the id then stays the same.
#  test:
#   before: |
#    `qm cloudinit dump VMID network` on PVE shows the servers of the host, and
#    `cat /var/lib/cloud/data/instance-id` inside prints the id.
#   after: |
#    `qm cloudinit dump VMID network` on the trial system prints the same text,
#    and the id inside is the old one.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cloud_init
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/Cloudinit.pm
#   - https://cloudinit.readthedocs.io/en/latest/explanation/first_boot.html
package rules.guests.cloud_init_resolver

import data.lib.facts
import data.lib.pve
import data.lib.volumes

_vms[v.vmid] contains v.at if {
	some v in volumes.list
	v.kind == "cloudinit"
	g := pve.vms[v.vmid]
	not _own_resolver(g)
	not _own_id(g)
}

_own_resolver(g) if {
	g.config.nameserver
	g.config.searchdomain
}

_own_id(g) if facts.field(g.config.cicustom.property, "meta")

_own_id(g) if facts.field(g.config.cicustom.property, "network")

findings contains {"at": sort([at | some places in _vms; some at in places]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
