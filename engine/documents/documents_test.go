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
