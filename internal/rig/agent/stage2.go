package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// The service manager of a stand-in of NixOS lies in a store path of its closure, whose name ends so.
const systemdSuffix = "-systemd-standin"

// becomeSystemd does what the second stage of a NixOS does: it lays the files of the system
// into the root and becomes the service manager. A NixOS finds its programs by the names of
// store paths; this one is Debian's, and finds them below /usr.
func becomeSystemd(toplevel string) error {
	found, err := filepath.Glob("/nix/store/*" + systemdSuffix)
	if err != nil || len(found) != 1 {
		return errors.Join(err, errors.New("not one service manager in the store"))
	}
	for name, target := range map[string]string{
		"/usr": found[0] + "/usr", "/bin": "usr/bin", "/sbin": "usr/sbin", "/lib": "usr/lib", "/lib64": "usr/lib64", "/var/run": "/run",
	} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), relink(target, name)); err != nil {
			return err
		}
	}
	for _, dir := range []string{"/tmp", "/var/tmp", "/var/log", "/root", "/home", "/mnt", "/boot"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	etc := filepath.Join(toplevel, "etc")
	err = filepath.WalkDir(etc, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := "/etc" + strings.TrimPrefix(name, etc)
		switch {
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			leads, err := os.Readlink(name)
			if err != nil {
				return err
			}
			return relink(leads, target)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
	if err != nil {
		return err
	}
	return unix.Exec("/usr/lib/systemd/systemd", []string{"/usr/lib/systemd/systemd"}, []string{"PATH=/usr/sbin:/usr/bin", "LANG=C.UTF-8"})
}

func relink(target, name string) error {
	if got, err := os.Readlink(name); err == nil && got == target {
		return nil
	}
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Symlink(target, name)
}
