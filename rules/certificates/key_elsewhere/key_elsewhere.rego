# METADATA
# scope: package
# title: The key of the web certificate lies outside of /etc/pve
# description: |
#  TLS_KEY_FILE in /etc/default/pveproxy names {path}. The certificate comes along in the
#  cluster database, the key does not, and neither does the file that names it. pveproxy then
#  falls back to the certificate of the cluster without an error; clients that pinned or
#  check the other one refuse the connection.
# custom:
#  id: PVE-CRT-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: certificate of the web interface
#  equivalent: environment.etc
#  account: none
#  workaround: |
#   Move the key into the cluster with `pvenode cert set /etc/pve/local/pveproxy-ssl.pem
#   {path} --force` and take the line out, or copy the key to the same path, readable for
#   www-data, and place /etc/default/pveproxy with environment.etc."default/pveproxy".text.
#  test:
#   before: |
#    `grep TLS_KEY_FILE /etc/default/pveproxy` prints the line.
#   after: |
#    `echo | openssl s_client -connect HOST:8006 2>/dev/null | openssl x509 -fingerprint
#    -noout` prints the same on PVE and on the trial system.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/pveproxy.8.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/Service/pveproxy.pm
package rules.certificates.key_elsewhere

import data.lib.certificates
import data.lib.configfiles

findings contains {"at": [line.at], "vars": {"path": line.value}} if {
	certificates.web
	lines := configfiles.lines("/etc/default/pveproxy", "TLS_KEY_FILE")
	line := lines[count(lines) - 1]
	startswith(line.value, "/")
	not startswith(line.value, "/etc/pve/")
}
