package qemucompare

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// element is any element of a domain, so that what is read here does not depend on what wrote it.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

// find gives the first element below by a path of names; an element without anything where there is none.
func (e *element) find(path ...string) *element {
	for _, name := range path {
		i := slices.IndexFunc(e.Children, func(c element) bool { return c.XMLName.Local == name })
		if i < 0 {
			return &element{}
		}
		e = &e.Children[i]
	}
	return e
}

func (e *element) all(name string) []*element {
	var list []*element
	for i := range e.Children {
		if e.Children[i].XMLName.Local == name {
			list = append(list, &e.Children[i])
		}
	}
	return list
}

func (e *element) there() bool { return e.XMLName.Local != "" }

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *element) text() string { return strings.TrimSpace(e.Text) }

func (e *element) number(name string) int {
	n, _ := strconv.ParseInt(e.attr(name), 0, 32)
	return int(n)
}

// units of sizes, in KiB.
var units = map[string]int{"": 1, "k": 1, "KiB": 1, "M": 1 << 10, "MiB": 1 << 10, "G": 1 << 20, "GiB": 1 << 20}

func size(number, unit string) (string, error) {
	n, err := strconv.Atoi(number)
	factor, known := units[unit]
	if err != nil || !known {
		return "", fmt.Errorf("size %q %q", number, unit)
	}
	return strconv.Itoa(n * factor >> 10), nil
}

// Domain reads the XML of a domain and describes the machine that libvirt starts from it: what libvirt adds by itself
// to each domain is in the description, what it names otherwise has the name that PVE gives it.
func Domain(text []byte) (Description, error) {
	root := element{}
	if err := xml.Unmarshal(text, &root); err != nil {
		return nil, err
	}
	if root.XMLName.Local != "domain" {
		return nil, fmt.Errorf("<%s>: want a domain", root.XMLName.Local)
	}
	d := domainReader{Description: Description{}, boot: map[string]int{}, controllers: map[string]*element{}}
	d.q35 = strings.Contains(root.find("os", "type").attr("machine"), "q35")
	if err := d.machine(&root); err != nil {
		return nil, err
	}
	d.processor(&root)
	d.clock(root.find("clock"))
	for _, c := range root.find("devices").all("controller") {
		d.controllers[c.attr("type")+c.attr("index")] = c
	}
	for i := range root.find("devices").Children {
		if err := d.device(&root.find("devices").Children[i]); err != nil {
			return nil, err
		}
	}
	for _, arg := range root.find("commandline").all("arg") {
		d.set("arguments", arg.attr("value"), "on")
	}
	d.order(d.boot)
	return d.Description, nil
}

type domainReader struct {
	Description
	boot        map[string]int
	controllers map[string]*element // by type and index
	q35         bool
}

func (d *domainReader) machine(root *element) error {
	d.set("guest", "name", root.find("name").text())
	d.set("guest", "generation", root.find("genid").text())
	d.set("machine", "acceleration", map[string]string{"kvm": "kvm", "qemu": "tcg"}[root.attr("type")])
	d.set("machine", "type", root.find("os", "type").attr("machine"))
	d.set("machine", "smm", root.find("features", "smm").attr("state"))
	d.set("machine", "vmport", root.find("features", "vmport").attr("state"))
	if features := root.find("features"); !features.find("acpi").there() {
		d.set("machine", "acpi", "off")
	}
	d.set("smbios 1", "uuid", root.find("uuid").text())
	for _, entry := range root.find("sysinfo", "system").all("entry") {
		d.set("smbios 1", entry.attr("name"), entry.text())
	}
	d.set("boot", "menu", map[string]string{"yes": "on"}[root.find("os", "bootmenu").attr("enable")])
	d.set("boot", "strict", "on") // libvirt always says so
	d.set("boot", "reboot after failure", root.find("os", "bios").attr("rebootTimeout"))
	d.set("power", "s3 sleep", onOff(root.find("pm", "suspend-to-mem").attr("enabled")))
	d.set("power", "s4 sleep", onOff(root.find("pm", "suspend-to-disk").attr("enabled")))
	if d.q35 {
		d.set("machine", "buses of every Q35", fmt.Sprintf("%d ports, %d bridges", d.count(root, "pcie-root-port"), min(d.count(root, "pci-bridge"), 4)))
		d.set("machine", "USB of every Q35", fmt.Sprintf("%d EHCI", d.count(root, "ich9-ehci1")))
	}
	d.firmware(root.find("os"))
	d.set("encrypted memory", "kind", root.find("launchSecurity").attr("type"))
	d.set("encrypted memory", "policy", root.find("launchSecurity", "policy").text())
	return d.memory(root)
}

func (d *domainReader) count(root *element, model string) int {
	count := 0
	for _, c := range root.find("devices").all("controller") {
		if c.attr("model") == model {
			count++
		}
	}
	return count
}

func (d *domainReader) firmware(os *element) {
	loader := os.find("loader")
	if os.attr("firmware") != "efi" && loader.attr("type") != "pflash" {
		return
	}
	d.set("firmware", "kind", "ovmf")
	if loader.attr("secure") == "yes" {
		d.set("firmware", "secure boot in SMM", "on")
	}
	d.set("efidisk0", "source", os.find("nvram").text())
	if source := os.find("nvram", "source"); source.there() {
		d.set("efidisk0", "source", source.attr("file")+source.attr("dev"))
	}
	// the builds of edk2 that libvirt knows of have variables of one size
	d.set("firmware", "variables", "4 MiB build")
}

func (d *domainReader) memory(root *element) error {
	for property, e := range map[string]*element{"size": root.find("memory"), "most": root.find("maxMemory")} {
		if !e.there() {
			continue
		}
		mib, err := size(e.text(), e.attr("unit"))
		if err != nil {
			return err
		}
		d.set("memory", property, mib)
	}
	d.set("memory", "slots", root.find("maxMemory").attr("slots"))
	backing := root.find("memoryBacking")
	if page := backing.find("hugepages", "page"); page.there() {
		mib, err := size(page.attr("size"), page.attr("unit"))
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(mib)
		d.set("memory", "huge pages", strconv.Itoa(n<<10)+"kB")
	}
	if backing.find("access").attr("mode") == "shared" {
		d.set("memory", "shared", "on")
	}
	for _, cell := range root.find("cpu", "numa").all("cell") {
		node := "memory node " + cell.attr("id")
		mib, err := size(cell.attr("memory"), cell.attr("unit"))
		if err != nil {
			return err
		}
		d.set(node, "size", mib)
		d.set(node, "processors", ranges(cell.attr("cpus")))
	}
	for _, node := range root.find("numatune").all("memnode") {
		d.set("memory node "+node.attr("cellid"), "host nodes", node.attr("nodeset"))
		d.set("memory node "+node.attr("cellid"), "policy", map[string]string{"strict": "bind"}[node.attr("mode")]+map[string]string{"preferred": "preferred", "interleave": "interleave"}[node.attr("mode")])
	}
	return nil
}

// ranges writes 0-0 as 0.
func ranges(list string) string {
	words := strings.Split(list, ",")
	for i, word := range words {
		if first, last, is := strings.Cut(word, "-"); is && first == last {
			words[i] = first
		}
	}
	return strings.Join(words, ",")
}

// enlightenments have a name of their own in QEMU, or the same.
var enlightenments = map[string]string{"vendor_id": "vendor-id", "emsr_bitmap": "emsr-bitmap", "xmm_input": "xmm-input"}

func (d *domainReader) processor(root *element) {
	vcpu, cpu := root.find("vcpu"), root.find("cpu")
	d.set("processor", "count", vcpu.text())
	if current := vcpu.attr("current"); current != "" && current != vcpu.text() {
		d.set("processor", "count", current)
		d.set("processor", "pluggable", vcpu.text())
	}
	d.set("processor", "sockets", cpu.find("topology").attr("sockets"))
	d.set("processor", "cores", cpu.find("topology").attr("cores"))
	model := cpu.find("model").text()
	switch cpu.attr("mode") {
	case "host-passthrough":
		model = "host"
	case "host-model":
		model = "host-model"
	case "maximum":
		model = "max"
	}
	d.set("processor", "model", model)
	if check := cpu.attr("check"); check == "full" || check == "partial" {
		d.set("processor", "enforce", "on")
	}
	d.set("processor", "vendor", map[string]string{"Intel": "GenuineIntel", "AMD": "AuthenticAMD"}[cpu.find("vendor").text()])
	switch physical := cpu.find("maxphysaddr"); physical.attr("mode") {
	case "passthrough":
		d.set("processor", "host-phys-bits", "on")
	case "emulate":
		d.set("processor", "phys-bits", physical.attr("bits"))
	}
	for _, feature := range cpu.all("feature") {
		state := "on"
		if policy := feature.attr("policy"); policy == "disable" || policy == "forbid" {
			state = "off"
		}
		d.set("processor", cpuProperty(feature.attr("name")), state)
	}
	hyperv := root.find("features", "hyperv")
	for i := range hyperv.Children {
		e := &hyperv.Children[i]
		name := e.XMLName.Local
		if other, is := enlightenments[name]; is {
			name = other
		}
		value := e.attr("state")
		if retries := e.attr("retries"); retries != "" {
			value = fmt.Sprintf("%#x", e.number("retries"))
		}
		if id := e.attr("value"); id != "" {
			value = id
		}
		d.set("processor", "flag hv-"+name, value)
	}
	for name, property := range map[string]string{"pvspinlock": "flag kvm-pv-unhalt"} {
		d.set("processor", property, root.find("features", name).attr("state"))
	}
	d.set("processor", "flag kvm-pv-eoi", root.find("features", "apic").attr("eoi"))
	if root.find("features", "kvm", "hidden").attr("state") == "on" {
		d.set("processor", "flag kvm", "off")
	}
}

func (d *domainReader) clock(clock *element) {
	if offset := clock.attr("offset"); offset != "utc" {
		d.set("clock", "base", offset)
	}
	if start := clock.attr("start"); start != "" {
		d.set("clock", "base", start)
	}
	for _, timer := range clock.all("timer") {
		switch name := timer.attr("name"); name {
		case "hpet":
			d.set("machine", "hpet", onOff(timer.attr("present")))
		case "pit":
			if policy := timer.attr("tickpolicy"); policy == "discard" {
				d.set("clock", "lost ticks of the PIT", policy)
			}
		case "rtc":
			if timer.attr("tickpolicy") == "catchup" {
				d.set("clock", "lost ticks of the RTC", "catch up")
			}
		case "hypervclock":
			d.set("processor", "flag hv-time", onOff(timer.attr("present")))
		case "kvmclock":
			d.set("processor", "flag kvmclock", onOff(timer.attr("present")))
		default:
			d.set("clock", "timer "+name, onOff(timer.attr("present")))
		}
	}
}

// key is the name of a device at PVE, which its alias holds.
func key(e *element) string {
	return strings.ReplaceAll(strings.TrimPrefix(e.find("alias").attr("name"), "ua-"), "-", ".")
}

// keyOr names devices of which there is one for all.
func keyOr(e *element, name string) string {
	if k := key(e); k != "" {
		return k
	}
	return name
}

func (d *domainReader) index(name string, e *element) {
	if n := e.find("boot").number("order"); n > 0 {
		d.boot[name] = n
	}
}

// slot names the bus as PVE does. A q35 machine has four root ports, a bridge from PCI Express to PCI and PVE's bridges
// behind it, in this order.
func (d *domainReader) slot(name string, e *element) {
	address := e.find("address")
	if address.attr("type") != "pci" {
		return
	}
	bus := fmt.Sprintf("pci.%d", address.number("bus"))
	if d.q35 {
		switch n := address.number("bus"); {
		case n == 0:
			bus = "pcie.0"
		case n <= 4:
			bus = fmt.Sprintf("ich9-pcie-port-%d", n)
		case n > 5:
			bus = fmt.Sprintf("pci.%d", n-6)
		}
	}
	text := fmt.Sprintf("%s %d", bus, address.number("slot"))
	if function := address.number("function"); function > 0 {
		text += fmt.Sprintf(".%d", function)
	}
	d.set(name, "slot", text)
}

// scsiModels are the adapters by libvirt's word.
var scsiModels = map[string]string{"lsilogic": "lsilogic 53c895a", "lsisas1078": "megasas", "vmpvscsi": "pvscsi", "virtio-scsi": "virtio-scsi"}

// libvirtVideo are graphics cards by libvirt's word.
var libvirtVideo = map[string]string{"vga": "std", "cirrus": "cirrus", "vmvga": "vmware", "qxl": "qxl", "virtio": "virtio", "bochs": "bochs"}

func (d *domainReader) device(e *element) error {
	switch name := e.XMLName.Local; name {
	case "disk":
		d.disk(e)
	case "interface":
		d.card(e)
	case "controller":
		d.controller(e)
	case "hostdev":
		d.hostdev(e)
	case "redirdev":
		d.set(keyOr(e, "usb"), "kind", "spice")
		d.index(key(e), e)
	case "video":
		model := e.find("model")
		if model.attr("type") == "none" {
			return nil
		}
		subject := "video"
		if k := key(e); k != "" && k != "vga" {
			subject = k
		}
		kind := libvirtVideo[model.attr("type")]
		if model.find("acceleration").attr("accel3d") == "yes" {
			kind += "-gl"
		}
		d.set(subject, "model", kind)
		if model.attr("vram") != "" && (kind == "std" || kind == "cirrus" || kind == "vmware") {
			d.set(subject, "memory", strconv.Itoa(model.number("vram")>>10))
		}
		if model.attr("vgamem") != "" {
			d.set(subject, "memory", strconv.Itoa(model.number("vgamem")>>10))
		}
		if heads := model.attr("heads"); kind == "qxl" {
			d.set(subject, "heads", heads)
		}
		d.slot(subject, e)
	case "graphics":
		switch e.attr("type") {
		case "vnc":
			where := e.attr("listen")
			if e.find("listen").attr("type") == "socket" || e.attr("socket") != "" {
				where = "socket"
			} else if address := e.find("listen").attr("address"); address != "" {
				where = address
			}
			d.set("display", "vnc", where)
		case "spice":
			d.set("display", "spice", "on")
		}
	case "input":
		if e.attr("bus") == "usb" {
			d.set(e.attr("type"), "bus", "usb")
		}
	case "memballoon":
		if e.attr("model") == "none" {
			return nil
		}
		d.set("balloon", "model", strings.TrimSuffix(e.attr("model"), "-transitional"))
		if e.attr("freePageReporting") == "on" {
			d.set("balloon", "free page reporting", "on")
		}
		d.slot("balloon", e)
	case "tpm":
		d.set("tpm", "model", e.attr("model"))
		d.set("tpm", "backend", e.find("backend").attr("type"))
	case "channel":
		d.set("channel "+e.find("target").attr("name"), "bus", e.find("target").attr("type"))
	case "serial", "parallel", "console":
		if name == "console" {
			return nil // the first serial port once more
		}
		k := keyOr(e, name+e.find("target").attr("port"))
		if name == "serial" {
			d.set(k, "backend", map[string]string{"unix": "socket", "dev": "serial", "pty": "pty"}[e.attr("type")])
		}
		d.set(k, "source", e.find("source").attr("path"))
	case "rng":
		d.set("rng0", "source", e.find("backend").text())
		d.set("rng0", "bytes", e.find("rate").attr("bytes"))
		d.set("rng0", "period", e.find("rate").attr("period"))
		d.slot("rng0", e)
	case "watchdog":
		if e.attr("model") != "itco" { // the chipset has that one
			d.set("watchdog", "model", map[string]string{"i6300esb": "i6300esb", "ib700": "ib700"}[e.attr("model")])
			d.set("watchdog", "action", e.attr("action"))
			d.slot("watchdog", e)
		}
	case "iommu":
		d.set("iommu", "model", e.attr("model"))
		d.set("iommu", "interrupt remapping", e.find("driver").attr("intremap"))
		d.set("iommu", "caching", e.find("driver").attr("caching_mode"))
		d.set("iommu", "address width", e.find("driver").attr("aw_bits"))
	case "memory":
		target := e.find("target", "size")
		mib, err := size(target.text(), target.attr("unit"))
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(mib)
		have, _ := strconv.Atoi(d.Description["memory/plugged"])
		d.set("memory", "plugged", strconv.Itoa(have+n))
	case "sound":
		d.set("audio", "model", map[string]string{"ich9": "ich9-intel-hda", "ich6": "intel-hda", "ac97": "AC97"}[e.attr("model")])
		for _, codec := range e.all("codec") {
			d.set("audio", "codec hda-"+codec.attr("type"), "on")
		}
		d.slot("audio", e)
	case "filesystem":
		d.set(keyOr(e, "virtiofs"), "tag", e.find("target").attr("dir"))
	case "shmem":
		d.set("ivshmem", "name", e.attr("name"))
	case "emulator", "audio", "hub": // which program, and where sound goes to on the host
	default:
		d.set("unknown", "<"+name+">", "on")
	}
	return nil
}

func (d *domainReader) controller(e *element) {
	name := key(e)
	switch e.attr("type") {
	case "scsi":
		d.set(name, "model", scsiModels[e.attr("model")])
		if e.find("driver").attr("iothread") != "" {
			d.set(name, "iothread", "on")
		}
		d.slot(name, e)
	case "sata":
		if name != "" { // the chipset of q35 has one of its own
			d.set(name, "model", "ahci")
			d.slot(name, e)
		}
	case "usb":
		if model := e.attr("model"); model == "qemu-xhci" || model == "nec-xhci" {
			d.set("usb controller", "model", "xhci")
			d.slot("usb controller", e)
		}
	}
}

// limits are the names of throttles, by libvirt's.
var limits = strings.NewReplacer("_sec_max_length", "-max-length", "_sec_max", "-max", "_sec", "", "_bytes", "", "_iops", "")

func limit(name string) string {
	kind := "bps"
	if strings.Contains(name, "iops") {
		kind = "iops"
	}
	direction, rest, _ := strings.Cut(name, "_")
	_, rest, _ = strings.Cut(rest, "_")
	return kind + "-" + direction + limits.Replace("_"+rest)
}

func (d *domainReader) disk(e *element) {
	name := key(e)
	bus, target, address := e.find("target").attr("bus"), e.find("target"), e.find("address")
	kind := map[string]string{"": "disk", "disk": "disk", "cdrom": "cdrom", "lun": "block", "floppy": "floppy"}[e.attr("device")]
	family := bus
	if bus == "sata" {
		family = "ide"
	}
	d.set(name, "device", family+" "+kind)
	driver := e.find("driver")
	empty := !e.find("source").there()
	if !empty {
		d.set(name, "format", driver.attr("type"))
		d.set(name, "cache", orElse(driver.attr("cache"), "writeback"))
		d.set(name, "discard", discard(driver.attr("discard")))
		d.set(name, "zeroes", zeroes(driver.attr("detect_zeroes")))
		d.set(name, "aio", orElse(driver.attr("io"), "threads"))
		if e.find("readonly").there() || kind == "cdrom" {
			d.set(name, "read-only", "on")
		}
	}
	source := e.find("source")
	switch e.attr("type") {
	case "file":
		d.set(name, "source", source.attr("file"))
	case "block":
		d.set(name, "source", source.attr("dev"))
	case "network":
		d.set(name, "source", source.attr("protocol")+" "+source.attr("name"))
		delete(d.Description, name+"/aio")
		monitors := []string{}
		for _, host := range source.all("host") {
			monitors = append(monitors, strings.TrimSpace(host.attr("name")+" "+host.attr("port")))
		}
		d.set(name, "monitors", strings.Join(monitors, " "))
	}
	d.set(name, "on write error", driver.attr("error_policy"))
	d.set(name, "on read error", driver.attr("rerror_policy"))
	d.set(name, "serial", e.find("serial").text())
	d.set(name, "wwn", withHex(e.find("wwn").text()))
	d.set(name, "vendor", e.find("vendor").text())
	d.set(name, "product", e.find("product").text())
	d.set(name, "rotation rate", target.attr("rotation_rate"))
	if driver.attr("iothread") != "" {
		d.set(name, "iothread", "on")
	}
	tune := e.find("iotune")
	for i := range tune.Children {
		d.set(name, "limit "+limit(tune.Children[i].XMLName.Local), tune.Children[i].text())
	}
	switch bus {
	case "scsi":
		controller := d.controllers["scsi"+address.attr("controller")]
		if controller == nil {
			controller = &element{}
		}
		port := key(controller) + ".0 " + address.attr("unit")
		if controller.attr("model") == "virtio-scsi" || controller.attr("model") == "lsisas1078" {
			port = key(controller) + ".0 " + address.attr("target") + " " + address.attr("unit")
		}
		d.set(name, "port", port)
		if kind == "disk" || kind == "cdrom" { // libvirt says the serial number, or its own name of the disk
			d.set(name, "name in the guest", orElse(e.find("serial").text(), "drive-"+e.find("alias").attr("name")))
		}
	case "ide":
		d.set(name, "port", "ide."+address.attr("bus")+" "+address.attr("unit"))
	case "sata":
		if controller := d.controllers["sata"+address.attr("controller")]; controller != nil && key(controller) != "" {
			d.set(name, "port", key(controller)+"."+address.attr("unit"))
		} else {
			d.set(name, "port", "ide."+address.attr("unit")+" 0")
		}
	case "virtio":
		d.slot(name, e)
	}
	d.index(name, e)
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func withHex(wwn string) string {
	if wwn == "" {
		return ""
	}
	return "0x" + strings.TrimPrefix(wwn, "0x")
}

func (d *domainReader) card(e *element) {
	name := key(e)
	d.set(name, "model", e.find("model").attr("type"))
	d.set(name, "address", strings.ToLower(e.find("mac").attr("address")))
	driver := e.find("driver")
	if queues := driver.attr("queues"); queues != "1" {
		d.set(name, "queues", queues)
	}
	d.set(name, "receive queue", driver.attr("rx_queue_size"))
	d.set(name, "transmit queue", driver.attr("tx_queue_size"))
	d.set(name, "packed ring", driver.attr("packed"))
	d.set(name, "mtu", e.find("mtu").attr("size"))
	d.set(name, "backend", map[string]string{"bridge": "tap", "network": "tap", "ethernet": "tap", "user": "user"}[e.attr("type")])
	if e.find("model").attr("type") == "virtio" && driver.attr("name") != "qemu" && e.attr("type") != "user" {
		d.set(name, "vhost", "on") // libvirt takes it where the kernel has it
	}
	d.set(name, "boot rom", e.find("rom").attr("file"))
	d.slot(name, e)
	d.index(name, e)
}

func (d *domainReader) hostdev(e *element) {
	name, source := key(e), e.find("source")
	address := source.find("address")
	switch e.attr("type") {
	case "pci":
		d.set(name, "host", fmt.Sprintf("%04x:%02x:%02x.%x", address.number("domain"), address.number("bus"), address.number("slot"), address.number("function")))
		d.set(name, "rom", map[string]string{"off": "0", "on": "1"}[e.find("rom").attr("bar")])
		d.set(name, "rom file", e.find("rom").attr("file"))
		d.set(name, "multifunction", e.find("address").attr("multifunction"))
		d.slot(name, e)
	case "mdev":
		d.set(name, "mediated device", "/sys/bus/mdev/devices/"+address.attr("uuid"))
		d.slot(name, e)
	case "usb":
		d.set(name, "vendor", source.find("vendor").attr("id"))
		d.set(name, "product", source.find("product").attr("id"))
		if bus := address.attr("bus"); bus != "" {
			d.set(name, "port of the host", bus+"-"+address.attr("port"))
		}
	}
	d.index(name, e)
}
