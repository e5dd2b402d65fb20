# METADATA
# scope: package
# title: Slices of Intel's graphics
# description: |
#  Switches GVT-g on, where guests have slices of the graphics of the processor.
#  PVE's manager and Incus make a slice when its guest starts; libvirt asks for
#  one that is there, so that it is made at boot under the name that PVE gives
#  it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=virtualisation.kvmgt
#   - https://wiki.archlinux.org/title/Intel_GVT-g
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_pci_passthrough
package rules.guests.intel_slices

import data.lib.domainhostdevs
import data.lib.domains
import data.lib.gvt

_all contains {"vmid": vmid, "key": key, "at": s.at, "type": s.type, "address": s.address} if {
	some vmid, list in gvt.slices
	some key, s in list
}

_at := sort([s.at | some s in _all])

settings contains {"at": _at, "option": ["virtualisation", "kvmgt", key], "value": value} if {
	count(_all) > 0
	some key, value in {"enable": true, "device": min({s.address | some s in _all})}
}

_named contains {"at": s.at, "type": s.type, "uuid": domainhostdevs.uuid(s.vmid, domainhostdevs.pci[s.vmid][s.key])} if {
	data.target == "libvirt"
	some s in _all
}

settings contains {"at": [s.at], "option": ["virtualisation", "kvmgt", "vgpus", s.type, "uuid"], "value": [s.uuid]} if some s in _named

# The module starts them when the driver offers them; a guest waits for its own.
settings contains {"at": sort([s.at | some s in _named]), "option": ["systemd", "services", "libvirt-start", key], "value": sort([sprintf("kvmgt-%s.service", [s.uuid]) | some s in _named])} if {
	count(_named) > 0
	count(domains.started) > 0
	some key in ["after", "wants"]
}
