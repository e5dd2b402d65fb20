# METADATA
# title: Package sources that are switched on
# description: |
#  Whose they are and which release of Debian they name. Sources of source
#  packages alone are not in here.
package lib.repositories

# METADATA
# title: Sources that are switched on
# description: "{repository, at}"
enabled contains {"repository": r, "at": sprintf("/repositories/%d", [i])} if {
	some i, r in input.repositories
	r.enabled
	"deb" in r.types
}

# METADATA
# title: Sources of Proxmox
proxmox contains r if {
	some r in enabled
	some uri in r.repository.uris
	regex.match(`^https?://([^/]*\.)?proxmox\.com(/|$)`, uri)
}

# METADATA
# title: Sources of Debian and of Proxmox
official contains r if some r in proxmox

official contains r if {
	some r in enabled
	some uri in r.repository.uris
	regex.match(`^https?://([^/]*\.)?debian\.org(/|$)`, uri)
}

# METADATA
# title: Releases of Debian that these name
# description: code name → pointers; suites without a code name are not in here.
releases[codename] contains r.at if {
	some r in official
	some suite in r.repository.suites
	codename := split(split(suite, "/")[0], "-")[0]
	data.catalog.debian_releases[codename]
}
