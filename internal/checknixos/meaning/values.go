package meaning

import (
	"encoding/json"
	"fmt"
)

// Values are what a configuration was evaluated to.
type Values struct {
	Host      HostValues
	Network   NetworkValues
	Resolver  ResolverValues
	Hosts     map[string][]string
	Fstab     string
	Crypttab  string
	Luks      map[string]string
	Pools     []string
	Supported []string
	Users     map[string]UserValues
	Groups    map[string]GroupValues
	Sysctl    map[string]string
	// KernelParams are the words of the command line.
	KernelParams []string
	Units        map[string]UnitValues
	// Upstream is the program that lays out the units that come from systemd itself.
	Upstream string
	Cron     CronValues
	Firewall FirewallValues
}

// HostValues are the identity of the machine.
type HostValues struct {
	Name           string
	Domain, HostID *string
	TimeZone       *string
}

// NetworkValues are the files of systemd-networkd by name, and the switches of Open vSwitch.
type NetworkValues struct {
	Networkd bool
	Files    map[string]string
	Switches map[string]SwitchValues
}

// SwitchValues is a bridge of Open vSwitch.
type SwitchValues struct {
	Interfaces map[string]struct {
		VLAN *int
		Type *string
	}
	Commands string
}

// ResolverValues are name servers and search domains.
type ResolverValues struct{ Nameservers, Search []string }

// UserValues is a user.
type UserValues struct {
	UID          *int
	Group        string
	ExtraGroups  []string
	Home, Shell  string
	IsNormalUser bool
}

// GroupValues is a group.
type GroupValues struct {
	GID     *int
	Members []string
}

// UnitValues is a unit that NixOS writes itself.
type UnitValues struct {
	Enable               bool
	WantedBy, RequiredBy []string
	Text                 string
}

// CronValues are the lines of the crontab.
type CronValues struct {
	Enable bool
	Jobs   []string
	// Joined is the program that joins tables of the host to it.
	Joined string
}

// FirewallValues are what the packet filter lets in.
type FirewallValues struct {
	Enable                                     bool
	AllowedTCPPorts, AllowedUDPPorts           []int
	AllowedTCPPortRanges, AllowedUDPPortRanges []PortRange
	Tables                                     map[string]TableValues
}

// PortRange is a range of ports.
type PortRange struct{ From, To int }

// TableValues is a table of nftables.
type TableValues struct{ Family, Content string }

// Evaluated is one evaluation.
type Evaluated struct {
	Release          string
	Whole            bool
	DrvPath          attempt
	Warnings         []string
	FailedAssertions []string
	Values           map[string]attempt
}

// attempt is a value, or that it could not be had.
type attempt struct {
	Value  json.RawMessage
	Failed bool
}

// Derivation is the path of the system's derivation; empty where it could not be had.
func (e Evaluated) Derivation() string {
	var path string
	if e.DrvPath.Failed || json.Unmarshal(e.DrvPath.Value, &path) != nil {
		return ""
	}
	return path
}

// Decode reads what the values came to, and names those that could not be had.
func (e Evaluated) Decode() (v Values, failed []string, err error) {
	whole := map[string]json.RawMessage{}
	for _, name := range sortedKeys(e.Values) {
		if e.Values[name].Failed {
			failed = append(failed, name)
			continue
		}
		whole[name] = e.Values[name].Value
	}
	text, err := json.Marshal(whole)
	if err != nil {
		return v, failed, fmt.Errorf("evaluated values: %w", err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		return v, failed, fmt.Errorf("evaluated values: %w", err)
	}
	return v, failed, nil
}
