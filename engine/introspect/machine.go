package introspect

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
)

// machine is the Host that a capture usually sees: this machine, or a tree of files on it.
type machine struct {
	*tree
	live       bool
	busAddress string
}

// openMachine opens the tree at root. The tree at / is the running host.
func openMachine(root, busAddress string) (*machine, error) {
	root = filepath.Clean(cmp.Or(root, "/"))
	live := root == "/"
	if live {
		busAddress = cmp.Or(busAddress, os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"), DefaultBusAddress)
	}
	if busAddress != "" {
		if err := CheckBusAddress(busAddress); err != nil {
			return nil, err
		}
	}
	t, err := openTree(root)
	if err != nil {
		return nil, err
	}
	return &machine{tree: t, live: live, busAddress: busAddress}, nil
}

func (m *machine) Live() bool { return m.live }

func (m *machine) Bus(ctx context.Context) (Bus, error) {
	if m.busAddress == "" {
		return nil, errNoBus
	}
	return dialBus(ctx, m.busAddress)
}

func (m *machine) Network() (Network, error) {
	if !m.live {
		return nil, errNoNetwork
	}
	return openNetlink()
}
