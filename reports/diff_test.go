package reports

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func TestLinesOfChanges(t *testing.T) {
	secret := func(digest string) map[string]any {
		return map[string]any{"secret": true, "sha256_prefix": digest, "path": "/etc/x"}
	}
	for _, c := range []struct {
		change snapshot.Change
		want   string
	}{
		{snapshot.Change{Kind: "changed", Path: []string{"guests", "qemu 100 pve", "config", "memory"}, Field: "value", Before: "2048", After: "4096", Source: "/etc/pve/x.conf:3"},
			"~ qemu 100 pve › config › memory: 2048 → 4096  [/etc/pve/x.conf:3]"},
		{snapshot.Change{Kind: "changed", Path: []string{"packages", "htop amd64"}, Field: "version", Before: "1", After: "2"}, "~ htop amd64 › version: 1 → 2"},
		{snapshot.Change{Kind: "changed", Path: []string{"guests", "a"}, Field: "secret", Before: secret("11111111"), After: secret("22222222")}, "~ a: secret 11111111 → secret 22222222"},
		{snapshot.Change{Kind: "changed", Path: []string{"hardware"}, Field: "memory_kib", Before: json.Number("1"), After: json.Number("2")}, "~ memory_kib: 1 → 2"},
		{snapshot.Change{Kind: "changed", Path: []string{"system", "groups", "sudo"}, Field: "members", Before: []any{"a", "b"}, After: []any{"b", "c"}}, "~ groups › sudo › members: +c -a"},
		{snapshot.Change{Kind: "changed", Path: []string{"network", "a"}, Field: "ports", Before: []any{"a", "b"}, After: []any{"b", "a"}}, "~ a › ports: a b → b a"},
		{snapshot.Change{Kind: "changed", Path: []string{"files", "/etc/x"}, Field: "sha256", Before: strings.Repeat("a", 64), After: nil}, "~ /etc/x › sha256: aaaaaaaaaaaa… → (none)"},
		{snapshot.Change{Kind: "moved", Path: []string{"network", "rules", "IN"}, Before: 1, After: 0}, "> rules › IN: from place 2 to 1"},
		{snapshot.Change{Kind: "added", Path: []string{"packages", "htop amd64"}, After: map[string]any{"name": "htop", "version": "3"}}, "+ htop amd64: 3"},
		{snapshot.Change{Kind: "removed", Path: []string{"units", "a.service"}, Before: map[string]any{"name": "a.service"}, Uncertain: true},
			"- a.service  (the other snapshot does not know all of it)"},
	} {
		text := Diff(&snapshot.Diff{Changes: []snapshot.Change{c.change}})
		if !strings.Contains(text, "\n  "+c.want+"\n") {
			t.Errorf("no line %q in\n%s", c.want, text)
		}
	}
}

// That a file has changed is said by what changed in it; one that nothing else speaks of is named.
func TestFilesThatChangesNameAreNotNamedAgain(t *testing.T) {
	file := func(name string) snapshot.Change {
		return snapshot.Change{Kind: "changed", Path: []string{"files", name}, Field: "sha256", Before: "a", After: "b"}
	}
	text := Diff(&snapshot.Diff{Changes: []snapshot.Change{
		{Kind: "changed", Path: []string{"system", "sshd", "Port"}, Field: "value", Before: "22", After: "23", Source: "/etc/ssh/sshd_config:1"},
		file("/etc/ssh/sshd_config"), file("/etc/other"),
	}})
	if strings.Contains(text, "~ /etc/ssh/sshd_config") || !strings.Contains(text, "~ /etc/other") || !strings.Contains(text, "3 changed (1 of them") {
		t.Error(text)
	}
}

func TestWhatCannotBeComparedIsNamed(t *testing.T) {
	text := Diff(&snapshot.Diff{Incomparable: []snapshot.Incomparable{
		{Area: "access", Unknown: "after", Detail: "gone"}, {Area: "jobs", Unknown: "before", Detail: "none"}, {Area: "acme", Unknown: "both"}, {Area: "units", Unknown: "both"},
	}})
	for _, want := range []string{"nothing changed\n", "not compared: access, unknown in the second: gone\n", "not compared: jobs, unknown in the first: none\n", "not compared, unknown in both: acme, units\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
