package standin

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// boundDir is where files wait in the root that are bound over others for a capture only.
const boundDir = "/stand-in"

// bound are the parts of a golden tree that the capture sees and the booted system
// does not: what the kernel says, and files that would make systemd mount the
// disks of the host or write to the kernel of this machine.
var bound = []string{"proc", "sys", "dev", "etc/fstab", "etc/crypttab", "etc/sysctl.conf", "etc/sysctl.d", "etc/modules-load.d"}

// owned are the parts of the root where only the golden tree counts. What Debian's
// packages put there changes from one point release to the next.
var owned = []string{
	"boot", "etc/apt/preferences.d", "etc/apt/sources.list", "etc/apt/sources.list.d",
	"etc/cron.d", "etc/cron.daily", "etc/cron.hourly", "etc/cron.monthly", "etc/cron.weekly", "etc/crontab",
	"etc/crypttab", "etc/fstab", "etc/init.d", "etc/modprobe.d", "etc/modules", "etc/modules-load.d",
	"etc/rc0.d", "etc/rc1.d", "etc/rc2.d", "etc/rc3.d", "etc/rc4.d", "etc/rc5.d", "etc/rc6.d", "etc/rcS.d",
	"etc/ssh", "etc/sysctl.conf", "etc/sysctl.d", "etc/systemd/system", "root/.ssh",
	"etc/systemd/timesyncd.conf", "var/lib/apt/lists", "var/spool/cron",
}

// unpack makes a host: the Debian root with the golden tree over it.
func unpack(tar, golden, root string) error {
	if err := extract(tar, root); err != nil {
		return err
	}
	for _, path := range owned {
		if err := os.RemoveAll(filepath.Join(root, path)); err != nil {
			return err
		}
	}
	if err := keepUnits(root, filepath.Join(golden, DebianUnitsFile)); err != nil {
		return err
	}
	raw := filepath.Join(golden, "raw")
	if err := renumber(root, raw); err != nil {
		return err
	}
	attributes, err := ReadAttributes(filepath.Join(golden, AttributesFile))
	if err != nil {
		return err
	}
	return lay(raw, root, attributes)
}

func extract(tar, root string) error {
	if out, err := exec.Command("tar", "-C", root, "--numeric-owner", "-xpf", tar).CombinedOutput(); err != nil {
		return fmt.Errorf("tar: %w: %s", err, lastLine(out))
	}
	return nil
}

// lay copies a golden tree over a root, with the attributes that it has on its host.
func lay(raw, root string, attributes Attributes) error {
	return filepath.WalkDir(raw, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == raw {
			return err
		}
		name, err := filepath.Rel(raw, path)
		if err != nil {
			return err
		}
		target := filepath.Join(root, name)
		if isBound(name) {
			if err := placeholder(target, entry.IsDir()); err != nil {
				return err
			}
			target = filepath.Join(root, boundDir, name)
		}
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.Remove(target); err != nil && !os.IsNotExist(err) {
			return err
		}
		if entry.Type() == fs.ModeSymlink {
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o600); err != nil {
			return err
		}
		mode, uid, gid := attributes.Of("/" + filepath.ToSlash(name))
		if err := os.Chown(target, uid, gid); err != nil {
			return err
		}
		return os.Chmod(target, fs.FileMode(mode))
	})
}

// placeholder makes something empty to bind a file or directory over.
func placeholder(target string, dir bool) error {
	if dir {
		return os.MkdirAll(target, 0o755)
	}
	if _, err := os.Lstat(target); err == nil || !strings.Contains(target, "/etc/") {
		return nil // the kernel has the others
	}
	return os.WriteFile(target, nil, 0o644)
}

func isBound(name string) bool {
	return slices.ContainsFunc(bound, func(prefix string) bool {
		return name == prefix || strings.HasPrefix(name, prefix+"/")
	})
}

// renumber gives the files of Debian's packages the owners that the golden tree
// has under the same names: the numbers that packages get depend on their order.
func renumber(root, raw string) error {
	uids, err := numbering(root, raw, "etc/passwd")
	if err != nil {
		return err
	}
	gids, err := numbering(root, raw, "etc/group")
	if err != nil {
		return err
	}
	if len(uids)+len(gids) == 0 {
		return nil
	}
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		uid, gid := ownerOf(info)
		newUID, movedUID := uids[uid]
		newGID, movedGID := gids[gid]
		if !movedUID {
			newUID = uid
		}
		if !movedGID {
			newGID = gid
		}
		if !movedUID && !movedGID {
			return nil
		}
		if err := os.Lchown(path, newUID, newGID); err != nil || entry.Type() == fs.ModeSymlink {
			return err
		}
		return os.Chmod(path, info.Mode()) // chown drops set-user-id
	})
}

// numbering maps the ids of a file such as /etc/passwd in the root to those of the
// golden tree, by name, where they differ.
func numbering(root, raw, file string) (map[int]int, error) {
	old, err := ids(filepath.Join(root, file))
	if err != nil {
		return nil, err
	}
	golden, err := ids(filepath.Join(raw, file))
	if err != nil {
		return nil, err
	}
	moved := map[int]int{}
	for name, id := range old {
		want, known := golden[name]
		if !known {
			return nil, fmt.Errorf("%s: the golden tree lacks %s, which the Debian root needs", file, name)
		}
		if want != id {
			moved[id] = want
		}
	}
	return moved, nil
}

func ids(file string) (map[string]int, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(line, ":"); len(fields) > 2 {
			id, err := strconv.Atoi(fields[2])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			out[fields[0]] = id
		}
	}
	return out, nil
}
