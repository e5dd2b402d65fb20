# METADATA
# title: Directories that domains share with the host
package lib.domainshares

import data.lib.domains
import data.lib.facts
import data.lib.passthrough

# METADATA
# title: Shares with a directory on this host
# description: "{vmid, key, at, property, tag, path}; the tag is the name of the mapping."
list contains {"vmid": vmid, "key": key, "at": p.at, "property": p.property, "tag": tag, "path": path} if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^virtiofs[0-9]$`, key)
	tag := facts.field(p.property, "dirid")
	regex.match(`^[A-Za-z][A-Za-z0-9_-]{0,35}$`, tag)
	paths := passthrough.mappings.directory[tag]
	count(paths) == 1
	some path in paths
	facts.plain_path(path)
}
