package introspect

import (
	"cmp"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	hostname1     = "org.freedesktop.hostname1"
	hostname1Path = dbus.ObjectPath("/org/freedesktop/hostname1")
)

// collectHost takes the identity of the machine. The files come first: the bus
// is asked for what only the running host knows.
func collectHost(c *capture) {
	a := c.area("host", sourceFile)
	host := &c.out.Host
	if data, ok := a.may("/etc/hostname"); ok {
		host.Name = firstWord(data)
	}
	if c.host.Live() {
		askHost(c, a, host)
	}
	if host.Name == "" {
		host.Name = c.line("/proc/sys/kernel/hostname")
	}
	if host.Name == "" {
		// A copy of /etc/pve alone says it too, in a link to the directory of this node.
		if node, err := c.host.Readlink(pveDir + "/local"); err == nil {
			host.Name = path.Base(node)
		} else if node := c.onlyNode(); node != "" {
			host.Name = node // the database of a host on its own holds no link
		}
	}
	host.Name, host.Domain, _ = strings.Cut(host.Name, ".")
	if host.Name == "" {
		a.unknown("/etc/hostname", errAbsent)
	}
	if data, ok := a.want("/etc/os-release", false); ok {
		release := formats.OSRelease(data)
		host.OS = strings.TrimSpace(release["ID"] + " " + release["VERSION_ID"])
		host.Codename = release["VERSION_CODENAME"]
	}
	if data, ok := a.may("/etc/machine-id"); ok {
		host.MachineID = firstWord(data)
	}
	if data, ok := a.may("/etc/hostid"); ok {
		id, err := formats.HostID(data)
		a.parsed("/etc/hostid", err)
		host.HostID = id
	}
	if host.Domain == "" {
		host.Domain = domainOf(c, a, host.Name)
	}
	host.Kernel = c.line("/proc/sys/kernel/osrelease")
	host.Arch = archOf(c)
	for _, p := range c.out.Packages {
		if p.Name == "pve-manager" && p.Status != "config-files" {
			host.PVEVersion = p.Version
			major, _, _ := strings.Cut(p.Version, ".")
			host.PVEMajor, _ = strconv.Atoi(major) // 0, absent, for a version that is none
		}
	}
}

// askHost asks hostname1 and systemd.
func askHost(c *capture, a *area, host *snapshot.Host) {
	service, err := c.service(hostname1)
	var found *busProperties
	if err == nil {
		found, err = service.properties(hostname1Path, hostname1)
	}
	if err == nil {
		host.Name = cmp.Or(busValue[string](found, "Hostname"), host.Name)
		host.Chassis = busValue[string](found, "Chassis")
		err = found.err
	}
	if err != nil {
		a.problem(hostname1, err)
	}
	if c.busError == nil {
		host.Virtualization = virtualizationOf(c, a)
	}
}

// virtualizationOf is what systemd detected. It says "" on bare metal, which
// would look as if nobody had asked.
func virtualizationOf(c *capture, a *area) string {
	service, err := c.service(systemd)
	if err == nil {
		var detected dbus.Variant
		if detected, err = busReply[dbus.Variant](service, systemdPath, getProperty, systemdManager, "Virtualization"); err == nil {
			if text, is := detected.Value().(string); is {
				return cmp.Or(text, "none")
			}
			err = fmt.Errorf("a value of type %T for Virtualization", detected.Value())
		}
	}
	a.problem(systemd, err)
	return ""
}

// domainOf is the domain that /etc/hosts gives the host.
func domainOf(c *capture, a *area, name string) string {
	data, ok := a.may("/etc/hosts")
	if !ok {
		return ""
	}
	for _, entry := range formats.Hosts("/etc/hosts", data) {
		for _, candidate := range entry.Names {
			if domain, found := strings.CutPrefix(candidate, name+"."); found {
				return domain
			}
		}
	}
	return ""
}

// archOf is the machine's word for its architecture. The kernel tells it of a
// running host, the architecture of dpkg's own package of a tree.
func archOf(c *capture) string {
	if c.host.Live() {
		return machineArch()
	}
	for _, p := range c.out.Packages {
		if p.Name == "dpkg" {
			return cmp.Or(map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[p.Arch], p.Arch)
		}
	}
	return ""
}

func firstWord(data []byte) string {
	words := strings.Fields(string(data))
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// onlyNode is the name of the one node that /etc/pve knows, or nothing where there are several.
func (c *capture) onlyNode() string {
	nodes, err := c.host.ReadDir(pveDir + "/nodes")
	if err != nil || len(nodes) != 1 || !nodes[0].IsDir() {
		return ""
	}
	return nodes[0].Name()
}
