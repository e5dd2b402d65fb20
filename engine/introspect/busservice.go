package introspect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	busDaemon         = "org.freedesktop.DBus"
	busDaemonPath     = dbus.ObjectPath("/org/freedesktop/DBus")
	getProperties     = "org.freedesktop.DBus.Properties.GetAll"
	getManagedObjects = "org.freedesktop.DBus.ObjectManager.GetManagedObjects"

	// maxErrorText bounds what a service may say about why it refuses.
	maxErrorText = 200
)

// errNoService is the error of a service that neither runs nor can be started.
var errNoService = errors.New("neither runs nor can be started over D-Bus")

// collectServices takes what services of the bus know beside what files say.
func collectServices(c *capture) {
	collectNetworkManager(c)
	collectClock(c)
	collectLocale(c)
	collectLogin(c)
	collectDrives(c)
	collectMachines(c)
}

// busService is a service of the bus that a host may lack. One that hangs, dies or refuses everybody costs one
// bounded wait: it is not asked again, and every later question gets the same error.
type busService struct {
	capture *capture
	bus     Bus
	name    string
	// running says whether it ran before it was asked: a question starts one that can be started.
	running bool
	// failure is why it is not asked any more.
	failure error
}

// service finds a service of the bus by its well-known name. The error is errNoService where the host does not
// have it. Nothing is started by that.
func (c *capture) service(name string) (*busService, error) {
	if s, known := c.services[name]; known {
		return s, s.failure
	}
	bus, err := c.connect()
	if err != nil {
		return nil, err
	}
	daemon := &busService{capture: c, bus: bus, name: busDaemon, running: true}
	var running bool
	if c.startable == nil { // asked for even if it is not needed, so that captures with and without running services are the same
		c.startable, err = busReply[[]string](daemon, busDaemonPath, busDaemon+".ListActivatableNames")
	}
	if err == nil {
		running, err = busReply[bool](daemon, busDaemonPath, busDaemon+".NameHasOwner", name)
	}
	if err != nil {
		if daemon.failure != nil {
			c.disconnect(err)
		}
		return nil, err
	}
	s := &busService{capture: c, bus: bus, name: name, running: running}
	if !running && !slices.Contains(c.startable, name) {
		s.failure = errNoService
	}
	c.services[name] = s
	return s, s.failure
}

// disconnect gives up a bus that does not answer.
func (c *capture) disconnect(why error) {
	if err := c.bus.Close(); err != nil {
		c.log.Debug("bus closed", "error", err)
	}
	c.bus, c.busError = nil, why
}

// bounded is the context of one question.
func (s *busService) bounded() (context.Context, context.CancelFunc) {
	return context.WithTimeout(s.capture.ctx, s.capture.busWait)
}

// call calls a method of the service.
func (s *busService) call(path dbus.ObjectPath, method string, args ...any) ([]any, error) {
	if s.failure != nil {
		return nil, s.failure
	}
	ctx, cancel := s.bounded()
	defer cancel()
	body, err := s.bus.Call(ctx, s.name, path, method, args...)
	if err == nil {
		return body, nil
	}
	if err = s.failed(ctx, s.capture.busWait, err); s.failure != nil {
		return nil, err // no matter what was asked
	}
	return nil, fmt.Errorf("%s: %w", member(method), err)
}

// failed makes of the error of a call one that is the same in every capture, and remembers it where it says that the
// service does not answer.
func (s *busService) failed(ctx context.Context, wait time.Duration, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) && s.capture.ctx.Err() == nil {
		s.failure = fmt.Errorf("no answer within %s", wait)
		return s.failure
	}
	var told dbus.Error
	if !errors.As(err, &told) {
		s.failure = err // the connection ended
		return err
	}
	text, _, _ := strings.Cut(strings.TrimSpace(told.Error()), "\n")
	if len(text) > maxErrorText {
		text = text[:maxErrorText]
	}
	err = errors.New(strings.ToValidUTF8(text, "\uFFFD"))
	name, ofBus := strings.CutPrefix(told.Name, busDaemon+".Error.")
	switch name {
	case "AccessDenied": // the bus names connections and processes
		err = errors.New("access denied")
	case "NoReply", "NameHasNoOwner":
		err = errors.New("it ended without an answer")
	}
	if ofBus && !slices.Contains(objectErrors, name) || strings.HasPrefix(told.Name, systemd+".") {
		s.failure = err
	}
	return err
}

// objectErrors are the errors of D-Bus itself with which a service answers a question about an object or a method
// that it does not have. What else the bus and systemd say is that the service cannot be reached.
var objectErrors = []string{"UnknownObject", "UnknownMethod", "UnknownInterface", "UnknownProperty", "InvalidArgs"}

// busReply calls a method that returns one value.
func busReply[T any](s *busService, path dbus.ObjectPath, method string, args ...any) (value T, err error) {
	body, err := s.call(path, method, args...)
	if err != nil {
		return value, err
	}
	if len(body) != 1 {
		return value, fmt.Errorf("%s: a reply of %d values instead of one", member(method), len(body))
	}
	value, ok := body[0].(T)
	if !ok {
		return value, fmt.Errorf("%s: a reply of type %T", member(method), body[0])
	}
	return value, nil
}

// member is the name of a method without that of its interface.
func member(method string) string { return method[strings.LastIndexByte(method, '.')+1:] }

// busProperties are those of one interface of an object, and the first of them that was not of the expected type.
type busProperties struct {
	values map[string]dbus.Variant
	err    error
}

// properties reads all properties of an interface of an object.
func (s *busService) properties(path dbus.ObjectPath, iface string) (*busProperties, error) {
	values, err := busReply[map[string]dbus.Variant](s, path, getProperties, iface)
	if err != nil {
		return nil, err
	}
	return &busProperties{values: values}, nil
}

// busObjects are the objects of a service: path → interface → properties.
type busObjects map[dbus.ObjectPath]map[string]map[string]dbus.Variant

// managedObjects reads all objects below a path, with their properties.
func (s *busService) managedObjects(path dbus.ObjectPath) (busObjects, error) {
	return busReply[map[dbus.ObjectPath]map[string]map[string]dbus.Variant](s, path, getManagedObjects)
}

// of are the properties of an object; has is false where it lacks the interface.
func (o busObjects) of(path dbus.ObjectPath, iface string) (p *busProperties, has bool) {
	values, has := o[path][iface]
	return &busProperties{values: values}, has
}

// busValue is a property. One that this version of the service does not have is the zero value.
func busValue[T any](p *busProperties, name string) (value T) {
	variant, has := p.values[name]
	if !has {
		return value
	}
	value, ok := variant.Value().(T)
	if !ok && p.err == nil {
		p.err = fmt.Errorf("%s: a value of type %T", name, variant.Value())
	}
	return value
}
