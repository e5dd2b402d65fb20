package formats

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Numbers of device path nodes and of load options, as the UEFI specification has them (sections 3.1.3 and 10.3).
const (
	loadOptionActive = 1

	nodeMedia      = 0x04
	nodeEnd        = 0x7f
	mediaHardDrive = 0x01
	mediaFilePath  = 0x04
	nodeHeader     = 4  // type, subtype, length
	hardDriveSize  = 42 // of the whole node
	signatureMBR   = 1
	signatureGUID  = 2
)

var (
	errLoadOption = errors.New("shorter than its parts")
	errDevicePath = errors.New("a node of the device path is longer than the rest or shorter than its header")
	errNoNumbers  = errors.New("not a list of 16-bit numbers")
)

// EFILoadOption reads the value of a variable Boot####, without the attributes of the variable. Of a value that
// breaks off, what came before is kept.
func EFILoadOption(number string, data []byte) (snapshot.EFIEntry, error) {
	entry := snapshot.EFIEntry{Number: number}
	const header = 4 + 2 // attributes, length of the device paths
	if len(data) < header {
		return entry, errLoadOption
	}
	entry.Active = binary.LittleEndian.Uint32(data)&loadOptionActive != 0
	length := int(binary.LittleEndian.Uint16(data[4:]))
	name, rest, ended := cutUTF16(data[header:])
	entry.Name = name
	if !ended || length > len(rest) {
		return entry, errLoadOption
	}
	// What follows the device paths is for the program that is started, and may hold its command line.
	return entry, devicePath(rest[:length], &entry)
}

// devicePath reads the first device path of a list; those after it are the vendor's own.
func devicePath(data []byte, entry *snapshot.EFIEntry) error {
	var file strings.Builder
	defer func() { entry.File = file.String() }()
	for len(data) > 0 {
		if len(data) < nodeHeader {
			return errDevicePath
		}
		length := int(binary.LittleEndian.Uint16(data[2:]))
		if length < nodeHeader || length > len(data) {
			return errDevicePath
		}
		kind, subtype, node := data[0], data[1], data[nodeHeader:length]
		switch {
		case kind == nodeEnd:
			return nil
		case kind == nodeMedia && subtype == mediaHardDrive && length == hardDriveSize:
			entry.PartitionUUID = partitionUUID(node)
		case kind == nodeMedia && subtype == mediaFilePath:
			part, _, _ := cutUTF16(node)
			if file.Len() > 0 && !strings.HasSuffix(file.String(), `\`) && !strings.HasPrefix(part, `\`) {
				file.WriteByte('\\') // nodes are parts of one path
			}
			file.WriteString(part)
		}
		data = data[length:]
	}
	return nil
}

// partitionUUID is what Linux calls the partition of a hard drive node (PARTUUID): the GUID of a partition of GPT, the
// disk's signature and the partition's number of one of MBR.
func partitionUUID(node []byte) string {
	number, signature, kind := binary.LittleEndian.Uint32(node), node[20:36], node[37]
	switch kind {
	case signatureGUID:
		return guid(signature)
	case signatureMBR:
		return fmt.Sprintf("%08x-%02x", binary.LittleEndian.Uint32(signature), number)
	}
	return ""
}

// guid spells 16 bytes as UEFI stores them: the first three numbers have their lowest byte first.
func guid(b []byte) string {
	return fmt.Sprintf("%08x-%04x-%04x-%x-%x", binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint16(b[4:]),
		binary.LittleEndian.Uint16(b[6:]), b[8:10], b[10:16])
}

// EFINumbers reads a list of numbers of entries, as BootOrder is, into four hexadecimal digits each.
func EFINumbers(data []byte) ([]string, error) {
	if len(data)%2 != 0 {
		return []string{}, errNoNumbers
	}
	out := make([]string, 0, len(data)/2)
	for ; len(data) > 0; data = data[2:] {
		out = append(out, fmt.Sprintf("%04X", binary.LittleEndian.Uint16(data)))
	}
	return out, nil
}

// EFIText reads a text of UTF-16 up to its NUL, or its end.
func EFIText(data []byte) string {
	text, _, _ := cutUTF16(data)
	return text
}

// cutUTF16 reads UTF-16, lowest byte first, up to a NUL, and returns what follows it. What is no UTF-16
// becomes U+FFFD.
func cutUTF16(data []byte) (text string, rest []byte, ended bool) {
	var units []uint16
	for len(data) >= 2 {
		unit := binary.LittleEndian.Uint16(data)
		data = data[2:]
		if unit == 0 {
			return string(utf16.Decode(units)), data, true
		}
		units = append(units, unit)
	}
	return string(utf16.Decode(units)), nil, false
}
