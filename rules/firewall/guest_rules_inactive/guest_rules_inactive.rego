# METADATA
# scope: package
# title: Firewall files of guests that do not act
# description: |
#  The firewall of the datacenter is on, but that of guests {guests} is not: its own
#  switch is off, or none of the guest's network cards has the firewall set. Their
#  rules filter nothing on PVE either.
# custom:
#  id: PVE-FW-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: firewall of guests
#  account: review
#  workaround: |
#   Decide whether these rules are meant to hold. If so, put them into the guest; if
#   not, delete them in the guest's firewall panel.
#  test:
#   before: |
#    `grep -L '^enable: 1' /etc/pve/firewall/*.fw` prints the guest's file, or `qm
#    config VMID | grep -c firewall=1` prints 0.
#   after: |
#    `ls /etc/pve/firewall` prints no file of the guest, or `pve-firewall compile`
#    prints a chain tapVMIDi0-IN for it.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.guest_rules_inactive

import data.lib.facts
import data.lib.firewall
import data.lib.guestfilters

_idle[f.name] contains nodes if {
	firewall.guests_on
	some i, f in input.network.firewall
	f.scope == "guest"
	_here[f.name]
	not f.name in quiet
	nodes := firewall.file_nodes(f, sprintf("/network/firewall/%d", [i]))
	count(nodes) > 0
	not f.name in guestfilters.active
}

# METADATA
# title: Guests whose file says nothing but that the firewall is off
# description: It stays behind when somebody has looked at the switch.
quiet := {f.name |
	some f in input.network.firewall
	f.scope == "guest"
	_here[f.name]
	(count(f.rules) + count(f.ipsets)) + count(f.aliases) == 0
	count([p | some p in f.options; p.key == "enable"; p.value == "1"]) == 0
}

_here[sprintf("%d", [vmid])] := true if some vmid, _ in facts.guests

findings contains {"at": sort(union({n | some all in _idle; some n in all})), "vars": {"guests": concat(", ", sort(object.keys(_idle)))}} if {
	count(_idle) > 0
}
