package companion

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// console is a terminal of the companion that is shown in the one of the caller.
type console struct {
	call Call
	// master is the end of the caller; other is kept open, so that the master has something to read while nobody has it open.
	master, other *os.File
	name          string
	before        *term.State
	sizes         chan os.Signal
	shown         sync.WaitGroup
}

// terminal makes a terminal among those of the companion, with this first process, and shows it.
func terminal(leader int, call Call) (*console, error) {
	folder := fmt.Sprintf("/proc/%d/root/dev/pts", leader)
	master, err := os.OpenFile(folder+"/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	number, err := unix.IoctlGetUint32(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		return nil, errors.Join(err, master.Close())
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		return nil, errors.Join(err, master.Close())
	}
	other, err := os.OpenFile(fmt.Sprintf("%s/%d", folder, number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, errors.Join(err, master.Close())
	}
	c := &console{call: call, master: master, other: other, name: fmt.Sprintf("/dev/pts/%d", number), sizes: make(chan os.Signal, 1)}
	c.resize()
	if c.before, err = term.MakeRaw(int(call.In.Fd())); err != nil {
		return nil, errors.Join(err, other.Close(), master.Close())
	}
	signal.Notify(c.sizes, unix.SIGWINCH)
	go func() {
		for range c.sizes {
			c.resize()
		}
	}()
	go func() { _, _ = io.Copy(master, call.In) }()                 // until the program of the caller ends
	c.shown.Go(func() { _, _ = io.Copy(call.Out, reader{master}) }) // until nobody has the other end open
	return c, nil
}

// reader reads a master, which fails with EIO when the last one has closed the other end.
type reader struct{ *os.File }

func (r reader) Read(p []byte) (int, error) {
	n, err := r.File.Read(p)
	if errors.Is(err, unix.EIO) {
		err = io.EOF
	}
	return n, err
}

// resize gives it the size of the terminal of the caller.
func (c *console) resize() {
	if size, err := unix.IoctlGetWinsize(int(c.call.Out.Fd()), unix.TIOCGWINSZ); err == nil {
		_ = unix.IoctlSetWinsize(int(c.master.Fd()), unix.TIOCSWINSZ, size)
	}
}

func (c *console) properties() []transientProperty {
	return []transientProperty{
		{"StandardInput", dbus.MakeVariant("tty")}, {"StandardOutput", dbus.MakeVariant("tty")}, {"StandardError", dbus.MakeVariant("tty")},
		{"TTYPath", dbus.MakeVariant(c.name)},
	}
}

// close shows what is left and gives the caller his terminal back.
func (c *console) close() error {
	err := c.other.Close()
	c.shown.Wait()
	signal.Stop(c.sizes)
	close(c.sizes)
	return errors.Join(err, term.Restore(int(c.call.In.Fd()), c.before), c.master.Close())
}
