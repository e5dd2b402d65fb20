# METADATA
# scope: package
# title: "Shared directories lose {words}"
# description: |
#  libvirt starts virtiofsd without these options of PVE: {words}. Without
#  expose-acl guests see no access lists, and files that rely on one have only the
#  rights of their mode. direct-io and the cache of metadata change speed alone.
# custom:
#  id: PVE-LV-061
#  kind: gap
#  category: configuration
#  severity: minor
#  component: virtiofs
#  equivalent: <filesystem> of a domain
#  account: none
#  workaround: |
#   Where access lists count, run virtiofsd as a unit of its own (virtiofsd
#   --socket-path=/run/NAME.sock --shared-dir=DIR --posix-acl --xattr) and name the socket in
#   the file system: <source socket="/run/NAME.sock"/> without a binary.
#  test:
#   before: |
#    `getfacl FILE` inside of the guest prints the access list on PVE.
#   after: |
#    It prints the same in the trial boot.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/kbase/virtiofs.html#externally-launched-virtiofsd
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_virtiofs
package rules.libvirt.share_words

import data.lib.domainshares
import data.lib.facts

_words contains {"word": sprintf("%d %s %s", [s.vmid, s.key, f.name]), "at": s.at} if {
	some s in domainshares.list
	some f in s.property.fields
	_lost(f)
}

_lost(f) if {
	f.name in {"direct-io", "expose-acl"}
	facts.truthy(f.value)
}

_lost(f) if {
	f.name == "cache"
	f.value == "metadata"
}

findings contains {"at": sort({w.at | some w in _words}), "vars": {"words": concat(", ", sort([w.word | some w in _words]))}} if count(_words) > 0
