# METADATA
# scope: package
# title: "Security keys work under {id} only"
# description: |
#  datacenter.cfg binds WebAuthn to {id}. A browser uses a registered key for that name only,
#  and where an origin is set (here {origin}) only for its scheme and port. Who opens the
#  trial system by its address, by another name or without the reverse proxy that stood
#  before PVE is asked for a key that the browser does not offer, and cannot log in.
# custom:
#  id: PVE-ACC-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: two-factor authentication
#  account: none
#  workaround: |
#   Open the trial system by the same URL as PVE (an entry in /etc/hosts of your own machine
#   is enough), and have every person make recovery keys before: Datacenter, Permissions, Two
#   Factor, Add, Recovery Keys.
#  test:
#   before: |
#    `grep webauthn /etc/pve/datacenter.cfg` prints id and origin; `pvesh get /access/tfa`
#    lists users with an entry of type webauthn.
#   after: |
#    A login with the key works on the trial system under that URL, and `pvesh get
#    /access/tfa` lists an entry of type recovery for each of these users.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_configure_webauthn
#   - https://www.w3.org/TR/webauthn-2/#relying-party-identifier
package rules.access.webauthn

import data.lib.facts

_with_second_factor if {
	some u in input.access.users
	u.enabled
	u.two_factor
}

findings contains {"at": [sprintf("/datacenter/options/%d", [i])], "vars": {"id": id, "origin": origin}} if {
	some i, p in input.datacenter.options
	p.key == "webauthn"
	_with_second_factor
	id := facts.field(p, "id")
	origin := _origin(p)
}

_origin(p) := facts.field(p, "origin") if facts.field(p, "origin")

_origin(p) := "none" if not facts.field(p, "origin")
