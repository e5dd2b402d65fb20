package introspect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	packageKit            = "org.freedesktop.PackageKit"
	packageKitPath        = dbus.ObjectPath("/org/freedesktop/PackageKit")
	packageKitTransaction = packageKit + ".Transaction"

	// packageKitTimeout bounds one transaction, the start of the daemon included:
	// the bus gives up on a daemon that does not come up after 25 seconds.
	packageKitTimeout = 30 * time.Second

	// filterNone and filterInstalled are masks over PackageKit's filters: bit n is filter n.
	filterNone      = uint64(0)
	filterInstalled = uint64(1 << 2)

	// exitSuccess is the value of the signal Finished for a role that worked.
	exitSuccess = uint32(1)
)

// packageKitRepo is one source as PackageKit lists it.
type packageKitRepo struct {
	id, description string
	enabled         bool
}

// transaction runs one role of PackageKit and returns the signals that it sent,
// up to the last one.
func transaction(ctx context.Context, bus Bus, role string, args ...any) ([]*dbus.Signal, error) {
	ctx, cancel := context.WithTimeout(ctx, packageKitTimeout)
	defer cancel()
	// A fast role is finished before its reply is read, so the signals are
	// subscribed to before there is a transaction.
	signals, stop, err := bus.Signals(ctx, packageKit, packageKitTransaction)
	if err != nil {
		return nil, err
	}
	defer stop()
	body, err := bus.Call(ctx, packageKit, packageKitPath, packageKit+".CreateTransaction")
	if err != nil {
		return nil, timeoutError(ctx, err)
	}
	var object dbus.ObjectPath
	if err := dbus.Store(body, &object); err != nil {
		return nil, fmt.Errorf("reply of CreateTransaction: %w", err)
	}
	// Hints are requests: an old daemon without plural signals sends single ones.
	if _, err := bus.Call(ctx, packageKit, object, packageKitTransaction+".SetHints",
		[]string{"supports-plural-signals=true", "interactive=false"}); err != nil {
		return nil, timeoutError(ctx, err)
	}
	if _, err := bus.Call(ctx, packageKit, object, packageKitTransaction+"."+role, args...); err != nil {
		return nil, timeoutError(ctx, err)
	}
	var received []*dbus.Signal
	var failure error
	for {
		select {
		case <-ctx.Done():
			return nil, timeoutError(ctx, ctx.Err())
		case signal, open := <-signals:
			if !open || signal == nil {
				return nil, errors.New("the connection to the bus ended")
			}
			if signal.Path != object {
				continue
			}
			switch strings.TrimPrefix(signal.Name, packageKitTransaction+".") {
			case "ErrorCode":
				failure = errorCode(signal.Body)
			case "Finished":
				var exit, runtime uint32
				if err := dbus.Store(signal.Body, &exit, &runtime); err != nil {
					return nil, fmt.Errorf("signal Finished: %w", err)
				}
				if exit != exitSuccess && failure == nil {
					failure = fmt.Errorf("%s ended with exit %d", role, exit)
				}
				return received, failure
			case "Destroy":
				if failure == nil {
					failure = fmt.Errorf("%s was destroyed before it finished", role)
				}
				return nil, failure
			default:
				received = append(received, signal)
			}
		}
	}
}

// timeoutError tells a daemon that hangs from one that refuses.
func timeoutError(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %s", packageKitTimeout)
	}
	return err
}

func errorCode(body []any) error {
	var code uint32
	var details string
	if err := dbus.Store(body, &code, &details); err != nil {
		return fmt.Errorf("signal ErrorCode: %w", err)
	}
	return fmt.Errorf("error code %d: %s", code, strings.Join(strings.Fields(details), " "))
}

// installedPackages asks PackageKit what is installed. automatic is absent in
// versions before 1.2.5, which do not say why a package is there.
func installedPackages(ctx context.Context, bus Bus) (packages []snapshot.Package, marked bool, err error) {
	signals, err := transaction(ctx, bus, "GetPackages", filterInstalled)
	if err != nil {
		return nil, false, err
	}
	marked = true
	add := func(id string) error {
		p, known, err := packageOf(id)
		if err != nil {
			return err
		}
		marked = marked && known
		packages = append(packages, p)
		return nil
	}
	for _, signal := range signals {
		switch strings.TrimPrefix(signal.Name, packageKitTransaction+".") {
		case "Package":
			var info uint32
			var id, summary string
			if err := dbus.Store(signal.Body, &info, &id, &summary); err != nil {
				return nil, false, fmt.Errorf("signal Package: %w", err)
			}
			if err := add(id); err != nil {
				return nil, false, err
			}
		case "Packages":
			var several []struct {
				Info        uint32
				ID, Summary string
			}
			if err := dbus.Store(signal.Body, &several); err != nil {
				return nil, false, fmt.Errorf("signal Packages: %w", err)
			}
			for _, one := range several {
				if err := add(one.ID); err != nil {
					return nil, false, err
				}
			}
		}
	}
	if len(packages) == 0 {
		return nil, false, errors.New("no installed package is named by GetPackages")
	}
	return packages, marked, nil
}

// packageOf reads a package id: name;version;arch;data. The data of an installed
// package is auto:origin or manual:origin, in old versions installed:origin.
func packageOf(id string) (p snapshot.Package, marked bool, err error) {
	parts := strings.Split(id, ";")
	if len(parts) != 4 || parts[0] == "" {
		return p, false, fmt.Errorf("package id %q: not name;version;arch;data", id)
	}
	mark, origin, _ := strings.Cut(parts[3], ":")
	if origin == "local" {
		origin = "" // in dpkg's status file only
	}
	return snapshot.Package{
		Name: parts[0], Version: parts[1], Arch: parts[2], Origin: origin,
		Status: "installed", Auto: mark == "auto",
	}, mark == "auto" || mark == "manual", nil
}

// repositoriesOf asks PackageKit for the package sources that it knows.
func repositoriesOf(ctx context.Context, bus Bus) ([]packageKitRepo, error) {
	signals, err := transaction(ctx, bus, "GetRepoList", filterNone)
	if err != nil {
		return nil, err
	}
	var repos []packageKitRepo
	for _, signal := range signals {
		if strings.TrimPrefix(signal.Name, packageKitTransaction+".") != "RepoDetail" {
			continue
		}
		var repo packageKitRepo
		if err := dbus.Store(signal.Body, &repo.id, &repo.description, &repo.enabled); err != nil {
			return nil, fmt.Errorf("signal RepoDetail: %w", err)
		}
		repos = append(repos, repo)
	}
	return repos, nil
}
