# METADATA
# title: Tables of the catalog as tests see them
# description: |
#  A few lines of each table that rules look up, in the shape of
#  catalog/tables_system.cue; tests put them in place of data.catalog.
package lib.tables_test

fixture := {
	"releases": {
		"24.11": {"kernel": "6.6", "kernels": ["6.6"], "zfs": "2.2", "cephMajor": 19},
		"25.11": {"kernel": "6.12", "kernels": ["6.6", "6.12"], "zfs": "2.3", "cephMajor": 19},
	},
	"pve_kernels": {
		"6.8": {"24.11": "linuxKernel.packages.linux_6_6", "25.11": "linuxKernel.packages.linux_6_12"},
		"6.14": {"24.11": "linuxKernel.packages.linux_6_6", "25.11": "linuxKernel.packages.linux_6_12"},
	},
	"pve_sysctls": {"fs.aio-max-nr": 1048576},
	"sysctls_dropped": {
		"kernel.core_pattern": "path of a program",
		"kernel.printk": "boot.consoleLogLevel",
	},
	"kernel_parameters_dropped": {"BOOT_IMAGE": "PVE", "quiet": "PVE", "ro": "PVE", "root": "PVE"},
	"modules_dropped": {"vfio_virqfd": "a part of vfio"},
	"filesystems": {
		"cifs": {"supported": "cifs", "network": true},
		"ext4": {"supported": "ext4"},
		"nfs": {"supported": "nfs", "network": true},
		"nfs4": {"supported": "nfs", "network": true},
		"none": {"kernel": true},
		"tmpfs": {"kernel": true},
		"vfat": {"supported": "vfat"},
		"xfs": {"supported": "xfs"},
		"zfs": {"supported": "zfs"},
	},
	"mount_options_dropped": {"auto": "default", "defaults": "default", "rw": "default"},
	"os_ids": {"user/ceph": 288},
	"shells": {
		"/bin/bash": {"package": "bashInteractive"},
		"/usr/bin/bash": {"package": "bashInteractive"},
		"/usr/bin/zsh": {"package": "zsh", "option": "programs.zsh.enable"},
		"/usr/sbin/nologin": {"path": "/run/current-system/sw/bin/nologin", "login": false},
	},
}
