package standin

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// validation are the parts of a report that these tests look at.
type validation struct {
	Results []struct {
		Check                   struct{ ID string }
		Status, Found, Expected string
	}
}

// A booted host is what its own capture says; what is changed on it afterwards fails the checks of that, and no others.
func TestValidationOfRunningHost(t *testing.T) {
	host := Boot(t, "../../golden/worn", map[string]string{program: build(t)})
	shell := func(script string) []byte {
		t.Helper()
		out, err := host.Run(context.Background(), Command{Args: []string{"/bin/sh", "-ec", script}, Env: []string{captureTime}, Hardware: true})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	statuses := func() (map[string]string, validation) {
		t.Helper()
		var v validation
		// Whether a PVE host has what only NixOS has is not the question here; the exit code says that it has not.
		if err := json.Unmarshal(shell(program+" validate --baseline /before.json --json 2>/dev/null || test $? = 3"), &v); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, r := range v.Results {
			out[r.Check.ID] = r.Status
		}
		return out, v
	}
	shell(program + " introspect -o /before.json 2>/dev/null")
	before, report := statuses()
	for _, id := range []string{
		"host-name", "link vmbr0", "bridge vmbr0", "address 192.168.1.10/24 on vmbr0", "unit-active sshd.service", "no-failed-units", "user root",
	} {
		if before[id] != "passed" {
			t.Errorf("%s: %q", id, before[id])
		}
	}
	if t.Failed() {
		for _, r := range report.Results {
			if r.Status != "passed" {
				t.Logf("%s %s: want %s, found %s", r.Status, r.Check.ID, r.Expected, r.Found)
			}
		}
	}
	shell("systemctl stop ssh.service ssh.socket; ip address del 192.168.1.10/24 dev vmbr0")
	after, _ := statuses()
	// The sockets of the golden tree stand for the host's own; they stay when a service stops.
	var changed []string
	for id, status := range after {
		if status != before[id] {
			changed = append(changed, status+" "+id)
		}
	}
	slices.Sort(changed)
	want := []string{
		"failed address 192.168.1.10/24 on vmbr0",
		// The kernel takes the routes along that rest on the address.
		"failed route 10.20.0.0/16 via 192.168.1.254 dev vmbr0", "failed route default via 192.168.1.1 dev vmbr0",
		"failed unit-active sshd.service",
	}
	text := string(shell(program + " validate --baseline /before.json || test $? = 3"))
	if !strings.Contains(text, "\n  address 192.168.1.10/24 on vmbr0: want 192.168.1.10/24 on vmbr0, found ") {
		t.Error("the text does not say what was found")
	}
	if d := cmp.Diff(want, changed); d != "" {
		t.Errorf("changed (-want +got)\n%s", d)
	}
}
