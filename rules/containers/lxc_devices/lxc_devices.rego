# METADATA
# scope: package
# title: Devices of containers
# description: |
#  Hands nodes in that the unit of the container has made, with the owner and
#  mode that dev0 and its like ask for, and opens their numbers to privileged
#  containers.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_device_passthrough
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.lxc_devices

import data.lib.lxc

parts contains {"at": [d.at], "document": lxc.document(vmid), "path": ["lxc.mount.entry"], "value": [sprintf("%s/passthrough/%s %s none bind,%screate=file 0 0", [lxc.directory(vmid), key, trim(d.path, "/"), _read_only(d)])]} if {
	some vmid, devices in lxc.devices
	some key, d in devices
}

_read_only(d) := "" if {
	d.write
} else := "ro,"

# Inside of a user name space no list of devices is kept, as on PVE.
parts contains {"at": [d.at], "document": lxc.document(vmid), "path": ["lxc.cgroup2.devices"], "value": lines} if {
	some vmid, devices in lxc.devices
	some d in devices
	number := lxc.number(d.path)
	not _free(vmid, d)
	lines := array.concat(
		[{"allow": sprintf("%s %s", [number, {true: "rw", false: "r"}[d.write]])}],
		[{"deny": sprintf("%s w", [number])} | not d.write],
	)
}

_free(vmid, d) if {
	vmid in lxc.unprivileged
	d.write
}
