# METADATA
# scope: package
# title: "Logins of the realm {realm} depend on servers of Yubico"
# description: |
#  The realm {realm} demands a one-time password of a Yubikey, which PVE sends to {url} to be
#  checked. On a trial system without name resolution, proxy or way to that server every user
#  of the realm is refused with the right password and the right key, and the log blames the
#  second factor.
# custom:
#  id: PVE-ACC-010
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: two-factor authentication
#  account: none
#  workaround: |
#   Bring the network and the proxy (datacenter.cfg, http_proxy) up first and log in as
#   root@pam of a realm without this demand. WebAuthn with the same key needs no server.
#  test:
#   before: |
#    `grep -A9 "{realm}" /etc/pve/domains.cfg` prints a line tfa type=yubico.
#   after: |
#    On the trial system `curl -sI {url}` prints a status line, and a user of {realm} logs in
#    with the key.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tfa_auth
package rules.access.yubico

import data.lib.facts

_url(p) := facts.field(p, "url") if facts.field(p, "url")

_url(p) := "https://api.yubico.com" if not facts.field(p, "url")

# A name may hold an @ of its own.
_used contains regex.replace(u.id, `^.*@`, "") if {
	some u in input.access.users
	u.enabled
}

findings contains {"at": [sprintf("/access/realms/%d/properties/%d", [i, j])], "vars": {"realm": r.id, "url": _url(p)}} if {
	some i, r in input.access.realms
	some j, p in r.properties
	p.key == "tfa"
	facts.field(p, "type") == "yubico"
	r.id in _used
}
