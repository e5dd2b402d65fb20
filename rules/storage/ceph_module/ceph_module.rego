# METADATA
# scope: package
# title: Ceph daemons beside PVE
# description: |
#  Starts the monitors, managers, metadata servers and OSDs of this host with the units of
#  proxmox-nixos, which activate the volumes of OSDs first, and links the configuration to
#  where Ceph reads it.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
package rules.storage.ceph_module

import data.lib.ceph

# The module of proxmox-nixos evaluates its firewall part only with an OSD.
settings contains {"at": ["/storage/ceph/daemons"], "option": ["services", "proxmox-ve", "ceph", "enable"], "value": true} if {
	count(ceph.ids.osd) > 0
}

settings contains {"at": ["/storage/ceph/daemons"], "option": ["services", "proxmox-ve", "ceph", kind, name], "value": value} if {
	count(ceph.ids.osd) > 0
	some kind, ids in ceph.ids
	count(ids) > 0
	some name, value in {"enable": true, "daemons": sort([id | some id in ids])}
}

# Ceph's programs read /etc/ceph; PVE keeps the file in the cluster database and
# links to it, and the module of proxmox-nixos makes the folder only.
settings contains {
	"at": [],
	"option": ["systemd", "tmpfiles", "settings", "10-ceph", "/etc/ceph/ceph.conf", "L+", "argument"],
	"value": "/etc/pve/ceph.conf",
} if {
	some line in input.storage.ceph.config
	startswith(line.source, "/etc/pve/ceph.conf:")
	count(input.storage.ceph.daemons) > 0
}
