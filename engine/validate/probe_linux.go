package validate

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// kernelProber lets the kernel find a neighbour.
type kernelProber struct{}

const (
	// probePort is that of the service discard: a datagram there asks for nothing.
	probePort = 9
	// probePause is how often the kernel is asked what it found.
	probePause = 100 * time.Millisecond
)

// Reach sends a datagram, before which the kernel has to know the hardware address of the neighbour, and waits for what
// the kernel finds. It needs no right that not every process has. An answer that the kernel remembers from before, and
// has not confirmed, is not taken for one.
func (kernelProber) Reach(ctx context.Context, address netip.Addr, link string) (string, error) {
	routes, err := netlink.RouteGet(address.AsSlice())
	if err != nil {
		return "", fmt.Errorf("no route: %w", err)
	}
	if link == "" && len(routes) > 0 {
		if l, err := netlink.LinkByIndex(routes[0].LinkIndex); err == nil {
			link = l.Attrs().Name
		}
	}
	on, err := netlink.LinkByName(link)
	if err != nil {
		return "", fmt.Errorf("%s: %w", link, err)
	}
	if address.Is6() && address.IsLinkLocalUnicast() {
		address = address.WithZone(link)
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "udp", netip.AddrPortFrom(address, probePort).String())
	if err != nil {
		return "", permission(err)
	}
	defer conn.Close()
	family := unix.AF_INET6
	if address.Is4() {
		family = unix.AF_INET
	}
	sent := time.Time{}
	for {
		if time.Since(sent) > time.Second {
			// That the neighbour refuses what it got is an answer, too; the next write says so.
			if _, err := conn.Write([]byte{0}); err != nil && !errors.Is(err, unix.ECONNREFUSED) && !errors.Is(err, unix.EHOSTUNREACH) {
				return "", permission(err)
			} else if errors.Is(err, unix.EHOSTUNREACH) {
				return "", errSilent
			}
			sent = time.Now()
		}
		neighbours, err := netlink.NeighList(on.Attrs().Index, family)
		if err != nil {
			return "", permission(err)
		}
		for _, n := range neighbours {
			ip, ok := netip.AddrFromSlice(n.IP)
			if !ok || ip.Unmap() != address.WithZone("") {
				continue
			}
			switch {
			case n.State&(netlink.NUD_REACHABLE|netlink.NUD_PERMANENT|netlink.NUD_NOARP) != 0:
				return n.HardwareAddr.String(), nil
			case n.State&netlink.NUD_FAILED != 0:
				return "", errSilent
			}
		}
		select {
		case <-ctx.Done():
			return "", errSilent
		case <-time.After(probePause):
		}
	}
}

// permission says in one way that this process may not do something.
func permission(err error) error {
	if isPermission(err) {
		return errNotPermitted
	}
	return err
}
