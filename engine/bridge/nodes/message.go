// Package nodes answers mknod of unprivileged containers, as pve-lxc-syscalld does on Proxmox VE: LXC stops the call by its
// filter, asks over a socket, and hands the answer to the program inside. The node is made in the container's own tree,
// with the rights of the program that asked. A program of a container writes the questions: they are hostile.
package nodes

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"
)

// Sizes of the parts of a question of LXC: struct seccomp_notify_proxy_msg, and seccomp_notif and seccomp_notif_resp of the kernel.
const (
	headSize     = 32
	notifySize   = 80
	responseSize = 24
	dataSize     = 64
	// maxCookie is more than lxc.seccomp.notify.cookie holds here, which is a number of a guest.
	maxCookie = 64
)

// question is a call that waits for its answer.
type question struct {
	packet [headSize + notifySize + responseSize]byte
	// id is the kernel's for the call; at, path, mode and dev are its arguments. path is an address in the program's memory.
	id   uint64
	at   int32
	path uint64
	mode uint32
	dev  uint32
}

// calls are mknod and mknodat by architecture: linux/audit.h and the tables of calls. A program of 32 bits on x86 counts otherwise.
var calls = map[uint32]struct{ mknod, mknodat int32 }{
	0xc000003e: {133, 259}, // x86_64
	0x40000003: {14, 297},  // i386
	0xc00000b7: {-1, 33},   // aarch64
	0x40000028: {14, 324},  // arm
}

var order = binary.NativeEndian

// read takes a question apart. What is no call that is answered here has errno.
func read(packet []byte) (q *question, errno unix.Errno, err error) {
	if len(packet) < headSize+notifySize+responseSize {
		return nil, 0, fmt.Errorf("a question of %d bytes is too short", len(packet))
	}
	q = &question{}
	copy(q.packet[:], packet)
	head, notify := q.packet[:headSize], q.packet[headSize:headSize+notifySize]
	sizes := [3]uint16{order.Uint16(head[16:]), order.Uint16(head[18:]), order.Uint16(head[20:])}
	switch {
	case order.Uint64(head) != 0:
		return nil, 0, fmt.Errorf("LXC speaks another protocol")
	case sizes != [3]uint16{notifySize, responseSize, dataSize}:
		return nil, 0, fmt.Errorf("the kernel has structures of %d bytes", sizes)
	case order.Uint64(head[24:]) != uint64(len(packet)-len(q.packet)):
		return nil, 0, fmt.Errorf("a question of %d bytes with a cookie of %d", len(packet), order.Uint64(head[24:]))
	}
	q.id = order.Uint64(notify)
	nr, arch := int32(order.Uint32(notify[16:])), order.Uint32(notify[20:])
	argument := func(n int) uint64 { return order.Uint64(notify[32+8*n:]) }
	known, is := calls[arch]
	switch {
	case is && nr == known.mknod:
		q.at, q.path, q.mode, q.dev = unix.AT_FDCWD, argument(0), uint32(argument(1)), uint32(argument(2))
	case is && nr == known.mknodat:
		q.at, q.path, q.mode, q.dev = int32(argument(0)), argument(1), uint32(argument(2)), uint32(argument(3))
	default:
		return q, unix.ENOSYS, nil
	}
	if !harmless(q.mode, q.dev) {
		return q, unix.EPERM, nil
	}
	return q, 0, nil
}

// harmless are the nodes that everybody may have: those that each container has in /dev, and the whiteout of overlays.
// Source: pve-lxc-syscalld, src/sys_mknod.rs.
func harmless(mode, dev uint32) bool {
	if mode&unix.S_IFMT != unix.S_IFCHR {
		return false
	}
	switch [2]uint32{unix.Major(uint64(dev)), unix.Minor(uint64(dev))} {
	case [2]uint32{0, 0}, [2]uint32{1, 3}, [2]uint32{1, 5}, [2]uint32{1, 7}, [2]uint32{1, 8}, [2]uint32{1, 9}, [2]uint32{5, 0}, [2]uint32{5, 1}, [2]uint32{5, 2}:
		return true
	}
	return false
}

// answer is what LXC is sent back.
func (q *question) answer(errno unix.Errno) []byte {
	response := q.packet[headSize+notifySize:]
	clear(response)
	order.PutUint64(response, q.id)
	if errno != 0 {
		order.PutUint64(response[8:], ^uint64(0))
		order.PutUint32(response[16:], uint32(-int32(errno)))
	}
	return q.packet[:]
}
