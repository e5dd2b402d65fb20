# METADATA
# scope: package
# title: Ceph daemons of this host
# description: |
#  Starts the monitors, managers, metadata servers and OSDs of this host
#  with the units of proxmox-nixos, which activate the volumes of OSDs
#  first. Their keys and data directories are copied to the new root.
# custom:
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
#   - https://docs.ceph.com/en/latest/ceph-volume/lvm/activate/
package rules.storage.ceph_daemons

import data.lib.ceph

# The module of proxmox-nixos evaluates its firewall part only with an OSD.
settings contains {"at": ["/storage/ceph/daemons"], "option": ["services", "proxmox-ve", "ceph", "enable"], "value": true} if {
	data.target == "proxmox"
	count(ceph.ids.osd) > 0
}

settings contains {"at": ["/storage/ceph/daemons"], "option": ["services", "proxmox-ve", "ceph", kind, name], "value": value} if {
	data.target == "proxmox"
	count(ceph.ids.osd) > 0
	some kind, ids in ceph.ids
	count(ids) > 0
	some name, value in {"enable": true, "daemons": sort([id | some id in ids])}
}

# ceph-volume asks the cluster for the key of an encrypted OSD with this one.
carries contains {"at": ["/storage/ceph/daemons"], "path": path, "to": path, "mode": "0700", "secret": true} if {
	count(ceph.ids.osd) > 0
	path := "/var/lib/ceph/bootstrap-osd"
}

carries contains {
	"at": ["/storage/ceph/daemons"],
	"path": sprintf("/var/lib/ceph/%s/ceph-%s", [kind, id]),
	"to": sprintf("/var/lib/ceph/%s/ceph-%s", [kind, id]),
	"mode": "0700",
	"secret": true,
} if {
	some kind in ["mon", "mgr", "mds"]
	some id in ceph.ids[kind]
}

# Ceph's programs read /etc/ceph; PVE keeps the file in the cluster database and
# links to it, and the module of proxmox-nixos makes the folder only.
settings contains {
	"at": [],
	"option": ["systemd", "tmpfiles", "settings", "10-ceph", "/etc/ceph/ceph.conf", "L+", "argument"],
	"value": "/etc/pve/ceph.conf",
} if {
	_configured
}

carries contains {"at": [], "path": path, "to": path, "mode": "0600", "secret": true} if {
	_configured
	path := "/etc/ceph/ceph.client.admin.keyring"
}

# The mapped images of this host, where it has any.
carries contains {"at": [], "path": path, "to": path, "mode": "0644", "secret": false} if {
	_configured
	path := "/etc/ceph/rbdmap"
}

_configured if {
	data.target == "proxmox"
	some line in input.storage.ceph.config
	startswith(line.source, "/etc/pve/ceph.conf:")
	count(input.storage.ceph.daemons) > 0
}
