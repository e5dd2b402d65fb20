# METADATA
# title: Configuration files by path
# description: Files that have no place of their own in the snapshot, looked up by their path, with their lines by key.
package lib.configfiles

import data.lib.facts
import data.lib.pve

# METADATA
# title: Files with their pointers
# description: path → {at, lines}; lines are the properties of the file in order.
files := object.union_n([{f.path: {"at": sprintf("/config_files/%d", [i]), "lines": f.properties}} | some i, f in input.config_files])

# METADATA
# title: Lines of a file whose key has a certain text
# description: list of {value, at} of the lines of one key; lines that are secrets are not in it.
lines(path, key) := [{"value": p.value, "at": sprintf("%s/properties/%d", [files[path].at, j])} |
	some j, p in files[path].lines
	p.key == key
]

# METADATA
# title: All lines below a folder
# description: list of {path, key, value, at} of files whose path begins so, in the order of the files' names; lines that are secrets are not in it.
below(prefix) := [{"path": f.path, "key": p.key, "value": p.value, "at": sprintf("/config_files/%d/properties/%d", [i, j])} |
	some i, f in input.config_files
	startswith(f.path, prefix)
	some j, p in f.properties
]

# METADATA
# title: The value that holds for a key of a file
# description: Of a key that is set twice, the last.
value(path, key) := found[count(found) - 1].value if {
	found := lines(path, key)
	count(found) > 0
}

# METADATA
# title: Sources of accounts beside the files
# description: words of the lines passwd and group in nsswitch.conf that stand for a directory
directories contains word if {
	some line in lines("/etc/nsswitch.conf", "passwd")
	some word in regex.split(`\s+`, line.value)
	word in {"sss", "ldap", "winbind", "nis", "extrausers"}
	_installed(word)
}

_modules := {
	"sss": ["libnss-sss"],
	"ldap": ["libnss-ldapd", "libnss-ldap"],
	"winbind": ["libnss-winbind"],
	"nis": ["libnss-nis", "nis"],
	"extrausers": ["libnss-extrausers"],
}

_installed(word) if {
	some name in _modules[word]
	facts.packages[name]
}

# METADATA
# title: Reverse proxies that stand before the web interface
# description: Lines of nginx or haproxy, where they run, that hand requests to port 8006 of this host.
web_proxies contains {"server": server, "at": sprintf("%s/properties/%d", [f.at, j])} if {
	some server in ["nginx", "haproxy"]
	sprintf("%s.service", [server]) in facts.in_use
	some path, f in files
	startswith(path, sprintf("/etc/%s/", [server]))
	some j, p in f.lines
	contains(p.value, ":8006")
	_own(p.value)
}

_own(text) if regex.match(`(localhost|127\.[0-9.]+|\[::1\]):8006`, text)

_own(text) if contains(text, sprintf("%s:8006", [pve.address.address]))

_own(text) if regex.match(sprintf(`(^|[\s/])%s(\.[A-Za-z0-9.-]+)?:8006`, [input.host.name]), text)
