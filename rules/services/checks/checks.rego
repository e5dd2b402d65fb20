# METADATA
# scope: package
# title: What has to run on the converted node
# description: |
#  The cluster file system, the API and its web interface must be up, every
#  virtual machine of this node must be known there, and a member of a cluster
#  must be in a quorate partition. Services that only collect or schedule are
#  wanted, but do not stop a commit.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
package rules.services.checks

import data.lib.facts

checks contains {"at": [facts.units[unit].at], "check": "unit-active", "params": {"unit": unit}, "required": required} if {
	some unit, required in {
		"pve-cluster.service": true,
		"pvedaemon.service": true,
		"pveproxy.service": true,
		"pvescheduler.service": false,
		"pvestatd.service": false,
		"spiceproxy.service": false,
	}
	unit in facts.in_use
}

checks contains {"at": [facts.units["pveproxy.service"].at], "check": "port-listening", "params": {"port": 8006}, "required": true} if {
	"pveproxy.service" in facts.in_use
}

checks contains {"at": [g.at], "check": "guest-present", "params": {"vmid": vmid, "type": "qemu"}, "required": true} if {
	some vmid, g in facts.vms
}
