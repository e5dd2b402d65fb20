package execute_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/internal/faults"
)

const (
	variables  = "/sys/firmware/efi/efivars/"
	globalGUID = "-8be4df61-93ca-11d2-aa0d-00e098032b8c"
	loaderGUID = "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
	nextTitle  = "a\x00n\x00o\x00t\x00h\x00e\x00r\x00\x00\x00"
)

// host is a conversion that nothing has happened to.
func host(t *testing.T, layout, boot string) *faults.Conversion {
	t.Helper()
	dir := inMemory(t)
	template, err := faults.NewTemplate(filepath.Join(dir, "template"), layout, boot)
	if err != nil {
		t.Fatal(err)
	}
	c, err := template.Conversion(filepath.Join(dir, "host"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Firmware that does not do what it is told stops the run before anything depends on it, and everything is taken back.
func TestFirmwareThatDoesNotKeepVariables(t *testing.T) {
	for name, firmware := range map[string]func(string, []byte) ([]byte, error){
		"drops what it is given": func(string, []byte) ([]byte, error) { return nil, nil },
		"is full":                func(string, []byte) ([]byte, error) { return nil, syscall.ENOSPC },
		"can only be read":       func(string, []byte) ([]byte, error) { return nil, syscall.EROFS },
		"cuts values":            func(_ string, v []byte) ([]byte, error) { return v[:len(v)-1], nil },
		"rewrites boot entries": func(n string, v []byte) ([]byte, error) {
			if strings.HasPrefix(n, "Boot00") {
				return append([]byte{9}, v[1:]...), nil
			}
			return v, nil
		},
		"drops the choice": func(n string, v []byte) ([]byte, error) {
			if strings.HasPrefix(n, "BootNext") || strings.HasPrefix(n, "LoaderEntryOneShot") {
				return nil, nil
			}
			return v, nil
		},
	} {
		for _, boot := range []string{"grub-uefi", "systemd-boot"} {
			if boot == "systemd-boot" && name == "rewrites boot entries" {
				continue // it makes none
			}
			t.Run(name+"/"+boot, func(t *testing.T) {
				c := host(t, "zfs", boot)
				c.Machine.Firmware = firmware
				if err := c.Apply(); err == nil || !strings.HasSuffix(err.Error(), "rolled back") {
					t.Fatal(err)
				}
				c.Machine.Firmware = nil
				if err := c.Untouched(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// A machine that systemd-boot has not started, or an old one, would not look at the entries.
func TestLoaderWithoutChoicesIsRefused(t *testing.T) {
	for _, features := range []string{"", "\x07\x00\x00\x00\x00\x00\x00\x00", "\x7f"} {
		c := host(t, "btrfs", "systemd-boot")
		file := c.File("", variables+"LoaderFeatures"+loaderGUID)
		if features == "" {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		} else {
			write(t, file, features)
		}
		if err := c.Apply(); err == nil || !strings.Contains(err.Error(), "systemd-boot") {
			t.Errorf("%q: %v", features, err)
		}
	}
}

// The image goes to the ESP that the firmware has started from, whichever the plan names first; and where the firmware says nothing, to the first.
func TestImageGoesWhereTheFirmwareReads(t *testing.T) {
	for _, known := range []bool{true, false} {
		c := host(t, "zfs", "grub-uefi")
		want, other := faults.ESPs[1], faults.ESPs[0]
		if !known {
			want, other = other, want
			if err := os.Remove(c.File("", variables+"BootCurrent"+globalGUID)); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
		if read(t, c.File(want, "EFI/pve2nix/nixos.efi")) == "" || read(t, c.File(other, "EFI/pve2nix/nixos.efi")) != "" {
			t.Errorf("known %t: not on %s alone", known, want)
		}
	}
}

// What somebody else has changed since is theirs: a rollback leaves it.
func TestRollbackLeavesWhatIsNotOfTheRun(t *testing.T) {
	t.Run("an entry in custom.cfg", func(t *testing.T) {
		c := host(t, "lvm", "grub-bios")
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
		file := c.File("", "/boot/grub/custom.cfg")
		text := read(t, file)
		write(t, file, "set first=1\n"+text+"set last=1\n")
		if err := c.Rollback(); err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, file), "set first=1\nmenuentry 'Memory test' { linux16 /boot/memtest }\nset last=1\n"; got != want {
			t.Errorf("custom.cfg is %q", got)
		}
	})
	t.Run("a custom.cfg that was removed", func(t *testing.T) {
		c := host(t, "lvm", "grub-bios")
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(c.File("", "/boot/grub/custom.cfg")); err != nil {
			t.Fatal(err)
		}
		if err := c.Rollback(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, c.File("", "/boot/grub/custom.cfg")); got != "" {
			t.Errorf("custom.cfg is %q", got)
		}
	})
	t.Run("a choice of the owner", func(t *testing.T) {
		for boot, variable := range map[string]string{"grub-uefi": "BootNext" + globalGUID, "systemd-boot": "LoaderEntryOneShot" + loaderGUID} {
			c := host(t, "zfs", boot)
			if err := c.Apply(); err != nil {
				t.Fatal(err)
			}
			file := c.File("", variables+variable)
			if read(t, file) == "" {
				t.Fatalf("%s is not set", variable)
			}
			write(t, file, "\x00\x00")
			if err := c.Rollback(); err != nil {
				t.Fatal(err)
			}
			if got := read(t, file); got != "\x00\x00" {
				t.Errorf("%s is %q", variable, got)
			}
		}
	})
	t.Run("an entry of the firmware", func(t *testing.T) {
		c := host(t, "zfs", "grub-uefi")
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
		ours, order := c.File("", variables+"Boot0010"+globalGUID), c.File("", variables+"BootOrder"+globalGUID)
		write(t, ours, "\x01\x00\x00\x00\x04\x00"+nextTitle+"\x7f\xff\x04\x00") // somebody took the number
		write(t, order, "\x05\x00\x10\x00\x11\x00\x00\x00")                     // and firmware put entries into its order
		if err := c.Rollback(); err != nil {
			t.Fatal(err)
		}
		if read(t, ours) == "" || read(t, c.File("", variables+"Boot0011"+globalGUID)) != "" {
			t.Error("the entry of somebody else went, or ours stayed")
		}
		if got := read(t, order); got != "\x05\x00\x10\x00\x00\x00" {
			t.Errorf("BootOrder is %q", got)
		}
	})
	t.Run("another default", func(t *testing.T) {
		for boot, variable := range map[string]string{"grub-uefi": "BootOrder" + globalGUID, "systemd-boot": "LoaderEntryDefault" + loaderGUID} {
			c := host(t, "zfs", boot)
			if err := errors.Join(c.Apply(), c.Commit()); err != nil {
				t.Fatal(err)
			}
			file := c.File("", variables+variable)
			write(t, file, "\x07\x00\x00\x00")
			if err := c.Rollback(); err != nil {
				t.Fatal(err)
			}
			if got := read(t, file); got != "\x07\x00\x00\x00" {
				t.Errorf("%s is %q", variable, got)
			}
		}
	})
}

// After a commit the firmware put a new device into its order: Proxmox VE is the first again, and the device stays.
func TestRollbackOfACommitKeepsTheRestOfTheOrder(t *testing.T) {
	c := host(t, "zfs", "grub-uefi")
	if err := errors.Join(c.Apply(), c.Commit()); err != nil {
		t.Fatal(err)
	}
	file := c.File("", variables+"BootOrder"+globalGUID)
	if got := read(t, file); got != "\x10\x00\x00\x00\x01\x00" {
		t.Fatalf("BootOrder is %q", got)
	}
	write(t, file, "\x10\x00\x09\x00\x00\x00\x01\x00")
	if err := c.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, file); got != "\x00\x00\x09\x00\x01\x00" {
		t.Errorf("BootOrder is %q", got)
	}
}

// A host that has its ESP mounted, as one with UEFI has, keeps it so; and one that has it for reading alone is refused, and keeps it so, too.
func TestESPThatIsMountedElsewhere(t *testing.T) {
	for _, options := range [][]string{{"umask=0077"}, {"ro"}} {
		for _, boot := range faults.BootPaths {
			c := host(t, "zfs", boot)
			if err := errors.Join(c.Machine.Mkdir("/boot/efi", 0o755), c.Machine.SyncDir("/boot")); err != nil {
				t.Fatal(err)
			}
			for _, esp := range c.Host.Boot.ESPs {
				at := "/boot/efi"
				if esp != c.Host.Boot.ESPs[0] {
					at = "/mnt"
				}
				if err := c.Machine.Mount("/dev/disk/by-uuid/"+esp.UUID, at, "vfat", options); err != nil {
					t.Fatal(err)
				}
			}
			mounts := c.Machine.Mounts()
			c.Host.Params.Closure = "/srv/closure" // not below /mnt
			if err := os.Rename(c.File("", "/mnt/closure"), c.File("", "/srv-closure")); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(os.Mkdir(c.File("", "/srv"), 0o755), os.Rename(c.File("", "/srv-closure"), c.File("", "/srv/closure"))); err != nil {
				t.Fatal(err)
			}
			before, err := c.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			err = c.Apply()
			if reading := options[0] == "ro"; (err != nil) != reading || reading && !errors.Is(err, syscall.EBUSY) {
				t.Fatalf("%s %v: %v", boot, options, err)
			}
			if err := c.Rollback(); err != nil {
				t.Fatal(err)
			}
			after, err := c.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(before, after); d != "" || !slices.Equal(mounts, c.Machine.Mounts()) {
				t.Errorf("%s %v: %v %s", boot, options, c.Machine.Mounts(), d)
			}
		}
	}
}

// A file that the host does not have does not end a run; the journal says that it was left out.
func TestACarriedFileThatIsNotThereIsLeftOut(t *testing.T) {
	c := host(t, "zfs", "grub-bios")
	if err := os.Remove(c.File("", "/etc/passwd")); err != nil {
		t.Fatal(err)
	}
	if err := c.Apply(); err != nil {
		t.Fatal(err)
	}
	if text := read(t, c.File("", c.Dir()+"/journal.jsonl")); !strings.Contains(text, "; not on this host, and left out: /etc/passwd\"") {
		t.Errorf("the journal says nothing of it:\n%s", text)
	}
	if err := errors.Join(c.Rollback(), c.Untouched()); err == nil || !strings.Contains(err.Error(), "/etc/passwd") {
		t.Errorf("the one difference is the file that was removed, not %v", err)
	}
}

// What is in the way is refused before anything is written, with the reason.
func TestWhatIsInTheWayIsRefused(t *testing.T) {
	esp := func(name, text string) func(*testing.T, *faults.Conversion) {
		return func(t *testing.T, c *faults.Conversion) {
			for _, device := range faults.ESPs {
				file := c.File(device, name)
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				write(t, file, text)
			}
		}
	}
	root := func(name, text string) func(*testing.T, *faults.Conversion) {
		return func(t *testing.T, c *faults.Conversion) { write(t, c.File("", name), text) }
	}
	gone := func(name string) func(*testing.T, *faults.Conversion) {
		return func(t *testing.T, c *faults.Conversion) {
			if err := os.RemoveAll(c.File("", name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	store := "/mnt/closure/nix/store/"
	for name, c := range map[string]struct {
		layout, boot string
		spoil        func(*testing.T, *faults.Conversion)
		say          string
	}{
		"files of an earlier run on the ESP": {"zfs", "grub-bios", esp("pve2nix/grubenv", "x"), "earlier run was not rolled back"},
		"an entry of an earlier run":         {"zfs", "systemd-boot", esp("loader/entries/pve2nix.conf", "x"), "earlier run was not rolled back"},
		"an image of an earlier run":         {"zfs", "grub-uefi", esp("EFI/pve2nix/nixos.efi", "x"), "earlier run was not rolled back"},
		"a menu that reads no custom.cfg":    {"zfs", "grub-bios", root("/boot/grub/grub.cfg", "menuentry x {}"), "does not read custom.cfg"},
		"a loader that keeps the last":       {"zfs", "systemd-boot", esp("loader/loader.conf", "timeout 3\ndefault\t@saved\n"), "@saved"},
		"a loader without a default":         {"zfs", "systemd-boot", esp("loader/loader.conf", "timeout 3\n"), "names no default"},
		"a loader that would take ours":      {"zfs", "systemd-boot", esp("loader/loader.conf", "default pve*\n"), "would choose the new system"},
		"another choice of the firmware":     {"zfs", "grub-uefi", root(variables+"BootNext"+globalGUID, "\x03\x00"), "something else is chosen"},
		"another choice of the loader":       {"zfs", "systemd-boot", root(variables+"LoaderEntryOneShot"+loaderGUID, "x"), "something else is chosen"},
		"a closure that is not complete":     {"zfs", "grub-bios", gone(store + "1123456789abcdfghijklmnpqrsvwxyz-linux-6.12"), "the closure is not complete"},
		"a closure without a kernel":         {"zfs", "grub-bios", gone(store + "0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11/kernel"), "is no system that was built"},
		"a closure without a database":       {"zfs", "grub-bios", gone("/mnt/closure/nix/var/nix/db/db.sqlite"), "no database of a Nix store"},
		"a database that is none":            {"zfs", "grub-bios", root("/mnt/closure/nix/var/nix/db/db.sqlite", strings.Repeat("x", 200)), "no SQLite database"},
		"a store that is written to":         {"zfs", "grub-bios", root("/mnt/closure/nix/var/nix/db/db.sqlite-wal", "x"), "still being written"},
		"a cluster database that is broken":  {"zfs", "grub-bios", root("/var/lib/pve-cluster/config.db", strings.Repeat("x", 200)), "no SQLite database"},
		"no room on the ESP": {"zfs", "grub-bios", func(_ *testing.T, c *faults.Conversion) {
			c.Machine.Room = map[string]int64{faults.ESPs[0]: 1 << 20}
		}, "1 MiB are free"},
		"no room in the side root": {"zfs", "grub-bios", func(_ *testing.T, c *faults.Conversion) {
			c.Machine.Room = map[string]int64{"rpool/ROOT/nixos": 1000}
		}, "the closure needs"},
		"no room beside a root of btrfs": {"btrfs", "systemd-boot", func(_ *testing.T, c *faults.Conversion) {
			c.Machine.Room = map[string]int64{"/dev/sda3": 1 << 30}
		}, "1024 MiB are free, 102"},
	} {
		t.Run(name, func(t *testing.T) {
			v := host(t, c.layout, c.boot)
			c.spoil(t, v)
			before, err := v.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			if err := v.Apply(); err == nil || !strings.Contains(err.Error(), c.say) || !strings.HasSuffix(err.Error(), "rolled back") {
				t.Fatalf("it says %v, not %q", err, c.say)
			}
			after, err := v.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			for name := range after {
				if before[name] != after[name] {
					t.Errorf("%s was %q, is %q", name, before[name], after[name])
				}
			}
			if len(before) != len(after) {
				t.Errorf("%d files were there, %d are", len(before), len(after))
			}
		})
	}
}
