# METADATA
# scope: package
# title: Something elsewhere pushes the web certificate to this host
# description: |
#  The web interface presents a certificate for {names}, and this node orders none. A
#  wildcard comes from another machine, which copies each new one here, over ssh as root or
#  with an API token, and then restarts pveproxy. That program meets another host key,
#  another shell, no apt, and `systemctl` and `pvenode` at other paths; when it fails,
#  nothing on this host says so until the certificate ends.
# custom:
#  id: PVE-CRT-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: certificate of the web interface
#  account: none
#  workaround: |
#   Find what delivers it (the log of sshd or /var/log/pveproxy/access.log around the date of
#   the file), let it call `pvenode cert set` by name instead of a path, and run it once
#   against the trial system.
#  test:
#   before: |
#    `openssl x509 -noout -ext subjectAltName -in /etc/pve/local/pveproxy-ssl.pem` prints a
#    name with a star; `pvenode config get` prints no acme line.
#   after: |
#    After a run of the delivering program `openssl x509 -noout -startdate -in
#    /etc/pve/local/pveproxy-ssl.pem` on the trial system prints today's date or the program
#    reports that nothing is new.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certs_upload_custom
package rules.certificates.pushed

import data.lib.certificates

findings contains {"at": [certificates.web.at], "vars": {"names": concat(", ", sort(certificates.web.certificate.names))}} if {
	some name in certificates.web.certificate.names
	startswith(name, "*.")
	count(certificates.orders) == 0
}
