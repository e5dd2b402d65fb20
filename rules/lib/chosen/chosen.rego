# METADATA
# title: What the owner has decided
# description: |
#  The answers that eval was given for this host, as rules use them. All of
#  data.answers is undefined or empty where nothing is decided.
package lib.chosen

import data.lib.disks

# METADATA
# title: The kernel packages that the owner chooses
# description: |
#  The attribute path below pkgs; undefined where nothing is chosen. nixpkgs
#  keeps the series of kernels in a set of their own.
kernel := _attributes[data.answers.kernel] if {
	_attributes[data.answers.kernel]
} else := ["linuxKernel", "packages", replace(data.answers.kernel, "linuxPackages_", "linux_")] if {
	regex.match(`^linuxPackages_[0-9]+_[0-9]+$`, data.answers.kernel)
} else := [data.answers.kernel]

_attributes := {"latest": ["linuxPackages_latest"]}

# METADATA
# title: Whether the host needs ZFS
needs_zfs if disks.zfs_in_use

needs_zfs if "zfs" in disks.fs_types

# METADATA
# title: Whether ZFS of the release is built for the kernel that the owner chooses
# description: It is for the default kernel and for the series that the release keeps, hardened or not. Of others nothing is known.
zfs_builds if data.answers.kernel == "linuxPackages"

zfs_builds if {
	parts := regex.find_all_string_submatch_n(`^linuxPackages_([0-9]+)_([0-9]+)(_hardened)?$`, data.answers.kernel, 1)
	concat(".", [parts[0][1], parts[0][2]]) in data.catalog.releases[data.release].kernels
}

# METADATA
# title: Whether the kernel that the owner chooses can be started on this host
kernel_fits if {
	kernel
	not needs_zfs
}

kernel_fits if zfs_builds
