package migrate

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// maxDepth bounds how deep elements lie within each other: those of libvirt are seven deep.
const maxDepth = 64

// guestSpace is the name space of what the rules wrote into the metadata of a domain.
const guestSpace = "https://pve2nix.org/xmlns/libvirt/guest/1"

// element is an element of XML with its line.
type element struct {
	name  xml.Name
	attrs map[string]string
	text  string
	line  int
	below []*element
}

// parse reads XML as a tree. External entities are not in Go's reader.
func parse(text []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	root := &element{}
	path := []*element{root}
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		at := path[len(path)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(path) > maxDepth {
				return nil, fmt.Errorf("line %d: elements are more than %d deep", line, maxDepth)
			}
			e := &element{name: t.Name, attrs: map[string]string{}, line: line}
			for _, a := range t.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			at.below = append(at.below, e)
			path = append(path, e)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			at.text += string(t)
		}
	}
	return root, nil
}

// child is the first element of a name below e. It may be asked of nil.
func (e *element) child(names ...string) *element {
	for _, name := range names {
		if e == nil {
			return nil
		}
		var found *element
		for _, c := range e.below {
			if c.name.Local == name {
				found = c
				break
			}
		}
		e = found
	}
	return e
}

func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	return e.attrs[name]
}

// size is an amount of memory in MiB; a rest counts as a whole.
func (e *element) size() (int64, error) {
	if e == nil {
		return 0, nil
	}
	factor, known := map[string]float64{
		"": 1 << 10, "b": 1, "bytes": 1, "KB": 1e3, "k": 1 << 10, "KiB": 1 << 10, "MB": 1e6, "M": 1 << 20, "MiB": 1 << 20,
		"GB": 1e9, "G": 1 << 30, "GiB": 1 << 30, "TB": 1e12, "T": 1 << 40, "TiB": 1 << 40,
	}[e.attr("unit")]
	n, err := strconv.ParseInt(strings.TrimSpace(e.text), 10, 64)
	if !known || err != nil || n <= 0 || float64(n)*factor > 1<<56 {
		return 0, e.refuse("is no amount of memory")
	}
	return int64(math.Ceil(float64(n) * factor / (1 << 20))), nil
}

func (e *element) refuse(why string) error {
	return fmt.Errorf("line %d: %s: %s", e.line, e.name.Local, why)
}

// number is a whole number of at least 1; 0 where there is none.
func (e *element) number(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
	if err != nil || n < 1 {
		return 0, e.refuse("is no number of at least 1")
	}
	return n, nil
}

// Domain reads a domain as `virsh dumpxml --inactive` writes it. Devices have the key of PVE where their alias has it. A
// domain that was no guest of PVE has the number 0.
func Domain(text []byte) (Guest, error) {
	g, err := domain(text)
	if err != nil {
		return Guest{}, fmt.Errorf("domain: %w", err)
	}
	return g, nil
}

func domain(text []byte) (Guest, error) {
	g := Guest{Kind: QEMU, Cards: map[string]Card{}, Disks: map[string]Disk{}}
	if len(text) > maxText {
		return g, fmt.Errorf("is larger than %d bytes", maxText)
	}
	root, err := parse(text)
	if err != nil {
		return g, err
	}
	d := root.child("domain")
	if d == nil {
		return g, errors.New("there is no element domain")
	}
	if m := d.child("metadata"); m != nil {
		for _, e := range m.below {
			if e.name.Space != guestSpace || e.name.Local != "guest" {
				continue
			}
			n, err := e.number(e.attr("vmid"))
			if err != nil {
				return g, err
			}
			g.VMID = int(n)
		}
	}
	if e := d.child("name"); e != nil {
		if g.Name = e.text; !plain(g.Name, 255) {
			return g, e.refuse("is no name")
		}
	}
	description := ""
	if e := d.child("description"); e != nil {
		description = e.text
	}
	g.Description = &description
	if g.Memory, err = d.child("memory").size(); err != nil {
		return g, err
	}
	if g.Less, err = d.child("currentMemory").size(); err != nil {
		return g, err
	}
	if e := d.child("vcpu"); e != nil {
		if g.CPUs, err = e.number(e.text); err != nil {
			return g, err
		}
	}
	if e := d.child("cpu", "topology"); e != nil {
		numbers := map[string]int64{}
		for _, name := range []string{"sockets", "dies", "clusters", "cores", "threads"} {
			if numbers[name], err = e.number(e.attr(name)); err != nil {
				return g, err
			}
			numbers[name] = max(numbers[name], 1)
		}
		// PVE counts neither dies nor threads: for it each of them is a core.
		g.Sockets, g.Cores = numbers["sockets"], numbers["dies"]*numbers["clusters"]*numbers["cores"]*numbers["threads"]
	}
	devices := d.child("devices")
	if devices == nil {
		return g, nil
	}
	for _, e := range devices.below {
		switch e.name.Local {
		case "interface":
			err = g.domainCard(e)
		case "disk":
			err = g.domainDisk(e)
		}
		if err != nil {
			return g, err
		}
	}
	return g, nil
}

// keyOf is the key that a device has at PVE.
func keyOf(e *element) string {
	key, ours := strings.CutPrefix(e.child("alias").attr("name"), "ua-")
	if !ours || !deviceKey.MatchString(key) {
		return ""
	}
	return key
}

func (g *Guest) domainCard(e *element) error {
	c := Card{
		MAC: strings.ToUpper(e.child("mac").attr("address")), Model: e.child("model").attr("type"),
		Bridge: e.child("source").attr("bridge"), Down: e.child("link").attr("state") == "down",
	}
	for _, text := range []string{c.MAC, c.Model, c.Bridge} {
		if !plain(text, 64) {
			return e.refuse("holds what no card has")
		}
	}
	if kind := e.attr("type"); kind != "bridge" && kind != "user" {
		c.Bridge, c.Other = "", kind
		if !plain(kind, 64) {
			return e.refuse("is of no type")
		}
	}
	if vlan := e.child("vlan"); vlan != nil && len(vlan.below) == 1 && vlan.attr("trunk") != "yes" {
		var err error
		if c.Tag, err = vlan.below[0].number(vlan.below[0].attr("id")); err != nil {
			return err
		}
	}
	key := keyOf(e)
	switch _, twice := g.Cards[key]; {
	case twice:
		return e.refuse("another one is called " + key)
	case cardKey.MatchString(key):
		g.Cards[key] = c
	default:
		g.MoreCards = append(g.MoreCards, c)
	}
	return nil
}

func (g *Guest) domainDisk(e *element) error {
	source := e.child("source")
	d := Disk{CD: e.attr("device") == "cdrom" || e.attr("device") == "floppy", Bus: e.child("target").attr("bus")}
	for _, name := range []string{"file", "dev", "name", "dir"} {
		if text := source.attr(name); text != "" {
			d.Source = text
			break
		}
	}
	if pool, volume := source.attr("pool"), source.attr("volume"); pool != "" {
		d.Source = pool + ":" + volume
	}
	if !plain(d.Source, 4096) || !plain(d.Bus, 64) {
		return e.refuse("holds what no path has")
	}
	key := keyOf(e)
	switch _, twice := g.Disks[key]; {
	case twice:
		return e.refuse("another one is called " + key)
	case key != "" && !cardKey.MatchString(key):
		g.Disks[key] = d
	case d.Source != "":
		g.MoreDisks = append(g.MoreDisks, d)
	}
	return nil
}
