package standin

import (
	"os"
	"path/filepath"
	"testing"
)

// busyRoot has what a Proxmox VE host has from Debian, and services of the bus that
// its owner may have added. Proxmox VE itself is not in Debian; what it leaves on a
// host comes from a golden tree. Debian's ZFS is not here: it would have a module compiled.
var busyRoot = debianRoot{name: "busy", packages: []string{
	"systemd", "systemd-sysv", "dbus", "polkitd", "packagekit", "apt", "iproute2", "kmod", "udev", "libpam-systemd", "procps",
	"corosync", "lxc", "lxcfs", "qemu-system-x86", "openvswitch-switch", "frr", "ifupdown2", "bridge-utils", "ipset", "nftables", "ethtool",
	"open-iscsi", "multipath-tools", "lvm2", "thin-provisioning-tools", "mdadm", "btrfs-progs", "xfsprogs",
	"nfs-common", "cifs-utils", "ceph-common", "smartmontools", "nvme-cli", "udisks2",
	"postfix", "chrony", "cron", "rsyslog", "openssh-server", "sudo", "ksmtuned", "rrdcached", "watchdog", "lldpd",
	"network-manager", "systemd-container",
}, exclude: []string{
	"/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/i18n/*", "/usr/share/qemu/*", "/usr/share/fonts/*", "/usr/include/*",
	"/usr/bin/qemu-*", "/usr/libexec/qemu-*", "/usr/bin/radosgw-admin", "/usr/bin/cephfs-*", "/usr/bin/ceph-syn", "/usr/lib/*.a",
}}

// busyFiles are what the owner of the busy host made: a profile of NetworkManager, units of his own and changes to
// those of packages, and a switch of Open vSwitch that needs no module of the kernel.
var busyFiles = []struct {
	path string
	mode os.FileMode
	text string
}{
	{"/etc/hostname", 0o644, "pve1\n"},
	{"/etc/hosts", 0o644, "127.0.0.1 localhost\n192.168.77.2 pve1.example.org pve1\n"},
	{"/etc/apt/sources.list.d/own.list", 0o644, "deb [trusted=yes] file:/srv/repository ./\n"},
	{"/srv/repository/Packages", 0o644, "Package: cron\nVersion: 99.0-1\nArchitecture: amd64\nMaintainer: Nobody <nobody@example.org>\n" +
		"Filename: ./cron.deb\nSize: 1\nSHA256: 0000000000000000000000000000000000000000000000000000000000000000\nDescription: newer\n"},
	{"/etc/timezone", 0o644, "Europe/Vienna\n"},
	{"/etc/NetworkManager/system-connections/lab.nmconnection", 0o600,
		"[connection]\nid=lab\nuuid=6d1f3a9e-5b62-4b43-9f0e-2a4d6a1f0c11\ntype=wifi\nautoconnect=false\n" +
			"[wifi]\nssid=lab\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=" + canary + "\n[ipv4]\nmethod=manual\naddress1=10.9.0.2/24\n[ipv6]\nmethod=disabled\n"},
	{"/etc/systemd/system/offsite.service", 0o644,
		"[Unit]\nDescription=Copies backups away\nAfter=network-online.target\nWants=network-online.target\n" +
			"[Service]\nType=oneshot\nUser=backup\nEnvironment=TARGET=nas RESTIC_PASSWORD=" + canary + "\n" +
			"ExecStart=/bin/true --token=" + canary + "\nExecStartPost=/bin/true done\n"},
	{"/etc/systemd/system/offsite.timer", 0o644,
		"[Unit]\nDescription=Copies backups away every night\n[Timer]\nOnCalendar=daily\nOnBootSec=5min\n[Install]\nWantedBy=timers.target\n"},
	{"/etc/systemd/system/chrony.service.d/override.conf", 0o644, "[Service]\nNice=-5\n"},
	{"/etc/systemd/system/doomed.service", 0o644, "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/false\n[Install]\nWantedBy=multi-user.target\n"},
	{"/etc/systemd/system/ovs-vswitchd.service.d/userspace.conf", 0o644,
		"[Service]\nType=simple\nPIDFile=\nExecStart=\nExecStart=/usr/sbin/ovs-vswitchd unix:/run/openvswitch/db.sock --pidfile\n" +
			"ExecStartPost=/usr/bin/ovs-vsctl --timeout=20 --may-exist add-br vmbr1 -- set bridge vmbr1 datapath_type=netdev\nExecStop=\nExecReload=\n"},
}

// canary is in every secret of the busy host, as in those of the golden trees.
const canary = "SECRETMUSTNOTLEAVETHISHOST"

// busyLinks are its network: a bridge with a port.
var busyLinks = []Link{
	{Name: "vmbr0", MAC: "bc:24:11:bb:00:01", Bridge: true, Addresses: []string{"192.168.77.2/24"}, Gateway: "192.168.77.1"},
	{Name: "eno1", MAC: "bc:24:11:bb:00:01", Master: "vmbr0"},
}

// BootBusy makes and starts a host that has as much as possible of what real hosts have,
// with the /etc/pve of a golden directory. What it does not need to run may have failed.
func BootBusy(t testing.TB, golden string, install map[string]string) *Host {
	t.Helper()
	h := boot(t, busyRoot, "pve1", busyLinks, func(root, tar string) error {
		if err := extract(tar, root); err != nil {
			return err
		}
		if err := layPVE(filepath.Join(golden, "raw/etc/pve"), filepath.Join(root, "etc/pve")); err != nil {
			return err
		}
		for _, file := range busyFiles {
			target := filepath.Join(root, file.path)
			if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(target, []byte(file.text), file.mode); err != nil {
				return err
			}
		}
		for _, link := range [][2]string{
			{"../doomed.service", "/etc/systemd/system/multi-user.target.wants/doomed.service"},
			{"../offsite.timer", "/etc/systemd/system/timers.target.wants/offsite.timer"},
			{"/usr/share/zoneinfo/Europe/Vienna", "/etc/localtime"},
		} {
			target := filepath.Join(root, link[1])
			if err := os.Remove(target); err != nil && !os.IsNotExist(err) {
				return err
			}
			if err := os.Symlink(link[0], target); err != nil {
				return err
			}
		}
		return copyPrograms(install, root)
	})
	h.settle(t)
	return h
}

// layPVE puts the files of a pmxcfs where it would be mounted, with the modes that it gives them.
func layPVE(raw, target string) error {
	const wwwData = 33 // the number is Debian's for all time
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	modes := Attributes{{0o640, 0, wwwData, "/**"}, {0o600, 0, wwwData, "/priv/**"}}
	if err := lay(raw, target, modes); err != nil {
		return err
	}
	return os.Chmod(filepath.Join(target, "priv"), 0o700)
}
