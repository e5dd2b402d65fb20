# METADATA
# scope: package
# title: "The target {target} speaks to a mail server on this host"
# description: |
#  The SMTP target {target} sends to {server}, that is to the mail server of this host
#  itself. Postfix of NixOS starts with the lines that were taken over, but its tables with
#  passwords, its aliases and its certificates are not in place at the first boot. With the
#  modes tls and starttls (here {mode}) the connection also needs a certificate that Postfix
#  of NixOS has not. A message that is refused is lost; proxmox-notify has no queue.
# custom:
#  id: PVE-NTF-004
#  kind: pitfall
#  category: service
#  severity: minor
#  component: notifications
#  equivalent: services.postfix.enable
#  account: none
#  workaround: |
#   Set the target to port 25 and mode insecure for the local hop, or let it speak to the
#   relay itself (`pvesh set /cluster/notifications/endpoints/smtp/{target} --server RELAY
#   --mode starttls --username NAME --password SECRET`).
#  test:
#   before: |
#    `pvesh get /cluster/notifications/endpoints/smtp/{target}` prints {server} as server.
#   after: |
#    `pvesh create /cluster/notifications/targets/{target}/test` on the trial system ends
#    without an error and the mail arrives.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html#notification_targets_smtp
#   - https://search.nixos.org/options?query=services.postfix
package rules.notifications.own_relay

import data.lib.facts
import data.lib.notices

findings contains {"at": [at], "vars": {"target": s.id, "server": server, "mode": object.get(properties, ["mode", "property", "value"], "tls")}} if {
	some at, s in notices.reached
	s.type == "smtp"
	properties := facts.section_properties(s, at)
	server := properties.server.property.value
	lower(server) in {"localhost", "127.0.0.1", "::1", "localhost.localdomain", lower(input.host.name)}
}
