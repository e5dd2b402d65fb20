package catalog

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Entries that are decoded when they are asked for are those that encoding/json sees.
func TestDecodeReadsWhatIsWritten(t *testing.T) {
	text, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	var want Lock
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	got, err := Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Head, got.Head); diff != "" {
		t.Error(diff)
	}
	all := got.All()
	if len(all) != len(want.Entries) || len(all) < 2000 {
		t.Fatalf("%d entries, want %d, and thousands", len(all), len(want.Entries))
	}
	for i, e := range all {
		if diff := cmp.Diff(&want.Entries[i], e); diff != "" {
			t.Errorf("entry %d: %s", i, diff)
		}
	}
}

func TestDecodeTakesAnyLayout(t *testing.T) {
	c, err := Decode([]byte(" {\n\"entries\" : [ {\"key\": \"a\\u002a\\\"]\" ,\"subject\":\"s\", \"gap\":{\"title\":\"}]\\\\\"}},{\"key\":\"b\",\"subject\":\"s\"} ] , \"subjects\":{\"s\":{}}, \"schema\":\"pve2nix.catalog/v1\"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := c.Find("s", `aX"]`, noFields); !ok || e.Key != `a*"]` || e.Gap == nil || e.Gap.Title != `}]\` {
		t.Errorf("got %+v", e)
	}
	if _, ok := c.Find("s", "b", noFields); !ok {
		t.Error("b is missing")
	}
}

func TestDecodeRefusesWhatIsNoLock(t *testing.T) {
	for _, text := range []string{
		``, `[]`, `{`, `{}`, `{"schema": "pve2nix.catalog/v1"`, `{"schema": "pve2nix.catalog/v0"}`, `{"schema": "pve2nix.catalog/v1"} x`,
		`{"schema": "pve2nix.catalog/v1", "entries": {}}`, `{"schema": "pve2nix.catalog/v1", "entries": [`, `{"schema": "pve2nix.catalog/v1", "entries": [{"key": 3}]}`,
		`{"schema": "pve2nix.catalog/v1", "entries": [{} {}]}`, `{"schema": "pve2nix.catalog/v1", "entries": [{},]}`, `{"schema": "pve2nix.catalog/v1", "entries": ["}`,
		`{"schema": "pve2nix.catalog/v1", "subjects": []}`, `{"schema": "pve2nix.catalog/v1",}`, `{"schema" "pve2nix.catalog/v1"}`, `{schema: 1}`, `null`,
	} {
		if _, err := Decode([]byte(text)); err == nil {
			t.Errorf("%s was taken", text)
		}
	}
}

func FuzzMembers(f *testing.F) {
	f.Add(`{"a": [1, "]", {"b": "\""}], "c": {}}`)
	f.Add(`{"a`)
	f.Add(`{"a":1,}`)
	f.Fuzz(func(t *testing.T, text string) {
		got := map[string]json.RawMessage{}
		err := members([]byte(text), func(name, value []byte) error {
			got[string(name)] = value
			return nil
		})
		var want map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &want) != nil || want == nil {
			return // what is no JSON may be taken here, and is found when it is decoded
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for name, value := range want {
			written, err := json.Marshal(name)
			if err != nil {
				t.Fatal(err)
			}
			if raw, ok := got[string(written[1:len(written)-1])]; ok && string(raw) != string(value) {
				t.Errorf("%s: %s is %s, want %s", text, name, raw, value)
			}
		}
	})
}
