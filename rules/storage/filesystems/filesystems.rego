# METADATA
# scope: package
# title: File systems and volume managers that NixOS must know
# description: |
#  Switches on what this host's disks and storages need: ZFS with its pools
#  and host id, LVM thin pools, RAID, and the clients of NFS and CIFS with
#  which PVE mounts its storages itself.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.supportedFilesystems
#   - https://search.nixos.org/options?query=boot.zfs.extraPools
#   - https://search.nixos.org/options?query=services.lvm.boot.thin.enable
package rules.storage.filesystems

import data.lib.configfiles
import data.lib.disks
import data.lib.guard
import data.lib.mdadm

_by_storage := {"btrfs": "btrfs", "cephfs": "ceph", "cifs": "cifs", "nfs": "nfs", "zfspool": "zfs"}

_needed contains _by_storage[type] if some type in disks.storage_types

_needed contains data.catalog.filesystems[type].supported if some type in disks.fs_types

_needed contains "zfs" if disks.zfs_in_use

settings contains {"at": [], "option": ["boot", "supportedFilesystems", type], "value": true} if some type in _needed

settings contains {"at": [], "option": ["services", "rpcbind", "enable"], "value": true} if "nfs" in _needed

settings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "option": ["boot", "zfs", "extraPools"], "value": [p.name]} if {
	some i, p in disks.pools
	not p.root
	guard.pool(p.name)
}

settings contains {"at": disks.root.at, "option": ["boot", "zfs", "forceImportRoot"], "value": false} if {
	"zfs" in _needed
}

# The job of Debian's zfsutils-linux; it is there on every host of PVE, pools or not.
_scrubs := [sprintf("/system/cron/%d", [i]) |
	some i, job in input.system.cron
	startswith(job.source, "/etc/cron.d/zfsutils-linux:")
	job.schedule == "24 0 8-14 * *"
]

settings contains {"at": _scrubs, "option": ["services", "zfs", "autoScrub", name], "value": value} if {
	"zfs" in _needed
	count(_scrubs) > 0
	some name, value in {"enable": true, "interval": "monthly"}
}

settings contains {"at": ["/host/hostid"], "option": ["networking", "hostId"], "value": _host_id} if "zfs" in _needed

# NixOS refuses ZFS without an id; hostid_unknown speaks of the one that is made up.
_host_id := lower(input.host.hostid) if {
	regex.match(`^[0-9A-Fa-f]{8}$`, input.host.hostid)
} else := substring(crypto.sha256(input.host.name), 0, 8)

_thin if "lvmthin" in disks.storage_types

settings contains {"at": at, "option": ["services", "lvm", "boot", "thin", "enable"], "value": true} if {
	_thin
	at := _groups_used
}

settings contains {"at": at, "option": ["services", "lvm", "dmeventd", "enable"], "value": true} if {
	_thin
	at := _groups_used
}

_groups_used := sort([sprintf("/storage/volume_groups/%d", [i]) |
	some i, g in input.storage.volume_groups
	_names[g.name]
])

_names contains s.properties.vgname.property.value if {
	some s in disks.storages
	s.section.type == "lvmthin"
}

# What a guest writes into its own disk must not become a volume group of the host.
_own := [`"r|/dev/zd.*|"`, `"r|/dev/rbd.*|"`]

_guests if {
	some type in ["lvm", "lvmthin", "rbd", "zfspool"]
	type in disks.storage_types
}

# Patterns of this host. One that names disks as the kernel counts them would hide others on another kernel, so such a line is left.
_patterns[key] := {"at": line.at, "items": items} if {
	some key in ["devices.filter", "devices.global_filter"]
	lines := [l |
		some path in ["/etc/lvm/lvm.conf", "/etc/lvm/lvmlocal.conf"]
		some l in configfiles.lines(path, key)
	]
	line := lines[count(lines) - 1]
	regex.match(`^\[?\s*("[ar][|/!#@][A-Za-z0-9_./*+?^$:|()-]*[|/!#@]"\s*,?\s*)+\]?$`, line.value)
	not regex.match(`/dev/(\(?\[?(sd|hd|vd|xvd|nvme|dm-|md[0-9]))`, line.value)
	items := regex.find_n(`"[^"]*"`, line.value, -1)
}

_global := array.concat([own | _guests; some own in _own], [item | some item in _patterns["devices.global_filter"].items; not _said(item)])

_said(item) if {
	_guests
	item in _own
}

_filter := array.concat(
	[sprintf("devices/global_filter = [ %s ]\n", [concat(", ", _global)]) | count(_global) > 0],
	[sprintf("devices/filter = [ %s ]\n", [concat(", ", _patterns["devices.filter"].items)]) | _patterns["devices.filter"]],
)

# When thin pools grow by themselves, and by how much; what lvmlocal.conf says holds.
_growth[key] := line if {
	some key in ["thin_pool_autoextend_percent", "thin_pool_autoextend_threshold"]
	lines := [l |
		some path in ["/etc/lvm/lvm.conf", "/etc/lvm/lvmlocal.conf"]
		some l in configfiles.lines(path, sprintf("activation.%s", [key]))
	]
	line := lines[count(lines) - 1]
	regex.match(`^[0-9]{1,3}$`, line.value)
}

_lvm := array.concat(_filter, [sprintf("activation/%s = %s\n", [key, _growth[key].value]) |
	some key in ["thin_pool_autoextend_percent", "thin_pool_autoextend_threshold"]
	_growth[key]
])

_lvm_at := sort(array.concat([l.at | some l in _growth], [p.at | some p in _patterns]))

settings contains {"at": _lvm_at, "option": ["environment", "etc", "lvm/lvm.conf", "text"], "value": concat("", _lvm)} if {
	count(_lvm) > 0
}

settings contains {"at": [], "option": ["boot", "swraid", part], "value": value} if {
	some d in input.storage.block_devices
	d.kind == "md"
	some part, value in {"enable": true, "mdadmConf": mdadm.text}
}
