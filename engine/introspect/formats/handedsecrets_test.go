package formats

import "testing"

// handedPlaces are places of secrets that no telling word announces.
var handedPlaces = []struct{ parser, path, text, keep string }{
	{"interfaces", "", "iface a inet manual\n up sshpass -p SECRET ssh h", ""},
	{"interfaces", "", "iface a inet manual\n up mysql -u root -pSECRET db", ""},
	{"interfaces", "", "iface a inet manual\n up 7z a -pSECRET x.7z", ""},
	{"interfaces", "", "iface a inet manual\n up curl -su user:SECRET http://x", ""},
	{"interfaces", "", "iface a inet manual\n up ipmitool -H h -U a -P SECRET sel", ""},
	{"interfaces", "", "iface a inet manual\n up snmpget -v2c -c SECRET h oid", ""},
	{"interfaces", "", "iface a inet manual\n up ldapsearch -x -w SECRET", ""},
	{"interfaces", "", "iface a inet manual\n up redis-cli -a SECRET info", ""},
	{"interfaces", "", "iface a inet manual\n up redis-server --requirepass SECRET", ""},
	{"interfaces", "", "iface a inet manual\n up mosquitto_pub -u u -P SECRET -t x", ""},
	{"interfaces", "", "iface a inet manual\n up zip -P SECRET x.zip y", ""},
	{"interfaces", "", "iface a inet manual\n up smbclient -U user%SECRET //x/y", ""},
	{"interfaces", "", "iface a inet manual\n up lftp -u user,SECRET h", ""},
	{"interfaces", "", "iface a inet manual\n up openssl enc -k SECRET", ""},
	{"interfaces", "", "iface a inet manual\n up upscmd -u a -p SECRET ups", ""},
	{"interfaces", "", "iface a inet manual\n up echo SECRET | cryptsetup open /dev/x y", ""},
	{"interfaces", "", "iface a inet manual\n up x \"Authorization: Basic SECRET\"", ""},
	{"interfaces", "", "iface a inet manual\n up x \"X-Auth: SECRET\"", ""},
	{"interfaces", "", "iface a inet manual\n up iwconfig wlan0 key s:SECRET", ""},
	{"interfaces", "", "iface a inet manual\n up ip xfrm state add src a enc aes SECRET", ""},
	{"interfaces", "", "iface a inet manual\n up ip macsec add m0 tx sa 0 pn 1 on key 01 SECRET", ""},
	{"interfaces", "", "iface a inet manual\n up mount -o user=a%SECRET x y", ""},
	{"interfaces", "", "iface a inet manual\n up mount //u:SECRET@n/a /a", ""},
	{"interfaces", "", "iface a inet manual\n up MYSQL_PWD=SECRET x", ""},
	{"config-words", "/etc/haproxy/haproxy.cfg", "stats auth admin:SECRET", "stats"},
	{"config-lines", "/etc/pam.d/x", "auth required pam_radius.so key=SECRET", ""},
	{"config-words", "/etc/frr/frr.conf", "ip nhrp authentication SECRET", ""},
	{"unit", "", "[Service]\nExecStart=/usr/bin/sshpass -p SECRET ssh h", "/usr/bin/sshpass"},
	{"unit", "", "[Service]\nEnvironment=DSN=user:SECRET@tcp(h)/db\nUser=u", "u"},
	{"unit", "", "[Service]\nEnvironment=BASIC_AUTH=user:SECRET\nUser=u", "u"},
	{"unit", "", "[Mount]\nWhat=//u:SECRET@n/a\nWhere=/mnt/x", "/mnt/x"},
	{"unit", "", "[Mount]\nOptions=rw,user=u:SECRET\nWhere=/mnt/x", "/mnt/x"},
	{"lxc", "", "lxc.mount.entry: //n/a mnt cifs username=u,password=SECRET 0 0", "lxc.mount.entry"},
	{"sysctl", "", "net.ipv4.tcp_fastopen_key = SECRET", "fastopen"},
	{"sysctl", "", "net.ipv6.conf.all.stable_secret=SECRET", "stable_secret"},
	{"sysctl", "", "kernel.core_pattern=|/x --password SECRET", "core_pattern"},
	{"sshd", "", "Match User git\n ForceCommand sshpass -p SECRET x", "sshpass"},
	{"fstab", "", "encfs#/x /k fuse extpass=SECRET 0 0", "/k"},
	{"fstab", "", "u@h:/x /f fuse.sshfs ssh_command=sshpass\\040-p\\040SECRET\\040ssh 0 0", "/f"},
	{"kernel", "", "netroot=iscsi:u:SECRET@192.0.2.1::3260:1:iqn", "netroot"},
	{"kernel", "", "pass=SECRET", "pass"},
	{"kernel", "", "dropbear_pw=SECRET", "dropbear"},
	{"jobs", "", "vzdump: a\n\tnotes-template token=SECRET", "notes-template"},
	{"key-values", "/etc/vzdump.conf", "notes-template: password SECRET", "notes-template"},
	{"storage", "", "cifs: c1\n\tserver u:SECRET@h\n\tshare s", "server"},
	{"sdn-controllers", "", "bgp: b\n\tauth-key SECRET", "auth-key"},
	{"realms", "", "ldap: l\n\tbindpw SECRET", "bindpw"},
	{"shell", "", "APP_API_KEY_2=/SECRET", "APP_API_KEY_2"},
	{"shell", "", "APP_PRIVATE_KEY_2=SECRET", "APP_PRIVATE_KEY_2"},
	{"shell", "", "APP_AUTH_KEY_2=SECRET", "APP_AUTH_KEY_2"},
	{"shell", "", "PASS=SECRET", "PASS"},
	{"shell", "", "DB_PASS=SECRET", "DB_PASS"},
	{"shell", "", "MYSQL_PWD=SECRET", "MYSQL_PWD"},
	{"shell", "", "PW=SECRET", "PW"},
	{"shell", "", "DB_PW=SECRET", "DB_PW"},
	{"shell", "", "SIGNING_KEY=SECRET", "SIGNING_KEY"},
	{"shell", "", "BASIC_AUTH=user:SECRET", "BASIC_AUTH"},
	{"shell", "", "DSN=user:SECRET@tcp(h)/db", "DSN"},
	{"config-shell", "/etc/environment", "DB_PASS=SECRET", "DB_PASS"},
	{"config-shell", "/etc/exim4/update-exim4.conf.conf", "dc_pw='SECRET'", "dc_pw"},
	{"config-ini", "/etc/nut/ups.conf", "pass = SECRET", "pass"},
	{"config-ini", "/etc/ssmtp/ssmtp.conf", "AuthPass=SECRET", "AuthPass"},
	{"config-ini", "/etc/check_mk/a.cfg", "pw=SECRET", "pw"},
	{"config-ini", "/etc/check_mk/a.cfg", "[x]\npw=SECRET", "pw"},
	{"config-words", "/etc/nslcd.conf", "rootpwmodpw SECRET", "rootpwmodpw"},
	{"config-words", "/etc/freeipmi/freeipmi.conf", "k-g SECRET", "k-g"},
	{"config-json", "/etc/docker/daemon.json", `{"registry":{"auth":"SECRET"}}`, "registry"},
	{"config-words", "/etc/monit/monitrc", "allow admin:SECRET", "allow"},
	{"config-ini", "/etc/telegraf/telegraf.conf", "[a.headers]\nAuthorization=\"SECRET\"", "Authorization"},
	{"config-ini", "/etc/telegraf/telegraf.conf", "[a.headers]\nCookie=\"SECRET\"", "Cookie"},
	{"config-ini", "/etc/telegraf/telegraf.conf", "[a.headers]\nX-Auth=\"SECRET\"", "X-Auth"},
	{"config-ini", "/etc/containers/systemd/x.container", "[Container]\nEnvironment=X_PW=SECRET", "Environment"},
	{"passwd", "", "u:x:1000:1000:password=SECRET:/home/u:/bin/sh", "/home/u"},
}

// Each of them is checked by the test of all places, and each rule must be needed for one of these.
func init() { secretPlaces = append(secretPlaces, handedPlaces...) }

// What only resembles a secret that is handed to a program is what a reader must see.
func TestWhatIsHandedToProgramsIsShownWhereItIsNoSecret(t *testing.T) {
	for _, text := range []string{
		"/usr/sbin/sshd -D $SSHD_OPTS", "ssh -p 2222 h", "mkdir -p /run/x", "docker run -u 1000:1000 -p 80:80 x",
		"/usr/sbin/snmpd -LOw -u Debian-snmp -g Debian-snmp -I -smux,mteTrigger,mteTriggerConf -f -p /run/snmpd.pid",
		"curl -fsS -o /dev/null https://x.example/ping", "curl -u $CREDS https://x.example/", "mysql -P 3306 -h db", "mysqldump --port=3306 db",
		"echo 1 > /proc/sys/net/ipv4/ip_forward", "echo performance | tee /sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
		"iptables -t nat -A POSTROUTING -s '10.10.10.0/24' -o vmbr0 -j MASQUERADE", "ip route add 10.0.0.0/8 via 192.0.2.1 dev vmbr0",
		"ethtool -K eno1 tso off", "bridge vlan add dev vmbr0 vid 100 self", "rec@2.3.service", "auth sufficient pam_unix.so", "root@host.example",
		"openssl x509 -in /etc/pve/local/pve-ssl.pem", "zip -r x.zip y", "hash=%s 50%", "user=root,group=root", "//nas.example/share",
	} {
		if looksSecret(text) || commandSecret(text) || assignsSecret(text) {
			t.Errorf("%q is taken for a secret", text)
		}
	}
}

func TestAKeyOfAShellThatIsAFileIsShown(t *testing.T) {
	for _, p := range ShellVariables("/etc/default/x", []byte("SSH_KEY=/root/.ssh/id\nUSE_KEY=\"$OTHER\"\n")) {
		if p.Secret != nil {
			t.Errorf("%s is hidden", p.Key)
		}
	}
}
