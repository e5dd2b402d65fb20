package introspect

import (
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// netlinkTimeout bounds each answer of the kernel.
const netlinkTimeout = 5 * time.Second

// kernelNetwork is the Network of the running kernel.
type kernelNetwork struct {
	*netlink.Handle
}

func openNetlink() (Network, error) {
	handle, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return nil, err
	}
	if err := handle.SetSocketTimeout(netlinkTimeout); err != nil {
		handle.Close()
		return nil, err
	}
	return kernelNetwork{handle}, nil
}

func (n kernelNetwork) Links() ([]netlink.Link, error) { return n.LinkList() }

func (n kernelNetwork) Addresses() ([]netlink.Addr, error) {
	return n.AddrList(nil, netlink.FAMILY_ALL)
}

func (n kernelNetwork) Routes() ([]netlink.Route, error) {
	return n.RouteListFiltered(netlink.FAMILY_ALL, &netlink.Route{Table: unix.RT_TABLE_MAIN}, netlink.RT_FILTER_TABLE)
}
