package introspect

import (
	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	login1        = "org.freedesktop.login1"
	login1Path    = dbus.ObjectPath("/org/freedesktop/login1")
	login1Manager = login1 + ".Manager"

	// lingerDir has an empty file for each user whose services run without a session.
	lingerDir = "/var/lib/systemd/linger"
)

// collectLogin asks login1 what the host does when nobody asks, and takes the users that linger from the files in
// which login1 keeps them.
func collectLogin(c *capture) {
	a := c.area("system.login", sourceDBus)
	login, err := askLogin(c)
	c.out.System.Login = login
	c.out.System.Login.Lingering = a.directory(lingerDir)
	switch {
	case err == nil:
	case c.exists("/var/lib/systemd"):
		a.Source = sourceFile
		a.problem(login1, err)
	default:
		a.unknown(login1, err)
	}
}

// askLogin asks login1.
func askLogin(c *capture) (login snapshot.Login, err error) {
	service, err := c.service(login1)
	if err != nil {
		return login, err
	}
	found, err := service.properties(login1Path, login1Manager)
	if err != nil {
		return login, err
	}
	login = snapshot.Login{
		PowerKey:          busValue[string](found, "HandlePowerKey"),
		LidSwitch:         busValue[string](found, "HandleLidSwitch"),
		IdleAction:        busValue[string](found, "IdleAction"),
		KillUserProcesses: busValue[bool](found, "KillUserProcesses"),
		Sessions:          int(busValue[uint64](found, "NCurrentSessions")),
	}
	return login, found.err
}
