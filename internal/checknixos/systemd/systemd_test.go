package systemd

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func need(t *testing.T) {
	t.Helper()
	if _, err := Daemon(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
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

func TestComplaintsOfWhatDidNotEnd(t *testing.T) {
	said, done := complaints(strings.NewReader("a\nb\n"))
	if done || strings.Join(said, " ") != "a b" {
		t.Errorf("got %q, %v", said, done)
	}
}
