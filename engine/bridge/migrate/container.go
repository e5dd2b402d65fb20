package migrate

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	lxcLine = regexp.MustCompile(`^\s*(lxc\.[a-z0-9_.-]+)\s*=\s*(.*?)\s*$`)
	lxcCard = regexp.MustCompile(`^lxc\.net\.([0-9]{1,3})\.([a-z0-9_.]+)$`)
)

// Container reads the configuration of a container as plain LXC has it. Volumes are not in it:
// LXC mounts what the host has. Whether it starts with the host is not in it where a unit starts it.
func Container(vmid int, text []byte) (Guest, error) {
	g := Guest{VMID: vmid, Kind: LXC, Cards: map[string]Card{}, Disks: map[string]Disk{}}
	if len(text) > maxText {
		return g, fmt.Errorf("container: is larger than %d bytes", maxText)
	}
	cards := map[string]map[string]string{}
	number := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		number++
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		m := lxcLine.FindStringSubmatch(line)
		if m == nil || !plain(m[2], 65536) {
			return g, fmt.Errorf("container: line %d: is no setting of LXC", number)
		}
		key, value := m[1], m[2]
		amount := func() (int64, error) {
			n, ok := lxcAmount(value)
			if !ok {
				return 0, fmt.Errorf("container: line %d: %s: is no amount of memory", number, key)
			}
			return n, nil
		}
		switch {
		case key == "lxc.uts.name":
			g.Name = value
		case key == "lxc.cgroup2.memory.max" && value != "max":
			n, err := amount()
			if err != nil {
				return g, err
			}
			g.Memory = (n + 1<<20 - 1) >> 20
			g.Less = g.Memory
		case key == "lxc.cgroup2.memory.swap.max" && value != "max":
			n, err := amount()
			if err != nil {
				return g, err
			}
			n = (n + 1<<20 - 1) >> 20
			g.Swap = &n
		case key == "lxc.cgroup2.cpuset.cpus":
			n, ok := cpuSet(value)
			if !ok {
				return g, fmt.Errorf("container: line %d: %s: is no list of processors", number, key)
			}
			g.CPUs = n
		case key == "lxc.start.auto":
			on := value == "1"
			g.OnBoot = &on
		case key == "lxc.cgroup2.memory.high", lxcCard.MatchString(key): // the first follows from memory.max
		default:
			g.Lines = append(g.Lines, Setting{key, value})
		}
		if m := lxcCard.FindStringSubmatch(key); m != nil {
			if cards[m[1]] == nil {
				cards[m[1]] = map[string]string{}
			}
			cards[m[1]][m[2]] = value
		}
	}
	for n, c := range cards {
		card := Card{MAC: strings.ToUpper(c["hwaddr"]), Bridge: c["link"]}
		if c["type"] != "veth" {
			card.Bridge, card.Other = "", c["type"]
		} else if card.Bridge == "" { // as a card is made whose cable is pulled
			card.Down = true
		}
		if id := c["vlan.id"]; c["veth.vlan.id"] != "" || id != "" {
			if c["veth.vlan.id"] != "" {
				id = c["veth.vlan.id"]
			}
			tag, err := strconv.ParseInt(id, 10, 32)
			if err != nil || tag < 0 || tag > 4094 {
				return g, fmt.Errorf("container: card %s: %q is no VLAN", n, id)
			}
			card.Tag = tag
		}
		g.Cards["net"+n] = card
	}
	return g, nil
}

// cpuSet counts the processors of a set of a control group: 3 is one of them, and 0-3 are four.
func cpuSet(text string) (int64, bool) {
	seen := map[int64]bool{}
	for part := range strings.SplitSeq(text, ",") {
		first, last, is := strings.Cut(part, "-")
		if !is {
			last = first
		}
		from, err := strconv.ParseUint(first, 10, 13)
		to, wrong := strconv.ParseUint(last, 10, 13)
		if err != nil || wrong != nil || to < from {
			return 0, false
		}
		for n := from; n <= to; n++ {
			seen[int64(n)] = true
		}
	}
	return int64(len(seen)), true
}

var lxcAmountForm = regexp.MustCompile(`^([0-9]{1,18})([KMGT]?)$`)

// lxcAmount is an amount as the kernel's control groups read it, in bytes.
func lxcAmount(text string) (int64, bool) {
	m := lxcAmountForm.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	unit := map[string]int64{"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}[m[2]]
	if err != nil || n > (1<<62)/unit {
		return 0, false
	}
	return n * unit, true
}
