package introspect

import (
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// What PVE skips stands with the facts of its file, and not a second time among the problems.
func TestAnomaliesStandWithTheFactsOfTheirFile(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/pve/authkey.pub":         "",
		"etc/pve/user.cfg":            "user:a@pve:1:0:::::\nnonsense\n",
		"etc/pve/domains.cfg":         "ldap: pam\n\tserver1 x\n",
		"etc/pve/datacenter.cfg":      "keyboard: de\nnonsense\n",
		"etc/pve/firewall/cluster.fw": "[RULES]\nIN ALLOW\n",
		"etc/pve/firewall/100.fw":     "[OPTIONS]\nenable: 1\n",
		"etc/pve/nodes/a/host.fw":     "[OPTIONS]\nenable: 1\n[IPSET x]\n",
		"etc/pve/sdn/firewall/web.fw": "nonsense\n",
		"etc/pve/nodes/a/config":      "nonsense\n",
	}))
	text := func(found []snapshot.Anomaly) string {
		var out []string
		for _, a := range found {
			out = append(out, a.Kind+" "+a.Source)
		}
		return strings.Join(out, ", ")
	}
	for _, c := range []struct{ list, got, want string }{
		{"access", text(s.Access.Anomalies), "ignored-line /etc/pve/user.cfg:2, replaced-type /etc/pve/domains.cfg:1"},
		{"datacenter", text(s.Datacenter.Anomalies), "ignored-line /etc/pve/datacenter.cfg:2"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.list, c.got, c.want)
		}
	}
	firewall := map[string]string{}
	for _, f := range s.Network.Firewall {
		firewall[f.Scope+" "+f.Name] = text(f.Anomalies)
	}
	for name, want := range map[string]string{
		"cluster ":  "ignored-rule /etc/pve/firewall/cluster.fw:2",
		"guest 100": "",
		"node a":    "ignored-line /etc/pve/nodes/a/host.fw:3",
		"vnet web":  "ignored-line /etc/pve/sdn/firewall/web.fw:1",
	} {
		if got, found := firewall[name]; !found || got != want {
			t.Errorf("firewall of %s: %q, want %q", name, got, want)
		}
	}
	noted := map[string]bool{}
	for _, p := range s.Problems {
		noted[p.Area] = true
		if p.Area == "access" || p.Area == "datacenter" || p.Area == "network.firewall" {
			t.Errorf("the problems repeat %+v", p)
		}
	}
	// Files without such a list have theirs among the problems.
	if !noted["cluster"] {
		t.Errorf("no problem of the cluster in %+v", s.Problems)
	}
}
