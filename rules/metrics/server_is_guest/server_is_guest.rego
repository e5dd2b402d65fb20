# METADATA
# scope: package
# title: "pvestatd waits for the metric server in guest {guest}"
# description: |
#  The metric server {server} is guest {guest} of this host and is spoken to over {proto}.
#  pvestatd, which also keeps the state of storages and guests fresh, waits for that
#  connection four times in each round, {wait} seconds each time. While the guest is down, at
#  the start of the trial system for example, rounds take longer than their ten seconds, and
#  the web interface shows grey question marks at storages and guests that are fine.
# custom:
#  id: PVE-MET-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: external metric servers
#  account: none
#  workaround: |
#   Set a short timeout (`pvesh set /cluster/metrics/server/{server} --{option} 1`), or
#   disable the server for the trial (`--disable 1`). UDP does not wait.
#  test:
#   before: |
#    `pvesh get /cluster/metrics/server/{server}` prints the server; with the guest stopped,
#    `journalctl -u pvestatd` prints "status update time" with more than ten seconds.
#   after: |
#    On the trial system with the guest stopped, `journalctl -b -u pvestatd` prints no
#    "status update time" above ten seconds.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#external_metric_server
#   - https://git.proxmox.com/?p=pve-manager.git;a=tree;f=PVE/Status
package rules.metrics.server_is_guest

import data.lib.facts
import data.lib.named

_keys := {"influxdb": "influxdbproto", "graphite": "proto", "opentelemetry": "otel-protocol"}

_defaults := {"influxdb": "udp", "graphite": "udp", "opentelemetry": "https"}

_timeouts := {"influxdb": "timeout", "graphite": "timeout", "opentelemetry": "otel-timeout"}

_seconds := {"influxdb": "1", "graphite": "1", "opentelemetry": "5"}

# Node, machines, containers and storages are sent one after the other; a round has ten seconds.
_most := 2

findings contains {"at": [at], "vars": {
	"server": s.id,
	"guest": named.title(vmid),
	"proto": proto,
	"wait": wait,
	"option": _timeouts[s.type],
}} if {
	some i, s in input.metrics
	at := sprintf("/metrics/%d", [i])
	properties := facts.section_properties(s, at)
	not facts.truthy(object.get(properties, ["disable", "property", "value"], "0"))
	proto := object.get(properties, [_keys[s.type], "property", "value"], _defaults[s.type])
	proto != "udp"
	seconds := object.get(properties, [_timeouts[s.type], "property", "value"], _seconds[s.type])
	regex.match(`^[0-9]{1,4}$`, seconds)
	wait := to_number(seconds)
	wait > _most
	vmid := named.guest(properties.server.property.value)
}
