package nodes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"

	"golang.org/x/sys/unix"
)

// Serve answers LXC on a socket of packets until the context ends.
func Serve(ctx context.Context, socket *net.UnixListener, log *slog.Logger) error {
	stop := context.AfterFunc(ctx, func() { _ = socket.Close() })
	defer stop()
	for {
		container, err := socket.AcceptUnix()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		go func() {
			defer container.Close()
			stop := context.AfterFunc(ctx, func() { _ = container.Close() })
			defer stop()
			if err := converse(container, log); err != nil && ctx.Err() == nil {
				log.Error("a container is asked no more", "error", err)
			}
		}()
	}
}

// converse answers a container, one question after the other.
func converse(container *net.UnixConn, log *slog.Logger) error {
	packet := make([]byte, headSize+notifySize+responseSize+maxCookie)
	rights := make([]byte, unix.CmsgSpace(4*4))
	for {
		n, rn, flags, _, err := container.ReadMsgUnix(packet, rights)
		if n == 0 && (err == nil || errors.Is(err, io.EOF)) {
			return nil
		}
		files, wrong := filesOf(rights[:rn])
		answer, err := answered(packet[:n], files, errors.Join(err, wrong), flags, log)
		for _, fd := range files {
			_ = unix.Close(fd)
		}
		if err != nil {
			return err
		}
		if _, err := container.Write(answer); err != nil {
			return err
		}
	}
}

func answered(packet []byte, files []int, err error, flags int, log *slog.Logger) ([]byte, error) {
	switch {
	case err != nil:
		return nil, err
	case flags&(unix.MSG_TRUNC|unix.MSG_CTRUNC) != 0:
		return nil, fmt.Errorf("a question is longer than %d bytes", len(packet))
	}
	q, errno, err := read(packet)
	if err != nil {
		return nil, err
	}
	if len(files) < 2 {
		return nil, fmt.Errorf("a question with %d files", len(files))
	}
	if errno == 0 {
		err = q.make(files[0], files[1])
	}
	if err != nil && !errors.As(err, &errno) {
		log.Error("no node is made", "error", err)
		errno = unix.EPERM
	}
	return q.answer(errno), nil
}

// filesOf are what came along: /proc/PID of the program, and its memory.
func filesOf(rights []byte) ([]int, error) {
	messages, err := unix.ParseSocketControlMessage(rights)
	if err != nil {
		return nil, err
	}
	var out []int
	for _, m := range messages {
		fds, err := unix.ParseUnixRights(&m)
		if err != nil {
			return out, err
		}
		out = append(out, fds...)
	}
	return out, nil
}
