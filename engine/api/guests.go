package api

import (
	"crypto/sha1" // PVE names the state of a configuration by SHA-1; nothing rests on it
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// The kinds of guests, as paths and facts name them.
const (
	machine   = "qemu"
	container = "lxc"
)

// vmids are the numbers of the guests of a kind, or of all, sorted.
func (a *API) vmids(kind string) []int {
	var out []int
	for vmid, g := range a.guests {
		if kind == "" || g.Type == kind {
			out = append(out, vmid)
		}
	}
	slices.Sort(out)
	return out
}

// value is the text of a key of a guest.
func value(g *snapshot.Guest, key string) (string, bool) { return option(g.Config, key) }

// field is a part of a key of a guest.
func field(g *snapshot.Guest, key, name string) string {
	for i := len(g.Config) - 1; i >= 0; i-- {
		if g.Config[i].Key != key {
			continue
		}
		for _, f := range g.Config[i].Fields {
			if f.Name == name && f.Value != nil {
				return *f.Value
			}
		}
		return ""
	}
	return ""
}

// number is the first whole number of a key, otherwise where it is none.
func number(g *snapshot.Guest, key string, otherwise int64) int64 {
	text, _ := value(g, key)
	if n, err := strconv.ParseInt(leadingDigits.FindString(text), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// leadingDigits begin a number, or the properties of memory (current=2048).
var leadingDigits = regexp.MustCompile(`[0-9]+`)

// size is a size as PVE writes it, in bytes.
func size(text string) int64 {
	m := sizeForm.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0
	}
	return int64(n * float64(map[string]int64{"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}[m[2]]))
}

var sizeForm = regexp.MustCompile(`^([0-9]{1,15}(?:\.[0-9]{1,6})?)([KMGT]?)$`)

// drives are the keys of drives in the order in which PVE looks for one to start from.
var drives = regexp.MustCompile(`^(ide|scsi|virtio|sata)[0-9]+$`)

// bootDisk is the size of the disk that a machine starts from.
func bootDisk(g *snapshot.Guest) int64 {
	boot, _ := value(g, "boot")
	order := strings.Split(field(g, "boot", "order"), ";")
	if order[0] == "" && strings.HasPrefix(boot, "order=") {
		order = strings.Split(strings.TrimPrefix(boot, "order="), ";")
	}
	if first, has := value(g, "bootdisk"); has {
		order = append(order, first)
	}
	for _, key := range order {
		if drives.MatchString(key) && field(g, key, "media") != "cdrom" {
			if n := size(field(g, key, "size")); n > 0 {
				return n
			}
		}
	}
	return 0
}

// memory is the bytes of a guest's memory where its configuration says none: that of PVE.
const (
	machineMemory   = 512
	containerMemory = 512
	rootSize        = 4 << 30
)

// guestStatic is what the configuration of a guest says of it.
func (a *API) guestStatic(g *snapshot.Guest) object {
	threads := int64(max(a.snap.Hardware.CPU.Threads, 1))
	out := object{"vmid": int64(g.VMID), "status": "unknown"}
	for _, key := range []string{"lock", "tags"} {
		if text, has := value(g, key); has {
			out[key] = text
		}
	}
	if on, _ := value(g, "template"); on != "" {
		if is, _ := boolean(on); is == 1 {
			out["template"] = int64(1)
		}
	}
	if g.Type == container {
		out["type"] = container
		name, has := value(g, "hostname")
		if !has {
			name = fmt.Sprintf("CT%d", g.VMID)
		}
		out["name"] = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, name)
		out["cpus"] = number(g, "cores", number(g, "cpulimit", threads))
		if out["cpus"] == int64(0) {
			out["cpus"] = threads
		}
		out["maxmem"], out["maxswap"] = number(g, "memory", containerMemory)<<20, number(g, "swap", 0)<<20
		out["maxdisk"] = size(field(g, "rootfs", "size"))
		if out["maxdisk"] == int64(0) {
			out["maxdisk"] = int64(rootSize)
		}
		return out
	}
	name, has := value(g, "name")
	if !has {
		name = fmt.Sprintf("VM %d", g.VMID)
	}
	out["name"] = name
	cpus := min(number(g, "sockets", 1)*number(g, "cores", 1), threads)
	out["cpus"] = number(g, "vcpus", cpus)
	out["maxmem"] = number(g, "memory", machineMemory) << 20
	out["maxdisk"] = bootDisk(g)
	if least := number(g, "balloon", 0); least > 0 {
		out["balloon_min"], out["shares"] = least<<20, number(g, "shares", 1000)
	}
	for i := range 4 {
		if _, has := value(g, fmt.Sprintf("serial%d", i)); has {
			out["serial"] = int64(1)
		}
	}
	return out
}

// counters are the fields of a state that are numbers, and what PVE sends of a guest that does not run.
func counters(g *snapshot.Guest, s Guest) map[string]int64 {
	out := map[string]int64{
		"uptime": s.Uptime, "mem": s.Memory, "netin": s.In, "netout": s.Out, "diskread": s.Read, "diskwrite": s.Written, "disk": s.Disk,
	}
	if g.Type == container {
		out["swap"] = s.Swap
	} else {
		out["memhost"] = s.HostMemory
	}
	return out
}

// guestEntry is a guest in the list of its node and on its page; known says whether somebody knows its state.
func (a *API) guestEntry(g *snapshot.Guest, s Guest, known bool) object {
	out := a.guestStatic(g)
	if g.Type == machine {
		out["qmpstatus"] = out["status"]
	}
	if !known {
		return out
	}
	if !s.Running {
		out["status"], out["cpu"] = "stopped", int64(0)
		for name := range counters(g, s) {
			out[name] = int64(0)
		}
		if g.Type == machine {
			out["qmpstatus"] = "stopped"
		}
		return out
	}
	out["status"] = "running"
	if g.Type == machine {
		out["qmpstatus"] = "running"
		if s.State != "" {
			out["qmpstatus"] = s.State
		}
	}
	for name, n := range counters(g, s) {
		if n >= 0 {
			out[name] = n
		}
	}
	if g.Type == machine && s.Disk < 0 {
		out["disk"] = int64(0) // PVE does not know it either
	}
	if s.CPU >= 0 {
		out["cpu"] = s.CPU
	}
	for name, n := range map[string]int64{"pid": int64(s.PID), "cpus": int64(s.CPUs), "maxmem": s.MaxMemory, "maxdisk": s.MaxDisk} {
		if n > 0 {
			out[name] = n
		}
	}
	return out
}

// guestResource is a guest in the list of resources.
func (a *API) guestResource(g *snapshot.Guest, s Guest, known bool) object {
	out := object{"id": fmt.Sprintf("%s/%d", g.Type, g.VMID), "vmid": int64(g.VMID), "node": g.Node, "type": g.Type, "status": "unknown"}
	from := a.guestEntry(g, s, known)
	for _, key := range []string{"lock", "tags", "name"} {
		if text, has := from[key]; has {
			out[key] = text
		}
	}
	out["template"] = int64(0)
	if from["template"] == int64(1) {
		out["template"] = int64(1)
	}
	out["maxcpu"], out["maxmem"], out["maxdisk"] = from["cpus"], from["maxmem"], from["maxdisk"]
	for _, key := range []string{"status", "uptime", "cpu", "mem", "memhost", "disk", "netin", "netout", "diskread", "diskwrite"} {
		if v, has := from[key]; has {
			out[key] = v
		}
	}
	return out
}

// kindOf is the kind of guests that a path speaks of.
func kindOf(r *request) string { return strings.Split(r.path.Path, "/")[3] }

func (a *API) guestList(r *request) (any, error) {
	states, err := a.live.Guests(r.ctx)
	out := []any{}
	for _, vmid := range a.vmids(kindOf(r)) {
		g := a.guests[vmid]
		if g.Local && a.Access.Can(r.user, fmt.Sprintf("/vms/%d", vmid), "VM.Audit") {
			entry := a.guestEntry(g, states[vmid], err == nil)
			if r.query["full"] != "1" {
				delete(entry, "qmpstatus")
			}
			out = append(out, entry)
		}
	}
	return out, nil
}

// guest is the guest that a path names.
func (a *API) guest(r *request) (*snapshot.Guest, error) {
	vmid, _ := strconv.Atoi(r.at["vmid"])
	g := a.guests[vmid]
	if g == nil || !g.Local || g.Type != kindOf(r) {
		folder := map[string]string{machine: "qemu-server", container: "lxc"}[kindOf(r)]
		return nil, fail(500, "Configuration file 'nodes/%s/%s/%d.conf' does not exist", a.snap.Host.Name, folder, vmid)
	}
	return g, nil
}

func (a *API) guestStatus(r *request) (any, error) {
	g, err := a.guest(r)
	if err != nil {
		return nil, err
	}
	states, err := a.live.Guests(r.ctx)
	out := a.guestEntry(g, states[g.VMID], err == nil)
	out["ha"] = a.ha(g)
	if g.Type == machine {
		if field(g, "agent", "enabled") == "1" || number(g, "agent", 0) == 1 {
			out["agent"] = int64(1)
		}
		kind := field(g, "vga", "type")
		if strings.HasPrefix(kind, "qxl") || strings.HasPrefix(kind, "virtio") {
			out["spice"] = int64(1)
		}
		if clipboard := field(g, "vga", "clipboard"); clipboard != "" {
			out["clipboard"] = clipboard
		}
	}
	return out, nil
}

// ha is what the HA manager has to do with a guest; nobody manages guests of a host that has left the cluster.
func (a *API) ha(g *snapshot.Guest) object {
	out := object{"managed": int64(0)}
	kind := map[string]string{machine: "vm", container: "ct"}[g.Type]
	for _, s := range a.snap.Cluster.HAResources {
		if a.alone || s.Type != kind || s.ID != strconv.Itoa(g.VMID) {
			continue
		}
		out["managed"] = int64(1)
		if group, has := option(s.Properties, "group"); has {
			out["group"] = group
		}
		for _, state := range a.snap.Cluster.HAState {
			if state.ID == kind+":"+s.ID {
				out["state"] = state.State
			}
		}
	}
	return out
}

// hidden is what PVE sends in the place of a secret.
const hidden = "**********"

func (a *API) guestConfig(r *request) (any, error) {
	if r.query["snapshot"] != "" && r.query["current"] == "1" {
		text := "cannot use 'snapshot' parameter with 'current'"
		return nil, wrong(map[string]string{"snapshot": text, "current": text})
	}
	g, err := a.guest(r)
	if err != nil {
		return nil, err
	}
	lines := g.Config
	if name := r.query["snapshot"]; name != "" {
		i := slices.IndexFunc(g.Snapshots, func(s snapshot.GuestSnapshot) bool { return s.Name == name })
		if i < 0 {
			return nil, fail(500, "snapshot '%s' does not exist", name)
		}
		lines = g.Snapshots[i].Config
	} else if r.query["current"] != "1" {
		lines = pending(lines, g.Pending)
	}
	out := object{}
	var raw []any
	digest := sha1.New()
	for _, p := range lines {
		text := hidden
		if p.Value != nil {
			text = *p.Value
		}
		fmt.Fprintf(digest, "%s: %s\n", p.Key, text)
		switch {
		case p.Unknown || p.Key == "digest" || p.Key == "lxc":
		case g.Type == container && strings.HasPrefix(p.Key, "lxc."):
			raw = append(raw, []any{p.Key, text})
		default:
			if v, is := a.typed(r.path, p.Key, text); is {
				out[p.Key] = v
			}
		}
	}
	if raw != nil {
		out["lxc"] = raw
	}
	out["digest"] = hex.EncodeToString(digest.Sum(nil))
	return out, nil
}

// pending are the lines with what waits for a restart.
func pending(lines, waiting []snapshot.Property) []snapshot.Property {
	gone := map[string]bool{}
	for _, p := range waiting {
		gone[p.Key] = true
		if p.Key == "delete" && p.Value != nil {
			for _, key := range strings.FieldsFunc(*p.Value, func(r rune) bool { return strings.ContainsRune(",; ", r) }) {
				gone[strings.TrimPrefix(key, "!")] = true
			}
		}
	}
	var out []snapshot.Property
	for _, p := range lines {
		if !gone[p.Key] {
			out = append(out, p)
		}
	}
	for _, p := range waiting {
		if p.Key != "delete" {
			out = append(out, p)
		}
	}
	return out
}

// typed is a text as PVE sends the key: what it calls a whole number or a boolean is a number on the wire. A text that is
// none is refused by PVE's reader, too.
func (a *API) typed(p *Path, key, text string) (any, bool) {
	f, known := p.Field(key)
	if a.snap.Host.PVEMajor > 0 && a.snap.Host.PVEMajor < f.WholeBefore {
		f.Type = "integer"
	}
	if !known || f.Text {
		return text, true
	}
	switch f.Type {
	case "boolean":
		n, is := boolean(text)
		return n, is
	case "integer":
		n, err := strconv.ParseInt(text, 10, 64)
		return n, err == nil
	}
	return text, true
}
