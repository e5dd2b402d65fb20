package documents

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestContainers(t *testing.T) {
	kind, ok := Find("containers")
	if !ok || kind.File("200") != "containers/200.conf" {
		t.Fatalf("%v, %s", ok, kind.File("200"))
	}
	got, err := kind.Render("200", map[string]any{
		"lxc.uts.name": "web", "lxc.cgroup2.memory.max": json.Number("536870912"), "lxc.mount.auto": []any{"proc:mixed", "sys:ro"},
	})
	const want = "lxc.cgroup2.memory.max = 536870912\nlxc.mount.auto = proc:mixed\nlxc.mount.auto = sys:ro\nlxc.uts.name = web\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	for value, what := range map[any]string{
		"a\nlxc.hook.start-host = /bin/sh": "line's end", "a\x00": "line's end", nil: "<nil> is no value",
	} {
		if _, err := kind.Render("200", map[string]any{"lxc.uts.name": value}); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%q: %v", value, err)
		}
	}
	if _, err := kind.Render("200", map[string]any{"lxc.uts.name = x\nlxc.a": "b"}); err == nil {
		t.Error("a key with a line's end is taken")
	}
}

func TestLinesOfContainersKeepTheirOrder(t *testing.T) {
	kind, _ := Find("containers")
	got, err := kind.Render("200", map[string]any{
		"lxc.arch":            "amd64",
		"lxc.include":         []any{"/etc/a", "/etc/b"},
		"lxc.cgroup2.devices": []any{map[string]any{"deny": "a"}, map[string]any{"allow": "c 10:200 rwm"}, map[string]any{"deny": "c 5:1 rwm"}},
		"lxc.net.0":           []any{map[string]any{"type": "veth"}, map[string]any{"veth.pair": "veth200i0"}},
		"lxc.cap.drop":        []any{""},
	})
	const want = "lxc.include = /etc/a\nlxc.include = /etc/b\nlxc.arch = amd64\nlxc.cap.drop = \n" +
		"lxc.cgroup2.devices.deny = a\nlxc.cgroup2.devices.allow = c 10:200 rwm\nlxc.cgroup2.devices.deny = c 5:1 rwm\n" +
		"lxc.net.0.type = veth\nlxc.net.0.veth.pair = veth200i0\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	for what, tree := range map[string]map[string]any{
		"set of one key": {"lxc.net.0": []any{map[string]any{"type": "veth", "name": "eth0"}}},
		"no key of":      {"lxc.net.0": []any{map[string]any{"type = x\nlxc.hook": "veth"}}},
		"line's end":     {"lxc.net.0": []any{map[string]any{"type": "a\rb"}}},
		"is no value":    {"lxc.net.0": []any{[]any{"a"}}},
	} {
		if _, err := kind.Render("200", tree); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
