# METADATA
# scope: package
# title: "Packages come from a test repository of Proxmox: {components}"
# description: |
#  With {components} the host takes versions that Proxmox tries out, ahead of what it
#  releases and far ahead of what proxmox-nixos builds. Their configuration may have keys
#  that the version on NixOS does not know and drops when it writes the file the next time,
#  and a bug seen here may be none of the conversion.
# custom:
#  id: PVE-PKG-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: package repositories
#  account: none
#  workaround: |
#   Switch the repository off and wait until the released versions have caught up (`apt
#   policy pve-manager qemu-server pve-qemu-kvm` shows the installed one in
#   pve-no-subscription too), then capture again.
#  test:
#   before: |
#    `apt policy` lists a source with {components}.
#   after: |
#    `apt policy` lists no such source, and `apt policy pve-manager` shows the installed
#    version as available elsewhere.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Package_Repositories
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_test_repo
package rules.packages.test_repository

import data.lib.repositories

_test[c] contains r.at if {
	some r in repositories.proxmox
	some c in r.repository.components
	c in {"pve-test", "pvetest", "test"}
}

findings contains {"at": sort({at | some list in _test; some at in list}), "vars": {"components": concat(", ", sort(object.keys(_test)))}} if count(_test) > 0
