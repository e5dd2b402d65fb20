# METADATA
# scope: package
# title: Logins of iSCSI lie in a database on PVE's root
# description: |
#  Targets of this host ask for a CHAP password. What iscsiadm has learnt of
#  them is below /etc/iscsi/nodes and comes along; what iscsid.conf says does
#  not. PVE discovers the targets of its storages ({ids}) again at each
#  start, and a record that is made anew takes its password from iscsid.conf:
#  the target refuses the host, and the volume groups on it are missing.
# custom:
#  id: PVE-STO-016
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: iSCSI
#  equivalent: services.openiscsi
#  account: none
#  workaround: |
#   The database is copied with mode 0600. Put CHAP settings of iscsid.conf
#   into a file named by services.openiscsi.extraConfigFile, and keep the
#   initiator name (services.openiscsi.name).
#  test:
#   before: |
#    `iscsiadm -m session` on PVE lists the sessions.
#   after: |
#    It lists the same on the trial system after a reboot, and `pvesm status`
#    shows the storages as active.
#  phase: boot
#  sources:
#   - https://github.com/open-iscsi/open-iscsi
#   - https://pve.proxmox.com/wiki/Storage:_iSCSI
#   - https://search.nixos.org/options?query=services.openiscsi.extraConfigFile
package rules.storage.iscsi_logins

import data.lib.configfiles
import data.lib.disks
import data.lib.facts

# Where the records are not known, they may have one.
_asks if not "storage.iscsi" in facts.known

_asks if {
	some n in input.storage.iscsi.nodes
	n.authentication != "None"
}

_asks if {
	some key in ["discovery.sendtargets.auth.authmethod", "node.session.auth.authmethod"]
	configfiles.value("/etc/iscsi/iscsid.conf", key) != "None"
}

_ids := [id | some id, s in disks.storages; s.section.type == "iscsi"]

findings contains {"at": sort([disks.storages[id].at | some id in _ids]), "vars": {"ids": concat(", ", sort(_ids))}} if {
	count(_ids) > 0
	_asks
}

# What is not there cannot be copied: a target that was never logged in to has no record.
_there contains "/etc/iscsi/nodes" if count(input.storage.iscsi.nodes) > 0

_there contains "/etc/iscsi/nodes" if not "storage.iscsi" in facts.known

_there contains f.path if {
	some f in input.local_files
	f.path == "/etc/iscsi/send_targets"
	not object.get(f, "state", "") == "missing"
}

carries contains {"at": ["/storage/iscsi"], "path": path, "to": path, "mode": "0600", "secret": true} if {
	count(_ids) > 0
	some path in _there
}
