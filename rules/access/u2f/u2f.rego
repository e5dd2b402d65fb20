# METADATA
# scope: package
# title: Old U2F keys open no browser any more
# description: |
#  datacenter.cfg still sets up U2F ({appid}). Chrome dropped the U2F interface in version 98
#  and Firefox in 112; people with such a key get in only while they have a session, another
#  factor or an old browser. The conversion ends all sessions, so that is when they notice.
#  PVE takes the keys for WebAuthn only after webauthn is set up for the same name.
# custom:
#  id: PVE-ACC-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: two-factor authentication
#  account: none
#  workaround: |
#   Set WebAuthn in Datacenter, Options, with the same name, let each person register the key
#   again (or add TOTP or recovery keys), and remove the line u2f.
#  test:
#   before: |
#    `grep u2f /etc/pve/datacenter.cfg` prints the line and `pvesh get /access/tfa` shows
#    entries of type u2f.
#   after: |
#    `pvesh get /access/tfa` shows webauthn, totp or recovery for every such user, and each
#    has logged in once in a private window.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_configure_u2f
#   - https://developer.chrome.com/blog/deps-rems-95
package rules.access.u2f

import data.lib.facts

_with_second_factor if {
	some u in input.access.users
	u.enabled
	u.two_factor
}

# The identity of the keys is the origin where nothing else is said.
_appid(p) := facts.field(p, "appid") if {
	facts.field(p, "appid")
} else := facts.field(p, "origin") if {
	facts.field(p, "origin")
} else := "no appid"

_webauthn if {
	some p in input.datacenter.options
	p.key == "webauthn"
}

findings contains {"at": [sprintf("/datacenter/options/%d", [i])], "vars": {"appid": _appid(p)}} if {
	some i, p in input.datacenter.options
	p.key == "u2f"
	_with_second_factor
	not _webauthn
}
