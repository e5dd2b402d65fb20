# METADATA
# scope: package
# title: "The host takes its time from its own guest {guest}"
# description: |
#  All time servers of this host ({servers}) are guests that run on it. A guest gets its
#  clock from the host when it starts, and the host then follows the guest, so the two drift
#  together and nobody notices. At the first boot of the trial system no server answers until
#  the guest is up; logs, tickets and one-time passwords work with whatever the board's clock
#  said until then.
# custom:
#  id: PVE-TIME-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: time service
#  account: none
#  workaround: |
#   Give the host sources outside (the router, the provider, pool.ntp.org) in
#   services.chrony.servers, and let the guest take the time from the host.
#  test:
#   before: |
#    `chronyc sources` prints only names or addresses of guests of this host.
#   after: |
#    With the guests stopped, `chronyc sources` on the trial system prints "*" before a
#    server elsewhere.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#_time_synchronization
#   - https://chrony-project.org/faq.html
package rules.time.server_is_guest

import data.lib.named

_sources[sprintf("/system/ntp/%d", [i])] := hosts if {
	some i, p in input.system.ntp
	p.key in {"server", "pool", "peer"}
	hosts := {regex.split(`\s+`, trim_space(p.value))[0]}
}

_sources[sprintf("/system/ntp/%d", [i])] := hosts if {
	some i, p in input.system.ntp
	p.key in {"NTP", "FallbackNTP"}
	hosts := {h | some h in regex.split(`\s+`, trim_space(p.value))}
}

_hosts contains host if {
	some hosts in _sources
	some host in hosts
}

_vmids[named.guest(host)] contains host if some host in _hosts

# A clock at the host itself.
_own if {
	some p in input.system.ntp
	p.key == "refclock"
}

findings contains {"at": sort(object.keys(_sources)), "vars": {
	"guest": named.title(min(object.keys(_vmids))),
	"servers": concat(", ", sort(_hosts)),
}} if {
	count(_hosts) > 0
	count({h | some hosts in _vmids; some h in hosts}) == count(_hosts)
	not _own
}
