package main

import (
	"fmt"
	"net"
	"os"

	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// systemHere says which of the stand-ins this is, as the product tells them apart.
func systemHere() string {
	if _, err := os.Lstat("/etc/NIXOS"); err == nil {
		return talk.NixOS
	}
	return talk.PVE
}

// network gives a card its address and the machine its gateway: card, address, gateway. It stands in for what each of the systems has for that.
func network(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("want card, address and gateway, got %q", args)
	}
	for _, name := range []string{"lo", args[0]} {
		link, err := netlink.LinkByName(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := netlink.LinkSetUp(link); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if name == "lo" {
			continue
		}
		address, err := netlink.ParseAddr(args[1])
		if err != nil {
			return err
		}
		if err := netlink.AddrReplace(link, address); err != nil {
			return fmt.Errorf("%s: %w", args[1], err)
		}
		if err := netlink.RouteReplace(&netlink.Route{LinkIndex: link.Attrs().Index, Gw: net.ParseIP(args[2]), Protocol: 4}); err != nil {
			return fmt.Errorf("gateway %s: %w", args[2], err)
		}
	}
	return nil
}
