package formats

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/netip"
	"path"
	"strconv"
	"strings"
)

// Socket is a socket that waits for whoever comes.
type Socket struct {
	// Address and Port are where it waits.
	Address netip.Addr
	Port    int
	// Inode is the number by which the descriptors of processes name it.
	Inode uint64
}

// waiting is the state of sockets that wait, by protocol, as include/net/tcp_states.h has it: TCP_LISTEN, and TCP_CLOSE
// for a socket of UDP that is not connected to one peer.
var waiting = map[string]string{"tcp": "0A", "udp": "07"}

// Sockets reads /proc/net/tcp, tcp6, udp or udp6, proc(5), of the protocol tcp or udp, and returns the sockets that wait
// for anyone: those of TCP that listen, and those of UDP that have a port and no peer. The error tells of the first line
// that is not understood; the others count all the same.
func Sockets(protocol string, data []byte) (sockets []Socket, err error) {
	sockets = []Socket{}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		words := bytes.Fields(line)
		if number == 1 || len(words) == 0 { // the headings
			continue
		}
		socket, waits, understood := socketOf(words, waiting[protocol])
		if !understood && err == nil {
			err = fmt.Errorf("line %d is not understood", number)
		}
		if waits {
			sockets = append(sockets, socket)
		}
	}
	return sockets, err
}

// socketOf reads the columns sl, local address, remote address, state, …, the tenth of which is the inode.
func socketOf(words [][]byte, state string) (socket Socket, waits, understood bool) {
	const inode = 9
	if len(words) <= inode {
		return socket, false, false
	}
	if string(words[3]) != state {
		return socket, false, true
	}
	local, ok := endpoint(words[1])
	remote, remoteOK := endpoint(words[2])
	number, err := strconv.ParseUint(string(words[inode]), 10, 64)
	if !ok || !remoteOK || err != nil {
		return socket, false, false
	}
	if local.Port() == 0 || remote.Port() != 0 {
		return socket, false, true
	}
	return Socket{Address: local.Addr(), Port: int(local.Port()), Inode: number}, true, true
}

// endpoint reads 0100007F:1F90. The address is in words of 32 bits in the byte order of the machine, and all machines
// that PVE runs on begin with the last byte; the port is not.
func endpoint(text []byte) (netip.AddrPort, bool) {
	address, port, found := bytes.Cut(text, []byte(":"))
	var raw [16]byte
	if !found || len(address) != 8 && len(address) != 32 {
		return netip.AddrPort{}, false
	}
	if _, err := hex.Decode(raw[:], address); err != nil {
		return netip.AddrPort{}, false
	}
	number, err := strconv.ParseUint(string(port), 16, 16)
	if err != nil {
		return netip.AddrPort{}, false
	}
	for word := raw[:]; len(word) > 0; word = word[4:] {
		binary.BigEndian.PutUint32(word, binary.LittleEndian.Uint32(word))
	}
	parsed := netip.AddrFrom16(raw).Unmap()
	if len(address) == 8 {
		parsed = netip.AddrFrom4([4]byte(raw[:4]))
	}
	return netip.AddrPortFrom(parsed, uint16(number)), true
}

// SocketInode is the number in the target of a descriptor, socket:[12345].
func SocketInode(target string) (uint64, bool) {
	number, found := strings.CutPrefix(target, "socket:[")
	number, closed := strings.CutSuffix(number, "]")
	inode, err := strconv.ParseUint(number, 10, 64)
	return inode, found && closed && err == nil
}

// unitSuffixes are the kinds of units that processes are in.
var unitSuffixes = []string{".service", ".scope", ".socket", ".mount", ".swap"}

// CgroupUnit is the unit of a process whose /proc/<pid>/cgroup this is: the outermost part of its path that is no slice.
// What a unit makes below itself, as the manager of a user does, is its own affair.
func CgroupUnit(data []byte) string {
	for text := range strings.Lines(string(bytes.ToValidUTF8(data, []byte("\uFFFD")))) {
		// hierarchy:controllers:path. The unified hierarchy is 0, that of systemd in the older layout has its name.
		parts := strings.SplitN(strings.TrimSuffix(text, "\n"), ":", 3)
		if len(parts) != 3 || parts[1] != "" && parts[1] != "name=systemd" {
			continue
		}
		for part := range strings.SplitSeq(parts[2], "/") {
			for _, suffix := range unitSuffixes {
				if path.Ext(part) == suffix {
					return strings.TrimPrefix(part, "_") // systemd's escape for names that the kernel uses
				}
			}
		}
	}
	return ""
}

// ProcessName is the content of /proc/<pid>/comm.
func ProcessName(data []byte) string {
	name, _, _ := strings.Cut(string(bytes.ToValidUTF8(data, []byte("\uFFFD"))), "\n")
	return name
}

// LegacyFilters reads /proc/net/ip_tables_names and its kin: the tables of the older interface of packet filters.
func LegacyFilters(data []byte) []string {
	out := []string{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		if name := strings.Trim(l.text, blanks); name != "" {
			out = append(out, name)
		}
	}
	return out
}
