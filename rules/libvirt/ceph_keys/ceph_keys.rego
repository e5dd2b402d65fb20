# METADATA
# scope: package
# title: "libvirt needs the key of Ceph for the storage {storage}"
# description: |
#  Disks of {vmids} are images on {storage}. The domains name the client {client} and a
#  secret of libvirt by its usage {usage}, since a key must not be in a domain or in
#  the Nix store. Until the secret is defined on the host these domains do not start.
# custom:
#  id: PVE-LV-067
#  kind: gap
#  category: configuration
#  severity: critical
#  component: Ceph storage of guests
#  equivalent: virsh secret-define
#  account: none
#  workaround: |
#   Define it once on the new system: write <secret ephemeral="no" private="yes"><usage
#   type="ceph"><name>{usage}</name></usage></secret> to a file, then `virsh
#   secret-define FILE` and `virsh secret-set-value UUID --file KEY`, where KEY holds the
#   word after "key =" of the keyring of the client.
#  test:
#   before: |
#    `ls /etc/pve/priv/ceph` on PVE prints {storage}.keyring.
#   after: |
#    `virsh secret-list` on the trial system prints ceph {usage}, and `virsh start` of the
#    domains succeeds.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatsecret.html#usage-type-ceph
#   - https://docs.ceph.com/en/latest/rbd/libvirt/
package rules.libvirt.ceph_keys

import data.lib.domaindisks
import data.lib.facts
import data.lib.images
import data.lib.pve
import data.lib.volumes

_users[id] contains {"vmid": vmid, "at": d.at} if {
	some vmid, list in domaindisks.drives
	some d in list
	domaindisks.image(d.property).source.auth
	id := volumes.storage_of(domaindisks.volume(d.property))
}

findings contains {
	"at": sort({s.at} | {u.at | some u in users}),
	"vars": {"storage": id, "client": images.client(s), "usage": images.secret(id), "vmids": pve.numbers({u.vmid | some u in users})},
} if {
	some id, users in _users
	s := facts.storages[id]
}
