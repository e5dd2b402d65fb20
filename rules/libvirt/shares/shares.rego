# METADATA
# scope: package
# title: Directories of the host in domains
# description: |
#  A mapped directory becomes a file system of virtiofs with the name of the mapping
#  as tag. libvirt starts virtiofsd itself, where it is told of the package, and
#  asks for memory that both can see. It has no words for access lists, direct
#  access and a cache of metadata alone: a script of the share adds them.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/kbase/virtiofs.html
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_virtiofs
#   - https://docs.rs/crate/virtiofsd/1.12.0/source/README.md
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
	{"binary": binary | binary := object.union_n([_attributes(s), _cache(s), _started(s)]); count(binary) > 0},
)

_attributes(s) := {"xattr": true} if {
	some name in ["expose-acl", "expose-xattr"]
	facts.truthy(facts.field(s.property, name))
} else := {}

_cache(s) := {"cache": {"mode": mode}} if {
	mode := {"always": "always", "never": "none"}[facts.field(s.property, "cache")]
} else := {}

# Words of virtiofsd that no element says, in its own.
_added(s) := [word |
	some [name, word] in [["expose-acl", "--posix-acl"], ["direct-io", "--allow-direct-io"]]
	facts.truthy(facts.field(s.property, name))
]

_policy(s) := ["--cache=metadata" | facts.field(s.property, "cache") == "metadata"]

_words(s) := array.concat(_added(s), _policy(s))

_script(s) := sprintf("libvirt-virtiofsd/%d-%s", [s.vmid, s.key])

_started(s) := {"path": concat("/", ["/etc", _script(s)])} if {
	_words(s) != []
} else := {}

settings contains {"at": [s.at], "option": ["environment", "etc", _script(s), key], "value": value} if {
	some s in domainshares.list
	_words(s) != []
	some key, value in {
		"mode": "0755",
		"text": concat("\n", ["#!/bin/sh", sprintf(`exec /run/current-system/sw/bin/virtiofsd %s "$@"`, [concat(" ", _words(s))]), ""]),
	}
}

settings contains {"at": sort([s.at | some s in domainshares.list; _words(s) != []]), "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "virtiofsd"]}]} if {
	some s in domainshares.list
	_words(s) != []
}

settings contains {"at": sort([s.at | some s in domainshares.list]), "option": ["virtualisation", "libvirtd", "qemu", "vhostUserPackages"], "value": [{"_ref": ["pkgs", "virtiofsd"]}]} if {
	count(domainshares.list) > 0
}
