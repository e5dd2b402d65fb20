package introspect

import (
	"path"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

// collectAccess reads who may do what in PVE's API.
func collectAccess(c *capture) {
	a := c.area("access", sourceFile)
	if file, data, ok := a.pveFile("user.cfg"); ok {
		c.out.Access = formats.UserCfg(file, data)
	}
	realms, anomalies := a.sectionFile("domains.cfg", formats.Realms)
	c.out.Access.Realms = realms
	c.out.Access.Anomalies = append(c.out.Access.Anomalies, anomalies...)
}

// collectDatacenter reads the small files of /etc/pve that hold for all nodes.
func collectDatacenter(c *capture) {
	whole := c.pveWhole()
	a := c.area("datacenter", sourceFile)
	const options = pveDir + "/datacenter.cfg"
	if data, ok := a.want(options, whole); ok {
		c.out.Datacenter.Options = formats.KeyValues(options, data)
		c.out.Datacenter.Anomalies = formats.KeyValueAnomalies(options, data)
	}
	collectJobs(c, whole)

	a = c.area("notifications", sourceFile)
	const notifications = "notifications.cfg"
	c.out.Notifications = a.sections(notifications, formats.Notifications)
	if known := a.Status == statusKnown; known && hasNotifications(c.out.Host.PVEVersion) {
		c.out.Notifications = formats.NotificationDefaults(pveDir+"/"+notifications, c.out.Notifications)
	}
	a = c.area("metrics", sourceFile)
	c.out.Metrics = a.sections("status.cfg", formats.Metrics)

	a = c.area("acme", sourceFile)
	// Accounts are their names alone: the files are keys.
	const accounts, plugins = "priv/acme", "priv/acme/plugins.cfg"
	for _, name := range a.directory(pveDir + "/" + accounts) {
		if name != path.Base(plugins) {
			c.out.ACME.Accounts = append(c.out.ACME.Accounts, name)
		}
	}
	c.out.ACME.Plugins = a.sections(plugins, formats.ACMEPlugins)

	a = c.area("mappings", sourceFile)
	for _, kind := range []string{"dir", "directory", "pci", "usb"} {
		const dir = pveDir + "/mapping"
		file := dir + "/" + kind + ".cfg"
		data, ok := a.may(file)
		if !ok {
			continue
		}
		found, anomalies := formats.Sections(file, data, formats.Mapping)
		a.anomalies(anomalies)
		for i := range found {
			found[i].Type = kind
		}
		c.out.Mappings = append(c.out.Mappings, found...)
	}
	// Models of processors are names of the whole cluster too.
	c.out.Mappings = append(c.out.Mappings, a.sections("virtual-guest/cpu-models.conf", formats.CPUModels)...)
	// So are the profiles that guests are made from.
	const profiles = pveDir + "/virtual-guest/profiles.cfg"
	if data, ok := a.may(profiles); ok {
		found, anomalies := formats.Sections(profiles, data, formats.GuestProfiles)
		a.anomalies(anomalies)
		c.out.Mappings = append(c.out.Mappings, found...)
	}
	if len(c.out.Mappings) == 0 && !whole {
		a.unknown(pveDir+"/mapping", c.whyAbsent(pveDir+"/mapping"))
	}
}

// collectJobs reads the scheduled jobs and the defaults of backups.
func collectJobs(c *capture, whole bool) {
	a := c.area("jobs", sourceFile)
	c.out.Jobs.Scheduled = a.sections("jobs.cfg", formats.Jobs)
	const cron, defaults = pveDir + "/vzdump.cron", "/etc/vzdump.conf"
	if data, ok := a.want(cron, whole); ok {
		c.out.Jobs.VzdumpCron = formats.VzdumpCron(cron, data)
	}
	if data, ok := a.want(defaults, c.etcWhole()); ok {
		c.out.Jobs.VzdumpDefaults = formats.KeyValues(defaults, data)
		a.anomalies(formats.KeyValueAnomalies(defaults, data))
	}
}

// hasNotifications says whether a version of PVE has targets and matchers, which 8.1 brought.
func hasNotifications(version string) bool {
	words := strings.FieldsFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if len(words) < 2 {
		return false
	}
	major, err := strconv.Atoi(words[0])
	minor, err2 := strconv.Atoi(words[1])
	return err == nil && err2 == nil && (major > 8 || major == 8 && minor >= 1)
}
