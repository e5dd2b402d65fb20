package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/picture"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// memory is what everything was before, and how many things each step does. It outlives a power cut, in the folder that a run may change.
type memory struct {
	Files  map[string]file   `json:"files"`
	Others map[string]string `json:"others"`
	Counts map[string]int    `json:"counts"`
}

const memoryAt = plan.StateAt + "/rig.json"

// file is what a file of the root is. Changed and Inode are not compared: they say whether the content has to be read.
type file struct {
	Line     string `json:"line"`
	Modified int64  `json:"modified,omitempty"`
	Changed  int64  `json:"changed"`
	Inode    uint64 `json:"inode"`
}

// filesOf walks the root, without what is mounted in it and what a run may leave. read is the SHA-256 of those files that a
// former walk knows and that were touched since: the test knows what is in each.
func filesOf(known map[string]file) (out map[string]file, read map[string]string, err error) {
	defer note("files", time.Now())
	out, read = map[string]file{}, map[string]string{}
	var device uint64
	return out, read, filepath.WalkDir("/", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		stat := info.Sys().(*syscall.Stat_t)
		if name == "/" {
			device = stat.Dev
		}
		if name == plan.StateAt || stat.Dev != device {
			if info.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		attributes, err := picture.Attributes(name)
		if err != nil {
			return err
		}
		f := file{
			Line:    fmt.Sprintf("%s %d:%d %v", info.Mode(), stat.Uid, stat.Gid, attributes),
			Changed: stat.Ctim.Nano(), Inode: stat.Ino,
		}
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			if err != nil {
				return err
			}
			f.Line += " " + target
		case info.Mode().IsRegular():
			f.Line += fmt.Sprint(" ", info.Size())
			f.Modified = stat.Mtim.Nano()
			if k, ok := known[name]; ok && (k.Changed != f.Changed || k.Inode != f.Inode || k.Modified != f.Modified) {
				if read[name], err = picture.Hash(name); err != nil {
					return err
				}
			}
		}
		out[name] = f
		return nil
	})
}

// othersOf is all that is no file of the root: the guest's data, the volumes, the ESP, what is mounted, the variables of the firmware.
func othersOf(l talk.Look) (map[string]string, error) {
	out := map[string]string{}
	var err error
	began := time.Now()
	if out["guest"], err = picture.Hash(l.Guest); err != nil {
		return nil, err
	}
	note("guest", began)
	began = time.Now()
	text, err := exec.Command(l.Volumes[0], l.Volumes[1:]...).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%v: %w: %s", l.Volumes, err, text)
	}
	out["volumes"] = string(text)
	if text, err = os.ReadFile("/proc/self/mounts"); err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) { // in an order of its own after each start
		if f := strings.Fields(line); len(f) > 3 && (strings.Contains(f[0], "/") || strings.HasPrefix(f[1], "/run/pve2nix")) {
			how, _, _ := strings.Cut(f[3], ",")
			out["mount of "+f[0]+" at "+f[1]] = f[2] + " " + how
		}
	}
	note("volumes", began)
	began = time.Now()
	err = withESP(l.ESP, true, func(at string) error {
		all, err := picture.Of(at)
		for name, line := range all {
			out["esp "+name] = line
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	note("esp", began)
	entries, err := os.ReadDir(variablesAt)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if talk.Deciding(e.Name()) {
			if out["variable "+e.Name()], err = picture.Hash(filepath.Join(variablesAt, e.Name())); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// withESP mounts an ESP at a place of its own.
func withESP(esp plan.ESP, look bool, f func(at string) error) error {
	const at = "/run/rig-esp"
	if err := os.MkdirAll(at, 0o700); err != nil {
		return err
	}
	var flags uintptr
	if look {
		flags = unix.MS_RDONLY
	}
	device := "/dev/disk/by-uuid/" + esp.UUID
	if _, err := os.Stat(aliasedESP); err == nil {
		device = aliasedESP
	}
	if err := unix.Mount(device, at, "vfat", flags, ""); err != nil {
		return fmt.Errorf("mount %s: %w", device, err)
	}
	return errors.Join(f(at), unix.Unmount(at, 0))
}

// remember notes what everything is, and what a run that does not fail does.
func remember(s *talk.Strike) (out talk.Struck, err error) {
	var m memory
	if err := os.MkdirAll(plan.StateAt, 0o700); err != nil {
		return out, err
	}
	if m.Files, _, err = filesOf(nil); err != nil {
		return out, err
	}
	if m.Others, err = othersOf(s.Look); err != nil {
		return out, err
	}
	m.Counts = map[string]int{}
	for _, rollback := range []bool{false, true} {
		last, err := through(order{Run: s.Run, Rollback: rollback})
		if err == nil && last.Error != "" {
			err = errors.New(last.Error)
		}
		if err != nil {
			return out, fmt.Errorf("without a fault: %w", err)
		}
		for step, n := range last.Counts {
			m.Counts[step] = n
		}
	}
	data, err := json.Marshal(m)
	if err != nil {
		return out, err
	}
	if err := os.WriteFile(memoryAt, data, 0o600); err != nil {
		return out, err
	}
	unix.Sync()
	out.Different, out.Read, err = different(&m, s.Look)
	out.Took = took.String()
	return out, err
}

func recall() (*memory, error) {
	data, err := os.ReadFile(memoryAt)
	if err != nil {
		return nil, err
	}
	m := &memory{}
	return m, json.Unmarshal(data, m)
}

// different says what is not as it was, and what is in files that were touched.
func different(m *memory, l talk.Look) (out []string, read map[string]string, err error) {
	files, read, err := filesOf(m.Files)
	if err != nil {
		return nil, nil, err
	}
	for name, was := range m.Files {
		is, there := files[name]
		switch {
		case !there:
			out = append(out, name+" is gone")
		case is.Line != was.Line || is.Modified != was.Modified:
			out = append(out, fmt.Sprintf("%s was %+v, is %+v", name, was, is))
		}
	}
	for name, is := range files {
		if _, was := m.Files[name]; !was {
			out = append(out, fmt.Sprintf("%s is new: %+v", name, is))
		}
	}
	others, err := othersOf(l)
	if err != nil {
		return nil, nil, err
	}
	for name, was := range m.Others {
		if others[name] != was {
			out = append(out, fmt.Sprintf("%s was %q, is %q", name, was, others[name]))
		}
	}
	for name, is := range others {
		if _, was := m.Others[name]; !was {
			out = append(out, fmt.Sprintf("%s is new: %q", name, is))
		}
	}
	slices.Sort(out)
	return out[:min(len(out), 20)], read, nil
}
