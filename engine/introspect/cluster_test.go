package introspect

import (
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configText writes the settings of each node as node: key=value key=value, *** for a secret.
func configText(nodes []snapshot.ClusterNode) string {
	var out []string
	for _, node := range nodes {
		words := []string{node.Name + ":"}
		for _, p := range node.Config {
			value := "***"
			if p.Value != nil {
				value = *p.Value
			}
			words = append(words, p.Key+"="+value)
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "\n")
}

func TestSettingsOfNodes(t *testing.T) {
	const corosync = "nodelist {\n node {\n name: a\n nodeid: 1\n }\n node {\n name: b\n nodeid: 2\n }\n}\n"
	for _, c := range []struct {
		name string
		tree map[string]string
		want string
	}{
		{"of every member, without the text of the notes", map[string]string{
			"etc/pve/corosync.conf": corosync, "etc/pve/nodes/a/config": "#password x\nacmedomain0: domain=a.lan,plugin=p\n", "etc/pve/nodes/b/config": "ballooning-target: 85\n",
		}, "a: description=*** acmedomain0=domain=a.lan,plugin=p\nb: ballooning-target=85"},
		{"of a node that only its directory names", map[string]string{
			"etc/pve/corosync.conf": corosync, "etc/pve/nodes/gone/config": "wakeonlan: bc:24:11:aa:00:01\n",
		}, "gone: wakeonlan=bc:24:11:aa:00:01\na:\nb:"},
		{"of a host on its own", map[string]string{"etc/pve/nodes/a/config": "startall-onboot-delay: 20\n"}, "a: startall-onboot-delay=20"},
		{"of a node without the file", map[string]string{"etc/pve/nodes/a/lrm_status": "{}"}, "a:"},
		{"a name is no way out of the directory", map[string]string{
			"etc/pve/corosync.conf": "nodelist {\n node {\n name: ../../../root/.ssh\n }\n}\n", "root/.ssh/config": "User: me\n", "etc/pve/nodes/a/config": "",
		}, "../../../root/.ssh:\na:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := configText(captureTree(t, writeTree(t, c.tree)).Cluster.Nodes); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFileOfANodeThatCannotBeReadIsAProblem(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{"etc/pve/authkey.pub": "", "etc/pve/corosync.conf": "totem {\n}\n", "etc/pve/nodes/a/config/x": ""}))
	if a := areaOf(t, s, "cluster"); a.Status != statusPartial || !strings.HasPrefix(a.Detail, "/etc/pve/nodes/a/config: ") {
		t.Errorf("%+v", a)
	}
	assertProblemsExplainAreas(t, s)
}

func TestCopyOfCorosyncsFile(t *testing.T) {
	const shared = "totem {\n config_version: 8\n}\n"
	for _, c := range []struct {
		name  string
		local string
		notes int
	}{
		{"as the cluster has it", shared, 0},
		{"older than the cluster's", "totem {\n config_version: 7\n}\n", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, map[string]string{
				"etc/pve/nodes/a/lrm_status": "{}", "etc/pve/corosync.conf": shared, "etc/corosync/corosync.conf": c.local,
			}))
			notes := 0
			for _, p := range s.Problems {
				if p.Source == "/etc/corosync/corosync.conf:1" && strings.HasPrefix(p.Error, "local-copy: ") {
					notes++
				}
			}
			if notes != c.notes {
				t.Errorf("%d notes, want %d", notes, c.notes)
			}
		})
	}
}
