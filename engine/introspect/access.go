package introspect

import (
	"errors"
	"path"

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

// errPrivate is the problem of facts that stand among secrets.
var errPrivate = errors.New("holds secrets and is never read")

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
	c.out.Notifications = a.sections("notifications.cfg", formats.Notifications)
	a = c.area("metrics", sourceFile)
	c.out.Metrics = a.sections("status.cfg", formats.Metrics)

	a = c.area("acme", sourceFile)
	const accounts, plugins = pveDir + "/priv/acme", pveDir + "/priv/acme/plugins.cfg"
	for _, name := range a.directory(accounts) {
		if name != path.Base(plugins) {
			c.out.ACME.Accounts = append(c.out.ACME.Accounts, name)
		}
	}
	switch {
	case c.exists(plugins):
		a.problem(plugins, errPrivate)
	case !whole:
		a.unknown(accounts, c.whyAbsent(accounts))
	}

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
