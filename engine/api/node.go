package api

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// version is that of PVE when the host was captured: clients decide by it what they may ask.
func (a *API) version(r *request) (any, error) {
	out := object{"version": a.snap.Host.PVEVersion, "release": release(a.snap.Host.PVEVersion), "repoid": unknownCommit}
	if r.path.Path == "/version" {
		if console, has := option(a.snap.Datacenter.Options, "console"); has {
			out["console"] = console
		}
	}
	return out, nil
}

// unknownCommit stands for the commit that PVE was built from, which no fact tells; PVE has hexadecimal digits there.
const unknownCommit = "0000000000000000"

// release is the release of a version: 8.4 of 8.4.1.
func release(version string) string {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return version
	}
	minor, _, _ := strings.Cut(parts[1], "-")
	return parts[0] + "." + minor
}

// option is the text of a line.
func option(lines []snapshot.Property, key string) (string, bool) {
	for i := len(lines) - 1; i >= 0; i-- { // of lines that are there twice the last stands
		if lines[i].Key == key && lines[i].Value != nil {
			return *lines[i].Value, true
		}
	}
	return "", false
}

// members are the nodes of the cluster, sorted; this host alone where it is in none, or has left it.
func (a *API) members() []snapshot.ClusterNode {
	out := slices.DeleteFunc(slices.Clone(a.snap.Cluster.Nodes), func(n snapshot.ClusterNode) bool {
		return a.alone && !n.Local || !n.Local && n.ID == 0
	})
	if !slices.ContainsFunc(out, func(n snapshot.ClusterNode) bool { return n.Local }) {
		out = append(out, snapshot.ClusterNode{Name: a.snap.Host.Name, Local: true})
	}
	slices.SortFunc(out, func(x, y snapshot.ClusterNode) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// clustered says whether the host is a member of a cluster.
func (a *API) clustered() bool { return a.snap.Cluster.Name != "" && !a.alone }

// nodeEntry is a node in lists.
func (a *API) nodeEntry(r *request, n snapshot.ClusterNode, stats bool) object {
	out := object{"id": "node/" + n.Name, "node": n.Name, "type": "node", "status": "unknown"}
	if !n.Local {
		if n.Online != nil {
			out["status"] = map[bool]string{true: "online", false: "offline"}[*n.Online]
		}
		return out
	}
	out["level"] = ""
	live, err := a.live.Node(r.ctx)
	if err != nil {
		if stats {
			if a.snap.Hardware.CPU.Threads > 0 {
				out["maxcpu"] = int64(a.snap.Hardware.CPU.Threads)
			}
			if a.snap.Hardware.MemoryKiB > 0 {
				out["maxmem"] = a.snap.Hardware.MemoryKiB << 10
			}
		}
		return out
	}
	out["status"] = "online"
	if stats {
		out["uptime"], out["cpu"], out["maxcpu"] = live.Uptime, live.CPU, int64(live.Processor.Threads)
		out["mem"], out["maxmem"], out["disk"], out["maxdisk"] = live.Memory.Used, live.Memory.Total, live.Root.Used, live.Root.Total
	}
	return out
}

func (a *API) nodes(r *request) (any, error) {
	var list []object
	for _, n := range a.members() {
		entry := a.nodeEntry(r, n, a.Access.Can(r.user, "/nodes/"+n.Name, "Sys.Audit"))
		if print := a.fingerprint(n.Name); print != "" {
			entry["ssl_fingerprint"] = print
		}
		list = append(list, entry)
	}
	return sorted(list, "node"), nil
}

// fingerprint is that of the certificate that PVE shows for a node.
func (a *API) fingerprint(node string) string {
	for _, name := range []string{"pveproxy-ssl.pem", "pve-ssl.pem"} {
		for _, c := range a.snap.Certificates {
			if c.Path == fmt.Sprintf("/etc/pve/nodes/%s/%s", node, name) {
				return c.Fingerprint
			}
		}
	}
	return ""
}

func (a *API) nodeStatus(r *request) (any, error) {
	out := object{
		"idle":       int64(0),
		"pveversion": fmt.Sprintf("pve-manager/%s/%s", a.snap.Host.PVEVersion, unknownCommit),
	}
	n, err := a.live.Node(r.ctx)
	if err != nil {
		cpu := a.snap.Hardware.CPU
		out["cpuinfo"] = processor(Processor{
			Vendor: cpu.Vendor, Family: cpu.Family, Model: cpu.Model, Flags: strings.Join(cpu.Flags, " "),
			Sockets: cpu.Sockets, Cores: cpu.Cores, Threads: cpu.Threads,
		})
		boot := object{"mode": "legacy-bios"}
		if a.snap.Hardware.Firmware.Kind == "uefi" {
			boot = object{"mode": "efi", "secureboot": truth(a.snap.Hardware.Firmware.SecureBoot)}
		}
		out["boot-info"] = boot
		return out, nil
	}
	boot := object{"mode": "legacy-bios"}
	if n.EFI {
		boot["mode"] = "efi"
		if n.SecureBoot != nil {
			boot["secureboot"] = truth(*n.SecureBoot)
		}
	}
	k := n.Kernel
	for name, value := range (object{
		"uptime": n.Uptime, "cpu": n.CPU, "wait": n.Wait, "boot-info": boot, "cpuinfo": processor(n.Processor),
		"loadavg":        []any{n.Load[0], n.Load[1], n.Load[2]},
		"kversion":       k.Name + " " + k.Release + " " + k.Version,
		"current-kernel": object{"sysname": k.Name, "release": k.Release, "version": k.Version, "machine": k.Machine},
		"memory":         object{"total": n.Memory.Total, "free": n.Memory.Free, "available": n.Memory.Available, "used": n.Memory.Used},
		"swap":           object{"total": n.Swap.Total, "used": n.Swap.Used, "free": n.Swap.Total - n.Swap.Used},
		"ksm":            object{"shared": n.Shared},
		"rootfs":         object{"total": n.Root.Total, "used": n.Root.Used, "avail": n.Root.Available, "free": n.Root.Total - n.Root.Used},
	}) {
		out[name] = value
	}
	return out, nil
}

// ticks is the unit of the kernel's processor times, which is the same on all machines that PVE runs on.
const ticks = 100

func processor(p Processor) object {
	out := object{
		"user_hz": int64(ticks), "model": p.Model, "flags": p.Flags, "hvm": "",
		"cpus": int64(max(p.Threads, 1)), "sockets": int64(max(p.Sockets, 1)), "cores": int64(max(p.Cores, 1)),
	}
	for _, flag := range strings.Fields(p.Flags) {
		if flag == "vmx" || flag == "svm" {
			out["hvm"] = "1"
		}
	}
	for name, text := range map[string]string{"vendor": p.Vendor, "family": p.Family, "mhz": p.MHz} {
		if text != "" {
			out[name] = text
		}
	}
	return out
}

func (a *API) time(r *request) (any, error) {
	zone := a.snap.System.TimeZone
	if zone == "" {
		zone = "UTC"
	}
	now := a.live.Now()
	if place, err := time.LoadLocation(zone); err == nil {
		now = now.In(place)
	}
	_, offset := now.Zone()
	return object{"timezone": zone, "time": now.Unix(), "localtime": now.Unix() + int64(offset)}, nil
}

func (a *API) dns(*request) (any, error) {
	out := object{}
	texts := func(lines []snapshot.Property) (out []string) {
		for _, p := range lines {
			if p.Value != nil {
				out = append(out, *p.Value)
			}
		}
		return out
	}
	for i, server := range texts(a.snap.Network.DNS.Nameservers) {
		if i < 3 {
			out[fmt.Sprintf("dns%d", i+1)] = server
		}
	}
	if search := texts(a.snap.Network.DNS.Search); len(search) > 0 {
		out["search"] = search[0]
	}
	return out, nil
}

func (a *API) services(r *request) (any, error) {
	list := names(a.knowledge.Services)
	units := make([][]string, len(list))
	for i, name := range list {
		units[i] = a.knowledge.Services[name]
		if _, captured := a.live.(Captured); captured {
			units[i] = []string{name + ".service"}
		}
	}
	states, err := a.live.Units(r.ctx, units)
	out := []any{}
	for i, name := range list {
		state := Unit{Sub: "unknown", File: "unknown", Active: "unknown"}
		if err == nil {
			state = states[i]
		}
		entry := object{"service": name, "name": name, "desc": state.Description, "state": word(state.Sub), "active-state": word(state.Active), "unit-state": word(state.File)}
		if state.Description == "" {
			entry["desc"] = name + ".service"
		}
		if state.Load == "not-found" {
			entry["unit-state"] = "not-found"
		}
		out = append(out, entry)
	}
	return out, nil
}

// word is a word of systemd, or what PVE says where there is none.
func word(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

func (a *API) service(r *request) (any, error) {
	if _, known := a.knowledge.Services[r.at["service"]]; !known {
		return nil, wrong(map[string]string{"service": fmt.Sprintf("value '%s' does not have a value in the enumeration '%s'", r.at["service"], strings.Join(names(a.knowledge.Services), ", "))})
	}
	list, err := a.services(r)
	if err != nil {
		return nil, err
	}
	for _, entry := range list.([]any) {
		if entry.(object)["service"] == r.at["service"] {
			return entry, nil
		}
	}
	return nil, fail(500, "no such service")
}
