package evaluate

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/policy"
)

// What several rules say of one guest becomes one document, and its facts are translated.
func TestPartsBecomeDocuments(t *testing.T) {
	e := engine(t, emptyLock, map[string]string{
		"area/one": `parts contains {"at": ["/guests/0/config/0"], "document": ["containers", "100"], "path": ["lxc.uts.name"], "value": "web"}
parts contains {"at": [], "document": ["containers", "100"], "path": ["lxc.mount.entry"], "value": ["a"]}
settings contains {"at": [], "option": ["environment", "etc", "x", "source"], "value": {"_path": "./containers/100.conf"}}`,
		"area/two": metadata("lost") + "package rules.area.two\n" + `parts contains {"at": [], "document": ["containers", "100"], "path": ["lxc.mount.entry"], "value": ["b"]}`,
	})
	h, err := e.Evaluate(context.Background(), document(t, `{"host": {"name": "a"}, "guests": [{"vmid": 100, "type": "lxc", "config": [{"key": "hostname", "value": "web"}]}]}`))
	if err != nil || len(h.Errors) > 0 {
		t.Fatal(err, h.Errors)
	}
	got, err := json.Marshal(h.Documents)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"kind":"containers","name":"100","file":"containers/100.conf","parts":[` +
		`{"option":["lxc.mount.entry"],"value":["a","b"],"by":["area/one","area/two"],"at":[]},` +
		`{"option":["lxc.uts.name"],"value":"web","by":["area/one"],"at":["/guests/0/config/0"]}]}]`
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Error(d)
	}
	if got := statuses(h)["/guests/0/config/0"]; got != "translated by area/one" {
		t.Errorf("the fact is %s", got)
	}
}

// What cannot be a document is left out as a whole, and the error names the rule and the reason.
func TestWrongDocumentsAreLeftOut(t *testing.T) {
	for body, want := range map[string]string{
		`parts contains {"at": [], "document": ["container", "100"], "path": ["a"], "value": 1}`:                                      `document container/100 is left out: document kind "container": want `,
		`parts contains {"at": [], "document": ["containers", "../1"], "path": ["a"], "value": 1}`:                                    `document containers/../1 is left out: document name "../1": want letters`,
		`parts contains {"at": [], "document": ["containers"], "path": ["a"], "value": 1}`:                                            `document containers is left out: document ["containers"]: want a kind and a name`,
		`settings contains {"at": [], "option": ["a"], "value": {"_path": "./containers/1.conf"}}`:                                    `option a is left out: it refers to containers/1, which is no document of the host`,
		`settings contains {"at": [], "option": ["a"], "value": {"_path": "./odd"}}`:                                                  `option a is left out: it refers to odd, which is no document of the host`,
		`settings contains {"at": [], "option": ["a"], "value": 1, "document": ["containers", "1"]}`:                                  `option a is left out: it refers to containers/1, which is no document of the host`,
		"parts contains {\"at\": [], \"document\": [\"containers\", \"1\"], \"path\": [\"lxc.a\"], \"value\": n} if some n in [1, 2]": `document containers/1 is left out: option lxc.a: area/own sets `,
		`parts contains {"at": [], "document": ["containers", "1"], "path": ["a"], "value": 1}`:                                       `document containers/1 is left out: containers/1.conf: /a/0: "a": no key of lxc.container.conf(5)`,
		`parts contains {"at": [], "document": ["containers", "1"], "path": [], "value": 1}`:                                          `document containers/1 is left out: area/own: a setting without an option`,
		`parts contains {"at": [], "document": ["domains", "1"], "path": ["type"], "value": "kvm"}`:                                   `document domains/1 is left out: domains/1.xml: /name: a domain needs one`,
		`parts contains {"at": [], "document": ["instances", "1"], "path": ["config", "odd"], "value": "kvm"}`:                        `document instances/1 is left out: /config/odd: no key of an instance`,
	} {
		e := engine(t, emptyLock, map[string]string{"area/own": body, "area/sound": metadata("lost") + "package rules.area.sound\n" + `settings contains {"at": [], "option": ["always"], "value": 1}`})
		h, err := e.Evaluate(context.Background(), document(t, `{"host": {"name": "a"}}`))
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if len(h.Errors) != 1 || h.Errors[0].Rule != "area/own" || !strings.HasPrefix(h.Errors[0].What, want) || !strings.HasPrefix(h.Errors[0].At, "rules/area/own/own.rego:17:") {
			t.Errorf("%s\ngot  %+v\nwant %s", body, h.Errors, want)
		}
		if len(h.Documents) != 0 || len(h.Options) != 1 {
			t.Errorf("%s: there remain %v and %v", body, h.Documents, h.Options)
		}
	}
}

// With a document go the units and files that would refer to it, whole, and nothing else; its facts are unaccounted.
func TestWhatRefersToADocumentGoesWithIt(t *testing.T) {
	lock := `{"schema": "pve2nix.catalog/v1", "entries": [
		{"subject": "guest_keys", "key": "lxc/hostname", "at": "g.cue:1", "status": "translated", "becomes": "lxc.uts.name", "reason": "r", "sources": ["s"]},
		{"subject": "guest_keys", "key": "lxc/lock", "at": "g.cue:2", "status": "carried", "carry": "/db", "reason": "r", "sources": ["s"]}],
		"subjects": {"guest_keys": {"nodes": "/guests/*/config/*", "key": ["../../type", "key"], "component": "key"}}}`
	e := engine(t, lock, map[string]string{
		"area/base": `parts contains {"at": [sprintf("/guests/%d/config/0", [i])], "document": ["containers", sprintf("%d", [g.vmid])], "path": ["lxc.uts.name"], "value": g.config[0].value} if some i, g in input.guests
parts contains {"at": [sprintf("/guests/%d/config/1", [i])], "document": ["containers", sprintf("%d", [g.vmid])], "path": ["lxc.arch"], "value": "amd64"} if some i, g in input.guests`,
		"area/other": metadata("lost") + "package rules.area.other\n" + `parts contains {"at": [], "document": ["containers", "100"], "path": ["lxc.uts.name"], "value": "web"}`,
		"area/unit": metadata("review") + "package rules.area.unit\n" + `settings contains {"at": [sprintf("/guests/%d", [i])], "option": ["systemd", "services", sprintf("lxc-%d", [g.vmid])], "value": {"script": "lxc-start", "environment": {"CONFIG": {"_path": sprintf("./containers/%d.conf", [g.vmid])}}}} if some i, g in input.guests
settings contains {"at": [], "option": ["systemd", "services"], "value": {"sshd": {"script": "sshd"}, "lxc-100": {"preStart": "true"}}}
settings contains {"at": [], "option": ["environment", "etc", "lxc/100.conf"], "value": {"source": {"_path": "./containers/100.conf"}, "mode": "0400"}}
settings contains {"at": [], "option": ["environment", "etc", "link", "mode"], "value": "0444", "document": ["containers", "100"]}
settings contains {"at": [], "option": ["environment", "etc", "other", "mode"], "value": "0444", "document": ["containers", "101"]}`,
	})
	h, err := e.Evaluate(context.Background(), document(t, `{"host": {"name": "a"}, "guests": [
		{"vmid": 100, "type": "lxc", "config": [{"key": "hostname", "value": "odd"}, {"key": "lock", "value": "a"}]},
		{"vmid": 101, "type": "lxc", "config": [{"key": "hostname", "value": "web"}, {"key": "lock", "value": "a"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Documents) != 1 || h.Documents[0].Name != "101" {
		t.Errorf("documents %v", h.Documents)
	}
	var options []string
	for _, leaf := range h.Options {
		options = append(options, strings.Join(leaf.Option, " "))
	}
	if d := cmp.Diff([]string{
		"environment etc other mode", "systemd services lxc-101 environment CONFIG", "systemd services lxc-101 script", "systemd services sshd script",
	}, options); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]policy.RuleError{{
		Rule: "area/other", At: "rules/area/other/other.rego:17:1",
		What: `document containers/100 is left out: option lxc.uts.name: area/base (/guests/0/config/0) sets "odd", area/other sets "web"; also said by area/base; ` +
			`left out with it: environment.etc.link, environment.etc."lxc/100.conf", systemd.services.lxc-100`,
	}}, h.Errors); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]string{
		"/guests/0": "unaccounted by area/base,area/other", "/guests/0/config/0": "unaccounted by area/base,area/other", "/guests/0/config/1": "carried by g.cue:2",
		"/guests/1": "translated by area/unit", "/guests/1/config/0": "translated by area/base", "/guests/1/config/1": "translated by area/base",
	}, statuses(h)); d != "" {
		t.Error(d)
	}
	for _, f := range h.Ledger.Facts {
		if f.Pointer == "/guests/0/config/0" && f.Reason != "document containers/100 is left out, since rules failed" {
			t.Errorf("the reason is %s", f.Reason)
		}
	}
}

// What reads a preseed refuses all of it for one wrong name, so all of it is left out; a document goes without the others.
func TestIncusIsToldOnlyNamesThatItHas(t *testing.T) {
	lock := `{"schema": "pve2nix.catalog/v1", "entries": [], "tables": {"option_forms": {"virtualisation.incus.preseed": "incus-preseed"},
		"incus_config": {"limits.cpu": "any"}, "incus_devices": {"disk": ["path", "pool"]}, "incus_pools": {"dir": ["source"]}}}`
	body := func(key, driver string) string {
		return `parts contains {"at": [], "document": ["instances", "100"], "path": path, "value": value} if some [path, value] in [[["config", "` + key + `"], "2"], [["type"], "container"], [["name"], "web"], [["source", "type"], "none"], [["devices", "root"], {"type": "disk", "path": "/", "pool": "default"}]]
settings contains {"at": ["/guests/0"], "option": ["virtualisation", "incus"], "value": {"enable": true, "preseed": {"storage_pools": [{"name": "default", "driver": "` + driver + `"}]}}}`
	}
	for _, c := range []struct {
		key, driver, want   string
		documents, settings int
	}{
		{"limits.cpu", "dir", "", 1, 2},
		{"limits.cores", "dir", "document instances/100 is left out: /config/limits.cores: no key of an instance", 0, 2},
		{"limits.cpu", "rbd", `option virtualisation.incus.preseed is left out: /storage_pools/0/driver: "rbd" is no driver`, 1, 1},
	} {
		h, err := engine(t, lock, map[string]string{"area/own": body(c.key, c.driver)}).Evaluate(context.Background(), document(t, host))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range h.Errors {
			got += e.What
		}
		if got != c.want || len(h.Documents) != c.documents || len(h.Options) != c.settings {
			t.Errorf("%s, %s: %q, %d documents, %d options", c.key, c.driver, got, len(h.Documents), len(h.Options))
		}
		if status := statuses(h)["/guests/0"]; status != "translated by area/own" {
			t.Errorf("the guest is %s", status)
		}
	}
}
