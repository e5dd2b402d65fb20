# METADATA
# scope: package
# title: "pvestatd waits for the metric server in guest {guest}"
# description: |
#  The metric server {server} is guest {guest} of this host and is spoken to over {proto}.
#  pvestatd, which also keeps the state of storages and guests fresh, waits for that
#  connection in each round. While the guest is down, at the start of the trial system for
#  example, rounds take longer than their ten seconds, and the web interface shows grey
#  question marks at storages and guests that are fine.
# custom:
#  id: PVE-MET-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: external metric servers
#  account: none
#  workaround: |
#   Set a short timeout (`pvesh set /cluster/metrics/server/{server} --timeout 1`), or
#   disable the server for the trial (`--disable 1`). UDP does not wait.
#  test:
#   before: |
#    `pvesh get /cluster/metrics/server/{server}` prints the server; with the guest stopped,
#    `journalctl -u pvestatd` prints "status update time" with more than ten seconds.
#   after: |
#    On the trial system with the guest stopped, `journalctl -b -u pvestatd` prints no
#    "status update time" above ten seconds.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#external_metric_server
#   - https://git.proxmox.com/?p=pve-manager.git;a=tree;f=PVE/Status
package rules.metrics.server_is_guest

import data.lib.facts
import data.lib.named

_keys := {"influxdb": "influxdbproto", "graphite": "proto", "opentelemetry": "otel-protocol"}

_defaults := {"influxdb": "udp", "graphite": "udp", "opentelemetry": "https"}

findings contains {"at": [at], "vars": {"server": s.id, "guest": named.title(vmid), "proto": proto}} if {
	data.target == "proxmox"
	some i, s in input.metrics
	at := sprintf("/metrics/%d", [i])
	properties := facts.section_properties(s, at)
	not facts.truthy(object.get(properties, ["disable", "property", "value"], "0"))
	proto := object.get(properties, [_keys[s.type], "property", "value"], _defaults[s.type])
	proto != "udp"
	vmid := named.guest(properties.server.property.value)
}
