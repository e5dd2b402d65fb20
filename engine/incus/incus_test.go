package incus

import (
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

var tables = Tables{
	"incus_config":  {"limits.cpu": "any", "security.csm": "virtual-machine", "security.secureboot": "virtual-machine", "security.nesting": "container", "user.*": "any"},
	"incus_devices": {"disk": []any{"path", "pool", "size", "source"}, "nic/bridged": []any{"parent", "hwaddr"}},
	"incus_pools":   {"zfs": []any{"source"}, "dir": []any{"source"}},
}

// vm is an instance with one thing changed by each test.
func vm(change func(map[string]any)) map[string]any {
	tree := map[string]any{
		"name": "web", "type": "virtual-machine", "source": map[string]any{"type": "none"}, "profiles": []any{},
		"config":  map[string]any{"limits.cpu": "2", "user.pve.vmid": "100"},
		"devices": map[string]any{"root": map[string]any{"type": "disk", "path": "/", "pool": "default"}},
	}
	if change != nil {
		change(tree)
	}
	return tree
}

func TestAnInstanceIsWrittenInTheOrderOfTheAPI(t *testing.T) {
	got, err := Render("100", vm(func(m map[string]any) {
		m["description"] = "a: b # c"
		m["devices"].(map[string]any)["net0"] = map[string]any{"type": "nic", "nictype": "bridged", "parent": "vmbr0"}
	}))
	const want = `name: web
type: virtual-machine
description: 'a: b # c'
source:
  type: none
profiles: []
config:
  limits.cpu: "2"
  user.pve.vmid: "100"
devices:
  net0:
    nictype: bridged
    parent: vmbr0
    type: nic
  root:
    path: /
    pool: default
    type: disk
`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	if err := CheckInstance(vm(nil), tables); err != nil {
		t.Error(err)
	}
}

func TestWhatTheAPIDoesNotHaveIsRefused(t *testing.T) {
	set := func(at, key string, v any) func(map[string]any) {
		return func(m map[string]any) { m[at].(map[string]any)[key] = v }
	}
	for what, change := range map[string]func(map[string]any){
		"unknown field":             func(m map[string]any) { m["memory"] = "1GiB" },
		"cannot unmarshal number":   set("config", "limits.cpu", 2),
		"no key of an instance":     set("config", "limits.cores", "2"),
		"has no such key":           set("config", "security.nesting", "true"),
		"no type of device":         set("devices", "x", map[string]any{"type": "floppy"}),
		"no option of a device":     set("devices", "x", map[string]any{"type": "disk", "bus": "ide"}),
		"is no name of an instance": func(m map[string]any) { m["name"] = "-a" },
		`"100" is no name of`:       func(m map[string]any) { m["name"] = "100" },
		"neither container nor":     func(m map[string]any) { m["type"] = "vm" },
		"want none, or image":       func(m map[string]any) { m["source"] = map[string]any{"type": "migration"} },
		"no name of a device":       set("devices", "../x", map[string]any{"type": "disk"}),
		"0 root disks":              func(m map[string]any) { m["devices"] = map[string]any{} },
		"has a pool and no source":  set("devices", "root", map[string]any{"type": "disk", "path": "/", "source": "/dev/sda"}),
		"needs security.secureboot": set("config", "security.csm", "true"),
		"text without NUL":          set("config", "user.a", "a\x00b"),
		"is no key":                 set("config", "user.\n", "a"),
	} {
		tree := vm(change)
		err := CheckInstance(tree, tables)
		if err == nil {
			_, err = Render("100", tree)
		}
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestPreseed(t *testing.T) {
	pool := func(name, driver string, config map[string]any) map[string]any {
		return map[string]any{"name": name, "driver": driver, "config": config}
	}
	good := map[string]any{"storage_pools": []any{pool("default", "dir", map[string]any{"source": "/srv/incus"}), pool("tank", "zfs", map[string]any{"source": "tank/incus", "user.pve": "tank"})}}
	if err := CheckPreseed(good, tables); err != nil {
		t.Error(err)
	}
	for what, list := range map[string][]any{
		"is no driver":           {pool("a", "rbd", nil)},
		"no key of a pool":       {pool("a", "zfs", map[string]any{"pool": "tank"})},
		"is no name of a pool":   {pool("a/b", "zfs", nil)},
		"or there twice":         {pool("a", "zfs", nil), pool("a", "dir", nil)},
		"unknown field \"raid\"": {map[string]any{"name": "a", "raid": "1"}},
	} {
		if err := CheckPreseed(map[string]any{"storage_pools": list}, tables); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, profile := range map[string]map[string]any{
		"/profiles/0/config/x":    {"name": "p", "config": map[string]any{"x": "y"}},
		"/profiles/0/devices/eth": {"name": "p", "devices": map[string]any{"eth": map[string]any{"type": "nic"}}},
	} {
		if err := CheckPreseed(map[string]any{"profiles": []any{profile}}, tables); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Text of a guest is text of the document, whatever it holds: what is read back is what was written.
func FuzzTextStaysText(f *testing.F) {
	for _, seed := range []string{"", "plain", "a: b", "- x", "'\"", "${pkgs.hello}", "]]>", "true", "0x10", "~", "a\nb: c\n", "\t# x", "../..", "---\n...", "!!binary aGk=", "&a *a", "\u2028", "a\r\nb", " lead", "trail ", "\x7f"} {
		f.Add(seed, "limits.cpu")
	}
	f.Fuzz(func(t *testing.T, text, key string) {
		tree := vm(func(m map[string]any) {
			m["description"] = text
			m["config"].(map[string]any)[key] = text
		})
		got, err := Render("100", tree)
		if err != nil {
			return
		}
		var back Instance
		d := yaml.NewDecoder(strings.NewReader(string(got)))
		d.KnownFields(true)
		if err := d.Decode(&back); err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		var want Instance
		if err := decode(tree, &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, want) {
			t.Errorf("read back %+v, want %+v\n%s", back, want, got)
		}
		if err := d.Decode(&back); err == nil {
			t.Error("the text made a second document")
		}
	})
}

func FuzzCheckNeverPanics(f *testing.F) {
	f.Add("limits.cpu", "disk", "path")
	f.Add("user.", "nic/bridged", ".*")
	f.Add(".", "", "user.*")
	f.Fuzz(func(t *testing.T, key, kind, option string) {
		tree := vm(func(m map[string]any) {
			m["config"].(map[string]any)[key] = "x"
			m["devices"].(map[string]any)["d"] = map[string]any{"type": kind, option: "x"}
		})
		if err := CheckInstance(tree, tables); err == nil {
			if v, ok := lookUp(tables["incus_config"], key); !ok || v == "container" {
				t.Errorf("%q is taken", key)
			}
		}
	})
}
