package evaluate

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// What cannot be a document is an error that names the rule.
func TestWrongDocumentsAreRefused(t *testing.T) {
	for body, want := range map[string]string{
		`parts contains {"at": [], "document": ["container", "100"], "path": ["a"], "value": 1}`:                                  `area/own: document kind "container": want `,
		`parts contains {"at": [], "document": ["containers", "../1"], "path": ["a"], "value": 1}`:                                `area/own: document name "../1": want letters`,
		`parts contains {"at": [], "document": ["containers"], "path": ["a"], "value": 1}`:                                        `area/own: document ["containers"]: want a kind and a name`,
		`settings contains {"at": [], "option": ["a"], "value": {"_path": "./containers/1.conf"}}`:                                `option a: area/own sets the path "./containers/1.conf", which is no document of the host`,
		"parts contains {\"at\": [], \"document\": [\"containers\", \"1\"], \"path\": [\"a\"], \"value\": n} if some n in [1, 2]": `document containers/1: option a: area/own sets `,
	} {
		e := engine(t, emptyLock, map[string]string{"area/own": body})
		_, err := e.Evaluate(context.Background(), document(t, `{"host": {"name": "a"}}`))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", body, err, want)
		}
	}
}
