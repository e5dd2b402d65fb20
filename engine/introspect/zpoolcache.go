package introspect

import (
	"encoding/binary"
	"errors"
)

// errPoolCache is the problem of a zpool.cache that is no list of pools.
var errPoolCache = errors.New("not a list of pools in XDR form")

// cachedPools are the names of the pools in /etc/zfs/zpool.cache: an nvlist in
// XDR form with one pair per pool. Of a pair only the name is read.
func cachedPools(data []byte) ([]string, error) {
	const (
		header      = 4 + 4 + 4 // encoding and byte order, version, flags
		encodingXDR = 1
		pairHeader  = 4 + 4 + 4 // size of the pair, size in memory, length of the name
	)
	if len(data) < header || data[0] != encodingXDR {
		return nil, errPoolCache
	}
	var names []string
	for rest := data[header:]; ; {
		if len(rest) < 8 {
			return names, errPoolCache
		}
		size := int64(binary.BigEndian.Uint32(rest))
		if size == 0 { // and the size in memory, 0 too: the end
			return names, nil
		}
		if size < pairHeader || size > int64(len(rest)) {
			return names, errPoolCache
		}
		length := int64(binary.BigEndian.Uint32(rest[8:]))
		if length > size-pairHeader {
			return names, errPoolCache
		}
		names = append(names, string(rest[pairHeader:pairHeader+length]))
		rest = rest[size:]
	}
}
