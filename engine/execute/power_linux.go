package execute

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// Uptime is how long ago the kernel was started, the time in suspend included.
func (m *Machine) Uptime() (time.Duration, error) {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return 0, fmt.Errorf("clock_gettime: %w", err)
	}
	return time.Duration(t.Nano()), nil
}

// rebootSignal lets systemd as the first process start reboot.target: SIGRTMIN+5 (systemd(1)), where the first 2 of 32 are glibc's own.
const rebootSignal = unix.Signal(34 + 5)

// AskInit asks the first process for a restart, without D-Bus.
func (m *Machine) AskInit() error {
	if err := unix.Kill(1, rebootSignal); err != nil {
		return fmt.Errorf("the first process: %w", err)
	}
	return nil
}

// Restart restarts the machine at once, with no program asked. It returns only when that failed.
func (m *Machine) Restart() error {
	if err := unix.Reboot(unix.LINUX_REBOOT_CMD_RESTART); err != nil {
		return fmt.Errorf("reboot(2): %w", err)
	}
	return nil
}

// Sync writes all file systems out to their disks. It may take as long as the disks do.
func (m *Machine) Sync() { unix.Sync() }

// RequestReboot asks logind for a restart of the machine: units are stopped, file systems unmounted.
func RequestReboot(ctx context.Context, sys System) error {
	b, err := sys.Bus(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = b.Close() }()
	return b.Call(ctx, logindService, logindPath, logindManager+".Reboot", []any{false})
}
