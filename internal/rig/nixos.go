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

	"github.com/pve2nix/pve2nix/engine/plan"
)

// systemdStore is where the closures of stand-ins with a service manager have it: Debian's, with what it needs and no more.
const systemdStore = "/nix/store/00000000000000000000000000000005-systemd-standin"

// systemdPrograms are what runs in such a stand-in.
var systemdPrograms = []string{
	"usr/lib/systemd/systemd", "usr/lib/systemd/systemd-journald", "usr/lib/systemd/systemd-logind", "usr/lib/systemd/systemd-shutdown", "usr/lib/systemd/systemd-cgroups-agent",
	"usr/lib/systemd/systemd-udevd", "usr/lib/systemd/systemd-networkd", "usr/lib/systemd/systemd-hostnamed", "usr/lib/systemd/systemd-timedated", "usr/lib/systemd/systemd-localed",
	"usr/lib/systemd/systemd-remount-fs", "usr/lib/systemd/systemd-reply-password",
	"usr/bin/systemctl", "usr/bin/journalctl", "usr/bin/udevadm", "usr/bin/dbus-daemon", "usr/bin/kmod", "usr/bin/mount", "usr/bin/umount", "usr/bin/dash", "usr/bin/sh",
	"usr/bin/cat", "usr/bin/touch", "usr/bin/sleep", "usr/bin/ls", "usr/bin/mkdir", "usr/sbin/modprobe", "usr/sbin/dmsetup", "usr/sbin/lvm", "usr/sbin/lvs", "usr/sbin/vgs", "usr/sbin/pvs", "usr/sbin/agetty", "usr/lib64/ld-linux-x86-64.so.2",
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

// networkSections are the options of systemd-networkd that hold a section as a whole.
var networkSections = map[string]string{"matchConfig": "Match", "linkConfig": "Link", "networkConfig": "Network", "ipv6AcceptRAConfig": "IPv6AcceptRA"}

// networkFiles are the files of systemd-networkd that options define.
func networkFiles(options []option) map[string]string {
	sections, out := map[string]map[string]string{}, map[string]string{}
	for _, o := range options {
		if len(o.Option) < 5 || o.Option[0] != "systemd" || o.Option[1] != "network" || o.Option[2] != "networks" && o.Option[2] != "links" {
			continue
		}
		file, key := o.Option[3]+"."+strings.TrimSuffix(o.Option[2], "s"), o.Option[4]
		if sections[file] == nil {
			sections[file] = map[string]string{}
		}
		switch {
		case networkSections[key] != "":
			sections[file][networkSections[key]] += assignments(o.Option[5], o.Value)
		case key == "address":
			sections[file]["Network"] += assignments("Address", o.Value)
		case key == "routes":
			all, _ := o.Value.([]any)
			for _, one := range all {
				route, _ := one.(map[string]any)
				for name, value := range route {
					sections[file]["Route"] += assignments(name, value)
				}
			}
		}
	}
	for file, all := range sections {
		for _, section := range []string{"Match", "Link", "Network", "IPv6AcceptRA", "Route"} {
			if all[section] != "" {
				out["systemd/network/"+file] += "[" + section + "]\n" + all[section]
			}
		}
	}
	return out
}

// nixosMasked are units that would only take time, or need what is not there.
var nixosMasked = append([]string{
	"getty-static.service", "systemd-update-utmp-runlevel.service", "systemd-user-sessions.service", "systemd-sysctl.service", "systemd-fsck-root.service", "systemd-tmpfiles-clean.timer", "systemd-tmpfiles-setup-dev.service",
	"kmod-static-nodes.service", "systemd-modules-load.service", "systemd-pstore.service", "systemd-journal-flush.service", "systemd-ask-password-wall.path", "systemd-ask-password-console.path", "getty.target", "cryptsetup.target",
	"veritysetup.target", "integritysetup.target", "systemd-networkd-wait-online.service", "dpkg-db-backup.timer", "dpkg-db-backup.service",
}, servicesOf(pveMasked)...)

func servicesOf(names []string) (out []string) {
	for _, name := range names {
		out = append(out, name+".service")
	}
	return out
}

// Files that stand-ins of what starts guests leave, and look for.
const (
	guestsStarted = "/run/guests-started"
	guestDefined  = "/var/lib/libvirt/qemu/guest.xml"
)

// nixosFiles are in /etc of a stand-in with a service manager: what the options say of the guard, of the watchdog and of the
// network, and stand-ins of libvirt, whose condition is that of the options, too. "-> " begins where a link leads.
func nixosFiles(options []option, name string) map[string]string {
	const at = "systemd/system/"
	all := map[string]string{
		"hostname":                        name + "\n",
		"machine-id":                      pveFiles["/etc/machine-id"],
		"passwd":                          "root:x:0:0:root:/root:/bin/sh\nmessagebus:x:100:105::/:/bin/false\nsystemd-network:x:152:152::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n",
		"group":                           "root:x:0:\nmessagebus:x:105:\nsystemd-network:x:152:\nsystemd-journal:x:106:\nnogroup:x:65534:\n",
		"nsswitch.conf":                   "passwd: files\ngroup: files\nhosts: files dns\n",
		"os-release":                      "ID=nixos\nNAME=NixOS\nVERSION_ID=\"25.11\"\nPRETTY_NAME=\"stand-in of NixOS\"\n",
		"localtime":                       "-> /usr/share/zoneinfo/Etc/UTC",
		"hosts":                           operatorFiles["/etc/hosts"],
		"systemd/journald.conf":           "[Journal]\nStorage=volatile\n",
		at + "rig.service":                strings.ReplaceAll(pveFiles["/etc/systemd/system/rig.service"], agentAt, kernelStore+"/init"),
		at + "mnt-rig.mount":              "[Mount]\nWhat=/dev/vdb\nWhere=" + broughtAt + "\nType=ext4\nOptions=ro\n",
		at + "libvirtd.socket":            "[Socket]\nListenStream=/run/libvirt/libvirt-sock\n",
		at + "libvirtd.service":           "[Service]\nExecStart=/bin/sleep infinity\n",
		at + "libvirt-domain-100.service": "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/mkdir -p " + path.Dir(guestDefined) + "\nExecStart=/bin/touch " + guestDefined + "\n",
		at + "default.target":             "-> /usr/lib/systemd/system/multi-user.target",
		"systemd/system.conf":             "[Manager]\n",
	}
	for _, o := range options {
		if len(o.Option) == 4 && slices.Equal(o.Option[:3], []string{"systemd", "settings", "Manager"}) {
			all["systemd/system.conf"] += assignments(o.Option[3], o.Value)
		}
	}
	for _, unit := range []string{"rig.service", "mnt-rig.mount", "libvirt-domain-100.service"} {
		all[at+"multi-user.target.wants/"+unit] = "-> ../" + unit
	}
	all[at+"sockets.target.wants/libvirtd.socket"] = "-> ../libvirtd.socket"
	all[at+"multi-user.target.wants/systemd-networkd.service"] = "-> /usr/lib/systemd/system/systemd-networkd.service"
	for _, unit := range nixosMasked {
		all[at+unit] = "-> /dev/null"
	}
	for _, prefix := range []string{"pve2nix-", "libvirt-start"} {
		for file, text := range units(options, prefix) {
			all[at+file] = text
		}
	}
	all[at+"libvirt-start.service"] += "ExecStart=/bin/touch " + guestsStarted + "\n"
	for file, text := range networkFiles(options) {
		all[file] = text
	}
	return all
}

// layBelow puts into a closure what all systems in it refer to.
func layBelow(closure string, d *Debian) error {
	kernel := filepath.Join(closure, kernelStore)
	return errors.Join(
		os.MkdirAll(kernel, 0o755), laySystemd(d.Dir, filepath.Join(closure, systemdStore)),
		copyFile(d.kernel, kernel+"/bzImage"), copyFile(d.initrd, kernel+"/initrd"), buildAgent(kernel+"/init"))
}

// layNixOS puts the stand-ins with a service manager into a closure, as the options want them; each names the configuration of its plan.
func layNixOS(closure string, options []option, configuration string) error {
	script := []string{"CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER)", "CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL)",
		"INSERT INTO ValidPaths VALUES (1, '" + kernelStore + "', 60000000)", "INSERT INTO ValidPaths VALUES (2, '" + systemdStore + "', 60000000)"}
	for top, name := range map[string]string{sound: "pve", misnamed: "other"} {
		dir := filepath.Join(closure, top)
		for file, text := range map[string]string{"stand-in": "runs\n", plan.ConfigurationAt: configuration + "\n", "kernel-params": "root=/dev/mapper/pve-nixos rw " + quiet + "\n", "activate": "#!/bin/sh\n"} {
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
