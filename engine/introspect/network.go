package introspect

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// collectNetwork takes the configured and the running network.
func collectNetwork(c *capture) {
	collectInterfaces(c)
	collectLinks(c)
	collectListeners(c)
	collectFilters(c)
	out := &c.out.Network

	a := c.area("network.dns", sourceFile)
	if data, ok := a.need("/etc/resolv.conf"); ok {
		out.DNS = formats.ResolvConf("/etc/resolv.conf", data)
	}
	a = c.area("network.hosts", sourceFile)
	if data, ok := a.need("/etc/hosts"); ok {
		out.Hosts = formats.Hosts("/etc/hosts", data)
	}
	collectSDN(c)
	collectFirewall(c)
	collectOVS(c)
}

func collectInterfaces(c *capture) {
	a := c.area("network.interfaces", sourceFile)
	const file = "/etc/network/interfaces"
	if !c.exists(file) {
		a.unknown(file, errAbsent)
		return
	}
	found, anomalies, _, err := formats.Interfaces(file, areaFiles{a})
	if err != nil {
		a.unknown(file, err)
		return
	}
	const staged = file + ".new"
	if c.exists(staged) {
		c.out.Network.Staged = true
		anomalies = append(anomalies, snapshot.Anomaly{
			Kind: "staged-file", Detail: "PVE puts this file in the place of " + file + " at its next boot", Source: staged + ":1",
		})
	}
	c.out.Network.Interfaces, c.out.Network.Anomalies = found, anomalies
}

// areaFiles are the files of a host for a parser that follows references.
type areaFiles struct{ area *area }

// ReadFile reads a file and records it.
func (f areaFiles) ReadFile(name string) ([]byte, error) { return f.area.capture.read(name) }

// Glob returns the paths that match a pattern of path.Match, in alphabetical order.
func (f areaFiles) Glob(pattern string) ([]string, error) {
	if !path.IsAbs(pattern) {
		return nil, errors.New("not an absolute path")
	}
	found := []string{"/"}
	for _, part := range strings.Split(strings.Trim(path.Clean(pattern), "/"), "/") {
		var next []string
		for _, dir := range found {
			if !strings.ContainsAny(part, `*?[\`) {
				if name := path.Join(dir, part); f.area.capture.exists(name) {
					next = append(next, name)
				}
				continue
			}
			entries, err := f.area.capture.host.ReadDir(dir)
			if err != nil {
				continue // not a directory, or one that went away
			}
			for _, entry := range entries {
				matches, err := path.Match(part, entry.Name())
				if err != nil {
					return nil, err
				}
				if matches && (!strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(part, ".")) {
					next = append(next, path.Join(dir, entry.Name()))
				}
			}
		}
		found = next
	}
	slices.Sort(found)
	return found, nil
}

// collectFirewall reads the firewall of the datacenter, the nodes, the guests
// and the virtual networks.
func collectFirewall(c *capture) {
	a := c.area("network.firewall", sourceFile)
	add := func(file, scope, name string) {
		if data, ok := a.may(file); ok {
			c.out.Network.Firewall = append(c.out.Network.Firewall, formats.Firewall(file, data, scope, name))
		}
	}
	const dir, vnets, nodes = pveDir + "/firewall", pveDir + "/sdn/firewall", pveDir + "/nodes"
	for _, name := range firewallNames(a, dir) {
		if name == "cluster" {
			add(dir+"/cluster.fw", "cluster", "")
		} else {
			add(dir+"/"+name+".fw", "guest", name)
		}
	}
	for _, node := range a.directory(nodes) {
		add(nodes+"/"+node+"/host.fw", "node", node)
	}
	for _, name := range firewallNames(a, vnets) {
		add(vnets+"/"+name+".fw", "vnet", name)
	}
	if len(c.out.Network.Firewall) == 0 && !c.pveWhole() {
		a.unknown(dir, c.whyAbsent(dir))
	}
}

func firewallNames(a *area, dir string) []string {
	var names []string
	for _, name := range a.directory(dir) {
		if stem, found := strings.CutSuffix(name, ".fw"); found {
			names = append(names, stem)
		}
	}
	return names
}
