# METADATA
# title: What the release of NixOS brings
# description: |
#  Versions of the packages on which data depends, from the tables of the
#  catalog, and how versions are compared.
package lib.release

import data.lib.chosen

# METADATA
# title: The release that is converted to
current := data.release

# METADATA
# title: Series of the default kernel
kernel := data.catalog.releases[current].kernel

# METADATA
# title: Series of the default OpenZFS
zfs := data.catalog.releases[current].zfs

# METADATA
# title: Major version of Ceph
ceph := data.catalog.releases[current].cephMajor

# METADATA
# title: Packages of the kernel that comes nearest to one of PVE
# description: |
#  The attribute path below pkgs: what the owner has chosen, if it fits; a series
#  that ZFS of the release builds for; else the default kernel.
kernel_packages(version) := chosen.kernel if {
	chosen.kernel_fits
} else := split(data.catalog.pve_kernels[_series_text(version)][current], ".") if {
	data.catalog.pve_kernels[_series_text(version)][current]
} else := ["linuxPackages"]

# METADATA
# title: Series of the kernel that the new system starts in place of one of PVE
kernel_series(version) := concat(".", split(trim_prefix(name, "linux_"), "_")) if {
	packages := kernel_packages(version)
	name := packages[count(packages) - 1]
	startswith(name, "linux_")
} else := kernel

_series_text(version) := regex.find_n(`^[0-9]{1,3}\.[0-9]{1,3}`, version, 1)[0]

# METADATA
# title: Two numbers of a version as one
# description: 6.12.3 → 6012; undefined for text that does not begin with two numbers.
series(version) := (to_number(parts[0]) * 1000) + to_number(parts[1]) if {
	parts := split(_series_text(version), ".")
}

# METADATA
# title: First number of a version
# description: An epoch of Debian does not count.
major(version) := to_number(found[0]) if {
	found := regex.find_n(`^[0-9]{1,4}`, regex.replace(version, `^[0-9]+:`, ""), 1)
}
