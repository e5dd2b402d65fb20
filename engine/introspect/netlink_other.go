//go:build !linux

package introspect

import "errors"

func openNetlink() (Network, error) {
	return nil, errors.New("netlink is part of Linux only")
}
