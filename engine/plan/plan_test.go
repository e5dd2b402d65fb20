package plan

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var update = flag.Bool("update", false, "rewrite the generated schema")

// published derives a published schema from the types and comments in a folder.
func published(t *testing.T, dir, name string, schema func(docs map[string]string) map[string]any) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, p, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema(snapshot.Docs(files))); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("../../schemas", name)
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("schemas/%s is not what the types say; run go test ./engine/plan -update\n%s", name, d)
	}
}

func TestSchemasAreGeneratedFromTypes(t *testing.T) {
	published(t, ".", "plan.schema.json", func(docs map[string]string) map[string]any {
		return snapshot.SchemaOf[Plan]("plan.schema.json", Version, docs)
	})
	published(t, "../journal", "journal.schema.json", func(docs map[string]string) map[string]any {
		return snapshot.SchemaOf[journal.Record]("journal.schema.json", journal.Version, docs)
	})
}

func full() Said {
	return Said{
		Layout: Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 32 << 30},
		Boot:   Boot{Kind: "grub-bios", ESPs: []ESP{{UUID: "3F1B-9C2A"}}, Config: "/boot/grub"},
		Save: Saves{
			Files: []string{"/boot/grub"}, Disks: []string{"/dev/sda"}, Groups: []string{"pve"}, Pools: []string{"tank"}, Databases: []string{"/var/lib/pve-cluster/config.db"},
		},
		CephFlags: []string{"noout"}, OSDs: []int{3}, Maintenance: "pve1", Start: []string{"guests.target"}, Jobs: []string{"cron.service"},
		Clone:  &Clone{Kind: "lvm-thin", Source: "pve/root", Root: "/dev/pve/companion"},
		Kernel: &Kernel{Version: "6.8.12-11-pve", Modules: []string{"sd_mod"}},
	}
}

// Every action of the closed set is in the fullest plan, comes back from its JSON as it was, and says in words what it does.
func TestStepsAreReadBack(t *testing.T) {
	steps, err := Steps(full(), []CarriedFile{{From: "/etc/machine-id", To: "/etc/machine-id", Mode: "0444"}})
	if err != nil {
		t.Fatal(err)
	}
	tools, err := NewStep("tools", OnPVE, InstallPackages{Packages: []string{"efibootmgr"}}) // no conversion of today has need of it
	if err != nil {
		t.Fatal(err)
	}
	steps = append(steps, tools)
	var used, ids []string
	for _, s := range steps {
		a, err := Decode(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := NewStep(s.ID, s.Where, a)
		if err != nil || cmp.Diff(s, again) != "" {
			t.Errorf("%s: %v %s", s.ID, err, cmp.Diff(s, again))
		}
		if s.Do == "" || s.Undo == "" || s.Verify == "" || s.Seconds == 0 {
			t.Errorf("%s says too little: %+v", s.ID, s)
		}
		used, ids = append(used, s.Action), append(ids, s.ID)
	}
	slices.Sort(used)
	if d := cmp.Diff(Kinds(), slices.Compact(used)); d != "" {
		t.Error(d)
	}
	if slices.Sort(ids); len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("ids are not unique: %v", ids)
	}
}

// The way back is staged before the way there: nothing can start the new root before it is complete, and nothing is chosen before all is staged.
func TestOrder(t *testing.T) {
	steps, err := Steps(full(), nil)
	if err != nil {
		t.Fatal(err)
	}
	at := func(id string) int { return slices.IndexFunc(steps, func(s Step) bool { return s.ID == id }) }
	order := []string{"checkpoint.files", "checkpoint.database.1", "root.create", "install.closure", "ceph.noout", "ha.maintenance", "install.guard", "boot.stage", "boot.kernel", "root.unmount", "root.clone", "trial.arm", "trial.restart", "commit.default", "commit.start", "commit.jobs", "commit.ceph.noout"}
	for i := 1; i < len(order); i++ {
		if at(order[i-1]) < 0 || at(order[i-1]) >= at(order[i]) {
			t.Errorf("%s (%d) is not before %s (%d)", order[i-1], at(order[i-1]), order[i], at(order[i]))
		}
	}
	for _, s := range steps {
		if (s.Where == OnTrial) != strings.HasPrefix(s.ID, "commit.") {
			t.Errorf("%s is taken on %s", s.ID, s.Where)
		}
	}
}

func TestNoWayNoSteps(t *testing.T) {
	for _, s := range []Said{{}, {Layout: Layout{Kind: "none"}, Boot: full().Boot}, {Layout: full().Layout, Boot: Boot{Kind: "none"}}} {
		if steps, err := Steps(s, nil); err != nil || len(steps) != 0 {
			t.Errorf("%+v: %d steps, %v", s, len(steps), err)
		}
	}
}

// A plan is a file: what it names must not leave its place, nor be read as an option of a program.
func TestHostilePlansAreRefused(t *testing.T) {
	for _, c := range []struct{ action, args string }{
		{"run-shell", `{}`},
		{"save-volume-group", `{"group":"--config=x"}`},
		{"save-volume-group", `{"group":"a/../b"}`},
		{"save-volume-group", `{"group":"pve","more":1}`},
		{"save-volume-group", `{"group":"pve"} {}`},
		{"save-pool", `{"pool":"-f"}`},
		{"save-pool", `{"pool":"a b"}`},
		{"save-partitions", `{"disks":["/dev/../etc/shadow"]}`},
		{"save-partitions", `{"disks":["sda"]}`},
		{"save-files", `{"paths":["/etc/../root"],"esps":[]}`},
		{"save-files", `{"paths":["/"],"esps":[]}`},
		{"save-database", `{"path":"x\u0000y"}`},
		{"carry-files", `{"files":[{"from":"/a","to":"/../b","mode":"0600","secret":false}]}`},
		{"carry-files", `{"files":[{"from":"/a","to":"/b","mode":"4755","secret":false}]}`},
		{"create-root", `{"layout":{"kind":"lvm-thin","source":"pve/data","root":"/dev/pve/root/../x","bytes":34359738368}}`},
		{"create-root", `{"layout":{"kind":"lvm-thin","source":"pve/data","root":"/dev/other/nixos","bytes":34359738368}}`},
		{"create-root", `{"layout":{"kind":"lvm","source":"pve/data","root":"/dev/pve/nixos","bytes":34359738368}}`},
		{"create-root", `{"layout":{"kind":"lvm","source":"pve","root":"/dev/pve/nixos","bytes":1}}`},
		{"create-root", `{"layout":{"kind":"zfs","source":"rpool","root":"tank/nixos"}}`},
		{"create-root", `{"layout":{"kind":"zfs","source":"rpool","root":"rpool/ROOT/nixos@x"}}`},
		{"create-root", `{"layout":{"kind":"btrfs","source":"/dev/sda3","subvolume":"../x"}}`},
		{"create-root", `{"layout":{"kind":"none"}}`},
		{"clone-root", `{"clone":{"kind":"zfs","source":"rpool/ROOT/pve-1","root":"rpool/ROOT/pve-1"}}`},
		{"clone-root", `{"clone":{"kind":"zfs","source":"rpool/ROOT/pve-1","root":"rpool/companion"}}`},
		{"clone-root", `{"clone":{"kind":"zfs","source":"rpool/ROOT/-x","root":"rpool/ROOT/companion"}}`},
		{"clone-root", `{"clone":{"kind":"lvm-thin","source":"pve/root","root":"/dev/other/companion"}}`},
		{"clone-root", `{"clone":{"kind":"lvm-thin","source":"pve/root","root":"/dev/pve/root"}}`},
		{"clone-root", `{"clone":{"kind":"lvm-thin","source":"pve","root":"/dev/pve/companion"}}`},
		{"clone-root", `{"clone":{"kind":"lvm","source":"pve/root","root":"/dev/pve/companion"}}`},
		{"clone-root", `{"clone":{"kind":"btrfs","source":"/dev/sda3","root":"/dev/sda3","of":"@/..","subvolume":"@companion"}}`},
		{"clone-root", `{"clone":{"kind":"btrfs","source":"/dev/sda3","root":"/dev/sda3","of":"@","subvolume":"../x"}}`},
		{"clone-root", `{"clone":{"kind":"btrfs","source":"/dev/sda3","root":"/dev/sda3","of":"@pve","subvolume":"@pve"}}`},
		{"stage-boot", `{"boot":{"kind":"grub-bios","esps":[]},"layout":{"kind":"btrfs","source":"/dev/sda3","subvolume":"@nixos"}}`},
		{"stage-kernel", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}]},"kernel":{"version":"../6.8","modules":["sd_mod"],"parameters":[]}}`},
		{"stage-kernel", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}]},"kernel":{"version":"6.8/..","modules":["sd_mod"],"parameters":[]}}`},
		{"stage-kernel", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}]},"kernel":{"version":"6.8","modules":[],"parameters":[]}}`},
		{"stage-kernel", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}]},"kernel":{"version":"6.8","modules":["a b"],"parameters":[]}}`},
		{"stage-kernel", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}]},"kernel":{"version":"6.8","modules":["sd_mod"],"parameters":["a\nb"]}}`},
		{"stage-kernel", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}]},"kernel":{"version":"6.8","modules":["sd_mod"],"parameters":["init=/bin/sh b"]}}`},
		{"arm-trial", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"../x"}]}}`},
		{"arm-trial", `{"boot":{"kind":"grub-uefi","esps":[{"uuid":"3F1B-9C2A"}]}}`},
		{"arm-trial", `{"boot":{"kind":"grub-bios","esps":[{"uuid":"3F1B-9C2A"}],"config":"boot"}}`},
		{"arm-trial", `{"boot":{"kind":"lilo","esps":[{"uuid":"3F1B-9C2A"}]}}`},
		{"set-ceph-flag", `{"flag":"pause"}`},
		{"end-ceph-flag", `{"flag":"pause","set":"ceph.noout","osds":[]}`},
		{"end-ceph-flag", `{"flag":"noout","set":"../x","osds":[]}`},
		{"end-ceph-flag", `{"flag":"noout","set":"ceph.noout","osds":[-1]}`},
		{"set-maintenance", `{"node":"a b"}`},
		{"start-units", `{"units":["--user"]}`},
		{"start-units", `{"units":["../x.service"]}`},
	} {
		if a, err := Decode(Step{ID: "x", Action: c.action, Args: json.RawMessage(c.args)}); err == nil {
			t.Errorf("%s %s is accepted: %+v", c.action, c.args, a)
		}
	}
}

func FuzzDecode(f *testing.F) {
	steps, err := Steps(full(), nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range steps {
		f.Add(s.Action, []byte(s.Args))
	}
	f.Fuzz(func(t *testing.T, action string, args []byte) {
		a, err := Decode(Step{ID: "x", Action: action, Args: args})
		if err != nil {
			return
		}
		if _, err := NewStep("x", OnPVE, a); err != nil {
			t.Fatalf("%s %s is read, and not written: %v", action, args, err)
		}
	})
}
