package faults

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/pve2nix/pve2nix/engine/execute"
)

// A machine that cannot lose anything proves nothing: what is not synced is gone after a power cut, what is synced stays.
func TestPowerCutsTakeWhatIsNotSynced(t *testing.T) {
	type file struct{ name, text string }
	make := func(t *testing.T, m *Machine, name, text string, sync bool) {
		t.Helper()
		f, err := m.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if sync {
			err = f.Sync()
		}
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		do   func(t *testing.T, m *Machine)
		want []file
		gone []string
		kind Kind
	}{
		"data without sync": {func(t *testing.T, m *Machine) {
			make(t, m, "/new", "text", false)
			_ = m.SyncDir("/")
		}, []file{{"/new", ""}}, nil, PowerCut},
		"a name without sync":        {func(t *testing.T, m *Machine) { make(t, m, "/new", "text", true) }, nil, []string{"/new"}, PowerCut},
		"both synced":                {func(t *testing.T, m *Machine) { make(t, m, "/new", "text", true); _ = m.SyncDir("/") }, []file{{"/new", "text"}}, nil, PowerCut},
		"nothing synced, and a chip": {func(t *testing.T, m *Machine) { make(t, m, "/new", "text", false) }, []file{{"/new", "text"}}, nil, Reset},
		"a rename": {func(t *testing.T, m *Machine) {
			make(t, m, "/new", "text", true)
			_ = m.SyncDir("/")
			_ = m.Rename("/new", "/old")
		}, []file{{"/old", "old"}, {"/new", "text"}}, nil, PowerCut},
		"a removal":   {func(_ *testing.T, m *Machine) { _ = m.Remove("/old") }, []file{{"/old", "old"}}, nil, PowerCut},
		"a folder":    {func(_ *testing.T, m *Machine) { _ = m.Mkdir("/dir", 0o700) }, nil, []string{"/dir"}, PowerCut},
		"a link":      {func(_ *testing.T, m *Machine) { _ = m.Symlink("/old", "/link") }, nil, []string{"/link"}, PowerCut},
		"a hard link": {func(_ *testing.T, m *Machine) { _ = m.Link("/old", "/link") }, nil, []string{"/link"}, PowerCut},
		"the newer half": {func(t *testing.T, m *Machine) {
			make(t, m, "/a", "a", true)
			make(t, m, "/b", "b", true)
		}, []file{{"/a", "a"}}, []string{"/b"}, PowerCutLate},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := New(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			make(t, m, "/old", "old", true)
			if err := m.SyncDir("/"); err != nil {
				t.Fatal(err)
			}
			c.do(t, m)
			m.Break(Fault{At: 1, Kind: c.kind, When: Before})
			if _, err := m.Lstat("/"); !errors.Is(err, ErrGone) {
				t.Fatal(err)
			}
			for _, f := range c.want {
				if data, err := os.ReadFile(m.real(f.name)); err != nil || string(data) != f.text {
					t.Errorf("%s is %q, %v", f.name, data, err)
				}
			}
			for _, g := range c.gone {
				if _, err := os.Lstat(m.real(g)); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%s: %v", g, err)
				}
			}
		})
	}
}

// What is open keeps its mount, and what is mounted for reading is not written.
func TestMountsAreKeptAndGuarded(t *testing.T) {
	m, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Device("/dev/x"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(m.Mkdir("/at", 0o700), m.Mount("/dev/x", "/at", "vfat", []string{"ro"})); err != nil {
		t.Fatal(err)
	}
	within, err := m.Within("/at")
	if err != nil {
		t.Fatal(err)
	}
	if err := within.Mkdir("/new", 0o700); !errors.Is(err, syscall.EROFS) {
		t.Error(err)
	}
	if _, err := within.OpenFile("/new", os.O_RDWR|os.O_CREATE, 0o600); !errors.Is(err, syscall.EROFS) {
		t.Error(err)
	}
	if err := m.Unmount("/at"); !errors.Is(err, syscall.EBUSY) {
		t.Error(err)
	}
	if err := errors.Join(within.Close(), m.Unmount("/at")); err != nil {
		t.Error(err)
	}
	var _ execute.System = m
}
