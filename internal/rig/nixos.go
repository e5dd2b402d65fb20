package rig

import (
	"debug/elf"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// systemdStore is where the closures of stand-ins with a service manager have it: Debian's, with what it needs and no more.
const systemdStore = "/nix/store/00000000000000000000000000000005-systemd-standin"

// systemdPrograms are what runs in such a stand-in.
var systemdPrograms = []string{
	"usr/lib/systemd/systemd", "usr/lib/systemd/systemd-journald", "usr/lib/systemd/systemd-logind", "usr/lib/systemd/systemd-shutdown", "usr/lib/systemd/systemd-cgroups-agent",
	"usr/lib/systemd/systemd-udevd", "usr/lib/systemd/systemd-remount-fs", "usr/lib/systemd/systemd-reply-password",
	"usr/bin/systemctl", "usr/bin/journalctl", "usr/bin/udevadm", "usr/bin/dbus-daemon", "usr/bin/kmod", "usr/bin/mount", "usr/bin/umount", "usr/bin/dash", "usr/bin/sh",
	"usr/bin/cat", "usr/bin/kill", "usr/bin/touch", "usr/bin/sleep", "usr/bin/ls", "usr/sbin/modprobe", "usr/sbin/dmsetup", "usr/sbin/agetty", "usr/lib64/ld-linux-x86-64.so.2",
}

// systemdFolders are laid there as a whole.
var systemdFolders = []string{
	"usr/lib/systemd/system", "usr/lib/udev/rules.d", "usr/share/dbus-1", "usr/lib/tmpfiles.d", "usr/lib/sysusers.d",
	"usr/lib/modules/*/kernel/fs/fat", "usr/lib/modules/*/kernel/fs/nls", "usr/lib/modules/*/modules.*",
}

// laySystemd copies a service manager from an unpacked Debian.
func laySystemd(root, to string) error {
	done := map[string]bool{}
	for _, name := range systemdPrograms {
		if err := layProgram(root, name, to, done); err != nil {
			return err
		}
	}
	for _, pattern := range systemdFolders {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(found) == 0 {
			return errors.Join(err, fmt.Errorf("%s: not there", pattern))
		}
		for _, dir := range found {
			if err := layTree(root, dir, to); err != nil {
				return err
			}
		}
	}
	return nil
}

// layProgram copies a program, or library, with what it is linked with.
func layProgram(root, name, to string, done map[string]bool) error {
	if done[name] {
		return nil
	}
	done[name] = true
	from, target := filepath.Join(root, name), filepath.Join(to, name)
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		leads, err := os.Readlink(from)
		if err != nil {
			return err
		}
		next := path.Join(path.Dir(name), leads)
		if path.IsAbs(leads) {
			next = strings.TrimPrefix(leads, "/")
		}
		if !strings.HasPrefix(next, "usr/") { // /lib is a link to usr/lib
			next = "usr/" + next
		}
		return errors.Join(os.Symlink(leads, target), layProgram(root, next, to, done))
	}
	if err := errors.Join(copyFile(from, target), os.Chmod(target, info.Mode().Perm())); err != nil {
		return err
	}
	program, err := elf.Open(from)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer program.Close()
	libraries, err := program.ImportedLibraries()
	if err != nil {
		return err
	}
	for _, library := range libraries {
		at := slices.IndexFunc(libraryDirs, func(dir string) bool {
			_, err := os.Lstat(filepath.Join(root, dir, library))
			return err == nil
		})
		if at < 0 {
			return fmt.Errorf("%s: %s is nowhere", name, library)
		}
		if err := layProgram(root, path.Join(libraryDirs[at], library), to, done); err != nil {
			return err
		}
	}
	return nil
}

var libraryDirs = []string{"usr/lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu/systemd", "usr/lib/systemd", "usr/lib64"}

// layTree copies a folder of a root.
func layTree(root, dir, to string) error {
	return filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(name, root))
		switch {
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			leads, err := os.Readlink(name)
			if err != nil {
				return err
			}
			return os.Symlink(leads, target)
		}
		return errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), copyFile(name, target))
	})
}

// Systems with a service manager: one that is as it should be, and one that has another name than the host.
const (
	sound    = "/nix/store/00000000000000000000000000000006-nixos-system-standin-sound"
	misnamed = "/nix/store/00000000000000000000000000000007-nixos-system-standin-misnamed"
)

// An option is one that eval has set: evaluation.json has them all.
type option struct {
	Option []string `json:"option"`
	Value  any      `json:"value"`
}

// unitSections are the options that hold a section of a unit as a whole.
var unitSections = map[string]string{"unitConfig": "Unit", "serviceConfig": "Service", "timerConfig": "Timer"}

// unitLists are options that NixOS writes into the section Unit.
var unitLists = map[string]string{"after": "After", "before": "Before", "wants": "Wants", "requires": "Requires", "description": "Description"}

// units are the files of the units that options define whose names begin so, and the links that start them, as NixOS writes them.
func units(options []option, prefix string) map[string]string {
	sections, out := map[string]map[string]string{}, map[string]string{}
	for _, o := range options {
		if len(o.Option) < 4 || o.Option[0] != "systemd" || !strings.HasPrefix(o.Option[2], prefix) {
			continue
		}
		unit, key := o.Option[2]+"."+strings.TrimSuffix(o.Option[1], "s"), o.Option[3]
		if sections[unit] == nil {
			sections[unit] = map[string]string{}
		}
		switch {
		case unitSections[key] != "" && len(o.Option) == 5:
			sections[unit][unitSections[key]] += assignments(o.Option[4], o.Value)
		case unitLists[key] != "":
			sections[unit]["Unit"] += assignments(unitLists[key], o.Value)
		case key == "wantedBy":
			for _, by := range values(o.Value) {
				out[by+".wants/"+unit] = "-> ../" + unit
			}
		}
	}
	for unit, all := range sections {
		for _, section := range []string{"Unit", "Service", "Timer"} {
			if all[section] != "" {
				out[unit] += "[" + section + "]\n" + all[section]
			}
		}
	}
	return out
}

func assignments(key string, value any) (out string) {
	for _, v := range values(value) {
		out += key + "=" + v + "\n"
	}
	return out
}

// values are the texts that a value of an option becomes in a unit.
func values(value any) []string {
	switch v := value.(type) {
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, values(one)...)
		}
		return out
	case map[string]any:
		if parts, ok := v["_concat"].([]any); ok {
			text := ""
			for _, part := range parts {
				text += strings.Join(values(part), "")
			}
			return []string{text}
		}
		return []string{systemdStore + "/usr"} // a reference: to the package of systemd, which is all that these units refer to
	}
	return []string{fmt.Sprint(value)}
}

// nixosFiles are in /etc of such a stand-in beside what options say.
func nixosFiles(options []option, name string) map[string]string {
	text := func(path ...string) string {
		for _, o := range options {
			if slices.Equal(o.Option, path) {
				return strings.Join(values(o.Value), " ")
			}
		}
		return ""
	}
	all := map[string]string{
		"hostname":                             name + "\n",
		"machine-id":                           pveFiles["/etc/machine-id"],
		"passwd":                               "root:x:0:0:root:/root:/bin/sh\nmessagebus:x:100:100::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n",
		"group":                                "root:x:0:\ntty:x:5:\ndisk:x:6:\nkmem:x:15:\ndialout:x:20:\ncdrom:x:24:\naudio:x:29:\nvideo:x:44:\ninput:x:101:\nkvm:x:102:\nrender:x:103:\nsgx:x:104:\nlp:x:7:\ntape:x:26:\nmessagebus:x:105:\nsystemd-journal:x:106:\nnogroup:x:65534:\n",
		"nsswitch.conf":                        "passwd: files\ngroup: files\nhosts: files dns\n",
		"os-release":                           "ID=nixos\nNAME=NixOS\nVERSION_ID=\"25.11\"\nPRETTY_NAME=\"stand-in of NixOS\"\n",
		"hosts":                                operatorFiles["/etc/hosts"],
		"systemd/system.conf":                  "[Manager]\nRuntimeWatchdogSec=" + text("systemd", "watchdog", "runtimeTime") + "\nRebootWatchdogSec=" + text("systemd", "watchdog", "rebootTime") + "\n",
		"systemd/journald.conf":                "[Journal]\nStorage=volatile\n",
		"systemd/system/rig.service":           strings.ReplaceAll(pveFiles["/etc/systemd/system/rig.service"], agentAt, kernelStore+"/init"),
		"systemd/system/network-setup.service": strings.ReplaceAll(operatorFiles["/etc/systemd/system/networking.service"], agentAt, kernelStore+"/init"),
		"systemd/system/default.target":        "-> /usr/lib/systemd/system/multi-user.target",
		"systemd/system/multi-user.target.wants/rig.service":           "-> ../rig.service",
		"systemd/system/multi-user.target.wants/network-setup.service": "-> ../network-setup.service",
	}
	for _, unit := range append(slices.Clone(pveMasked), "getty-static", "systemd-update-utmp-runlevel", "systemd-user-sessions", "systemd-sysctl", "systemd-fsck-root", "systemd-ask-password-wall",
		"systemd-tmpfiles-clean", "systemd-udev-settle", "keyboard-setup", "console-setup", "systemd-pstore", "systemd-repart", "modprobe@", "kmod-static-nodes", "systemd-tmpfiles-setup-dev", "systemd-modules-load", "systemd-journal-flush") {
		all["systemd/system/"+unit+".service"] = "-> /dev/null"
	}
	all["systemd/system/getty.target"] = "-> /dev/null"
	all["systemd/system/systemd-tmpfiles-clean.timer"] = "-> /dev/null"
	all["systemd/system/cryptsetup.target"] = "-> /dev/null"
	for file, text := range units(options, "pve2nix-") {
		all["systemd/system/"+file] = text
	}
	return all
}

// layNixOS makes the closures of the stand-ins with a service manager in a folder.
func layNixOS(closure string, d *Debian, agent string, options []option) error {
	kernel := filepath.Join(closure, kernelStore)
	if err := errors.Join(os.MkdirAll(kernel, 0o755), laySystemd(d.Dir, filepath.Join(closure, systemdStore))); err != nil {
		return err
	}
	if err := errors.Join(copyFile(d.kernel, kernel+"/bzImage"), copyFile(d.initrd, kernel+"/initrd"), copyFile(agent, kernel+"/init"), os.Chmod(kernel+"/init", 0o755)); err != nil {
		return err
	}
	script := []string{"CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER)", "CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL)",
		"INSERT INTO ValidPaths VALUES (1, '" + kernelStore + "', 60000000)", "INSERT INTO ValidPaths VALUES (2, '" + systemdStore + "', 60000000)"}
	for top, name := range map[string]string{sound: "pve", misnamed: "other"} {
		dir := filepath.Join(closure, top)
		for file, text := range map[string]string{"stand-in": "runs\n", "kernel-params": "root=/dev/mapper/pve-nixos rw " + quiet + "\n", "activate": "#!/bin/sh\n"} {
			if err := writeNew(filepath.Join(dir, file), text, 0o755); err != nil {
				return err
			}
		}
		if err := errors.Join(os.Symlink(kernelStore+"/bzImage", dir+"/kernel"), os.Symlink(kernelStore+"/initrd", dir+"/initrd"), os.Symlink(kernelStore+"/init", dir+"/init")); err != nil {
			return err
		}
		for file, text := range nixosFiles(options, name) {
			file = filepath.Join(dir, "etc", file)
			var err error
			if target, link := strings.CutPrefix(text, "-> "); link {
				err = errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), relink(target, file))
			} else {
				err = writeNew(file, text, 0o644)
			}
			if err != nil {
				return err
			}
		}
		script = append(script, "INSERT INTO ValidPaths (path, narSize) VALUES ('"+top+"', 20000)", "INSERT INTO Refs SELECT id, 1 FROM ValidPaths WHERE path = '"+top+"'", "INSERT INTO Refs SELECT id, 2 FROM ValidPaths WHERE path = '"+top+"'")
	}
	return database(filepath.Join(closure, "nix/var/nix/db/db.sqlite"), script)
}
