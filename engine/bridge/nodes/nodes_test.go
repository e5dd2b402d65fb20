package nodes

import (
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// asked is a question as LXC sends it.
func asked(nr int32, arch uint32, args ...uint64) []byte {
	packet := make([]byte, headSize+notifySize+responseSize)
	order.PutUint16(packet[16:], notifySize)
	order.PutUint16(packet[18:], responseSize)
	order.PutUint16(packet[20:], dataSize)
	notify := packet[headSize:]
	order.PutUint64(notify, 77)
	order.PutUint32(notify[16:], uint32(nr))
	order.PutUint32(notify[20:], arch)
	for i, a := range args {
		order.PutUint64(notify[32+8*i:], a)
	}
	return packet
}

const x86 = 0xc000003e

func dev(major, minor uint32) uint64 { return unix.Mkdev(major, minor) }

func TestWhatIsAsked(t *testing.T) {
	for _, c := range []struct {
		why    string
		packet []byte
		errno  unix.Errno
		at     int32
	}{
		{"mknod", asked(133, x86, 4096, unix.S_IFCHR|0o666, dev(1, 3)), 0, unix.AT_FDCWD},
		{"mknodat", asked(259, x86, 5, 4096, unix.S_IFCHR, dev(0, 0)), 0, 5},
		{"mknodat here", asked(259, x86, 0xffffff9c, 4096, unix.S_IFCHR, dev(5, 2)), 0, unix.AT_FDCWD},
		{"of 32 bits", asked(14, 0x40000003, 4096, unix.S_IFCHR, dev(1, 9)), 0, unix.AT_FDCWD},
		{"memory of the host", asked(133, x86, 4096, unix.S_IFCHR, dev(1, 1)), unix.EPERM, unix.AT_FDCWD},
		{"a disk", asked(133, x86, 4096, unix.S_IFBLK, dev(1, 3)), unix.EPERM, unix.AT_FDCWD},
		{"a disk with a number of whiteouts", asked(133, x86, 4096, unix.S_IFBLK, dev(0, 0)), unix.EPERM, unix.AT_FDCWD},
		{"a large number", asked(133, x86, 4096, unix.S_IFCHR, dev(257, 3)), unix.EPERM, unix.AT_FDCWD},
		{"both kinds", asked(133, x86, 4096, unix.S_IFCHR|unix.S_IFBLK, dev(1, 3)), unix.EPERM, unix.AT_FDCWD},
		{"another call", asked(0, x86, 4096, unix.S_IFCHR, dev(1, 3)), unix.ENOSYS, 0},
		{"a call of another architecture", asked(133, 0x40000003, 4096, unix.S_IFCHR, dev(1, 3)), unix.ENOSYS, 0},
		{"an architecture that is none", asked(-1, 1, 4096), unix.ENOSYS, 0},
	} {
		q, errno, err := read(c.packet)
		if err != nil || errno != c.errno || q.at != c.at || q.id != 77 {
			t.Errorf("%s: %+v %v %v", c.why, q, errno, err)
			continue
		}
		answer := q.answer(errno)
		if len(answer) != len(c.packet) || order.Uint64(answer[headSize+notifySize:]) != 77 || int32(order.Uint32(answer[headSize+notifySize+16:])) != -int32(c.errno) {
			t.Errorf("%s: %v", c.why, answer)
		}
	}
}

func TestHostileQuestions(t *testing.T) {
	changed := func(at int, value byte) []byte {
		packet := asked(133, x86)
		packet[at] = value
		return packet
	}
	for want, packet := range map[string][]byte{
		"too short": asked(133, x86)[:100], "another protocol": changed(0, 1), "structures of [81": changed(16, 81),
		"a cookie of 3": changed(24, 3), "a cookie of 0": append(asked(133, x86), 0), "a question of 0 bytes": nil,
	} {
		if q, _, err := read(packet); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v %v", want, q, err)
		}
	}
	if _, err := answered(asked(133, x86), nil, nil, 0, nil); err == nil {
		t.Error("a question without a program")
	}
	if _, err := answered(asked(133, x86), []int{1, 2}, nil, unix.MSG_TRUNC, nil); err == nil {
		t.Error("a question without an end")
	}
}

func FuzzQuestions(f *testing.F) {
	f.Add(asked(133, x86, 4096, unix.S_IFCHR, dev(1, 3)))
	f.Add(append(asked(259, x86), "200"...))
	f.Fuzz(func(t *testing.T, packet []byte) {
		q, errno, err := read(packet)
		if err == nil && errno == 0 && !harmless(q.mode, q.dev) {
			t.Errorf("%+v", q)
		}
	})
}
