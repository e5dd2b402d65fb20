# METADATA
# scope: package
# title: "The node's certificate is not for {missing}"
# description: |
#  The host is called {host} and answers at {address}, but its certificate was made for
#  {names}. It dates from before a new name or address. services.proxmox-ve.ipAddress states
#  the present address in the new system, and SPICE, remote migration and clients that check
#  names refuse a certificate that does not have it.
# custom:
#  id: PVE-CRT-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: certificates of the cluster
#  account: none
#  workaround: |
#   Make a new one on PVE: `pvecm updatecerts --force && systemctl restart pveproxy
#   spiceproxy`. Then renew fingerprints that others pinned (remotes, PBS, backup products).
#  test:
#   before: |
#    `openssl x509 -noout -ext subjectAltName -in /etc/pve/local/pve-ssl.pem` prints names
#    without {missing}.
#   after: |
#    `openssl x509 -noout -ext subjectAltName -in /etc/pve/local/pve-ssl.pem` prints
#    {missing} on PVE and on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Certificate_Management
#   - https://git.proxmox.com/?p=pve-cluster.git;a=blob;f=src/PVE/Cluster/Setup.pm
package rules.certificates.node_names

import data.lib.certificates
import data.lib.facts
import data.lib.pve

_names := {lower(name) | some name in certificates.node.certificate.names}

_wanted contains lower(input.host.name)

_wanted contains pve.address.address if regex.match(`^[0-9]+(\.[0-9]+){3}$`, pve.address.address)

findings contains {"at": sort([certificates.node.at, pve.address.at]), "vars": {
	"host": input.host.name,
	"address": pve.address.address,
	"names": concat(", ", sort(_names)),
	"missing": concat(" and ", sort(missing)),
}} if {
	facts.packages["pve-manager"]
	count(_names) > 0
	missing := _wanted - _names
	count(missing) > 0
}
