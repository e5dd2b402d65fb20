package snapshot

// Network holds the configured and the live network.
type Network struct {
	// Interfaces are what ifupdown2 makes of /etc/network/interfaces and the files that it sources.
	Interfaces []Interface `json:"interfaces"`
	// Anomalies are places where that text does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Links are the kernel's interfaces with their addresses.
	Links []Link `json:"links"`
	// Routes are the kernel's routes of all tables, without those of the table local.
	Routes []Route `json:"routes"`
	// Rules are the kernel's policy rules, the three of every kernel left out.
	Rules []RouteRule `json:"rules"`
	// Listeners are the ports that programs of the running host accept connections on.
	Listeners []Listener `json:"listeners"`
	// Filters are the tables of packet filters in the running kernel.
	Filters []FilterTable `json:"filters"`
	// NetworkManager is NetworkManager, where it runs.
	NetworkManager NetworkManager `json:"network_manager"`
	// Staged is true when /etc/network/interfaces.new waits to be applied.
	Staged bool `json:"staged"`
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
	_ struct{} `schema:"account" key:"name"`
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
	Options []Property `json:"options" diff:"ordered"`
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
	_ struct{} `key:"name"`
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
	// Up is true when the administrator has it up.
	Up bool `json:"up"`
	// SpeedMbps is the speed of the link in Mbit/s, where there is a carrier.
	SpeedMbps int `json:"speed_mbps,omitempty"`
	// Parent is the link that a VLAN, macvlan or VXLAN rests on.
	Parent string `json:"parent,omitempty"`
	// VLANID is the id of a VLAN device, VNI that of a VXLAN.
	VLANID int `json:"vlan_id,omitempty"`
	VNI    int `json:"vni,omitempty"`
	// VLANs are the VLANs of a port of a VLAN-aware bridge.
	VLANs []BridgeVLAN `json:"vlans"`
	// Bridge is what a bridge is set to, Bond what a bond is set to.
	Bridge *BridgeState `json:"bridge,omitempty"`
	Bond   *BondState   `json:"bond,omitempty"`
	// VFs is the number of SR-IOV functions that are switched on, MaxVFs what the device can have.
	VFs    int `json:"vfs,omitempty"`
	MaxVFs int `json:"max_vfs,omitempty"`
}

// BridgeVLAN is a range of VLANs on a port of a bridge.
type BridgeVLAN struct {
	_ struct{} `key:"first last"`
	// First and Last are the ids of the range.
	First int `json:"first"`
	Last  int `json:"last"`
	// PVID is true when untagged frames come in as this VLAN, Untagged when its frames go out without a tag.
	PVID     bool `json:"pvid"`
	Untagged bool `json:"untagged"`
}

// BridgeState is what a bridge of the running kernel is set to.
type BridgeState struct {
	// VLANFiltering is true for a VLAN-aware bridge.
	VLANFiltering bool `json:"vlan_filtering"`
	// STP is true when it speaks the spanning tree protocol.
	STP bool `json:"stp"`
	// ForwardDelayCentiseconds and AgeingCentiseconds are its timers, in hundredths of a second.
	ForwardDelayCentiseconds int `json:"forward_delay_centiseconds"`
	AgeingCentiseconds       int `json:"ageing_centiseconds"`
	// MulticastSnooping is true when it learns who listens to which group.
	MulticastSnooping bool `json:"multicast_snooping"`
}

// BondState is what a bond of the running kernel is set to.
type BondState struct {
	// Mode is the name of the bonding mode.
	Mode string `json:"mode"`
	// MIIMonMilliseconds is how often the links are looked at.
	MIIMonMilliseconds int `json:"miimon_milliseconds"`
	// LACPRate and XmitHashPolicy are the kernel's words.
	LACPRate       string `json:"lacp_rate,omitempty"`
	XmitHashPolicy string `json:"xmit_hash_policy,omitempty"`
	// Primary is the member that is preferred, Active the one in use.
	Primary string `json:"primary,omitempty"`
	Active  string `json:"active,omitempty"`
}

// RouteRule is a policy rule of the running kernel.
type RouteRule struct {
	_ struct{} `key:"family priority"`
	// Priority is its place.
	Priority int `json:"priority"`
	// Family is inet or inet6.
	Family string `json:"family" schema:"enum=inet|inet6"`
	// From and To are prefixes, where set.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// InputInterface and OutputInterface are links, where set.
	InputInterface  string `json:"input_interface,omitempty"`
	OutputInterface string `json:"output_interface,omitempty"`
	// Mark is the firewall mark, as in 0x1/0xff, where set.
	Mark string `json:"mark,omitempty"`
	// Table is the number of the routing table that it leads to.
	Table int `json:"table"`
	// Protocol is who made it: kernel, boot, static, or a number.
	Protocol string `json:"protocol,omitempty"`
	// Conditions are what else it asks for or does, in the words of ip-rule(8): not, ipproto 6, suppress_prefixlength 0 …
	Conditions []string `json:"conditions"`
}

// Listener is a port that a program accepts connections on.
type Listener struct {
	_ struct{} `key:"protocol address port"`
	// Protocol is tcp or udp.
	Protocol string `json:"protocol" schema:"enum=tcp|udp"`
	// Address is the local address; 0.0.0.0 and :: are all of them.
	Address string `json:"address"`
	// Port is the number.
	Port int `json:"port"`
	// Program is the name of the process, Unit the unit that it belongs to; absent for sockets of the kernel itself,
	// and where processes may not be looked at.
	Program string `json:"program,omitempty"`
	Unit    string `json:"unit,omitempty"`
}

// FilterTable is a table of packet filters in the running kernel.
type FilterTable struct {
	_ struct{} `key:"kind family name"`
	// Kind is nftables, or iptables for tables of the older interface.
	Kind string `json:"kind" schema:"enum=nftables|iptables"`
	// Family is ip, ip6, inet, arp, bridge or netdev.
	Family string `json:"family"`
	// Name is the table.
	Name string `json:"name"`
}

// NetworkManager is NetworkManager, where it runs.
type NetworkManager struct {
	// Running is true when it answers.
	Running bool `json:"running"`
	// Version is its version.
	Version string `json:"version,omitempty"`
	// Devices are the interfaces that it manages.
	Devices []string `json:"devices"`
	// Connections are its profiles.
	Connections []NetworkConnection `json:"connections"`
}

// NetworkConnection is a profile of NetworkManager.
type NetworkConnection struct {
	_ struct{} `schema:"account" key:"uuid"`
	// UUID and ID are its names.
	UUID string `json:"uuid"`
	ID   string `json:"id"`
	// Type is NetworkManager's word: 802-3-ethernet, bridge, bond, wifi …
	Type string `json:"type"`
	// Interface is the interface that it is bound to, where it is.
	Interface string `json:"interface,omitempty"`
	// Autoconnect is true when it comes up by itself.
	Autoconnect bool `json:"autoconnect"`
	// Settings are its settings as section.key, without secrets, which NetworkManager keeps to itself.
	Settings []Setting `json:"settings"`
}

// Route is a route of the running kernel.
type Route struct {
	_ struct{} `key:"table kind destination interface metric"`
	// Table is the number of the routing table, 254 for main.
	Table int `json:"table"`
	// Kind is unicast, blackhole, unreachable or prohibit.
	Kind string `json:"kind"`
	// Protocol is who made it: kernel, boot, static, dhcp, ra, zebra, bgp, or a number.
	Protocol string `json:"protocol,omitempty"`
	// Source is the preferred source address, where set.
	Source string `json:"source,omitempty"`
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
	_ struct{} `schema:"account" key:"address"`
	// Address is the IP address.
	Address string `json:"address"`
	// Names are the names, the canonical one first.
	Names []string `json:"names"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// OVS is what the database of Open vSwitch holds.
type OVS struct {
	// Version is that of the running switch.
	Version string `json:"version,omitempty"`
	// Options are other_config and external_ids of the switch, the key with the column before it.
	Options []Setting `json:"options"`
	// Bridges are the bridges of its database.
	Bridges []OVSBridge `json:"bridges"`
}

// OVSBridge is a bridge of Open vSwitch.
type OVSBridge struct {
	_ struct{} `key:"name"`
	// Name is the bridge.
	Name string `json:"name"`
	// Ports are its ports, that of its own name included.
	Ports []string `json:"ports"`
	// Datapath is system (the kernel) or netdev (user space); FailMode standalone or secure.
	Datapath string `json:"datapath,omitempty"`
	FailMode string `json:"fail_mode,omitempty"`
	// STP and RSTP are the spanning tree protocols that are switched on.
	STP  bool `json:"stp"`
	RSTP bool `json:"rstp"`
	// Controllers are the OpenFlow controllers.
	Controllers []string `json:"controllers"`
	// Options are its other_config, as in stp-priority=28672.
	Options []Setting `json:"options"`
	// PortDetails are the ports in the order of Ports.
	PortDetails []OVSPort `json:"port_details"`
}

// OVSPort is a port of a bridge of Open vSwitch.
type OVSPort struct {
	_ struct{} `key:"name"`
	// Name is the port.
	Name string `json:"name"`
	// Tag is the VLAN of an access port; absent for a trunk.
	Tag *int `json:"tag,omitempty"`
	// Trunks are the VLANs of a trunk; empty for all.
	Trunks []int `json:"trunks"`
	// VLANMode is access, trunk, native-tagged …, where set.
	VLANMode string `json:"vlan_mode,omitempty"`
	// BondMode and LACP are set on bonds.
	BondMode string `json:"bond_mode,omitempty"`
	LACP     string `json:"lacp,omitempty"`
	// Options are its other_config, as in lacp-time=fast.
	Options []Setting `json:"options"`
	// Interfaces are what the port is made of.
	Interfaces []OVSInterface `json:"interfaces"`
}

// OVSInterface is an interface of a port of Open vSwitch.
type OVSInterface struct {
	_ struct{} `key:"name"`
	// Name is the interface.
	Name string `json:"name"`
	// Type is system, internal, patch, vxlan, gre …
	Type string `json:"type"`
	// Options are its options, as in remote_ip=192.0.2.1.
	Options []Setting `json:"options"`
	// MTU is the requested MTU in bytes, where set.
	MTU int `json:"mtu,omitempty"`
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
	// PrefixLists and RouteMaps are the filters of routing, from PVE 9.
	PrefixLists []Section `json:"prefix_lists"`
	RouteMaps   []Section `json:"route_maps"`
	// Pending are the sections, as kind/id, that differ from what was applied last; PVE writes the network from what was applied.
	Pending []string `json:"pending"`
}

// FirewallFile is one .fw file.
type FirewallFile struct {
	_ struct{} `key:"scope name"`
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
	Rules []FirewallRule `json:"rules" diff:"ordered"`
	// Anomalies are places where the file does not mean what it says.
	Anomalies []Anomaly `json:"anomalies"`
	// Source is the path of the file.
	Source string `json:"source"`
}

// IPSet is a named set of addresses.
type IPSet struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the set.
	Name string `json:"name"`
	// Entries are addresses, networks and aliases; a leading ! excludes.
	Entries []string `json:"entries"`
	// Source is path:line.
	Source string `json:"source,omitempty"`
}

// FirewallGroup is a security group.
type FirewallGroup struct {
	_ struct{} `schema:"account" key:"name"`
	// Name is the group.
	Name string `json:"name"`
	// Rules are its rules.
	Rules []FirewallRule `json:"rules" diff:"ordered"`
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
