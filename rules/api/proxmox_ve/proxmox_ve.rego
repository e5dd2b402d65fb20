# METADATA
# scope: package
# title: Proxmox VE itself runs on
# description: |
#  Switches on the modules of proxmox-nixos and tells them the address of the
#  node. The module would open the ports of the web interface, of rpcbind and of
#  corosync to everybody; where PVE's firewall was on it must not, because the
#  translated rules say who may come in.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.api.proxmox_ve

import data.lib.facts
import data.lib.firewall
import data.lib.pve

settings contains {"at": _packages, "option": ["services", "proxmox-ve", "enable"], "value": true} if {
	count(_packages) > 0
}

settings contains {"at": [pve.address.at], "option": ["services", "proxmox-ve", "ipAddress"], "value": pve.address.address} if {
	count(_packages) > 0
}

settings contains {"at": [], "option": ["services", "proxmox-ve", "openFirewall"], "value": _open} if {
	count(_packages) > 0
}

_packages := sort([p.at |
	some name in ["proxmox-ve", "pve-manager"]
	p := facts.packages[name]
])

default _open := true

_open := false if firewall.on
