package migrate

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Instance reads an instance as `incus query /1.0/instances/NAME` and `incus config show` write it; JSON is YAML. Devices
// have the key of PVE as their name. An instance that was no guest of PVE has the number 0.
func Instance(text []byte) (Guest, error) {
	g, err := instance(text)
	if err != nil {
		return Guest{}, fmt.Errorf("instance: %w", err)
	}
	return g, nil
}

// entry is a text of a document with its line.
type entry struct {
	text string
	line int
}

func (e entry) refuse(name, why string) error {
	return fmt.Errorf("line %d: %s: %s", e.line, name, why)
}

// entries are the texts of a mapping. What is no text by name is left out.
func entries(n *yaml.Node) (map[string]entry, error) {
	out := map[string]entry{}
	if n == nil {
		return out, nil
	}
	if n.Kind != yaml.MappingNode {
		if n.Tag == "!!null" {
			return out, nil
		}
		return nil, fmt.Errorf("line %d: is no mapping", n.Line)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if _, twice := out[key.Value]; twice {
			return nil, fmt.Errorf("line %d: a key stands twice", key.Line)
		}
		if value.Kind == yaml.ScalarNode {
			out[key.Value] = entry{value.Value, value.Line}
		}
	}
	return out, nil
}

// below is the value of a key; nil where there is none.
func below(n *yaml.Node, name string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

func instance(text []byte) (Guest, error) {
	g := Guest{Cards: map[string]Card{}, Disks: map[string]Disk{}}
	if len(text) > maxText {
		return g, fmt.Errorf("is larger than %d bytes", maxText)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return g, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return g, errors.New("is no instance")
	}
	top := doc.Content[0]
	said, err := entries(top)
	if err != nil {
		return g, err
	}
	switch said["type"].text {
	case "virtual-machine":
		g.Kind = QEMU
	case "container", "":
		g.Kind = LXC
	default:
		return g, said["type"].refuse("type", "is none of an instance")
	}
	if g.Name = said["name"].text; !plain(g.Name, 255) {
		return g, said["name"].refuse("name", "is no name")
	}
	description := said["description"].text
	g.Description = &description
	config, err := entries(below(top, "config"))
	if err != nil {
		return g, fmt.Errorf("config: %w", err)
	}
	if e, has := config["user.pve.vmid"]; has {
		if g.VMID, err = strconv.Atoi(e.text); err != nil || g.VMID < 1 {
			return g, e.refuse("user.pve.vmid", "is no number of a guest")
		}
	}
	if err := g.limits(config); err != nil {
		return g, err
	}
	devices := below(top, "devices")
	if devices == nil {
		return g, nil
	}
	if _, err := entries(devices); err != nil {
		return g, fmt.Errorf("devices: %w", err)
	}
	for i := 0; i+1 < len(devices.Content); i += 2 {
		if err := g.device(devices.Content[i], devices.Content[i+1]); err != nil {
			return g, err
		}
	}
	return g, nil
}

// limits are what config says of size and start.
func (g *Guest) limits(config map[string]entry) error {
	if e, has := config["limits.memory"]; has && !strings.HasSuffix(e.text, "%") {
		n, ok := amount(e.text)
		if !ok || n <= 0 {
			return e.refuse("limits.memory", "is no amount of memory")
		}
		g.Memory = (n + 1<<20 - 1) >> 20
		g.Less = g.Memory
	}
	if e, has := config["limits.memory.swap"]; has && g.Kind == LXC {
		n, ok := amount(e.text)
		switch {
		case e.text == "false":
			g.Swap = new(int64)
		case e.text == "true":
		case !ok:
			return e.refuse("limits.memory.swap", "is no amount of memory")
		default:
			n = (n + 1<<20 - 1) >> 20
			g.Swap = &n
		}
	}
	if e, has := config["limits.cpu"]; has {
		n, ok := processors(e.text)
		if !ok {
			return e.refuse("limits.cpu", "is neither a number nor a list of processors")
		}
		g.CPUs = n
	}
	if e, has := config["boot.autostart"]; has {
		on := e.text == "true" || e.text == "1" || e.text == "yes" || e.text == "on"
		g.OnBoot = &on
	}
	return nil
}

func (g *Guest) device(name, n *yaml.Node) error {
	options, err := entries(n)
	if err != nil {
		return fmt.Errorf("devices: %w", err)
	}
	for key, e := range options {
		if !plain(e.text, 4096) {
			return e.refuse("devices "+strconv.Quote(name.Value)+" "+strconv.Quote(key), "holds what no option has")
		}
	}
	switch options["type"].text {
	case "nic":
		c := Card{MAC: strings.ToUpper(options["hwaddr"].text), Bridge: options["parent"].text}
		if kind := options["nictype"].text; kind != "bridged" {
			c.Bridge, c.Other = "", kind
			if options["network"].text != "" {
				c.Other = "network " + options["network"].text
			}
		}
		if e, has := options["vlan"]; has && e.text != "none" {
			if c.Tag, err = strconv.ParseInt(e.text, 10, 32); err != nil || c.Tag < 1 || c.Tag > 4094 {
				return e.refuse("vlan", "is no VLAN")
			}
		}
		if cardKey.MatchString(name.Value) {
			g.Cards[name.Value] = c
		} else {
			g.MoreCards = append(g.MoreCards, c)
		}
	case "disk":
		d := Disk{Source: options["source"].text, Path: options["path"].text, Bus: instanceBus[options["io.bus"].text]}
		if e, has := options["size"]; has {
			size, ok := amount(e.text)
			if !ok {
				return e.refuse("size", "is no size")
			}
			d.Size = size
		}
		switch key := name.Value; {
		case key == "root" && g.Kind == LXC:
			g.Disks["rootfs"] = Disk{Size: d.Size}
		case key == "root":
			// That of a machine is empty: its disks are the others.
		case deviceKey.MatchString(key):
			g.Disks[key] = d
		case d.Source != "":
			g.MoreDisks = append(g.MoreDisks, d)
		}
	}
	return nil
}

var instanceBus = map[string]string{"virtio-blk": "virtio", "virtio-scsi": "scsi", "": "scsi"}

// units are those of Incus: powers of 1024 and of 1000.
var units = map[string]int64{
	"": 1, "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15, "EB": 1e18,
	"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40, "PiB": 1 << 50, "EiB": 1 << 60,
}

var amountForm = regexp.MustCompile(`^([0-9]{1,18})([A-Za-z]*)$`)

// amount is an amount of Incus in bytes.
func amount(text string) (int64, bool) {
	m := amountForm.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	unit, known := units[m[2]]
	if err != nil || !known || n > (1<<62)/unit {
		return 0, false
	}
	return n * unit, true
}

var processorRange = regexp.MustCompile(`^([0-9]{1,4})-([0-9]{1,4})$`)

// processors is how many a limit of Incus gives: a number, or a list of single ones.
func processors(text string) (int64, bool) {
	if n, err := strconv.ParseInt(text, 10, 16); err == nil {
		return n, n > 0
	}
	total := int64(0)
	for part := range strings.SplitSeq(text, ",") {
		if m := processorRange.FindStringSubmatch(part); m != nil {
			from, _ := strconv.ParseInt(m[1], 10, 64)
			to, _ := strconv.ParseInt(m[2], 10, 64)
			if to < from {
				return 0, false
			}
			total += to - from + 1
			continue
		}
		if n, err := strconv.ParseInt(part, 10, 16); err != nil || n < 0 {
			return 0, false
		}
		total++
	}
	return total, true
}
