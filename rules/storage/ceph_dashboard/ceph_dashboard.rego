# METADATA
# scope: package
# title: The dashboard of Ceph has no pages on NixOS
# description: |
#  ceph-mgr-dashboard is installed beside a manager of this host. nixpkgs
#  builds Ceph without the pages of the dashboard
#  (WITH_MGR_DASHBOARD_FRONTEND is off): when this manager becomes the active
#  one the module fails or answers without a page, and the cluster warns
#  MGR_MODULE_ERROR.
# custom:
#  id: PVE-STO-074
#  kind: gap
#  category: feature
#  severity: minor
#  component: Ceph manager
#  account: none
#  workaround: |
#   Keep the active manager on a node that runs PVE (`ceph mgr fail NAME`),
#   or `ceph mgr module disable dashboard` and use the Ceph pages of PVE and
#   Grafana with `ceph mgr module enable prometheus`.
#  test:
#   before: |
#    `ceph mgr services` on PVE prints an address for dashboard.
#   after: |
#    `ceph health` prints no MGR_MODULE_ERROR after `ceph mgr fail` has made
#    the manager of the trial system the active one.
#  phase: run
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/tools/filesystems/ceph/default.nix
#   - https://docs.ceph.com/en/latest/mgr/dashboard/
package rules.storage.ceph_dashboard

import data.lib.ceph
import data.lib.facts

findings contains {"at": [facts.packages["ceph-mgr-dashboard"].at], "vars": {}} if {
	facts.packages["ceph-mgr-dashboard"]
	count(ceph.ids.mgr) > 0
}
