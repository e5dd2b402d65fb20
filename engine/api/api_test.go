package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	builtin "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/api"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

func knowledge(t testing.TB) api.Knowledge {
	t.Helper()
	c, err := catalog.Decode(builtin.Lock)
	if err != nil {
		t.Fatal(err)
	}
	k, err := api.ReadKnowledge(c.Tables)
	if err != nil {
		t.Fatal(err)
	}
	if len(k.Roles) < 15 || len(k.Services) < 20 || len(k.Storages) < 12 {
		t.Fatalf("tables of the catalog: %d roles, %d services, %d kinds of storage", len(k.Roles), len(k.Services), len(k.Storages))
	}
	return k
}

func document(t testing.TB, name string) *snapshot.Document {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(bytes.NewReader(data), name)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// running is a host on which everything is known: every second guest runs.
type running struct{ vmids []int }

func (running) Now() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

func (running) Node(context.Context) (*api.Node, error) {
	secure := true
	return &api.Node{
		Uptime: 86_400, Load: [3]string{"0.10", "0.20", "0.30"}, CPU: 0.25, Wait: 0.01,
		Processor: api.Processor{Vendor: "GenuineIntel", Family: "6", Model: "Xeon", MHz: "2400.000", Flags: "fpu vmx aes", Sockets: 1, Cores: 4, Threads: 8},
		Memory:    api.Memory{Total: 32 << 30, Free: 1 << 30, Available: 20 << 30, Used: 12 << 30}, Swap: api.Space{Total: 1 << 30, Used: 1 << 20},
		Shared: 4096, Root: api.Space{Total: 100 << 30, Used: 10 << 30, Available: 85 << 30},
		Kernel: api.Kernel{Name: "Linux", Release: "6.12.1", Version: "#1-NixOS SMP", Machine: "x86_64"}, EFI: true, SecureBoot: &secure,
	}, nil
}

func (r running) Guests(context.Context) (map[int]api.Guest, error) {
	out := map[int]api.Guest{}
	for i, vmid := range r.vmids {
		g := api.UnknownGuest()
		if g.Running = i%2 == 0; g.Running {
			g = api.Guest{
				Running: true, PID: 4000 + i, Uptime: 3600, CPU: 0.5, CPUs: 2, Memory: 1 << 30, MaxMemory: 2 << 30, HostMemory: 1 << 30, Swap: 0,
				Disk: 1 << 30, MaxDisk: 8 << 30, In: 10, Out: 20, Read: 30, Written: 40,
			}
		}
		out[vmid] = g
	}
	return out, nil
}

func (running) Space(_ context.Context, s api.Store) (*api.Space, error) {
	if s.Type == "pbs" {
		return nil, api.ErrUnknown
	}
	return &api.Space{Total: 1 << 40, Used: 1 << 39, Available: 1 << 39}, nil
}

func (running) Links(context.Context) ([]api.Link, error) {
	return []api.Link{{Name: "eno1", Up: true, Physical: true, Names: []string{"enp1s0"}}, {Name: "vmbr0", Up: true}, {Name: "spare0", Physical: true}}, nil
}

func (running) Units(_ context.Context, names [][]string) ([]api.Unit, error) {
	out := make([]api.Unit, len(names))
	for i, list := range names {
		out[i] = api.Unit{Load: "not-found", Active: "inactive", Sub: "dead"}
		if len(list) > 0 {
			out[i] = api.Unit{Description: list[0] + " of the host", Load: "loaded", Active: "active", Sub: "running", File: "enabled"}
		}
	}
	return out, nil
}

// every are the paths of a pattern on a host.
func every(pattern string, snap *snapshot.Snapshot) []string {
	values := map[string][]string{"node": {snap.Host.Name}, "service": {"sshd", "pveproxy"}}
	for _, g := range snap.Guests {
		if g.Local {
			values[g.Type] = append(values[g.Type], strconv.Itoa(g.VMID))
		}
	}
	for _, s := range snap.Storage.Storages {
		values["storage"] = append(values["storage"], s.ID)
	}
	for _, i := range snap.Network.Interfaces {
		if i.Kind != "loopback" {
			values["iface"] = append(values["iface"], i.Name)
		}
	}
	paths := []string{""}
	kind := ""
	for _, part := range strings.Split(pattern, "/")[1:] {
		name := strings.Trim(part, "{}")
		choices := []string{part}
		if name != part {
			choices = values[name]
			if name == "vmid" {
				choices = values[kind]
			}
		}
		kind = part
		var next []string
		for _, p := range paths {
			for _, c := range choices {
				next = append(next, p+"/"+c)
			}
		}
		paths = next
	}
	return paths
}

// seen are the fields that some answer had, by pattern.
type seen map[string]map[string]bool

// check holds a value against the description; live says whether what only a running host knows must be there.
func check(t *testing.T, where string, p *api.Path, v any, live bool, major int, s seen) {
	t.Helper()
	list := []any{v}
	if p.List {
		var is bool
		if list, is = v.([]any); !is {
			t.Errorf("%s: %T, want a list", where, v)
			return
		}
	}
	for _, e := range list {
		o, is := e.(map[string]any)
		if !is {
			t.Errorf("%s: %T, want an object", where, e)
			continue
		}
		for _, f := range p.Fields {
			if _, has := o[f.Name]; !has && !f.Optional && (live || !f.Live) && !(strings.HasSuffix(p.Path, "{iface}") && f.Name == "iface") { // the path has it
				t.Errorf("%s: no %s in %v", where, f.Name, o)
			}
		}
		for name, value := range o {
			f, known := p.Field(name)
			if !known {
				if !p.Open {
					t.Errorf("%s: %s is nowhere described", where, name)
				} else if _, text := value.(string); !text && p.Path != "/access/permissions" {
					t.Errorf("%s: %s is %T, want a string", where, name, value)
				}
				continue
			}
			if s[p.Path] == nil {
				s[p.Path] = map[string]bool{}
			}
			s[p.Path][name] = true
			if major > 0 && major < f.WholeBefore {
				f.Type = "integer"
			}
			checkField(t, where+" "+name, f, value, live, major, s)
		}
	}
}

func checkField(t *testing.T, where string, f api.Field, v any, live bool, major int, s seen) {
	t.Helper()
	kind := f.Type
	if f.Text {
		kind = "string"
	}
	n, isNumber := v.(json.Number)
	right := false
	switch kind {
	case "string":
		_, right = v.(string)
	case "integer":
		right = isNumber && !strings.ContainsAny(n.String(), ".eE")
	case "number":
		right = isNumber
	case "boolean":
		right = isNumber && (n == "0" || n == "1")
	case "list":
		_, right = v.([]any)
	case "object":
		if inner := api.Describe("." + f.Name); inner != nil {
			check(t, where, inner, v, live, major, s)
		}
		_, right = v.(map[string]any)
	}
	if !right {
		t.Errorf("%s: %T %v, want %s", where, v, v, kind)
	}
	if f.Text && f.Type != "string" {
		if _, err := strconv.ParseFloat(fmt.Sprint(v), 64); err != nil && f.Type != "boolean" {
			t.Errorf("%s: %v is no number", where, v)
		}
	}
	if len(f.Values) > 0 && !slices.Contains(f.Values, fmt.Sprint(v)) {
		t.Errorf("%s: %v, want one of %v", where, v, f.Values)
	}
}

// wire is a value as a client reads it.
func wire(t *testing.T, v any) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(api.Encode(v, false)))
	d.UseNumber()
	var out any
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Every path of every host has the shape that PVE describes: on a host that runs, and from a snapshot alone, where only what
// a running host knows may be missing.
func TestAnswersHaveTheShapesOfPVE(t *testing.T) {
	k := knowledge(t)
	all := seen{}
	answered := 0
	for _, file := range testhosts.Snapshots(t) {
		doc := document(t, file)
		var snap snapshot.Snapshot
		text, _ := json.Marshal(doc.Tree)
		if err := json.Unmarshal(text, &snap); err != nil {
			t.Fatal(err)
		}
		var vmids []int
		for _, g := range snap.Guests {
			vmids = append(vmids, g.VMID)
		}
		for target, live := range map[string]api.Live{"": nil, "incus": running{vmids}, "proxmox": running{vmids}} {
			a, err := api.New(doc, target, k, live)
			if err != nil {
				t.Fatal(err)
			}
			for _, pattern := range api.Paths() {
				for _, path := range every(pattern, &snap) {
					where := fmt.Sprintf("%s %q %s", filepath.Base(filepath.Dir(file)), target, path)
					got := a.Get(context.Background(), api.Root, path, nil)
					if got.Status != 200 {
						t.Errorf("%s: %d %s %v", where, got.Status, got.Message, got.Errors)
						continue
					}
					answered++
					check(t, where, got.Path, wire(t, got.Data), live != nil, snap.Host.PVEMajor, all)
				}
			}
		}
	}
	if answered < 500 {
		t.Errorf("only %d answers", answered)
	}
	if testhosts.Few() {
		return
	}
	sent, unsent := map[string]bool{}, map[string]bool{}
	for _, pattern := range api.Paths() {
		for _, f := range api.Describe(pattern).Fields {
			if all[pattern][f.Name] {
				sent[f.Name] = true
			} else if !strings.HasSuffix(pattern, "/config") && !strings.Contains(pattern, "network") && !strings.HasPrefix(pattern, "/storage") {
				unsent[f.Name] = true
			}
		}
	}
	maps.DeleteFunc(unsent, func(name string, _ bool) bool { return sent[name] })
	if diff := cmp.Diff(neverSent, slices.Sorted(maps.Keys(unsent))); diff != "" {
		t.Errorf("fields that no answer has (-want +got):\n%s", diff)
	}
}

// neverSent are fields of PVE that nobody knows on a converted host, or that no golden host has (dns3, clipboard).
var neverSent = []string{
	"clipboard", "comment", "dns3", "hastate", "host-arch", "pressurecpufull", "pressurecpusome", "pressureiofull", "pressureiosome",
	"pressurememoryfull", "pressurememorysome", "protocol", "running-machine", "running-qemu", "zone-type",
}

// What PVE's description leaves open is text, and what it calls a whole number or a boolean is a number.
func TestConfigurationsHaveTheTypesOfPVE(t *testing.T) {
	a := host(t, "homelab", "incus", nil)
	for path, want := range map[string]map[string]any{
		"/nodes/hl1/qemu/100/config": {"cores": int64(12), "memory": "16384", "numa": int64(1), "onboot": int64(0), "hugepages": "1024", "args": "**********"},
		"/nodes/hl1/lxc/200/config":  {"cores": int64(6), "cpulimit": "4", "hostname": "jellyfin"},
	} {
		data, _ := a.Get(context.Background(), api.Root, path, nil).Data.(map[string]any)
		got := map[string]any{}
		for key := range want {
			got[key] = data[key]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func host(t testing.TB, name, target string, live api.Live) *api.API {
	t.Helper()
	a, err := api.New(document(t, "../../golden/"+name+"/snapshot.json"), target, knowledge(t), live)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func list(t testing.TB, a *api.API, user, path, key string) []string {
	t.Helper()
	got := a.Get(context.Background(), user, path, nil)
	if got.Status != 200 {
		t.Fatalf("%s as %s: %d %s", path, user, got.Status, got.Message)
	}
	out := []string{}
	for _, e := range got.Data.([]any) {
		if v, has := e.(map[string]any)[key]; has {
			out = append(out, fmt.Sprint(v))
		}
	}
	return out
}

// Callers see what PVE would show them.
func TestListsHoldWhatTheCallerMaySee(t *testing.T) {
	a := host(t, "homelab", "incus", nil)
	for _, c := range []struct {
		user, path, key string
		want            []string
	}{
		{api.Root, "/nodes/hl1/qemu", "vmid", []string{"100", "101", "102", "103", "104", "9000"}},
		{"monitor@pve!grafana", "/nodes/hl1/qemu", "vmid", []string{"100", "101", "102", "103", "104", "9000"}},
		{"terraform@pve!tofu", "/nodes/hl1/qemu", "vmid", []string{"103", "104"}},
		{"terraform@pve!tofu", "/storage", "storage", []string{"local-zfs", "tank"}},
		{"terraform@pve!tofu", "/pools", "poolid", []string{"lab"}},
		{"nobody@pve", "/nodes/hl1/qemu", "vmid", []string{}},
		{"nobody@pve", "/cluster/resources", "id", []string{"node/hl1"}},
	} {
		if diff := cmp.Diff(c.want, list(t, a, c.user, c.path, c.key)); diff != "" {
			t.Errorf("%s as %s (-want +got):\n%s", c.path, c.user, diff)
		}
	}
	for path, want := range map[string]int{"/nodes/hl1/status": 403, "/cluster/status": 403, "/nodes/hl1/qemu/103/config": 200, "/nodes/hl1/qemu/100/config": 403} {
		if got := a.Get(context.Background(), "terraform@pve!tofu", path, nil); got.Status != want {
			t.Errorf("%s: %d %s, want %d", path, got.Status, got.Message, want)
		}
	}
}

// The description is read strictly, so that a slip of the pen is not a field that nobody checks.
func TestDescriptionOfThePathsIsReadStrictly(t *testing.T) {
	if len(api.Paths()) < 30 {
		t.Errorf("%d paths", len(api.Paths()))
	}
	for text, want := range map[string]string{
		"  a string\n":                             "want a path",
		"/a table\n":                               "want list or object",
		"/a list from b\n":                         "what is",
		"/a list\n/a list\n":                       "there twice",
		"/a list\n  b\n":                           "want a type",
		"/a list\n  b text\n":                      "no type",
		"/a list\n  b string perhaps\n":            "what is",
		"/a list\n  b string\n  b? integer\n":      "there twice",
		"/a list\n  same as /b\n":                  "no /b above",
		"/a list\n  b string integer-before-x\n":   "invalid syntax",
		"/a list needs Sys.Audit on\n  b string\n": "what is",
	} {
		if err := api.CheckPaths(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestErrorsAreThoseOfPVE(t *testing.T) {
	a := host(t, "clustered", "", nil)
	for _, c := range []struct {
		path, query string
		want        api.Answer
	}{
		{"/nowhere", "", api.Answer{Status: 501, Message: "Method 'GET /nowhere' not implemented"}},
		{"/nodes/pve1/tasks", "", api.Answer{Status: 501, Message: "Method 'GET /nodes/pve1/tasks' not implemented"}},
		{"/nodes/../../etc/passwd", "", api.Answer{Status: 501, Message: "Method 'GET /nodes/../../etc/passwd' not implemented"}},
		{"/nodes/pve2/status", "", api.Answer{Status: 595, Message: "No route to host"}},
		{"/nodes/other/status", "", api.Answer{Status: 500, Message: "hostname lookup 'other' failed - failed to get address info for: other: Name or service not known"}},
		{"/nodes/pve1/qemu/999/config", "", api.Answer{Status: 500, Message: "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist"}},
		{"/nodes/pve1/qemu/200/config", "", api.Answer{Status: 500, Message: "Configuration file 'nodes/pve1/qemu-server/200.conf' does not exist"}},
		{"/nodes/pve1/lxc/200/config", "snapshot=none", api.Answer{Status: 500, Message: "snapshot 'none' does not exist"}},
		{"/nodes/pve1/qemu/x/config", "", api.Answer{Status: 400, Message: "Parameter verification failed.", Errors: map[string]string{"vmid": "invalid format - value does not look like a valid VM ID"}}},
		{"/nodes/pve1/storage/none/status", "", api.Answer{Status: 400, Message: "Parameter verification failed.", Errors: map[string]string{"storage": "No such storage."}}},
		{"/nodes", "x=1", api.Answer{Status: 400, Message: "Parameter verification failed.", Errors: map[string]string{"x": "property is not defined in schema and the schema does not allow additional properties"}}},
		{"/cluster/resources", "type=nonsense", api.Answer{Status: 400, Message: "Parameter verification failed.", Errors: map[string]string{"type": "value 'nonsense' does not have a value in the enumeration 'vm, storage, node, sdn'"}}},
		{"/nodes/pve1/qemu", "full=maybe", api.Answer{Status: 400, Message: "Parameter verification failed.", Errors: map[string]string{"full": "type check ('boolean') failed - got 'maybe'"}}},
	} {
		query, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		got := a.Get(context.Background(), api.Root, c.path, query)
		got.Path = nil
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.path, diff)
		}
	}
}

// A host that was converted away from PVE has left its cluster; one that was captured is in it.
func TestConvertedHostIsAlone(t *testing.T) {
	for target, want := range map[string][]string{"": {"pve1", "pve2", "pve3"}, "proxmox": {"pve1", "pve2", "pve3"}, "incus": {"pve1"}, "libvirt": {"pve1"}} {
		a := host(t, "clustered", target, nil)
		if diff := cmp.Diff(want, list(t, a, api.Root, "/nodes", "node")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", target, diff)
		}
		types := list(t, a, api.Root, "/cluster/status", "type")
		if has := slices.Contains(types, "cluster"); has != (len(want) > 1) {
			t.Errorf("%q: /cluster/status has %v", target, types)
		}
		foreign := slices.Contains(list(t, a, api.Root, "/cluster/resources", "vmid"), "102")
		if foreign != (len(want) > 1) {
			t.Errorf("%q: the guest of another node is listed: %v", target, foreign)
		}
	}
}

// What nobody knows is said to be unknown, not stopped and not zero.
func TestUnknownIsNotStopped(t *testing.T) {
	for _, live := range []api.Live{nil, deaf{}} {
		a := host(t, "basic", "libvirt", live)
		for _, e := range a.Get(context.Background(), api.Root, "/cluster/resources", nil).Data.([]any) {
			o := e.(map[string]any)
			if o["type"] == "qemu" || o["type"] == "lxc" || o["type"] == "storage" {
				if o["status"] != "unknown" {
					t.Errorf("%v: %v", o["id"], o["status"])
				}
				if _, has := o["cpu"]; has {
					t.Errorf("%v has a use of processors", o["id"])
				}
			}
		}
	}
}

// deaf is a host whose managers of guests do not answer.
type deaf struct{ running }

func (deaf) Guests(context.Context) (map[int]api.Guest, error)     { return nil, api.ErrUnknown }
func (deaf) Space(context.Context, api.Store) (*api.Space, error)  { return nil, api.ErrUnknown }
func (deaf) Links(context.Context) ([]api.Link, error)             { return nil, api.ErrUnknown }
func (deaf) Units(context.Context, [][]string) ([]api.Unit, error) { return nil, api.ErrUnknown }

// A guest that a manager does not list does not run.
func TestGuestThatIsNotListedIsStopped(t *testing.T) {
	a := host(t, "basic", "libvirt", running{vmids: []int{100}})
	states := map[string]string{}
	for _, e := range a.Get(context.Background(), api.Root, "/cluster/resources", url.Values{"type": {"vm"}}).Data.([]any) {
		o := e.(map[string]any)
		states[fmt.Sprint(o["vmid"])] = fmt.Sprint(o["status"])
	}
	want := map[string]string{"100": "running", "101": "stopped", "200": "stopped", "201": "stopped", "9000": "stopped"}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
}

// No secret of a configuration is sent.
func TestSecretsAreStars(t *testing.T) {
	stars := 0
	for _, file := range testhosts.Snapshots(t) {
		a, err := api.New(document(t, file), "incus", knowledge(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, vmid := range list(t, a, api.Root, "/cluster/resources", "vmid") {
			for _, kind := range []string{"qemu", "lxc"} {
				got := a.Get(context.Background(), api.Root, "/nodes/localhost/"+kind+"/"+vmid+"/config", nil)
				text := string(api.Encode(got.Data, false))
				if strings.Contains(text, "SECRETMUSTNOTLEAVETHISHOST") {
					t.Errorf("%s: %s", file, text)
				}
				stars += strings.Count(text, "**********")
			}
		}
	}
	if stars == 0 {
		t.Error("no golden host has a secret in the configuration of a guest")
	}
}

func TestSnapshotsAndPendingChangesOfGuests(t *testing.T) {
	text := func(s string) *string { return &s }
	doc := document(t, "../../golden/basic/snapshot.json")
	tree := maps.Clone(doc.Tree)
	guest := snapshot.Guest{
		VMID: 300, Type: "qemu", Node: "pve", Local: true,
		Config:    []snapshot.Property{{Key: "cores", Value: text("2")}, {Key: "memory", Value: text("1024")}, {Key: "onboot", Value: text("yes")}, {Key: "cpulimit", Value: text("1.5")}},
		Pending:   []snapshot.Property{{Key: "cores", Value: text("4")}, {Key: "delete", Value: text("onboot")}},
		Snapshots: []snapshot.GuestSnapshot{{Name: "old", Config: []snapshot.Property{{Key: "cores", Value: text("1")}, {Key: "snaptime", Value: text("1700000000")}}}},
	}
	data, _ := json.Marshal([]snapshot.Guest{guest})
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var guests any
	if err := d.Decode(&guests); err != nil {
		t.Fatal(err)
	}
	tree["guests"] = guests
	a, err := api.New(&snapshot.Document{Tree: tree}, "libvirt", knowledge(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]map[string]any{
		"":             {"cores": int64(4), "memory": "1024", "cpulimit": "1.5"},
		"current=1":    {"cores": int64(2), "memory": "1024", "onboot": int64(1), "cpulimit": "1.5"},
		"snapshot=old": {"cores": int64(1), "snaptime": int64(1700000000)},
	} {
		values, _ := url.ParseQuery(query)
		got := a.Get(context.Background(), api.Root, "/nodes/pve/qemu/300/config", values)
		data, _ := got.Data.(map[string]any)
		if digest, _ := data["digest"].(string); len(digest) != 40 {
			t.Errorf("digest %q", digest)
		}
		delete(data, "digest")
		if diff := cmp.Diff(want, data); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
}

func TestPoolsSumTheirGuests(t *testing.T) {
	a := host(t, "homelab", "incus", running{vmids: []int{102, 103, 202}})
	got := a.Get(context.Background(), api.Root, "/cluster/resources", nil)
	for _, e := range got.Data.([]any) {
		o := e.(map[string]any)
		if o["id"] == "/pool/iot" {
			want := map[string]any{"id": "/pool/iot", "pool": "iot", "type": "pool", "uptime": int64(3600), "mem": int64(2 << 30), "maxmem": int64(4 << 30), "cpu": 0.5, "maxcpu": 4.0}
			if diff := cmp.Diff(want, o); diff != "" {
				t.Errorf("pool (-want +got):\n%s", diff)
			}
			return
		}
	}
	t.Error("no pool iot")
}
