# METADATA
# scope: package
# title: Guests are shut down in PVE's order
# description: |
#  When the host shuts down, guests are asked to shut down in the reverse of
#  their order of start, those of one place at the same time, those without a
#  place first. Each gets the time that PVE gives it, 180 seconds where nothing
#  is said, and is stopped hard after that. Hook scripts are called before. What runs beside them is left to
#  libvirt-guests, which comes after.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
#   - https://libvirt.org/manpages/libvirt-guests.html
#   - https://libvirt.org/manpages/virsh.html
package rules.libvirt.shutdown_order

import data.lib.domains
import data.lib.facts
import data.lib.guesthooks
import data.lib.lxc
import data.lib.pve

# Guests by their place.
_places[domains.order(g)] contains {"vmid": vmid, "down": _down(g)} if {
	some vmid, g in domains.list
	not pve.template(g)
}

_down(g) := n if {
	n := domains.whole(facts.field(g.config.startup.property, "down"))
	n <= 86400
} else := 180

_guests := sort({g.at | some vmid, g in domains.list; not pve.template(g)})

_at := array.concat(_guests, sort([g.config.startup.at | some vmid, g in domains.list; not pve.template(g)]))

_last_first := array.reverse(sort(object.keys(_places)))

settings contains {"at": _at, "option": array.concat(["systemd", "services", "libvirt-shutdown"], path), "value": value} if {
	count(_places) > 0
	some [path, value] in [
		[["description"], "Shutdown of domains in the order of PVE"],
		[["wantedBy"], ["multi-user.target"]],
		[["after"], array.concat(["libvirtd.service", "libvirt-guests.service", "network.target", "remote-fs.target"], sort([_container(vmid) | some vmid in lxc.beside.before]))],
		[["before"], sort([_container(vmid) | some vmid in lxc.beside.after])],
		[["path"], [{"_ref": ["pkgs", "libvirt"]}]],
		[["environment", "LIBVIRT_DEFAULT_URI"], "qemu:///system"],
		[["environment", "LC_ALL"], "C"],
		[["restartIfChanged"], false],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true, "TimeoutStopSec": 60 + sum([max({s.down | some s in _places[place]}) | some place in _last_first])}],
		[["preStop"], concat("\n", array.concat(array.flatten(_preamble), array.concat([_group(_places[place]) | some place in _last_first], [""])))],
	]
}

# The adapter is that of rules/libvirt/hook_scripts.
_hooked if {
	some vmid, _ in pve.vms
	guesthooks.list[vmid]
}

_container(vmid) := sprintf("lxc-%d.service", [vmid])

_group(list) := concat(" ", array.concat(["together"], [sprintf("%s:%d", [domains.name(s.vmid), s.down]) | some s in sort(list)]))

_preamble := [
	"together() { # name:seconds of guests that have the same place",
	"  waiting=()",
	"  for guest; do",
	`    test "$(virsh domstate "${guest%:*}")" = running || continue`,
	[`    /etc/libvirt-hooks/pve "${guest%:*}" pre-stop </dev/null || true` | _hooked],
	`    virsh shutdown "${guest%:*}" || true`,
	`    waiting+=("$guest")`,
	"  done",
	"  begin=$SECONDS",
	`  while test "${#waiting[@]}" -gt 0; do`,
	"    sleep 1",
	"    left=()",
	`    for guest in "${waiting[@]}"; do`,
	`      if test "$(virsh domstate "${guest%:*}")" != running; then`,
	"        continue",
	`      elif test "$((SECONDS - begin))" -ge "${guest##*:}"; then`,
	`        virsh destroy "${guest%:*}" || true`,
	"      else",
	`        left+=("$guest")`,
	"      fi",
	"    done",
	`    waiting=("${left[@]}")`,
	"  done",
	"}",
]
