# METADATA
# scope: package
# title: "libvirt keeps a key of Ceph for the storage {storage} of its own"
# description: |
#  Disks of {vmids} are images on {storage}. PVE reads the key of the client {client} from
#  its cluster file system, one file for all nodes, at each start of a guest. On the new
#  system a unit hands a copy of that file to libvirt at each boot, and domains name
#  it by its usage {usage}. A key that is changed in Ceph reaches the copy by hand alone:
#  guests that run go on, and those that start are refused.
# custom:
#  id: PVE-LV-067
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Ceph storage of guests
#  equivalent: virsh secret-set-value
#  account: none
#  workaround: |
#   After a change of the key put the new keyring (`ceph auth get client.{client}`) into
#   /var/lib/pve2nix/etc/pve/priv/ceph/{storage}.keyring with mode 0600 on each host, then run
#   `systemctl restart libvirt-key-{storage}`. Where Ceph asks for no key (auth_client_required
#   = none), PVE has no such file: take auth out of the disks (`virsh edit`).
#  test:
#   before: |
#    `ls /etc/pve/priv/ceph` on PVE prints {storage}.keyring.
#   after: |
#    `virsh secret-list` on the trial system prints ceph {usage}, `systemctl is-active
#    libvirt-key-{storage}` prints active, and the guests start.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatsecret.html#usage-type-ceph
#   - https://libvirt.org/manpages/virsh.html#secret-set-value
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
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, id)
}

findings contains {
	"at": sort({s.at} | {u.at | some u in users}),
	"vars": {"storage": id, "client": images.client(s), "usage": images.secret(id), "vmids": pve.numbers({u.vmid | some u in users})},
} if {
	some id, users in _users
	s := facts.storages[id]
}

_keyring(id) := sprintf("/etc/pve/priv/ceph/%s.keyring", [id])

_copy(id) := concat("", ["/var/lib/pve2nix", _keyring(id)])

carries contains {"at": [facts.storages[id].at], "path": _keyring(id), "to": _copy(id), "mode": "0600", "secret": true} if some id, _ in _users

_uuid(id) := concat("-", [substring(hash, 0, 8), substring(hash, 8, 4), concat("", ["5", substring(hash, 13, 3)]), concat("", ["8", substring(hash, 17, 3)]), substring(hash, 20, 12)]) if {
	hash := crypto.sha256(sprintf("%s/key/%s", [input.host.name, id]))
}

parts contains {"at": [facts.storages[id].at], "document": ["keys", id], "path": path, "value": value} if {
	some id, _ in _users
	some [path, value] in [
		[["ephemeral"], false],
		[["private"], true],
		[["uuid"], _uuid(id)],
		[["description"], sprintf("Key of the storage %s", [id])],
		[["usage"], {"type": "ceph", "name": images.secret(id)}],
	]
}

settings contains {"at": [s.at], "option": array.concat(["systemd", "services", concat("", ["libvirt-key-", id])], path), "value": value} if {
	some id, _ in _users
	s := facts.storages[id]
	some [path, value] in [
		[["description"], sprintf("Key of the storage %s for libvirt", [id])],
		[["wantedBy"], ["multi-user.target"]],
		[["before"], ["libvirt-start.service"]],
		[["wants"], ["libvirtd.socket"]],
		[["after"], ["libvirtd.socket", "libvirtd-config.service", "local-fs.target"]],
		[["path"], [{"_ref": ["pkgs", "libvirt"]}]],
		[["environment", "LIBVIRT_DEFAULT_URI"], "qemu:///system"],
		[["environment", "DEFINITION"], {"_path": sprintf("./keys/%s.xml", [id])}],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
		[["script"], concat("\n", [
			`virsh secret-define "$DEFINITION"`,
			sprintf(`sed -n '/^\[client\.%s\]/,/^\[/s/^[[:space:]]*key[[:space:]]*=[[:space:]]*//p' %s |`, [images.client(s), _copy(id)]),
			sprintf("  virsh secret-set-value %s --file /dev/stdin\n", [_uuid(id)]),
		])],
	]
}
