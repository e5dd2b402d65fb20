# METADATA
# scope: package
# title: Storage pools of libvirt
# description: |
#  A pool for each storage of PVE that holds images of this node, so that virsh and
#  virt-manager make new volumes there; one more for its ISO images. Domains name
#  their disks by path and need no pool. What has no pool is said elsewhere.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatstorage.html
#   - https://libvirt.org/storage.html
package rules.libvirt.pools

import data.lib.libvirtpools

_uuid(name) := concat("-", [substring(hash, 0, 8), substring(hash, 8, 4), concat("", ["5", substring(hash, 13, 3)]), concat("", ["8", substring(hash, 17, 3)]), substring(hash, 20, 12)]) if {
	hash := crypto.sha256(sprintf("%s/pool/%s", [input.host.name, name]))
}

parts contains {"at": p.at, "document": ["pools", name], "path": path, "value": value} if {
	some name, p in libvirtpools.list
	some [path, value] in array.concat(
		[[["name"], name], [["type"], p.type], [["uuid"], _uuid(name)], [["target", "path"], p.path]],
		[[["source", key], v] | some key, v in p.source],
	)
}

settings contains {"at": p.at, "option": array.concat(["systemd", "services", sprintf("libvirt-pool-%s", [name])], path), "value": value} if {
	some name, p in libvirtpools.list
	some [path, value] in [
		[["description"], sprintf("Storage pool %s", [name])],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["libvirtd.socket"]],
		[["after"], ["libvirtd.socket", "libvirtd-config.service", "local-fs.target", "remote-fs.target", "zfs.target"]],
		[["path"], [{"_ref": ["pkgs", "gnugrep"]}, {"_ref": ["pkgs", "libvirt"]}]],
		[["environment", "LIBVIRT_DEFAULT_URI"], "qemu:///system"],
		[["environment", "DEFINITION"], {"_path": sprintf("./pools/%s.xml", [name])}],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
		[["script"], sprintf("virsh pool-define \"$DEFINITION\"\nvirsh pool-autostart %[1]s\nvirsh pool-list --name | grep --quiet --line-regexp --fixed-strings %[1]s || virsh pool-start %[1]s\n", [name])],
	]
}
