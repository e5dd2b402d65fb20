package running

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/api"
)

// times are the processors' times since the start, in the kernel's ticks.
type times struct{ used, wait, total uint64 }

// readStat reads /proc/stat; what guests use is within what users use.
func readStat(text string) (t times, ok bool) {
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) < 9 || words[0] != "cpu" {
			continue
		}
		var n [8]uint64
		for i := range n {
			v, err := strconv.ParseUint(words[i+1], 10, 64)
			if err != nil {
				return t, false
			}
			n[i] = v
			t.total += v
		}
		// user, nice, system, irq, softirq, steal
		t.used, t.wait = n[0]+n[1]+n[2]+n[5]+n[6]+n[7], n[4]
		return t, true
	}
	return t, false
}

// since is the part of the time from one reading to another that was used, and that waited for devices.
func (t times) since(before times) (used, wait float64) {
	if t.total <= before.total || t.used < before.used {
		return 0, 0
	}
	total := float64(t.total - before.total)
	used = min(float64(t.used-before.used)/total, 1)
	if t.wait > before.wait { // the kernel lets it go back
		wait = min(float64(t.wait-before.wait)/total, 1)
	}
	return used, wait
}

// readMeminfo reads /proc/meminfo, in bytes.
func readMeminfo(text string) (m api.Memory, swap api.Space) {
	n := map[string]int64{}
	for _, line := range strings.Split(text, "\n") {
		name, rest, _ := strings.Cut(line, ":")
		words := strings.Fields(rest)
		if len(words) > 0 {
			v, _ := strconv.ParseInt(words[0], 10, 64)
			n[name] = v << 10
		}
	}
	m = api.Memory{Total: n["MemTotal"], Free: n["MemFree"], Available: n["MemAvailable"]}
	m.Used = m.Total - m.Available
	swap = api.Space{Total: n["SwapTotal"], Used: n["SwapTotal"] - n["SwapFree"], Available: n["SwapFree"]}
	return m, swap
}

// readCPUInfo reads /proc/cpuinfo.
func readCPUInfo(text string) api.Processor {
	var p api.Processor
	cores := map[string]int{}
	socket := "0"
	for _, line := range strings.Split(text, "\n") {
		name, value, _ := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		first := func(field *string) {
			if *field == "" {
				*field = value
			}
		}
		switch name {
		case "processor":
			p.Threads++
		case "vendor_id":
			first(&p.Vendor)
		case "cpu family":
			first(&p.Family)
		case "model name":
			first(&p.Model)
		case "cpu MHz":
			first(&p.MHz)
		case "flags", "Features":
			first(&p.Flags)
		case "physical id":
			socket = value
			if cores[socket] == 0 {
				cores[socket] = 1
			}
		case "cpu cores":
			if n, err := strconv.Atoi(value); err == nil {
				cores[socket] = n
			}
		}
	}
	p.Sockets = max(len(cores), 1)
	for _, n := range cores {
		p.Cores += n
	}
	p.Cores = max(p.Cores, 1)
	return p
}

// readLoad reads /proc/loadavg.
func readLoad(text string) (load [3]string) {
	copy(load[:], strings.Fields(text))
	for i := range load {
		if _, err := strconv.ParseFloat(load[i], 64); err != nil {
			load[i] = "0"
		}
	}
	return load
}

// readUptime reads /proc/uptime, in seconds.
func readUptime(text string) int64 {
	first, _, _ := strings.Cut(text, " ")
	n, _ := strconv.ParseFloat(first, 64)
	return int64(n)
}

// readMounts are the mount points of /proc/self/mountinfo.
func readMounts(text string) map[string]bool {
	out := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		if words := strings.Fields(line); len(words) > 4 {
			out[octal.ReplaceAllStringFunc(words[4], func(s string) string {
				n, _ := strconv.ParseUint(s[1:], 8, 8)
				return string([]byte{byte(n)})
			})] = true
		}
	}
	return out
}

var octal = regexp.MustCompile(`\\[0-3][0-7]{2}`)

// process is what /proc says of a process.
type process struct {
	pid int
	// started is when, in ticks since the start; used its processor time in ticks; resident its memory in bytes.
	started, used uint64
	resident      int64
}

// readProcess reads /proc/PID/stat; the name of the program may hold anything.
func readProcess(pid int, text string, page int64) (process, bool) {
	_, rest, ok := cutLast(text, ")")
	words := strings.Fields(rest)
	if !ok || len(words) < 22 {
		return process{}, false
	}
	number := func(i int) uint64 { n, _ := strconv.ParseUint(words[i], 10, 64); return n }
	return process{pid: pid, used: number(11) + number(12), started: number(19), resident: int64(number(21)) * page}, true
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// machineOf is the guest that a process of QEMU runs: its number where PVE started it, its UUID, its name.
func machineOf(cmdline string) (vmid int, uuid, name string, is bool) {
	words := strings.Split(cmdline, "\x00")
	program := words[0]
	if i := strings.LastIndexByte(program, '/'); i >= 0 {
		program = program[i+1:]
	}
	if program != "kvm" && !strings.HasPrefix(program, "qemu-") && !strings.HasPrefix(program, ".qemu-") {
		return 0, "", "", false
	}
	for i := 0; i+1 < len(words); i++ {
		switch value := words[i+1]; words[i] {
		case "-id":
			vmid, _ = strconv.Atoi(value)
		case "-uuid":
			uuid = strings.ToLower(value)
		case "-name":
			name, _, _ = strings.Cut(strings.TrimPrefix(value, "guest="), ",")
		}
	}
	return vmid, uuid, name, true
}
