package running

import "testing"

// The kernel's files and libvirt's documents are read without a panic, whatever they hold.
func FuzzReaders(f *testing.F) {
	for _, text := range []string{
		"", "cpu  1 2 3 4 5 6 7 8 9 10\n", "MemTotal: 1 kB\n", "processor: 0\ncpu cores: x\n", "1 2 3", "36 35 98:0 / /a\\040b rw - x y z\n",
		"7 (x) S 1 1 1 0 -1 0 0 0 0 0 1 2 0 0 20 0 1 0 3 4 5", "kvm\x00-id\x00100\x00-name\x00guest=a,b", "qemu-x\x00-uuid", `<domain><metadata/></domain>`, "\\999 (",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if now, ok := readStat(text); ok {
			if used, wait := now.since(times{}); used < 0 || used > 1 || wait < 0 || wait > 1 {
				t.Errorf("%v %v", used, wait)
			}
		}
		readMeminfo(text)
		if p := readCPUInfo(text); p.Sockets < 1 || p.Cores < 1 {
			t.Errorf("%+v", p)
		}
		readLoad(text)
		readUptime(text)
		readMounts(text)
		readProcess(7, text, 4096)
		machineOf(text)
		if vmid, is := vmidOf(text); is && vmid <= 0 {
			t.Errorf("guest %d", vmid)
		}
	})
}
