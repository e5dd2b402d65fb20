package introspect

import (
	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

// collectSDN reads the software-defined network: what is configured, and where that is not what was applied.
func collectSDN(c *capture) {
	a := c.area("network.sdn", sourceFile)
	out := &c.out.Network.SDN
	out.Zones = a.sections("sdn/zones.cfg", formats.SDNZones)
	out.VNets = a.sections("sdn/vnets.cfg", formats.SDNVNets)
	out.Subnets = a.sections("sdn/subnets.cfg", formats.SDNSubnets)
	out.Controllers = a.sections("sdn/controllers.cfg", formats.SDNControllers)
	out.IPAMs = a.sections("sdn/ipams.cfg", formats.SDNIPAMs)
	out.DNS = a.sections("sdn/dns.cfg", formats.SDNDNS)
	out.Fabrics = a.sections("sdn/fabrics.cfg", formats.SDNFabrics)
	out.PrefixLists = a.sections("sdn/prefix-lists.cfg", formats.SDNPrefixLists)
	out.RouteMaps = a.sections("sdn/route-maps.cfg", formats.SDNRouteMaps)

	const applied = pveDir + "/sdn/.running-config"
	whole := c.pveWhole()
	failed := a.failed
	data, ok := a.want(applied, whole)
	if !ok && (!whole || a.failed > failed) {
		return
	}
	c.withoutDigest(applied) // it repeats what the section files hold of secrets
	pending, err := formats.SDNPending(applied, data, []formats.SDNPart{
		{Kind: "zones", Sections: out.Zones}, {Kind: "vnets", Sections: out.VNets}, {Kind: "subnets", Sections: out.Subnets},
		{Kind: "controllers", Sections: out.Controllers}, {Kind: "fabrics", Sections: out.Fabrics, Recent: true},
		{Kind: "prefix-lists", Sections: out.PrefixLists, Recent: true}, {Kind: "route-maps", Sections: out.RouteMaps, Recent: true},
	})
	a.parsed(applied, err)
	out.Pending = pending
}
