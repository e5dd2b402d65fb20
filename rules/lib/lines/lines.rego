# METADATA
# title: Lines of configuration files
# description: Finds a line of the files that are read line by line and have no place of their own in the snapshot.
package lib.lines

import data.lib.facts

# METADATA
# title: Files by path
# description: path → {at, properties}
files := object.union_n(array.reverse([{f.path: {"at": concat("", ["/config_files/", format_int(i, 10)]), "properties": f.properties}} |
	some i, f in input.config_files
]))

# METADATA
# title: Lines of a file by key
# description: path → key → {property, at}; of a key that repeats, the first. Undefined for a file that is not there.
by_key(path) := facts.by_key(f.properties, concat("", [f.at, "/properties"])) if f := files[path]

# METADATA
# title: Pointers of a line
at(path, index) := concat("/", [files[path].at, "properties", format_int(index, 10)])
