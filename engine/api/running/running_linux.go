// Package running is the running host behind the API: what the kernel, systemd and the managers of guests say. It reads and
// asks, and changes nothing.
package running

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/api"
)

// The bounds: how long anybody is waited for, how long an answer is given again, how long a first reading of the processors
// takes, and how much of a file is read.
const (
	bound    = 5 * time.Second
	fresh    = 2 * time.Second
	full     = 10 * time.Second // PVE looks at storages as often
	glance   = 200 * time.Millisecond
	largest  = 4 << 20
	tickRate = 100
)

// Host is the running host.
type Host struct {
	// Incus and Libvirt are the sockets of the managers of guests; empty for one that there is not.
	Incus, Libvirt string
	// proc and sys are where the kernel shows itself.
	proc, sys string

	cpu struct {
		sync.Mutex
		at         time.Time
		last       times
		used, wait float64
	}
	guests struct {
		sync.Mutex
		at   time.Time
		list map[int]api.Guest
		err  error
		// before are the processor times by guest, in nanoseconds.
		before map[int]reading
	}
	// spaces are how full storages were, and file systems that are being asked: one that hangs is asked once.
	spaces struct {
		sync.Mutex
		asked map[string]chan struct{}
		last  map[api.Store]filled
	}
}

// filled is how full a storage was.
type filled struct {
	at    time.Time
	space *api.Space
	err   error
}

// reading is how much processor time was used at a time.
type reading struct {
	at   time.Time
	used uint64
	part float64
}

// New is this host. target is what it was converted to, which says who manages its guests, also while he does not run;
// empty asks whose socket is there.
func New(target string) *Host {
	h := &Host{proc: "/proc", sys: "/sys"}
	there := func(socket string) bool {
		_, err := os.Stat(socket)
		return err == nil
	}
	if target == "incus" || target == "" && there(IncusSocket) {
		h.Incus = IncusSocket
	}
	if target == "libvirt" || target == "" && there(LibvirtSocket) {
		h.Libvirt = LibvirtSocket
	}
	return h
}

// Target is what the managers of guests on this host say it was converted to; empty where there is none.
func (h *Host) Target() string {
	switch {
	case h.Incus != "":
		return "incus"
	case h.Libvirt != "":
		return "libvirt"
	}
	return ""
}

// Now is the time.
func (*Host) Now() time.Time { return time.Now() }

func (h *Host) read(name string) string {
	f, err := os.Open(filepath.Join(h.proc, name))
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	data, _ := io.ReadAll(io.LimitReader(f, largest))
	return string(data)
}

// Node is the machine.
func (h *Host) Node(ctx context.Context) (*api.Node, error) {
	n := &api.Node{
		Uptime: readUptime(h.read("uptime")), Load: readLoad(h.read("loadavg")), Processor: readCPUInfo(h.read("cpuinfo")),
	}
	if n.Uptime == 0 {
		return nil, errors.New("/proc/uptime is not there")
	}
	n.Memory, n.Swap = readMeminfo(h.read("meminfo"))
	n.CPU, n.Wait = h.load(ctx)
	if text, err := os.ReadFile(filepath.Join(h.sys, "kernel/mm/ksm/pages_sharing")); err == nil {
		pages, _ := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
		n.Shared = pages * int64(os.Getpagesize())
	}
	root, err := h.statfs(ctx, "/")
	if err != nil {
		return nil, err
	}
	n.Root = *root
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return nil, err
	}
	n.Kernel = api.Kernel{
		Name: unix.ByteSliceToString(u.Sysname[:]), Release: unix.ByteSliceToString(u.Release[:]),
		Version: unix.ByteSliceToString(u.Version[:]), Machine: unix.ByteSliceToString(u.Machine[:]),
	}
	if _, err := os.Stat(filepath.Join(h.sys, "firmware/efi")); err == nil {
		n.EFI = true
		// Four bytes of attributes, then the value.
		if data, err := os.ReadFile(filepath.Join(h.sys, "firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c")); err == nil && len(data) == 5 {
			on := data[4] == 1
			n.SecureBoot = &on
		}
	}
	return n, nil
}

// load is how busy the processors are, from one question to the next; the first is answered after a glance.
func (h *Host) load(ctx context.Context) (used, wait float64) {
	c := &h.cpu
	c.Lock()
	defer c.Unlock()
	now, ok := readStat(h.read("stat"))
	if !ok {
		return 0, 0
	}
	switch {
	case c.at.IsZero():
		c.last = now
		select {
		case <-time.After(glance):
		case <-ctx.Done():
			return 0, 0
		}
		now, _ = readStat(h.read("stat"))
	case time.Since(c.at) < fresh:
		return c.used, c.wait
	}
	c.used, c.wait = now.since(c.last)
	c.last, c.at = now, time.Now()
	return c.used, c.wait
}

// statfs asks a file system within a bound: a server that is gone must not hang who asks.
func (h *Host) statfs(ctx context.Context, path string) (*api.Space, error) {
	s := &h.spaces
	s.Lock()
	if s.asked == nil {
		s.asked = map[string]chan struct{}{}
	}
	if s.asked[path] != nil {
		s.Unlock()
		return nil, errors.New(path + " does not answer")
	}
	done := make(chan struct{})
	s.asked[path] = done
	s.Unlock()
	var f unix.Statfs_t
	var err error
	go func() {
		err = unix.Statfs(path, &f)
		s.Lock()
		delete(s.asked, path)
		s.Unlock()
		close(done)
	}()
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	select {
	case <-done:
	case <-ctx.Done():
		return nil, errors.New(path + " does not answer")
	}
	if err != nil {
		return nil, &fs.PathError{Op: "statfs", Path: path, Err: err}
	}
	block := int64(f.Frsize)
	return &api.Space{Total: int64(f.Blocks) * block, Used: int64(f.Blocks-f.Bfree) * block, Available: int64(f.Bavail) * block}, nil
}

// Space is how full a storage is: its file system, or the pool of its name.
func (h *Host) Space(ctx context.Context, s api.Store) (*api.Space, error) {
	h.spaces.Lock()
	last, asked := h.spaces.last[s]
	h.spaces.Unlock()
	if asked && time.Since(last.at) < full {
		return last.space, last.err
	}
	space, err := h.askSpace(ctx, s)
	h.spaces.Lock()
	defer h.spaces.Unlock()
	if h.spaces.last == nil {
		h.spaces.last = map[api.Store]filled{}
	}
	h.spaces.last[s] = filled{time.Now(), space, err}
	return space, err
}

func (h *Host) askSpace(ctx context.Context, s api.Store) (*api.Space, error) {
	if s.Path != "" {
		if s.Mounted != "" && !readMounts(h.read("self/mountinfo"))[filepath.Clean(s.Mounted)] {
			return nil, api.ErrUnknown
		}
		return h.statfs(ctx, s.Path)
	}
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	if h.Incus != "" {
		if space, err := incusSpace(ctx, h.Incus, s.ID); err == nil {
			return space, nil
		}
	}
	if h.Libvirt != "" {
		if space, err := libvirtSpace(h.Libvirt, bound, s.ID); err == nil {
			return space, nil
		}
	}
	return nil, api.ErrUnknown
}

// Links are the network interfaces.
func (*Host) Links(context.Context) ([]api.Link, error) {
	list, err := netlink.LinkList()
	if err != nil {
		return nil, err
	}
	var out []api.Link
	for _, l := range list {
		a := l.Attrs()
		out = append(out, api.Link{
			Name: a.Name, Names: a.AltNames, Physical: l.Type() == "device" && a.EncapType == "ether",
			Up: a.RawFlags&unix.IFF_UP != 0 && a.OperState != netlink.OperDown && a.OperState != netlink.OperLowerLayerDown,
		})
	}
	return out, nil
}

// Units asks systemd.
func (*Host) Units(ctx context.Context, names [][]string) ([]api.Unit, error) {
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer func() { _ = bus.Close() }()
	manager := bus.Object("org.freedesktop.systemd1", "/org/freedesktop/systemd1")
	var all []string
	for _, list := range names {
		all = append(all, list...)
	}
	var found []struct {
		Name, Description, Load, Active, Sub, Following string
		Path                                            dbus.ObjectPath
		Job                                             uint32
		JobType                                         string
		JobPath                                         dbus.ObjectPath
	}
	if err := manager.CallWithContext(ctx, "org.freedesktop.systemd1.Manager.ListUnitsByNames", 0, all).Store(&found); err != nil {
		return nil, err
	}
	units := map[string]api.Unit{}
	for _, u := range found {
		if u.Load == "not-found" {
			continue
		}
		unit := api.Unit{Description: u.Description, Load: u.Load, Active: u.Active, Sub: u.Sub}
		_ = manager.CallWithContext(ctx, "org.freedesktop.systemd1.Manager.GetUnitFileState", 0, u.Name).Store(&unit.File)
		units[u.Name] = unit
	}
	out := make([]api.Unit, len(names))
	for i, list := range names {
		out[i] = api.Unit{Load: "not-found", Active: "inactive", Sub: "dead"}
		for _, name := range list {
			if u, there := units[name]; there {
				out[i] = u
				break
			}
		}
	}
	return out, nil
}

// Guests are those that the managers know; where there is no manager, those that run as processes of PVE's own.
func (h *Host) Guests(ctx context.Context) (map[int]api.Guest, error) {
	g := &h.guests
	g.Lock()
	defer g.Unlock()
	if !g.at.IsZero() && time.Since(g.at) < fresh {
		return g.list, g.err
	}
	g.list, g.err = h.askGuests(ctx)
	g.at = time.Now()
	return g.list, g.err
}

func (h *Host) askGuests(ctx context.Context) (map[int]api.Guest, error) {
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	now := time.Now()
	out := map[int]api.Guest{}
	used := map[int]uint64{}
	machines := h.machines()
	if h.Incus != "" {
		list, err := instances(ctx, h.Incus)
		if err != nil {
			return nil, err
		}
		for vmid, i := range list {
			out[vmid], used[vmid] = i.guest(now)
		}
	}
	if h.Libvirt != "" {
		list, err := domains(h.Libvirt, bound)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			guest, time := guestOf(d.numbers)
			for _, m := range machines {
				if guest.Running && m.uuid == d.uuid {
					guest.PID = m.pid
				}
			}
			out[d.vmid], used[d.vmid] = guest, time
		}
	}
	if h.Incus == "" && h.Libvirt == "" {
		for _, m := range machines {
			if m.vmid == 0 {
				continue
			}
			guest := api.UnknownGuest()
			guest.Running, guest.PID, guest.Memory, guest.HostMemory = true, m.pid, m.resident, m.resident
			out[m.vmid], used[m.vmid] = guest, m.used*uint64(time.Second/tickRate)
		}
		if len(out) == 0 {
			return nil, api.ErrUnknown // nobody says that there are none
		}
	}
	uptime := readUptime(h.read("uptime"))
	processors := readCPUInfo(h.read("cpuinfo")).Threads
	before := h.guests.before
	h.guests.before = map[int]reading{}
	for vmid, guest := range out {
		if !guest.Running {
			continue
		}
		if guest.PID > 0 && guest.Uptime < 0 {
			if p, ok := readProcess(guest.PID, h.read(strconv.Itoa(guest.PID)+"/stat"), int64(os.Getpagesize())); ok {
				guest.Uptime = max(uptime-int64(p.started/tickRate), 0)
			}
		}
		r := reading{at: now, used: used[vmid]}
		if last, has := before[vmid]; has && now.After(last.at) && r.used >= last.used {
			cpus := guest.CPUs
			if cpus <= 0 {
				cpus = max(processors, 1)
			}
			r.part = min(float64(r.used-last.used)/float64(now.Sub(last.at))/float64(cpus), 1)
		}
		guest.CPU = r.part // as at PVE the first question of a guest gets 0
		h.guests.before[vmid], out[vmid] = r, guest
	}
	return out, nil
}

// running is a process that runs a machine.
type running struct {
	process
	vmid       int
	uuid, name string
}

// machines are the processes of QEMU.
func (h *Host) machines() []running {
	entries, err := os.ReadDir(h.proc)
	if err != nil {
		return nil
	}
	var out []running
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		vmid, uuid, name, is := machineOf(h.read(e.Name() + "/cmdline"))
		if !is {
			continue
		}
		if p, ok := readProcess(pid, h.read(e.Name()+"/stat"), int64(os.Getpagesize())); ok {
			out = append(out, running{p, vmid, uuid, name})
		}
	}
	return out
}
