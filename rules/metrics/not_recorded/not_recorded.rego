# METADATA
# scope: package
# title: Nobody records what host and guests use
# description: |
#  pvestatd measures processor, memory, network and disks of host and guests every ten seconds,
#  and the web interface draws a year of it. Both go with PVE. The new system knows what a guest uses at this
#  moment and keeps nothing: whether it is slower than before, or when memory ran out last
#  night, cannot be seen. The old graphs stay in /var/lib/rrdcached on PVE's root.
# custom:
#  id: PVE-MET-005
#  kind: gap
#  category: feature
#  severity: minor
#  component: metrics
#  equivalent: services.prometheus
#  account: none
#  workaround: |
#   Set services.prometheus.exporters.node.enable; for guests of libvirt
#   services.prometheus.exporters.libvirt.enable, for those of Incus core.metrics_address, with
#   services.prometheus here or elsewhere. Take notes of the usual load before the conversion,
#   and keep a copy of /var/lib/rrdcached/db, which `rrdtool fetch` reads anywhere.
#  test:
#   before: |
#    `pvesh get /nodes/NODE/rrddata --timeframe week` prints values.
#   after: |
#    `curl -s localhost:9100/metrics | grep -c ^node_cpu` on the trial system prints a number, and
#    your server draws it.
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/pvestatd.8.html
#   - https://search.nixos.org/options?query=services.prometheus.exporters
#   - https://linuxcontainers.org/incus/docs/main/metrics/
package rules.metrics.not_recorded

import data.lib.facts

findings contains {"at": [facts.units["pvestatd.service"].at], "vars": {}} if "pvestatd.service" in facts.in_use
