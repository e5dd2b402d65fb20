# METADATA
# scope: package
# title: Port 80 of this host has to answer for its certificates
# description: |
#  The node orders certificates for {names} by the HTTP challenge. For that PVE starts a web
#  server on port 80 for some seconds, on NixOS as before, and the authority must reach it
#  from outside. Web servers of this host that hold the port as soon as their modules are on:
#  {rival}. Where PVE's firewall is on, the translated rules decide who gets in. A
#  certificate that cannot be ordered is noticed only when the old one has ended.
# custom:
#  id: PVE-CRT-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: ACME
#  account: none
#  workaround: |
#   Keep port 80 free and open for the order, or go over to a DNS challenge (Datacenter,
#   ACME, Challenge Plugins; `pvenode config set --acmedomain0 domain=NAME,plugin=ID`). Where
#   a web server of NixOS holds port 80, let security.acme order the certificate and hand it
#   over with `pvenode cert set`.
#  test:
#   before: |
#    `pvenode config get` prints domains without plugin; `ss -ltn sport = :80` shows what
#    listens.
#   after: |
#    On the trial system `pvenode acme cert order --force 1` ends in TASK OK.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certs_acme_http
#   - https://letsencrypt.org/docs/challenge-types/
package rules.certificates.challenge_port

import data.lib.certificates
import data.lib.facts

_standalone[at] := o if {
	some at, o in certificates.orders
	o.plugin == "standalone"
}

_servers contains name if {
	some name in ["nginx", "apache2", "haproxy", "caddy", "lighttpd", "traefik"]
	sprintf("%s.service", [name]) in facts.in_use
}

_rival := concat(", ", sort(_servers)) if {
	count(_servers) > 0
} else := "none"

findings contains {"at": sort(object.keys(_standalone)), "vars": {
	"names": concat(", ", sort({name | some o in _standalone; some name in o.names})),
	"rival": _rival,
}} if {
	count(_standalone) > 0
}
