package libvirt

import "encoding/xml"

// Network is what cards are connected to.
type Network struct {
	XMLName     xml.Name     `json:"-" xml:"network"`
	Name        string       `json:"name" xml:"name"`
	UUID        string       `json:"uuid" xml:"uuid,omitempty"`
	Forward     *Forward     `json:"forward" xml:"forward"`
	Bridge      *Bridge      `json:"bridge" xml:"bridge"`
	MTU         *MTU         `json:"mtu" xml:"mtu"`
	Domain      *Name        `json:"domain" xml:"domain"`
	VLAN        *VLAN        `json:"vlan" xml:"vlan"`
	Port        *Port        `json:"port" xml:"port"`
	VirtualPort *VirtualPort `json:"virtualport" xml:"virtualport"`
	// Portgroups are by name.
	Portgroups Named[*Portgroup] `json:"portgroups" xml:"portgroup"`
	IP         []IPAddress       `json:"ip" xml:"ip"`
}

// Forward is how packets leave: bridge, nat, route, open.
type Forward struct {
	Mode string `json:"mode" xml:"mode,attr,omitempty"`
	Dev  string `json:"dev" xml:"dev,attr,omitempty"`
}

// Bridge is one of the host, or one that libvirt makes.
type Bridge struct {
	Name            string `json:"name" xml:"name,attr,omitempty"`
	STP             *OnOff `json:"stp" xml:"stp,attr,omitempty"`
	Delay           string `json:"delay" xml:"delay,attr,omitempty"`
	MACTableManager string `json:"mac_table_manager" xml:"macTableManager,attr,omitempty"`
}

// Portgroup are settings for the cards that name it.
type Portgroup struct {
	Default     *YesNo       `json:"default" xml:"default,attr,omitempty"`
	VLAN        *VLAN        `json:"vlan" xml:"vlan"`
	VirtualPort *VirtualPort `json:"virtualport" xml:"virtualport"`
	Bandwidth   *Bandwidth   `json:"bandwidth" xml:"bandwidth"`
}

// IPAddress is one of the host in a network, or of a card.
type IPAddress struct {
	Family  string `json:"family" xml:"family,attr,omitempty"`
	Address string `json:"address" xml:"address,attr"`
	Prefix  int64  `json:"prefix" xml:"prefix,attr,omitempty"`
	DHCP    *DHCP  `json:"dhcp" xml:"dhcp"`
}

// DHCP are addresses to give away.
type DHCP struct {
	Range []Range  `json:"range" xml:"range"`
	Host  []Static `json:"host" xml:"host"`
}

// Range is from one address to another.
type Range struct {
	Start string `json:"start" xml:"start,attr"`
	End   string `json:"end" xml:"end,attr"`
}

// Static is the address of one machine.
type Static struct {
	MAC  string `json:"mac" xml:"mac,attr,omitempty"`
	Name string `json:"name" xml:"name,attr,omitempty"`
	IP   string `json:"ip" xml:"ip,attr"`
}
