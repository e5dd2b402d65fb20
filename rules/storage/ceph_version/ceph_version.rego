# METADATA
# scope: package
# title: Ceph of NixOS has another major version than the cluster
# description: |
#  The daemons of this host are Ceph {have}; NixOS {release} brings {want}.
#  A daemon that is newer upgrades its store and cannot go back to PVE; one
#  that is older does not start on a store that a newer one has written.
#  Monitors of two majors may lose their quorum.
# custom:
#  id: PVE-STO-022
#  kind: pitfall
#  category: package
#  severity: critical
#  component: Ceph
#  equivalent: pkgs.ceph
#  account: none
#  inhibits: refuse
#  workaround: |
#   Bring the whole cluster to Ceph {want} under PVE first (`pveceph`
#   documentation, one major at a time), or choose a release of NixOS with
#   the same major. Then convert OSD nodes before monitors.
#  test:
#   before: |
#    `ceph versions` prints {have} for all daemons.
#   after: |
#    `ceph versions` prints one major for all daemons before the conversion
#    and after each node.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/releases/
#   - https://search.nixos.org/packages?query=ceph
package rules.storage.ceph_version

import data.lib.facts
import data.lib.release

findings contains _one

inhibits contains _one

_one := {"at": [p.at], "vars": {"have": have, "want": release.ceph, "release": release.current}} if {
	count(input.storage.ceph.daemons) > 0
	p := facts.packages["ceph-common"]
	have := release.major(p.package.version)
	have != release.ceph
}
