package introspect

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// errPoolCache is the problem of a zpool.cache that is no list of pools.
var errPoolCache = errors.New("not a list of pools")

const (
	// cacheHeader is how every packed list begins: encoding, byte order, two bytes without use, version, flags.
	cacheHeader = 4 + 4 + 4
	// The encodings of a packed list: as the machine has it in memory, as OpenZFS writes the cache, or XDR, as its first
	// releases did.
	nativeEncoding = 0
	xdrEncoding    = 1
	// The types of pairs that hold a list, and several.
	pairOfList  = 19
	pairOfLists = 20
	// maxCacheDepth is more than the nesting of a pool, which has devices in groups in a tree.
	maxCacheDepth = 16
)

// cachedPools are the names of the pools in /etc/zfs/zpool.cache: a list of pairs with one pair per pool. Of a pair
// only the name is read.
func cachedPools(data []byte) ([]string, error) {
	if len(data) < cacheHeader {
		return nil, errPoolCache
	}
	body := data[cacheHeader:]
	switch data[0] {
	case xdrEncoding:
		return xdrNames(body)
	case nativeEncoding:
		order := binary.ByteOrder(binary.BigEndian)
		if data[1] == 1 {
			order = binary.LittleEndian
		}
		var names []string
		_, err := nativeNames(body, order, 0, &names)
		return names, err
	}
	return nil, errPoolCache
}

// nativeNames reads the pairs of a list up to the empty one, and returns what follows it. A list within a pair comes
// behind the pair. The names of the outermost pairs that hold a list are added to names.
func nativeNames(data []byte, order binary.ByteOrder, depth int, names *[]string) ([]byte, error) {
	const (
		end       = 4                 // the size 0
		nameStart = 4 + 2 + 2 + 4 + 4 // size, length of the name, unused, number of values, type
	)
	if depth > maxCacheDepth {
		return nil, errPoolCache
	}
	for {
		if len(data) < end {
			return nil, errPoolCache
		}
		size := int64(order.Uint32(data))
		if size == 0 {
			return data[end:], nil
		}
		if size < nameStart || size > int64(len(data)) {
			return nil, errPoolCache
		}
		length, values, kind := int64(order.Uint16(data[4:])), order.Uint32(data[8:]), order.Uint32(data[12:])
		if length > size-nameStart {
			return nil, errPoolCache
		}
		name, _, _ := bytes.Cut(data[nameStart:nameStart+length], []byte{0})
		data = data[size:]
		lists := uint32(0)
		switch kind {
		case pairOfList:
			lists = 1
		case pairOfLists:
			lists = values
		}
		if depth == 0 && kind == pairOfList {
			*names = append(*names, string(name))
		}
		for range lists {
			rest, err := nativeNames(data, order, depth+1, names)
			if err != nil {
				return nil, err
			}
			data = rest
		}
	}
}

// xdrNames reads the names of the outermost pairs of a list in XDR form, in which the size of a pair covers all of it.
func xdrNames(rest []byte) ([]string, error) {
	const pairHeader = 4 + 4 + 4 // size of the pair, size in memory, length of the name
	var names []string
	for {
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
