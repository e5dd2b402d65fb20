package introspect

import (
	"path"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// collectSystem reads the Debian system below PVE.
func collectSystem(c *capture) {
	collectBoot(c)
	collectAccounts(c)
	collectCron(c)
	out := &c.out.System

	a := c.area("system.sshd", sourceFile)
	if data, ok := a.want("/etc/ssh/sshd_config", c.etcWhole()); ok {
		out.SSHD = formats.SSHD("/etc/ssh/sshd_config", data)
	}
	out.SSHD = append(out.SSHD, a.configs("/etc/ssh/sshd_config.d", "", formats.SSHD)...)

	a = c.area("system.sysctl", sourceFile)
	if data, ok := a.want("/etc/sysctl.conf", c.etcWhole()); ok {
		out.Sysctl = formats.Sysctl("/etc/sysctl.conf", data)
	}
	out.Sysctl = append(out.Sysctl, a.configs("/etc/sysctl.d", "/etc/sysctl.conf", formats.Sysctl)...)

	a = c.area("system.modules_load", sourceFile)
	if data, ok := a.want("/etc/modules", c.etcWhole()); ok {
		out.ModulesLoad = formats.ModulesLoad("/etc/modules", data)
	}
	out.ModulesLoad = append(out.ModulesLoad, a.configs("/etc/modules-load.d", "/etc/modules", formats.ModulesLoad)...)

	a = c.area("system.modprobe", sourceFile)
	out.Modprobe = a.configs("/etc/modprobe.d", "", formats.Modprobe)
	if !c.etcWhole() && len(out.Modprobe) == 0 {
		a.unknown("/etc/modprobe.d", errAbsent)
	}

	a = c.area("system.subordinate", sourceFile)
	for _, kind := range []string{"uid", "gid"} {
		if data, ok := a.want("/etc/sub"+kind, c.etcWhole()); ok {
			out.Subordinate = append(out.Subordinate, formats.Subordinate("/etc/sub"+kind, kind, data)...)
		}
	}
	a = c.area("system.mail", sourceFile)
	if data, ok := a.want("/etc/postfix/main.cf", c.etcWhole()); ok {
		out.Mail = formats.PostfixMain("/etc/postfix/main.cf", data)
	}
	if data, ok := a.want("/etc/mailname", c.etcWhole()); ok {
		first, _, _ := strings.Cut(string(data), "\n")
		out.MailName = strings.TrimSpace(first)
	}
	collectTime(c)
}

// configs reads all files of a directory that end in .conf, in the order in
// which their readers take them: by name. Debian has links in such directories to
// the older single file; a link to besides is left out, since that was read.
func (a *area) configs(dir, besides string, parse func(path string, data []byte) []snapshot.Property) []snapshot.Property {
	var out []snapshot.Property
	for _, name := range a.directory(dir) {
		file := dir + "/" + name
		if !strings.HasSuffix(name, ".conf") {
			continue
		}
		if real, err := a.capture.host.Resolve(file); err == nil && real == besides {
			continue
		}
		if data, ok := a.may(file); ok {
			out = append(out, parse(file, data)...)
		}
	}
	return out
}

// collectAccounts reads the users of the system and who may log in as them.
func collectAccounts(c *capture) {
	out := &c.out.System
	a := c.area("system.users", sourceFile)
	passwd, ok := a.need("/etc/passwd")
	if ok {
		// Only whether there is a password is taken from shadow.
		shadow, err := a.file("/etc/shadow")
		out.Users = formats.Passwd("/etc/passwd", passwd, shadow)
		switch {
		case absent(err):
			a.problem("/etc/shadow", errAbsent)
		case err != nil:
			a.problem("/etc/shadow", err)
		}
	}
	a = c.area("system.groups", sourceFile)
	if data, ok := a.need("/etc/group"); ok {
		out.Groups = formats.Group("/etc/group", data)
	}

	a = c.area("system.authorized_keys", sourceFile)
	if !ok {
		a.unknown("/etc/passwd", errAbsent)
	}
	seen := map[string]bool{}
	add := func(user, file string) {
		real, err := c.host.Resolve(file)
		if err != nil || seen[real] {
			return
		}
		seen[real] = true
		if strings.HasPrefix(real, pveDir+"/") {
			file = real // there only while pmxcfs runs
		}
		if data, ok := a.may(file); ok {
			out.AuthorizedKeys = append(out.AuthorizedKeys, formats.AuthorizedKeys(file, user, data)...)
		}
	}
	for _, user := range out.Users {
		for _, name := range []string{"authorized_keys", "authorized_keys2"} {
			if path.IsAbs(user.Home) {
				add(user.Name, path.Join(user.Home, ".ssh", name))
			}
		}
		if file, plain := nixosKeys(user.Name); plain {
			add(user.Name, file)
		}
	}
	// PVE makes root's file a link to the cluster's. Where root has a file of its own, nobody looks at the cluster's.
	const ofRoot, ofCluster = "/root/.ssh/authorized_keys", pveDir + "/priv/authorized_keys"
	if _, err := c.host.Stat(ofRoot); err != nil {
		add("root", ofCluster)
	}
}

// nixosKeys is where NixOS keeps the keys of its configuration, one file a user.
func nixosKeys(user string) (file string, plain bool) {
	file = path.Join("/etc/ssh/authorized_keys.d", user)
	return file, path.Base(file) == user
}

// collectCron reads the tables of cron, and the scripts that run-parts runs for it.
func collectCron(c *capture) {
	a := c.area("system.cron", sourceFile)
	out := &c.out.System
	const tab, tabs, spool = "/etc/crontab", "/etc/cron.d", "/var/spool/cron/crontabs"
	if data, ok := a.want(tab, c.etcWhole()); ok {
		out.Cron = formats.Cron(tab, data, true)
	}
	for _, name := range a.directory(tabs) {
		if !isRunPartsName(name) {
			continue
		}
		if data, ok := a.may(tabs + "/" + name); ok {
			out.Cron = append(out.Cron, formats.Cron(tabs+"/"+name, data, true)...)
		}
	}
	for _, user := range a.directory(spool) {
		if data, ok := a.may(spool + "/" + user); ok {
			out.Cron = append(out.Cron, formats.Cron(spool+"/"+user, data, false)...)
		}
	}
	for _, period := range []string{"hourly", "daily", "weekly", "monthly"} {
		dir := "/etc/cron." + period
		for _, name := range a.directory(dir) {
			if isRunPartsName(name) {
				out.Cron = append(out.Cron, snapshot.CronEntry{
					Schedule: "@" + period, User: "root", Program: dir + "/" + name, Source: dir + "/" + name,
				})
			}
		}
	}
}

// isRunPartsName says whether cron and run-parts look at a file: letters,
// digits, dashes and underscores, so that leftovers such as x.dpkg-old are not run.
func isRunPartsName(name string) bool {
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return false
		}
	}
	return name != "placeholder"
}

// ntpdFiles are the configurations of ntpd, which older releases of PVE recommended, and of its successor.
var ntpdFiles = []string{"/etc/ntp.conf", "/etc/ntpsec/ntp.conf"}

// collectTime reads the clock's servers, zone, language and keyboard.
func collectTime(c *capture) {
	out := &c.out.System
	a := c.area("system.ntp", sourceFile)
	const chrony, timesyncd = "/etc/chrony/chrony.conf", "/etc/systemd/timesyncd.conf"
	for _, file := range ntpdFiles {
		if data, ok := a.may(file); ok {
			out.NTP = append(out.NTP, timeServers(file, data)...)
		}
	}
	if data, ok := a.may(chrony); ok {
		out.NTP = append(out.NTP, timeServers(chrony, data)...)
	}
	for _, dir := range []string{"/etc/chrony/conf.d", "/etc/chrony/sources.d"} {
		for _, name := range a.directory(dir) {
			if data, ok := a.may(dir + "/" + name); ok {
				out.NTP = append(out.NTP, timeServers(dir+"/"+name, data)...)
			}
		}
	}
	if data, ok := a.may(timesyncd); ok {
		out.NTP = append(out.NTP, timeServers(timesyncd, data)...)
	}
	if !c.etcWhole() && len(out.NTP) == 0 {
		a.unknown(chrony, errAbsent)
	}

	a = c.area("system.locale", sourceFile)
	// Programs go by the link; Debian's file beside it may be stale, and is gone from Debian 13 on.
	if target, err := c.host.Readlink("/etc/localtime"); err == nil {
		_, out.TimeZone, _ = strings.Cut(target, "zoneinfo/")
	}
	if data, ok := a.may("/etc/timezone"); ok && out.TimeZone == "" {
		out.TimeZone = firstWord(data)
	}
	for _, file := range []string{"/etc/default/locale", "/etc/locale.conf"} {
		if data, ok := a.may(file); ok && out.Locale == "" {
			out.Locale = variableOf(data, "LANG")
		}
	}
	if data, ok := a.may("/etc/default/keyboard"); ok {
		out.Keymap = variableOf(data, "XKBLAYOUT")
	}
	if data, ok := a.may("/etc/vconsole.conf"); ok && out.Keymap == "" {
		out.Keymap = variableOf(data, "KEYMAP")
	}
	if !c.etcWhole() && out.TimeZone == "" && out.Locale == "" && out.Keymap == "" {
		a.unknown("/etc/timezone", errAbsent)
	}
}
