package nodes

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// caller is what the program that asked may do, and where it is.
type caller struct {
	uid, gid     uint32
	capabilities uint64
	umask        int
	// uids and gids are the ids of the host that its container has.
	uids, gids []span
}

type span struct{ first, count uint64 }

func has(spans []span, id uint32) bool {
	for _, s := range spans {
		if uint64(id) >= s.first && uint64(id)-s.first < s.count {
			return true
		}
	}
	return false
}

// small bounds the files of /proc that are read.
const small = 1 << 16

func readAt(dir int, name string) ([]byte, error) {
	fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	var out bytes.Buffer
	buffer := make([]byte, 4096)
	for out.Len() < small {
		n, err := unix.Read(fd, buffer)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return out.Bytes(), nil
		}
		out.Write(buffer[:n])
	}
	return nil, io.ErrShortBuffer
}

// callerOf reads /proc/PID of the program, which proc is.
func callerOf(proc int) (c caller, err error) {
	status, err := readAt(proc, "status")
	if err != nil {
		return c, err
	}
	missing := map[string]bool{"Uid:": true, "Gid:": true, "CapEff:": true, "Umask:": true}
	number := func(words []string, at, base, bits int) uint64 {
		if at >= len(words) {
			err = errors.Join(err, fmt.Errorf("status: %q", words))
			return 0
		}
		n, wrong := strconv.ParseUint(words[at], base, bits)
		err = errors.Join(err, wrong)
		return n
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		switch words[0] { // real, effective, saved, of the file system
		case "Uid:":
			c.uid = uint32(number(words, 4, 10, 32))
		case "Gid:":
			c.gid = uint32(number(words, 4, 10, 32))
		case "CapEff:":
			c.capabilities = number(words, 1, 16, 64)
		case "Umask:":
			c.umask = int(number(words, 1, 8, 16))
		default:
			continue
		}
		delete(missing, words[0])
	}
	if err != nil || len(missing) > 0 {
		return c, errors.Join(err, fmt.Errorf("status lacks %v", missing))
	}
	for name, to := range map[string]*[]span{"uid_map": &c.uids, "gid_map": &c.gids} {
		text, err := readAt(proc, name)
		if err != nil {
			return c, err
		}
		for line := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
			words := strings.Fields(line)
			if len(words) != 3 {
				return c, fmt.Errorf("%s: %q", name, line)
			}
			first, wrong := strconv.ParseUint(words[1], 10, 32)
			count, alsoWrong := strconv.ParseUint(words[2], 10, 32)
			if err := errors.Join(wrong, alsoWrong); err != nil {
				return c, err
			}
			*to = append(*to, span{first, count})
		}
	}
	return c, nil
}

// pathAt reads a path out of the memory of a program, up to its end.
func pathAt(memory int, address uint64) (string, error) {
	if address > 1<<62 {
		return "", unix.EFAULT
	}
	text := make([]byte, 0, unix.PathMax)
	for len(text) < unix.PathMax {
		// Not over the end of a page: the next one need not be there.
		rest := 4096 - (address+uint64(len(text)))%4096
		piece := make([]byte, min(rest, uint64(unix.PathMax-len(text))))
		n, err := unix.Pread(memory, piece, int64(address)+int64(len(text)))
		if err != nil || n <= 0 {
			return "", unix.EFAULT
		}
		if end := bytes.IndexByte(piece[:n], 0); end >= 0 {
			return string(append(text, piece[:end]...)), nil
		}
		text = append(text, piece[:n]...)
	}
	return "", unix.ENAMETOOLONG
}

// make makes the node, in a thread that ends with it: name space, root and rights are those of the program that asked.
func (q *question) make(proc, memory int) error {
	name, err := pathAt(memory, q.path)
	if err != nil {
		return err
	}
	if name == "" {
		return unix.ENOENT
	}
	c, err := callerOf(proc)
	if err != nil {
		return err
	}
	if c.capabilities&(1<<unix.CAP_MKNOD) == 0 {
		return unix.EPERM
	}
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the function
		done <- q.makeHere(proc, name, c)
	}()
	return <-done
}

func (q *question) makeHere(proc int, name string, c caller) error {
	open := func(name string, flags int) (int, error) {
		return unix.Openat(proc, name, flags|unix.O_CLOEXEC, 0)
	}
	tree, err := open("ns/mnt", unix.O_RDONLY)
	if err != nil {
		return err
	}
	defer unix.Close(tree)
	root, err := open("root", unix.O_PATH|unix.O_DIRECTORY)
	if err != nil {
		return err
	}
	defer unix.Close(root)
	at := "cwd"
	if q.at != unix.AT_FDCWD {
		at = "fd/" + strconv.Itoa(int(q.at))
	}
	if path.IsAbs(name) {
		at = "root"
	}
	begin, err := open(at, unix.O_PATH|unix.O_DIRECTORY)
	if errors.Is(err, unix.ENOENT) {
		err = unix.EBADF
	}
	if err != nil {
		return err
	}
	defer unix.Close(begin)

	// Of this thread alone.
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return err
	}
	if err := unix.Setns(tree, unix.CLONE_NEWNS); err != nil {
		return err
	}
	if err := unix.Fchdir(root); err != nil {
		return err
	}
	if err := unix.Chroot("."); err != nil {
		return err
	}
	if err := unix.Fchdir(begin); err != nil {
		return err
	}
	unix.Umask(c.umask)
	if _, _, errno := unix.RawSyscall(unix.SYS_SETGROUPS, 0, 0, 0); errno != 0 {
		return errno
	}
	for _, set := range []struct {
		call uintptr
		id   uint32
	}{{unix.SYS_SETFSGID, c.gid}, {unix.SYS_SETFSUID, c.uid}} {
		_, _, _ = unix.RawSyscall(set.call, uintptr(set.id), 0, 0)
		if now, _, _ := unix.RawSyscall(set.call, ^uintptr(0), 0, 0); uint32(now) != set.id { // which changes nothing, and tells
			return unix.EPERM
		}
	}
	if err := effective(1 << unix.CAP_MKNOD); err != nil {
		return err
	}

	// The folder is held, so that what is asked of it holds for the node, too.
	parent, base := path.Split(name)
	switch {
	case base == "":
		return unix.ENOENT // as of a name with a slash at its end
	case base == "." || base == "..":
		return unix.EEXIST
	case parent == "":
		parent = "."
	}
	folder, err := unix.Open(parent, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(folder)
	// Root of a container passes over modes where the owner is one of the container, and nowhere else.
	var s unix.Stat_t
	if err := unix.Fstat(folder, &s); err != nil {
		return err
	}
	if c.capabilities&(1<<unix.CAP_DAC_OVERRIDE) != 0 && has(c.uids, s.Uid) && has(c.gids, s.Gid) {
		if err := effective(1<<unix.CAP_MKNOD | 1<<unix.CAP_DAC_OVERRIDE); err != nil {
			return err
		}
	}
	return unix.Mknodat(folder, base, q.mode, int(q.dev))
}

// effective leaves the thread with these rights beside its own files; what it is permitted stays.
func effective(capabilities uint64) error {
	head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&head, &data[0]); err != nil {
		return err
	}
	data[0].Effective, data[1].Effective = uint32(capabilities), uint32(capabilities>>32)
	if _, _, errno := unix.RawSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&head)), uintptr(unsafe.Pointer(&data[0])), 0); errno != 0 {
		return errno
	}
	return nil
}
