# METADATA
# scope: package
# title: "The host runs kernel {running} while {newest} is installed"
# description: |
#  A newer kernel waits for a reboot. Names of network cards, drivers, IOMMU groups and
#  module parameters in this report are those of {running}; the first boot in the conversion
#  is at the same time the first one with a newer kernel on this hardware, and whatever fails
#  then has two possible causes.
# custom:
#  id: PVE-UPG-010
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: kernel
#  account: none
#  workaround: |
#   Reboot into {newest} before the conversion, see that the network, the storages and
#   passed-through devices come up, and capture again. If an older kernel is wanted, say so:
#   `proxmox-boot-tool kernel pin {running}`.
#  test:
#   before: |
#    `uname -r` prints {running}.
#   after: |
#    `uname -r` prints {newest}, or `proxmox-boot-tool kernel list` shows a pinned kernel.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysboot_kernel_pin
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.upgrade.older_kernel_runs

import data.lib.facts
import data.lib.lines

# A release as numbers that compare: 6.8.12-15-pve → [6, 8, 12, 15].
_number(text) := [to_number(n) | some n in regex.find_n(`[0-9]+`, text, 4)] if {
	regex.match(`^[1-9][0-9]?(\.(0|[1-9][0-9]{0,4})){2}-[1-9][0-9]{0,4}-pve$`, text)
}

_installed[_number(k)] := k if {
	some k in input.system.boot.kernels
}

_newest := _installed[max(object.keys(_installed))]

# Somebody chose another entry than the first of GRUB's menu: that it is not the newest is meant.
_chosen if {
	some p in lines.files["/etc/default/grub"].properties
	p.key == "GRUB_DEFAULT"
	not trim(p.value, `"'`) in {"", "0"}
}

findings contains {"at": ["/host/kernel", "/system/boot/kernels"], "vars": {"running": input.host.kernel, "newest": _newest}} if {
	input.capture.mode == "live"
	"system.boot" in facts.known
	not input.system.boot.pinned_kernel
	not _chosen
	_number(input.host.kernel) < _number(_newest)
}
