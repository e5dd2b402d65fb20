# METADATA
# scope: package
# title: The iSCSI initiator
# description: |
#  Starts the initiator with the name of this host, which targets have in
#  their access lists. PVE logs in to the targets of its storages itself; to
#  those that the initiator logged in to at boot a rule of its own does.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.openiscsi
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.storage.iscsi

import data.lib.disks
import data.lib.facts

_used if "iscsi" in disks.storage_types

_used if {
	some unit in ["iscsi.service", "open-iscsi.service"]
	facts.units[unit].unit.active_state == "active"
	facts.units[unit].unit.sub_state == "running"
}

_used if {
	some n in input.storage.iscsi.nodes
	n.startup in {"automatic", "onboot"}
}

settings contains {"at": ["/storage/iscsi/initiator_name"], "option": ["services", "openiscsi", name], "value": value} if {
	_used
	regex.match(`^(iqn|eui|naa)\.[A-Za-z0-9.:_-]{1,220}$`, input.storage.iscsi.initiator_name)
	some name, value in {"enable": true, "name": input.storage.iscsi.initiator_name}
}
