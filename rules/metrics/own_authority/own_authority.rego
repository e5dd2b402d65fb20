# METADATA
# scope: package
# title: "The metric server {server} is checked against an authority that NixOS does not know"
# description: |
#  pvestatd sends to {server} over HTTPS and checks its certificate, and this host trusts
#  authorities of its own ({authorities}), as hosts do whose servers have certificates of the
#  house. Until the authority is in NixOS's store each update fails. pvestatd writes a line
#  every ten seconds and goes on; the gap is seen in the dashboard only.
# custom:
#  id: PVE-MET-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: external metric servers
#  equivalent: security.pki.certificateFiles
#  account: none
#  workaround: |
#   Copy the certificate of the authority beside the configuration and name it in
#   security.pki.certificateFiles. Do not set verify-certificate to 0 for it; the token would
#   go to whoever answers.
#  test:
#   before: |
#    `pvesh get /cluster/metrics/server/{server}` prints influxdbproto https and no
#    verify-certificate 0.
#   after: |
#    `curl -sI https://NAME:PORT/health` without -k prints a status on the trial system, and
#    `journalctl -u pvestatd` prints no "metrics send error".
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#external_metric_server
#   - https://search.nixos.org/options?query=security.pki.certificateFiles
package rules.metrics.own_authority

import data.lib.certificates
import data.lib.facts

_https := {"influxdb": "influxdbproto", "opentelemetry": "otel-protocol"}

_defaults := {"influxdb": "udp", "opentelemetry": "https"}

_verify := {"influxdb": "verify-certificate", "opentelemetry": "otel-verify-ssl"}

_public(text) if regex.match(`(^|\.)(influxdata\.com|grafana\.net|datadoghq\.(com|eu)|newrelic\.com)$`, text)

findings contains {"at": sort({at} | object.keys(certificates.trusted)), "vars": {
	"server": s.id,
	"authorities": concat(", ", sort([c.subject | some c in certificates.trusted])),
}} if {
	count(certificates.trusted) > 0
	some i, s in input.metrics
	at := sprintf("/metrics/%d", [i])
	properties := facts.section_properties(s, at)
	object.get(properties, [_https[s.type], "property", "value"], _defaults[s.type]) == "https"
	facts.truthy(object.get(properties, [_verify[s.type], "property", "value"], "1"))
	not facts.truthy(object.get(properties, ["disable", "property", "value"], "0"))
	not _public(object.get(properties, ["server", "property", "value"], ""))
}
