# METADATA
# scope: package
# title: Metrics of host and guests are not sent any more
# description: |
#  PVE sends CPU, memory, disk and network of the node and of each guest to {servers}. That
#  is work of pvestatd, which a host with {target} has not. Dashboards go flat and alarms
#  that compare with a threshold do not fire, because no value is no high value.
# custom:
#  id: PVE-MET-001
#  kind: gap
#  category: feature
#  severity: minor
#  component: external metric servers
#  equivalent: services.telegraf.enable
#  account: none
#  workaround: |
#   On Incus let Prometheus scrape /1.0/metrics (`incus config set core.metrics_address
#   :8444`); on libvirt use services.prometheus.exporters.libvirt or the plugin virt of
#   collectd. services.telegraf sends the host's own to the same database. Set an alarm for
#   missing values.
#  test:
#   before: |
#    `pvesh get /cluster/metrics/server` on PVE prints the servers.
#   after: |
#    The database prints a value of the new source for each guest that is younger than five
#    minutes; on Incus `incus query /1.0/metrics` prints them.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#external_metric_server
#   - https://linuxcontainers.org/incus/docs/main/metrics/
#   - https://search.nixos.org/options?query=services.telegraf
package rules.metrics.not_sent

import data.lib.facts

_on[at] := s.id if {
	some i, s in input.metrics
	at := sprintf("/metrics/%d", [i])
	not _off(s)
}

_off(s) if {
	some p in s.properties
	p.key == "disable"
	facts.truthy(p.value)
}

findings contains {"at": sort(object.keys(_on)), "vars": {"servers": concat(", ", sort([id | some id in _on])), "target": data.target}} if {
	data.target != "proxmox"
	count(_on) > 0
}
