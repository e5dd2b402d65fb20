# METADATA
# scope: package
# title: Ceph binds to IPv6 and leaves IPv4 on
# description: |
#  ms_bind_ipv6 is true and ms_bind_ipv4 is not false. A daemon that starts
#  with both chooses by what the interface has at that moment. On NixOS the
#  network comes up in another order, and a daemon that binds to the family
#  that its peers do not use is up but cannot be reached.
# custom:
#  id: PVE-STO-069
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Ceph
#  account: none
#  workaround: |
#   Add `ms_bind_ipv4 = false` to [global] of /etc/pve/ceph.conf and restart
#   the daemons of one node after the other under PVE.
#  test:
#   before: |
#    `ceph-conf --lookup ms_bind_ipv4` on PVE prints nothing or true, and
#    `ceph-conf --lookup ms_bind_ipv6` true.
#   after: |
#    `ceph osd dump | grep addr` shows one family of addresses for all OSDs,
#    those of the trial system included.
#  phase: boot
#  sources:
#   - https://docs.ceph.com/en/latest/rados/configuration/msgr2/
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.storage.ceph_families

# Blanks and underscores are one; of a key that repeats, the last counts.
_values := object.union_n([{replace(p.key, " ", "_"): {"value": lower(p.value), "at": sprintf("/storage/ceph/config/%d", [i])}} |
	some i, p in input.storage.ceph.config
	startswith(p.key, "global.ms")
])

findings contains {"at": [_values["global.ms_bind_ipv6"].at], "vars": {}} if {
	_values["global.ms_bind_ipv6"].value in {"1", "on", "true", "yes"}
	not _four_off
}

_four_off if _values["global.ms_bind_ipv4"].value in {"0", "false", "no", "off"}
