// Package migrate takes files of Proxmox VE's configuration into another form and back,
// each way as a function over bytes. What a guest became on the converted host is read
// from what its manager says: XML of libvirt, an instance of Incus, configuration of LXC.
// The difference to what it was converted to is written into a copy of its file at PVE,
// so that Proxmox VE can have it after a rollback.
//
// Input is hostile: what does not fit is refused with its place, and what PVE has no word
// for is named and left out. The package is pure.
package migrate

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Kinds of guests, in PVE's words.
const (
	QEMU = "qemu"
	LXC  = "lxc"
)

// maxText bounds what is read of one guest: libvirt's own limit for XML is 16 MiB, and PVE's for a file is 1 MiB.
const maxText = 4 << 20

// Guest is what PVE and the managers that come after it both say of a guest. What is nil, zero or empty was not said.
type Guest struct {
	VMID int    `json:"vmid"`
	Kind string `json:"kind"`
	// Name is the manager's; the rules may have made it from another one.
	Name        string  `json:"name,omitempty"`
	Description *string `json:"description,omitempty"`
	// Memory and Swap are in MiB. Less is what the guest gets where that is not all of it.
	Memory int64  `json:"memory,omitempty"`
	Less   int64  `json:"less,omitempty"`
	Swap   *int64 `json:"swap,omitempty"`
	// CPUs are all processors; Sockets and Cores where the manager tells them apart.
	CPUs    int64 `json:"cpus,omitempty"`
	Sockets int64 `json:"sockets,omitempty"`
	Cores   int64 `json:"cores,omitempty"`
	// OnBoot says whether the manager itself starts it with the host.
	OnBoot *bool `json:"onboot,omitempty"`
	// Cards and Disks are by the key that they have at PVE: net0, scsi0, rootfs, mp0. MoreCards and MoreDisks have none.
	Cards     map[string]Card `json:"cards,omitempty"`
	Disks     map[string]Disk `json:"disks,omitempty"`
	MoreCards []Card          `json:"more_cards,omitempty"`
	MoreDisks []Disk          `json:"more_disks,omitempty"`
	// Lines are settings of LXC that say something else, in their order.
	Lines []Setting `json:"lines,omitempty"`
}

// Setting is a line of a configuration of LXC.
type Setting struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Card is a network card.
type Card struct {
	MAC    string `json:"mac,omitempty"`
	Model  string `json:"model,omitempty"`
	Bridge string `json:"bridge,omitempty"`
	// Tag is the VLAN; 0 is none.
	Tag int64 `json:"tag,omitempty"`
	// Down says that the cable is pulled.
	Down bool `json:"down,omitempty"`
	// Other is how it is connected where that is no bridge.
	Other string `json:"other,omitempty"`
}

// Disk is a disk or a mount point.
type Disk struct {
	// Source is a path, or pool/image of Ceph; empty for a drive without a medium.
	Source string `json:"source,omitempty"`
	// Size is in bytes, where the manager says it.
	Size int64 `json:"size,omitempty"`
	// Bus is scsi, virtio, sata or ide; CD says that it is a drive for media.
	Bus string `json:"bus,omitempty"`
	CD  bool   `json:"cd,omitempty"`
	// Path is where a container has it.
	Path string `json:"path,omitempty"`
}

// Change is one thing of a guest that is not as it was.
type Change struct {
	// Key is that of PVE's file; Field a part of its value, empty where it is the whole.
	Key   string `json:"key"`
	Field string `json:"field,omitempty"`
	// Before and After are the values; empty on the side that has none.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// String says it for people.
func (c Change) String() string {
	key := c.Key
	if c.Field != "" {
		key += " " + c.Field
	}
	switch {
	case c.Before == "":
		return fmt.Sprintf("%s: %s", key, c.After)
	case c.After == "":
		return fmt.Sprintf("%s: no longer %s", key, c.Before)
	}
	return fmt.Sprintf("%s: %s, was %s", key, c.After, c.Before)
}

// Words of Change.Key that are no key of a file: how many processors there are in all, and devices that have no key.
const (
	allCPUs  = "cpus"
	moreCard = "net"
	moreDisk = "disk"
	less     = "less memory"
)

// Changes are what is not as it was, in the order of PVE's file. Both sides are of the same manager, so that what it says
// otherwise than PVE is no change.
func Changes(before, now Guest) []Change {
	var out []Change
	add := func(key, field, b, a string) {
		if a != b {
			out = append(out, Change{key, field, b, a})
		}
	}
	number := func(key string, b, a int64) {
		if a != 0 {
			add(key, "", count(b), count(a))
		}
	}
	if now.Sockets != 0 && now.Cores != 0 {
		number("cores", before.Cores, now.Cores)
		number("sockets", before.Sockets, now.Sockets)
	} else {
		number(allCPUs, before.CPUs, now.CPUs)
	}
	if now.Description != nil {
		b := ""
		if before.Description != nil {
			b = *before.Description
		}
		add("description", "", b, *now.Description)
	}
	number("memory", before.Memory, now.Memory)
	if now.Less != now.Memory || before.Less != before.Memory {
		number(less, before.Less, now.Less)
	}
	if now.Name != "" {
		add("name", "", before.Name, now.Name)
	}
	if now.OnBoot != nil && before.OnBoot != nil && *now.OnBoot != *before.OnBoot {
		out = append(out, Change{"onboot", "", word(*before.OnBoot), word(*now.OnBoot)})
	}
	if now.Swap != nil && before.Swap != nil {
		add("swap", "", strconv.FormatInt(*before.Swap, 10), strconv.FormatInt(*now.Swap, 10))
	}
	for _, key := range keysOf(before.Cards, now.Cards) {
		b, was := before.Cards[key]
		a, is := now.Cards[key]
		switch {
		case !is:
			add(key, "", b.text(), "")
		case !was:
			out = append(out, Change{key, "", "", a.text()})
		default:
			add(key, "mac", b.MAC, a.MAC)
			add(key, "model", b.Model, a.Model)
			if !a.Down || a.at() != "" { // LXC does not say the bridge of a card whose cable is pulled
				add(key, "bridge", b.at(), a.at())
				add(key, "tag", count(b.Tag), count(a.Tag))
			}
			add(key, "link_down", flag(b.Down), flag(a.Down))
		}
	}
	for _, c := range now.MoreCards {
		if !slices.Contains(before.MoreCards, c) {
			out = append(out, Change{moreCard, "", "", c.text()})
		}
	}
	for _, key := range keysOf(before.Disks, now.Disks) {
		b, was := before.Disks[key]
		a, is := now.Disks[key]
		switch {
		case !is:
			add(key, "", b.Source, "")
		case !was:
			out = append(out, Change{key, "", "", a.Source})
		default:
			add(key, "file", b.Source, a.Source)
			if a.Size != 0 && a.Size != b.Size {
				out = append(out, Change{key, "size", sizeText(b.Size), sizeText(a.Size)})
			}
		}
	}
	for _, d := range now.MoreDisks {
		if !slices.Contains(before.MoreDisks, d) {
			out = append(out, Change{cmp.Or(d.Bus, moreDisk), "", "", d.Source})
		}
	}
	for _, l := range without(before.Lines, now.Lines) {
		add(l.Key, "", l.Value, "")
	}
	for _, l := range without(now.Lines, before.Lines) {
		add(l.Key, "", "", l.Value)
	}
	return out
}

// without are the lines that others have less often.
func without(lines, others []Setting) (out []Setting) {
	count := map[Setting]int{}
	for _, l := range others {
		count[l]++
	}
	for _, l := range lines {
		if count[l]--; count[l] < 0 {
			out = append(out, l)
		}
	}
	return out
}

// text is a card as PVE writes it, for a machine.
func (c Card) text() string {
	model := cmp.Or(c.Model, "virtio")
	if c.MAC != "" {
		model += "=" + c.MAC
	}
	parts := []string{model}
	if c.at() != "" {
		parts = append(parts, "bridge="+c.at())
	}
	if c.Down {
		parts = append(parts, "link_down=1")
	}
	if c.Tag != 0 {
		parts = append(parts, "tag="+count(c.Tag))
	}
	return strings.Join(parts, ",")
}

// at is the bridge; what is no bridge is in brackets, which no bridge has in its name.
func (c Card) at() string {
	if c.Bridge == "" && c.Other != "" {
		return "(" + c.Other + ")"
	}
	return c.Bridge
}

func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func word(v bool) string {
	if v {
		return "1"
	}
	return "0"
}

func flag(v bool) string {
	if v {
		return "1"
	}
	return ""
}

// sizeText is a size as PVE writes it: the largest unit that leaves no rest.
func sizeText(bytes int64) string {
	if bytes <= 0 {
		return ""
	}
	unit := ""
	for _, larger := range []string{"K", "M", "G", "T"} {
		if bytes%1024 != 0 {
			break
		}
		bytes, unit = bytes/1024, larger
	}
	return strconv.FormatInt(bytes, 10) + unit
}

var (
	deviceKey = regexp.MustCompile(`^(net|ide|sata|scsi|virtio|efidisk|tpmstate|mp|unused)[0-9]{1,3}$|^rootfs$`)
	cardKey   = regexp.MustCompile(`^net[0-9]{1,2}$`)
)

// keysOf are the keys of both, by word and then by number.
func keysOf[T any](a, b map[string]T) []string {
	all := map[string]bool{}
	for key := range a {
		all[key] = true
	}
	for key := range b {
		all[key] = true
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		wa, na := splitKey(a)
		wb, nb := splitKey(b)
		return cmp.Or(strings.Compare(wa, wb), cmp.Compare(na, nb), strings.Compare(a, b))
	})
}

func splitKey(key string) (string, int) {
	w := strings.TrimRight(key, "0123456789")
	n, _ := strconv.Atoi(key[len(w):])
	return w, n
}

// plain refuses what no name, address or path of a guest holds: an end of the line, or what is no character.
func plain(text string, longest int) bool {
	if len(text) > longest {
		return false
	}
	for _, r := range text {
		if r < 0x20 || r == 0x7f || r == '\uFFFD' || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}
