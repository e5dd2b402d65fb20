package formats

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// pciModalias is the kernel's name of a PCI device for modules: vendor, device, the same of the board, class in three
// parts.
var pciModalias = regexp.MustCompile(`^pci:v0000([0-9A-F]{4})d0000([0-9A-F]{4})sv0000([0-9A-F]{4})sd0000([0-9A-F]{4})bc([0-9A-F]{2})sc([0-9A-F]{2})i([0-9A-F]{2})$`)

// PCIModalias reads the numbers of a device from its name for modules; ok is false when it is no such name.
func PCIModalias(text string) (device snapshot.PCIDevice, ok bool) {
	found := pciModalias.FindStringSubmatch(text)
	if found == nil {
		return snapshot.PCIDevice{}, false
	}
	for i := range found {
		found[i] = strings.ToLower(found[i])
	}
	return snapshot.PCIDevice{
		Vendor: found[1], Device: found[2], SubsystemVendor: found[3], SubsystemDevice: found[4], Class: found[5] + found[6] + found[7],
	}, true
}

// pciAlias begins the lines of modules.alias that are about PCI devices: alias pci:v00008086d… module.
const pciAlias = "alias pci:v"

// vendorDigits is the length of a vendor's number in an alias.
const vendorDigits = 8

// PCIModules finds the modules that claim devices, by the names that the kernel gives these (their modalias), in
// modules.alias. It goes through the file once: most lines are about vendors that the machine has nothing of.
func PCIModules(data []byte, devices []string) map[string][]string {
	byVendor := map[string][]string{}
	var all []string
	for _, device := range devices {
		if rest, found := strings.CutPrefix(device, "pci:v"); found && len(rest) >= vendorDigits {
			byVendor[rest[:vendorDigits]] = append(byVendor[rest[:vendorDigits]], device)
			all = append(all, device)
		}
	}
	out := map[string][]string{}
	for len(data) > 0 && len(all) > 0 {
		var text []byte
		text, data, _ = bytes.Cut(data, []byte("\n"))
		rest, found := bytes.CutPrefix(text, []byte(pciAlias))
		if !found || len(rest) == 0 {
			continue
		}
		candidates := all
		if vendor := rest[:min(vendorDigits, len(rest))]; !bytes.ContainsAny(vendor, "*?[\\ ") {
			candidates = byVendor[string(vendor)]
		}
		if len(candidates) == 0 {
			continue
		}
		words := strings.Fields(string(bytes.ToValidUTF8(text[len("alias "):], []byte("\uFFFD"))))
		if len(words) != 2 {
			continue
		}
		for _, device := range candidates {
			if ok, err := path.Match(words[0], device); ok && err == nil && !slices.Contains(out[device], words[1]) {
				out[device] = append(out[device], words[1])
			}
		}
	}
	for _, modules := range out {
		slices.Sort(modules)
	}
	return out
}
