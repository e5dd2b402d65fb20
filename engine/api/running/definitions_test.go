//go:build linux

package running

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/bridge/migrate"
)

// What Incus says of its guests is what a guest is read from.
func TestDefinitionsOfInstances(t *testing.T) {
	data, err := os.ReadFile("testdata/instances.json")
	if err != nil {
		t.Fatal(err)
	}
	socket, asked := stand(t, func(string) (int, string) { return 200, `{"type":"sync","metadata":` + string(data) + `}` })
	got, err := instanceDefinitions(context.Background(), socket)
	if err != nil || len(got) == 0 || !slices.Equal(*asked, []string{"GET /1.0/instances?recursion=1"}) {
		t.Fatalf("%d definitions, asked %q: %v", len(got), *asked, err)
	}
	if g, err := migrate.Instance(got[0].Text); err != nil || g.VMID == 0 {
		t.Errorf("%+v %v", g, err)
	}
	if _, err := domainDefinitions(socket+".none", time.Second); err == nil {
		t.Error("guests of a daemon that is not there")
	}
	if _, err := Definitions(context.Background(), "proxmox"); err == nil {
		t.Error("a manager that cannot be asked")
	}
}
