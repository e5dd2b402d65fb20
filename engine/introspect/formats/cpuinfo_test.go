package formats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// processors are those of sockets with cores of two threads each, as Linux lists them.
func processors(sockets, cores int) string {
	var b strings.Builder
	number := 0
	for range 2 {
		for socket := range sockets {
			for core := range cores {
				fmt.Fprintf(&b, "processor\t: %d\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 1\nmodel name\t: AMD EPYC 7313 16-Core Processor\nstepping\t: 1\n"+
					"microcode\t: 0xa0011d5\ncpu MHz\t\t: %d.1\nphysical id\t: %d\nsiblings\t: %d\ncore id\t\t: %d\nflags\t\t: fpu svm\n\n", number, 1500+number, socket, 2*cores, core*4)
				number++
			}
		}
	}
	return b.String()
}

func TestCPUInfo(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       snapshot.CPU
	}{
		{"two sockets of sixteen cores", processors(2, 16), snapshot.CPU{Vendor: "AuthenticAMD", Model: "AMD EPYC 7313 16-Core Processor", Threads: 64, Sockets: 2, Cores: 32,
			Family: "25", ModelNumber: "1", Stepping: "1", Microcode: "0xa0011d5"}},
		{"a processor of ARM does not say where its cores are", "processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n",
			snapshot.CPU{Vendor: "0x41", Threads: 1, Family: "8", ModelNumber: "0xd0c", Stepping: "1"}},
		{"nothing", "", snapshot.CPU{}},
	} {
		got := CPUInfo([]byte(c.text))
		if got.Flags == nil || got.Vulnerabilities == nil {
			t.Errorf("%s: nil list", c.name)
		}
		got.Flags, got.Vulnerabilities = nil, nil
		if encode(t, got) != encode(t, c.want) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestMemInfoOfTheMachineAndOfANode(t *testing.T) {
	for text, want := range map[string]int64{
		"MemTotal:       65822340 kB\nMemFree: 1 kB\n":                        65822340,
		"\nNode 0 MemTotal:       32911170 kB\nNode 0 MemFree:        1 kB\n": 32911170,
		"Node 12 MemFree: 1 kB\nNode 12 MemTotal: 7 kB\n":                     7,
	} {
		if got, err := MemInfo([]byte(text)); got != want || err != nil {
			t.Errorf("%q: %d %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "MemTotal:\n", "MemTotal: -1 kB\n", "Node 0 MemFree: 1 kB\n", "Node MemTotal: 1 kB\n"} {
		if got, err := MemInfo([]byte(text)); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func BenchmarkCPUInfo(b *testing.B) {
	data := []byte(strings.ReplaceAll(processors(2, 64), "fpu svm", strings.Repeat("flag_of_it ", 160)))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if got := CPUInfo(data); got.Cores != 128 {
			b.Fatal(got.Cores)
		}
	}
}
