# METADATA
# title: Configuration files by path
# description: Files that have no place of their own in the snapshot, looked up by their path, with their lines by key.
package lib.configfiles

import data.lib.facts

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
