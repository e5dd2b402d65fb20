package rig

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A Machine is a running qemu without KVM. Its console is all that its first serial port said.
type Machine struct {
	cmd  *exec.Cmd
	done chan struct{}

	mu      sync.Mutex
	console bytes.Buffer
	grown   chan struct{}
	err     error
}

// Start starts a machine from the first disk. args are more arguments of qemu.
func Start(d *Disk, memory int, args ...string) (*Machine, error) {
	all := append([]string{
		"-machine", "q35", "-accel", "tcg,thread=multi,tb-size=256", "-cpu", "max", "-smp", "1", "-m", fmt.Sprint(memory),
		"-nodefaults", "-no-user-config", "-display", "none", "-serial", "stdio",
		"-drive", "file=" + strings.ReplaceAll(d.File, ",", ",,") + ",format=raw,if=virtio,cache=unsafe", "-device", "virtio-rng-pci", "-action", "watchdog=reset",
	}, args...)
	m := &Machine{cmd: exec.Command("qemu-system-x86_64", all...), done: make(chan struct{}), grown: make(chan struct{}, 1)}
	r, w := io.Pipe()
	var wrong bytes.Buffer
	m.cmd.Stdout, m.cmd.Stderr = w, &wrong
	// A test that is killed leaves no machine behind: it ends with the thread that started it, which therefore waits for it.
	m.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	began := make(chan error)
	go m.listen(r)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := m.cmd.Start()
		began <- err
		if err != nil {
			w.Close()
			return
		}
		err = m.cmd.Wait()
		m.mu.Lock()
		m.err = fmt.Errorf("qemu ended: %w: %s", err, bytes.TrimSpace(wrong.Bytes()))
		m.mu.Unlock()
		w.Close()
		close(m.done)
	}()
	if err := <-began; err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Machine) listen(r io.Reader) {
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		m.mu.Lock()
		m.console.Write(buf[:n])
		m.mu.Unlock()
		select {
		case m.grown <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// Console is what the console said until now.
func (m *Machine) Console() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.console.String()
}

// Await waits until found says that the console has what is looked for.
func (m *Machine) Await(ctx context.Context, found func(console string) bool) error {
	for {
		if found(m.Console()) {
			return nil
		}
		select {
		case <-m.grown:
		case <-m.done:
			if found(m.Console()) {
				return nil
			}
			return m.err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Cut takes the power away.
func (m *Machine) Cut() {
	_ = m.cmd.Process.Kill()
	select {
	case <-m.done:
	case <-time.After(10 * time.Second):
	}
}
