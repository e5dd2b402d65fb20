// Package packagekit speaks PackageKit's protocol: it carries one role out on a
// bus that it is given, and follows it to its end. It knows no distribution, and
// decides nothing: who asks says what may be changed.
package packagekit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// Names of PackageKit on the bus.
const (
	Service     = "org.freedesktop.PackageKit"
	Path        = dbus.ObjectPath("/org/freedesktop/PackageKit")
	transaction = Service + ".Transaction"

	busService, busOwnerChange            = "org.freedesktop.DBus", "org.freedesktop.DBus.NameOwnerChanged"
	propertiesInterface, propertiesPrefix = "org.freedesktop.DBus.Properties", "org.freedesktop.DBus.Properties."
)

// Filters and flags of a transaction: bit n of a mask is value n (PackageKit, pk-enum.h).
const (
	FilterNone      = uint64(0)
	FilterInstalled = uint64(1 << 2)
	FilterNewest    = uint64(1 << 16)

	OnlyTrusted = uint64(1 << 1)
	Simulate    = uint64(1 << 2)
)

// Kinds of packages in an answer (pk-enum.h). InfoMask leaves the kind; newer versions keep how grave an update is in the bits above.
const (
	Installed, Available = 1, 2
	Updating             = 11
	Installing, Removing = 12, 13
	Obsoleting           = 15
	Reinstalling         = 19
	Downgrading          = 20
	Untrusted            = 23
	Install, Remove      = 27, 28
	Obsolete, Downgrade  = 29, 30

	InfoMask = 0xffff
)

// How a transaction ends, and errors that need an answer of their own.
const (
	ExitSuccess, ExitRepair = 1, 11
	ErrorNoLock             = 26
	ErrorUnfinished         = 66
)

// Times that a role may take: one that reads, and one that changes packages.
const (
	LookTimeout, ChangeTimeout = time.Minute, 20 * time.Minute
)

// Bus is a connection to a system bus.
type Bus interface {
	// Call calls a method and stores what it answered in reply, pointers in the order of the answer.
	Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args []any, reply ...any) error
	// Signals delivers the signals of an interface until stop is called.
	Signals(ctx context.Context, service, iface string) (signals <-chan *dbus.Signal, stop func(), err error)
}

// Package is a package as a signal names it: its id is name;version;arch;where.
type Package struct {
	Info        uint32
	ID, Summary string
}

// Kind is what the signal says of the package.
func (p Package) Kind() uint32 { return p.Info & InfoMask }

// Name, Version and Arch are parts of its id; "" where it has none.
func (p Package) Name() string    { return Name(p.ID) }
func (p Package) Version() string { return part(p.ID, 1) }
func (p Package) Arch() string    { return part(p.ID, 2) }

// Name is that in an id.
func Name(id string) string { return part(id, 0) }

func part(id string, n int) string {
	if parts := strings.Split(id, ";"); n < len(parts) {
		return parts[n]
	}
	return ""
}

// Repository is a source of packages.
type Repository struct {
	ID, Description string
	Enabled         bool
}

// Answer is what a role named.
type Answer struct {
	Packages     []Package
	Repositories []Repository
}

// Error is how PackageKit says that a transaction failed.
type Error struct {
	Role       string
	Exit, Code uint32
	Details    string
}

func (e *Error) Error() string {
	if e.Details == "" {
		return fmt.Sprintf("PackageKit: %s ended with exit %d", e.Role, e.Exit)
	}
	return fmt.Sprintf("PackageKit: %s: error %d: %s", e.Role, e.Code, strings.Join(strings.Fields(e.Details), " "))
}

// Broken says that an earlier transaction was cut off and has to be repaired first.
func (e *Error) Broken() bool {
	return e.Exit == ExitRepair || e.Code == ErrorUnfinished || e.Code == ErrorNoLock && strings.Contains(e.Details, "dpkg was interrupted")
}

// UnfinishedError says that a transaction has no end: its daemon is gone, or nobody heard of it any more.
type UnfinishedError struct{ Role, Why string }

func (e *UnfinishedError) Error() string { return fmt.Sprintf("PackageKit: %s: %s", e.Role, e.Why) }

// Progress is how far a transaction is. Package is "" where it is about the whole; Percent is -1 where it is not known.
type Progress struct {
	Package string
	Status  uint32
	Percent int
}

// Run carries one role out and returns what it named. progress, where set, hears how far it is.
func Run(ctx context.Context, b Bus, timeout time.Duration, progress func(Progress), role string, args ...any) (answer Answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	// Before there is a transaction: a fast one is finished before its reply is read.
	signals, stop, err := b.Signals(ctx, Service, transaction)
	if err != nil {
		return answer, err
	}
	defer stop()
	owners, stopOwners, err := b.Signals(ctx, busService, busService)
	if err != nil {
		return answer, err
	}
	defer stopOwners()
	var states <-chan *dbus.Signal
	if progress != nil {
		var stopStates func()
		if states, stopStates, err = b.Signals(ctx, Service, propertiesInterface); err != nil {
			return answer, err
		}
		defer stopStates()
	}
	var object dbus.ObjectPath
	if err := b.Call(ctx, Service, Path, Service+".CreateTransaction", nil, &object); err != nil {
		return answer, fmt.Errorf("PackageKit does not answer: %w", err)
	}
	hints := []string{"supports-plural-signals=true", "interactive=false", "background=false"}
	if err := b.Call(ctx, Service, object, transaction+".SetHints", []any{hints}); err != nil {
		return answer, err
	}
	if err := b.Call(ctx, Service, object, transaction+"."+role, args); err != nil {
		return answer, err
	}
	f := follower{role: role, object: object, progress: progress, failure: &Error{Role: role}}
	answer, err = f.follow(ctx, signals, owners, states)
	if err != nil && ctx.Err() != nil { // nobody waits for it any more
		_ = b.Call(context.WithoutCancel(ctx), Service, object, transaction+".Cancel", nil)
	}
	return answer, err
}

// follower follows the signals of a transaction up to its end.
type follower struct {
	role     string
	object   dbus.ObjectPath
	progress func(Progress)
	failure  *Error
	answer   Answer
}

func (f *follower) follow(ctx context.Context, signals, owners, states <-chan *dbus.Signal) (Answer, error) {
	for {
		var s *dbus.Signal
		open := true
		select {
		case <-ctx.Done():
			return Answer{}, fmt.Errorf("PackageKit: %s: %w", f.role, ctx.Err())
		case s, open = <-owners:
			if open && (s.Name != busOwnerChange || len(s.Body) != 3 || s.Body[0] != Service || s.Body[2] != "") {
				continue
			}
			return Answer{}, &UnfinishedError{f.role, "the daemon ended before it was finished"}
		case s, open = <-states:
			if open && s.Path == f.object {
				f.state(s)
			}
			if open {
				continue
			}
		case s, open = <-signals:
		}
		if !open {
			return Answer{}, &UnfinishedError{f.role, "the connection to the bus ended"}
		}
		if s.Path != f.object {
			continue
		}
		if done, err := f.hear(s); done || err != nil {
			if err != nil {
				return Answer{}, err
			}
			return f.answer, nil
		}
	}
}

// hear takes one signal of the transaction; done says that it was the last.
func (f *follower) hear(s *dbus.Signal) (done bool, err error) {
	name := strings.TrimPrefix(s.Name, transaction+".")
	switch name {
	case "Package":
		var p Package
		if err = dbus.Store(s.Body, &p.Info, &p.ID, &p.Summary); err == nil {
			f.answer.Packages = append(f.answer.Packages, p)
		}
	case "Packages":
		var list []Package
		if err = dbus.Store(s.Body, &list); err == nil {
			f.answer.Packages = append(f.answer.Packages, list...)
		}
	case "RepoDetail":
		var r Repository
		if err = dbus.Store(s.Body, &r.ID, &r.Description, &r.Enabled); err == nil {
			f.answer.Repositories = append(f.answer.Repositories, r)
		}
	case "ItemProgress":
		var id string
		var status, percent uint32
		if dbus.Store(s.Body, &id, &status, &percent) == nil && f.progress != nil {
			f.progress(Progress{Name(id), status, percentOf(percent)})
		}
	case "ErrorCode":
		err = dbus.Store(s.Body, &f.failure.Code, &f.failure.Details)
	case "Finished":
		var runtime uint32
		if err = dbus.Store(s.Body, &f.failure.Exit, &runtime); err != nil {
			break
		}
		if f.failure.Exit != ExitSuccess || f.failure.Details != "" {
			return true, f.failure
		}
		return true, nil
	case "Destroy":
		return true, &UnfinishedError{f.role, "was destroyed before it was finished"}
	}
	if err != nil {
		err = fmt.Errorf("PackageKit: signal %s: %w", name, err)
	}
	return false, err
}

// state hears of the transaction as a whole.
func (f *follower) state(s *dbus.Signal) {
	var iface string
	var changed map[string]dbus.Variant
	if f.progress == nil || s.Name != propertiesPrefix+"PropertiesChanged" || len(s.Body) < 2 || dbus.Store(s.Body[:2], &iface, &changed) != nil {
		return
	}
	status, hasStatus := changed["Status"].Value().(uint32)
	percent, hasPercent := changed["Percentage"].Value().(uint32)
	if !hasStatus && !hasPercent {
		return
	}
	p := Progress{Status: status, Percent: -1}
	if hasPercent {
		p.Percent = percentOf(percent)
	}
	f.progress(p)
}

// unknownPercent is what PackageKit says where it does not know.
const unknownPercent = 101

func percentOf(n uint32) int {
	if n >= unknownPercent {
		return -1
	}
	return int(n)
}

// Mended carries a role out. What an earlier one has left half done is repaired first: repair is told of it, and may refuse.
func Mended(ctx context.Context, b Bus, timeout time.Duration, progress func(Progress), repair func(*Error) error, role string, args ...any) (Answer, error) {
	answer, err := Run(ctx, b, timeout, progress, role, args...)
	broken := (*Error)(nil)
	if !errors.As(err, &broken) || !broken.Broken() {
		return answer, err
	}
	if repair != nil {
		if err := repair(broken); err != nil {
			return Answer{}, err
		}
	}
	if _, err := Run(ctx, b, ChangeTimeout, progress, "RepairSystem", OnlyTrusted); err != nil {
		return Answer{}, err
	}
	return Run(ctx, b, timeout, progress, role, args...)
}
