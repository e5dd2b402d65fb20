package migrate

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Proposal is a file of a guest as it would be with changes.
type Proposal struct {
	// Text is the whole file. Comments, snapshots and what no change speaks of are as they were.
	Text []byte
	// Lines are those that differ.
	Lines []Line
	// Left are the changes that are not in it, with the reason.
	Left []string
}

// Line is a line of a proposal.
type Line struct {
	// Before and After are without the end of the line; empty on the side that has none.
	Before, After string
}

// Storage is a storage of PVE, as far as the names of its volumes go.
type Storage struct {
	ID, Type string
	// At is the folder of a storage with files, the pool of one of ZFS or Ceph, the volume group of one of LVM.
	At string
}

// Storages are those of storage.cfg whose volumes are found by their names.
func Storages(sections []snapshot.Section) []Storage {
	var out []Storage
	for _, s := range sections {
		key := map[string]string{
			"dir": "path", "nfs": "path", "cifs": "path", "btrfs": "path", "cephfs": "path", "glusterfs": "path",
			"zfspool": "pool", "rbd": "pool", "lvm": "vgname", "lvmthin": "vgname",
		}[s.Type]
		at := ""
		for _, p := range s.Properties {
			if p.Key == key && p.Value != nil {
				at = *p.Value
			}
		}
		if at == "" && slices.Contains([]string{"nfs", "cifs", "cephfs", "glusterfs"}, s.Type) {
			at = "/mnt/pve/" + s.ID
		}
		if key != "" && at != "" {
			out = append(out, Storage{s.ID, s.Type, strings.TrimRight(at, "/")})
		}
	}
	return out
}

var (
	imageFile = regexp.MustCompile(`^([0-9]{1,9})/[A-Za-z0-9][A-Za-z0-9_.+-]*\.(raw|qcow2|vmdk)$`)
	isoFile   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.+-]*\.(?i:iso|img)$`)
	imageName = regexp.MustCompile(`^(?:vm|base|subvol|basevol)-([0-9]{1,9})-[A-Za-z0-9_.+-]+$`)
)

// volume is the name at PVE of what a path leads to, where it is a volume of the guest or a medium.
func volume(storages []Storage, vmid int, source string) (string, bool) {
	own := strconv.Itoa(vmid)
	for _, s := range storages {
		prefix := s.At + "/"
		switch s.Type {
		case "zfspool":
			prefix = "/dev/zvol/" + s.At + "/"
		case "lvm", "lvmthin":
			prefix = "/dev/" + s.At + "/"
		}
		name, is := strings.CutPrefix(source, prefix)
		if !is {
			continue
		}
		switch s.Type {
		case "zfspool", "lvm", "lvmthin", "rbd":
			if m := imageName.FindStringSubmatch(name); m != nil && m[1] == own {
				return s.ID + ":" + name, true
			}
		default:
			if file, is := strings.CutPrefix(name, "images/"); is {
				if m := imageFile.FindStringSubmatch(file); m != nil && m[1] == own {
					return s.ID + ":" + file, true
				}
			}
			if file, is := strings.CutPrefix(name, "template/iso/"); is && isoFile.MatchString(file) {
				return s.ID + ":iso/" + file, true
			}
		}
	}
	return "", false
}

// Config reads a file of a guest as PVE does: the other way of Propose. Its description is not read.
func Config(kind string, vmid int, text []byte) (Guest, error) {
	if err := checkFile(kind, text); err != nil {
		return Guest{}, err
	}
	g := Guest{VMID: vmid, Kind: kind, Cards: map[string]Card{}, Disks: map[string]Disk{}}
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	for _, p := range formats.Guest(fileName(kind, vmid), kind, vmid, "", true, text).Config {
		if p.Value == nil {
			continue
		}
		field := func(name string) string {
			for _, f := range p.Fields {
				if f.Name == name && f.Value != nil {
					return *f.Value
				}
			}
			return ""
		}
		switch key := p.Key; {
		case key == nameKey(kind):
			g.Name = *p.Value
		case key == "memory":
			g.Memory = number(strings.TrimPrefix(*p.Value, "current="))
		case key == "balloon":
			g.Less = number(*p.Value)
		case key == "swap":
			n := number(*p.Value)
			g.Swap = &n
		case key == "cores":
			g.Cores = number(*p.Value)
		case key == "sockets":
			g.Sockets = number(*p.Value)
		case key == "onboot":
			on := *p.Value == "1"
			g.OnBoot = &on
		case cardKey.MatchString(key):
			items := itemsOf(*p.Value)
			model, mac := items.model()
			if kind == LXC {
				model, mac = "", items.get("hwaddr")
			}
			g.Cards[key] = Card{MAC: strings.ToUpper(mac), Model: model, Bridge: items.get("bridge"), Tag: number(items.get("tag")), Down: items.get("link_down") == "1"}
		case deviceKey.MatchString(key):
			source := field("file")
			if source == "" {
				source = field("volume")
			}
			g.Disks[key] = Disk{Source: source, Size: sizeOf(field("size")), Path: field("mp"), CD: field("media") == "cdrom"}
		}
	}
	g.CPUs = max(g.Sockets, 1) * max(g.Cores, 1)
	return g, nil
}

var sizeForm = regexp.MustCompile(`^([0-9]{1,15})([KMGT]?)$`)

// sizeOf is a size as PVE writes it, in bytes; 0 where it is none.
func sizeOf(text string) int64 {
	m := sizeForm.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	factor := map[string]int64{"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}[m[2]]
	if err != nil || n > (1<<62)/factor {
		return 0
	}
	return n * factor
}

func nameKey(kind string) string {
	if kind == LXC {
		return "hostname"
	}
	return "name"
}

func fileName(kind string, vmid int) string {
	folder := "qemu-server"
	if kind == LXC {
		folder = "lxc"
	}
	return path.Join("/etc/pve", folder, strconv.Itoa(vmid)+".conf")
}

func checkFile(kind string, text []byte) error {
	switch {
	case kind != QEMU && kind != LXC:
		return fmt.Errorf("%q is no kind of guest", kind)
	case len(text) > maxText:
		return fmt.Errorf("the file is larger than %d bytes", maxText)
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return fmt.Errorf("line %d: holds a NUL", bytes.Count(text[:i], []byte("\n"))+1)
	}
	return nil
}

// items are the parts of a property string, in their order.
type items []string

func itemsOf(value string) items { return strings.Split(value, ",") }

func (l items) find(name string) int {
	return slices.IndexFunc(l, func(part string) bool { return strings.HasPrefix(part, name+"=") })
}

func (l items) get(name string) string {
	if i := l.find(name); i >= 0 {
		return l[i][len(name)+1:]
	}
	return ""
}

// set puts a part in its place; an empty value takes it away.
func (l items) set(name, value string) items {
	i := l.find(name)
	switch {
	case value == "" && i < 0:
		return l
	case value == "":
		return slices.Delete(slices.Clone(l), i, i+1)
	case i < 0:
		return append(slices.Clone(l), name+"="+value)
	}
	l = slices.Clone(l)
	l[i] = name + "=" + value
	return l
}

// cardModels are those of PVE: qm(1), net[n].
var cardModels = []string{
	"e1000", "e1000-82540em", "e1000-82544gc", "e1000-82545em", "e1000e", "i82551", "i82557b", "i82559er", "ne2k_isa", "ne2k_pci",
	"pcnet", "rtl8139", "virtio", "vmxnet3",
}

// model is the part that says model and address of a machine's card: MODEL=MAC, or model= and macaddr=.
func (l items) model() (model, mac string) {
	for _, part := range l {
		name, value, _ := strings.Cut(part, "=")
		if slices.Contains(cardModels, name) {
			return name, value
		}
	}
	return l.get("model"), l.get("macaddr")
}

func (l items) setModel(model, mac string) items {
	for i, part := range l {
		if name, _, _ := strings.Cut(part, "="); slices.Contains(cardModels, name) {
			l = slices.Clone(l)
			l[i] = strings.TrimSuffix(model+"="+mac, "=")
			return l
		}
	}
	return l.set("model", model).set("macaddr", mac)
}

// file is a file of a guest while it is edited: lines of its first section, and the rest, which stays.
type file struct {
	kind string
	vmid int
	// lines are without their ends.
	lines []string
	rest  string
	end   string
	out   Proposal
}

var sectionHeader = regexp.MustCompile(`^\[[^\]]*\]\s*$`)

func open(kind string, vmid int, text []byte) *file {
	f := &file{kind: kind, vmid: vmid, end: "\n"}
	if bytes.Contains(text, []byte("\r\n")) {
		f.end = "\r\n"
	}
	rest := string(text)
	for rest != "" {
		line, after, _ := strings.Cut(rest, "\n")
		if sectionHeader.MatchString(strings.TrimRight(line, " \t\r")) {
			break
		}
		f.lines, rest = append(f.lines, strings.TrimRight(line, "\r")), after
	}
	f.rest = rest
	return f
}

// text is the whole file. The last line of a file of PVE has an end.
func (f *file) text() []byte {
	var b strings.Builder
	for _, line := range f.lines {
		b.WriteString(line + f.end)
	}
	b.WriteString(f.rest)
	return []byte(b.String())
}

func (f *file) find(key string) int {
	for i, line := range slices.Backward(f.lines) {
		if strings.HasPrefix(line, key+":") {
			return i
		}
	}
	return -1
}

func (f *file) has(key string) bool { return f.find(key) >= 0 }

// get is the value of a key. Of a key that stands twice the last counts.
func (f *file) get(key string) string {
	i := f.find(key)
	if i < 0 {
		return ""
	}
	return strings.Trim(f.lines[i][len(key)+1:], " \t\r\v\f")
}

func (f *file) set(key, value string) {
	line := key + ": " + value
	if i := f.find(key); i >= 0 {
		if f.get(key) != value {
			f.out.Lines = append(f.out.Lines, Line{f.lines[i], line})
			f.lines[i] = line
		}
		return
	}
	at := len(f.lines)
	for at > 0 && strings.TrimSpace(f.lines[at-1]) == "" {
		at--
	}
	f.lines = slices.Insert(f.lines, at, line)
	f.out.Lines = append(f.out.Lines, Line{"", line})
}

// remove takes a key away, every time that it stands there: an earlier one would count again.
func (f *file) remove(key string) {
	f.lines = slices.DeleteFunc(f.lines, func(line string) bool {
		if !strings.HasPrefix(line, key+":") {
			return false
		}
		f.out.Lines = append(f.out.Lines, Line{line, ""})
		return true
	})
}

func (f *file) leave(c Change, why string) {
	f.out.Left = append(f.out.Left, c.String()+": "+why)
}

// describe writes the text above all else, as PVE does: a comment a line, with control characters, percent signs and what
// is not ASCII as %XX.
func (f *file) describe(text string) {
	var before []string
	f.lines = slices.DeleteFunc(f.lines, func(line string) bool {
		is := strings.HasPrefix(line, "#") || strings.HasPrefix(line, "description:")
		if is {
			before = append(before, line)
		}
		return is
	})
	var after []string
	if text != "" {
		for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
			after = append(after, "#"+encode(line))
		}
	}
	f.lines = slices.Insert(f.lines, 0, after...)
	for i := range max(len(before), len(after)) {
		l := Line{}
		if i < len(before) {
			l.Before = before[i]
		}
		if i < len(after) {
			l.After = after[i]
		}
		if l.Before != l.After {
			f.out.Lines = append(f.out.Lines, l)
		}
	}
}

func encode(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c >= 0x7f || c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

var (
	guestName  = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$`)
	macForm    = regexp.MustCompile(`^[0-9A-F][02468ACE](:[0-9A-F]{2}){5}$`)
	bridgeName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$`)
	cardForm   = regexp.MustCompile(`^([a-z0-9_-]+)(?:=([0-9A-F:]{17}))?(?:,bridge=([A-Za-z0-9_.-]{1,15}))?(?:,link_down=(1))?(?:,tag=([0-9]{1,4}))?$`)
	ownVolume  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]*:((vm|base|subvol|basevol)-([0-9]{1,9})-|([0-9]{1,9})/)`)
)

// errUnread says that what was written is not what PVE would read.
var errUnread = errors.New("the file holds lines that PVE reads otherwise than they look; change it by hand")

// Propose writes changes into a copy of a guest's file. original is the file at PVE; storages say what volumes are called.
func Propose(kind string, vmid int, original []byte, changes []Change, storages []Storage) (*Proposal, error) {
	if err := checkFile(kind, original); err != nil {
		return nil, err
	}
	f := open(kind, vmid, original)
	for _, c := range changes {
		f.apply(c, storages)
	}
	f.pending(changes)
	f.out.Text = f.text()
	if len(f.out.Lines) == 0 {
		f.out.Text = slices.Clone(original)
	}
	return &f.out, f.readsBack(original)
}

func (f *file) apply(c Change, storages []Storage) {
	number, _ := strconv.ParseInt(c.After, 10, 32)
	switch key := c.Key; {
	case key == "name":
		if !guestName.MatchString(c.After) {
			f.leave(c, "PVE takes names of the domain name system only")
			return
		}
		f.set(nameKey(f.kind), c.After)
	case key == "description":
		f.describe(c.After)
	case key == "memory":
		if number < 16 {
			f.leave(c, "PVE gives 16 MiB at least")
			return
		}
		prefix := ""
		if strings.HasPrefix(f.get("memory"), "current=") {
			prefix = "current="
		}
		f.set("memory", prefix+c.After)
		if least, err := strconv.ParseInt(f.get("balloon"), 10, 32); err == nil && least > number {
			f.leave(c, "balloon is above it, which PVE refuses: set it too")
		}
	case key == "swap" && f.kind == LXC:
		f.set("swap", c.After)
	case key == "onboot":
		if c.After != "1" && !f.has("onboot") {
			return // which is the default
		}
		f.set("onboot", c.After)
	case key == "cores" || key == "sockets":
		if number < 1 {
			f.leave(c, "is no number of processors")
			return
		}
		f.set(key, c.After)
		f.capped(c)
	case key == allCPUs:
		f.processors(c, number)
	case key == moreCard || cardKey.MatchString(key):
		f.card(c)
	case deviceKey.MatchString(key), slices.Contains([]string{"ide", "sata", "scsi", "virtio"}, key):
		f.disk(c, storages)
	case f.kind == LXC && strings.HasPrefix(key, "lxc."):
		f.leave(c, "a line of LXC, which PVE takes as it is at the end of its own: write it there by hand")
	default:
		f.leave(c, "PVE has no word for it")
	}
}

func (f *file) processors(c Change, number int64) {
	sockets, err := strconv.ParseInt(f.get("sockets"), 10, 32)
	switch {
	case number < 1:
		f.leave(c, "is no number of processors")
	case f.kind == LXC || err != nil || sockets < 1:
		f.set("cores", c.After)
	case number%sockets == 0:
		f.set("cores", strconv.FormatInt(number/sockets, 10))
	default:
		f.set("sockets", "1")
		f.set("cores", c.After)
	}
	f.capped(c)
}

// capped says where fewer processors are plugged in than there are.
func (f *file) capped(c Change) {
	if f.kind == QEMU && f.has("vcpus") {
		f.leave(c, "vcpus says how many are plugged in, and stays "+f.get("vcpus"))
	}
}

// free is the first key of a word that the file does not have.
func (f *file) free(word string, most int) (string, bool) {
	for n := range most {
		if key := word + strconv.Itoa(n); !f.has(key) {
			return key, true
		}
	}
	return "", false
}

func (f *file) card(c Change) {
	if c.Field == "" {
		f.wholeCard(c)
		return
	}
	if !f.has(c.Key) {
		f.leave(c, "the file has no such card")
		return
	}
	l := itemsOf(f.get(c.Key))
	model, mac := l.model()
	switch c.Field {
	case "mac":
		switch {
		case !macForm.MatchString(c.After):
			f.leave(c, "is no address of a card")
			return
		case f.kind == LXC:
			l = l.set("hwaddr", c.After)
		default:
			l = l.setModel(model, c.After)
		}
	case "model":
		if f.kind == LXC || !slices.Contains(cardModels, c.After) {
			f.leave(c, "PVE has no such model")
			return
		}
		l = l.setModel(c.After, mac)
	case "bridge":
		if c.After != "" && !bridgeName.MatchString(c.After) {
			f.leave(c, "PVE connects cards to bridges")
			return
		}
		l = l.plug(c.Before, c.After)
	case "tag":
		if n, err := strconv.Atoi(c.After); c.After != "" && (err != nil || n < 1 || n > 4094) {
			f.leave(c, "is no VLAN")
			return
		}
		l = l.set("tag", c.After)
	case "link_down":
		l = l.set("link_down", c.After)
	default:
		f.leave(c, "PVE has no word for it")
		return
	}
	f.set(c.Key, strings.Join(l, ","))
}

// bridgeOfTag is how PVE calls the bridge that it makes for a VLAN of another one, which filters none.
var bridgeOfTag = regexp.MustCompile(`^(.+)v([1-9][0-9]{0,3})$`)

// plug connects a card to a bridge. Before and after are what the card was and is connected to; PVE names a bridge of a
// VLAN by bridge and tag.
func (l items) plug(before, after string) items {
	tagged := l.get("tag") != "" && before == l.get("bridge")+"v"+l.get("tag")
	m := bridgeOfTag.FindStringSubmatch(after)
	if m != nil && (tagged || m[1] == l.get("bridge")) {
		return l.set("bridge", m[1]).set("tag", m[2])
	}
	if tagged {
		l = l.set("tag", "")
	}
	return l.set("bridge", after)
}

func (f *file) wholeCard(c Change) {
	if c.After == "" {
		f.remove(c.Key)
		return
	}
	m := cardForm.FindStringSubmatch(c.After)
	if m == nil || !slices.Contains(cardModels, m[1]) || m[2] != "" && !macForm.MatchString(m[2]) || m[3] != "" && !bridgeName.MatchString(m[3]) {
		f.leave(c, "is no card of PVE")
		return
	}
	key := c.Key
	if key == moreCard {
		var ok bool
		if key, ok = f.free("net", 32); !ok {
			f.leave(c, "PVE has no room for more")
			return
		}
	}
	if f.kind == QEMU {
		f.set(key, c.After)
		return
	}
	l := items{"name=eth" + strings.TrimPrefix(key, "net")}.set("bridge", m[3]).set("hwaddr", m[2]).set("link_down", m[4]).set("tag", m[5])
	f.set(key, strings.Join(append(l, "type=veth"), ","))
}

// busSizes is how many devices a bus of PVE has: qm(1).
var busSizes = map[string]int{"ide": 4, "sata": 6, "scsi": 31, "virtio": 16}

func (f *file) disk(c Change, storages []Storage) {
	key := c.Key
	own, known := volume(storages, f.vmid, c.After)
	switch {
	case c.Field == "size":
		if !f.has(key) || sizeOf(c.After) == 0 {
			f.leave(c, "the file has no such disk")
			return
		}
		f.set(key, strings.Join(itemsOf(f.get(key)).set("size", c.After), ","))
	case c.Field == "file":
		if !f.has(key) {
			f.leave(c, "the file has no such disk")
			return
		}
		l := slices.Clone(itemsOf(f.get(key)))
		cd := l.get("media") == "cdrom"
		if c.After == "" && cd {
			own, known = "none", true
		}
		if !known || strings.Contains(own, ":iso/") && !cd {
			f.leave(c, "no storage of PVE has it as a volume of this guest")
			return
		}
		if at := max(l.find("file"), l.find("volume")); at >= 0 {
			name, _, _ := strings.Cut(l[at], "=")
			l[at] = name + "=" + own
		} else {
			l[0] = own
		}
		f.set(key, strings.Join(l.set("size", ""), ","))
	case c.Field != "":
		f.leave(c, "PVE has no word for it")
	case c.After == "":
		f.unplug(key)
	case f.kind == LXC:
		f.leave(c, "where it is mounted is for pct set to say")
	case !known:
		f.leave(c, "no storage of PVE has it as a volume of this guest")
	default:
		if most, bus := busSizes[key]; bus {
			free, ok := f.free(key, most)
			if !ok {
				f.leave(c, "PVE has no room for more")
				return
			}
			key = free
		}
		if strings.Contains(own, ":iso/") {
			own += ",media=cdrom"
		}
		f.set(key, own)
	}
}

// unplug takes a disk out. The volume stays the guest's: PVE calls it unused.
func (f *file) unplug(key string) {
	if !f.has(key) {
		return
	}
	l := itemsOf(f.get(key))
	source := l[0]
	if at := max(l.find("file"), l.find("volume")); at >= 0 {
		_, source, _ = strings.Cut(l[at], "=")
	}
	f.remove(key)
	m := ownVolume.FindStringSubmatch(source)
	if own := strconv.Itoa(f.vmid); m == nil || m[3] != own && m[4] != own || strings.HasPrefix(key, "unused") {
		return
	}
	if free, ok := f.free("unused", 256); ok {
		f.set(free, source)
	}
}

// pending says which changes would be lost to what waits for the next start of the guest.
func (f *file) pending(changes []Change) {
	var waits *file
	for rest := f.rest; rest != "" && waits == nil; {
		line, after, _ := strings.Cut(rest, "\n")
		if name := strings.ToLower(strings.TrimRight(line, " \t\r")); name == "[pending]" || name == "[pve:pending]" {
			waits = open(f.kind, f.vmid, []byte(after))
		}
		rest = after
	}
	if waits == nil {
		return
	}
	for _, c := range changes {
		key := c.Key
		if key == "name" {
			key = nameKey(f.kind)
		}
		if waits.has(key) || key == allCPUs && waits.has("cores") {
			f.leave(c, "a change of "+key+" waits among the pending ones, and comes over it at the next start")
		}
	}
}

// readsBack sees that PVE reads of the file what was meant: the lines that changed, and nothing else.
func (f *file) readsBack(original []byte) error {
	sealed := map[string]bool{}
	read := func(text []byte) (map[string]string, snapshot.Guest) {
		g := formats.Guest(fileName(f.kind, f.vmid), f.kind, f.vmid, "", true, text)
		out := map[string]string{}
		for _, p := range g.Config {
			switch {
			case p.Value != nil:
				out[p.Key] = *p.Value
			case p.Secret != nil:
				out[p.Key], sealed[p.Key] = fmt.Sprint(*p.Secret), true
			}
		}
		return out, g
	}
	before, old := read(original)
	after, now := read(f.out.Text)
	touched := map[string]bool{}
	for _, l := range f.out.Lines {
		for _, text := range []string{l.Before, l.After} {
			if key, _, _ := strings.Cut(text, ":"); strings.HasPrefix(text, "#") {
				touched["description"] = true
			} else {
				touched[key] = true
			}
		}
	}
	for _, key := range keysOf(before, after) {
		if !touched[key] && before[key] != after[key] {
			return fmt.Errorf("%s: %w", key, errUnread)
		}
	}
	for key := range touched {
		if key == "" || key == "description" {
			continue
		}
		if after[key] != f.get(key) && !sealed[key] {
			return fmt.Errorf("%s: %w", key, errUnread)
		}
	}
	if len(old.Snapshots) != len(now.Snapshots) || len(old.Pending) != len(now.Pending) || len(old.Special) != len(now.Special) {
		return errUnread
	}
	return nil
}
