package introspect

import (
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	timedate1     = "org.freedesktop.timedate1"
	timedate1Path = dbus.ObjectPath("/org/freedesktop/timedate1")
	locale1       = "org.freedesktop.locale1"
	locale1Path   = dbus.ObjectPath("/org/freedesktop/locale1")

	// adjtimeFile says whether the clock of the board is in UTC. Without it, it is.
	adjtimeFile = "/etc/adjtime"
)

// collectClock asks who keeps the time and in which zone the clock of the board is.
func collectClock(c *capture) {
	a := c.area("system.clock", sourceDBus)
	clock, zone, err := askClock(c)
	if err == nil {
		c.out.System.Clock = clock
		compareZone(c, a, zone)
		return
	}
	data, read := a.may(adjtimeFile)
	if !read && (a.failed > 0 || !c.etcWhole()) {
		a.unknown(timedate1, err)
		return
	}
	// Who keeps the time is not in this file.
	a.Source = sourceFile
	a.problem(timedate1, err)
	c.out.System.Clock.LocalRTC = localClock(data)
}

// askClock asks timedate1.
func askClock(c *capture) (clock snapshot.Clock, zone string, err error) {
	service, err := c.service(timedate1)
	if err != nil {
		return clock, "", err
	}
	found, err := service.properties(timedate1Path, timedate1)
	if err != nil {
		return clock, "", err
	}
	clock = snapshot.Clock{
		NTP: busValue[bool](found, "NTP"), Synchronized: busValue[bool](found, "NTPSynchronized"), LocalRTC: busValue[bool](found, "LocalRTC"),
	}
	return clock, busValue[string](found, "Timezone"), found.err
}

// localClock reads the third line of adjtime(5).
func localClock(data []byte) bool {
	lines := strings.Split(string(data), "\n")
	return len(lines) > 2 && strings.TrimSpace(lines[2]) == "LOCAL"
}

// compareZone notes where Debian's file of the zone is stale: programs go by the link /etc/localtime, which is
// what timedate1 reads.
func compareZone(c *capture, a *area, zone string) {
	const file = "/etc/timezone"
	if inFile := c.line(file); zone != "" && inFile != "" && inFile != zone {
		a.note(file, fmt.Errorf("says %s, but the zone in use is %s", inFile, zone))
	}
	if !c.exists(file) {
		c.out.System.TimeZone = zone
	}
}

// localeFiles and keyboardFiles are where Debian and systemd keep language and keyboard.
var (
	localeFiles   = []string{"/etc/default/locale", "/etc/locale.conf"}
	keyboardFiles = []string{"/etc/default/keyboard", "/etc/vconsole.conf"}
)

// collectLocale asks locale1 for the language and the keyboard where no file says them.
func collectLocale(c *capture) {
	if !c.host.Live() || c.anyExists(localeFiles) && c.anyExists(keyboardFiles) {
		return
	}
	service, err := c.service(locale1)
	if err != nil {
		return // the files are the source; this host just has none
	}
	found, err := service.properties(locale1Path, locale1)
	if err != nil {
		c.area("system.locale", sourceDBus).note(locale1, err)
		return
	}
	for _, variable := range busValue[[]string](found, "Locale") {
		if language, is := strings.CutPrefix(variable, "LANG="); is && !c.anyExists(localeFiles) {
			c.out.System.Locale = language
		}
	}
	if !c.anyExists(keyboardFiles) {
		c.out.System.Keymap = busValue[string](found, "VConsoleKeymap")
	}
	if found.err != nil {
		c.area("system.locale", sourceDBus).note(locale1, found.err)
	}
}

// anyExists says whether one of some paths leads to something.
func (c *capture) anyExists(names []string) bool {
	for _, name := range names {
		if c.exists(name) {
			return true
		}
	}
	return false
}
