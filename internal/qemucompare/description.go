// Package qemucompare holds what PVE would start as a virtual machine against what
// the target libvirt defines of the same configuration. Both are brought into one
// description, so that the words of neither side count, and every property in
// which they differ is either said on purpose or missing. It serves tests and the
// table in docs; nothing of it is in the product.
package qemucompare

import (
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Description says what a virtual machine is, whoever starts it: "subject/property" → value. A property that is
// not there is off, or what QEMU does by itself.
type Description map[string]string

// set sets a property that has a value.
func (d Description) set(subject, property, value string) {
	if value != "" {
		d[subject+"/"+property] = value
	}
}

// Keys are the properties, sorted by subject as people count: net2 comes before net10.
func (d Description) Keys() []string {
	return slices.SortedFunc(maps.Keys(d), compareNatural)
}

// order turns boot indexes into one property: what counts is who comes first.
func (d Description) order(indexes map[string]int) {
	devices := slices.Collect(maps.Keys(indexes))
	sort.Slice(devices, func(i, j int) bool {
		a, b := devices[i], devices[j]
		if indexes[a] != indexes[b] {
			return indexes[a] < indexes[b]
		}
		return compareNatural(a, b) < 0
	})
	d.set("boot", "order", strings.Join(devices, " "))
}

// compareNatural compares runs of digits as numbers.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x > 0 && y > 0 {
			n, _ := strconv.ParseUint(a[:x], 10, 64)
			m, _ := strconv.ParseUint(b[:y], 10, 64)
			if n != m {
				if n < m {
					return -1
				}
				return 1
			}
			a, b = a[x:], b[y:]
			continue
		}
		if a[0] != b[0] {
			if a[0] < b[0] {
				return -1
			}
			return 1
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// onOff brings the many words for truth into two.
func onOff(s string) string {
	switch s {
	case "on", "yes", "true", "1":
		return "on"
	case "off", "no", "false", "0":
		return "off"
	}
	return s
}
