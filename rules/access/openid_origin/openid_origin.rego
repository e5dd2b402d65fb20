# METADATA
# scope: package
# title: "Single sign-on of {realm} returns to a port that nobody serves"
# description: |
#  People open PVE through {server}, and the provider of {realm} knows that URL as the only
#  place to return to. Without the reverse proxy they open https://HOST:8006 instead; PVE
#  sends that origin as redirect URL, and the provider refuses it with "invalid redirect
#  URI". Nobody of the realm can log in, and the log of PVE shows nothing.
# custom:
#  id: PVE-ACC-021
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: OpenID Connect realms
#  account: none
#  workaround: |
#   Set up the reverse proxy on NixOS before the trial (services.nginx.virtualHosts with
#   proxyWebsockets), or add https://HOST:8006 to the redirect URIs of the client at the
#   provider. Keep a login of the realm pve or pam.
#  test:
#   before: |
#    `pvesh create /access/openid/auth-url --realm {realm} --redirect-url https://HOST:8006`
#    prints a URL; opening it ends in an error page of the provider.
#   after: |
#    The URL that `pvesh create /access/openid/auth-url --realm {realm} --redirect-url
#    ORIGIN` prints on the trial system, with the origin people use, leads back to PVE and
#    ends in a session.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_openid
#   - https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
package rules.access.openid_origin

import data.lib.configfiles

_proxies contains p.at if some p in configfiles.web_proxies

findings contains {"at": sort(_proxies | {sprintf("/access/realms/%d", [i])}), "vars": {"realm": r.id, "server": concat(" and ", sort({p.server | some p in configfiles.web_proxies}))}} if {
	count(_proxies) > 0
	some i, r in input.access.realms
	r.type == "openid"
}
