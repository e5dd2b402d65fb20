package systemd

import (
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

func need(t *testing.T) {
	t.Helper()
	if _, err := Daemon(); err != nil {
		testhosts.Lacking(t, err)
	}
}

func TestNetworkSaysWhatIsWrong(t *testing.T) {
	need(t)
	said, err := Network(t.Context(), map[string]string{
		"10-good.netdev":   "[NetDev]\nName=vmbr0\nKind=bridge\n[Bridge]\nSTP=false\n",
		"10-good.network":  "[Match]\nName=vmbr0\n[Network]\nConfigureWithoutCarrier=true\n",
		"10-good.link":     "[Match]\nPermanentMACAddress=00:11:22:33:44:55\n[Link]\nName=eno1\n",
		"20-key.network":   "[Match]\nName=eno1\n[Network]\nBrigde=vmbr0\n",
		"20-part.network":  "[Match]\nName=eno2\n[BridgeVLANs]\nVLAN=5\n",
		"20-value.network": "[Match]\nName=eno3\n[BridgeVLAN]\nVLAN=5000\n",
		"20-value.netdev":  "[NetDev]\nName=bond0\nKind=bond\n[Bond]\nMode=lacp\n",
		"20-empty.netdev":  "[NetDev]\nName=vlan5\nKind=vlan\n",
		"20-key.link":      "[Match]\nOriginalName=eth0\n[Link]\nNames=eno9\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"20-key.network:4", "20-part.network:3", "20-value.network:4", "20-value.netdev:5", "20-empty.netdev", "20-key.link:4"} {
		if !slices.ContainsFunc(said, func(line string) bool { return strings.Contains(line, name) }) {
			t.Errorf("nothing is said of %s: %q", name, said)
		}
	}
	for _, line := range said {
		if strings.Contains(line, "10-good") {
			t.Errorf("a good file is complained of: %s", line)
		}
	}
}

func TestUnitsSaysWhatIsWrong(t *testing.T) {
	need(t)
	texts := map[string]string{
		"good.service":  "[Unit]\nAfter=network-online.target absent.service\n[Service]\nExecStart=/nix/store/none/bin/none\nType=oneshot\n",
		"key.service":   "[Service]\nExecStart=/nix/store/none/bin/none\nRestrat=always\n",
		"value.service": "[Service]\nExecStart=/nix/store/none/bin/none\nType=once\n",
		"when.timer":    "[Timer]\nOnCalendar=*-13-40\n[Unit]\nDescription=never\n",
		"when.service":  "[Service]\nExecStart=/nix/store/none/bin/none\n",
		"other.service": "[Service]\nExecStart=/nix/store/none/bin/none\nRestrat=always\n",
	}
	said, err := Units(t.Context(), texts, []string{"good.service", "key.service", "value.service", "when.timer"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"key.service:3", "value.service:3", "when.timer"} {
		if !slices.ContainsFunc(said, func(line string) bool { return strings.HasPrefix(line, name) }) {
			t.Errorf("nothing is said of %s: %q", name, said)
		}
	}
	for _, line := range said {
		if strings.HasPrefix(line, "good.") || strings.HasPrefix(line, "other.") {
			t.Errorf("said: %s", line)
		}
	}
}

func TestNamedUnits(t *testing.T) {
	options := []evaluate.Leaf{
		{Option: []string{"systemd", "services", "a", "script"}},
		{Option: []string{"systemd", "services", "a", "path"}},
		{Option: []string{"systemd", "timers", "b", "timerConfig", "OnCalendar"}},
		{Option: []string{"systemd", "services", "without-text", "enable"}},
		{Option: []string{"systemd", "tmpfiles", "rules"}},
		{Option: []string{"services", "openssh", "enable"}},
	}
	got := Named(options, map[string]string{"a.service": "x", "b.timer": "x", "openssh.service": "x"})
	if strings.Join(got, " ") != "a.service b.timer" {
		t.Errorf("got %q", got)
	}
}

func TestKeysThatThisSystemdCannotKnow(t *testing.T) {
	line := "10-shop.network:9: Unknown key 'IPv4Forwarding' in section [Network], ignoring."
	if !tooNew(line, 252) || tooNew(line, 256) {
		t.Errorf("252 and 256: %v, %v", tooNew(line, 252), tooNew(line, 256))
	}
	if tooNew("10-shop.network:9: Unknown key 'Brigde' in section [Network], ignoring.", 252) {
		t.Error("a key that no version knows")
	}
}

func TestComplaintsOfWhatDidNotEnd(t *testing.T) {
	said, done := complaints(strings.NewReader("a\nb\n"))
	if done || strings.Join(said, " ") != "a b" {
		t.Errorf("got %q, %v", said, done)
	}
}
