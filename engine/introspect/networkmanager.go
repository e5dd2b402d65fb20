package introspect

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	networkManager             = "org.freedesktop.NetworkManager"
	networkManagerObjects      = dbus.ObjectPath("/org/freedesktop")
	networkManagerPath         = dbus.ObjectPath("/org/freedesktop/NetworkManager")
	networkManagerDevice       = networkManager + ".Device"
	networkManagerSettings     = networkManager + ".Settings"
	networkManagerSettingsPath = dbus.ObjectPath("/org/freedesktop/NetworkManager/Settings")
	networkManagerConnection   = networkManagerSettings + ".Connection"
	networkManagerActive       = networkManager + ".Connection.Active"

	// activeExternal is the flag of an active connection that says that somebody else set its interface up.
	activeExternal = uint32(0x80)

	// connectionForeign are the flags volatile and external: NetworkManager made such a profile for an interface that
	// somebody else set up, with another UUID each time.
	connectionForeign = uint32(0x4 | 0x8)
)

// networkManagerDirs are where profiles lie that last, the stronger directory first.
var networkManagerDirs = []string{"/etc/NetworkManager/system-connections", "/usr/lib/NetworkManager/system-connections"}

// collectNetworkManager asks NetworkManager where it runs; it is never started for that. Elsewhere its files say what
// it would do.
func collectNetworkManager(c *capture) {
	a := c.area("network.network_manager", sourceNetworkManager)
	out := &c.out.Network.NetworkManager
	service, err := c.service(networkManager)
	if err == nil && !service.running {
		err = errNoService
	}
	if err == nil {
		if err = askNetworkManager(a, service, out); err == nil {
			return
		}
		*out = snapshot.NetworkManager{}
	}
	a.Source = sourceFile
	out.Connections = networkManagerFiles(c, a)
	switch {
	case errors.Is(err, errNoService): // the files are all that there is of it
	case c.host.Live():
		a.problem(networkManager, err)
	case !c.etcWhole() && !c.exists("/etc/NetworkManager"):
		a.unknown(networkManager, err)
	}
}

// askNetworkManager reads version, managed devices and profiles. Secrets are never asked for: GetSettings leaves them out.
func askNetworkManager(a *area, service *busService, out *snapshot.NetworkManager) error {
	found, err := service.managedObjects(networkManagerObjects)
	if err != nil {
		return err
	}
	out.Running = true
	manager, _ := found.of(networkManagerPath, networkManager)
	out.Version = busValue[string](manager, "Version")
	if manager.err != nil {
		a.problem(networkManager, manager.err)
	}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		device, is := found.of(path, networkManagerDevice)
		active, _ := found.of(busValue[dbus.ObjectPath](device, "ActiveConnection"), networkManagerActive)
		external := busValue[uint32](active, "StateFlags")&activeExternal != 0
		if is && busValue[bool](device, "Managed") && !external {
			out.Devices = append(out.Devices, busValue[string](device, "Interface"))
		}
		if device.err != nil {
			a.problem(networkManager, device.err)
		}
	}
	slices.Sort(out.Devices)
	paths, err := busReply[[]dbus.ObjectPath](service, networkManagerSettingsPath, networkManagerSettings+".ListConnections")
	if err != nil {
		return err
	}
	for _, path := range paths {
		about, _ := found.of(path, networkManagerConnection)
		if busValue[uint32](about, "Flags")&connectionForeign != 0 {
			continue
		}
		settings, err := busReply[map[string]map[string]dbus.Variant](service, path, networkManagerConnection+".GetSettings")
		if service.failure != nil {
			return err
		}
		if err != nil {
			a.problem(networkManager, err)
			continue
		}
		file := cmp.Or(busValue[string](about, "Filename"), networkManager)
		out.Connections = append(out.Connections, formats.NetworkProfile(file, flatSettings(settings)))
	}
	sortConnections(out.Connections)
	return nil
}

func sortConnections(connections []snapshot.NetworkConnection) {
	slices.SortStableFunc(connections, func(a, b snapshot.NetworkConnection) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.UUID, b.UUID))
	})
}

// networkManagerFiles reads the profiles that lie in files.
func networkManagerFiles(c *capture, a *area) []snapshot.NetworkConnection {
	var out []snapshot.NetworkConnection
	seen := map[string]bool{}
	for i, dir := range networkManagerDirs {
		for _, name := range a.directory(dir) {
			base, keyfile := strings.CutSuffix(name, ".nmconnection")
			// Only below /etc does NetworkManager take files without the ending, which older versions wrote.
			if !keyfile && (i > 0 || isBackupName(name)) || seen[name] {
				continue
			}
			data, ok := a.may(dir + "/" + name)
			if !ok {
				continue
			}
			seen[name] = true
			profile := formats.NetworkKeyfile(dir+"/"+name, data)
			profile.ID = cmp.Or(profile.ID, base)
			out = append(out, profile)
		}
	}
	sortConnections(out)
	return out
}

// isBackupName says whether NetworkManager takes a file for one that an editor or a package manager left behind.
func isBackupName(name string) bool {
	for _, ending := range []string{"~", ".bak", ".swp", ".swx", ".tmp", ".rpmsave", ".rpmorig", ".rpmnew", ".dpkg-dist", ".dpkg-new", ".dpkg-old"} {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// flatSettings turns the settings of a profile into text, as its keyfile would have them.
func flatSettings(settings map[string]map[string]dbus.Variant) map[string]string {
	out := map[string]string{}
	for section, values := range settings {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if name == "interface-name" && section != "connection" {
				continue // an older form of that of the connection
			}
			flatSetting(out, section, name, values[name].Value())
		}
		// The older forms of the same settings, in which addresses are numbers.
		for newer, older := range map[string]string{"address-data": "addresses", "route-data": "routes", "dns-data": "dns"} {
			if _, has := values[newer]; has {
				delete(out, section+"."+older)
			}
		}
	}
	return out
}

// flatSetting adds one setting, under as many keys as its keyfile would have for it.
func flatSetting(out map[string]string, section, name string, value any) {
	key := section + "." + name
	switch value := value.(type) {
	case map[string]string: // options of bonds, data of VPNs
		if name == "secrets" {
			return
		}
		for option, text := range value {
			out[section+"."+option] = text
		}
		return
	case []map[string]dbus.Variant:
		for i, one := range value {
			switch {
			case name == "address-data":
				out[section+".address"+strconv.Itoa(i+1)] = plainText(one["address"]) + "/" + plainText(one["prefix"])
			case name == "route-data":
				out[section+".route"+strconv.Itoa(i+1)] = routeText(one)
			case name == "peers":
				flatPeer(out, one)
			default:
				out[section+"."+name+strconv.Itoa(i+1)] = optionsText(one)
			}
		}
		return
	case []byte:
		out[key] = bytesText(name, value)
		return
	case []uint32:
		if name == "dns" && len(value) > 0 {
			out[key] = joined(value, networkOrder)
			return
		}
	case [][]byte:
		if name == "dns" && len(value) > 0 {
			out[key] = joined(value, addressText)
			return
		}
	}
	if text := valueText(value); text != "" {
		out[key] = text
	}
}

// flatPeer adds a peer of WireGuard, which a keyfile has a section for.
func flatPeer(out map[string]string, peer map[string]dbus.Variant) {
	section := "wireguard-peer." + plainText(peer["public-key"])
	for name, value := range peer {
		if name != "public-key" && name != "preshared-key" {
			flatSetting(out, section, name, value.Value())
		}
	}
}

// routeText is destination/prefix,gateway,metric.
func routeText(route map[string]dbus.Variant) string {
	parts := []string{plainText(route["dest"]) + "/" + plainText(route["prefix"])}
	if hop, metric := plainText(route["next-hop"]), plainText(route["metric"]); hop != "" || metric != "" {
		parts = append(parts, hop)
		if metric != "" {
			parts = append(parts, metric)
		}
	}
	return strings.Join(parts, ",")
}

// optionsText is a list of name=value in alphabetical order.
func optionsText(options map[string]dbus.Variant) string {
	parts := make([]string, 0, len(options))
	for _, name := range slices.Sorted(maps.Keys(options)) {
		parts = append(parts, name+"="+plainText(options[name]))
	}
	return strings.Join(parts, ",")
}

func plainText(variant dbus.Variant) string { return valueText(variant.Value()) }

// valueText is the text of a value; lists have a semicolon between their elements, as in a keyfile.
func valueText(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case bool, byte, int16, uint16, int32, uint32, int64, uint64, float64, dbus.ObjectPath:
		return fmt.Sprint(value)
	case []string:
		return strings.Join(value, ";")
	case []uint32:
		return joined(value, func(n uint32) string { return strconv.FormatUint(uint64(n), 10) })
	case []byte:
		return fmt.Sprintf("%x", value)
	}
	return ""
}

func joined[T any](values []T, text func(T) string) string {
	parts := make([]string, len(values))
	for i, value := range values {
		parts[i] = text(value)
	}
	return strings.Join(parts, ";")
}

// networkOrder is an IPv4 address that was sent as a number.
func networkOrder(n uint32) string {
	var bytes [4]byte
	binary.NativeEndian.PutUint32(bytes[:], n)
	return netip.AddrFrom4(bytes).String()
}

func addressText(bytes []byte) string {
	address, ok := netip.AddrFromSlice(bytes)
	if !ok {
		return ""
	}
	return address.String()
}

// bytesText is a hardware address, a text that need not be UTF-8 (an SSID, the path of a certificate), or hexadecimal.
func bytesText(name string, value []byte) string {
	if strings.Contains(name, "mac-address") {
		parts := make([]string, len(value))
		for i, b := range value {
			parts[i] = fmt.Sprintf("%02X", b)
		}
		return strings.Join(parts, ":")
	}
	if text := strings.TrimSuffix(string(value), "\x00"); utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
		return text
	}
	return fmt.Sprintf("%x", value)
}
