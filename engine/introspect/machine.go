package introspect

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

// machine is the Host that a capture usually sees: this machine, or a tree of files on it.
type machine struct {
	*tree
	live       bool
	busAddress string
}

// Open opens this machine, or the tree of files below root, and says how it is closed. An empty root or / is the running
// host, an empty busAddress what Options says of it.
func Open(root, busAddress string) (host Host, closeHost func(), err error) {
	m, err := openMachine(root, busAddress)
	if err != nil {
		return nil, nil, err
	}
	return m, func() { m.Close() }, nil
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
	if live {
		for _, dir := range servedMounts("/proc/self/mountinfo") {
			t.serves(dir)
		}
	}
	return &machine{tree: t, live: live, busAddress: busAddress}, nil
}

// servedMounts are where file systems are mounted that another machine or a program serves: a dead one holds up whoever
// looks at it. Without the list only pmxcfs is known to be one.
func servedMounts(mountinfo string) []string {
	data, err := os.ReadFile(mountinfo)
	if err != nil {
		return nil
	}
	var dirs []string
	for _, m := range formats.MountInfo(data) {
		if slices.Contains([]string{"nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "afs", "lustre", "fuse"}, m.Type) || strings.HasPrefix(m.Type, "fuse.") {
			dirs = append(dirs, m.Target)
		}
	}
	return dirs
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

// errNotSocket is the error of a path that leads to something that nobody can listen on.
var errNotSocket = errors.New("not a socket")

func (m *machine) Dial(ctx context.Context, name string) (net.Conn, error) {
	if !m.live {
		return nil, errNoNetwork
	}
	resolved, err := m.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := m.Lstat(resolved)
	if err != nil {
		return nil, err
	}
	if info.Mode()&fs.ModeSocket == 0 {
		return nil, &fs.PathError{Op: "dial", Path: name, Err: errNotSocket}
	}
	return new(net.Dialer).DialContext(ctx, "unix", resolved)
}
