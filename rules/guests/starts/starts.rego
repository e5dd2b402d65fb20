# METADATA
# scope: package
# title: Guests start with their storages and get time to stop
# description: |
#  The unit pve-guests of proxmox-nixos has neither zfs nor btrfs in its path, so
#  guests on such storages would not start with the host, and it may take only
#  90 seconds to stop all guests, after which systemd cuts off what still runs.
#  PVE's own unit has no limit. It also waits for startall-onboot-delay before the
#  first guest, a line that proxmox-nixos has taken out of the unit.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=services/pve-guests.service
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
package rules.guests.starts

import data.lib.facts
import data.lib.pve
import data.lib.volumes

settings contains {"at": _unit, "option": ["systemd", "services", "pve-guests", "serviceConfig", "TimeoutStopSec"], "value": "infinity"} if {
	count(pve.vms) > 0
}

settings contains {"at": _unit, "option": ["systemd", "services", "pve-guests", "path"], "value": [{"_ref": ["pkgs", program]}]} if {
	some type, program in {"btrfs": "btrfs-progs", "zfspool": "zfs"}
	some v in volumes.list
	facts.vms[v.vmid]
	facts.storages[v.storage].section.type == type
}

settings contains {"at": [at], "option": ["systemd", "services", "pve-guests", "serviceConfig", "ExecStartPre"], "value": concat(" ", ["/run/current-system/sw/bin/sleep", delay])} if {
	count(pve.vms) > 0
	some j, p in pve.local_node.config
	p.key == "startall-onboot-delay"
	delay := p.value
	regex.match(`^[1-9][0-9]{0,2}$`, delay)
	at := sprintf("%s/config/%d", [pve.local_node.at, j])
}

_unit := [facts.units[name].at | some name in ["pve-guests.service"]]
