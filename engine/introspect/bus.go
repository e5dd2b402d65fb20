package introspect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// DefaultBusAddress is where the system bus listens unless an address is given.
const DefaultBusAddress = "unix:path=/run/dbus/system_bus_socket"

// busTimeout bounds the connection and every call that starts no service: a
// daemon that hangs costs a problem entry, not the capture.
const busTimeout = 10 * time.Second

// errNoBus is the error of a host that is only a tree of files.
var errNoBus = errors.New("a tree of files has no D-Bus")

// CheckBusAddress refuses addresses that do more than to open a socket: D-Bus
// knows transports that run a program.
func CheckBusAddress(address string) error {
	for _, one := range strings.Split(address, ";") {
		transport, _, _ := strings.Cut(one, ":")
		if transport != "unix" && transport != "tcp" {
			return fmt.Errorf("%s: not a D-Bus address of transport unix or tcp", address)
		}
	}
	return nil
}

// systemBus is a Bus on a D-Bus connection.
type systemBus struct {
	conn *dbus.Conn
}

func dialBus(ctx context.Context, address string) (Bus, error) {
	if err := CheckBusAddress(address); err != nil {
		return nil, err
	}
	// The handler keeps the order of signals and never drops one: PackageKit
	// sends hundreds before it says that it is finished.
	conn, err := dbus.Dial(address, dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	go func() {
		if err := conn.Auth(nil); err != nil {
			done <- err
			return
		}
		done <- conn.Hello()
	}()
	ctx, cancel := context.WithTimeout(ctx, busTimeout)
	defer cancel()
	select {
	case err = <-done:
	case <-ctx.Done():
		err = fmt.Errorf("no answer from the bus within %s", busTimeout)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return &systemBus{conn: conn}, nil
}

func (b *systemBus) Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args ...any) ([]any, error) {
	call := b.conn.Object(service, path).CallWithContext(ctx, method, 0, args...)
	return call.Body, call.Err
}

func (b *systemBus) Signals(ctx context.Context, service, iface string) (<-chan *dbus.Signal, func(), error) {
	match := []dbus.MatchOption{dbus.WithMatchSender(service), dbus.WithMatchInterface(iface)}
	signals := make(chan *dbus.Signal, 64)
	b.conn.Signal(signals)
	if err := b.conn.AddMatchSignalContext(ctx, match...); err != nil {
		b.conn.RemoveSignal(signals)
		return nil, nil, err
	}
	stop := func() {
		b.conn.RemoveSignal(signals)
		// The connection may be gone already, and with it the match.
		_ = b.conn.RemoveMatchSignal(match...)
	}
	return signals, stop, nil
}

func (b *systemBus) Close() error { return b.conn.Close() }
