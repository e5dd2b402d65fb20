# METADATA
# title: What the releases of NixOS bring
# description: |
#  Versions of the packages on which data depends, by release of NixOS. Read
#  from the branches of nixpkgs; only what is compared with a host is in here.
package lib.release

# METADATA
# title: The release that is converted to
current := data.release

# METADATA
# title: Series of the default kernel
kernel := {"24.11": "6.6", "25.05": "6.12", "25.11": "6.12"}[current]

# METADATA
# title: Series of the default OpenZFS
zfs := {"24.11": "2.2", "25.05": "2.3", "25.11": "2.3"}[current]

# METADATA
# title: Major version of Ceph
ceph := {"24.11": 19, "25.05": 19, "25.11": 19}[current]

# METADATA
# title: Two numbers of a version as one
# description: 6.12.3 → 6012; undefined for text that does not begin with two numbers.
series(version) := (to_number(parts[0]) * 1000) + to_number(parts[1]) if {
	found := regex.find_n(`^[0-9]{1,3}\.[0-9]{1,3}`, version, 1)
	parts := split(found[0], ".")
}

# METADATA
# title: First number of a version
# description: An epoch of Debian does not count.
major(version) := to_number(found[0]) if {
	found := regex.find_n(`^[0-9]{1,4}`, regex.replace(version, `^[0-9]+:`, ""), 1)
}
