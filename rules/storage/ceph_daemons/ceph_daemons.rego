# METADATA
# scope: package
# title: Keys and state of the Ceph daemons of this host
# description: |
#  The keys and data directories of monitors, managers and metadata servers, and what OSDs need
#  to be activated, are copied to the new root.
# custom:
#  sources:
#   - https://docs.ceph.com/en/latest/ceph-volume/lvm/activate/
package rules.storage.ceph_daemons

import data.lib.ceph

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
	some line in input.storage.ceph.config
	startswith(line.source, "/etc/pve/ceph.conf:")
	count(input.storage.ceph.daemons) > 0
}
