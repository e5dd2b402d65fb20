# METADATA
# scope: package
# title: "The repository is of Ceph {name}, and Ceph {have} is installed"
# description: |
#  The host uses Ceph, and its packages are of another major release than the repository that
#  is configured. An upgrade of Ceph was begun here and not ended, or ended on other nodes
#  only. The next update brings new daemons, in no order, beside the conversion, which brings
#  Ceph {want} of NixOS; Ceph supports neither to skip a release by accident nor to go back.
# custom:
#  id: PVE-PKG-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: package repositories
#  account: none
#  workaround: |
#   Bring Ceph to one release on all nodes first, as the upgrade notes of that release say,
#   until `ceph versions` lists one version for each kind of daemon and `ceph osd dump | grep
#   require_osd_release` names it. Or point the repository back at {have}.
#  test:
#   before: |
#    `ceph versions` and `apt policy ceph-common` name different major releases.
#   after: |
#    `ceph versions` lists a single release, and `apt policy ceph-common` the same as
#    installed and candidate.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Category:Ceph_Upgrade
#   - https://docs.ceph.com/en/latest/releases/
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.packages.ceph_repository

import data.lib.facts
import data.lib.release
import data.lib.repositories

_used if count(input.storage.ceph.daemons) > 0

_used if {
	some s in input.storage.storages
	s.type in {"cephfs", "rbd"}
}

_repositories[name] contains r.at if {
	some r in repositories.proxmox
	some uri in r.repository.uris
	name := regex.find_all_string_submatch_n(`/ceph-([a-z]+)/?$`, uri, 1)[0][1]
}

findings contains {"at": sort(array.concat([p.at], [at | some at in list])), "vars": {"name": name, "have": have, "want": release.ceph}} if {
	_used
	p := facts.packages["ceph-common"]
	have := release.major(p.package.version)
	some name, list in _repositories
	data.catalog.ceph_releases[name] != have
}
