package formats

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// planted is the secret that tests hide.
const planted = "Hunter2PLANTED"

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// secretPlaces are all places of the files of a host where secrets are known to stand. SECRET is
// what must not come out; keep, where given, must.
var secretPlaces = []struct {
	parser, path, text, keep string
}{
	{"qemu", "", "cipassword: SECRET", ""},
	{"qemu", "", "args: -device isa-applesmc,osk=\"SECRET\"", ""},
	{"qemu", "", "#token SECRET\nname: web", "web"},
	{"qemu", "", "description: root SECRET", ""},
	{"qemu", "", "sshkeys: ssh-ed25519%20SECRET", ""},
	{"qemu", "", "hookscript: local:snippets/h.pl SECRET", ""},
	{"qemu", "", "hookscript: local:snippets/h.pl", "local:snippets/h.pl"},
	{"qemu", "", "smbios1: uuid=1-2-3,serial=ds=nocloud;password=SECRET", "1-2-3"},
	{"qemu", "", "smbios1: uuid=1-2-3,base64=1,serial=" + base64.StdEncoding.EncodeToString([]byte("token="+planted)), "1-2-3"},
	{"qemu", "", "[snap]\ncipassword: SECRET", "snap"},
	{"qemu", "", "[PENDING]\ncipassword: SECRET", ""},
	{"qemu", "", "[special:cloudinit]\ncipassword: SECRET", "special:cloudinit"},
	{"qemu", "", "[special:other]\ncipassword: SECRET", "special:other"},
	{"qemu", "", "broken line SECRET", ""},
	{"qemu", "", "net0: virtio,x=http://user:SECRET@host/", ""},
	{"lxc", "", "env: A=SECRET", ""},
	{"lxc", "", "lxc.environment: A=SECRET", ""},
	{"lxc", "", "lxc.environment.runtime = A=SECRET", ""},
	{"lxc", "", "lxc.hook.pre-start: /usr/bin/hook --key SECRET", "/usr/bin/hook"},
	{"lxc", "", "lxc.init.cmd: /sbin/init SECRET", "/sbin/init"},
	{"lxc", "", "entrypoint: /app --password=SECRET", "/app"},
	{"lxc", "", "#SECRET", ""},
	{"unit", "", "[Service]\nSetCredential=a:SECRET\nUser=u", "u"},
	{"unit", "", "[Service]\nEnvironment=A=1 DB_PASS=SECRET\nUser=u", "u"},
	{"unit", "", "[Service]\nEnvironment=SNMP_COMMUNITY=SECRET\nUser=u", "u"},
	{"unit", "", "[Service]\nExecStart=/bin/a --api-key SECRET", "/bin/a"},
	{"unit", "", "[Mount]\nOptions=rw,user=a%SECRET\nWhere=/mnt", "/mnt"},
	{"unit", "", "[Unit]\nDescription=token: SECRET", ""},
	{"unit", "", "[X-Own]\nPassword=SECRET\nA=b", "X-Own.A"},
	{"unit", "", "[X-Own]\nClientSecret=SECRET", ""},
	{"unit", "", "[X-Own]\nApiToken=SECRET", ""},
	{"sdn-ipams", "", "netbox: n\n\turl https://n/api\n\ttoken SECRET", "https://n/api"},
	{"sdn-dns", "", "powerdns: d\n\tkey SECRET\n\tttl 60", "60"},
	{"realms", "", "openid: o\n\tclient-id me\n\tclient-key SECRET", "client-id"},
	{"realms", "", "ldap: l\n\tpassword SECRET\n\tbind_dn cn=x", "cn=x"},
	{"realms", "", "pam: pam\n\ttfa type=yubico,id=7,key=SECRET", "yubico"},
	{"realms", "", "other: o\n\ttfa type=yubico,id=7,key=SECRET", ""},
	{"metrics", "", "opentelemetry: o\n\totel-headers SECRET\n\tserver x", "server"},
	{"metrics", "", "influxdb: i\n\ttoken SECRET\n\tport 8086", "8086"},
	{"notifications", "", "smtp: s\n\tserver mx\n\tpassword SECRET", "mx"},
	{"notifications", "", "gotify: g\n\ttoken SECRET", ""},
	{"notifications", "", "webhook: w\n\theader name=Authorization,value=SECRET", "Authorization"},
	{"notifications", "", "webhook: w\n\theader SECRET", ""},
	{"notifications", "", "webhook: w\n\tsecret name=k,value=SECRET", ""},
	{"notifications", "", "webhook: w\n\turl https://u:SECRET@hooks.example.org/x", "https://hooks.example.org/x"},
	{"notifications", "", "webhook: w\n\turl https://hooks.example.org/x?token=SECRET", "https://hooks.example.org/x"},
	{"notifications", "", "webhook: w\n\turl https://discord.example/api/webhooks/123/SECRET", "https://discord.example/api/webhooks/"},
	{"notifications", "", "webhook: w\n\turl https://api.telegram.example/bot12345:SECRET/sendMessage", "https://api.telegram.example/"},
	{"storage", "", "cifs: c1\n\tusername me\n\tpassword SECRET", "me"},
	{"storage", "", "cifs: c1\n\toptions vers=3,password=SECRET", ""},
	{"storage", "", "cifs: c1\n\toptions vers=3,seal", "vers=3,seal"},
	{"storage", "", "pbs: backup\n\tencryption-key ab:cd:ef\n\tfingerprint 12:34", "ab:cd:ef"},
	{"storage", "", "odd: x1\n\tshared-secret SECRET", ""},
	{"storage", "", "dir: d1\n\tpath /x\nno such thing SECRET", "/x"},
	{"acme-plugins", "", "dns: d\n\tapi cf\n\tdata SECRET", "cf"},
	{"key-values", "/etc/pve/datacenter.cfg", "http_proxy: http://user:SECRET@proxy:3128", "http://proxy:3128"},
	{"key-values", "/etc/pve/datacenter.cfg", "http_proxy: http://user:SEC/SECRET@proxy:3128", "http://proxy:3128"},
	{"key-values", "/etc/pve/datacenter.cfg", "http_proxy: http://proxy:3128", "http://proxy:3128"},
	{"key-values", "/etc/pve/datacenter.cfg", "# SECRET\nkeyboard: de", "de"},
	{"key-values", "/etc/pve/datacenter.cfg", "description: SECRET", ""},
	{"key-values", "/etc/pve/nodes/a/config", "#SECRET", ""},
	{"key-values", "/etc/vzdump.conf", "script: /usr/local/bin/hook --password SECRET", "/usr/local/bin/hook"},
	{"key-values", "/etc/vzdump.conf", "SECRET", ""},
	{"user.cfg", "", "user:a@pve:1:0:::::SECRET:", "a@pve"},
	{"user.cfg", "", "user:a@pve:1:0:SECRET:SECRET:SECRET:SECRET::", "a@pve"},
	{"kernel", "", "quiet my_password=SECRET root=/dev/sda", "/dev/sda"},
	{"kernel", "", `api_token="SECRET x"`, ""},
	{"kernel", "", "systemd.set_credential=name:SECRET", ""},
	{"kernel", "", "systemd.set_credential_binary=name:SECRET", ""},
	{"kernel", "", "systemd.setenv=DB_PASSWORD=SECRET", ""},
	{"kernel", "", "proxy=http://u:SECRET@h/", ""},
	{"fstab", "", "//nas/share /mnt cifs username=me,password=SECRET,vers=3 0 0", "vers=3"},
	{"fstab", "", "//nas/share /mnt cifs pass=SECRET 0 0", "/mnt"},
	{"fstab", "", "//nas/share /mnt cifs username=me%SECRET 0 0", "/mnt"},
	{"fstab", "", "//nas/share /mnt cifs credentials=/root/.smb 0 0", "credentials=/root/.smb"},
	{"fstab", "", "//nas/share /mnt cifs credentials=SECRET 0 0", "/mnt"},
	{"fstab", "", "//me:SECRET@nas/share /mnt cifs guest 0 0", "@nas/share"},
	{"fstab", "", "https://me:SECRET@dav/ /mnt davfs rw 0 0", "/mnt"},
	{"fstab", "", "curlftpfs#me:SECRET@host /mnt fuse rw 0 0", "@host"},
	{"fstab", "", "10.0.0.1:6789:/ /mnt ceph name=admin,secret=SECRET 0 0", "name=admin"},
	{"crypttab", "", "data /dev/sdb SECRET luks", "luks"},
	{"crypttab", "", "data /dev/sdb /root/key luks", `"key_file":"/root/key"`},
	{"mountinfo", "", "36 35 0:50 / /mnt rw - cifs //nas/x rw,password=SECRET", "/mnt"},
	{"interfaces", "", "iface wlan0\n wpa-psk SECRET", "wpa-psk"},
	{"interfaces", "", "iface wlan0\n wireless_key1 SECRET", "wlan0"},
	{"interfaces", "", "iface a\n post-up /usr/bin/vpn --token SECRET", "/usr/bin/vpn"},
	{"interfaces", "", "iface a\n up PASSWORD=SECRET /bin/x", ""},
	{"interfaces", "", "iface a\n post-up iptables -t nat -A POSTROUTING -j MASQUERADE", "-j MASQUERADE"},
	{"ceph", "", "[client.admin]\nkey = SECRET", ""},
	{"ceph", "", "[client.rgw]\nrgw keystone admin password = SECRET\nhost = a", "client.rgw.host"},
	{"ceph", "", "[client.x]\nkeyring = /etc/pve/priv/$cluster.keyring", "/etc/pve/priv/$cluster.keyring"},
	{"postfix", "", "smtp_sasl_password_maps = inline:{\n {relay = me:SECRET} }", "smtp_sasl_password_maps"},
	{"postfix", "", "smtp_sasl_password_maps = static:me:SECRET", ""},
	{"postfix", "", "smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd", "hash:/etc/postfix/sasl_passwd"},
	{"postfix", "", "mysql_password = SECRET", ""},
	{"cron", "", "0 3 * * * root TOKEN=SECRET /usr/bin/backup --key SECRET", "/usr/bin/backup"},
	{"cron", "", "0 3 * * * root PW=\"a SECRET\" /usr/bin/x", ""},
	{"cron", "", "0 3 * * * root curl 'https://SECRET@host'", "curl"},
	{"cron", "", "MAILTO=SECRET", ""},
	{"modprobe", "", "install x /sbin/modprobe --password=SECRET", "/sbin/modprobe"},
	{"modprobe", "", "options kvm nested=1", "nested=1"},
	{"zfs", "", "tank\torg:rclone-key\tSECRET\tlocal", "org:rclone-key"},
	{"zfs", "", "tank\torg:passwd\tSECRET\tlocal", ""},
	{"zfs", "", "tank\torg:dbpass\tSECRET\tlocal", ""},
	{"zfs", "", "tank\torg:passphrase\tSECRET\tlocal", ""},
	{"zfs", "", "tank\torg:Secret\tSECRET\treceived", ""},
	{"zfs", "", "tank\torg:token\tSECRET\tlocal", ""},
	{"zfs", "", "tank\torg:credentials\tSECRET\tlocal", ""},
	{"zfs", "", "tank\torg:hook\tcurl --token SECRET\tlocal", ""},
	{"zfs", "", "tank\tkeylocation\tfile:///root/key\tlocal", "file:///root/key"},
	{"lvm", "", "ceph.osd_id=3,ceph.cephx_lockbox_secret=SECRET", "ceph.osd_id=3"},
	{"lvm", "", "app.password=SECRET", "app.password"},
	{"lvm", "", "app.token=SECRET", ""},
	{"lvm", "", "app.key=SECRET", ""},
	{"sshd", "", "SetEnv API_TOKEN=SECRET", "SetEnv"},
	{"sshd", "", "PasswordAuthentication no", `"no"`},
	{"shell", "", "ZED_SLACK_WEBHOOK_URL=\"SECRET\"", "ZED_SLACK_WEBHOOK_URL"},
	{"shell", "", "PBS_PASSWORD='SECRET'", "PBS_PASSWORD"},
	{"apt", "/etc/apt/sources.list", "deb https://me:SECRET@repo.example.org/debian trixie main", "https://repo.example.org/debian"},
	{"apt", "/etc/apt/sources.list.d/x.sources", "Types: deb\nURIs: https://me:SECRET@repo.example.org/\nSuites: x", "https://repo.example.org/"},
	{"passwd", "", "root:SECRET:0:0:root:/root:/bin/bash", "/bin/bash"},
	{"firewall", "", "[OPTIONS]\nSECRET\n[RULES]\nIN ACCEPT # SECRET\nSECRET", ""},
	{"corosync", "", "totem {\n# SECRET\n cluster_name: x\n}", "cluster_name"},
	{"corosync", "", "totem {\n key: SECRET\n cluster_name: x\n}", "cluster_name"},
	{"networkmanager", "", "[802-1x]\npassword=SECRET\nidentity=me", "me"},
	{"networkmanager", "", "[802-1x]\npassword-raw=SECRET", "802-1x.password-raw"},
	{"networkmanager", "", "[802-1x]\nprivate-key=SECRET", ""},
	{"networkmanager", "", "[802-1x]\nprivate-key=/etc/key.pem", "/etc/key.pem"},
	{"networkmanager", "", "[wifi-security]\nkey-mgmt=wpa-psk\npsk=SECRET", "wpa-psk"},
	{"networkmanager", "", "[wifi-security]\nwep-key0=SECRET", ""},
	{"networkmanager", "", "[wireguard-peer.PUB]\npreshared-key=SECRET\nendpoint=a:1", "a:1"},
	{"networkmanager", "", "[gsm]\npin=SECRET", ""},
	{"networkmanager", "", "[macsec]\nmka-cak=SECRET", ""},
	{"networkmanager", "", "[vpn-secrets]\nkey=SECRET", ""},
	{"networkmanager", "", "[vpn]\nuser_token=SECRET", ""},
	{"networkmanager", "", "[vpn]\nhint=the password: SECRET", ""},
	{"networkmanager", "", "[proxy]\npac-url=http://me:SECRET@proxy/x", ""},
	{"sysctl", "", "kernel.x = 1", "kernel.x"},
	{"qemu", "", "some_secret: SECRET", "some_secret"},
	{"qemu", "", "some_token: SECRET", "some_token"},
	{"sdn-fabrics", "", "x: y\n\tapi_key SECRET", "api_key"},
	{"sdn-fabrics", "", "x: y\n\tapikey SECRET", "apikey"},
	{"sdn-fabrics", "", "wireguard: w\n\tprivate_key SECRET\n\tpsk SECRET", "private_key"},
	{"sdn-fabrics", "", "wireguard: w\n\tpsk SECRET", "psk"},
	{"storage", "", "rbd: r1\n\tkeyring SECRET\n\tpool rbd", "keyring"},
	{"storage", "", "cifs: c1\n\toptions pass=SECRET", "options"},
	{"storage", "", "cephfs: c1\n\toptions name=x,secret=SECRET", "options"},
	{"storage", "", "cifs: c1\n\toptions username=me%SECRET", "options"},
	{"notifications", "", "webhook: w\n\tbody " + base64.StdEncoding.EncodeToString([]byte("token="+planted)), "body"},
	{"notifications", "", "webhook: w\n\tbody e30=", "e30="},
	{"jobs", "", "vzdump: j\n\tscript /usr/local/bin/hook --token SECRET", "/usr/local/bin/hook"},
	{"realms", "", "pam: pam\n\tcomment the password: SECRET", "comment"},
	{"mapping", "", "gpu\n\tdescription password SECRET", "description"},
	{"key-values", "/etc/vzdump.conf", "some-password: SECRET", "some-password"},
	{"key-values", "/etc/vzdump.conf", "some-secret: SECRET", "some-secret"},
	{"key-values", "/etc/vzdump.conf", "some-token: SECRET", "some-token"},
	{"kernel", "", "luks_passphrase=SECRET", "luks_passphrase"},
	{"kernel", "", "x.secret=SECRET", "x.secret"},
	{"kernel", "", "wifi_psk=SECRET", "wifi_psk"},
	{"kernel", "", "x.api_key=SECRET", "x.api_key"},
	{"kernel", "", "x.private_key=SECRET", "x.private_key"},
	{"fstab", "", "//nas/share /mnt cifs cred=SECRET 0 0", "/mnt"},
	{"interfaces", "", "iface a\n wpa-password SECRET", "wpa-password"},
	{"interfaces", "", "iface a\n wpa-passphrase SECRET", "wpa-passphrase"},
	{"interfaces", "", "iface a\n shared-secret SECRET", "shared-secret"},
	{"interfaces", "", "iface a\n wpa-wep-key0 SECRET", "wpa-wep-key0"},
	{"interfaces", "", "iface a\n wireguard-private-key SECRET", "wireguard-private-key"},
	{"ceph", "", "[a]\nrgw_admin_token = SECRET", "rgw_admin_token"},
	{"ceph", "", "[a]\nrgw swift secret = SECRET", "rgw_swift_secret"},
	{"ceph", "", "[a]\nx access-key = SECRET", "x_access_key"},
	{"ceph", "", "[a]\nrgw crypt default encryption key = SECRET", "encryption_key"},
	{"postfix", "", "pgsql_passwd = SECRET", "pgsql_passwd"},
	{"postfix", "", "ldap_bind_pw = SECRET", "ldap_bind_pw"},
	{"postfix", "", "x_secret = SECRET", "x_secret"},
	{"sshd", "", "Match User git\n SetEnv API_TOKEN=SECRET", "Match/SetEnv"},
	{"shell", "", "APP_secret=SECRET", "APP_secret"},
	{"shell", "", "APP_TOKEN=SECRET", "APP_TOKEN"},
	{"shell", "", "APP_API_KEY=SECRET", "APP_API_KEY"},
	{"shell", "", "OPTIONS='--password SECRET'", "OPTIONS"},
	{"ovsdb", "", `["map",[["psk","SECRET"],["remote_ip","192.0.2.1"]]]`, "192.0.2.1"},
	{"ovsdb", "", `["map",[["admin_password","SECRET"]]]`, "admin_password"},
	{"ovsdb", "", `["map",[["shared_secret","SECRET"]]]`, "shared_secret"},
	{"ovsdb", "", `["map",[["api-token","SECRET"]]]`, "api-token"},
	{"ovsdb", "", `["map",[["note","password: SECRET"]]]`, "note"},
}

// parse runs one parser by its name in secretPlaces.
func parse(parser, path, text string) any {
	data := []byte(text)
	if path == "" {
		path = "/etc/file"
	}
	switch parser {
	case "qemu", "lxc":
		return Guest(path, parser, 100, "pve", true, data)
	case "key-values":
		return []any{KeyValues(path, data), KeyValueAnomalies(path, data)}
	case "user.cfg":
		return UserCfg(path, data)
	case "kernel":
		return KernelParameters(path+":1", data)
	case "fstab":
		entries, anomalies := Fstab(path, data)
		return []any{entries, anomalies}
	case "crypttab":
		return Crypttab(path, data)
	case "mountinfo":
		return MountInfo(data)
	case "interfaces":
		found, anomalies, read, err := Interfaces(path, tree{files: map[string][]byte{path: data}})
		return []any{found, anomalies, read, fmt.Sprint(err)}
	case "ceph":
		return CephConf(path, data)
	case "postfix":
		return PostfixMain(path, data)
	case "cron":
		return Cron(path, data, true)
	case "modprobe":
		return []any{Modprobe(path, data)}
	case "sshd":
		return SSHD(path, data)
	case "shell":
		return ShellVariables(path, data)
	case "apt":
		return AptSources(path, data)
	case "passwd":
		return Passwd(path, data, data)
	case "firewall":
		return Firewall(path, data, "cluster", "")
	case "corosync":
		props, nodes, name, links, qdevice, err := Corosync(path, data)
		return []any{props, nodes, name, links, qdevice, fmt.Sprint(err)}
	case "sysctl":
		return Sysctl(path, data)
	case "networkmanager":
		return NetworkKeyfile(path, data)
	case "ovsdb":
		value, err := ovsValueOf(data)
		return []any{value.settings(path, ""), fmt.Sprint(err)}
	case "zfs":
		found, err := ZFSDatasets([]byte("tank\ttype\tfilesystem\t-\ntank\tused\t1\t-\ntank\tmounted\tyes\t-\n"), data)
		return []any{found, fmt.Sprint(err)}
	case "lvm":
		return sealTags(strings.Split(strings.TrimSpace(text), ","))
	case "unit":
		return []any{Unit("a.service", []UnitSource{{path, data}}), UnitSettings([]UnitSource{{path, data}})}
	}
	if format, isConfig := strings.CutPrefix(parser, "config-"); isConfig {
		found, err := Config(path, format, data)
		return []any{found, fmt.Sprint(err)}
	}
	sections, anomalies := Sections(path, data, SectionKind(parser))
	return []any{sections, anomalies}
}

func TestSecretsStayWhereTheyAre(t *testing.T) {
	for _, place := range secretPlaces {
		t.Run(place.parser+" "+place.text, func(t *testing.T) {
			for _, end := range []string{"\n", "\r\n"} {
				text := strings.ReplaceAll(strings.ReplaceAll(place.text, "SECRET", planted)+"\n", "\n", end)
				out := encode(t, parse(place.parser, place.path, text))
				if strings.Contains(out, planted) || strings.Contains(out, base64.StdEncoding.EncodeToString([]byte("token="+planted))) {
					t.Errorf("the secret is in the result: %s", out)
				}
				if !strings.Contains(out, place.keep) {
					t.Errorf("the result lost %q: %s", place.keep, out)
				}
			}
		})
	}
}

// leaks are the places whose secret comes out.
func leaks(t *testing.T) (out []string) {
	for _, place := range secretPlaces {
		text := encode(t, parse(place.parser, place.path, strings.ReplaceAll(place.text, "SECRET", planted)+"\n"))
		if strings.Contains(text, planted) || strings.Contains(text, base64.StdEncoding.EncodeToString([]byte("token="+planted))) {
			out = append(out, place.text)
		}
	}
	return out
}

// A rule that can be taken away without a secret coming out is either needless or untested.
func TestEveryRuleAboutSecretsIsNeeded(t *testing.T) {
	for kind, rules := range rulesOfKind {
		if kind == otherKind {
			continue // for files that have no parser here; see TestRedactKnowsFilesByTheirPath
		}
		for i, rule := range rules {
			rulesOfKind[kind] = slices.Delete(slices.Clone(rules), i, i+1)
			if len(leaks(t)) == 0 {
				t.Errorf("nothing leaks without the rule %s %q %q", kind, rule.key, rule.field)
			}
		}
		rulesOfKind[kind] = rules
	}
}

func TestRedactKnowsFilesByTheirPath(t *testing.T) {
	tests := []struct {
		path, key, value string
		want             bool
	}{
		{"/etc/pve/qemu-server/100.conf", "cipassword", "x", true},
		{"/etc/pve/nodes/a/lxc/100.conf", "env", "x", true},
		{"/etc/pve/lxc/100.conf", "hostname", "x", false},
		{"/etc/pve/sdn/dns.cfg", "key", "x", true},
		{"/etc/pve/datacenter.cfg", "http_proxy", "http://u:p@h", true},
		{"/etc/pve/datacenter.cfg", "http_proxy", "http://h:3128", false},
		{"/etc/ssh/sshd_config", "PasswordAuthentication", "no", false},
		{"/etc/sysctl.d/x.conf", "net.ipv4.tcp_fastopen", "x", false},
		{"/etc/postfix/main.cf", "smtp_sasl_password_maps", "hash:/x", false},
		{"/etc/postfix/main.cf", "smtp_sasl_password_maps", "static:a:b", true},
		{"/etc/kernel/cmdline", "rd.luks.key", "/key", false},
		{"/etc/kernel/cmdline", "foo_password", "x", true},
		{"/etc/ceph/ceph.conf", "client.key", "x", true},
		{"/etc/chrony/chrony.conf", "server", "pool.ntp.org iburst", false},
		{"/etc/NetworkManager/system-connections/w.nmconnection", "psk", "abc", true},
		{"/etc/NetworkManager/system-connections/w.nmconnection", "key-mgmt", "wpa-psk", false},
		{"/etc/anything", "Environment", "API_TOKEN=abc", true},
	}
	for _, test := range tests {
		got := Redact(test.path, test.key, test.value)
		if (got != nil) != test.want {
			t.Errorf("%s %s %q: secret %v, want %v", test.path, test.key, test.value, got != nil, test.want)
		}
		if got != nil && (!got.Secret || len(got.SHA256Prefix) != 8 || got.Path != test.path) {
			t.Errorf("%s: bad digest %+v", test.path, got)
		}
	}
}

// The digest is there to notice a change.
func TestSecretsDifferByTheirDigest(t *testing.T) {
	a, b := Redact("/etc/pve/lxc/1.conf", "env", "a"), Redact("/etc/pve/lxc/1.conf", "env", "b")
	if a.SHA256Prefix == b.SHA256Prefix || a.SHA256Prefix != "ca978112" {
		t.Errorf("digests are %s and %s", a.SHA256Prefix, b.SHA256Prefix)
	}
}

func TestPartlySecretValuesKeepTheRest(t *testing.T) {
	p := KeyValues("/etc/pve/datacenter.cfg", []byte("http_proxy: http://u:p@proxy:3128/\n"))[0]
	if p.Value != nil || p.Secret == nil {
		t.Error("the value is shown")
	}
	want := []snapshot.Field{{Name: "url"}, {Name: "userinfo"}}
	if len(p.Fields) != 2 || p.Fields[0].Name != want[0].Name || *p.Fields[0].Value != "http://proxy:3128/" || p.Fields[1].Secret == nil || p.Fields[1].Value != nil {
		t.Errorf("fields are %s", encode(t, p.Fields))
	}
}
