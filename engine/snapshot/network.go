package snapshot

// Network holds the configured and the live network.
type Network struct {
	// Interfaces are what ifupdown2 makes of /etc/network/interfaces and the files that it sources.
	Interfaces []Interface `json:"interfaces"`
	// Anomalies are places where that text does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Links are the kernel's interfaces with their addresses.
	Links []Link `json:"links"`
	// Routes are the kernel's routes of the tables main and local policy.
	Routes []Route `json:"routes"`
	// DNS is resolv.conf.
	DNS DNS `json:"dns"`
	// Hosts are the lines of /etc/hosts.
	Hosts []HostsEntry `json:"hosts"`
	// OVS is the running Open vSwitch.
	OVS OVS `json:"ovs"`
	// SDN is the software-defined network.
	SDN SDN `json:"sdn"`
	// Firewall are the firewall files of datacenter, nodes, guests and virtual networks.
	Firewall []FirewallFile `json:"firewall"`
}

// Interface is one configured interface, all its stanzas merged as ifupdown2 merges them.
type Interface struct {
	_ struct{} `schema:"account"`
	// Name is the interface name.
	Name string `json:"name"`
	// Kind is what the options make of it.
	Kind string `json:"kind" schema:"enum=loopback|physical|alias|vlan|bond|bridge|ovs-bridge|ovs-port|ovs-int-port|ovs-bond|vxlan|vrf|dummy|other"`
	// Auto is true when it is brought up at boot.
	Auto bool `json:"auto"`
	// Allow are the other classes (allow-hotplug, allow-ovs …) that name it.
	Allow []string `json:"allow"`
	// Methods are the family and method of each stanza, in order.
	Methods []Method `json:"methods"`
	// Addresses are the effective static addresses in CIDR form.
	Addresses []Address `json:"addresses"`
	// Gateway and Gateway6 are the default gateways.
	Gateway  string `json:"gateway,omitempty"`
	Gateway6 string `json:"gateway6,omitempty"`
	// MTU in bytes, where set.
	MTU int `json:"mtu,omitempty"`
	// Ports are the members of a bridge (Linux or OVS), without "none".
	Ports []string `json:"ports"`
	// Slaves are the members of a bond (Linux or OVS).
	Slaves []string `json:"slaves"`
	// BondMode is the name of the bonding mode, numbers translated.
	BondMode string `json:"bond_mode,omitempty"`
	// VLANAware is true for a bridge that filters VLANs.
	VLANAware bool `json:"vlan_aware,omitempty"`
	// VIDs are the VLAN ids and ranges of a VLAN-aware bridge, as in 2-4094.
	VIDs []string `json:"vids"`
	// VLANID and VLANRawDevice describe a VLAN device.
	VLANID        int    `json:"vlan_id,omitempty"`
	VLANRawDevice string `json:"vlan_raw_device,omitempty"`
	// OVSBridge is the bridge that an OVS port belongs to.
	OVSBridge string `json:"ovs_bridge,omitempty"`
	// Options are the lines of its stanzas, in order.
	Options []Property `json:"options"`
	// Source is path:line of the first stanza.
	Source string `json:"source,omitempty"`
}

// Method is the family and the method of an iface stanza.
type Method struct {
	// Family is inet, inet6, or empty where the stanza names none.
	Family string `json:"family"`
	// Method is static, manual, dhcp, auto, loopback …
	Method string `json:"method"`
}

// Address is a static address of an interface.
type Address struct {
	// CIDR is address/length.
	CIDR string `json:"cidr"`
	// Family is inet or inet6.
	Family string `json:"family" schema:"enum=inet|inet6"`
}

// Link is an interface of the running kernel.
type Link struct {
	// Name is the interface name.
	Name string `json:"name"`
	// Kind is the kernel's link type (bridge, bond, vlan, veth, tun …); device for hardware.
	Kind string `json:"kind"`
	// MAC is the current hardware address.
	MAC string `json:"mac,omitempty"`
	// PermanentMAC is the address that the hardware came with.
	PermanentMAC string `json:"permanent_mac,omitempty"`
	// Master is the bridge or bond that it belongs to.
	Master string `json:"master,omitempty"`
	// MTU in bytes.
	MTU int `json:"mtu"`
	// State is the operational state: up, down, unknown …
	State string `json:"state"`
	// AltNames are further names.
	AltNames []string `json:"alt_names"`
	// Path is the sysfs path of the device (pci-…), where it is hardware.
	Path string `json:"path,omitempty"`
	// Driver is the kernel driver, where it is hardware.
	Driver string `json:"driver,omitempty"`
	// Addresses are the addresses in CIDR form, link-local ones left out.
	Addresses []Address `json:"addresses"`
}

// Route is a route of the running kernel.
type Route struct {
	// Destination is a prefix, or default.
	Destination string `json:"destination"`
	// Gateway is the next hop.
	Gateway string `json:"gateway,omitempty"`
	// Interface is the outgoing link.
	Interface string `json:"interface,omitempty"`
	// Metric is the route's priority.
	Metric int `json:"metric,omitempty"`
}

// DNS is the resolver's configuration.
type DNS struct {
	// Nameservers are addresses, in order.
	Nameservers []Property `json:"nameservers"`
	// Search are the search domains.
	Search []Property `json:"search"`
}

// HostsEntry is a line of /etc/hosts.
type HostsEntry struct {
	_ struct{} `schema:"account"`
	// Address is the IP address.
	Address string `json:"address"`
	// Names are the names, the canonical one first.
	Names []string `json:"names"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// OVS is a running Open vSwitch.
type OVS struct {
	// Bridges are the bridges of its database.
	Bridges []OVSBridge `json:"bridges"`
}

// OVSBridge is a bridge of Open vSwitch.
type OVSBridge struct {
	// Name is the bridge.
	Name string `json:"name"`
	// Ports are its ports.
	Ports []string `json:"ports"`
}

// SDN is the software-defined network of /etc/pve/sdn.
type SDN struct {
	// Zones, VNets, Subnets, Controllers, IPAMs, DNS and Fabrics are the sections of the files of these names.
	Zones       []Section `json:"zones"`
	VNets       []Section `json:"vnets"`
	Subnets     []Section `json:"subnets"`
	Controllers []Section `json:"controllers"`
	IPAMs       []Section `json:"ipams"`
	DNS         []Section `json:"dns"`
	Fabrics     []Section `json:"fabrics"`
}

// FirewallFile is one .fw file.
type FirewallFile struct {
	// Scope is what the file applies to.
	Scope string `json:"scope" schema:"enum=cluster|node|guest|vnet"`
	// Name is the node, the vmid or the vnet; empty for the cluster.
	Name string `json:"name"`
	// Options are the lines of [OPTIONS].
	Options []Property `json:"options"`
	// Aliases are the lines of [ALIASES]: name and address.
	Aliases []Property `json:"aliases"`
	// IPSets are the [IPSET name] sections.
	IPSets []IPSet `json:"ipsets"`
	// Groups are the [GROUP name] sections.
	Groups []FirewallGroup `json:"groups"`
	// Rules are the lines of [RULES].
	Rules []FirewallRule `json:"rules"`
	// Anomalies are places where the file does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Source is the path of the file.
	Source string `json:"source"`
}

// IPSet is a named set of addresses.
type IPSet struct {
	_ struct{} `schema:"account"`
	// Name is the set.
	Name string `json:"name"`
	// Entries are addresses, networks and aliases; a leading ! excludes.
	Entries []string `json:"entries"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// FirewallGroup is a security group.
type FirewallGroup struct {
	_ struct{} `schema:"account"`
	// Name is the group.
	Name string `json:"name"`
	// Rules are its rules.
	Rules []FirewallRule `json:"rules"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// FirewallRule is one rule.
type FirewallRule struct {
	_ struct{} `schema:"account"`
	// Enabled is false for a rule with a leading bar.
	Enabled bool `json:"enabled"`
	// Direction is IN, OUT, FORWARD or GROUP.
	Direction string `json:"direction"`
	// Action is ACCEPT, DROP, REJECT, or the group's name.
	Action string `json:"action"`
	// Macro is the name of the macro, where one is used.
	Macro string `json:"macro,omitempty"`
	// Options are the options of the rule without dashes: source, dest, p, dport …
	Options []Field `json:"options"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}
