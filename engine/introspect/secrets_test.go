package introspect

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// marker is in every planted secret.
const marker = "SECRETMUSTNOTLEAVETHISHOST"

// plantedSecrets are files of a host with a secret in each place where one can be.
// %s is replaced by a secret.
var plantedSecrets = map[string]string{
	"etc/passwd":                   "root:%s:0:0:root:/root:/bin/bash\n",
	"etc/shadow":                   "root:$6$%s:1:0:::::\n",
	"etc/gshadow":                  "root:%s::\n",
	"root/.ssh/id_rsa":             "%s\n",
	"root/.smbcredentials":         "password=%s\n",
	"etc/ssh/sshd_config":          "SetEnv API_TOKEN=%s\nMatch User x\n  SetEnv API_TOKEN=%s\n",
	"etc/ssh/ssh_host_key":         "%s",
	"etc/fstab":                    "//nas/a /mnt/a cifs username=u,password=%s,rw 0 0\n//u:%s@nas/b /mnt/b cifs pass=%s 0 0\nhttps://u:%s@dav/ /mnt/c davfs user 0 0\n",
	"etc/crypttab":                 "data UUID=1 /etc/keys/data.key luks\nswap /dev/b %s swap\n",
	"etc/keys/data.key":            "%s",
	"etc/crontab":                  "1 2 * * * root curl -H 'Authorization: Bearer %s' https://x\n",
	"etc/cron.d/job":               "@daily root PASSWORD=%s backup --password %s\n",
	"etc/cron.daily/report":        "#!/bin/sh\nTOKEN=%s\n",
	"var/spool/cron/crontabs/root": "* * * * * MYSQL_PWD=%s mysqldump\n",

	"etc/network/interfaces":                "auto wlan0\niface wlan0 inet dhcp\n\twpa-psk %s\n\twpa-password %s\n\tpost-up curl -d token=%s http://x\nsource /etc/network/interfaces.d/*\n",
	"etc/network/interfaces.d/wg":           "iface wg0 inet manual\n\twireguard-private-key %s\n\tpre-up wg set wg0 private-key=%s\n",
	"etc/apt/sources.list":                  "deb https://user:%s@enterprise.example/debian bookworm main\n",
	"etc/apt/sources.list.d/a.sources":      "Types: deb\nURIs: https://token:%s@repo.example/ https://repo.example/?token=%s\nSuites: stable\nComponents: main\n",
	"etc/apt/auth.conf.d/pve.conf":          "machine enterprise.proxmox.com login a password %s\n",
	"etc/postfix/main.cf":                   "smtp_sasl_password_maps = static:user:%s\nsmtp_tls_key_password = %s\n",
	"etc/postfix/sasl_passwd":               "[smtp]:587 user:%s\n",
	"etc/modprobe.d/a.conf":                 "options mod password=%s\ninstall mod /sbin/unlock --token=%s\n",
	"etc/modules":                           "mod secret=%s\n",
	"etc/default/grub":                      "GRUB_CMDLINE_LINUX=\"rd.luks.password=%s ip=dhcp\"\n",
	"etc/kernel/cmdline":                    "root=/dev/a systemd.set_credential=passwd.hashed-password.root:%s password=%s\n",
	"proc/cmdline":                          "root=/dev/a nfsrootpassword=%s iscsi_password=%s\n",
	"proc/1/mountinfo":                      "1 0 0:1 / / rw - ext4 /dev/a rw\n2 1 0:2 / /mnt rw - cifs //nas/a rw,username=u,password=%s,password2=%s\n",
	"etc/chrony/chrony.conf":                "server https://u:%s@ntp.example\n",
	"etc/chrony/chrony.keys":                "1 %s\n",
	"etc/iscsi/iscsid.conf":                 "node.session.auth.password = %s\n",
	"etc/iscsi/initiatorname.iscsi":         "InitiatorName=iqn.1993-08.org.debian:01:a\n# chap password: %s\n",
	"etc/systemd/system/a.service":          "[Unit]\nDescription=a\n[Service]\nEnvironment=PASSWORD=%s\nExecStart=/bin/a --token=%s\n[Install]\nWantedBy=multi-user.target\n",
	"etc/systemd/system/a.service.d/o.conf": "[Service]\nEnvironment=TOKEN=%s\n",
	"etc/init.d/daemon":                     "#!/bin/sh\nPASSWORD=%s\n",
	"etc/default/daemon":                    "PASSWORD=%s\n",

	"etc/pve/authkey.pub":              "public\n",
	"etc/pve/pve-www.key":              "%s",
	"etc/pve/priv/authkey.key":         "%s",
	"etc/pve/priv/shadow.cfg":          "a@pve:$5$%s:\n",
	"etc/pve/priv/token.cfg":           "a@pve!t %s\n",
	"etc/pve/priv/tfa.cfg":             "{\"%s\":1}",
	"etc/pve/priv/authorized_keys":     "# %s\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA %s\n",
	"etc/pve/priv/acme/plugins.cfg":    "dns: cf\n\tdata %s\n",
	"etc/pve/priv/acme/default":        "{\"key\":\"%s\"}",
	"etc/pve/priv/storage/cifs.pw":     "password=%s\n",
	"etc/pve/priv/storage/pbs.enc":     "%s",
	"etc/pve/priv/notifications.cfg":   "gotify: g\n\ttoken %s\n",
	"etc/pve/priv/ceph/rbd.keyring":    "[client.admin]\n\tkey = %s\n",
	"etc/pve/nodes/a/pve-ssl.key":      "%s",
	"etc/pve/nodes/a/pveproxy-ssl.key": "%s",
	"etc/pve/nodes/a/priv/x":           "%s",
	"etc/pve/nodes/a/config":           "#notes: the password is %s\n",
	"etc/pve/storage.cfg":              "cifs: a\n\tserver nas\n\tshare a\n\tusername u\n\tpassword %s\n\npbs: b\n\tserver https://u:%s@pbs\n\tencryption-key %s\n\tpassword %s\n\nesxi: c\n\tserver e\n\tpassword %s\n\nzfs: d\n\toptions vers=3,password=%s\n",
	"etc/pve/domains.cfg":              "ldap: a\n\tserver1 ldap\n\tbind_password %s\n\tpassword %s\n\nopenid: b\n\tissuer-url https://x\n\tclient-id c\n\tclient-key %s\n",
	"etc/pve/status.cfg":               "influxdb: a\n\tserver i\n\tport 1\n\ttoken %s\n\nopentelemetry: b\n\tserver o\n\totel-headers %s\n",
	"etc/pve/notifications.cfg":        "gotify: a\n\tserver https://g\n\ttoken %s\n\nwebhook: b\n\turl https://x/?token=%s\n\theader name=Authorization,value=%s\n\tsecret name=key,value=%s\n\nsmtp: c\n\tpassword %s\n",
	"etc/pve/datacenter.cfg":           "http_proxy: http://user:%s@proxy:3128\n#password %s\n",
	"etc/pve/jobs.cfg":                 "vzdump: a\n\tschedule 1:00\n\tscript /bin/x --password=%s\n\tcomment password: %s\n",
	"etc/pve/vzdump.cron":              "0 1 * * 6 root vzdump --script 'x --token=%s'\n",
	"etc/vzdump.conf":                  "script: /bin/x --password=%s\n",
	"etc/pve/user.cfg":                 "user:a@pve:1:0:%s:%s:a@x:%s:x!%s:\n",
	"etc/pve/ceph.conf":                "[global]\n\tkey = %s\n\trgw_admin_token = %s\n",
	"etc/pve/corosync.conf":            "totem {\n  version: 2\n  key: %s\n}\n",
	"etc/pve/firewall/cluster.fw":      "[OPTIONS]\nenable: 1\n[RULES]\nIN ACCEPT -p tcp # password %s\n",
	"etc/pve/sdn/controllers.cfg":      "bgp: a\n\tpassword %s\n\nevpn: b\n\tpeer-password %s\n",
	"etc/pve/sdn/ipams.cfg":            "netbox: a\n\turl https://x\n\ttoken %s\n",
	"etc/pve/sdn/dns.cfg":              "powerdns: a\n\tkey %s\n\turl https://x\n",
	"etc/pve/ha/resources.cfg":         "vm: 100\n\tcomment the password is: %s\n",
	"etc/pve/replication.cfg":          "local: 100-0\n\ttarget b\n\tcomment password=%s\n",
	"etc/pve/mapping/dir.cfg":          "share\n\tdescription token=%s\n",
	"etc/pve/nodes/a/qemu-server/100.conf": "#password %s\nargs: -fw_cfg name=opt/x,string=%s\ncipassword: %s\nsshkeys: %s\nhookscript: local:snippets/a.pl --token=%s\n" +
		"smbios1: uuid=1,serial=cGFzc3dvcmQ9eA==\ndescription: %s\n[PENDING]\ncipassword: %s\n[before]\n#%s\ncipassword: %s\n[special:cloudinit]\ncipassword: %s\n",
	"etc/pve/nodes/a/lxc/200.conf": "#%s\nenv: PASSWORD=%s\nlxc.environment: TOKEN=%s\nlxc.environment.runtime = TOKEN=%s\nlxc.hook.start: /bin/x --token=%s\n[before]\nlxc.environment: TOKEN=%s\n",
}

// canaryOf returns the planted secret that a line holds, "" for none.
func canaryOf(line string) string {
	before, _, found := strings.Cut(line, marker)
	if !found {
		return ""
	}
	return before[strings.LastIndex(before, "CANARY"):] + marker
}

// plantSecrets fills in the secrets, each with its own text, and says where each of them is.
func plantSecrets(t testing.TB) (root string, planted map[string]string) {
	t.Helper()
	planted = map[string]string{}
	files := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(plantedSecrets)) {
		text := plantedSecrets[name]
		for strings.Contains(text, "%s") {
			secret := fmt.Sprintf("CANARY%d%s", len(planted), marker)
			before, _, _ := strings.Cut(text, "%s")
			planted[secret] = fmt.Sprintf("%s:%d", name, strings.Count(before, "\n")+1)
			text = strings.Replace(text, "%s", secret, 1)
		}
		files[name] = text
	}
	return writeTree(t, files), planted
}

// Whatever is in the files of a host, no secret is in the snapshot or in the log,
// and the digest of no file that holds one.
func TestSecretsStayOnTheHost(t *testing.T) {
	root, planted := plantSecrets(t)
	if len(planted) < 100 {
		t.Fatalf("only %d secrets are planted", len(planted))
	}
	var log bytes.Buffer
	s, err := Capture(context.Background(), Options{
		Root: root, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) },
		Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	document := encode(t, s)
	for name, text := range map[string]string{"snapshot": string(document), "log": log.String()} {
		for line := range strings.Lines(text) {
			if canary := canaryOf(line); canary != "" {
				t.Errorf("the %s tells the secret %s: %s", name, planted[canary], strings.TrimSpace(line))
			}
		}
	}
	if log.Len() == 0 {
		t.Error("nothing was logged, so the log was not tested")
	}
	for _, file := range s.Files {
		holds := strings.Contains(plantedSecrets[strings.TrimPrefix(file.Path, "/")], "%s")
		// What somebody calls a password in a comment only a reader would know.
		if holds && file.SHA256 != "" && file.Path != "/etc/pve/firewall/cluster.fw" {
			t.Errorf("the digest of %s, which holds a secret, is in the snapshot", file.Path)
		}
	}
}

// Of what lies below /etc/pve/priv only the public keys are read.
func TestPrivateFilesAreNotRead(t *testing.T) {
	root, _ := plantSecrets(t)
	for _, file := range captureTree(t, root).Files {
		if strings.Contains(file.Path, "/priv/") && file.Path != "/etc/pve/priv/authorized_keys" {
			t.Errorf("%s was read", file.Path)
		}
		if strings.HasSuffix(file.Path, ".key") {
			t.Errorf("%s was read", file.Path)
		}
	}
}

// A link from a harmless name to a secret file does not make its digest harmless.
func TestLinksToSecretsHaveNoDigest(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/passwd": "root:x:0:0::/root:/bin/sh\n", "etc/pve/priv/authorized_keys": "ssh-rsa AAAA x\n",
		"root/.ssh/authorized_keys": "-> /etc/pve/priv/authorized_keys", "etc/hosts": "-> shadow", "etc/shadow": "root:x\n",
	}))
	for _, file := range s.Files {
		if file.Path != "/etc/passwd" && file.SHA256 != "" {
			t.Errorf("%+v has a digest", file)
		}
	}
	if len(s.Files) < 3 {
		t.Errorf("files %v", s.Files)
	}
}
