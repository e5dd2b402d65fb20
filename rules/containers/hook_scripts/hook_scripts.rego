# METADATA
# scope: package
# title: "Units of containers run their hook scripts: {scripts}"
# description: |
#  PVE runs {scripts} on the host at each start and stop of {vmids}. The unit
#  lxc-VMID does so at the same four moments, with the same arguments, and with
#  the interpreter that the first line names. Programs that the script calls by
#  a path of Debian are not there, and pct and pvesh know nothing of the
#  container: a script that fails at pre-start keeps it down. A shutdown from
#  inside has no pre-stop, on PVE as here.
# custom:
#  id: PVE-CT-033
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: hook script of a container
#  equivalent: systemd.services.<name>.preStart
#  account: none
#  workaround: |
#   Read the script. Call programs without a path, and give those that are
#   missing to systemd.services.lxc-VMID.path; bash, perl, python3, iproute2,
#   util-linux, kmod, pciutils and procps are there. In place of pct use
#   `lxc-attach -n VMID` and `lxc-info -n VMID`.
#  test:
#   before: |
#    `grep -H hookscript /etc/pve/lxc/*.conf` on PVE prints the scripts.
#   after: |
#    `journalctl -u lxc-VMID` on the trial system shows what the script prints
#    at each phase, and what it sets up is there.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html
#   - https://git.proxmox.com/?p=pve-guest-common.git;a=blob;f=src/PVE/GuestHelpers.pm
package rules.containers.hook_scripts

import data.lib.guesthooks
import data.lib.lxc
import data.lib.pve

_vmids := {vmid | some vmid in lxc.ready; guesthooks.list[vmid]}

_at := sort([guesthooks.list[vmid].at | some vmid in _vmids])

findings contains {"at": _at, "vars": {
	"scripts": concat(", ", sort({guesthooks.list[vmid].path | some vmid in _vmids})),
	"vmids": pve.numbers(_vmids),
}} if {
	count(_vmids) > 0
}

carries contains c if some c in guesthooks.carries(_vmids)

bridges contains {"at": [guesthooks.list[vmid].at], "bridge": "container", "params": {"vmid": vmid, "script": guesthooks.list[vmid].path}} if some vmid in _vmids
