package qemucompare

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// process are options that say how PVE runs the program, and nothing of the machine in it: libvirt has a monitor,
// a log, a process and a home directory of its own for each domain.
var process = map[string]string{
	"-id":          "PVE's number of the guest, of its own patch",
	"-no-shutdown": "what waits for the guest's end: qmeventd there, libvirtd here",
	"-pidfile":     "where PVE looks for the process",
	"-daemonize":   "how PVE starts it",
	"-mon":         "PVE's connection to QEMU",
	"-nodefaults":  "libvirt says it too: no device that nobody named",
	"-nographic":   "no window: libvirt never has one",
	"-iscsi":       "the name under which QEMU itself would log in to iSCSI targets; disks of PVE are logged in to by the host",
	"-snapshot":    "a template is started for backups only, and must not change then",
}

// qmpSockets are character devices of PVE's own connection.
var qmpSockets = map[string]bool{"qmp": true, "qmp-event": true}

// Command reads a command line of QEMU as PVE writes it, one option a line, and describes the machine. An option,
// device or parameter that it does not know becomes a property of the subject "unknown", so that nothing is lost.
func Command(text string) (Description, error) {
	words, err := split(text)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 || strings.HasPrefix(words[0], "-") {
		return nil, errors.New("no program")
	}
	c := commandReader{
		Description: Description{}, boot: map[string]int{}, drives: map[string]string{},
		chardevs: map[string]options{}, netdevs: map[string]options{}, objects: map[string]options{},
	}
	c.set("machine", "acceleration", "kvm")
	for i := 1; i < len(words); i++ {
		option := words[i]
		if !strings.HasPrefix(option, "-") {
			return nil, fmt.Errorf("%q: want an option", option)
		}
		value := ""
		if i+1 < len(words) && !strings.HasPrefix(words[i+1], "-") {
			i++
			value = words[i]
		}
		if err := c.option(option, value); err != nil {
			return nil, fmt.Errorf("%s %s: %w", option, value, err)
		}
	}
	for _, device := range c.devices {
		c.device(device)
	}
	c.order(c.boot)
	return c.Description, nil
}

// split cuts a command line into words: single quotes and lines that end in a backslash, as PVE prints them.
func split(text string) ([]string, error) {
	var words []string
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), `\`))
		for line != "" {
			if rest, quoted := strings.CutPrefix(line, "'"); quoted {
				word, after, closed := strings.Cut(rest, "'")
				if !closed {
					return nil, fmt.Errorf("line %d: a quote is not closed", number+1)
				}
				words, line = append(words, word), strings.TrimSpace(after)
				continue
			}
			word, after, _ := strings.Cut(line, " ")
			words, line = append(words, word), strings.TrimSpace(after)
		}
	}
	return words, nil
}

// options are the parameters of an option; take removes what was understood, so that the rest can be named.
type options map[string]string

// parseOptions cuts at commas; two commas are one in a value. A first word without = is the value of first.
func parseOptions(text, first string) options {
	o := options{}
	const comma = "\x00"
	for i, word := range strings.Split(strings.ReplaceAll(text, ",,", comma), ",") {
		name, value, found := strings.Cut(strings.ReplaceAll(word, comma, ","), "=")
		switch {
		case found:
			o[name] = value
		case i == 0 && first != "":
			o[first] = name
		case name != "":
			o[name] = "on"
		}
	}
	return o
}

func (o options) take(name string) string {
	value := o[name]
	delete(o, name)
	return value
}

type commandReader struct {
	Description
	boot     map[string]int
	devices  []options
	drives   map[string]string // of a block device, the drive it is
	chardevs map[string]options
	netdevs  map[string]options
	objects  map[string]options
}

// rest names the parameters that nobody took.
func (c *commandReader) rest(what string, o options) {
	for name, value := range o {
		c.set("unknown", what+" "+name, value)
	}
}

var cpuFlag = regexp.MustCompile(`^[+-]`)

func (c *commandReader) option(option, value string) error {
	if _, of := process[option]; of {
		return nil
	}
	switch option {
	case "-name":
		c.set("guest", "name", value)
	case "-smbios":
		o := parseOptions(value, "")
		kind := o.take("type")
		for name, v := range o {
			c.set("smbios "+kind, name, v)
		}
	case "-uuid":
		c.set("smbios 1", "uuid", value)
	case "-smp":
		o := parseOptions(value, "count")
		count := o.take("count")
		c.set("processor", "count", count)
		c.set("processor", "sockets", o.take("sockets"))
		c.set("processor", "cores", o.take("cores"))
		if most := o.take("maxcpus"); most != count {
			c.set("processor", "pluggable", most)
		}
		c.rest(option, o)
	case "-cpu":
		c.cpu(value)
	case "-m":
		o := parseOptions(value, "size")
		if err := c.addMemory("", o.take("size")); err != nil {
			return err
		}
		c.set("memory", "slots", o.take("slots"))
		if most := o.take("maxmem"); most != "" {
			mib, err := mebibytes(most)
			if err != nil {
				return err
			}
			c.set("memory", "most", strconv.Itoa(mib))
		}
		c.rest(option, o)
	case "-boot":
		o := parseOptions(value, "order")
		c.set("boot", "menu", o.take("menu"))
		c.set("boot", "strict", o.take("strict"))
		c.set("boot", "reboot after failure", o.take("reboot-timeout"))
		c.set("boot", "picture", o.take("splash"))
		c.rest(option, o)
	case "-vnc":
		address, _, _ := strings.Cut(value, ",")
		if strings.HasPrefix(address, "unix:") {
			address = "socket"
		}
		c.set("display", "vnc", address)
	case "-spice":
		c.set("display", "spice", "on")
	case "-vga":
		if value != "none" {
			c.set("video", "model", value)
		}
	case "-global":
		name, v, _ := strings.Cut(value, "=")
		switch _, property, _ := strings.Cut(name, "."); {
		case property == "disable_s3" || property == "disable_s4":
			c.set("power", strings.TrimPrefix(property, "disable_")+" sleep", map[string]string{"1": "off", "0": "on"}[v])
		case name == "kvm-pit.lost_tick_policy":
			c.set("clock", "lost ticks of the PIT", v)
		case property == "acpi-pci-hotplug-with-bridge-support":
			c.set("machine", "hotplug behind bridges", v)
		default:
			c.set("unknown", "-global "+name, v)
		}
	case "-rtc":
		o := parseOptions(value, "")
		c.set("clock", "base", o.take("base"))
		if drift := o.take("driftfix"); drift == "slew" {
			c.set("clock", "lost ticks of the RTC", "catch up")
		}
		c.rest(option, o)
	case "-watchdog-action":
		c.set("watchdog", "action", value)
	case "-bios":
		c.firmware(value)
	case "-readconfig":
		c.set("machine", "buses of every Q35", "4 ports, 4 bridges")
		c.set("machine", "USB of every Q35", "2 EHCI")
		c.set("machine", "sound of every Q35", "a controller without a codec")
	case "-machine":
		c.machine(value)
	case "-numa":
		return c.numa(value)
	case "-object":
		return c.object(value)
	case "-chardev":
		o := parseOptions(value, "backend")
		if !qmpSockets[o["id"]] {
			c.chardevs[o["id"]] = o
		}
	case "-tpmdev":
		c.set("tpm", "backend", parseOptions(value, "type")["type"])
	case "-netdev":
		o := parseOptions(value, "type")
		c.netdevs[o.take("id")] = o
	case "-drive":
		return c.drive(value)
	case "-blockdev":
		return c.blockdev(value)
	case "-device":
		c.devices = append(c.devices, parseOptions(value, "driver"))
	default:
		c.set("unknown", option, value)
	}
	return nil
}

func (c *commandReader) cpu(value string) {
	words := strings.Split(value, ",")
	c.set("processor", "model", words[0])
	for _, word := range words[1:] {
		name, v, valued := strings.Cut(word, "=")
		switch {
		case cpuFlag.MatchString(word):
			state := map[byte]string{'+': "on", '-': "off"}[word[0]]
			c.set("processor", cpuProperty(word[1:]), state)
		case valued:
			c.set("processor", cpuProperty(name), onOff(v))
		default:
			c.set("processor", cpuProperty(name), "on")
		}
	}
}

// cpuProperty is a flag with dashes, as QEMU has read it for long besides underscores.
func cpuProperty(name string) string {
	name = strings.ReplaceAll(name, "_", "-")
	switch name {
	case "enforce", "level", "vendor", "phys-bits", "host-phys-bits":
		return name
	}
	return "flag " + name
}

func (c *commandReader) machine(value string) {
	o := parseOptions(value, "type")
	kind, _, _ := strings.Cut(o.take("type"), "+")
	c.set("machine", "type", kind)
	c.set("machine", "hpet", o.take("hpet"))
	if acceleration := o.take("accel"); acceleration != "" {
		c.set("machine", "acceleration", acceleration)
	}
	c.set("machine", "smm", o.take("smm"))
	c.set("machine", "vmport", o.take("vmport"))
	c.set("machine", "nvdimm", o.take("nvdimm"))
	c.set("machine", "acpi", o.take("acpi"))
	c.set("machine", "irqchip", o.take("kernel-irqchip"))
	c.set("machine", "encrypted memory", o.take("confidential-guest-support"))
	o.take("pflash0") // what they hold is said by their block devices
	o.take("pflash1")
	c.rest("-machine", o)
}

// addMemory counts memory that is there at start, whether soldered or plugged.
func (c *commandReader) addMemory(property, text string) error {
	mib, err := mebibytes(text)
	if err != nil {
		return err
	}
	for _, property := range []string{property, "size"} {
		if property != "" {
			have, _ := strconv.Atoi(c.Description["memory/"+property])
			c.set("memory", property, strconv.Itoa(have+mib))
		}
	}
	return nil
}

func mebibytes(text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(text, "M"))
	if err != nil {
		return 0, fmt.Errorf("%q: want mebibytes", text)
	}
	return n, nil
}

func (c *commandReader) numa(value string) error {
	o := parseOptions(value, "")
	kind := "node"
	if _, is := o["dist"]; is {
		kind = "dist"
	}
	o.take(kind)
	backend := c.objects[o.take("memdev")]
	node := "memory node " + o.take("nodeid")
	c.set(node, "processors", o.take("cpus"))
	size, err := mebibytes(backend["size"])
	if err != nil {
		return err
	}
	c.set(node, "size", strconv.Itoa(size))
	c.set(node, "host nodes", backend["host-nodes"])
	c.set(node, "policy", backend["policy"])
	c.backing(backend)
	c.rest("-numa", o)
	return nil
}

func (c *commandReader) backing(backend options) {
	if pages, huge := strings.CutPrefix(backend["mem-path"], "/run/hugepages/kvm/"); huge {
		c.set("memory", "huge pages", pages)
	}
	if backend["share"] == "on" && backend["mem-path"] == "" {
		c.set("memory", "shared", "on")
	}
}

func (c *commandReader) object(value string) error {
	if strings.HasPrefix(value, "{") {
		var object struct {
			ID     string             `json:"id"`
			Type   string             `json:"qom-type"`
			Limits map[string]float64 `json:"limits"`
		}
		if err := json.Unmarshal([]byte(value), &object); err != nil {
			return err
		}
		drive := strings.TrimPrefix(object.ID, "throttle-drive-")
		for name, limit := range object.Limits {
			c.set(drive, "limit "+name, strconv.FormatFloat(limit, 'f', -1, 64))
		}
		if object.Type != "throttle-group" {
			c.set("unknown", "-object "+object.Type, object.ID)
		}
		return nil
	}
	o := parseOptions(value, "type")
	switch kind := o["type"]; kind {
	case "memory-backend-ram", "memory-backend-file", "memory-backend-memfd", "rng-random":
		c.objects[o["id"]] = o
		if virtiofs := kind == "memory-backend-memfd"; virtiofs {
			c.set("memory", "shared", "on")
		}
	case "iothread": // the disk names it
	case "sev-guest", "sev-snp-guest", "tdx-guest":
		c.set("encrypted memory", "kind", strings.TrimSuffix(kind, "-guest"))
		c.set("encrypted memory", "policy", o["policy"])
	default:
		c.set("unknown", "-object "+kind, o["id"])
	}
	return nil
}

// drive is the form for machines before 10.0.
func (c *commandReader) drive(value string) error {
	o := parseOptions(value, "")
	if o.take("if") == "pflash" {
		file := o.take("file")
		if o.take("unit") == "0" {
			c.firmware(file)
			return nil
		}
		c.set("efidisk0", "source", file)
		c.set("efidisk0", "format", o.take("format"))
		return nil
	}
	name := strings.TrimPrefix(o.take("id"), "drive-")
	c.drives["drive-"+name] = name
	if o["file"] == "" { // no medium: nothing is read
		return nil
	}
	c.set(name, "source", o.take("file"))
	c.set(name, "format", o.take("format"))
	c.set(name, "cache", o.take("cache"))
	c.set(name, "aio", o.take("aio"))
	c.set(name, "discard", discard(o.take("discard")))
	c.set(name, "zeroes", zeroes(o.take("detect-zeroes")))
	c.readOnly(name, onOff(o.take("readonly")) == "on")
	c.set(name, "on write error", o.take("werror"))
	c.set(name, "on read error", o.take("rerror"))
	o.take("media") // the device says it
	for property, limit := range o {
		if strings.HasPrefix(property, "throttling.") {
			c.set(name, "limit "+strings.TrimPrefix(property, "throttling."), limit)
			o.take(property)
		}
	}
	c.rest("-drive", o)
	return nil
}

// block is a node of QEMU's block layer.
type block struct {
	Driver   string `json:"driver"`
	Node     string `json:"node-name"`
	File     *block `json:"file"`
	Filename string `json:"filename"`
	AIO      string `json:"aio"`
	Discard  string `json:"discard"`
	Zeroes   string `json:"detect-zeroes"`
	ReadOnly bool   `json:"read-only"`
	Cache    struct {
		Direct  bool `json:"direct"`
		NoFlush bool `json:"no-flush"`
	} `json:"cache"`
	Pool      string `json:"pool"`
	Namespace string `json:"namespace"`
	Image     string `json:"image"`
	User      string `json:"user"`
	Server    []struct {
		Host string `json:"host"`
		Port string `json:"port"`
	} `json:"server"`
}

func (c *commandReader) blockdev(value string) error {
	var top block
	if err := json.Unmarshal([]byte(value), &top); err != nil {
		return err
	}
	if top.Node == "pflash0" {
		if top.File == nil {
			return errors.New("a firmware without a file")
		}
		c.firmware(top.File.Filename)
		return nil
	}
	name, isDrive := strings.CutPrefix(top.Node, "drive-")
	if !isDrive {
		c.set("unknown", "-blockdev", top.Node)
		return nil
	}
	c.drives[top.Node] = name
	format := &top
	if top.Driver == "throttle" {
		format = top.File
	}
	if format == nil || format.File == nil {
		return errors.New("a drive without a format or a file")
	}
	file := format.File
	c.set(name, "format", format.Driver)
	c.set(name, "aio", file.AIO)
	c.set(name, "source", source(file))
	for _, server := range file.Server {
		have := c.Description[name+"/monitors"]
		c.set(name, "monitors", strings.TrimSpace(have+" "+server.Host+" "+server.Port))
	}
	cache := map[[2]bool]string{{true, false}: "none", {false, false}: "writeback", {false, true}: "unsafe"}[[2]bool{file.Cache.Direct, file.Cache.NoFlush}]
	c.set(name, "cache", cache)
	c.set(name, "discard", discard(top.Discard))
	c.set(name, "zeroes", zeroes(top.Zeroes))
	c.readOnly(name, top.ReadOnly)
	return nil
}

func (c *commandReader) readOnly(name string, is bool) {
	if is {
		c.set(name, "read-only", "on")
	}
}

func source(file *block) string {
	if file.Driver != "rbd" {
		return file.Filename
	}
	if file.Namespace != "" {
		return "rbd " + file.Pool + "/" + file.Namespace + "/" + file.Image
	}
	return "rbd " + file.Pool + "/" + file.Image
}

// discard and zeroes leave out what QEMU does by itself.
func discard(word string) string {
	switch word {
	case "unmap", "on":
		return "unmap"
	}
	return ""
}

func zeroes(word string) string {
	if word == "off" {
		return ""
	}
	return word
}

// firmware names a build of OVMF by what it can do, not by where it lies.
func (c *commandReader) firmware(file string) {
	c.set("firmware", "kind", "ovmf")
	c.set("firmware", "variables", "2 MiB build")
	if strings.Contains(file, "_4M") {
		c.set("firmware", "variables", "4 MiB build")
	}
	if strings.Contains(file, ".secboot") {
		c.set("firmware", "secure boot in SMM", "on")
	}
}

func (c *commandReader) index(device string, o options) {
	if n, err := strconv.Atoi(o.take("bootindex")); err == nil {
		c.boot[device] = n
	}
}

// slot is where a device of the PCI bus sits, which guests make names of interfaces from.
func (c *commandReader) slot(device string, o options) {
	bus, address := o.take("bus"), strings.TrimPrefix(o.take("addr"), "0x")
	if bus != "" && address != "" {
		slot, function, _ := strings.Cut(address, ".")
		n, err := strconv.ParseUint(slot, 16, 8)
		if err != nil {
			c.set("unknown", "address of "+device, address)
			return
		}
		text := fmt.Sprintf("%s %d", bus, n)
		if function = strings.TrimPrefix(function, "0x"); function != "" && function != "0" {
			text += "." + function
		}
		c.set(device, "slot", text)
	}
}

// networkModels are the cards, by device.
var networkModels = map[string]string{
	"virtio-net-pci": "virtio", "e1000": "e1000", "e1000e": "e1000e", "rtl8139": "rtl8139", "vmxnet3": "vmxnet3",
	"ne2k_pci": "ne2k_pci", "ne2k_isa": "ne2k_isa", "pcnet": "pcnet", "i82551": "i82551", "i82557b": "i82557b",
	"i82559er": "i82559er", "e1000-82540em": "e1000-82540em", "e1000-82544gc": "e1000-82544gc", "e1000-82545em": "e1000-82545em",
}

// diskDevices are the front ends of disks, by device.
var diskDevices = map[string]string{
	"scsi-hd": "scsi disk", "scsi-cd": "scsi cdrom", "scsi-block": "scsi block", "scsi-generic": "scsi generic",
	"ide-hd": "ide disk", "ide-cd": "ide cdrom", "virtio-blk-pci": "virtio disk",
}

// controllers are the adapters that disks hang on.
var controllers = map[string]string{
	"lsi": "lsilogic 53c895a", "lsi53c810": "lsi53c810", "megasas": "megasas", "pvscsi": "pvscsi", "virtio-scsi-pci": "virtio-scsi", "ahci": "ahci",
}

// videoModels are the graphics cards.
var videoModels = map[string]string{
	"VGA": "std", "cirrus-vga": "cirrus", "vmware-svga": "vmware", "qxl-vga": "qxl", "qxl": "qxl", "virtio-vga": "virtio", "virtio-vga-gl": "virtio-gl",
	"virtio-gpu": "virtio", "bochs-display": "bochs",
}

func (c *commandReader) device(o options) {
	driver, id := o.take("driver"), o.take("id")
	switch {
	case diskDevices[driver] != "":
		c.disk(driver, id, o)
	case networkModels[driver] != "":
		c.card(driver, id, o)
	case controllers[driver] != "":
		c.set(id, "model", controllers[driver])
		c.slot(id, o)
		if o.take("iothread") != "" {
			c.set(id, "iothread", "on")
		}
		o.take("multifunction")
	case videoModels[driver] != "" && (id == "vga" || strings.HasPrefix(id, "vga")):
		subject := "video"
		if id != "vga" {
			subject = id
		}
		c.set(subject, "model", videoModels[driver])
		c.set(subject, "memory", o.take("vgamem_mb"))
		c.set(subject, "edid", o.take("edid"))
		c.set(subject, "heads", o.take("max_outputs"))
		c.set(subject, "ram", o.take("ram_size"))
		c.set(subject, "video ram", o.take("vram_size"))
		c.slot(subject, o)
	case driver == "vfio-pci":
		c.passthrough(strings.TrimSuffix(id, ".0"), o)
	case driver == "usb-tablet":
		c.set("tablet", "bus", "usb")
		o.take("bus")
		o.take("port")
	case driver == "usb-kbd":
		c.set("keyboard", "bus", "usb")
		o.take("bus")
		o.take("port")
	case driver == "usb-host":
		c.set(id, "vendor", o.take("vendorid"))
		c.set(id, "product", o.take("productid"))
		if bus, port := o.take("hostbus"), o.take("hostport"); bus != "" {
			c.set(id, "port of the host", bus+"-"+port)
		}
		o.take("bus")
		o.take("port")
		c.index(id, o)
	case driver == "usb-redir":
		c.set("usb"+strings.TrimPrefix(id, "usbredirdev"), "kind", "spice")
		o.take("chardev")
		o.take("bus")
		o.take("port")
	case driver == "qemu-xhci" || driver == "nec-usb-xhci":
		c.set("usb controller", "model", "xhci")
		c.slot("usb controller", o)
		o.take("p2")
		o.take("p3")
	case driver == "piix3-usb-uhci" || driver == "pci-bridge" || driver == "usb-ehci" || driver == "pcie-root-port" || driver == "virtio-serial":
		clear(o) // the bus that others hang on; the devices say where
	case driver == "virtio-balloon-pci":
		c.set("balloon", "model", "virtio")
		c.set("balloon", "free page reporting", o.take("free-page-reporting"))
		c.slot("balloon", o)
	case driver == "vmgenid":
		c.set("guest", "generation", o.take("guid"))
	case strings.HasPrefix(driver, "tpm-"):
		c.set("tpm", "model", driver)
		o.take("tpmdev")
	case driver == "virtserialport" || driver == "virtconsole":
		c.set("channel "+o.take("name"), "bus", "virtio")
		o.take("chardev")
		o.take("bus")
		o.take("nr")
	case driver == "isa-serial":
		port := o.take("chardev")
		c.set(port, "backend", c.chardevs[port]["backend"])
		c.set(port, "source", c.chardevs[port]["path"])
		if c.chardevs[port]["backend"] == "socket" {
			delete(c.Description, port+"/source") // a name of PVE's
		}
	case driver == "isa-parallel":
		port := o.take("chardev")
		c.set(port, "source", c.chardevs[port]["path"])
	case driver == "virtio-rng-pci":
		c.set("rng0", "source", c.objects[o.take("rng")]["filename"])
		c.set("rng0", "bytes", o.take("max-bytes"))
		c.set("rng0", "period", o.take("period"))
		c.slot("rng0", o)
	case driver == "i6300esb" || driver == "ib700":
		c.set("watchdog", "model", driver)
		c.slot("watchdog", o)
	case driver == "pc-dimm":
		backend := c.objects[o.take("memdev")]
		if err := c.addMemory("plugged", backend["size"]); err != nil {
			c.set("unknown", "-device pc-dimm", id)
		}
		c.backing(backend)
		o.take("node")
	case driver == "virtio-iommu-pci" || driver == "intel-iommu":
		c.set("iommu", "model", map[string]string{"virtio-iommu-pci": "virtio", "intel-iommu": "intel"}[driver])
		c.set("iommu", "address width", o.take("aw-bits"))
		c.set("iommu", "interrupt remapping", o.take("intremap"))
		c.set("iommu", "caching", o.take("caching-mode"))
	case driver == "vhost-user-fs-pci":
		c.set(id, "tag", o.take("tag"))
		o.take("chardev")
		o.take("queue-size")
		c.slot(id, o)
	case driver == "ich9-intel-hda" || driver == "intel-hda" || driver == "AC97":
		c.set("audio", "model", driver)
		c.slot("audio", o)
	case strings.HasPrefix(driver, "hda-"):
		c.set("audio", "codec "+driver, "on")
		clear(o)
	default:
		c.set("unknown", "-device "+driver, id)
		return
	}
	c.rest("-device "+driver, o)
}

func (c *commandReader) disk(driver, id string, o options) {
	c.set(id, "device", diskDevices[driver])
	if drive := o.take("drive"); drive != "" && c.drives[drive] == "" {
		c.set("unknown", "drive of "+id, drive)
	}
	switch bus := o.take("bus"); {
	case driver == "virtio-blk-pci":
		o["bus"] = bus
		c.slot(id, o)
	default:
		unit := ""
		for _, part := range []string{o.take("scsi-id"), o.take("lun"), o.take("unit")} {
			if part != "" {
				unit += " " + part
			}
		}
		o.take("channel")
		c.set(id, "port", bus+unit)
	}
	if o.take("iothread") != "" {
		c.set(id, "iothread", "on")
	}
	c.set(id, "serial", o.take("serial"))
	name := o.take("device_id")
	if name == "" && (driver == "scsi-hd" || driver == "scsi-cd") { // QEMU's own choice
		name = orElse(c.Description[id+"/serial"], "drive-"+id)
	}
	c.set(id, "name in the guest", name)
	c.set(id, "wwn", o.take("wwn"))
	c.set(id, "vendor", o.take("vendor"))
	c.set(id, "product", o.take("product"))
	c.set(id, "model name", o.take("model"))
	c.set(id, "rotation rate", o.take("rotation_rate"))
	if write := o.take("write-cache"); write == "off" {
		switch c.Description[id+"/cache"] {
		case "none":
			c.set(id, "cache", "directsync")
		case "writeback":
			c.set(id, "cache", "writethrough")
		}
	}
	c.set(id, "on write error", o.take("werror"))
	c.set(id, "on read error", o.take("rerror"))
	c.index(id, o)
}

func (c *commandReader) card(driver, id string, o options) {
	c.set(id, "model", networkModels[driver])
	c.set(id, "address", strings.ToLower(o.take("mac")))
	c.set(id, "receive queue", o.take("rx_queue_size"))
	c.set(id, "transmit queue", o.take("tx_queue_size"))
	c.set(id, "mtu", o.take("host_mtu"))
	c.set(id, "tunnel offload", o.take("host_tunnel"))
	c.set(id, "boot rom", o.take("romfile"))
	c.set(id, "packed ring", o.take("packed"))
	o.take("mq") // follows from the queues
	o.take("vectors")
	backend := c.netdevs[o.take("netdev")]
	c.set(id, "queues", backend["queues"])
	c.set(id, "backend", backend["type"])
	c.set(id, "vhost", backend["vhost"])
	c.set(id, "host name", backend["hostname"])
	c.slot(id, o)
	c.index(id, o)
}

func (c *commandReader) passthrough(id string, o options) {
	c.set(id, "host", strings.ToLower(o.take("host")))
	c.set(id, "mediated device", o.take("sysfsdev"))
	c.set(id, "rom", o.take("rombar"))
	c.set(id, "rom file", o.take("romfile"))
	c.set(id, "primary graphics", o.take("x-vga"))
	for _, name := range []string{"vendor", "device", "sub-vendor", "sub-device"} {
		c.set(id, name+" id", o.take("x-pci-"+name+"-id"))
	}
	c.set(id, "multifunction", o.take("multifunction"))
	c.index(id, o)
	c.slot(id, o)
}
