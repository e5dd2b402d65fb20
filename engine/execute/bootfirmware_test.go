package execute

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

// What is written into the firmware is what the reader of such entries makes of it.
func TestBootEntriesAreReadBack(t *testing.T) {
	const guid = "0f8e7d6c-5b4a-4938-8271-605040302010"
	dir := t.TempDir()
	at := filepath.Join(dir, "sys/devices/disk/sda/sda2")
	must(t, os.MkdirAll(at, 0o755), os.MkdirAll(filepath.Join(dir, "sys/class/block"), 0o755), os.MkdirAll(filepath.Join(dir, "dev/disk/by-partuuid"), 0o755),
		os.MkdirAll(filepath.Join(dir, "sys/devices/disk/sda/queue"), 0o755), os.WriteFile(filepath.Join(dir, "dev/sda2"), nil, 0o600),
		os.WriteFile(filepath.Join(at, "partition"), []byte("2\n"), 0o644), os.WriteFile(filepath.Join(at, "start"), []byte("2048\n"), 0o644),
		os.WriteFile(filepath.Join(at, "size"), []byte("1048576\n"), 0o644),
		os.WriteFile(filepath.Join(dir, "sys/devices/disk/sda/queue/logical_block_size"), []byte("4096\n"), 0o644),
		os.Symlink("../../devices/disk/sda/sda2", filepath.Join(dir, "sys/class/block/sda2")),
		os.Symlink("../../sda2", filepath.Join(dir, "dev/disk/by-partuuid", guid)),
	)
	p, err := partitionOf(folder(t, dir), guid)
	must(t, err)
	if p.number != 2 || p.start != 256 || p.size != 131072 { // in blocks of 4096 bytes
		t.Errorf("%+v", p)
	}
	const parameters = "init=/nix/store/x/init pve2nix.trial=20260504T030001Z"
	value := loadOption(firmwareEntries[trialEntry].title, p, image, parameters)
	entry, err := formats.EFILoadOption("0010", value)
	must(t, err)
	if !entry.Active || entry.Name != firmwareEntries[trialEntry].title || entry.PartitionUUID != guid || entry.File != `\EFI\pve2nix\nixos.efi` {
		t.Errorf("%+v", entry)
	}
	// What the reader leaves out: what the stub takes for the kernel's parameters.
	id, err := firmwareGUID(guid)
	must(t, err)
	want := [16]byte{0x6c, 0x7d, 0x8e, 0x0f, 0x4a, 0x5b, 0x38, 0x49, 0x82, 0x71, 0x60, 0x50, 0x40, 0x30, 0x20, 0x10}
	if id != want || !bytes.Contains(value, want[:]) || !bytes.HasSuffix(value, efiString(parameters)) {
		t.Errorf("%x", value)
	}
	length := int(binary.LittleEndian.Uint16(value[4:]))
	if rest := value[6+len(efiString(firmwareEntries[trialEntry].title)):]; len(rest) != length+len(efiString(parameters)) {
		t.Errorf("the way to the file has %d bytes, its length says %d", len(rest)-len(efiString(parameters)), length)
	}
	if _, err := partitionOf(folder(t, dir), "1f8e7d6c-5b4a-4938-8271-605040302010"); err == nil {
		t.Error("a partition that is not there was found")
	}
}
