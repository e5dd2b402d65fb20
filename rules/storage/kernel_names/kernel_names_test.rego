package rules.storage.kernel_names_test

import data.rules.storage.kernel_names

_host(specs) := {"storage": {"fstab": [{"spec": spec, "file": file, "type": type} | some [spec, file, type] in specs]}}

test_fires_on_a_mount_and_swap if {
	kernel_names.findings == {{"at": ["/storage/fstab/0", "/storage/fstab/1"], "vars": {"places": "/srv, swap"}}} with input as _host([["/dev/sdb1", "/srv", "ext4"], ["/dev/nvme0n1p3", "none", "swap"]])
}

test_silent_on_stable_names if {
	count(kernel_names.findings) == 0 with input as _host([["UUID=1-2", "/srv", "ext4"], ["/dev/pve/swap", "none", "swap"], ["/dev/disk/by-id/x-part1", "/x", "ext4"]])
}

test_silent_on_the_root_and_the_installers_drive if {
	count(kernel_names.findings) == 0 with input as _host([["/dev/sda1", "/", "ext4"], ["/dev/sr0", "/media/cdrom0", "udf"], ["/dev/sdz1", "/media/usb", "vfat"]])
}
