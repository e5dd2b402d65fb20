package formats

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// configText is the result of a parser as one line a fact: number, key, value.
func configText(t testing.TB, path, format, text string) []string {
	t.Helper()
	found, err := Config(path, format, []byte(text))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	out := []string{}
	for _, p := range found {
		value := "SECRET"
		if p.Value != nil {
			value = *p.Value
		}
		out = append(out, strings.TrimPrefix(p.Source, path+":")+" "+p.Key+" = "+value)
	}
	return out
}

func TestConfigurationFilesAreReadAsTheirProgramsReadThem(t *testing.T) {
	for _, test := range []struct {
		path, format, text string
		want               []string
	}{
		{"/etc/systemd/journald.conf", "ini", "# c\n[Journal]\n#Storage=auto\nSystemMaxUse=500M\n; c\nForwardToSyslog = no\n", []string{"4 Journal.SystemMaxUse = 500M", "6 Journal.ForwardToSyslog = no"}},
		{"/etc/systemd/network/a.network", "ini", "[Match]\nName=en*\n[Route]\nGateway=1\n[Route]\nGateway=2\n", []string{"2 Match.Name = en*", "4 Route.Gateway = 1", "6 Route.2.Gateway = 2"}},
		{"/etc/wireguard/wg0.conf", "ini", "[Interface]\nPrivateKey = abc=\nListenPort = 51820\n[Peer]\nPublicKey = p=\nPresharedKey=q\n[Peer]\nPublicKey = r=\nAllowedIPs = 10.0.0.0/8, ::/0\n",
			[]string{"2 Interface.PrivateKey = SECRET", "3 Interface.ListenPort = 51820", "5 Peer.1.PublicKey = p=", "6 Peer.1.PresharedKey = SECRET", "8 Peer.2.PublicKey = r=", "9 Peer.2.AllowedIPs = 10.0.0.0/8, ::/0"}},
		{"/etc/iscsi/iscsid.conf", "ini", "node.startup = manual\nnode.conn[0].timeo.login_timeout = 15\n", []string{"1 node.startup = manual", "2 node.conn[0].timeo.login_timeout = 15"}},
		{"/etc/samba/smb.conf", "ini", "[global]\n   workgroup = W\n[my share]\n   path = /srv \\\n  /x\n", []string{"2 global.workgroup = W", "4 my share.path = /srv /x"}},
		{"/etc/krb5.conf", "ini", "[realms]\n\tA.B = {\n\t\tkdc = k\n\t}\n[domain_realm]\n\t.a.b = A.B\n", []string{"3 realms.A.B.kdc = k", "6 domain_realm..a.b = A.B"}},
		{"/etc/fail2ban/jail.local", "ini", "[sshd]\nenabled = true\naction = a\n         b\n", []string{"2 sshd.enabled = true", "3 sshd.action = a b"}},
		{"/etc/telegraf/telegraf.conf", "ini", "[[inputs.ping]]\n  urls = [\"a\"]\n[[inputs.ping]] # second\n  urls = [\"b\"]\n", []string{"2 inputs.ping.urls = [\"a\"]", "4 inputs.ping.2.urls = [\"b\"]"}},
		{"/etc/dnsmasq.d/a", "ini", "bind-interfaces\ndhcp-option=3,10.0.0.1\n", []string{"1 bind-interfaces = ", "2 dhcp-option = 3,10.0.0.1"}},
		{"/etc/lxc/default.conf", "ini", "lxc.net.0.type = empty\n", []string{"1 lxc.net.0.type = empty"}},

		{"/etc/smartd.conf", "words", "DEVICESCAN -d removable -n standby \\\n  -m root\n/dev/sda -a # first\n", []string{"1 DEVICESCAN = -d removable -n standby -m root", "3 /dev/sda = -a"}},
		{"/etc/mdadm/mdadm.conf", "words", "HOMEHOST <system>\nARRAY /dev/md0 metadata=1.2\n   UUID=1:2\n", []string{"1 HOMEHOST = <system>", "2 ARRAY = /dev/md0 metadata=1.2 UUID=1:2"}},
		{"/etc/frr/frr.conf", "words", "hostname a\n!\nrouter bgp 65000\n neighbor 10.0.0.1 remote-as 65001\n address-family ipv4 unicast\n  redistribute connected\n exit-address-family\nexit\nip forwarding\n",
			[]string{"1 hostname = a", "3 router = bgp 65000", "4 router bgp 65000.neighbor = 10.0.0.1 remote-as 65001", "5 router bgp 65000.address-family = ipv4 unicast", "6 router bgp 65000.redistribute = connected", "9 ip = forwarding"}},
		{"/etc/snmp/snmpd.conf", "words", "agentaddress udp:161\nrocommunity public 10.0.0.0/8\nsysLocation \"rack # 7\"\n", []string{"1 agentaddress = udp:161", "2 rocommunity = SECRET", "3 sysLocation = \"rack # 7\""}},

		{"/etc/aliases", "colon", "# c\npostmaster: root\nroot: a@b.c,\n  d@e.f\n\"a b\": /dev/null # none\n", []string{"2 postmaster = root", "3 root = a@b.c, d@e.f", "5 a b = /dev/null"}},
		{"/etc/apt/preferences.d/x", "colon", "Explanation: x\nPackage: *\nPin: release n=sid\nPin-Priority: -10\n", []string{"1 Explanation = x", "2 Package = *", "3 Pin = release n=sid", "4 Pin-Priority = -10"}},
		{"/etc/nsswitch.conf", "colon", "passwd:\tfiles systemd\n", []string{"1 passwd = files systemd"}},

		{"/etc/lvm/lvm.conf", "blocks", "devices {\n\t# c\n\tglobal_filter = [ \"r|/dev/zd.*|\",\n\t\t\"r|/dev/rbd.*|\" ] # why\n\tscan_lvs=0\n}\nlocal\n{\n\tx = \"a {b}\"\n}\n",
			[]string{"3 devices.global_filter = [ \"r|/dev/zd.*|\", \t\t\"r|/dev/rbd.*|\" ]", "5 devices.scan_lvs = 0", "9 local.x = a {b}"}},
		{"/etc/lvm/lvmlocal.conf", "blocks", "devices {\n\ta = 1\n}\ndevices {\n\tb = 2\n}\n", []string{"2 devices.a = 1", "5 devices.b = 2"}},
		{"/etc/multipath.conf", "blocks", "defaults {\n\tuser_friendly_names yes\n}\ndevices {\n device {\n  vendor \"A\"\n }\n device { vendor \"B\" }\n}\n",
			[]string{"2 defaults.user_friendly_names = yes", "6 devices.device.vendor = A", "8 devices.device.2.vendor = B"}},
		{"/etc/logrotate.d/x", "blocks", "compress\n/var/log/{a,b}.log\n/var/log/c.log\n{\n\tdaily\n\tpostrotate\n\t\tif [ -f /x ]; then { kill 1; } fi\n\tendscript\n\trotate 7\n}\n",
			[]string{"1 compress = ", "5 /var/log/{a,b}.log /var/log/c.log.daily = ", "6 /var/log/{a,b}.log /var/log/c.log.postrotate = if [ -f /x ]; then { kill 1; } fi", "9 /var/log/{a,b}.log /var/log/c.log.rotate = 7"}},
		{"/etc/apt/apt.conf.d/50x", "blocks", "// c\nAPT::Periodic::Enable \"1\";\nUnattended-Upgrade { Origins-Pattern {\n \"origin=Debian\"; // d\n \"origin=X\";\n};\n /* e; */ Mail \"root\"; };\nAcquire::http::Proxy \"http://u:p@h:1/\";\n",
			[]string{"2 APT::Periodic::Enable = 1", "4 Unattended-Upgrade::Origins-Pattern = origin=Debian", "5 Unattended-Upgrade::Origins-Pattern = origin=X", "7 Unattended-Upgrade::Mail = root", "8 Acquire::http::Proxy = SECRET"}},
		{"/etc/keepalived/keepalived.conf", "blocks", "! c\nvrrp_instance A {\n  state MASTER\n  authentication {\n    auth_pass x\n  }\n}\n", []string{"3 vrrp_instance A.state = MASTER", "5 vrrp_instance A.authentication.auth_pass = SECRET"}},
		{"/etc/nginx/conf.d/x.conf", "blocks", "server {\n listen 443 ssl;\n location / {\n  proxy_pass https://localhost:8006;\n }\n}\n", []string{"2 server.listen = 443 ssl", "4 server.location /.proxy_pass = https://localhost:8006"}},

		{"/etc/sudoers", "lines", "# c\nDefaults env_reset\n#includedir /etc/sudoers.d\n#1000 ALL=ALL\nops ALL=(ALL) \\\n  NOPASSWD: /sbin/reboot\n#\n# 5\n",
			[]string{"2 Defaults = Defaults env_reset", "3 #includedir = #includedir /etc/sudoers.d", "4 #1000 = #1000 ALL=ALL", "5 ops = ops ALL=(ALL) NOPASSWD: /sbin/reboot"}},
		{"/etc/security/limits.conf", "lines", "# c\n* soft nofile 65536\n@grp - nproc 1\n", []string{"2 * = * soft nofile 65536", "3 @grp = @grp - nproc 1"}},
		{"/etc/udev/rules.d/70.rules", "lines", "SUBSYSTEM==\"usb\", ATTR{idVendor}==\"1a6e\", \\\n  GROUP=\"plugdev\"\n", []string{"1 SUBSYSTEM = SUBSYSTEM==\"usb\", ATTR{idVendor}==\"1a6e\", GROUP=\"plugdev\""}},
		{"/etc/exports", "lines", "/srv 10.0.0.0/8(rw,no_root_squash)\n", []string{"1 /srv = /srv 10.0.0.0/8(rw,no_root_squash)"}},
		{"/etc/nftables.conf", "lines", "flush ruleset\ntable inet filter {\n\tchain input {\n\t\ttcp dport 22 accept;\n\t}\n}\n", []string{"1 flush = flush ruleset", "2 table = table inet filter {", "3 chain = chain input {", "4 tcp = tcp dport 22 accept;"}},
		{"/etc/iptables/rules.v4", "lines", "*filter\n:INPUT DROP [0:0]\n-A INPUT -j ACCEPT\nCOMMIT\n", []string{"1 *filter = *filter", "2 :INPUT = :INPUT DROP [0:0]", "3 -A = -A INPUT -j ACCEPT", "4 COMMIT = COMMIT"}},
		{"/etc/pam.d/common-password", "lines", "password [success=1 default=ignore] pam_unix.so obscure yescrypt\n@include common-auth\n-session optional pam_systemd.so\n",
			[]string{"1 password pam_unix.so = [success=1 default=ignore] obscure yescrypt", "2 @include = common-auth", "3 -session pam_systemd.so = optional"}},

		{"/etc/docker/daemon.json", "json", "{\n \"log-driver\": \"journald\",\n \"log-opts\": {\"max-size\": \"1m\"},\n \"dns\": [\"1.1.1.1\", \"9.9.9.9\"],\n \"iptables\": false, \"mtu\": 1500, \"x\": null,\n \"default-address-pools\": [{\"base\": \"a\", \"size\": 1}]\n}\n",
			[]string{"2 log-driver = journald", "3 log-opts.max-size = 1m", "4 dns = 1.1.1.1", "4 dns = 9.9.9.9", "5 iptables = false", "5 mtu = 1500", "5 x = null", "6 default-address-pools.base = a", "6 default-address-pools.size = 1"}},
		{"/etc/default/tailscaled", "shell", "PORT=\"41641\"\nexport FLAGS=\"\" # none\n", []string{"1 PORT = 41641", "2 FLAGS = "}},
	} {
		t.Run(test.path, func(t *testing.T) {
			for _, end := range []string{"\n", "\r\n"} {
				if got := configText(t, test.path, test.format, strings.ReplaceAll(test.text, "\n", end)); !slices.Equal(got, test.want) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
				}
			}
		})
	}
}

func TestBrokenConfigurationIsReadAsFarAsItGoes(t *testing.T) {
	found, err := Config("/etc/docker/daemon.json", "json", []byte("{\"a\": 1, \"b\": }"))
	if err == nil || len(found) != 1 || found[0].Key != "a" {
		t.Errorf("%v %v", found, err)
	}
	if found, err := Config("/etc/x", "yaml", []byte("a: b")); err == nil || found == nil || len(found) != 0 {
		t.Errorf("a format that nobody reads: %v %v", found, err)
	}
	if found, err := Config("/etc/docker/daemon.json", "json", nil); err != nil || len(found) != 0 {
		t.Errorf("an empty file: %v %v", found, err)
	}
}

// configSecrets are places of configuration files where secrets stand. SECRET is what must not come out, keep what must.
var configSecrets = []struct{ format, path, text, keep string }{
	{"ini", "/etc/wireguard/wg0.conf", "[Interface]\nPrivateKey = SECRET=\nAddress = 10.9.0.1/24", "10.9.0.1/24"},
	{"ini", "/etc/wireguard/wg0.conf", "[Peer]\nPresharedKey = SECRET=\nEndpoint = a:1", "a:1"},
	{"ini", "/etc/systemd/network/wg.netdev", "[WireGuard]\nPrivateKey=SECRET", ""},
	{"ini", "/etc/systemd/network/m.netdev", "[MACsecTransmitAssociation]\nKey=SECRET", ""},
	{"ini", "/etc/systemd/system.conf", "[Manager]\nDefaultEnvironment=API_TOKEN=SECRET", ""},
	{"ini", "/etc/iscsi/iscsid.conf", "node.session.auth.password = SECRET\nnode.startup = manual", "manual"},
	{"ini", "/etc/iscsi/iscsid.conf", "discovery.sendtargets.auth.password_in = SECRET", ""},
	{"ini", "/etc/zabbix/zabbix_agentd.conf", "UserParameter=x,curl -H 'Authorization: Bearer SECRET' u", ""},
	{"ini", "/etc/zabbix/zabbix_agent2.conf", "Plugins.Mysql.Sessions.a.Password=SECRET", ""},
	{"ini", "/etc/telegraf/telegraf.conf", "[[outputs.influxdb_v2]]\n  token = \"SECRET\"\n  bucket = \"b1\"", "b1"},
	{"ini", "/etc/telegraf/telegraf.conf", "[[inputs.mysql]]\n  servers = [\"user:SECRET@tcp(127.0.0.1:3306)/\"]", ""},
	{"ini", "/etc/telegraf/telegraf.conf", "[[inputs.http]]\n  urls = [\"https://u:SECRET@h/\"]", ""},
	{"ini", "/etc/telegraf/telegraf.conf", "[[inputs.snmp]]\n  community = \"SECRET\"", ""},
	{"ini", "/etc/netdata/stream.conf", "[stream]\n  api key = SECRET", ""},
	{"ini", "/etc/fail2ban/jail.local", "[DEFAULT]\ncftoken = SECRET\naction_abuseipdb_apikey = SECRET", ""},
	{"ini", "/etc/sssd/sssd.conf", "[domain/a]\nldap_default_authtok = SECRET\nldap_uri = ldap://a", "ldap://a"},
	{"ini", "/etc/samba/smb.conf", "[x]\n ldap admin password = SECRET", ""},
	{"ini", "/etc/hostapd/hostapd.conf", "wpa_passphrase=SECRET\nwpa_psk=SECRET\nwep_key0=SECRET\nssid=home", "home"},
	{"ini", "/etc/ddclient.conf", "password='SECRET'\nlogin=me", "me"},
	{"ini", "/etc/nut/upsd.users", "[admin]\n  password = SECRET\n  upsmon master", "upsmon"},
	{"ini", "/etc/nut/ups.conf", "[a]\n driver = snmp-ups\n community = SECRET\n authPassword = SECRET", "snmp-ups"},
	{"ini", "/etc/nut/ups.conf", "[a]\n secret_thing = SECRET", ""},
	{"ini", "/etc/nut/ups.conf", "[a]\n desc = \"token=SECRET\"", ""},
	{"ini", "/etc/x.conf", "[token=SECRET]\na = b", ""},
	{"ini", "/etc/x.conf", "password=SECRET", ""},
	{"ini", "/etc/x.conf", "password SECRET", ""},
	{"ini", "/etc/x.conf", "user:SECRET@host", ""},
	{"words", "/etc/snmp/snmpd.conf", "rocommunity SECRET 10.0.0.0/8\nsysContact me", "sysContact"},
	{"words", "/etc/snmp/snmpd.conf", "com2sec readonly default SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "com2sec6 readonly default SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "createUser a SHA SECRET AES SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "usmUser 1 3 0x80 0x61 0x61 NULL .1 SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "trapsink host SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "trap2sink host SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "informsink host SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "trapsess -v 2c -c SECRET host", ""},
	{"words", "/etc/snmp/snmpd.conf", "proxy -v 2c -c SECRET host .1", ""},
	{"words", "/etc/snmp/snmpd.conf", "defAuthPassphrase SECRET", ""},
	{"words", "/etc/snmp/snmpd.conf", "extend x /bin/x --token=SECRET", ""},
	{"ini", "/etc/nagios/nrpe.cfg", "command[check_mysql]=/usr/lib/nagios/plugins/check_mysql -u nagios -p SECRET", "/usr/lib/nagios/plugins/check_mysql"},
	{"words", "/etc/nut/upsmon.conf", "MONITOR a@b 1 user SECRET secondary\nMINSUPPLIES 1", "MINSUPPLIES"},
	{"words", "/etc/nut/upsmon.conf", "CERTIDENT name SECRET", ""},
	{"words", "/etc/frr/frr.conf", "router bgp 1\n neighbor 10.0.0.1 password SECRET\n neighbor 10.0.0.1 remote-as 65001", "65001"},
	{"words", "/etc/frr/frr.conf", "password SECRET\nenable password SECRET", ""},
	{"words", "/etc/frr/frr.conf", "key chain a\n key 1\n  key-string SECRET", ""},
	{"words", "/etc/frr/frr.conf", "interface eth0\n ip ospf message-digest-key 1 md5 SECRET\n ip ospf authentication-key SECRET", "interface"},
	{"words", "/etc/msmtprc", "password SECRET\nhost smtp.example", "smtp.example"},
	{"words", "/etc/haproxy/haproxy.cfg", "stats auth admin:SECRET@x\nuser a insecure-password SECRET", ""},
	{"words", "/etc/ldap.conf", "bindpw SECRET", ""},
	{"words", "/etc/x", "token=SECRET", ""},
	{"colon", "/etc/aliases", "root: \"|/bin/x --password=SECRET\"", ""},
	{"colon", "/etc/nsswitch.conf", "x: http://u:SECRET@h", ""},
	{"blocks", "/etc/apt/apt.conf.d/90proxy", "Acquire::http::Proxy \"http://user:SECRET@proxy:3128/\";", ""},
	{"blocks", "/etc/apt/apt.conf.d/90proxy", "Acquire { https { a.example { Password \"SECRET\"; }; }; };", ""},
	{"blocks", "/etc/keepalived/keepalived.conf", "vrrp_instance a {\n authentication {\n auth_pass SECRET\n }\n}", ""},
	{"blocks", "/etc/logrotate.d/x", "/x {\n postrotate\n  curl -d token=SECRET u\n endscript\n}", ""},
	{"blocks", "/etc/nginx/conf.d/x", "location /?token=SECRET {\n a b;\n}", ""},
	{"blocks", "/etc/nginx/conf.d/x", "proxy_set_header Authorization \"Bearer SECRET\";", ""},
	{"blocks", "/etc/wpa_supplicant/w.conf", "network={\n ssid=\"home\"\n psk=\"SECRET\"\n}", "home"},
	{"lines", "/etc/sudoers.d/x", "ops ALL=NOPASSWD: /bin/x --password=SECRET", "ops"},
	{"lines", "/etc/sudoers.d/x", "ops ALL=NOPASSWD: /bin/x -u a:SECRET@h", ""},
	{"lines", "/etc/udev/rules.d/x", "ACTION==\"add\", RUN+=\"/bin/x --token=SECRET\"", "ACTION"},
	{"lines", "/etc/udev/rules.d/x", "ENV{API_TOKEN}=\"SECRET\"", ""},
	{"lines", "/etc/pam.d/x", "auth required pam_x.so bindpw_password=SECRET", "pam_x.so"},
	{"lines", "/etc/rsyslog.d/x", "action(type=\"ommysql\" pwd=\"SECRET\")", ""},
	{"lines", "/etc/exports", "token:SECRET a", ""},
	{"lines", "/etc/nullmailer/remotes", "smtp.example smtp --user=a --pass=SECRET", ""},
	{"json", "/etc/docker/daemon.json", "{\"proxies\": {\"http-proxy\": \"http://u:SECRET@h\"}, \"log-driver\": \"splunk\"}", "splunk"},
	{"json", "/etc/docker/daemon.json", "{\"log-opts\": {\"splunk-token\": [\"SECRET\", {\"a\": \"SECRET\"}]}}", "splunk-token"},
	{"json", "/etc/x.json", "{\"password\": \"SECRET\", \"user:SECRET@h\": 1}", ""},
	{"shell", "/etc/default/proxmox-backup-client", "PBS_PASSWORD=SECRET\nPBS_REPOSITORY=a@pbs@h:store", "a@pbs@h:store"},
	{"shell", "/etc/default/x", "A_PASSPHRASE=SECRET", ""},
	{"shell", "/etc/default/x", "A_APIKEY=SECRET", ""},
	{"shell", "/etc/default/x", "A_PSK=SECRET", ""},
	{"shell", "/etc/default/x", "A_CREDENTIAL=SECRET", ""},
	{"shell", "/etc/default/x", "A_PRIVATE_KEY=SECRET", ""},
	{"shell", "/etc/default/x", "AWS_ACCESS_KEY_ID=SECRET", ""},
	{"shell", "/etc/default/tailscaled", "TS_AUTHKEY=SECRET", ""},
	{"shell", "/etc/default/x", "A_AUTH_KEY=SECRET", ""},
	{"shell", "/etc/default/x", "OPTS=\"--web.token=SECRET\"", ""},
}

// They are places like the others: each rule must be needed for one of them.
func init() {
	for _, place := range configSecrets {
		secretPlaces = append(secretPlaces, struct{ parser, path, text, keep string }{"config-" + place.format, place.path, place.text, place.keep})
	}
}

func TestSecretsOfConfigurationFilesStayWhereTheyAre(t *testing.T) {
	for _, place := range configSecrets {
		t.Run(place.path+" "+place.text, func(t *testing.T) {
			found, err := Config(place.path, place.format, []byte(strings.ReplaceAll(place.text, "SECRET", planted)+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			text := encode(t, found)
			if strings.Contains(text, planted) {
				t.Errorf("the secret is in the result: %s", text)
			}
			if !strings.Contains(text, place.keep) {
				t.Errorf("the result lost %q: %s", place.keep, text)
			}
			if !strings.Contains(text, `"secret":true`) && !strings.Contains(place.text, "[token") && !strings.Contains(place.text, "location") && !strings.HasPrefix(place.text, "user:") {
				t.Errorf("nothing says that there is a secret: %s", text)
			}
		})
	}
}

// What only sounds like a secret stays readable: it is what a reader must decide about.
func TestHarmlessLinesAreShown(t *testing.T) {
	for _, line := range []struct{ format, path, text string }{
		{"lines", "/etc/sudoers", "ops ALL=(ALL) NOPASSWD: ALL"},
		{"lines", "/etc/sudoers", "Defaults passwd_tries=3, passwd_timeout=0"},
		{"lines", "/etc/pam.d/sshd", "password include common-password"},
		{"lines", "/etc/exports", "/srv/nfs 10.0.0.0/8(rw,sync,sec=krb5p) host(ro)"},
		{"lines", "/etc/udev/rules.d/x", "SUBSYSTEM==\"net\", ATTR{address}==\"aa:bb:cc:dd:ee:ff\", NAME=\"lan0\""},
		{"lines", "/etc/iptables/rules.v6", "-A INPUT -s fd00::/8 -p tcp --dport 8006 -j ACCEPT"},
		{"lines", "/etc/security/limits.conf", "root - nofile unlimited"},
		{"ini", "/etc/sanoid/sanoid.conf", "use_template = production"},
		{"ini", "/etc/zabbix/zabbix_agent2.conf", "Server=10.0.0.1"},
		{"ini", "/etc/zabbix/zabbix_agentd.conf", "TLSPSKFile=/etc/zabbix/agent.psk"},
		{"ini", "/etc/zabbix/zabbix_agentd.conf", "TLSPSKIdentity=pve1"},
		{"words", "/etc/smartd.conf", "/dev/sda -m admin@example.org -M test"},
		{"words", "/etc/frr/frr.conf", "ip route 0.0.0.0/0 10.0.0.1"},
		{"words", "/etc/nut/upsmon.conf", "SHUTDOWNCMD /sbin/poweroff"},
		{"colon", "/etc/aliases", "root: admin@example.org"},
		{"colon", "/etc/nsswitch.conf", "passwd: files systemd"},
		{"blocks", "/etc/multipath.conf", "path_checker tur"},
		{"shell", "/etc/default/pveproxy", "ALLOW_FROM=\"10.0.0.1-10.0.0.5,192.168.0.0/22\""},
		{"shell", "/etc/default/zfs", "ZFS_MOUNT=yes"},
	} {
		found, err := Config(line.path, line.format, []byte(line.text+"\n"))
		if err != nil || len(found) != 1 || found[0].Secret != nil || found[0].Value == nil {
			t.Errorf("%s: %q is %s, error %v", line.path, line.text, encode(t, found), err)
		}
	}
}

// Which UPS is watched, and as whom, is no secret; where the line has another shape, any word may be the password.
func TestMonitorLineTellsWhatStandsBesideThePassword(t *testing.T) {
	for line, want := range map[string]string{
		`MONITOR rack@10.0.0.1:3493 1 nas hidden secondary`:         "system=rack@10.0.0.1:3493 supplies=1 user=nas role=secondary",
		`MONITOR rack@localhost 2 admin "hidden with # all" master`: "system=rack@localhost supplies=2 user=admin role=master",
		`MONITOR rack@localhost 1 admin hidden`:                     "",
		`MONITOR rack@localhost 1 hidden master`:                    "",
		`MONITOR rack@localhost 1 admin hidden more primary`:        "",
		`MONITOR rack@localhost 1 admin "hid\"den" primary`:         "",
		`MONITOR rack@localhost 1 admin hidden boss`:                "",
	} {
		found, err := Config("/etc/nut/upsmon.conf", "words", []byte(line+"\n"))
		if err != nil || len(found) != 1 || found[0].Secret == nil || found[0].Value != nil {
			t.Fatalf("%s is %s, error %v", line, encode(t, found), err)
		}
		var words []string
		for _, field := range found[0].Fields {
			words = append(words, field.Name+"="+*field.Value)
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%s tells %q, want %q", line, got, want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	for _, place := range configSecrets {
		f.Add([]byte(place.text))
	}
	f.Add([]byte("a {\nb {\nc = [ \"x\",\n1 ]\n}\n/var/log/{a,b} \\\n{ postrotate\nx\nendscript\n}\n/* x */ A::B { \"c\"; };\n[[x]]\n{\"a\":[1,{\"b\":null}]}\n"))
	f.Add([]byte(strings.Repeat("{", 100) + strings.Repeat("a{\n", 100) + strings.Repeat("[", 50)))
	paths := map[string][]string{
		"ini":   {"/etc/samba/smb.conf", "/etc/wireguard/a.conf", "/etc/fail2ban/jail.local", "/etc/nut/ups.conf"},
		"shell": {"/etc/default/a"}, "words": {"/etc/frr/frr.conf", "/etc/mdadm/mdadm.conf", "/etc/snmp/snmpd.conf"},
		"colon":  {"/etc/aliases", "/etc/nsswitch.conf"},
		"blocks": {"/etc/lvm/lvm.conf", "/etc/logrotate.d/a", "/etc/apt/apt.conf.d/a", "/etc/nginx/conf.d/a.conf"},
		"lines":  {"/etc/sudoers", "/etc/pam.d/a", "/etc/exports"}, "json": {"/etc/docker/daemon.json"},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for format, files := range paths {
			for _, path := range files {
				found, err := Config(path, format, data)
				_ = err // text of another format is an error of some
				facts(t, path, max(1, countLines(data)), found)
				last := 0
				for _, p := range found {
					if len(p.Key) > maxPathLength+2*maxKeyLength {
						t.Fatalf("%s: a key has %d bytes", path, len(p.Key))
					}
					var number int
					if _, err := fmt.Sscanf(p.Source[len(path):], ":%d", &number); err != nil || number < last && format != "shell" {
						t.Fatalf("%s: %s stands behind line %d", path, p.Source, last)
					}
					last = number
				}
			}
		}
	})
}

// What is planted behind any text is still recognised, unless that text swallows the line.
func FuzzConfigSecrets(f *testing.F) {
	f.Add("a = b")
	f.Add("x {")
	f.Fuzz(func(t *testing.T, before string) {
		if strings.ContainsAny(before, "\\\"'*") {
			return // continued and quoted text makes another line of what follows
		}
		for _, place := range []struct{ path, format, line string }{
			{"/etc/wireguard/a.conf", "ini", "PrivateKey = " + planted}, {"/etc/snmp/snmpd.conf", "words", "rocommunity " + planted},
			{"/etc/frr/frr.conf", "words", "password " + planted}, {"/etc/multipath.conf", "blocks", "password " + planted},
			{"/etc/exports", "lines", "password=" + planted},
		} {
			found, err := Config(place.path, place.format, []byte(before+"\n"+place.line+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			hidden(t, found)
		}
	})
}

func BenchmarkConfig(b *testing.B) {
	for _, bench := range []struct{ format, path, text string }{
		{"ini", "/etc/samba/smb.conf", "[share]\n# a comment\n   path = /srv/share\n   read only = no\n"},
		{"words", "/etc/frr/frr.conf", "router bgp 65000\n neighbor 10.0.0.1 remote-as 65001\n!\n"},
		{"blocks", "/etc/lvm/lvm.conf", "devices {\n\t# a comment\n\tfilter = [ \"a|.*|\" ]\n\tscan_lvs = 0\n}\n"},
		{"lines", "/etc/sudoers", "# a comment\nops ALL=(ALL) NOPASSWD: /sbin/reboot\n"},
	} {
		data := []byte(strings.Repeat(bench.text, 1000))
		b.Run(bench.format, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if found, err := Config(bench.path, bench.format, data); err != nil || len(found) == 0 {
					b.Fatal(found, err)
				}
			}
		})
	}
}
