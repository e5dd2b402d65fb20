package introspect

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configFile is a path or a pattern of paths, and the format of what is there.
type configFile struct {
	path, format string
	// reads narrows a pattern to the names that the program looks at; nil is all but leftovers.
	reads func(name string) bool
	// always is true for a file whose content matters even where it is as the package brought it.
	always bool
}

// configFiles are the configuration files that are read line by line. What has a place of its own in the model is not here.
var configFiles = []configFile{
	// Who may do what.
	{path: "/etc/sudoers", format: "lines"},
	{path: "/etc/sudoers.d/*", format: "lines", reads: withoutDot},
	{path: "/etc/doas.conf", format: "lines"},
	{path: "/etc/pam.d/*", format: "lines"},
	{path: "/etc/security/limits.conf", format: "lines"},
	{path: "/etc/security/limits.d/*.conf", format: "lines"},
	{path: "/etc/security/access.conf", format: "lines"},
	{path: "/etc/security/group.conf", format: "lines"},
	{path: "/etc/security/time.conf", format: "lines"},
	{path: "/etc/security/namespace.conf", format: "lines"},
	{path: "/etc/security/pam_env.conf", format: "lines"},
	{path: "/etc/security/faillock.conf", format: "ini"},
	{path: "/etc/security/pwquality.conf", format: "ini"},
	{path: "/etc/environment", format: "shell"},
	{path: "/etc/login.defs", format: "words"},
	{path: "/etc/adduser.conf", format: "shell"},
	{path: "/etc/nsswitch.conf", format: "colon"},
	{path: "/etc/krb5.conf", format: "ini"},
	{path: "/etc/krb5.conf.d/*", format: "ini"},
	{path: "/etc/sssd/sssd.conf", format: "ini"},
	{path: "/etc/sssd/conf.d/*.conf", format: "ini"},
	{path: "/etc/realmd.conf", format: "ini"},
	{path: "/etc/ldap/ldap.conf", format: "words"},
	{path: "/etc/nslcd.conf", format: "words"},
	{path: "/etc/libnss-ldap.conf", format: "words"},
	{path: "/etc/pam_ldap.conf", format: "words"},
	{path: "/etc/ssh/ssh_config", format: "words"},
	{path: "/etc/ssh/ssh_config.d/*.conf", format: "words"},
	{path: "/etc/hosts.allow", format: "colon"},
	{path: "/etc/hosts.deny", format: "colon"},

	// systemd.
	{path: "/etc/systemd/system.conf", format: "ini"},
	{path: "/etc/systemd/system.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/user.conf", format: "ini"},
	{path: "/etc/systemd/user.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/journald.conf", format: "ini"},
	{path: "/etc/systemd/journald.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/journal-upload.conf", format: "ini"},
	{path: "/etc/systemd/logind.conf", format: "ini"},
	{path: "/etc/systemd/logind.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/resolved.conf", format: "ini"},
	{path: "/etc/systemd/resolved.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/networkd.conf", format: "ini"},
	{path: "/etc/systemd/networkd.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/timesyncd.conf", format: "ini"},
	{path: "/etc/systemd/timesyncd.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/coredump.conf", format: "ini"},
	{path: "/etc/systemd/coredump.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/sleep.conf", format: "ini"},
	{path: "/etc/systemd/sleep.conf.d/*.conf", format: "ini"},
	{path: "/etc/systemd/oomd.conf", format: "ini"},
	{path: "/etc/systemd/pstore.conf", format: "ini"},
	{path: "/etc/systemd/zram-generator.conf", format: "ini"},
	{path: "/etc/systemd/network/*.link", format: "ini"},
	{path: "/etc/systemd/network/*.network", format: "ini"},
	{path: "/etc/systemd/network/*.netdev", format: "ini"},
	{path: "/etc/systemd/network/*.link.d/*.conf", format: "ini"},
	{path: "/etc/systemd/network/*.network.d/*.conf", format: "ini"},
	{path: "/usr/local/lib/systemd/network/*.link", format: "ini"},
	{path: "/usr/local/lib/systemd/network/*.network", format: "ini"},
	{path: "/usr/local/lib/systemd/network/*.netdev", format: "ini"},
	{path: "/etc/tmpfiles.d/*.conf", format: "lines"},
	{path: "/etc/binfmt.d/*.conf", format: "lines"},
	{path: "/etc/udev/rules.d/*.rules", format: "lines"},
	{path: "/etc/udev/udev.conf", format: "ini"},
	{path: "/etc/udev/hwdb.d/*.hwdb", format: "lines"},

	// Start.
	{path: "/etc/default/grub", format: "shell"},
	{path: "/etc/default/grub.d/*.cfg", format: "shell"},
	{path: "/etc/default/*", format: "shell", reads: otherDefaults},
	{path: "/etc/initramfs-tools/initramfs.conf", format: "shell"},
	{path: "/etc/initramfs-tools/update-initramfs.conf", format: "shell"},
	{path: "/etc/initramfs-tools/modules", format: "words"},
	{path: "/etc/initramfs-tools/conf.d/*", format: "shell"},
	{path: "/etc/cryptsetup-initramfs/conf-hook", format: "shell"},
	{path: "/etc/dropbear/dropbear.conf", format: "shell"},
	{path: "/etc/dropbear/initramfs/dropbear.conf", format: "shell"},
	{path: "/etc/dropbear-initramfs/config", format: "shell"},
	{path: "/etc/dracut.conf", format: "shell"},
	{path: "/etc/dracut.conf.d/*.conf", format: "shell"},
	{path: "/etc/kernel/install.conf", format: "shell"},
	{path: "/etc/kernel-img.conf", format: "ini"},
	{path: "/etc/kernel/proxmox-boot-pin", format: "words"},
	{path: "/etc/kernel/next-boot-pin", format: "words"},
	{path: "/boot/grub/grubenv", format: "shell"}, // what GRUB_DEFAULT=saved boots
	{path: "/etc/kexec.conf", format: "ini"},
	{path: "/etc/kdump-tools.conf", format: "shell"},

	// Storage.
	{path: "/etc/lvm/lvm.conf", format: "blocks", always: true},
	{path: "/etc/lvm/lvmlocal.conf", format: "blocks"},
	{path: "/etc/lvm/profile/*.profile", format: "blocks"},
	{path: "/etc/multipath.conf", format: "blocks"},
	{path: "/etc/multipath/conf.d/*.conf", format: "blocks"},
	{path: "/etc/iscsi/iscsid.conf", format: "ini"},
	{path: "/etc/mdadm/mdadm.conf", format: "words"},
	{path: "/etc/zfs/zed.d/zed.rc", format: "shell", always: true},
	{path: "/etc/zfs/vdev_id.conf", format: "words"},
	{path: "/etc/sanoid/sanoid.conf", format: "ini"},
	{path: "/etc/snapper/configs/*", format: "shell"},
	{path: "/etc/btrbk/btrbk.conf", format: "words"},
	{path: "/etc/exports", format: "lines"},
	{path: "/etc/exports.d/*.exports", format: "lines"},
	{path: "/etc/nfs.conf", format: "ini"},
	{path: "/etc/nfs.conf.d/*.conf", format: "ini"},
	{path: "/etc/nfsmount.conf", format: "ini"},
	{path: "/etc/nfsmount.conf.d/*.conf", format: "ini"},
	{path: "/etc/idmapd.conf", format: "ini"},
	{path: "/etc/samba/smb.conf", format: "ini"},
	{path: "/etc/request-key.conf", format: "lines"},
	{path: "/etc/request-key.d/*.conf", format: "lines"},
	{path: "/etc/auto.master", format: "words"},
	{path: "/etc/auto.master.d/*.autofs", format: "words"},
	{path: "/etc/autofs.conf", format: "ini"},
	{path: "/etc/smartd.conf", format: "words", always: true},
	{path: "/etc/hdparm.conf", format: "blocks"},
	{path: "/etc/hd-idle.conf", format: "shell"},
	{path: "/etc/fuse.conf", format: "ini"},
	{path: "/etc/ceph/rbdmap", format: "words"},
	{path: "/etc/mke2fs.conf", format: "ini"},
	{path: "/etc/target/targetcli.json", format: "json"},
	{path: "/etc/nvme/discovery.conf", format: "words"},
	{path: "/etc/drbd.conf", format: "blocks"},
	{path: "/etc/drbd.d/*.conf", format: "blocks"},
	{path: "/etc/drbd.d/*.res", format: "blocks"},
	{path: "/etc/linstor/*.toml", format: "ini"},
	{path: "/etc/glusterfs/glusterd.vol", format: "words"},

	// Network.
	{path: "/etc/network/ifupdown2/ifupdown2.conf", format: "ini"},
	{path: "/etc/network/ifupdown2/policy.d/*.json", format: "json"},
	{path: "/etc/frr/daemons", format: "shell"},
	{path: "/etc/frr/frr.conf", format: "words"},
	{path: "/etc/frr/frr.conf.local", format: "words"},
	{path: "/etc/frr/vtysh.conf", format: "words"},
	{path: "/etc/dnsmasq.conf", format: "ini"},
	{path: "/etc/dnsmasq.d/*", format: "ini"},
	{path: "/etc/dnsmasq.d/*/*.conf", format: "ini"},
	{path: "/etc/wireguard/*.conf", format: "ini"},
	{path: "/etc/nftables.conf", format: "lines"},
	{path: "/etc/nftables.d/*", format: "lines"},
	{path: "/etc/iptables/rules.*", format: "lines"},
	{path: "/etc/ebtables.conf", format: "lines"},
	{path: "/etc/ufw/ufw.conf", format: "shell"},
	{path: "/etc/firewalld/firewalld.conf", format: "ini"},
	{path: "/etc/hostapd/*.conf", format: "ini"},
	{path: "/etc/wpa_supplicant/*.conf", format: "blocks"},
	{path: "/etc/resolvconf.conf", format: "shell"},
	{path: "/etc/dhcp/dhclient.conf", format: "words"},
	{path: "/etc/dhcpcd.conf", format: "words"},
	{path: "/etc/gai.conf", format: "words"},
	{path: "/etc/host.conf", format: "words"},
	{path: "/etc/networks", format: "words"},
	{path: "/etc/iproute2/rt_tables", format: "words"},
	{path: "/etc/iproute2/rt_tables.d/*.conf", format: "words"},
	{path: "/etc/keepalived/keepalived.conf", format: "blocks"},
	{path: "/etc/keepalived/conf.d/*.conf", format: "blocks"},
	{path: "/etc/haproxy/haproxy.cfg", format: "words"},
	{path: "/etc/nginx/nginx.conf", format: "blocks"},
	{path: "/etc/nginx/conf.d/*.conf", format: "blocks"},
	{path: "/etc/nginx/sites-enabled/*", format: "blocks"},
	{path: "/etc/ddclient.conf", format: "ini"},
	{path: "/etc/lldpd.conf", format: "words"},
	{path: "/etc/lldpd.d/*.conf", format: "words"},
	{path: "/etc/avahi/avahi-daemon.conf", format: "ini"},
	{path: "/etc/radvd.conf", format: "blocks"},

	// Watching and power.
	{path: "/etc/snmp/snmpd.conf", format: "words"},
	{path: "/etc/snmp/snmpd.conf.d/*.conf", format: "words"},
	{path: "/etc/snmp/snmptrapd.conf", format: "words"},
	{path: "/etc/nut/nut.conf", format: "shell"},
	{path: "/etc/nut/ups.conf", format: "ini"},
	{path: "/etc/nut/upsd.conf", format: "words"},
	{path: "/etc/nut/upsd.users", format: "ini"},
	{path: "/etc/nut/upsmon.conf", format: "words"},
	{path: "/etc/nut/upssched.conf", format: "words"},
	{path: "/etc/apcupsd/apcupsd.conf", format: "words"},
	{path: "/etc/zabbix/*.conf", format: "ini"},
	{path: "/etc/zabbix/*.d/*.conf", format: "ini"},
	{path: "/etc/telegraf/telegraf.conf", format: "ini"},
	{path: "/etc/telegraf/telegraf.d/*.conf", format: "ini"},
	{path: "/etc/netdata/netdata.conf", format: "ini"},
	{path: "/etc/netdata/stream.conf", format: "ini"},
	{path: "/etc/collectd/collectd.conf", format: "words"},
	{path: "/etc/check_mk/*.cfg", format: "ini"},
	{path: "/etc/nagios/nrpe.cfg", format: "ini"},
	{path: "/etc/nagios/nrpe.d/*.cfg", format: "ini"},
	{path: "/etc/nagios/nrpe_local.cfg", format: "ini"},
	{path: "/etc/munin/munin-node.conf", format: "words"},
	{path: "/etc/monit/monitrc", format: "words"},
	{path: "/etc/monit/conf.d/*", format: "words"},
	{path: "/etc/sensors3.conf", format: "words"},
	{path: "/etc/sensors.d/*", format: "words"},
	{path: "/etc/fancontrol", format: "ini"},
	{path: "/etc/thinkfan.conf", format: "lines"},
	{path: "/etc/watchdog.conf", format: "ini"},
	{path: "/etc/ipmi/*.conf", format: "ini"},
	{path: "/etc/freeipmi/*.conf", format: "words"},
	{path: "/etc/ksmtuned.conf", format: "shell"},
	{path: "/etc/tuned/tuned-main.conf", format: "ini"},
	{path: "/etc/tuned/active_profile", format: "lines"},
	{path: "/etc/tlp.conf", format: "shell"},
	{path: "/etc/tlp.d/*.conf", format: "shell"},

	// Logs and mail.
	{path: "/etc/rsyslog.conf", format: "lines"},
	{path: "/etc/rsyslog.d/*.conf", format: "lines"},
	{path: "/etc/logrotate.conf", format: "blocks"},
	{path: "/etc/logrotate.d/*", format: "blocks"},
	{path: "/etc/aliases", format: "colon"},
	{path: "/etc/postfix/master.cf", format: "words"},
	{path: "/etc/msmtprc", format: "words"},
	{path: "/etc/ssmtp/ssmtp.conf", format: "ini"},
	{path: "/etc/nullmailer/remotes", format: "lines"},
	{path: "/etc/exim4/update-exim4.conf.conf", format: "shell"},
	{path: "/etc/mail.rc", format: "words"},
	{path: "/etc/logcheck/logcheck.conf", format: "shell"},
	{path: "/etc/logwatch/conf/logwatch.conf", format: "ini"},
	{path: "/etc/anacrontab", format: "lines"},
	{path: "/etc/cron.allow", format: "lines"},
	{path: "/etc/cron.deny", format: "lines"},
	{path: "/etc/at.deny", format: "lines"},

	// Packages.
	{path: "/etc/apt/apt.conf", format: "blocks"},
	{path: "/etc/apt/apt.conf.d/*", format: "blocks", reads: ofApt(".conf")},
	{path: "/etc/apt/preferences", format: "colon"},
	{path: "/etc/apt/preferences.d/*", format: "colon", reads: ofApt(".pref")},
	{path: "/etc/apt/listchanges.conf", format: "ini"},
	{path: "/etc/apt/listchanges.conf.d/*.conf", format: "ini"},
	{path: "/etc/needrestart/needrestart.conf", format: "lines"},
	{path: "/etc/needrestart/conf.d/*.conf", format: "lines"},
	{path: "/etc/apticron/apticron.conf", format: "shell"},
	{path: "/etc/cron-apt/config", format: "shell"},

	// Security and what else runs beside PVE.
	{path: "/etc/fail2ban/fail2ban.local", format: "ini"},
	{path: "/etc/fail2ban/jail.local", format: "ini"},
	{path: "/etc/fail2ban/jail.conf", format: "ini"},
	{path: "/etc/fail2ban/jail.d/*.conf", format: "ini"},
	{path: "/etc/fail2ban/jail.d/*.local", format: "ini"},
	{path: "/etc/fail2ban/filter.d/*.conf", format: "ini"},
	{path: "/etc/fail2ban/filter.d/*.local", format: "ini"},
	{path: "/etc/fail2ban/action.d/*.local", format: "ini"},
	{path: "/etc/audit/auditd.conf", format: "ini"},
	{path: "/etc/audit/rules.d/*.rules", format: "lines"},
	{path: "/etc/apparmor.d/local/*", format: "lines"},
	{path: "/etc/apparmor/parser.conf", format: "words"},
	{path: "/etc/docker/daemon.json", format: "json"},
	{path: "/etc/containerd/config.toml", format: "ini"},
	{path: "/etc/containers/containers.conf", format: "ini"},
	{path: "/etc/containers/registries.conf", format: "ini"},
	{path: "/etc/containers/storage.conf", format: "ini"},
	{path: "/etc/containers/policy.json", format: "json"},
	{path: "/etc/containers/systemd/*.container", format: "ini"},
	{path: "/etc/containers/systemd/*.volume", format: "ini"},
	{path: "/etc/containers/systemd/*.network", format: "ini"},
	{path: "/etc/crio/crio.conf", format: "ini"},
	{path: "/etc/crio/crio.conf.d/*.conf", format: "ini"},
	{path: "/etc/libvirt/libvirtd.conf", format: "ini"},
	{path: "/etc/libvirt/qemu.conf", format: "ini"},
	{path: "/etc/qemu/bridge.conf", format: "words"},
	{path: "/etc/lxc/default.conf", format: "ini"},
	{path: "/etc/lxc/lxc.conf", format: "ini"},
	{path: "/etc/lxc/lxc-usernet", format: "lines"},
	{path: "/etc/swtpm_setup.conf", format: "ini"},
	{path: "/etc/swtpm-localca.conf", format: "ini"},
	{path: "/etc/proxmox-backup-client.conf", format: "ini"},
	{path: "/etc/proxmox-backup/datastore.cfg", format: "words"},
	{path: "/etc/locale.gen", format: "lines"},
	{path: "/etc/sysfs.conf", format: "ini"},
	{path: "/etc/sysfs.d/*.conf", format: "ini"},
	{path: "/etc/nvidia/gridd.conf", format: "ini"},
	{path: "/etc/vgpu_unlock/profile_override.toml", format: "ini"},
}

// leftovers are the endings of names that packages and editors leave behind; no program reads such a file.
var leftovers = []string{".dpkg-old", ".dpkg-dist", ".dpkg-new", ".dpkg-bak", ".ucf-old", ".ucf-dist", ".ucf-new", ".bak", ".orig", ".rej", ".swp", ".save", "~"}

func isLeftover(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "README") ||
		slices.ContainsFunc(leftovers, func(end string) bool { return strings.HasSuffix(name, end) })
}

// withoutDot is how sudo chooses the files of its directory.
func withoutDot(name string) bool {
	return !strings.Contains(name, ".") && !strings.HasSuffix(name, "~")
}

// ofApt is how apt chooses the files of a directory: those without an ending, and those of one.
func ofApt(ending string) func(name string) bool {
	return func(name string) bool { return path.Ext(name) == "" || path.Ext(name) == ending }
}

// otherDefaults are the files of /etc/default that have no place of their own here or in the model.
func otherDefaults(name string) bool {
	return !slices.Contains([]string{"grub", "keyboard", "locale"}, name) && !isLeftover(name)
}

// collectConfigFiles reads the files of the table, but for those that are as their packages brought them: these say
// nothing of the host that its packages do not say.
func collectConfigFiles(c *capture, d *dpkgFiles) {
	a := c.area("config_files", sourceFile)
	seen := map[string]bool{}
	for _, entry := range configFiles {
		for _, file := range a.glob(entry) {
			if !seen[file] {
				seen[file] = true
				a.configFile(d, file, entry)
			}
		}
	}
	slices.SortFunc(c.out.ConfigFiles, func(a, b snapshot.ConfigFile) int { return cmp.Compare(a.Path, b.Path) })
	switch {
	case c.etcWhole():
	case len(seen) == 0:
		a.unknown("/etc", errAbsent)
	default:
		a.problem("/etc", errPart)
	}
}

// errPart is the problem of a tree that has a part of /etc.
var errPart = errors.New("only a part of it is here")

func (a *area) configFile(d *dpkgFiles, file string, entry configFile) {
	c := a.capture
	if !entry.always {
		if unchanged, err := d.unchanged(c, file); err == nil && unchanged {
			return
		}
	}
	data, err := c.read(file)
	switch {
	case absent(err) || errors.Is(err, errNotRegular):
		return // a link to nowhere, or to /dev/null
	case err != nil:
		a.failed++
		a.problem(file, err)
		return
	case len(data) > maxPVEFileSize:
		a.problem(file, errTooLarge)
		return
	}
	a.read++
	properties, err := formats.Config(file, entry.format, data)
	a.parsed(file, err)
	if len(properties) == 0 && err == nil {
		return // nothing but comments
	}
	c.out.ConfigFiles = append(c.out.ConfigFiles, snapshot.ConfigFile{Path: file, Format: entry.format, Properties: properties})
}

// errTooLarge is the problem of a file that no person wrote.
var errTooLarge = errors.New("too large for a configuration file")

// glob lists the files that a path of the table names. A part of it with a * stands for names of a directory.
func (a *area) glob(entry configFile) []string {
	if !strings.Contains(entry.path, "*") {
		if _, err := a.capture.host.Lstat(entry.path); err != nil {
			if !absent(err) {
				a.problem(entry.path, err)
			}
			return nil
		}
		return []string{entry.path}
	}
	found := []string{""}
	parts := strings.Split(entry.path[1:], "/")
	for i, part := range parts {
		var next []string
		for _, dir := range found {
			if !strings.Contains(part, "*") {
				next = append(next, dir+"/"+part)
				continue
			}
			last := i == len(parts)-1
			for _, name := range a.directory(dir) {
				if ok, err := path.Match(part, name); err != nil || !ok {
					continue
				}
				if last && (entry.reads == nil && isLeftover(name) || entry.reads != nil && !entry.reads(name)) {
					continue
				}
				next = append(next, dir+"/"+name)
			}
		}
		found = next
	}
	return found
}
