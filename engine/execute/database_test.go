package execute_test

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/pve2nix/pve2nix/engine/database"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// What pmxcfs wrote last stands in the log of its database alone. It is in the checkpoint and on the new root, in one
// file that is sound, with no log beside it that could be another one's.
func TestDatabasesAreCopiedAsTheyAreUsed(t *testing.T) {
	c := newConversion(t, "zfs", "systemd-boot")
	if err := c.apply(); err != nil {
		t.Fatal(err)
	}
	runs, err := execute.Runs(c.machine)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	root, err := c.machine.Device(c.host.Layout.Root)
	if err != nil {
		t.Fatal(err)
	}
	const name = "/var/lib/pve-cluster/config.db"
	for what, file := range map[string]string{
		"checkpoint": filepath.Join(c.host.Dir(), execute.RunsAt, runs[0], "checkpoint/database", name),
		"new root":   filepath.Join(root, name),
	} {
		image, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		db, err := database.Open(context.Background(), image)
		if err != nil {
			t.Fatal(what, err)
		}
		var last string
		if err := db.Conn().QueryRowContext(context.Background(), "SELECT name FROM tree").Scan(&last); err != nil || last != faults.LastWritten {
			t.Errorf("%s: %q %v", what, last, err)
		}
		db.Close()
		if _, err := os.Lstat(file + "-wal"); err == nil {
			t.Errorf("%s: %s has a log beside it", what, path.Base(file))
		}
	}
}

// A database that is damaged is not taken for a checkpoint: the run ends, and is rolled back.
func TestADamagedDatabaseEndsTheRun(t *testing.T) {
	c := newConversion(t, "btrfs", "grub-bios")
	file := filepath.Join(c.host.Dir(), "var/lib/pve-cluster/config.db")
	if err := os.Truncate(file, 4096); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file + "-wal"); err != nil {
		t.Fatal(err)
	}
	before, err := c.host.Picture(faults.DeclaredChanges...)
	if err != nil {
		t.Fatal(err)
	}
	c.before = before
	if err := c.apply(); err == nil {
		t.Fatal("the run went on")
	}
	if err := c.untouched(); err != nil {
		t.Error(err)
	}
}
