package formats

import (
	"encoding/binary"
	"fmt"
)

// HostID reads the four bytes of /etc/hostid as the eight digits that hostid prints and ZFS
// uses; the file is little endian. Anything but four bytes is an error.
func HostID(data []byte) (string, error) {
	if len(data) != 4 {
		return "", fmt.Errorf("%d bytes instead of 4", len(data))
	}
	return fmt.Sprintf("%08x", binary.LittleEndian.Uint32(data)), nil
}
