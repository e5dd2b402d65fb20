# METADATA
# scope: package
# title: "Daemons of Ceph run in several versions: {versions}"
# description: |
#  An upgrade of the cluster is not finished, or daemons were not restarted
#  after it. NixOS starts the daemons of this host in the one version of its
#  release, a third one in the cluster. Monitors and OSDs refuse peers that
#  are too old as soon as require-osd-release is raised.
# custom:
#  id: PVE-STO-066
#  kind: pitfall
#  category: service
#  severity: major
#  component: Ceph
#  equivalent: pkgs.ceph
#  account: none
#  workaround: |
#   Finish the upgrade under PVE: restart monitors, managers, OSDs and
#   metadata servers in this order until one version is left, then `ceph osd
#   require-osd-release NAME` as the guide of the upgrade says.
#  test:
#   before: |
#    `ceph versions` on PVE prints {versions}.
#   after: |
#    The part "overall" of `ceph versions` has one line before the first node
#    is converted.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/releases/
#   - https://pve.proxmox.com/wiki/Ceph_Reef_to_Squid
package rules.storage.ceph_mixed

_versions := {v.version | some v in input.storage.ceph.versions}

findings contains {"at": sort([sprintf("/storage/ceph/versions/%d", [i]) | some i, _ in input.storage.ceph.versions]), "vars": {"versions": concat(", ", sort(_versions))}} if {
	count(_versions) > 1
}
