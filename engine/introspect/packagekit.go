package introspect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	packageKit            = "org.freedesktop.PackageKit"
	packageKitPath        = dbus.ObjectPath("/org/freedesktop/PackageKit")
	packageKitTransaction = packageKit + ".Transaction"

	// packageKitTimeout bounds one transaction: apt's lists are read from the disk for most roles.
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

// transaction runs one role of PackageKit and returns the signals that it sent, up to the last one. Roles are those that
// read: none that refreshes lists, downloads or installs is ever asked for.
func (c *capture) transaction(role string, args ...any) ([]*dbus.Signal, error) {
	service, err := c.service(packageKit)
	if err != nil {
		return nil, err
	}
	wait := min(packageKitTimeout, 3*c.busWait)
	ctx, cancel := context.WithTimeout(c.ctx, wait)
	defer cancel()
	// A fast role is finished before its reply is read, so the signals are
	// subscribed to before there is a transaction.
	signals, stop, err := service.bus.Signals(ctx, packageKit, packageKitTransaction)
	if err != nil {
		return nil, service.failed(ctx, wait, err)
	}
	defer stop()
	object, err := busReply[dbus.ObjectPath](service, packageKitPath, packageKit+".CreateTransaction")
	if err != nil {
		return nil, err
	}
	// Hints are requests: an old daemon without plural signals sends single ones.
	if _, err := service.call(object, packageKitTransaction+".SetHints",
		[]string{"supports-plural-signals=true", "interactive=false"}); err != nil {
		return nil, err
	}
	if _, err := service.call(object, packageKitTransaction+"."+role, args...); err != nil {
		return nil, err
	}
	var received []*dbus.Signal
	var failure error
	for {
		select {
		case <-ctx.Done():
			return nil, service.failed(ctx, wait, ctx.Err())
		case signal, open := <-signals:
			if !open || signal == nil {
				return nil, service.failed(ctx, wait, errors.New("the connection to the bus ended"))
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

func errorCode(body []any) error {
	var code uint32
	var details string
	if err := dbus.Store(body, &code, &details); err != nil {
		return fmt.Errorf("signal ErrorCode: %w", err)
	}
	return fmt.Errorf("error code %d: %s", code, strings.Join(strings.Fields(details), " "))
}

// listedPackage is a package as a signal names it.
type listedPackage struct {
	Info        uint32
	ID, Summary string
}

// packagesOf runs a role that lists packages.
func (c *capture) packagesOf(role string, args ...any) ([]listedPackage, error) {
	signals, err := c.transaction(role, args...)
	if err != nil {
		return nil, err
	}
	var out []listedPackage
	for _, signal := range signals {
		switch strings.TrimPrefix(signal.Name, packageKitTransaction+".") {
		case "Package":
			var one listedPackage
			if err := dbus.Store(signal.Body, &one.Info, &one.ID, &one.Summary); err != nil {
				return nil, fmt.Errorf("signal Package: %w", err)
			}
			out = append(out, one)
		case "Packages":
			var several []listedPackage
			if err := dbus.Store(signal.Body, &several); err != nil {
				return nil, fmt.Errorf("signal Packages: %w", err)
			}
			out = append(out, several...)
		}
	}
	return out, nil
}

// installedPackages asks PackageKit what is installed. marked is false in
// versions before 1.2.5, which do not say why a package is there.
func (c *capture) installedPackages() (packages []snapshot.Package, marked bool, err error) {
	listed, err := c.packagesOf("GetPackages", filterInstalled)
	if err != nil {
		return nil, false, err
	}
	marked = true
	for _, one := range listed {
		p, known, err := packageOf(one.ID)
		if err != nil {
			return nil, false, err
		}
		marked = marked && known
		packages = append(packages, p)
	}
	if len(packages) == 0 {
		return nil, false, errors.New("no installed package is named by GetPackages")
	}
	return packages, marked, nil
}

// updateKinds are PackageKit's words for the info of an update, by their numbers.
var updateKinds = map[uint32]string{
	0: "unknown", 3: "low", 4: "enhancement", 5: "normal", 6: "bugfix", 7: "important", 8: "security", 9: "blocked",
	23: "untrusted", 24: "trusted", 25: "unavailable", 26: "critical", 27: "install", 28: "remove", 29: "obsolete", 30: "downgrade",
}

// infoMask leaves the kind of a package's info; newer versions keep how grave an update is in the bits above.
const infoMask = 0xffff

// updates asks PackageKit which newer versions it knows of. It does not look for new lists.
func (c *capture) updates() ([]snapshot.PackageUpdate, error) {
	listed, err := c.packagesOf("GetUpdates", filterNone)
	if err != nil {
		return nil, err
	}
	var out []snapshot.PackageUpdate
	for _, one := range listed {
		p, _, err := packageOf(one.ID)
		if err != nil {
			return nil, err
		}
		kind, known := updateKinds[one.Info&infoMask]
		if !known {
			kind = updateKinds[0]
		}
		out = append(out, snapshot.PackageUpdate{Name: p.Name, Version: p.Version, Arch: p.Arch, Kind: kind})
	}
	slices.SortFunc(out, func(a, b snapshot.PackageUpdate) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Arch, b.Arch), cmp.Compare(a.Version, b.Version))
	})
	return slices.Compact(out), nil
}

// dependencies asks PackageKit what an installed package depends on, directly or not. Each is a name and an architecture.
func (c *capture) dependencies(p snapshot.Package) (map[[2]string]bool, error) {
	// The last part of the id is for people: apt finds a version by the others.
	id := strings.Join([]string{p.Name, p.Version, p.Arch, ""}, ";")
	listed, err := c.packagesOf("DependsOn", filterInstalled, []string{id}, true)
	if err != nil {
		return nil, err
	}
	out := map[[2]string]bool{}
	for _, one := range listed {
		p, _, err := packageOf(one.ID)
		if err != nil {
			return nil, err
		}
		out[[2]string{p.Name, p.Arch}] = true
	}
	return out, nil
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
func (c *capture) repositoriesOf() ([]packageKitRepo, error) {
	signals, err := c.transaction("GetRepoList", filterNone)
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
