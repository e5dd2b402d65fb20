package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const keyfile = `# written by hand
[connection]
id=Office LAN
uuid=6b2c1d30-8f8d-4f56-9d5b-0c5f0e2a1a11
type=ethernet
interface-name=eno1
autoconnect=false
timestamp=1700000000

[ethernet]
mac-address=02:00:00:00:00:09

[ipv4]
address1=10.9.0.2/24,10.9.0.1
address2 = 10.9.1.2/24
dns=10.9.0.1;10.9.0.3;
method=auto
method=manual
route1=10.10.0.0/16,10.9.0.254,50

[ipv6]
addr-gen-mode=default
gateway=fd00::1
address1=fd00::2/64,fd00::9

[user]
note=\sa\tb\\c

[.nmmeta]
shadowed=x
`

func TestNetworkKeyfile(t *testing.T) {
	got := NetworkKeyfile("/etc/x", []byte(keyfile))
	if got.ID != "Office LAN" || got.UUID != "6b2c1d30-8f8d-4f56-9d5b-0c5f0e2a1a11" || got.Type != "802-3-ethernet" || got.Interface != "eno1" || got.Autoconnect {
		t.Errorf("%+v", got)
	}
	settings := [][3]string{}
	for _, s := range got.Settings {
		settings = append(settings, [3]string{s.Key, *s.Value, s.Source})
	}
	want := [][3]string{
		{"802-3-ethernet.mac-address", "02:00:00:00:00:09", "/etc/x:11"},
		{"ipv4.address1", "10.9.0.2/24", "/etc/x:14"},
		{"ipv4.address2", "10.9.1.2/24", "/etc/x:15"},
		{"ipv4.dns", "10.9.0.1;10.9.0.3", "/etc/x:16"},
		{"ipv4.gateway", "10.9.0.1", "/etc/x:14"},
		{"ipv4.method", "manual", "/etc/x:18"},
		{"ipv4.route1", "10.10.0.0/16,10.9.0.254,50", "/etc/x:19"},
		{"ipv6.addr-gen-mode", "default", "/etc/x:22"},
		{"ipv6.address1", "fd00::2/64", "/etc/x:24"},
		{"ipv6.gateway", "fd00::1", "/etc/x:23"},
		{"user.note", " a\tb\\c", "/etc/x:27"},
	}
	if d := cmp.Diff(want, settings); d != "" {
		t.Error(d)
	}
}

func TestNetworkProfilesComeUpUnlessTheySayOtherwise(t *testing.T) {
	for text, want := range map[string]bool{"": true, "autoconnect=true": true, "autoconnect=false": false, "autoconnect=0": false} {
		if got := NetworkKeyfile("/etc/x", []byte("[connection]\n"+text+"\n")).Autoconnect; got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// What NetworkManager tells and what its file says is the same profile.
func TestNetworkProfileToldIsThatOfTheFile(t *testing.T) {
	file := NetworkKeyfile("/etc/x", []byte("[connection]\nid=a\ntype=wifi\n[wifi]\nssid=net\n[wifi-security]\npsk=abcdefgh\n"))
	told := NetworkProfile("/etc/x", map[string]string{
		"connection.id": "a", "connection.type": "802-11-wireless", "802-11-wireless.ssid": "net", "802-11-wireless-security.psk": "abcdefgh",
		"connection.timestamp": "1", "802-11-wireless.seen-bssids": "02:00:00:00:00:01",
	})
	for i := range file.Settings {
		file.Settings[i].Source = ""
	}
	if d := cmp.Diff(encode(t, file), encode(t, told)); d != "" || len(told.Settings) != 2 {
		t.Error(d)
	}
}

func FuzzNetworkKeyfile(f *testing.F) {
	addCorpus(f, "networkmanager")
	f.Add([]byte(keyfile))
	f.Add([]byte("[ipv4]\naddress=,\naddress1=,,\n[]\na=b\n[x\nkey\\=1=2\n=v\n[802-1x]\r\nclient-cert=102;105;\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := append([]byte("[802-1x]\npassword="+planted+"\n"), data...)
		got := NetworkKeyfile(fuzzPath, text)
		facts(t, fuzzPath, countLines(text), got)
		hidden(t, got)
		previous := ""
		for _, s := range got.Settings {
			if (s.Value == nil) == (s.Secret == nil) || s.Key <= previous || !strings.Contains(s.Key, ".") {
				t.Fatalf("%+v after %q", s, previous)
			}
			previous = s.Key
		}
	})
}
