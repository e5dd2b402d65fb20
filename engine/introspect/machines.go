package introspect

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	machine1        = "org.freedesktop.machine1"
	machine1Path    = dbus.ObjectPath("/org/freedesktop/machine1")
	machine1Manager = machine1 + ".Manager"

	// hostMachine is machine1's name for the host itself.
	hostMachine = ".host"
)

// collectMachines asks machine1 for the machines that run beside PVE's guests, which do not register there.
// systemd-machined is a package of its own: a host without it has none.
func collectMachines(c *capture) {
	a := c.area("system.machines", sourceDBus)
	service, err := c.service(machine1)
	if err == nil {
		c.out.System.Machines, err = askMachines(service)
	}
	switch {
	case errors.Is(err, errNoService):
		a.explain("machine1", err)
	case err != nil:
		a.unknown(machine1, err)
	}
}

// askMachines lists the machines but for the host.
func askMachines(service *busService) ([]snapshot.Machine, error) {
	listed, err := busReply[[][]any](service, machine1Path, machine1Manager+".ListMachines")
	if err != nil {
		return nil, err
	}
	var machines []snapshot.Machine
	for _, one := range listed {
		var m snapshot.Machine
		var object dbus.ObjectPath
		if err := dbus.Store(one, &m.Name, &m.Class, &m.Service, &object); err != nil {
			return nil, fmt.Errorf("ListMachines: %w", err)
		}
		if m.Name != hostMachine {
			machines = append(machines, m)
		}
	}
	slices.SortFunc(machines, func(a, b snapshot.Machine) int { return cmp.Compare(a.Name, b.Name) })
	return machines, nil
}
