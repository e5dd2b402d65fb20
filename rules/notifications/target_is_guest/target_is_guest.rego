# METADATA
# scope: package
# title: "Messages about this host go through guest {guest}"
# description: |
#  The target {target} sends to {server}, which is guest {guest} of this host. When the host
#  or its storage has a fault, or the guest does not start on the trial system, the message
#  about it has nowhere to go. proxmox-notify has no queue; it tries once.
# custom:
#  id: PVE-NTF-005
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notifications
#  account: none
#  workaround: |
#   Add a second target outside of this host (smtp at the provider, a webhook) to the same
#   matcher, for errors at least.
#  test:
#   before: |
#    `pvesh get /cluster/notifications/targets` prints only targets whose server is a guest
#    here.
#   after: |
#    With guest {guest} stopped, `pvesh create /cluster/notifications/targets/NAME/test` for
#    the second target ends without an error on the trial system.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
package rules.notifications.target_is_guest

import data.lib.named
import data.lib.notices

_keys := {"server", "url"}

_guest[at] := {"target": s.id, "server": host, "guest": named.title(named.guest(host))} if {
	some at, s in notices.reached
	s.type in {"smtp", "gotify", "webhook"}
	host := [named.host(p.value) | some p in s.properties; p.key in _keys][0]
	named.guest(host)
}

# What this host's own mail server takes ends in the same place when its relay is a guest.
_relayed[at] := s.id if {
	some at, s in notices.reached
	_by_own_server(s)
	some p in input.system.mail
	p.key == "relayhost"
	named.guest(named.host(p.value))
}

_by_own_server(s) if s.type == "sendmail"

_by_own_server(s) if {
	s.type == "smtp"
	some p in s.properties
	p.key == "server"
	p.value in {"localhost", "127.0.0.1", "::1", input.host.name}
}

findings contains {"at": [at], "vars": vars} if {
	count(object.keys(_guest) | object.keys(_relayed)) == count(notices.reached)
	some at, vars in _guest
}
