package formats

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func utf16LE(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// pathNode is a node of a device path.
func pathNode(kind, subtype byte, data []byte) []byte {
	out := binary.LittleEndian.AppendUint16([]byte{kind, subtype}, uint16(len(data)+nodeHeader))
	return append(out, data...)
}

func hardDrive(number uint32, signature []byte, kind byte) []byte {
	data := binary.LittleEndian.AppendUint32(nil, number)
	data = append(data, make([]byte, 16)...) // first sector and size
	data = append(data, append(bytes.Clone(signature), make([]byte, 16-len(signature))...)...)
	return pathNode(nodeMedia, mediaHardDrive, append(data, 2, kind))
}

func filePathNode(text string) []byte {
	return pathNode(nodeMedia, mediaFilePath, utf16LE(text+"\x00"))
}

func loadOption(attributes uint32, name string, nodes ...[]byte) []byte {
	path := bytes.Join(nodes, nil)
	out := binary.LittleEndian.AppendUint32(nil, attributes)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(path)))
	return append(append(append(out, utf16LE(name+"\x00")...), path...), "root=/dev/sda token=x"...)
}

var (
	gptSignature = []byte{0x3a, 0x8b, 0x1c, 0x0b, 0x1b, 0x8d, 0x3e, 0x4f, 0x9c, 0x46, 0x5a, 0x6b, 0x7c, 0x8d, 0x9e, 0x0f}
	pathEnd      = pathNode(nodeEnd, 0xff, nil)
)

func TestEFILoadOption(t *testing.T) {
	pci := pathNode(2, 1, []byte{0xd0, 0x41, 3, 10, 0, 0, 0, 0})
	for _, c := range []struct {
		name string
		data []byte
		want snapshot.EFIEntry
		err  error
	}{
		{"GRUB on a partition of GPT", loadOption(1, "proxmox", hardDrive(2, gptSignature, signatureGUID), filePathNode(`\EFI\proxmox\shimx64.efi`), pathEnd),
			snapshot.EFIEntry{Name: "proxmox", Active: true, PartitionUUID: "0b1c8b3a-8d1b-4f3e-9c46-5a6b7c8d9e0f", File: `\EFI\proxmox\shimx64.efi`}, nil},
		{"behind the disk's own path", loadOption(1, "Linux Boot Manager", pci, hardDrive(2, gptSignature, signatureGUID), filePathNode(`\EFI\systemd\systemd-bootx64.efi`), pathEnd),
			snapshot.EFIEntry{Name: "Linux Boot Manager", Active: true, PartitionUUID: "0b1c8b3a-8d1b-4f3e-9c46-5a6b7c8d9e0f", File: `\EFI\systemd\systemd-bootx64.efi`}, nil},
		{"a partition of MBR", loadOption(0, "old", hardDrive(11, []byte{0x78, 0x56, 0x34, 0x12}, signatureMBR), pathEnd),
			snapshot.EFIEntry{Name: "old", PartitionUUID: "12345678-0b"}, nil},
		{"a drive without a signature", loadOption(1, "raw", hardDrive(1, nil, 0), pathEnd), snapshot.EFIEntry{Name: "raw", Active: true}, nil},
		{"a path in two nodes", loadOption(1, "two", filePathNode(`\EFI`), filePathNode("grub.efi"), filePathNode(`\x`), pathEnd),
			snapshot.EFIEntry{Name: "two", Active: true, File: `\EFI\grub.efi\x`}, nil},
		{"the network, hidden", loadOption(8, "UEFI PXEv4 (MAC:BC2411000001)", pci, pathEnd), snapshot.EFIEntry{Name: "UEFI PXEv4 (MAC:BC2411000001)"}, nil},
		{"a second device path is the vendor's", loadOption(1, "a", filePathNode(`\a`), pathEnd, filePathNode(`\b`), pathEnd), snapshot.EFIEntry{Name: "a", Active: true, File: `\a`}, nil},
		{"no device path", loadOption(1, "none"), snapshot.EFIEntry{Name: "none", Active: true}, nil},
		{"names beyond 16 bits and half of one", append(loadOption(1, "")[:6], 0x3d, 0xd8, 0x4a, 0xde, 0x3d, 0xd8, 0, 0), snapshot.EFIEntry{Name: "\U0001F64A\uFFFD", Active: true}, nil},
		{"empty", nil, snapshot.EFIEntry{}, errLoadOption},
		{"attributes only", []byte{1, 0, 0, 0}, snapshot.EFIEntry{}, errLoadOption},
		{"a name without end", loadOption(1, "proxmox")[:12], snapshot.EFIEntry{Name: "pro", Active: true}, errLoadOption},
		{"a path longer than the value", loadOption(1, "x", filePathNode(`\x`))[:12], snapshot.EFIEntry{Name: "x", Active: true}, errLoadOption},
		{"a node shorter than its header", loadOption(1, "x", filePathNode(`\x`), []byte{4, 4, 3, 0}, pathEnd), snapshot.EFIEntry{Name: "x", Active: true, File: `\x`}, errDevicePath},
		{"a node longer than the rest", loadOption(1, "x", []byte{4, 4, 200, 0}), snapshot.EFIEntry{Name: "x", Active: true}, errDevicePath},
		{"half a header", loadOption(1, "x", []byte{4, 4}), snapshot.EFIEntry{Name: "x", Active: true}, errDevicePath},
		{"a drive of another size", loadOption(1, "x", pathNode(nodeMedia, mediaHardDrive, make([]byte, 37)), pathEnd), snapshot.EFIEntry{Name: "x", Active: true}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.want.Number = "0001"
			got, err := EFILoadOption("0001", c.data)
			if err != c.err || got != c.want {
				t.Errorf("%+v, %v\nwant %+v, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestEFINumbersAndText(t *testing.T) {
	numbers, err := EFINumbers([]byte{0x1c, 0, 0xff, 0xab})
	if diff := cmp.Diff([]string{"001C", "ABFF"}, numbers); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if numbers, err := EFINumbers([]byte{1}); len(numbers) != 0 || numbers == nil || err == nil {
		t.Errorf("half a number: %v %v", numbers, err)
	}
	for want, data := range map[string][]byte{"systemd-boot 252": utf16LE("systemd-boot 252\x00x"), "open": utf16LE("open"), "": {0}} {
		if got := EFIText(data); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func FuzzEFILoadOption(f *testing.F) {
	f.Add(loadOption(1, "proxmox", hardDrive(2, gptSignature, signatureGUID), filePathNode(`\EFI\proxmox\shimx64.efi`), pathEnd))
	f.Add(loadOption(0, "", hardDrive(200, gptSignature, signatureMBR), filePathNode("a"), filePathNode("b")))
	f.Add(loadOption(1, "x", []byte{4, 4, 0, 0}))
	f.Add([]byte{1, 0, 0, 0, 0xff, 0xff, 0x00, 0xd8})
	f.Fuzz(func(t *testing.T, data []byte) {
		entry, err := EFILoadOption("0001", data)
		for _, text := range []string{entry.Name, entry.File, entry.PartitionUUID} {
			// Two bytes become at most three, and a separator may come before each part.
			if !utf8.ValidString(text) || len(text) > 3*len(data) || strings.ContainsRune(text, 0) {
				t.Fatalf("bad text %q", text)
			}
		}
		if u := entry.PartitionUUID; u != "" && (u != strings.ToLower(u) || len(u) != 36 && len(u) < len("12345678-01")) {
			t.Fatalf("bad partition %q", u)
		}
		if len(data) < 6 && err == nil {
			t.Fatal("no error for what has no parts")
		}
		// What follows the device paths says nothing.
		if err == nil {
			if again, err := EFILoadOption("0001", append(bytes.Clone(data), "tail"...)); err != nil || again != entry {
				t.Fatalf("%+v with a tail is %+v, %v", entry, again, err)
			}
		}
		if numbers, err := EFINumbers(data); numbers == nil || (err == nil) != (len(data)%2 == 0) {
			t.Fatalf("%v %v", numbers, err)
		}
	})
}
