package formats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// aliases are lines as depmod writes them.
const aliases = `# Aliases extracted from modules themselves.
alias pci:v00008086d00001533sv*sd*bc*sc*i* igb
alias pci:v00008086d000056C0sv*sd*bc03sc*i* i915
alias pci:v00008086d000056C0sv*sd*bc*sc*i* xe
alias pci:v000010DEd*sv*sd*bc03sc00i00* nouveau
alias pci:v000010DEd*sv*sd*bc03sc02i00* nouveau
alias pci:v000010DEd*sv*sd*bc03sc00i00* nvidia
alias pci:v*d*sv*sd*bc01sc06i01* ahci
alias pci:v*d*sv*sd*bc01sc08i02* nvme
alias pci:v00001AF4d*sv*sd*bc*sc*i* virtio_pci
alias usb:v8086p1533d*dc*dsc*dp*ic*isc*ip*in* usbthing
alias pci:v00008086d00001533sv*sd*bc*sc*i* igb
alias pci:v00008086d00001533sv*sd*bc*sc*i*
alias pci:v0000808[5-7]d00001533sv*sd*bc*sc*i* range
alias pci:v00008086d00001533sv[*sd*bc*sc*i* broken
`

func TestPCIModules(t *testing.T) {
	const (
		igb    = "pci:v00008086d00001533sv000015D9sd00001533bc02sc00i00"
		arc    = "pci:v00008086d000056C0sv00008086sd00004905bc03sc80i00"
		nvidia = "pci:v000010DEd00001B80sv00001043sd00008592bc03sc00i00"
		audio  = "pci:v000010DEd000010F0sv00001043sd00008592bc04sc03i00"
		disk   = "pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02"
		sata   = "pci:v00001022d00007901sv00001849sd00007901bc01sc06i01"
	)
	got := PCIModules([]byte(aliases), []string{igb, arc, nvidia, audio, disk, sata, "virtio:d00000001v00001AF4", "pci:v1"})
	want := map[string][]string{igb: {"igb", "range"}, arc: {"i915", "xe"}, nvidia: {"nouveau", "nvidia"}, disk: {"nvme"}, sata: {"ahci"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := PCIModules([]byte(aliases), nil); len(got) != 0 {
		t.Errorf("no devices: %v", got)
	}
}

func TestPCIModalias(t *testing.T) {
	got, ok := PCIModalias("pci:v000010DEd00001B80sv00001043sd00008592bc03sc00i0A")
	if got.Vendor+" "+got.Device+" "+got.SubsystemVendor+" "+got.SubsystemDevice+" "+got.Class != "10de 1b80 1043 8592 03000a" || !ok {
		t.Errorf("%+v %t", got, ok)
	}
	for _, text := range []string{"", "pci:v000010DEd00001B80", "usb:v8087p0032d0000dcE0dsc01dp01icE0isc01ip01in00", "pci:v000110DEd00001B80sv00001043sd00008592bc03sc00i00"} {
		if got, ok := PCIModalias(text); ok {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func FuzzPCIModules(f *testing.F) {
	f.Add([]byte(aliases), "pci:v00008086d00001533sv000015D9sd00001533bc02sc00i00")
	f.Add([]byte("alias pci:v*\\ m\nalias pci:v[ m\nalias pci:v\nalias pci:v*d?[^a-] \xff\n"), "pci:v00000000d00")
	f.Add([]byte("alias pci:v"+strings.Repeat("*0", 200)+" m"), "pci:v"+strings.Repeat("0", 300)+"1")
	f.Fuzz(func(t *testing.T, data []byte, device string) {
		for name, modules := range PCIModules(data, []string{device, "pci:v000010DEd00001B80sv00001043sd00008592bc03sc00i00", device}) {
			if name != device && !strings.HasPrefix(name, "pci:v000010DE") {
				t.Fatalf("a device that nobody asked for: %q", name)
			}
			if len(modules) == 0 || !slices.IsSorted(modules) || len(slices.Compact(slices.Clone(modules))) != len(modules) {
				t.Fatalf("modules of %q: %q", name, modules)
			}
			for _, module := range modules {
				if module == "" || strings.ContainsAny(module, blanks+"\n") {
					t.Fatalf("module %q", module)
				}
			}
		}
		// A line for the very device always counts, whatever is around it.
		const own = "pci:v000010DEd00001B80sv00001043sd00008592bc03sc00i00"
		with := append(append(slices.Clone(data), "\nalias "+own+" planted\n"...), data...)
		if !slices.Contains(PCIModules(with, []string{own})[own], "planted") {
			t.Fatal("the device's own line got lost")
		}
	})
}

// modulesAlias is a file of the size of a PVE kernel's: about 10,000 lines of PCI among 30,000.
func modulesAlias() []byte {
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, "alias pci:v%08Xd%08Xsv*sd*bc*sc*i* module%d\n", 0x1000+i%700, i, i%900)
		fmt.Fprintf(&b, "alias usb:v%04Xp%04Xd*dc*dsc*dp*ic*isc*ip*in* module%d\nalias of:N*T*Cvendor,part%dC* module%d\n", i%700, i, i%900, i, i%900)
	}
	b.WriteString("alias pci:v*d*sv*sd*bc01sc08i02* nvme\n")
	return []byte(b.String())
}

func BenchmarkPCIModules(b *testing.B) {
	data := modulesAlias()
	var devices []string
	for i := range 200 { // a server with virtual functions
		devices = append(devices, fmt.Sprintf("pci:v%08Xd%08Xsv00000000sd00000000bc02sc00i00", 0x1000+i%8, i))
	}
	devices = append(devices, "pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if got := PCIModules(data, devices); len(got) == 0 {
			b.Fatal(got)
		}
	}
}
