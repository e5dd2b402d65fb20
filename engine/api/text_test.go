package api_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/api"
)

func TestTablesAreThoseOfPvesh(t *testing.T) {
	a := host(t, "basic", "libvirt", running{vmids: []int{100}})
	for _, c := range []struct {
		path, want string
		table      api.Table
	}{
		{"/version", `
┌─────────┬──────────────────┐
│ key     │ value            │
╞═════════╪══════════════════╡
│ release │ 8.4              │
├─────────┼──────────────────┤
│ repoid  │ 0000000000000000 │
├─────────┼──────────────────┤
│ version │ 8.4.1            │
└─────────┴──────────────────┘
`, api.Table{}},
		{"/nodes", `
┌──────┬────────┬────────┬───────┬────────┬───────────┬───────────┬─────────────────────────────────────────────────────────────────────────────────────────────────┬────────┐
│ node │ status │    cpu │ level │ maxcpu │    maxmem │       mem │ ssl_fingerprint                                                                                 │ uptime │
╞══════╪════════╪════════╪═══════╪════════╪═══════════╪═══════════╪═════════════════════════════════════════════════════════════════════════════════════════════════╪════════╡
│ pve  │ online │ 25.00% │       │      8 │ 32.00 GiB │ 12.00 GiB │ B4:B6:56:C2:E0:78:CB:6B:49:C5:C6:4A:7A:BD:F0:02:E0:E9:CD:1C:E7:59:88:20:D0:EB:9B:85:49:BF:EB:E7 │     1d │
└──────┴────────┴────────┴───────┴────────┴───────────┴───────────┴─────────────────────────────────────────────────────────────────────────────────────────────────┴────────┘
`, api.Table{}},
		{"/nodes/pve/time", `
key       value
localtime 2026-11-23 13:00:00
time      2026-11-23 12:00:00
timezone  Europe/Berlin
`, api.Table{NoBorder: true}},
		{"/pools", "\n", api.Table{}},
	} {
		got := a.Get(context.Background(), api.Root, c.path, nil)
		text := c.table.Text(got.Path, got.Data)
		if strings.TrimSpace(c.want) != strings.TrimSpace(text) {
			t.Errorf("%s (-want +got):\n%s", c.path, cmp.Diff(c.want, "\n"+text))
		}
	}
}

func TestASCIITablesAndNarrowTerminals(t *testing.T) {
	a := host(t, "basic", "libvirt", nil)
	got := a.Get(context.Background(), api.Root, "/version", nil)
	want := "+---------+------------------+\n| key     | value            |\n+=========+==================+\n| release | 8.4              |\n+---------+------------------+\n" +
		"| repoid  | 0000000000000000 |\n+---------+------------------+\n| version | 8.4.1            |\n+---------+------------------+\n"
	if diff := cmp.Diff(want, api.Table{ASCII: true}.Text(got.Path, got.Data)); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	for _, line := range strings.Split(api.Table{Width: 12}.Text(got.Path, got.Data), "\n") {
		if len([]rune(line)) > 12 {
			t.Errorf("%q is wider than the terminal", line)
		}
	}
}

// Facts are hostile: a name must not command the terminal.
func TestTextCommandsNoTerminal(t *testing.T) {
	text := api.Table{}.Text(api.Describe("/pools"), []any{map[string]any{"poolid": "\x1b[2J\a"}})
	if strings.ContainsAny(text, "\x1b\a") {
		t.Errorf("%q", text)
	}
}

func TestChildrenArePrintedAsPveshDoes(t *testing.T) {
	a := host(t, "basic", "libvirt", nil)
	for path, want := range map[string]string{
		"/":                      "Dr---        access\nDr---        cluster\nDr---        nodes\nDr---        pools\nDr---        storage\n-r---        version\n",
		"/nodes":                 "Dr---        pve\n",
		"/nodes/pve/qemu/100":    "-r---        config\nDr---        status\n",
		"/nodes/pve/storage":     "Dr---        backup-nas\nDr---        local\nDr---        local-lvm\n",
		"/nodes/pve/qemu":        "Dr---        100\nDr---        101\nDr---        9000\n",
		"/nodes/pve/qemu/100/..": "",
	} {
		got := a.Get(context.Background(), api.Root, path, nil)
		if got.Status != 200 {
			if want != "" {
				t.Errorf("%s: %d %s", path, got.Status, got.Message)
			}
			continue
		}
		if diff := cmp.Diff(want, api.Table{}.Children(got.Path, got.Data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestJSONIsThatOfPerl(t *testing.T) {
	v := map[string]any{"b": []any{int64(1), 0.1, 1e21, []any{}}, "a": "ä\"\\/\n<\x01", "c": map[string]any{}, "d": nil}
	if got, want := string(api.Encode(v, false)), `{"a":"ä\"\\/\n<\u0001","b":[1,0.1,1e+21,[]],"c":{},"d":null}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	want := "{\n   \"a\" : \"ä\\\"\\\\/\\n<\\u0001\",\n   \"b\" : [\n      1,\n      0.1,\n      1e+21,\n      []\n   ],\n   \"c\" : {},\n   \"d\" : null\n}"
	if diff := cmp.Diff(want, string(api.Encode(v, true))); diff != "" {
		t.Errorf("pretty (-want +got):\n%s", diff)
	}
}
