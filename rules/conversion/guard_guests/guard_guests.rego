# METADATA
# scope: package
# title: Guests wait for the commit
# description: |
#  Until a trial is committed, the volumes of guests are PVE's: what starts them
#  looks for the file that the commit leaves. Without a trial there is nothing to
#  wait for. Incus knows no instance before its unit has created them, and so
#  starts none by itself.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.conversion.guard_guests

import data.lib.domains
import data.lib.facts
import data.lib.incus
import data.lib.lxc
import data.lib.waits

_option(unit) := ["systemd", "services", unit, "unitConfig", "ConditionPathExists"]

_local := sort([g.at | some g in facts.guests])

settings contains {"at": [lxc.containers[vmid].at], "option": _option(sprintf("lxc-%d", [vmid])), "value": waits.condition, "document": ["containers", sprintf("%d", [vmid])]} if {
	data.target in {"proxmox", "libvirt"}
	some vmid in lxc.ready
}

settings contains {"at": _local, "option": _option("libvirt-start"), "value": waits.condition} if {
	data.target == "libvirt"
	count(domains.started) > 0
}

# proxmox-nixos has the unit whether there are guests or not; those that are made later wait for nothing.
settings contains {"at": _local, "option": _option("pve-guests"), "value": waits.condition} if {
	data.target == "proxmox"
	count(_local) > 0
}

# It may not be started and stopped by name, which is what a commit, and one that is taken back, do.
settings contains {"at": _local, "option": ["systemd", "services", "pve-guests", "unitConfig", name], "value": {"_mkForce": false}} if {
	data.target == "proxmox"
	count(_local) > 0
	some name in ["RefuseManualStart", "RefuseManualStop"]
}

settings contains {"at": _local, "option": array.concat(["systemd", "services", "incus-instances"], path), "value": value} if {
	data.target == "incus"
	count(incus.instances) > 0
	some [path, value] in [
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["wants"], ["incus-preseed.service"]],
	]
}
