package introspect

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// efiVar and loaderVar are the files of variables; efiValue is what efivarfs shows of a value.
func efiVar(name string) string    { return "sys/firmware/efi/efivars/" + name + "-" + efiGlobal }
func loaderVar(name string) string { return "sys/firmware/efi/efivars/" + name + "-" + efiLoader }
func efiValue(value string) string { return "\x07\x00\x00\x00" + value }
func utf16LE(text string) string   { return string(utf16Bytes(text)) }
func node(t, s byte, d string) string {
	return string([]byte{t, s, byte(len(d) + 4), byte((len(d) + 4) >> 8)}) + d
}

func utf16Bytes(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// loadOption is an active entry that starts a file of the partition 0b1c8b3a-8d1b-4f3e-9c46-5a6b7c8d9e0f.
func loadOption(name, file string) string {
	signature := "\x3a\x8b\x1c\x0b\x1b\x8d\x3e\x4f\x9c\x46\x5a\x6b\x7c\x8d\x9e\x0f"
	path := node(4, 1, "\x02\x00\x00\x00"+strings.Repeat("\x00", 16)+signature+"\x02\x02") + node(4, 4, utf16LE(file+"\x00")) + node(0x7f, 0xff, "")
	return "\x01\x00\x00\x00" + string([]byte{byte(len(path)), 0}) + utf16LE(name+"\x00") + path + "optional data"
}

func TestFirmwareOfAUEFIHost(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		efiVar("SecureBoot"):        efiValue("\x01"),
		efiVar("SetupMode"):         efiValue("\x00"),
		efiVar("BootOrder"):         efiValue("\x05\x00\x01\x00\x1c\x00"),
		efiVar("BootCurrent"):       efiValue("\x05\x00"),
		efiVar("BootNext"):          efiValue("\x1c\x00"),
		efiVar("Boot0005"):          efiValue(loadOption("proxmox", `\EFI\proxmox\shimx64.efi`)),
		efiVar("Boot001C"):          efiValue("\x00\x00\x00\x00\x04\x00" + utf16LE("Netzwerk ö\x00") + node(0x7f, 0xff, "")),
		efiVar("BootOptionSupport"): efiValue("\x03\x00\x00\x00"),
		"sys/firmware/efi/efivars/Boot0001-11111111-93ca-11d2-aa0d-00e098032b8c": efiValue("another vendor's"),
		loaderVar("LoaderInfo"): efiValue(utf16LE("GRUB 2.12\x00rest")),
	}))
	want := snapshot.Firmware{
		Kind: "uefi", SecureBoot: true, BootCurrent: "0005", BootNext: "001C", BootOrder: []string{"0005", "0001", "001C"}, LoaderInfo: "GRUB 2.12",
		Entries: []snapshot.EFIEntry{
			{Number: "0005", Name: "proxmox", Active: true, PartitionUUID: "0b1c8b3a-8d1b-4f3e-9c46-5a6b7c8d9e0f", File: `\EFI\proxmox\shimx64.efi`},
			{Number: "001C", Name: "Netzwerk ö"},
		},
	}
	if diff := cmp.Diff(want, s.Hardware.Firmware, cmp.AllowUnexported(snapshot.EFIEntry{})); diff != "" {
		t.Error(diff)
	}
	if a := areaOf(t, s, "hardware.firmware"); a.Status != statusKnown {
		t.Errorf("%+v", a)
	}
}

func TestFirmwareThatCannotBeReadWhole(t *testing.T) {
	for _, c := range []struct {
		name   string
		tree   map[string]string
		kind   string
		status string
	}{
		{"no UEFI", map[string]string{"sys/firmware/memmap/0/type": ""}, "bios", statusKnown},
		{"no view of the kernel", nil, "", statusUnknown},
		{"variables are not mounted", map[string]string{"sys/firmware/efi/fw_platform_size": "64\n"}, "uefi", statusPartial},
		{"a switch of two bytes", map[string]string{efiVar("SecureBoot"): efiValue("\x01\x01")}, "uefi", statusPartial},
		{"a variable without its attributes", map[string]string{efiVar("BootOrder"): "\x01"}, "uefi", statusPartial},
		{"a list of half a number", map[string]string{efiVar("BootOrder"): efiValue("\x01\x00\x02")}, "uefi", statusPartial},
		{"an entry that breaks off", map[string]string{efiVar("Boot0000"): efiValue(loadOption("proxmox", "x")[:30])}, "uefi", statusPartial},
		{"a variable that is a directory", map[string]string{efiVar("SetupMode") + "/x": ""}, "uefi", statusPartial},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, c.tree))
			if s.Hardware.Firmware.Kind != c.kind || s.Hardware.Firmware.SecureBoot {
				t.Errorf("%+v", s.Hardware.Firmware)
			}
			if a := areaOf(t, s, "hardware.firmware"); a.Status != c.status {
				t.Errorf("%+v", a)
			}
			assertProblemsExplainAreas(t, s)
		})
	}
}
