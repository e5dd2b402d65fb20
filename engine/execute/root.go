package execute

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// mark is what the side root of a run carries, so that undo knows its own.
func mark(run string) string { return "pve2nix-" + run }

// createRoot makes the side root. There is one actuator a kind of layout.
func createRoot(l plan.Layout) (Actuator, error) {
	switch l.Kind {
	case "zfs":
		return actuator(zfsRoot{l}), nil
	case "lvm-thin", "lvm":
		return actuator(lvmRoot{l}), nil
	case "btrfs":
		return actuator(btrfsRoot{l}), nil
	}
	return nil, fmt.Errorf("layout: kind %q has no side root", l.Kind)
}

// lvmRoot is a logical volume with ext4.
type lvmRoot struct{ l plan.Layout }

// noBackups keeps LVM from writing copies of its metadata below /etc/lvm: PVE's root is not written.
var noBackups = []string{"--config", "backup { backup=0 archive=0 }"}

// volume is a logical volume as lvs has it.
type volume struct {
	Name     string `json:"lv_name"`
	Tags     string `json:"lv_tags"`
	Size     string `json:"lv_size"`
	Origin   string `json:"origin"`
	Data     string `json:"data_percent"`
	Metadata string `json:"metadata_percent"`
}

func volumes(ctx context.Context, e *Env, group string) ([]volume, error) {
	out, err := e.Run(ctx, Command{Name: "lvs", Args: []string{"--reportformat", "json", "--units", "b", "--nosuffix", "-o", "lv_name,lv_tags,lv_size,origin,data_percent,metadata_percent", group}})
	if err != nil {
		return nil, err
	}
	var report struct {
		Report []struct {
			LV []volume `json:"lv"`
		} `json:"report"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("lvs: the report cannot be read: %w", err)
	}
	if len(report.Report) != 1 {
		return nil, fmt.Errorf("lvs: %d reports", len(report.Report))
	}
	return report.Report[0].LV, nil
}

// find returns the volume of the side root; nil where there is none.
func (r lvmRoot) find(ctx context.Context, e *Env) (*volume, error) {
	list, err := volumes(ctx, e, r.l.Group())
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		if v.Name == r.l.Volume() {
			return &v, nil
		}
	}
	return nil, nil
}

// maxPool is how full a thin pool may be, in percent: guests stop when it is full.
const maxPool = 80

func (r lvmRoot) prepare(ctx context.Context, e *Env) (nothing, error) {
	list, err := volumes(ctx, e, r.l.Group())
	if err != nil {
		return nothing{}, err
	}
	_, pool, _ := strings.Cut(r.l.Source, "/")
	found := pool == ""
	for _, v := range list {
		if v.Name == r.l.Volume() {
			return nothing{}, fmt.Errorf("%s: is there already: an earlier run was not rolled back, or it is somebody else's", r.l.Root)
		}
		if pool == "" || v.Name != pool {
			continue
		}
		found = true
		if err := r.room(ctx, e, v); err != nil {
			return nothing{}, fmt.Errorf("thin pool %s: %w", r.l.Source, err)
		}
	}
	if !found {
		return nothing{}, fmt.Errorf("thin pool %s: is not there", r.l.Source)
	}
	return nothing{}, nil
}

// room refuses a thin pool that the new system would fill: neither how full it is now, nor with the closure in it, may it be fuller than maxPool.
func (r lvmRoot) room(ctx context.Context, e *Env, pool volume) error {
	for _, p := range []struct{ what, percent string }{{"data", pool.Data}, {"metadata", pool.Metadata}} {
		if n, err := strconv.ParseFloat(p.percent, 64); err != nil || n > maxPool {
			return fmt.Errorf("its %s is %s %% full, more than %d %%", p.what, p.percent, maxPool)
		}
	}
	bytes, err := strconv.ParseFloat(pool.Size, 64)
	if err != nil {
		return fmt.Errorf("its size %q cannot be read", pool.Size)
	}
	full, err := strconv.ParseFloat(pool.Data, 64)
	if err != nil {
		return err
	}
	size, err := closureSize(ctx, e)
	if err == nil && bytes*full/100+float64(size) > bytes*maxPool/100 {
		err = fmt.Errorf("with the closure of %d MiB it would be more than %d %% full", size>>20, maxPool)
	}
	return err
}

func (r lvmRoot) do(ctx context.Context, e *Env, _ nothing) error {
	v, err := r.find(ctx, e)
	if err != nil {
		return err
	}
	if v == nil {
		args := append([]string{"--yes", "--quiet", "--addtag", mark(e.RunID), "--wipesignatures", "n", "--name", r.l.Volume()}, noBackups...)
		size := strconv.FormatInt(r.l.Bytes, 10) + "b"
		if r.l.Kind == "lvm-thin" {
			_, pool, _ := strings.Cut(r.l.Source, "/")
			args = append(args, "--type", "thin", "--virtualsize", size, "--thinpool", pool, r.l.Group())
		} else {
			args = append(args, "--size", size, r.l.Source)
		}
		if _, err := e.Run(ctx, Command{Name: "lvcreate", Args: args, Timeout: storageTimeout}); err != nil {
			return err
		}
	} else if !r.ours(e, v) {
		return fmt.Errorf("%s: is not of this run", r.l.Root)
	}
	if at, err := e.Mounted(plan.RootAt); err != nil || at != "" {
		return err // it has its file system
	}
	_, err = e.Run(ctx, Command{Name: "mkfs.ext4", Args: []string{"-q", "-F", "-L", "pve2nix", r.l.Root}, Timeout: storageTimeout})
	return err
}

// storageTimeout is how long a command of a storage may take: a pool or group that is busy answers late.
const storageTimeout = 5 * time.Minute

func (r lvmRoot) ours(e *Env, v *volume) bool {
	for tag := range strings.SplitSeq(v.Tags, ",") {
		if tag == mark(e.RunID) {
			return true
		}
	}
	return false
}

func (r lvmRoot) verify(ctx context.Context, e *Env, _ nothing) error {
	v, err := r.find(ctx, e)
	if err != nil {
		return err
	}
	if v == nil || !r.ours(e, v) {
		return fmt.Errorf("%s: is not there", r.l.Root)
	}
	if at, err := e.Mounted(plan.RootAt); err != nil || at != "" {
		return err // what is mounted cannot be checked, and has been
	}
	_, err = e.Run(ctx, Command{Name: "e2fsck", Args: []string{"-n", r.l.Root}, Timeout: storageTimeout})
	return err
}

func (r lvmRoot) undo(ctx context.Context, e *Env, _ nothing) error {
	v, err := r.find(ctx, e)
	if err != nil || v == nil || !r.ours(e, v) {
		return err
	}
	if r.l.Kind == "lvm" { // lvremove would take the snapshots of a volume along
		list, err := volumes(ctx, e, r.l.Group())
		if err != nil {
			return err
		}
		for _, s := range list {
			if s.Origin == r.l.Volume() {
				return fmt.Errorf("%s: somebody made a snapshot of it, %s: remove that first", r.l.Root, s.Name)
			}
		}
	}
	args := append([]string{"--yes", "--quiet"}, noBackups...)
	if _, err := e.Run(ctx, Command{Name: "lvremove", Args: append(args, r.l.Group()+"/"+r.l.Volume()), Timeout: storageTimeout}); err != nil {
		return err
	}
	if v, err = r.find(ctx, e); err == nil && v != nil {
		err = fmt.Errorf("%s: is still there", r.l.Root)
	}
	return err
}

// zfsRoot is a data set.
type zfsRoot struct{ l plan.Layout }

// runProperty is the property of a data set that names the run which made it.
const runProperty = "pve2nix:run"

// find says which run made the data set; there is false where there is none.
func (r zfsRoot) find(ctx context.Context, e *Env) (run string, there bool, err error) {
	out, err := e.Run(ctx, Command{Name: "zfs", Args: []string{"list", "-H", "-r", "-d", "1", "-t", "filesystem", "-o", "name," + runProperty, path.Dir(r.l.Root)}})
	if err != nil {
		return "", false, err
	}
	for line := range strings.Lines(string(out)) {
		if name, run, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); name == r.l.Root {
			return run, true, nil
		}
	}
	return "", false, nil
}

func (r zfsRoot) prepare(ctx context.Context, e *Env) (nothing, error) {
	_, there, err := r.find(ctx, e)
	if err == nil && there {
		err = fmt.Errorf("%s: is there already: an earlier run was not rolled back, or it is somebody else's", r.l.Root)
	}
	return nothing{}, errors.Join(err, sameHostID(ctx, e))
}

// hostIDAt is where the kernel shows the id of the host that ZFS writes into pools, in hexadecimal digits; 0 where there is none.
const hostIDAt = "/proc/sys/kernel/spl/hostid"

// sameHostID refuses a system with another id than this one. Neither of two systems imports a pool that the other had: the new one
// would not start, and where it is made to, Proxmox VE would not start again.
func sameHostID(ctx context.Context, e *Env) error {
	text, err := readFile(e, hostIDAt)
	if err != nil {
		return err
	}
	here, err := strconv.ParseUint(strings.TrimSpace(string(text)), 16, 32)
	if err != nil {
		return fmt.Errorf("%s: %w", hostIDAt, err)
	}
	data, err := systemText(ctx, e, "/etc/hostid")
	if err != nil {
		return fmt.Errorf("ZFS: the new system has no host id (networking.hostId): %w", err)
	}
	if there := binary.LittleEndian.AppendUint32(nil, uint32(here)); data != string(there) {
		return fmt.Errorf("ZFS: the host id of Proxmox VE is %08x, and that of the new system another one: it would not import the pool; set networking.hostId = \"%08x\" and build again", here, here)
	}
	return nil
}

func (r zfsRoot) do(ctx context.Context, e *Env, _ nothing) error {
	run, there, err := r.find(ctx, e)
	if err != nil {
		return err
	}
	if there {
		if run != e.RunID {
			return fmt.Errorf("%s: is not of this run", r.l.Root)
		}
		return nil
	}
	_, err = e.Run(ctx, Command{Name: "zfs", Args: []string{
		"create", "-o", "canmount=noauto", "-o", "mountpoint=legacy", "-o", "acltype=posixacl", "-o", "xattr=sa", "-o", runProperty + "=" + e.RunID, r.l.Root,
	}, Timeout: storageTimeout})
	return err
}

func (r zfsRoot) verify(ctx context.Context, e *Env, _ nothing) error {
	run, there, err := r.find(ctx, e)
	if err == nil && (!there || run != e.RunID) {
		err = fmt.Errorf("%s: is not there", r.l.Root)
	}
	return err
}

func (r zfsRoot) undo(ctx context.Context, e *Env, _ nothing) error {
	run, there, err := r.find(ctx, e)
	if err != nil || !there || run != e.RunID {
		return err
	}
	if err := r.dropSnapshots(ctx, e); err != nil {
		return err
	}
	if _, err := e.Run(ctx, Command{Name: "zfs", Args: []string{"destroy", r.l.Root}, Timeout: storageTimeout}); err != nil {
		return err
	}
	if _, there, err = r.find(ctx, e); err == nil && there {
		err = fmt.Errorf("%s: is still there", r.l.Root)
	}
	return err
}

// dropSnapshots removes the snapshots of the side root: tools take them of all that is in a pool, by the hour, and they hold nothing else. What has been made below it is somebody's.
func (r zfsRoot) dropSnapshots(ctx context.Context, e *Env) error {
	out, err := e.Run(ctx, Command{Name: "zfs", Args: []string{"list", "-H", "-r", "-d", "1", "-t", "all", "-o", "name", r.l.Root}})
	if err != nil {
		return err
	}
	some := false
	for line := range strings.Lines(string(out)) {
		name := strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(name, r.l.Root+"@"):
			some = true
		case name != r.l.Root && !strings.HasPrefix(name, r.l.Root+"#"): // a bookmark goes with its data set
			return fmt.Errorf("%s: somebody made %s in it: keep or remove that first", r.l.Root, name)
		}
	}
	if !some {
		return nil
	}
	_, err = e.Run(ctx, Command{Name: "zfs", Args: []string{"destroy", r.l.Root + "@%"}, Timeout: storageTimeout}) // all of them
	return err
}

// btrfsRoot is a subvolume at the top of the file system.
type btrfsRoot struct{ l plan.Layout }

const (
	// topAt is where the top of a btrfs is mounted while a subvolume is made or removed.
	topAt = "/run/pve2nix/top"
	// runAttribute names the run that made a subvolume.
	runAttribute = "user.pve2nix.run"
)

// withTop mounts the top of the file system for the time of f.
func (r btrfsRoot) withTop(e *Env, f func(name string) error) (err error) {
	if _, err := makeDirs(e, topAt, 0o700); err != nil {
		return err
	}
	left, err := e.Mounted(topAt)
	if err != nil {
		return err
	}
	if left != "" {
		if err := e.Unmount(topAt); err != nil {
			return err
		}
	}
	if err := e.Mount(r.l.Source, topAt, "btrfs", []string{"subvolid=5"}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Unmount(topAt)) }()
	return f(path.Join(topAt, r.l.Subvolume))
}

func (r btrfsRoot) prepare(ctx context.Context, e *Env) (nothing, error) {
	return nothing{}, r.withTop(e, func(name string) error {
		if err := unused(e, name); err != nil {
			return err
		}
		return r.room(ctx, e)
	})
}

// leastFree is what a conversion leaves of a btrfs, a chunk of metadata: without it nothing on it can be changed, PVE's root included.
const leastFree = 1 << 30

// room refuses a file system that the closure would fill.
func (r btrfsRoot) room(ctx context.Context, e *Env) error {
	free, err := e.Free(topAt)
	if err != nil {
		return err
	}
	size, err := closureSize(ctx, e)
	if need := size + size/10 + leastFree; err == nil && free < need {
		err = fmt.Errorf("%s: %d MiB are free, %d MiB are needed: the closure, and what Proxmox VE must keep", r.l.Source, free>>20, need>>20)
	}
	return err
}

func (r btrfsRoot) do(ctx context.Context, e *Env, _ nothing) error {
	return r.withTop(e, func(name string) error {
		found, err := exists(e, name)
		if err != nil {
			return err
		}
		if !found {
			if _, err := e.Run(ctx, Command{Name: "btrfs", Args: []string{"subvolume", "create", name}}); err != nil {
				return err
			}
		} else if err := r.ours(e, name); err != nil {
			return err
		}
		return e.SetXattr(name, runAttribute, []byte(e.RunID))
	})
}

// ours refuses a subvolume that is not of this run: one with its mark, or one that was cut off before it got the mark, and is empty.
func (r btrfsRoot) ours(e *Env, name string) error {
	attributes, err := e.Xattrs(name)
	if err != nil {
		return err
	}
	if string(attributes[runAttribute]) == e.RunID {
		return nil
	}
	entries, err := e.ReadDir(name)
	if err != nil {
		return err
	}
	if len(attributes[runAttribute]) > 0 || len(entries) > 0 {
		return &fs.PathError{Op: "create", Path: name, Err: errors.New("is not of this run")}
	}
	return nil
}

func (r btrfsRoot) verify(_ context.Context, e *Env, _ nothing) error {
	return r.withTop(e, func(name string) error {
		attributes, err := e.Xattrs(name)
		if err == nil && string(attributes[runAttribute]) != e.RunID {
			err = &fs.PathError{Op: "create", Path: name, Err: errors.New("has not the mark of this run")}
		}
		return err
	})
}

func (r btrfsRoot) undo(ctx context.Context, e *Env, _ nothing) error {
	return r.withTop(e, func(name string) error {
		found, err := exists(e, name)
		if err != nil || !found {
			return err
		}
		if err := r.ours(e, name); err != nil {
			return err
		}
		if err := r.remove(ctx, e, name); err != nil {
			return err
		}
		if found, err = exists(e, name); err == nil && found {
			err = fmt.Errorf("%s: is still there", name)
		}
		return err
	})
}

// remove removes a subvolume of this run with those in it: systemd makes some in a root that was started.
func (r btrfsRoot) remove(ctx context.Context, e *Env, name string) error {
	out, err := e.Run(ctx, Command{Name: "btrfs", Args: []string{"subvolume", "list", "-o", name}}) // those right below it
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(out)) {
		_, at, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " path ")
		inner := path.Join(topAt, at)
		if !ok || !strings.HasPrefix(inner, name+"/") {
			return fmt.Errorf("btrfs subvolume list: %q is not below %s", strings.TrimSpace(line), name)
		}
		if err := r.remove(ctx, e, inner); err != nil {
			return err
		}
	}
	_, err = e.Run(ctx, Command{Name: "btrfs", Args: []string{"subvolume", "delete", "--commit-after", name}, Timeout: storageTimeout})
	return err
}

// mountRoot mounts the side root.
type mountRoot struct{ plan.MountRoot }

func (mountRoot) prepare(_ context.Context, e *Env) (nothing, error) {
	source, err := e.Mounted(plan.RootAt)
	if err == nil && source != "" {
		err = fmt.Errorf("%s: %s is mounted there already", plan.RootAt, source)
	}
	return nothing{}, err
}

func (a mountRoot) do(_ context.Context, e *Env, _ nothing) error {
	if source, err := e.Mounted(plan.RootAt); err != nil || source != "" {
		return errors.Join(err, a.right(e))
	}
	if _, err := makeDirs(e, plan.RootAt, 0o700); err != nil {
		return err
	}
	source, fstype, options := a.Layout.Root, "ext4", []string{"noatime"}
	switch a.Layout.Kind {
	case "zfs":
		fstype = "zfs"
	case "btrfs":
		source, fstype, options = a.Layout.Source, "btrfs", append(options, "subvol="+a.Layout.Subvolume)
	}
	return e.Mount(source, plan.RootAt, fstype, options)
}

func (a mountRoot) verify(_ context.Context, e *Env, _ nothing) error { return a.right(e) }

// right sees that what is mounted is the side root of this run.
func (a mountRoot) right(e *Env) error {
	source, err := e.Mounted(plan.RootAt)
	if err != nil {
		return err
	}
	if a.Layout.Kind != "btrfs" {
		if source != a.Layout.Root {
			return fmt.Errorf("%s: %q is mounted there, not %s", plan.RootAt, source, a.Layout.Root)
		}
		return nil
	}
	attributes, err := e.Xattrs(plan.RootAt) // the kernel has its own names for the devices of a btrfs
	if err == nil && string(attributes[runAttribute]) != e.RunID {
		err = fmt.Errorf("%s: what is mounted there has not the mark of this run", plan.RootAt)
	}
	return err
}

func (mountRoot) undo(ctx context.Context, e *Env, _ nothing) error {
	return unmountRoot{}.do(ctx, e, nothing{})
}

// unmountRoot writes the side root out and unmounts it.
type unmountRoot struct{}

func (unmountRoot) prepare(context.Context, *Env) (nothing, error) { return nothing{}, nil }

func (unmountRoot) do(_ context.Context, e *Env, _ nothing) error {
	source, err := e.Mounted(plan.RootAt)
	if err != nil || source == "" {
		return err
	}
	return e.Unmount(plan.RootAt)
}

func (unmountRoot) verify(_ context.Context, e *Env, _ nothing) error {
	source, err := e.Mounted(plan.RootAt)
	if err == nil && source != "" {
		err = fmt.Errorf("%s is still mounted at %s", source, plan.RootAt)
	}
	return err
}

func (unmountRoot) undo(context.Context, *Env, nothing) error { return nil }
