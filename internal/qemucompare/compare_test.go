package qemucompare

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/documents"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// engine evaluates for the target libvirt.
var engine = sync.OnceValues(func() (*evaluate.Engine, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	const target, release = "libvirt", "25.11"
	p, err := policy.Compile(context.Background(), modules, policy.Options{Data: c.Data(target, release), Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	return &evaluate.Engine{Policy: p, Catalog: c, Target: target, Release: release}, nil
})

// vmid is the number that all configurations stand for.
const vmid = "8006"

// around is the host that the configurations belong to: their storages, models of processors and bridge, and the
// version of QEMU that the command lines are made with.
var around = map[string]string{
	"etc/hostname":                          "localhost\n",
	"etc/debian_version":                    "13.1\n",
	"etc/network/interfaces":                "auto lo\niface lo inet loopback\n\nauto vmbr0\niface vmbr0 inet manual\n\tbridge-ports none\n\tbridge-stp off\n\tbridge-fd 0\n",
	"var/lib/dpkg/status":                   "Package: pve-qemu-kvm\nStatus: install ok installed\nArchitecture: amd64\nVersion: 11.0.0-3\nMaintainer: Proxmox Support Team <support@proxmox.com>\nDescription: QEMU\n\nPackage: pve-manager\nStatus: install ok installed\nArchitecture: amd64\nVersion: 9.2.4\nMaintainer: Proxmox Support Team <support@proxmox.com>\nDescription: PVE\n",
	"etc/pve/storage.cfg":                   "dir: local\n\tpath /var/lib/vz\n\tcontent images,iso\n\ncifs: cifs-store\n\tpath /mnt/pve/cifs-store\n\tserver 127.0.0.42\n\tshare CIFShare\n\tusername guest\n\tcontent images,iso\n\nrbd: rbd-store\n\tmonhost 127.0.0.42,127.0.0.21,::1\n\tpool cpool\n\tusername admin\n\tcontent images\n\nrbd: krbd-store\n\tmonhost 127.0.0.42,127.0.0.21,::1\n\tpool cpool\n\tusername admin\n\tkrbd 1\n\tcontent images\n\nlvm: lvm-store\n\tvgname veegee\n\tcontent images\n\nlvmthin: local-lvm\n\tvgname pve\n\tthinpool data\n\tcontent images\n",
	"etc/pve/virtual-guest/cpu-models.conf": "cpu-model: qemu64\n\treported-model athlon\n\tflags +aes;+avx;-kvm_pv_unhalt\n\thv-vendor-id testvend\n\tphys-bits 40\n\ncpu-model: alldefault\n",
	"etc/pve/.members":                      "{}\n",
	"etc/pve/mapping/usb.cfg":               "usb: stick\n\tmap node=localhost,id=1050:0407\n",
}

// defined evaluates a configuration and gives the domain that comes of it, and the findings about the machine.
func defined(t *testing.T, conf []byte) ([]byte, []string) {
	t.Helper()
	root := t.TempDir()
	write := func(name string, text []byte) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range around {
		write(name, []byte(text))
	}
	write("etc/pve/nodes/localhost/qemu-server/"+vmid+".conf", conf)
	s, err := introspect.Capture(context.Background(), introspect.Options{Root: root, Tool: "test", Clock: func() time.Time { return time.Unix(1748736000, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := snapshot.Write(&text, s); err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(&text, "snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	host, err := e.Evaluate(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, failed := range host.Errors {
		t.Errorf("%v", failed)
	}
	var findings []string
	for _, f := range host.Findings {
		if slices.ContainsFunc(f.At, func(at evaluate.Evidence) bool { return strings.HasPrefix(at.Pointer, "/guests/0") }) {
			findings = append(findings, f.ID)
		}
	}
	i := slices.IndexFunc(host.Documents, func(d evaluate.Document) bool { return d.Kind == "domains" && d.Name == vmid })
	if i < 0 {
		t.Fatal("no domain was defined")
	}
	kind, _ := documents.Find("domains")
	domain, err := kind.Render(vmid, host.Documents[i].Tree())
	if err != nil {
		t.Fatal(err)
	}
	return domain, findings
}

func compared(t *testing.T, file string) []Row {
	t.Helper()
	conf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line, err := os.ReadFile(file + ".cmd")
	if err != nil {
		t.Fatal(err)
	}
	text, findings := defined(t, conf)
	domain, err := Domain(text)
	if err != nil {
		t.Fatal(err)
	}
	return Compare(command(t, string(line)), domain, Reasons, findings)
}

// fixtures are configurations of this project with the command line that PVE makes of them.
func fixtures(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.conf")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

// Nothing of what PVE starts is missing in the domain without a reason that a reader finds.
func TestDomainsAreTheMachinesThatPVEStarts(t *testing.T) {
	for _, file := range fixtures(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			equal := 0
			for _, row := range compared(t, file) {
				switch row.Verdict {
				case Missing:
					t.Errorf("%s: PVE %q, libvirt %q", row.Property, row.PVE, row.Libvirt)
				case Equal:
					equal++
				}
			}
			if equal < 40 {
				t.Errorf("only %d properties are equal", equal)
			}
		})
	}
}

var update = flag.Bool("update", false, "write docs/qemu-comparison.md anew from the corpus")

// The table in docs is what the comparison says today.
func TestTheComparisonInDocsIsFresh(t *testing.T) {
	files := corpus(t)
	var cases []Case
	for _, file := range files {
		c := Case{Name: strings.TrimSuffix(filepath.Base(file), ".conf")}
		if _, err := os.Stat(file + ".cmd"); err == nil {
			c.Rows = compared(t, file)
		}
		cases = append(cases, c)
	}
	const doc = "../../docs/qemu-comparison.md"
	text := Table(cases)
	if *update {
		if err := os.WriteFile(doc, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, text) {
		t.Error("docs/qemu-comparison.md is stale: go test ./internal/qemucompare -update")
	}
}

func TestADifferenceNeedsItsReasonAndItsFinding(t *testing.T) {
	reasons := []Reason{{Property: "net[0-9]+/queues", PVE: "4", Why: "a test", Finding: "PVE-LV-999"}}
	pve, libvirt := Description{"net0/queues": "4", "net0/model": "virtio", "net1/queues": "2"}, Description{"net0/model": "virtio"}
	for _, c := range []struct {
		findings []string
		want     string
	}{
		{nil, "net0/model equal, net0/queues missing, net1/queues missing"},
		{[]string{"PVE-LV-999"}, "net0/model equal, net0/queues on purpose, net1/queues missing"},
	} {
		var got []string
		for _, row := range Compare(pve, libvirt, reasons, c.findings) {
			got = append(got, row.Property+" "+string(row.Verdict))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("have %s", got)
		}
	}
}
