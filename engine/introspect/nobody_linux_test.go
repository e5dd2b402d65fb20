package introspect

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// asNobody makes the kernel judge by an ordinary user what files the test may read: root may read everything.
func asNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const nobody = 65534
	runtime.LockOSThread()
	if _, err := unix.SetfsuidRetUid(nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := unix.SetfsuidRetUid(0); err != nil {
			t.Fatal(err)
		}
		runtime.UnlockOSThread()
	})
}

// A directory that cannot be read is a problem, and the rest is still looked at.
func TestUnreadableDirectoriesCostOnlyThemselves(t *testing.T) {
	asNobody(t)
	root := writeTree(t, localHost(map[string]string{"etc/closed/x": "x", "etc/mine": "x"}))
	closed := filepath.Join(root, "etc/closed")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o755)
	s := captureTree(t, root)
	if a := areaOf(t, s, "local_files"); a.Status != statusPartial {
		t.Errorf("area %+v", a)
	}
	if got := localOf(s, "/"); !slices.Equal(got, []string{"/etc/mine file local"}) {
		t.Errorf("got %q", got)
	}
}
