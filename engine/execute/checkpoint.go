package execute

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// checkpointAt is the folder of a run that holds what was saved.
func checkpointAt(e *Env) string { return path.Join(e.Dir, "checkpoint") }

// save writes a file of the checkpoint.
func save(e *Env, name string, data []byte) error {
	file := path.Join(checkpointAt(e), name)
	if _, err := makeDirs(e, path.Dir(file), 0o700); err != nil {
		return err
	}
	return writeFile(e, file, data, 0o600)
}

// saved is a step of the checkpoint: it only reads what is there, and its undo leaves the copies.
// What was saved once is never saved again: later steps have changed the host by then.
type saved struct {
	// name is that of the list of its copies.
	name string
	// collect returns the files of the checkpoint, name → content.
	collect func(ctx context.Context, e *Env) (map[string][]byte, error)
	// check sees that a copy is one.
	check func(name string, data []byte) error
}

// copies are the SHA-256 of the copies of a step, by their names in the checkpoint. The list is written when all of them are there.
type copies map[string]string

func (s saved) list() string { return "lists/" + s.name + ".json" }

func (saved) prepare(context.Context, *Env) (nothing, error) { return nothing{}, nil }

func (s saved) do(ctx context.Context, e *Env, _ nothing) error {
	if found, err := exists(e, path.Join(checkpointAt(e), s.list())); err != nil || found {
		return err
	}
	files, err := s.collect(ctx, e)
	if err != nil {
		return err
	}
	sums := copies{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := s.check(name, files[name]); err != nil {
			return fmt.Errorf("checkpoint: %s: %w", name, err)
		}
		if err := save(e, name, files[name]); err != nil {
			return err
		}
		sums[name] = digestOf(files[name])
	}
	text, err := json.MarshalIndent(sums, "", "  ")
	if err != nil {
		return err
	}
	return save(e, s.list(), append(text, '\n'))
}

func (s saved) verify(_ context.Context, e *Env, _ nothing) error {
	text, err := readFile(e, path.Join(checkpointAt(e), s.list()))
	if err != nil {
		return err
	}
	var sums copies
	if err := json.Unmarshal(text, &sums); err != nil {
		return fmt.Errorf("checkpoint: %s: %w", s.list(), err)
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		got, err := readWhole(e, path.Join(checkpointAt(e), name), databaseLimit)
		if err != nil {
			return err
		}
		if digestOf(got) != sums[name] {
			return fmt.Errorf("checkpoint: %s: its SHA-256 is another one", name)
		}
		if err := s.check(name, got); err != nil {
			return fmt.Errorf("checkpoint: %s: %w", name, err)
		}
	}
	return nil
}

func (saved) undo(context.Context, *Env, nothing) error { return nil }

func anything(string, []byte) error { return nil }

// savedFile is what the list of a checkpoint says of a file.
type savedFile struct {
	Path string `json:"path"`
	Kind string `json:"kind"`
	// SHA256 is that of a regular file, Target where a link leads.
	SHA256 string `json:"sha256,omitempty"`
	Target string `json:"target,omitempty"`
	Mode   uint32 `json:"mode"`
	UID    int    `json:"uid"`
	GID    int    `json:"gid"`
	Size   int64  `json:"size"`
	// Copied says that the content is in the checkpoint, too.
	Copied bool `json:"copied"`
}

// copyLimit is up to which size files are copied; of larger ones, kernels and initial RAM disks, the hash is kept.
const copyLimit = 1 << 20

// list walks files and adds them to the list of a checkpoint.
func list(f Files, name string, out *[]savedFile, contents map[string][]byte, prefix string) error {
	info, err := f.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		*out = append(*out, savedFile{Path: prefix + name, Kind: "missing"})
		return nil
	}
	if err != nil {
		return err
	}
	uid, gid := owner(info)
	s := savedFile{Path: prefix + name, Mode: uint32(info.Mode().Perm()), UID: uid, GID: gid, Size: info.Size()}
	switch {
	case info.IsDir():
		s.Kind, s.Size = "folder", 0
		*out = append(*out, s)
		entries, err := f.ReadDir(name)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := list(f, path.Join(name, e.Name()), out, contents, prefix); err != nil {
				return err
			}
		}
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		s.Kind = "link"
		if s.Target, err = f.Readlink(name); err != nil {
			return err
		}
	case info.Mode().IsRegular():
		s.Kind = "file"
		if s.SHA256, err = hashFile(f, name); err != nil {
			return err
		}
		if info.Size() <= copyLimit {
			data, err := readFile(f, name)
			if err != nil {
				return err
			}
			s.Copied = true
			contents[s.SHA256] = data
		}
	default:
		s.Kind = "other"
	}
	*out = append(*out, s)
	return nil
}

func saveFiles(a plan.SaveFiles) Actuator {
	return actuator(saved{"files", func(_ context.Context, e *Env) (map[string][]byte, error) {
		var files []savedFile
		contents, out := map[string][]byte{}, map[string][]byte{}
		for _, p := range a.Paths {
			if err := list(e, p, &files, contents, ""); err != nil {
				return nil, err
			}
		}
		for _, esp := range a.ESPs {
			err := lookAtESP(e, esp, func(f Files) error { return list(f, "/", &files, contents, "ESP "+esp.UUID+":") })
			if err != nil {
				return nil, err
			}
		}
		text, err := json.MarshalIndent(files, "", "  ")
		if err != nil {
			return nil, err
		}
		out["files.json"] = append(text, '\n')
		for sum, data := range contents {
			out["files/"+sum] = data
		}
		return out, nil
	}, func(name string, data []byte) error {
		if sum, ok := strings.CutPrefix(name, "files/"); ok && digestOf(data) != sum {
			return errors.New("its SHA-256 is another one")
		}
		return nil
	}})
}

// tableBytes is how much of the beginning and the end of a disk is kept: the partition tables (UEFI 2.10, 5.3) and, on a BIOS host, the code before the first partition.
const tableBytes = 1 << 20

func savePartitions(a plan.SavePartitions) Actuator {
	return actuator(saved{"disks", func(_ context.Context, e *Env) (map[string][]byte, error) {
		out := map[string][]byte{}
		for _, d := range a.Disks {
			name, err := resolve(e, d)
			if err != nil {
				return nil, err
			}
			f, err := e.OpenFile(name, readOnly, 0)
			if err != nil {
				return nil, err
			}
			head, tail, err := ends(f)
			if err = errors.Join(err, f.Close()); err != nil {
				return nil, fmt.Errorf("%s: %w", d, err)
			}
			out["disks/"+path.Base(name)+".head"], out["disks/"+path.Base(name)+".tail"] = head, tail
		}
		return out, nil
	}, anything})
}

func ends(f File) (head, tail []byte, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, err
	}
	n := min(size, tableBytes)
	head, tail = make([]byte, n), make([]byte, n)
	if _, err = f.ReadAt(head, 0); err == nil || errors.Is(err, io.EOF) {
		_, err = f.ReadAt(tail, size-n)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return head, tail, err
}

func saveVolumeGroup(a plan.SaveVolumeGroup) Actuator {
	return actuator(saved{"group-" + a.Group, func(ctx context.Context, e *Env) (map[string][]byte, error) {
		// vgcfgbackup writes a file by itself, into the checkpoint; it is read from there.
		file := path.Join(checkpointAt(e), "lvm", a.Group)
		if _, err := makeDirs(e, path.Dir(file), 0o700); err != nil {
			return nil, err
		}
		if _, err := e.Run(ctx, Command{Name: "vgcfgbackup", Args: append([]string{"--quiet", "--file", file}, append(noBackups, a.Group)...)}); err != nil {
			return nil, err
		}
		data, err := readFile(e, file)
		return map[string][]byte{"lvm/" + a.Group: data}, err
	}, func(_ string, data []byte) error {
		if !bytes.Contains(data, []byte(a.Group+" {")) {
			return fmt.Errorf("does not name the group %s", a.Group)
		}
		return nil
	}})
}

func savePool(a plan.SavePool) Actuator {
	return actuator(saved{"pool-" + strings.ReplaceAll(a.Pool, "/", "-"), func(ctx context.Context, e *Env) (map[string][]byte, error) {
		out := map[string][]byte{}
		for _, ask := range []struct {
			name string
			c    Command
		}{
			{"pool", Command{Name: "zpool", Args: []string{"get", "-Hp", "all", a.Pool}}},
			{"status", Command{Name: "zpool", Args: []string{"status", "-P", a.Pool}}},
			{"datasets", Command{Name: "zfs", Args: []string{"get", "-Hpr", "-s", "local,received", "all", a.Pool}}},
		} {
			text, err := e.Run(ctx, ask.c)
			if err != nil {
				return nil, err
			}
			out["zfs/"+a.Pool+"."+ask.name] = text
		}
		return out, nil
	}, func(name string, data []byte) error {
		if !bytes.Contains(data, []byte(a.Pool)) && !strings.HasSuffix(name, ".datasets") {
			return fmt.Errorf("does not name the pool %s", a.Pool)
		}
		return nil
	}})
}
