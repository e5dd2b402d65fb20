# METADATA
# scope: package
# title: "The server of the realm {realm} is a guest of this host"
# description: |
#  The realm {realm} asks {server}, which is guest {guest} of this very host. While the guest
#  is down, before its start on the trial system or because it does not start there, nobody
#  of the realm can log in to find out why. It is the moment at which the people who know the
#  guests are needed.
# custom:
#  id: PVE-ACC-020
#  kind: pitfall
#  category: feature
#  severity: major
#  component: authentication realms
#  account: none
#  workaround: |
#   Have root@pam or a user of the realm pve with the role Administrator ready, log in with
#   it once on PVE, and give the guest an early place in the start order (`qm set NUMBER
#   --startup order=1,up=60`, for a container `pct set`).
#  test:
#   before: |
#    `pvesh get /access/domains/{realm}` prints the server, and its address is that of guest
#    {guest}.
#   after: |
#    With the guest stopped, `pvesh create /access/ticket --username root@pam --password
#    SECRET` prints a ticket on the trial system.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_authentication_realms
package rules.access.directory_is_guest

import data.lib.named

_keys := {"server1", "server2", "issuer-url"}

_servers[i] contains {"key": p.key, "host": named.host(p.value), "at": sprintf("/access/realms/%d/properties/%d", [i, j])} if {
	some i, r in input.access.realms
	r.type in {"ldap", "ad", "openid"}
	some j, p in r.properties
	p.key in _keys
}

_elsewhere(i) if {
	some s in _servers[i]
	not named.guest(s.host)
}

findings contains {"at": sort([s.at | some s in servers]), "vars": {"realm": input.access.realms[i].id, "server": first.host, "guest": named.title(named.guest(first.host))}} if {
	some i, servers in _servers
	not _elsewhere(i)
	first := [s | some key in ["server1", "issuer-url"]; some s in servers; s.key == key][0]
}
