package running

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/digitalocean/go-libvirt"
	"github.com/digitalocean/go-libvirt/socket/dialers"

	"github.com/pve2nix/pve2nix/engine/api"
)

// LibvirtSocket is where libvirt answers those who may only read.
const LibvirtSocket = "/run/libvirt/libvirt-sock-ro"

// domain is a guest of libvirt.
type domain struct {
	vmid       int
	uuid, name string
	numbers    map[string]uint64
}

// libvirtSession asks within a bound: a daemon that hangs must not hang who asks.
func libvirtSession[T any](socket string, bound time.Duration, ask func(*libvirt.Libvirt) (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	l := libvirt.NewWithDialer(dialers.NewLocal(dialers.WithSocket(socket), dialers.WithLocalTimeout(bound)))
	go func() {
		var o outcome
		if o.err = l.ConnectToURI(libvirt.QEMUSystem); o.err == nil {
			o.value, o.err = ask(l)
		}
		done <- o
	}()
	var o outcome
	select {
	case o = <-done:
	case <-time.After(bound):
		o.err = fmt.Errorf("libvirt does not answer within %s", bound)
	}
	go func() { _ = l.Disconnect() }()
	return o.value, o.err
}

// domains are the guests of libvirt that came from PVE.
func domains(socket string, bound time.Duration) ([]domain, error) {
	return libvirtSession(socket, bound, func(l *libvirt.Libvirt) ([]domain, error) {
		all, _, err := l.ConnectListAllDomains(1, 0)
		if err != nil {
			return nil, err
		}
		kinds := libvirt.DomainStatsState | libvirt.DomainStatsCPUTotal | libvirt.DomainStatsBalloon | libvirt.DomainStatsVCPU |
			libvirt.DomainStatsInterface | libvirt.DomainStatsBlock
		stats, err := l.ConnectGetAllDomainStats(all, uint32(kinds), uint32(libvirt.ConnectGetAllDomainsStatsNowait))
		if err != nil {
			return nil, err
		}
		var out []domain
		for _, record := range stats {
			text, err := l.DomainGetXMLDesc(record.Dom, 0)
			if err != nil {
				continue // it went away meanwhile
			}
			vmid, is := vmidOf(text)
			if !is {
				continue
			}
			d := domain{vmid: vmid, name: record.Dom.Name, numbers: map[string]uint64{}}
			u := record.Dom.UUID
			d.uuid = fmt.Sprintf("%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
			for _, p := range record.Params {
				switch v := p.Value.I.(type) {
				case int32:
					d.numbers[p.Field] = uint64(max(v, 0))
				case uint32:
					d.numbers[p.Field] = uint64(v)
				case int64:
					d.numbers[p.Field] = uint64(max(v, 0))
				case uint64:
					d.numbers[p.Field] = v
				}
			}
			out = append(out, d)
		}
		return out, nil
	})
}

// vmidOf is the number that a domain had at PVE, from its metadata.
func vmidOf(text string) (int, bool) {
	var d struct {
		Metadata struct {
			Guest struct {
				VMID string `xml:"vmid,attr"`
			} `xml:"https://pve2nix.org/xmlns/libvirt/guest/1 guest"`
		} `xml:"metadata"`
	}
	if err := xml.Unmarshal([]byte(text), &d); err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(d.Metadata.Guest.VMID)
	return n, err == nil && n > 0
}

// guestOf is the state of a domain, and the processor time that it has used in nanoseconds.
func guestOf(n map[string]uint64) (api.Guest, uint64) {
	g := api.UnknownGuest()
	switch libvirt.DomainState(n["state.state"]) {
	case libvirt.DomainRunning, libvirt.DomainBlocked:
		g.Running = true
	case libvirt.DomainPaused, libvirt.DomainPmsuspended:
		g.Running, g.State = true, "paused"
	case libvirt.DomainShutdown: // it is on its way down
		g.Running, g.State = true, "shutdown"
	}
	if !g.Running {
		return g, 0
	}
	take := func(field *int64, names ...string) {
		for _, name := range names {
			if v, has := n[name]; has {
				*field = int64(v) << 10 // libvirt counts memory in KiB
				return
			}
		}
	}
	take(&g.MaxMemory, "balloon.maximum")
	take(&g.HostMemory, "balloon.rss")
	if unused, has := n["balloon.unused"]; has && n["balloon.available"] >= unused {
		g.Memory = int64(n["balloon.available"]-unused) << 10
	} else {
		take(&g.Memory, "balloon.rss", "balloon.current")
	}
	if v, has := n["vcpu.current"]; has {
		g.CPUs = int(v)
	}
	sum := func(field *int64, prefix, suffix string) {
		for name, v := range n {
			if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix) {
				*field = max(*field, 0) + int64(v)
			}
		}
	}
	sum(&g.In, "net.", ".rx.bytes")
	sum(&g.Out, "net.", ".tx.bytes")
	sum(&g.Read, "block.", ".rd.bytes")
	sum(&g.Written, "block.", ".wr.bytes")
	return g, n["cpu.time"]
}

// libvirtSpace is how full a pool is; pools have the names of the storages.
func libvirtSpace(socket string, bound time.Duration, pool string) (*api.Space, error) {
	return libvirtSession(socket, bound, func(l *libvirt.Libvirt) (*api.Space, error) {
		p, err := l.StoragePoolLookupByName(pool)
		if err != nil {
			return nil, err
		}
		state, capacity, used, free, err := l.StoragePoolGetInfo(p)
		if err != nil {
			return nil, err
		}
		if libvirt.StoragePoolState(state) != libvirt.StoragePoolRunning {
			return nil, api.ErrUnknown
		}
		return &api.Space{Total: int64(capacity), Used: int64(used), Available: int64(free)}, nil
	})
}
