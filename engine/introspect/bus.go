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
	ctx, cancel := context.WithTimeout(ctx, busTimeout)
	defer cancel()
	type dialed struct {
		bus *systemBus
		err error
	}
	done := make(chan dialed, 1)
	// A network that drops what is sent to it holds up a connection of TCP for minutes.
	go func() {
		bus, err := greetBus(ctx, address)
		done <- dialed{bus, err}
	}()
	select {
	case d := <-done:
		if d.err != nil && ctx.Err() == nil {
			return nil, d.err
		}
		if d.err == nil {
			return d.bus, nil
		}
	case <-ctx.Done():
		go func() { // one that comes too late
			if d := <-done; d.err == nil {
				d.bus.Close()
			}
		}()
	}
	return nil, fmt.Errorf("no answer from the bus within %s", busTimeout)
}

// greetBus connects to a bus and says who asks. Closing is what ends a greeting that waits.
func greetBus(ctx context.Context, address string) (*systemBus, error) {
	// The handler keeps the order of signals and never drops one: PackageKit
	// sends hundreds before it says that it is finished.
	conn, err := dbus.Dial(address, dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return nil, err
	}
	keep := context.AfterFunc(ctx, func() { conn.Close() })
	err = conn.Auth(nil)
	if err == nil {
		err = conn.Hello()
	}
	if !keep() && err == nil {
		err = ctx.Err()
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
		ctx, cancel := context.WithTimeout(ctx, busTimeout)
		defer cancel()
		// The connection may be gone already, and with it the match.
		_ = b.conn.RemoveMatchSignalContext(ctx, match...)
	}
	return signals, stop, nil
}

func (b *systemBus) Close() error { return b.conn.Close() }
