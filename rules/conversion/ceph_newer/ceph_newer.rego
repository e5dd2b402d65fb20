# METADATA
# scope: package
# title: "NixOS {release} brings Ceph {target}, and the cluster runs {current}"
# description: |
#  Daemons of this host start with Ceph {target} in the trial, those of the other nodes are
#  of {current}. An OSD or a monitor of a newer major changes its data at the first start,
#  and the older one refuses it: after a fallback to PVE the daemons of this host do not
#  come up again. That is no trial any more.
# custom:
#  id: PVE-CNV-015
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: Ceph
#  account: none
#  inhibits: refuse
#  workaround: |
#   Upgrade Ceph to {target} on all nodes with PVE first, monitors before managers before
#   OSDs, and set `ceph osd require-osd-release` when all are done. Then capture again. Or
#   choose a release of NixOS with the major that runs, or take this host's daemons out of
#   Ceph before the conversion.
#  test:
#   before: |
#    `ceph versions` prints {current} for some daemons.
#   after: |
#    `ceph versions` prints {target} for all daemons.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/releases/squid/#upgrading-from-reef-or-quincy
#   - https://pve.proxmox.com/wiki/Ceph_Reef_to_Squid
#   - https://github.com/NixOS/nixpkgs/blob/nixos-25.05/pkgs/tools/filesystems/ceph/default.nix
package rules.conversion.ceph_newer

import data.lib.facts
import data.lib.release

_majors contains m if {
	some v in input.storage.ceph.versions
	v.daemon in {"mds", "mgr", "mon", "osd"}
	m := release.major(v.version)
}

# Without an answer of the cluster, the package that its daemons come from.
_majors contains m if {
	count(input.storage.ceph.versions) == 0
	m := release.major(facts.packages["ceph-base"].package.version)
}

_daemons := [sprintf("/storage/ceph/daemons/%d", [i]) | some i, _ in input.storage.ceph.daemons]

inhibits contains {"at": _daemons, "vars": {"release": release.current, "target": release.ceph, "current": min(_majors)}} if {
	count(_daemons) > 0
	min(_majors) < release.ceph
}
