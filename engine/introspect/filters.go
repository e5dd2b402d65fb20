package introspect

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// legacyTables are the files that name the tables of the older interface of packet filters. The kernel has each only
// while its module is loaded.
var legacyTables = []struct{ file, family string }{
	{"ip_tables_names", "ip"},
	{"ip6_tables_names", "ip6"},
	{"arp_tables_names", "arp"},
}

// bridgeTables are the modules of the tables of ebtables, which no file names.
var bridgeTables = []string{"broute", "filter", "nat"}

// collectFilters takes the names of the tables of packet filters that the running kernel has.
func collectFilters(c *capture) {
	a := c.area("network.filters", sourceNetlink)
	network, err := c.host.Network()
	if err != nil {
		a.unknown("netlink", err)
		return
	}
	defer network.Close()
	var tables []snapshot.FilterTable
	if hasNFTables(c) {
		if tables, err = network.FilterTables(); err != nil {
			a.problem("netlink", err)
		}
	}
	dir, found := c.netDirectory()
	if !found {
		a.problem(dir, errAbsent)
	}
	for _, table := range legacyTables {
		content, err := c.host.ReadFile(dir+"/"+table.file, maxPVEFileSize)
		switch {
		case err == nil:
			for _, name := range formats.LegacyFilters(content.Data) {
				tables = append(tables, snapshot.FilterTable{Kind: "iptables", Family: table.family, Name: name})
			}
		case !absent(err):
			a.problem(dir+"/"+table.file, err)
		}
	}
	for _, name := range bridgeTables {
		if c.exists("/sys/module/ebtable_" + name) {
			tables = append(tables, snapshot.FilterTable{Kind: "iptables", Family: "bridge", Name: name})
		}
	}
	slices.SortFunc(tables, func(a, b snapshot.FilterTable) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Family, b.Family), cmp.Compare(a.Name, b.Name))
	})
	c.out.Network.Filters = slices.Compact(tables)
}

// hasNFTables says whether the kernel has nftables already: to ask for tables would make it load the module.
func hasNFTables(c *capture) bool {
	const loaded, module = "/proc/modules", "nf_tables"
	if c.exists("/sys/module/" + module) {
		return true
	}
	content, err := c.host.ReadFile(loaded, maxPVEFileSize)
	if err != nil {
		return absent(err) // a kernel without modules has all in it, and can load nothing
	}
	if slices.Contains(modulesOf(content.Data), module) {
		return true
	}
	builtin := "/lib/modules/" + c.line("/proc/sys/kernel/osrelease") + "/modules.builtin"
	content, err = c.host.ReadFile(builtin, maxFileSize)
	return err == nil && bytes.Contains(content.Data, []byte("/"+module+".ko"))
}
