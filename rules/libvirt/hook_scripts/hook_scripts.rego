# METADATA
# scope: package
# title: "Hook scripts of virtual machines are not called before a stop by hand: {scripts}"
# description: |
#  PVE runs {scripts} on the host at four moments of {vmids}. A hook of libvirt
#  calls them with the same arguments at three: pre-start, where a failure keeps
#  the guest down, post-start and post-stop, which comes after a failed start,
#  too. libvirt calls nothing before a stop: when the host shuts down,
#  libvirt-shutdown does, and at `virsh shutdown` and `virsh destroy` what the
#  script does at pre-stop does not happen. Programs that it calls by a path of Debian are not there, qm
#  and pvesh are not, and virsh must not be called from a hook: libvirt waits
#  for the hook and the hook for libvirt.
# custom:
#  id: PVE-LV-070
#  kind: gap
#  category: feature
#  severity: major
#  component: hook script of a virtual machine
#  equivalent: virtualisation.libvirtd.hooks.qemu
#  account: none
#  workaround: |
#   Read the script. Where it does something at pre-stop, call
#   `/etc/libvirt-hooks/pve NAME pre-stop </dev/null` before `virsh shutdown NAME`.
#   Call programs without a path and give them to
#   environment.systemPackages; where it calls qm, start a unit of your own in
#   its place (`systemctl start --no-block UNIT`), which may call virsh.
#  test:
#   before: |
#    `grep -H hookscript /etc/pve/qemu-server/*.conf` on PVE prints the scripts.
#   after: |
#    `virsh start NAME` on the trial system succeeds, and `journalctl -t
#    pve-hook` prints a line for each phase of {vmids}.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/hooks.html
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#_hookscripts
#   - https://search.nixos.org/options?query=virtualisation.libvirtd.hooks
package rules.libvirt.hook_scripts

import data.lib.domains
import data.lib.guesthooks
import data.lib.pve

_vmids := {vmid | some vmid, _ in pve.vms; guesthooks.list[vmid]}

_at := sort([guesthooks.list[vmid].at | some vmid in _vmids])

findings contains {"at": _at, "vars": {
	"scripts": concat(", ", sort({guesthooks.list[vmid].path | some vmid in _vmids})),
	"vmids": pve.numbers(_vmids),
}} if {
	count(_vmids) > 0
}

carries contains c if some c in guesthooks.carries(_vmids)

settings contains {"at": _at, "option": option, "value": value} if {
	count(_vmids) > 0
	some [option, value] in [
		[["virtualisation", "libvirtd", "hooks", "qemu"], {"pve": "/etc/libvirt-hooks/pve"}],
		[["environment", "systemPackages"], [{"_ref": ["pkgs", name]} | some name in guesthooks.packages]],
		[["environment", "etc", "libvirt-hooks/pve", "mode"], "0755"],
		[["environment", "etc", "libvirt-hooks/pve", "text"], concat("\n", _adapter)],
	]
}

# Names of domains and paths have passed their patterns.
_adapter := array.flatten([
	"#!/bin/sh",
	"# pve DOMAIN OPERATION …: the hook scripts of PVE, at the moments that libvirt knows.",
	"PATH=/run/wrappers/bin:/run/current-system/sw/bin",
	"cat >/dev/null",
	"case $1 in",
	[sprintf("%s) vmid=%d script=%s ;;", [domains.name(vmid), vmid, guesthooks.list[vmid].path]) | some vmid in sort(_vmids)],
	"*) exit 0 ;;",
	"esac",
	"case $2 in",
	"prepare) phase=pre-start ;;",
	"started) phase=post-start ;;",
	"release) phase=post-stop ;;",
	"pre-stop) phase=pre-stop ;;", # of libvirt-shutdown
	"*) exit 0 ;;",
	"esac",
	guesthooks.functions,
	`logger -t pve-hook "$vmid: $script $phase"`,
	`hook "$script" "$vmid" "$phase" && exit`,
	`logger -t pve-hook "$vmid: $script $phase failed"`,
	`test "$phase" != pre-start`,
	"",
])
