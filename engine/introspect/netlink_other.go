//go:build !linux

package introspect

import (
	"errors"

	"github.com/vishvananda/netlink"
)

func openNetlink() (Network, error) {
	return nil, errors.New("netlink is part of Linux only")
}

func viaAddress(netlink.Destination) string { return "" }
