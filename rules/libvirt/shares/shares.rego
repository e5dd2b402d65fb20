# METADATA
# scope: package
# title: Directories of the host in domains
# description: |
#  A mapped directory becomes a file system of virtiofs with the name of the mapping
#  as tag. libvirt starts virtiofsd itself, where it is told of the package, and
#  asks for memory that both can see.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/kbase/virtiofs.html
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_virtiofs
package rules.libvirt.shares

import data.lib.domains
import data.lib.domainshares
import data.lib.facts

parts contains {"at": [s.at], "document": domains.document(s.vmid), "path": path, "value": value} if {
	some s in domainshares.list
	some [path, value] in array.concat(
		[
			[["devices", "filesystems", s.key], _share(s)],
			[["memory_backing", "access", "mode"], "shared"],
		],
		[[["memory_backing", "source", "type"], "memfd"] | not domains.list[s.vmid].config.hugepages],
	)
}

_share(s) := object.union(
	{"type": "mount", "access_mode": "passthrough", "driver": {"type": "virtiofs", "queue": 1024}, "source": {"dir": s.path}, "target": {"dir": s.tag}, "alias": {"name": concat("", ["ua-", s.key])}},
	{"binary": binary | binary := object.union(_attributes(s), _cache(s)); count(binary) > 0},
)

_attributes(s) := {"xattr": true} if {
	some name in ["expose-acl", "expose-xattr"]
	facts.truthy(facts.field(s.property, name))
} else := {}

_cache(s) := {"cache": {"mode": mode}} if {
	mode := {"always": "always", "never": "none"}[facts.field(s.property, "cache")]
} else := {}

settings contains {"at": sort([s.at | some s in domainshares.list]), "option": ["virtualisation", "libvirtd", "qemu", "vhostUserPackages"], "value": [{"_ref": ["pkgs", "virtiofsd"]}]} if {
	count(domainshares.list) > 0
}
