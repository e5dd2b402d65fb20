package running

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/api"
)

// The machine that the test runs on is one, too.
func TestThisMachine(t *testing.T) {
	h := New("proxmox")
	if h.Target() != "" || New("incus").Target() != "incus" || New("libvirt").Target() != "libvirt" {
		t.Errorf("managers: %q %q %q", h.Target(), New("incus").Target(), New("libvirt").Target())
	}
	n, err := h.Node(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if n.Uptime <= 0 || n.Memory.Total <= 0 || n.Memory.Used <= 0 || n.Memory.Used > n.Memory.Total || n.Root.Total <= 0 || n.Kernel.Name != "Linux" || n.Processor.Threads < 1 || n.CPU < 0 || n.CPU > 1 {
		t.Errorf("%+v", n)
	}
	space, err := h.Space(context.Background(), api.Store{ID: "local", Type: "dir", Path: t.TempDir()})
	if err != nil || space.Total <= 0 || space.Available > space.Total {
		t.Errorf("%+v %v", space, err)
	}
	folder := t.TempDir()
	if _, err := h.Space(context.Background(), api.Store{ID: "nas", Type: "nfs", Path: folder, Mounted: folder}); !errors.Is(err, api.ErrUnknown) {
		t.Errorf("nothing is mounted: %v", err)
	}
	if _, err := h.Space(context.Background(), api.Store{ID: "gone", Type: "dir", Path: filepath.Join(folder, "gone")}); err == nil {
		t.Error("a folder that is not there has room")
	}
	links, err := h.Links(context.Background())
	if err != nil || len(links) == 0 {
		t.Errorf("%v %v", links, err)
	}
}

// stand is a socket that answers as Incus does, and says what it was asked.
func stand(t *testing.T, answer func(path string) (int, string)) (socket string, asked *[]string) {
	t.Helper()
	socket = filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	asked = &[]string{}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Method+" "+r.URL.String())
		status, body := answer(r.URL.Path)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return socket, asked
}

func TestGuestsOfIncus(t *testing.T) {
	data, err := os.ReadFile("testdata/instances.json")
	if err != nil {
		t.Fatal(err)
	}
	socket, asked := stand(t, func(path string) (int, string) {
		switch path {
		case "/1.0/instances":
			return 200, `{"type":"sync","metadata":` + string(data) + `}`
		case "/1.0/storage-pools/local-zfs/resources":
			return 200, `{"type":"sync","metadata":{"space":{"used":10,"total":100},"inodes":{}}}`
		}
		return 404, `{"type":"error","error":"not found"}`
	})
	h := &Host{proc: "/proc", sys: "/sys", Incus: socket}
	list, err := h.Guests(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 || !list[200].Running || list[200].CPU != 0 || list[200].Memory != 1<<20 || list[100].Running || list[201].State != "paused" {
		t.Errorf("%+v", list)
	}
	if again, err := h.Guests(context.Background()); err != nil || len(again) != 3 || len(*asked) != 1 {
		t.Errorf("asked %v, %v", *asked, err)
	}
	if s, err := h.Space(context.Background(), api.Store{ID: "local-zfs", Type: "zfspool"}); err != nil || *s != (api.Space{Total: 100, Used: 10, Available: 90}) {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := h.Space(context.Background(), api.Store{ID: "../instances", Type: "zfspool"}); err == nil {
		t.Error("a pool that is not there has room")
	}
	for _, a := range *asked {
		if !strings.HasPrefix(a, "GET /1.0/instances?recursion=2") && !strings.HasPrefix(a, "GET /1.0/storage-pools/") {
			t.Errorf("asked %s", a)
		}
	}
}

// A manager that does not answer, or nonsense, leaves guests unknown: none of them is stopped for that.
func TestSilentManagers(t *testing.T) {
	socket, _ := stand(t, func(string) (int, string) { return 200, "nonsense" })
	for _, h := range []*Host{
		{proc: "/proc", sys: "/sys", Incus: socket},
		{proc: "/proc", sys: "/sys", Incus: filepath.Join(t.TempDir(), "none")},
		{proc: "/proc", sys: "/sys", Libvirt: filepath.Join(t.TempDir(), "none")},
		{proc: "/proc", sys: "/sys", Libvirt: socket},
		{proc: t.TempDir(), sys: "/sys"},
	} {
		if list, err := h.Guests(context.Background()); err == nil {
			t.Errorf("%+v", list)
		}
	}
}

// Machines that PVE's own programs started are found without a manager.
func TestGuestsWithoutAManager(t *testing.T) {
	proc := t.TempDir()
	put := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(proc, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(proc, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("uptime", "1000.0 1\n")
	put("4242/cmdline", "/usr/bin/kvm\x00-id\x00100\x00-name\x00web\x00")
	put("4242/stat", "4242 (kvm) S 1 1 1 0 -1 0 0 0 0 0 50 60 0 0 20 0 5 0 90000 1 256 0")
	put("5/cmdline", "/sbin/init\x00")
	h := &Host{proc: proc, sys: "/sys"}
	list, err := h.Guests(context.Background())
	if err != nil || len(list) != 1 || !list[100].Running || list[100].PID != 4242 || list[100].Uptime != 100 || list[100].Memory <= 0 {
		text, _ := json.Marshal(list)
		t.Errorf("%s %v", text, err)
	}
}
