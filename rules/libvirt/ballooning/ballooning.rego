# METADATA
# scope: package
# title: "A unit takes memory back from guests: {vmids}"
# description: |
#  {vmids} may be shrunk: PVE's pvestatd takes memory back down to balloon when
#  more than four fifths of the host are in use, and gives it back when there is
#  room. libvirt moves a balloon only when told, so the unit libvirt-balloon does
#  it, every ten seconds, 100 MiB at most for each guest. It treats all of them
#  alike: shares are not weighed. Where the unit does not run, guests keep all of
#  their memory, and a host that lent more than it has runs out.
# custom:
#  id: PVE-LV-006
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: ballooning of VMs
#  equivalent: systemd.services.<name>.script
#  account: none
#  workaround: |
#   A guest that shall keep its memory gets balloon = memory on PVE (`qm set VMID
#   --balloon MIB`), or is started with its memory as the least. zramSwap.enable
#   gives room for peaks.
#  test:
#   before: |
#    `qm config VMID | grep -e balloon -e shares` on PVE prints a value that is not
#    0.
#   after: |
#    `systemctl is-active libvirt-balloon` on the trial system prints active, and
#    `virsh dommemstat NAME` a line actual between balloon and memory.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_memory
#   - https://libvirt.org/formatdomain.html#memory-balloon-device
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/Service/pvestatd.pm
package rules.libvirt.ballooning

import data.lib.domains
import data.lib.pve

_vms[vmid] := at if {
	some vmid, g in pve.vms
	_lent(g)
	at := domains.at(g, ["balloon", "shares"])
}

_lent(g) if {
	n := domains.number(g, "balloon")
	n > 0
	n < domains.memory(g)
	not _fixed(g)
}

# Who has no weight is left alone.
_fixed(g) if domains.value(g, "shares") == "0"

_at := sort([pointer | some at in _vms; some pointer in at])

settings contains {"at": _at, "option": ["systemd", "services", "libvirt-balloon", key], "value": value} if {
	count(_vms) > 0
	some key, value in {
		"description": "Memory of guests, as much as the host can spare",
		"wantedBy": ["multi-user.target"],
		"wants": ["libvirtd.socket"],
		"after": ["libvirtd.socket", "libvirtd-config.service"],
		"path": [{"_ref": ["pkgs", "libvirt"]}],
		"environment": {"LC_ALL": "C", "LIBVIRT_DEFAULT_URI": "qemu:///system"},
		"serviceConfig": {"Restart": "always", "RestartSec": 10},
		"script": concat("\n", array.flatten([
			_script,
			[sprintf("  aim %s %d %d", [domains.name(vmid), domains.number(g, "balloon") * 1024, domains.memory(g) * 1024]) | some vmid, _ in _vms; g := domains.list[vmid]],
			"done\n",
		])),
	}
}

# A fifth of the host stays free, as PVE has it; numbers are in KiB.
_script := [
	"aim() { # domain, least, most",
	`  test "$(virsh domstate "$1")" = running || return 0`,
	`  now=$(virsh dommemstat "$1" | sed -n 's/^actual //p')`,
	`  test -n "$now" || return 0`,
	"  to=$((now + step))",
	`  if test "$to" -lt "$2"; then to=$2; fi`,
	`  if test "$to" -gt "$3"; then to=$3; fi`,
	`  test "$to" = "$now" || virsh setmem "$1" "$to" --live || true`,
	"}",
	"while sleep 10; do",
	`  total=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)`,
	`  available=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)`,
	sprintf("  step=$(((available - total / 5) / %d))", [count(_vms)]),
	`  test "${step#-}" -gt 10240 || continue`,
	`  if test "$step" -gt 102400; then step=102400; fi`,
	`  if test "$step" -lt -102400; then step=-102400; fi`,
]

findings contains {"at": _at, "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
