package introspect

import (
	"context"
	"io/fs"
	"net"

	"github.com/godbus/dbus/v5"
	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Host is what collectors may see of a machine. Every path is absolute, as a
// process on that machine would write it, and links are resolved as on that
// machine: they never lead out of the captured root.
type Host interface {
	// Live says whether this is the running host rather than a tree of files.
	Live() bool
	// ReadFile returns a regular file. Devices, pipes and sockets are refused, as
	// are files larger than limit bytes.
	ReadFile(path string, limit int64) (*Content, error)
	// ReadDir returns the entries of a directory in alphabetical order.
	ReadDir(path string) ([]fs.DirEntry, error)
	// Lstat describes the last part of path itself, Stat what it leads to.
	Lstat(path string) (fs.FileInfo, error)
	Stat(path string) (fs.FileInfo, error)
	// Readlink returns the text of a symbolic link.
	Readlink(path string) (string, error)
	// Resolve returns path with all links followed.
	Resolve(path string) (string, error)
	// Bus connects to the system bus. A tree of files has none.
	Bus(ctx context.Context) (Bus, error)
	// Network opens the kernel's view of the network. A tree of files has none.
	Network() (Network, error)
	// Dial connects to a unix socket. A tree of files has none that anyone listens on.
	Dial(ctx context.Context, path string) (net.Conn, error)
	// Run runs a command of the table and returns what it wrote to stdout. A tree of files runs none.
	Run(ctx context.Context, command Command) ([]byte, error)
}

// Content is a file with what is known of it.
type Content struct {
	// Data is the whole file.
	Data []byte
	// Path is where the file was found, links followed.
	Path string
	// Mode are the permission bits, set-user-id, set-group-id and sticky included.
	Mode uint32
	// UID and GID are the owner.
	UID, GID int
}

// Bus is a connection to the system bus of D-Bus.
type Bus interface {
	// Call calls a method and returns what it answered.
	Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args ...any) ([]any, error)
	// Signals delivers every signal of the interface until stop is called. The
	// subscription is in force when Signals returns.
	Signals(ctx context.Context, service, iface string) (signals <-chan *dbus.Signal, stop func(), err error)
	// Close ends the connection.
	Close() error
}

// Network is the part of netlink that a capture asks.
type Network interface {
	Links() ([]netlink.Link, error)
	Addresses() ([]netlink.Addr, error)
	// Routes are those of all tables and families.
	Routes() ([]netlink.Route, error)
	// Rules are the policy rules of IPv4 and IPv6.
	Rules() ([]netlink.Rule, error)
	// Bridges are the settings of bridges, VLANs those of their ports and of themselves, by the index of the link.
	Bridges() (map[int]snapshot.BridgeState, error)
	VLANs() (map[int][]snapshot.BridgeVLAN, error)
	// FilterTables are the tables of nftables.
	FilterTables() ([]snapshot.FilterTable, error)
	Close()
}
