package introspect

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// linesOf are the lines of a configuration file of a capture; nil when it is no fact.
func linesOf(s *snapshot.Snapshot, file string) []string {
	for _, f := range s.ConfigFiles {
		if f.Path != file {
			continue
		}
		lines := []string{}
		for _, p := range f.Properties {
			value := "SECRET"
			if p.Value != nil {
				value = *p.Value
			}
			lines = append(lines, p.Key+" = "+value)
		}
		return lines
	}
	return nil
}

func TestConfigurationFilesThatSaySomethingAreFacts(t *testing.T) {
	stock := "/var/log/tool {\n\tweekly\n}\n"
	for _, test := range []struct {
		name, file string
		files      map[string]string
		want       []string
	}{
		{"one of the host", "/etc/sudoers.d/ops", map[string]string{"etc/sudoers.d/ops": "ops ALL=ALL\n"}, []string{"ops = ops ALL=ALL"}},
		{"one that sudo does not read", "/etc/sudoers.d/ops.bak", map[string]string{"etc/sudoers.d/ops.bak": "ops ALL=ALL\n"}, nil},
		{"one that apt does not read", "/etc/apt/apt.conf.d/x.disabled", map[string]string{"etc/apt/apt.conf.d/x.disabled": "A \"1\";\n"}, nil},
		{"one that apt reads", "/etc/apt/apt.conf.d/99x", map[string]string{"etc/apt/apt.conf.d/99x": "A \"1\";\n"}, []string{"A = 1"}},
		{"what an update left", "/etc/default/grub.dpkg-dist", map[string]string{"etc/default/grub.dpkg-dist": "A=1\n"}, nil},
		{"as its package brought it", "/etc/logrotate.d/tool", nil, nil},
		{"changed", "/etc/logrotate.d/tool", map[string]string{"etc/logrotate.d/tool": "/var/log/tool {\n\tdaily\n}\n"}, []string{"/var/log/tool.daily = "}},
		{"of a host whose packages are not known", "/etc/logrotate.d/tool", map[string]string{"var/lib/dpkg/status": "-"}, []string{"/var/log/tool.weekly = "}},
		{"as ucf delivered it", "/etc/default/grub", map[string]string{"etc/default/grub": stock, "var/lib/ucf/hashfile": "0b2bfd2a61d1a0a8b1d6f4d0c0ffee00  /etc/other\n" + md5Of(stock) + "  /etc/default/grub\n"}, nil},
		{"as its package copied it", "/etc/nsswitch.conf", map[string]string{"etc/nsswitch.conf": "hosts: files dns\n", "usr/share/libc-bin/nsswitch.conf": "hosts: files dns\n"}, nil},
		{"other than its package copied it", "/etc/nsswitch.conf", map[string]string{"etc/nsswitch.conf": "hosts: files sss\n", "usr/share/libc-bin/nsswitch.conf": "hosts: files dns\n"}, []string{"hosts = files sss"}},
		{"one whose defaults matter", "/etc/smartd.conf", map[string]string{
			"etc/smartd.conf": "DEVICESCAN\n", "var/lib/dpkg/status": dpkgStatus("install ok installed", map[string]string{"/etc/smartd.conf": "DEVICESCAN\n"}, nil),
		}, []string{"DEVICESCAN = "}},
		{"nothing but comments", "/etc/exports", map[string]string{"etc/exports": "# none\n"}, nil},
		{"a link to nowhere", "/etc/udev/rules.d/80-net.rules", map[string]string{"etc/udev/rules.d/80-net.rules": "-> /dev/null"}, nil},
		{"in a directory below", "/etc/dnsmasq.d/zone/00-default.conf", map[string]string{"etc/dnsmasq.d/zone/00-default.conf": "except-interface=lo\n"}, []string{"except-interface = lo"}},
		{"beside systemd's own", "/usr/local/lib/systemd/network/50-pve-nic0.link", map[string]string{"usr/local/lib/systemd/network/50-pve-nic0.link": "[Link]\nName=nic0\n"}, []string{"Link.Name = nic0"}},
		{"of hidden name", "/etc/logrotate.d/.x", map[string]string{"etc/logrotate.d/.x": "/x {\n\tdaily\n}\n"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, localHost(test.files)))
			if got := linesOf(s, test.file); !slices.Equal(got, test.want) || (got == nil) != (test.want == nil) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if a := areaOf(t, s, "config_files"); a.Status != statusKnown {
				t.Errorf("area %+v", a)
			}
		})
	}
}

func TestConfigurationFilesThatCannotBeReadAreProblems(t *testing.T) {
	for _, test := range []struct {
		name, source string
		files        map[string]string
	}{
		{"no JSON", "/etc/docker/daemon.json", map[string]string{"etc/docker/daemon.json": "{\"a\": 1"}},
		{"a part of /etc", "/etc", map[string]string{"etc/passwd": "-", "etc/exports": "/srv *(ro)\n"}},
		{"far too large", "/etc/exports", map[string]string{"etc/exports": strings.Repeat("/srv *(ro)\n", maxPVEFileSize/10)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, localHost(test.files)))
			if a := areaOf(t, s, "config_files"); a.Status != statusPartial && a.Status != statusUnknown {
				t.Errorf("area %+v", a)
			}
			if !slices.ContainsFunc(s.Problems, func(p snapshot.Problem) bool { return p.Area == "config_files" && p.Source == test.source }) {
				t.Errorf("no problem names %s", test.source)
			}
		})
	}
}

// Each path of the table is clean and absolute and stands there once, and its format is one that there is a parser for.
func TestTheTableOfConfigurationFilesIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, entry := range configFiles {
		if !path.IsAbs(entry.path) || path.Clean(entry.path) != entry.path || seen[entry.path] {
			t.Errorf("%s is no clean path, or stands there twice", entry.path)
		}
		seen[entry.path] = true
		if _, err := path.Match(entry.path, "/x"); err != nil {
			t.Errorf("%s: %v", entry.path, err)
		}
		if !slices.Contains([]string{"ini", "shell", "words", "colon", "blocks", "lines", "json"}, entry.format) {
			t.Errorf("%s: no format %q", entry.path, entry.format)
		}
		if entry.reads != nil && !strings.Contains(entry.path, "*") {
			t.Errorf("%s is no pattern", entry.path)
		}
	}
	for _, store := range []string{"/etc/security/opasswd", "/etc/shadow", "/etc/postfix/sasl_passwd", "/etc/ppp/chap-secrets", "/etc/krb5.keytab"} {
		for _, entry := range configFiles {
			if ok, _ := path.Match(entry.path, store); ok {
				t.Errorf("%s would be read as %s", store, entry.path)
			}
		}
	}
}

// configCanaries are files with a secret in each format, once in force and once commented out.
var configCanaries = map[string]string{
	"etc/wireguard/wg0.conf": "[Interface]\nPrivateKey = %s\n#PrivateKey = %s\n[Peer]\nPresharedKey = %s\n", "etc/snmp/snmpd.conf": "rocommunity %s\n#rwcommunity %s\n",
	"etc/nut/upsd.users": "[a]\npassword = %s\n", "etc/nut/upsmon.conf": "MONITOR a@b 1 u %s master\n# MONITOR a@b 1 u %s master\n",
	"etc/frr/frr.conf": "router bgp 1\n neighbor 1.2.3.4 password %s\n! neighbor x password %s\n", "etc/iscsi/iscsid.conf": "node.session.auth.password = %s\n#discovery.sendtargets.auth.password = %s\n",
	"etc/apt/apt.conf.d/90proxy": "Acquire::http::Proxy \"http://u:%s@h:1\";\n", "etc/keepalived/keepalived.conf": "vrrp_instance a {\n authentication {\n  auth_pass %s\n }\n}\n",
	"etc/sudoers.d/x": "a ALL=NOPASSWD: /bin/x --password=%s\n", "etc/docker/daemon.json": "{\"proxies\": {\"https-proxy\": \"http://u:%s@h\"}}\n",
	"etc/default/tailscaled": "TS_AUTHKEY=%s\n", "etc/telegraf/telegraf.conf": "[[outputs.influxdb_v2]]\n  token = \"%s\"\n", "etc/aliases": "root: \"|/bin/x --token=%s\"\n",
	"etc/sssd/sssd.conf": "[domain/a]\nldap_default_authtok = %s\n", "etc/udev/rules.d/x.rules": "RUN+=\"/bin/x --token=%s\"\n", "etc/msmtprc": "password %s\n",
	"etc/systemd/network/w.netdev": "[WireGuard]\nPrivateKey=%s\n", "etc/pam.d/x": "auth required pam_x.so bind_password=%s\n", "etc/logrotate.d/x": "/x {\n postrotate\n  curl -d token=%s u\n endscript\n}\n",
	"etc/ddclient.conf": "password=%s\n", "etc/zabbix/zabbix_agent2.conf": "Plugins.Mysql.Default.Password=%s\n", "etc/hostapd/h.conf": "wpa_passphrase=%s\n",
	"root/token-%d.txt": "%s\n", "usr/local/bin/run": "#!/bin/sh\nTOKEN=%s\n", "var/lib/vz/snippets/user.yaml": "password: %s\n", "etc/mine.key": "%s\n", "opt/x/secret": "%s",
	"var/lib/docker/containers/abc/config.v2.json":                         "{\"Name\":\"/web\",\"Config\":{\"Image\":\"nginx\",\"Env\":[\"PASSWORD=%s\"],\"Cmd\":[\"--token=%s\"],\"Labels\":{\"a\":\"%s\"}},\"State\":{\"Running\":true}}",
	"var/lib/docker/containers/abc/hostconfig.json":                        "{\"NetworkMode\":\"bridge\",\"RestartPolicy\":{\"Name\":\"always\"},\"LogConfig\":{\"Config\":{\"splunk-token\":\"%s\"}}}",
	"var/lib/containers/storage/overlay-containers/containers.json":        "[{\"id\":\"1\",\"names\":[\"db\"],\"image\":\"i\",\"metadata\":\"{\\\"name\\\":\\\"db\\\"}\"}]",
	"var/lib/containers/storage/overlay-containers/1/userdata/config.json": "{\"process\":{\"env\":[\"PASSWORD=%s\"],\"args\":[\"%s\"]},\"annotations\":{\"x\":\"%s\"}}",
}

func TestSecretsOfConfigurationFilesAndLocalFilesStayOnTheHost(t *testing.T) {
	files := localHost(nil)
	planted := 0
	for _, name := range slices.Sorted(maps.Keys(configCanaries)) {
		planted += strings.Count(configCanaries[name], "%s")
		files[name] = strings.ReplaceAll(configCanaries[name], "%s", "CANARY"+marker)
	}
	s := captureTree(t, writeTree(t, files))
	for line := range strings.Lines(string(encode(t, s))) {
		if strings.Contains(line, marker) {
			t.Errorf("the snapshot tells a secret: %s", strings.TrimSpace(line))
		}
	}
	read := 0
	for _, file := range s.Files {
		if !strings.Contains(configCanaries[strings.TrimPrefix(file.Path, "/")], "%s") {
			continue
		}
		read++
		if file.SHA256 != "" {
			t.Errorf("the digest of %s, which holds a secret, is in the snapshot", file.Path)
		}
	}
	if planted < 30 || read < 20 {
		t.Errorf("%d secrets in %d files that were read: that tests little", planted, read)
	}
	for _, file := range []string{"/root/token-%d.txt", "/usr/local/bin/run", "/var/lib/vz/snippets/user.yaml", "/etc/mine.key", "/opt/x/secret"} {
		if slices.ContainsFunc(s.Files, func(f snapshot.File) bool { return f.Path == file }) {
			t.Errorf("%s was read", file)
		}
	}
}
