package rules.storage.fstab_test

import data.lib.tables_test
import data.rules.storage.fstab

_host(entries) := {"storage": {"fstab": [{"spec": e[0], "file": e[1], "type": e[2], "options": e[3]} | some e in entries]}}

_options(host) := x if {
	x := {concat(".", s.option): s.value | some s in fstab.settings} with input as host
		with data.catalog as tables_test.fixture
}

test_a_data_disk if {
	_options(_host([["UUID=ab-12", "/srv/data", "xfs", ["defaults", "noatime"]]])) == {
		"fileSystems./srv/data.device": "/dev/disk/by-uuid/ab-12",
		"fileSystems./srv/data.fsType": "xfs",
		"fileSystems./srv/data.options": ["noatime", "nofail"],
	}
}

test_of_two_lines_for_a_place_the_first_counts if {
	_options(_host([["UUID=ab-12", "/srv/data", "xfs", []], ["tmpfs", "/srv/data", "tmpfs", []]]))["fileSystems./srv/data.device"] == "/dev/disk/by-uuid/ab-12"
}

test_a_share_does_not_hold_up_the_boot if {
	_options(_host([["nas:/tank/media", "/srv/media", "nfs4", ["vers=4.2", "soft"]]]))["fileSystems./srv/media.options"] == ["vers=4.2", "soft", "nofail", "_netdev"]
}

test_binds_and_memory if {
	options := _options(_host([["/srv/data/iso", "/srv/iso", "none", ["bind"]], ["tmpfs", "/srv/ram", "tmpfs", ["size=2G"]]]))
	options["fileSystems./srv/iso.device"] == "/srv/data/iso"
	options["fileSystems./srv/iso.options"] == ["bind", "nofail"]
	options["fileSystems./srv/ram.device"] == "tmpfs"
}

test_swap_with_its_priority if {
	_options(_host([["/dev/pve/swap", "none", "swap", ["sw", "pri=5"]]])).swapDevices == [{"device": "/dev/pve/swap", "priority": 5}]
}

test_credentials_are_carried if {
	host := _host([["//nas/scans", "/srv/scans", "cifs", ["credentials=/root/.smbcred", "uid=1500"]]])
	_options(host)["fileSystems./srv/scans.options"] == ["credentials=/root/.smbcred", "uid=1500", "nofail", "_netdev"]
	{[c.path, c.mode, c.secret] | some c in fstab.carries} == {["/root/.smbcred", "0600", true]} with input as host
		with data.catalog as tables_test.fixture
}

test_leaves_root_boot_kernel_and_secrets if {
	_options(_host([
		["/dev/pve/root", "/", "ext4", ["errors=remount-ro"]],
		["UUID=1", "/boot", "ext4", []],
		["UUID=2", "/boot/efi", "vfat", []],
		["proc", "/proc", "proc", []],
		["//nas/x", "/srv/x", "cifs", ["password=secret:12345678"]],
		["UUID=3", "/srv/../etc", "ext4", []],
		["UUID=4", "/srv/y", "ext4", ["x-mount.mkdir,exec"]],
		["/swapfile", "none", "swap", ["sw"]],
	])) == {}
}

test_a_pool_of_folders if {
	options := _options(_host([["/mnt/disk*:/srv/cold=RO", "/storage", "fuse.mergerfs", ["defaults", "category.create=mfs", "minfreespace=20G"]]]))
	options["fileSystems./storage.device"] == "/mnt/disk*:/srv/cold=RO"
	options["fileSystems./storage.fsType"] == "fuse.mergerfs"
	options["environment.systemPackages"] == [{"_ref": ["pkgs", "mergerfs"]}]
	_options(_host([["/mnt/../etc:/srv", "/storage", "fuse.mergerfs", []], ["/mnt/a b", "/pool", "mergerfs", []]])) == {}
}
