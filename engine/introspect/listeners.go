package introspect

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// maxSockets bounds a table of sockets in bytes; a line has 150.
	maxSockets = 16 << 20
	// maxProcesses and maxDescriptors bound the search for who a socket belongs to. A crowded host has 2,000 processes
	// with 50,000 descriptors.
	maxProcesses   = 20_000
	maxDescriptors = 200_000
)

var (
	errNoPrograms  = errors.New("the descriptors of some processes may not be looked at; what listens there has no program")
	errManyOpen    = fmt.Errorf("more than %d processes or %d descriptors; some of what listens has no program", maxProcesses, maxDescriptors)
	errNoTables    = errors.New("no table of sockets can be read")
	errNoProcesses = errors.New("a tree of files has no running processes")
)

// netDirectories are where the kernel tells of its network. Process 1 is in the namespace of the host, whatever
// namespace the capture runs in.
var netDirectories = []string{"/proc/1/net", "/proc/net"}

// netDirectory is the first of netDirectories that is there.
func (c *capture) netDirectory() (dir string, found bool) {
	for _, dir := range netDirectories {
		if c.exists(dir) {
			return dir, true
		}
	}
	return netDirectories[0], false
}

// waitingSocket is a socket that waits, and who for.
type waitingSocket struct {
	snapshot.Listener
	inode uint64
}

// collectListeners takes the ports that programs of the running host wait on.
func collectListeners(c *capture) {
	a := c.area("network.listeners", sourceFile)
	if !c.host.Live() {
		a.unknown("/proc", errNoProcesses)
		return
	}
	dir, found := c.netDirectory()
	if !found {
		a.unknown(dir, errAbsent)
		return
	}
	var waiting []waitingSocket
	read := 0
	for _, table := range []struct{ name, protocol string }{{"tcp", "tcp"}, {"tcp6", "tcp"}, {"udp", "udp"}, {"udp6", "udp"}} {
		sockets, ok := socketsOf(a, dir+"/"+table.name, table.protocol)
		if waiting = append(waiting, sockets...); ok {
			read++
		}
	}
	if read == 0 {
		a.unknown(dir, errNoTables)
		return
	}
	owners := ownersOf(a, waiting)
	for _, socket := range waiting {
		listener := socket.Listener
		if pid, known := owners[socket.inode]; known {
			listener.Program, listener.Unit = processOf(c, pid)
		}
		c.out.Network.Listeners = append(c.out.Network.Listeners, listener)
	}
	slices.SortFunc(c.out.Network.Listeners, func(a, b snapshot.Listener) int {
		return cmp.Or(cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.Port, b.Port), cmp.Compare(a.Address, b.Address),
			cmp.Compare(a.Program, b.Program), cmp.Compare(a.Unit, b.Unit))
	})
	// Workers that share a port by SO_REUSEPORT have a socket each.
	c.out.Network.Listeners = slices.Compact(c.out.Network.Listeners)
}

// socketsOf reads a table of sockets. A kernel without IPv6 has none of its tables.
func socketsOf(a *area, file, protocol string) (waiting []waitingSocket, read bool) {
	content, err := a.capture.host.ReadFile(file, maxSockets)
	if err != nil {
		if !absent(err) {
			a.problem(file, err)
		}
		return nil, false
	}
	sockets, err := formats.Sockets(protocol, content.Data)
	a.parsed(file, err)
	for _, s := range sockets {
		waiting = append(waiting, waitingSocket{snapshot.Listener{Protocol: protocol, Address: s.Address.String(), Port: s.Port}, s.Inode})
	}
	return waiting, true
}

// ownersOf finds the process of each socket by the descriptors of all processes. A socket that a server shares with its
// workers belongs to the one that was there first, by its number; process 1, which opens sockets for units, comes last.
func ownersOf(a *area, sockets []waitingSocket) map[uint64]int {
	missing := map[uint64]bool{}
	for _, s := range sockets {
		if s.inode != 0 { // the kernel's own, and those of processes that are gone
			missing[s.inode] = true
		}
	}
	owners := map[uint64]int{}
	if len(missing) == 0 {
		return owners
	}
	host := a.capture.host
	pids := processes(a)
	denied, over, descriptors := false, len(pids) > maxProcesses, 0
	for _, pid := range pids[:min(len(pids), maxProcesses)] {
		if len(missing) == 0 {
			return owners
		}
		dir := "/proc/" + strconv.Itoa(pid) + "/fd"
		entries, err := host.ReadDir(dir)
		denied = denied || errors.Is(err, fs.ErrPermission) // any other is a process that ended
		if descriptors += len(entries); descriptors > maxDescriptors {
			over = true
			break
		}
		for _, entry := range entries {
			target, err := host.Readlink(dir + "/" + entry.Name())
			if err != nil {
				denied = denied || errors.Is(err, fs.ErrPermission)
				continue
			}
			if inode, isSocket := formats.SocketInode(target); isSocket && missing[inode] {
				owners[inode] = pid
				delete(missing, inode)
			}
		}
	}
	switch {
	case len(missing) == 0:
	case denied:
		a.problem("/proc", errNoPrograms)
	case over:
		a.problem("/proc", errManyOpen)
	}
	return owners
}

// processes are the numbers of all processes, 1 the last.
func processes(a *area) []int {
	entries, err := a.capture.host.ReadDir("/proc")
	if err != nil {
		a.problem("/proc", err)
		return nil
	}
	var pids []int
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil && pid > 1 {
			pids = append(pids, pid)
		}
	}
	slices.Sort(pids)
	return append(pids, 1)
}

// processOf is the name and the unit of a process; both are empty for one that just ended.
func processOf(c *capture, pid int) (program, unit string) {
	dir := "/proc/" + strconv.Itoa(pid)
	if content, err := c.host.ReadFile(dir+"/comm", maxPVEFileSize); err == nil {
		program = formats.ProcessName(content.Data)
	}
	if content, err := c.host.ReadFile(dir+"/cgroup", maxPVEFileSize); err == nil {
		unit = formats.CgroupUnit(content.Data)
	}
	return program, unit
}
