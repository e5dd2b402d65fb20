package formats

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Each test of this file gives a text and the JSON of what it means; "value" stands alone for
// properties written by propertyText.
func TestPlainFiles(t *testing.T) {
	const path = "/f"
	tests := []struct {
		name string
		got  any
		want string
	}{
		{"passwd with shadow", Passwd(path, []byte("root:x:0:0:root:/root:/bin/bash\nbroken\nbin:*:2:2::/bin:/bin/sh\nnew:x:1000:1000::/home/new:/bin/sh\nno::3:3::/:/bin/sh\nold:$1$x:4:4::/:/bin/sh\nsys:x:5:5::/:/sbin/nologin\n"),
			[]byte("root:$6$hash:1:2:3\nnew:!$6$hash:1\nsys:*:1\n")),
			`root 0 0 set /root /bin/bash 1|bin 2 2 locked /bin /bin/sh 3|new 1000 1000 locked /home/new /bin/sh 4|no 3 3 none / /bin/sh 5|old 4 4 set / /bin/sh 6|sys 5 5 locked / /sbin/nologin 7`},
		{"passwd without shadow", Passwd(path, []byte("root:x:0:0:root:/root:/bin/bash\nbin:*:2:2::/bin:/bin/sh\n"), nil), `root 0 0 unknown /root /bin/bash 1|bin 2 2 locked /bin /bin/sh 2`},
		{"group", Group(path, []byte("root:x:0:\nsudo:x:27:a,b\nbad:x:y:\n# c\n")), `[{"name":"root","gid":0,"members":[],"source":"/f:1"},{"name":"sudo","gid":27,"members":["a","b"],"source":"/f:2"}]`},
		{"hosts", Hosts(path, []byte("127.0.0.1 localhost # x\n#::1 y\n10.0.0.1\tpve.lan pve\n10.0.0.2\n")),
			`[{"address":"127.0.0.1","names":["localhost"],"source":"/f:1"},{"address":"10.0.0.1","names":["pve.lan","pve"],"source":"/f:3"}]`},
		{"swaps", Swaps([]byte("Filename\tType\tSize\tUsed\tPriority\n/dev/dm-0 partition 8388604 0 -2\n/a\\040b file 10 0 -3\n")),
			`[{"path":"/dev/dm-0","kind":"partition","size_kib":8388604},{"path":"/a b","kind":"file","size_kib":10}]`},
		{"crypttab", Crypttab(path, []byte("# c\ndata UUID=1 none luks,discard\nswap /dev/sdb /dev/urandom swap\nbare /dev/sdc\nline /dev/sdd - luks\n")),
			`[{"name":"data","device":"UUID=1","key_file":"none","options":["luks","discard"],"source":"/f:2"},{"name":"swap","device":"/dev/sdb","key_file":"/dev/urandom","options":["swap"],"source":"/f:3"},` +
				`{"name":"bare","device":"/dev/sdc","options":[],"source":"/f:4"},{"name":"line","device":"/dev/sdd","key_file":"-","options":["luks"],"source":"/f:5"}]`},
		{"mountinfo", MountInfo([]byte("22 1 0:21 / /proc rw - proc proc rw\n24 1 0:23 / /run rw - tmpfs tmpfs rw\n25 1 0:5 / /tmp rw,nosuid - tmpfs tmpfs rw,size=1g\n26 1 8:1 /sub /srv/a\\040b rw,relatime shared:1 master:2 - ext4 /dev/sda1 rw,errors=remount-ro\nbroken\n20 1 8:2 / / rw - ext4 /dev/sda2 rw\n")),
			`[{"target":"/","source":"/dev/sda2","type":"ext4","options":["rw"]},{"target":"/srv/a b","source":"/dev/sda1","type":"ext4","options":["errors=remount-ro","relatime","rw"]},{"target":"/tmp","source":"tmpfs","type":"tmpfs","options":["nosuid","rw","size=1g"]}]`},
		{"cron of the system", Cron(path, []byte("PATH=/bin\n# c\n17 * * * * root cd / && run-parts\n@reboot root FOO=1 /usr/bin/x -y\n1 2 3 4 5 root\n"), true), `17 * * * *,root,cd,3|@reboot,root,/usr/bin/x,4`},
		{"cron of a user", Cron("/var/spool/cron/crontabs/bob", []byte("0 4 * * 1-5 /home/bob/run\n"), false), `0 4 * * 1-5,bob,/home/bob/run,1`},
		{"vzdump.cron", VzdumpCron(path, []byte("PATH=\"/usr/sbin\"\n\n0 2 * * 6           root vzdump 100 --mode snapshot\n")), `0 2 * * 6,root,vzdump,3`},
		{"sysctl", Sysctl(path, []byte("# c\n; c\nnet.ipv4.ip_forward=1\n-vm.swappiness = 10\nnet/ipv4/conf/eth0.1/forwarding = 0\n-net.ipv4.conf.eth0\nnonsense\n")),
			`{net.ipv4.ip_forward=1 vm.swappiness=10 net.ipv4.conf.eth0/1.forwarding=0 net.ipv4.conf.eth0=}`},
		{"modprobe", Modprobe(path, []byte("options kvm \\\n nested=1 # x\nblacklist nouveau\n#options a\ninstall b /bin/true\n")), `{options kvm=nested=1 # x blacklist nouveau= install b=/bin/true}`},
		{"modules", ModulesLoad(path, []byte("# c\nvfio\nvfio_pci ids=1:2 # gpu\n; x\n")), `{vfio= vfio_pci=ids=1:2}`},
		{"kernel parameters", KernelParameters("/proc/cmdline:1", []byte("quiet root=ZFS=rpool/ROOT/pve-1 dyndbg=\"file a +p\" \"x y=1\" console=tty0 console=ttyS0\n")),
			`{quiet= root=ZFS=rpool/ROOT/pve-1 dyndbg=file a +p x y=1 console=tty0 console=ttyS0}`},
		{"os-release", OSRelease([]byte("ID=debian\nVERSION_ID=\"12\"\nNAME='a b'\nX=a\\ b\nbad line\n")), `{"ID":"debian","NAME":"a b","VERSION_ID":"12","X":"a b"}`},
		{"shell variables", ShellVariables(path, []byte("export A=1\nB=\"x \\\"y\\\" $Z\" # c\nA=2\n")), `{B=x "y" $Z A=2}`},
		{"sshd", SSHD(path, []byte("Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes # why\nBanner=\"/etc/a b\"\nMatch User git\n  X11Forwarding no\n")),
			`{Include=/etc/ssh/sshd_config.d/*.conf PermitRootLogin=yes Banner=/etc/a b Match=User git Match/X11Forwarding=no}`},
		{"postfix", PostfixMain(path, []byte("myhostname=a.lan\nmynetworks = 127.0.0.0/8\n# c\n  [::1]/128\nrelayhost =\nmyhostname = b.lan\nnonsense\n")), `{mynetworks=127.0.0.0/8 [::1]/128 relayhost= myhostname=b.lan}`},
		{"ceph", CephConf(path, []byte("fsid = 1\n[global]\n  auth client required = cephx ; c\n\tmon-host = 10.0.0.1 \\\n 10.0.0.2\n[mon.a]\nhost = a\nhost = b # c\n")),
			`{.fsid?=1 global.auth_client_required=cephx global.mon_host=10.0.0.1 10.0.0.2 mon.a.host=b}`},
		{"subuid", Subordinate(path, "uid", []byte("root:100000:65536\n# c\n\nroot:1000:1\n")), `{uid=root:100000:65536 uid=root:1000:1}`},
		{"datacenter.cfg", KeyValues("/etc/pve/datacenter.cfg", []byte("#note\nkeyboard: de\nkeyboard: en-us\nmigration: secure,network=10.0.0.0/24\nodd: 1\nmax_workers: many\n")), `{description=*** keyboard=en-us migration=secure,network=10.0.0.0/24 odd?=1}`},
		{"its anomalies", KeyValueAnomalies("/etc/pve/datacenter.cfg", []byte("keyboard: de\nkeyboard: en-us\nmax_workers: many\nx\n")), `["duplicate-key 1","dropped-key 3","ignored-line 4"]`},
		{"vzdump.conf", KeyValues("/etc/vzdump.conf", []byte("#tmpdir: DIR\nbwlimit: 0100\nprune-backups: keep-last=3\n")), `{bwlimit=100 prune-backups=keep-last=3}`},
		{"CPU", CPUInfo([]byte("processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nflags\t\t: vmx sse\n\nprocessor\t: 1\nmodel name\t: Other\n")), `{"vendor":"GenuineIntel","model":"Xeon","threads":2,"flags":["vmx","sse"],"vulnerabilities":[]}`},
		{"fstab", first(Fstab(path, []byte("# c\nUUID=1 / ext4 errors=remount-ro 0 1\n/a\\040b /mnt\\011x none bind\nproc\nnas:/x /y nfs defaults 0 x\n"))),
			`[{"spec":"UUID=1","file":"/","type":"ext4","options":["errors=remount-ro"],"freq":0,"passno":1,"source":"/f:2"},{"spec":"/a b","file":"/mnt\tx","type":"none","options":["bind"],"freq":0,"passno":0,"source":"/f:3"},{"spec":"nas:/x","file":"/y","type":"nfs","options":["defaults"],"freq":0,"passno":0,"source":"/f:5"}]`},
		{"its anomalies", second(Fstab(path, []byte("proc\nnas:/x /y nfs defaults 0 x\n"))), `["ignored-line 1","bad-number 2"]`},
		{"resolv.conf", ResolvConf(path, []byte("domain old\nsearch a.lan b.lan\nnameserver 10.0.0.1\nnameserver fd00::1\noptions x\n")),
			`{"nameservers":[{"key":"nameserver","value":"10.0.0.1","fields":[],"source":"/f:3"},{"key":"nameserver","value":"fd00::1","fields":[],"source":"/f:4"}],"search":[{"key":"search","value":"a.lan","fields":[],"source":"/f:2"},{"key":"search","value":"b.lan","fields":[],"source":"/f:2"}]}`},
		{"authorized keys", AuthorizedKeys(path, "root", []byte("# c\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f root@pve-1\nfrom=\"a b\",command=\"x \\\"y\\\"\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me@host\nssh-rsa nonsense\n")),
			`[{"user":"root","type":"ssh-ed25519","fingerprint":"SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA","node":"pve-1","source":"/f:2"},{"user":"root","type":"ssh-ed25519","fingerprint":"SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA","source":"/f:3"}]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, shorten(t, test.got)); d != "" {
				t.Error(d)
			}
		})
	}
}

func first[A, B any](a A, _ B) A  { return a }
func second[A, B any](_ A, b B) B { return b }

// shorten writes a result in a form that reads well.
func shorten(t *testing.T, v any) string {
	var parts []string
	switch v := v.(type) {
	case []snapshot.Property:
		return propertyText(v)
	case []snapshot.Anomaly:
		return encode(t, anomalyText(v))
	case []snapshot.OSUser:
		for _, u := range v {
			parts = append(parts, strings.Join([]string{u.Name, encode(t, u.UID), encode(t, u.GID), u.Password, u.Home, u.Shell, strings.TrimPrefix(u.Source, "/f:")}, " "))
		}
		return strings.Join(parts, "|")
	case []snapshot.CronEntry:
		for _, c := range v {
			if c.Command == nil {
				t.Error("a job without the digest of its command")
			}
			parts = append(parts, strings.Join([]string{c.Schedule, c.User, c.Program, c.Source[strings.LastIndex(c.Source, ":")+1:]}, ","))
		}
		return strings.Join(parts, "|")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestDpkgStatus(t *testing.T) {
	status := `Package: zlib1g
Status: install ok installed
Architecture: i386
Version: 1:1.2

Package: zlib1g
Status: hold ok installed
Architecture: amd64
Version: 1:1.3
Description: a
 Package: not this
 .
Conffiles:
 /etc/x 0123

Package: gone
Status: purge ok not-installed
Architecture: amd64

Package: left
Status: deinstall ok config-files
Architecture: all
Version: 2

Package: half
Status: install ok half-configured
Architecture: amd64
Version: 3

Package: again
Status: install reinstreq installed
Architecture: amd64
Version: 4

Package: waits
Status: install ok triggers-pending
Architecture: all
Version: 5
`
	states := "Package: zlib1g\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: waits\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: half\nArchitecture: amd64\nAuto-Installed: 0\n"
	want := `[{"name":"again","version":"4","arch":"amd64","status":"broken","auto":false},` +
		`{"name":"half","version":"3","arch":"amd64","status":"broken","auto":false},` +
		`{"name":"left","version":"2","arch":"all","status":"config-files","auto":false},` +
		`{"name":"waits","version":"5","arch":"all","status":"installed","auto":true},` +
		`{"name":"zlib1g","version":"1:1.3","arch":"amd64","status":"installed","auto":true,"held":true},` +
		`{"name":"zlib1g","version":"1:1.2","arch":"i386","status":"installed","auto":false}]`
	if d := cmp.Diff(want, encode(t, DpkgStatus([]byte(status), []byte(states)))); d != "" {
		t.Error(d)
	}
	if got := DpkgStatus(nil, nil); got == nil || len(got) != 0 {
		t.Errorf("no status file is %v", got)
	}
}

func TestAptSources(t *testing.T) {
	oneLine := `# the enterprise source is off
# deb https://enterprise.proxmox.com/debian/pve bookworm pve-enterprise
deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://u:p@deb.example.org/debian bookworm main contrib # c
deb-src http://deb.example.org/debian bookworm main
# deb this is prose
`
	want := []string{
		"false deb https://enterprise.proxmox.com/debian/pve bookworm [pve-enterprise] /etc/apt/sources.list:2",
		"true deb http://deb.example.org/debian bookworm [main contrib]/usr/share/keyrings/x.gpg /etc/apt/sources.list:3",
		"true deb-src http://deb.example.org/debian bookworm [main] /etc/apt/sources.list:4",
	}
	if d := cmp.Diff(want, sourceText(AptSources("/etc/apt/sources.list", []byte(oneLine)))); d != "" {
		t.Error(d)
	}
	deb822 := `# c
Types: deb deb-src
URIs: http://ftp.debian.org/debian
 https://u:p@other/debian
Suites: trixie trixie-updates
Components: main
 contrib
Signed-By: /usr/share/keyrings/debian.gpg

Enabled: no
Types: deb
URIs: https://enterprise.proxmox.com/debian/pve
Suites: trixie
Components: pve-enterprise
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Suites: nothing
`
	want = []string{
		"true deb,deb-src http://ftp.debian.org/debian,https://other/debian trixie,trixie-updates [main contrib]/usr/share/keyrings/debian.gpg /etc/apt/debian.sources:2",
		"false deb https://enterprise.proxmox.com/debian/pve trixie [pve-enterprise]inline /etc/apt/debian.sources:10",
	}
	if d := cmp.Diff(want, sourceText(AptSources("/etc/apt/debian.sources", []byte(deb822)))); d != "" {
		t.Error(d)
	}
}

func sourceText(sources []snapshot.Repository) (out []string) {
	for _, r := range sources {
		enabled := "false "
		if r.Enabled {
			enabled = "true "
		}
		out = append(out, enabled+r.ID+" ["+strings.Join(r.Components, " ")+"]"+r.SignedBy+" "+r.Source)
	}
	return out
}

func TestCorosync(t *testing.T) {
	text := `totem {
  cluster_name: prod # c
  interface { linknumber: 0 }
  interface {
    linknumber: 1
    knet_link_priority: 20
  }
}
nodelist { node { name: a
 nodeid: 1 quorum_votes: 2
 ring1_addr: fd00::1
 ring0_addr: 10.0.0.1 } node {
 ring0_addr: b
 nodeid: 2 } }
quorum {
  device { model: net
    net { host: 10.0.0.9 algorithm: ffsplit }
  }
}
`
	props, nodes, name, links, qdevice, err := Corosync("/c", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := "{totem.cluster_name=prod totem.interface.0.linknumber=0 totem.interface.1.linknumber=1 totem.interface.1.knet_link_priority=20 " +
		"nodelist.node.0.name=a nodelist.node.0.nodeid=1 nodelist.node.0.quorum_votes=2 nodelist.node.0.ring1_addr=fd00::1 nodelist.node.0.ring0_addr=10.0.0.1 " +
		"nodelist.node.1.ring0_addr=b nodelist.node.1.nodeid=2 quorum.device.model=net quorum.device.net.host=10.0.0.9 quorum.device.net.algorithm=ffsplit}"
	if d := cmp.Diff(want, propertyText(props)); d != "" {
		t.Error(d)
	}
	wantNodes := []snapshot.ClusterNode{
		{Name: "a", ID: 1, Votes: 2, Addresses: []string{"10.0.0.1", "fd00::1"}, Config: []snapshot.Property{}},
		{Name: "b", ID: 2, Votes: 1, Addresses: []string{"b"}, Config: []snapshot.Property{}},
	}
	if d := cmp.Diff(encode(t, wantNodes), encode(t, nodes)); d != "" {
		t.Error(d)
	}
	if name != "prod" || qdevice != "10.0.0.9" || !cmp.Equal(links, []int{0, 1}) {
		t.Errorf("name %q, qdevice %q, links %v", name, qdevice, links)
	}
}

func TestCorosyncSaysWhereBlocksGoWrong(t *testing.T) {
	for text, want := range map[string]string{
		"totem {\n": "/c:1: a block is not closed",
		"\n}\n":     "/c:2: a brace closes no block",
		"word\n":    "/c:1: a word that is neither a block nor a value",
		"{ x: 1 }":  "/c:1: a block without a name that can be used",
		strings.Repeat("a { ", 9) + strings.Repeat("}", 9): "/c:1: blocks are nested too deeply",
	} {
		_, _, _, _, _, err := Corosync("/c", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
	// A value with blanks is an error for PVE and none for corosync.
	props, _, _, _, _, err := Corosync("/c", []byte("totem {\n a: b c\n d: e\n}"))
	if err != nil || propertyText(props) != "{totem.a=b c totem.d=e}" {
		t.Errorf("got %s, %v", propertyText(props), err)
	}
}

func TestUserCfg(t *testing.T) {
	text := `user:a@pve:1:0:First:Last:a@x.org:c:x:
user:b@pam:0:1700000000::::
user:bad:1:
user:late@pve:1:soon:
token:a@pve!t1:0:1:c:
token:nobody@pve!t:0:1:
group:admins:a@pve,b@pam:c:
role:Ops:VM.Audit,VM.Console:
pool:p/q:c:100,101:local,nas:
acl:1://vms/100/:@admins,a@pve!t1:Ops,PVEAuditor:
acl:0:vms:a@pve:Ops:
what:is:this
user:b@pam:1:
`
	access := UserCfg("/u", []byte(text))
	want := `{"users":[{"id":"root@pam","enabled":true,"expire":0,"two_factor":false},{"id":"a@pve","enabled":true,"expire":0,"two_factor":true,"source":"/u:1"},{"id":"b@pam","enabled":true,"expire":0,"two_factor":false,"source":"/u:13"}],` +
		`"groups":[{"id":"admins","users":["a@pve","b@pam"],"source":"/u:7"}],"roles":[{"id":"Ops","privileges":["VM.Audit","VM.Console"],"source":"/u:8"}],` +
		`"acls":[{"path":"/vms/100","propagate":true,"subjects":["@admins","a@pve!t1"],"roles":["Ops","PVEAuditor"],"source":"/u:10"}],` +
		`"tokens":[{"id":"a@pve!t1","privilege_separation":true,"expire":0,"source":"/u:5"}],"pools":[{"id":"p/q","guests":["100","101"],"storages":["local","nas"],"source":"/u:9"}],"realms":[],"anomalies":[]}`
	anomalies := access.Anomalies
	access.Anomalies = []snapshot.Anomaly{}
	if d := cmp.Diff(want, encode(t, access)); d != "" {
		t.Error(d)
	}
	wantAnomalies := []string{"ignored-line 3", "ignored-line 4", "ignored-line 6", "ignored-line 11", "ignored-line 12", "duplicate-key 13"}
	if d := cmp.Diff(wantAnomalies, anomalyText(anomalies)); d != "" {
		t.Error(d)
	}
}

func TestFirewall(t *testing.T) {
	text := `[Options]
enable: 1
policy_in: DROP
odd: 1
ebtables: maybe
enable: 0
[ALIASES]
Lan 10.0.0.0/24 # home
bad
[IPSET Mgmt] # who may
10.0.0.1
! 10.0.0.2 # not him
dc/lan
10.0.0.1 10.0.0.2
[RULES]
|IN SSH(ACCEPT) -i vmbr0 -source +mgmt -log nolog # c
in ACCEPT --proto tcp --dport 80,443
OUT DROP -p  tcp
IN Allow
UP ACCEPT
GROUP Web -i net0
GROUP web -p tcp
IN ACCEPT net0
[group WEB] # c
IN ACCEPT -p tcp -dport 8006
GROUP other
[group web]
FORWARD REJECT -icmp-type echo-request -p icmp
`
	file := Firewall("/f", []byte(text), "cluster", "")
	want := `{"scope":"cluster","name":"","options":[{"key":"enable","value":"0","fields":[],"source":"/f:6"},{"key":"policy_in","value":"DROP","fields":[],"source":"/f:3"},{"key":"odd","value":"1","fields":[],"unknown":true,"source":"/f:4"}],` +
		`"aliases":[{"key":"Lan","value":"10.0.0.0/24","fields":[],"source":"/f:8"}],"ipsets":[{"name":"mgmt","entries":["10.0.0.1","!10.0.0.2","dc/lan"],"source":"/f:10"}],` +
		`"groups":[{"name":"web","rules":[{"enabled":true,"direction":"FORWARD","action":"REJECT","options":[{"name":"icmp-type","value":"echo-request"},{"name":"p","value":"icmp"}],"source":"/f:28"}],"source":"/f:27"}],` +
		`"rules":[{"enabled":false,"direction":"IN","action":"ACCEPT","macro":"SSH","options":[{"name":"i","value":"vmbr0"},{"name":"source","value":"+mgmt"},{"name":"log","value":"nolog"}],"source":"/f:16"},` +
		`{"enabled":true,"direction":"IN","action":"ACCEPT","options":[{"name":"p","value":"tcp"},{"name":"dport","value":"80,443"}],"source":"/f:17"},` +
		`{"enabled":true,"direction":"GROUP","action":"Web","options":[{"name":"i","value":"net0"}],"source":"/f:21"}],"anomalies":[],"source":"/f"}`
	anomalies := file.Anomalies
	file.Anomalies = []snapshot.Anomaly{}
	if d := cmp.Diff(want, encode(t, file)); d != "" {
		t.Error(d)
	}
	wantAnomalies := []string{"dropped-key 5", "duplicate-key 2", "ignored-line 9", "ignored-line 14", "ignored-rule 18", "ignored-rule 19", "ignored-rule 20", "ignored-rule 22", "ignored-rule 23", "ignored-rule 26", "duplicate-section 24"}
	if d := cmp.Diff(wantAnomalies, anomalyText(anomalies)); d != "" {
		t.Error(d)
	}
	// A node has no sets: the header is a line of the section above.
	if got := anomalyText(Firewall("/f", []byte("[OPTIONS]\nenable: 1\n[IPSET x]\n10.0.0.1\n"), "node", "").Anomalies); !cmp.Equal(got, []string{"ignored-line 3", "ignored-line 4"}) {
		t.Errorf("anomalies of a node are %v", got)
	}
}

func TestHostIDAndMemory(t *testing.T) {
	if id, err := HostID([]byte{0x78, 0x56, 0x34, 0x12}); id != "12345678" || err != nil {
		t.Errorf("got %s, %v", id, err)
	}
	if _, err := HostID([]byte("12345678\n")); err == nil {
		t.Error("nine bytes are a host id")
	}
	if kib, err := MemInfo([]byte("MemTotal:       65536 kB\nMemFree: 1 kB\n")); kib != 65536 || err != nil {
		t.Errorf("got %d, %v", kib, err)
	}
	if _, err := MemInfo([]byte("MemTotal: much\n")); err == nil {
		t.Error("a size that is no number")
	}
}

func TestKeysJSONIsWhole(t *testing.T) {
	d := json.NewDecoder(bytes.NewReader(keysJSON))
	d.DisallowUnknownFields()
	var k knowledge
	if err := d.Decode(&k); err != nil {
		t.Fatal(err)
	}
	if k.Source == "" {
		t.Error("no word about the source")
	}
	types := map[string]bool{"boolean": true, "integer": true, "number": true, "string": true, "array": true}
	check := func(where string, table keyTable) {
		for key, typ := range table {
			if !types[typ] && formatOf(typ) == nil {
				t.Errorf("%s: %s has the unknown type %s", where, key, typ)
			}
		}
	}
	for kind, table := range k.Guests {
		check(kind, table)
		for stem := range k.Indexes[kind] {
			if _, ok := table[stem+"#"]; !ok {
				t.Errorf("%s: the index of %s belongs to no key", kind, stem)
			}
		}
	}
	for kind, kinds := range k.Sections {
		for name, table := range kinds {
			check(string(kind)+" "+name, table)
		}
	}
	for _, tables := range []map[string]keyTable{k.Files, k.Firewall} {
		for name, table := range tables {
			check(name, table)
		}
	}
	for name, f := range k.Formats {
		known := map[string]bool{"": true}
		for _, field := range f.Fields {
			known[field] = true
		}
		for _, target := range f.Alias {
			if !known[target] {
				t.Errorf("format %s: an alias leads to the unknown field %s", name, target)
			}
		}
		if !known[f.Default] || !known[f.AliasKey] {
			t.Errorf("format %s: default %q or %q is no field", name, f.Default, f.AliasKey)
		}
	}
}

func TestBytesThatAreNoUTF8(t *testing.T) {
	g := Guest("/x", "qemu", 1, "n", true, []byte("name: caf\xe9\n"))
	if got := *g.Config[0].Value; got != "caf\uFFFD" {
		t.Errorf("got %q", got)
	}
}
