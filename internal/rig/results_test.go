package rig

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pve2nix/pve2nix/internal/faults"
)

var resultsAt = flag.String("rig.results", "", "folder for what was tried, boot-loaders.json and machines.json: the report of conversions is made of it")

// results are what the tests of this run have found, by the name of their file.
var (
	resultsLock sync.Mutex
	results     = map[string]*faults.Results{
		"boot-loaders.json": {
			Harness: "real boot loaders",
			Standins: "The files and variables that the product's actuators wrote on a machine of folders are laid on a disk with real LVM and a real FAT, and real boot loaders start from it in qemu " +
				"without KVM: Debian's GRUB with SeaBIOS, OVMF, systemd-boot and systemd's EFI stub. The kernels are stand-ins that say how they were started and restart the machine.",
			NotTested: []string{"Firmware of real machines: SeaBIOS and OVMF stand for it.", "GRUB on UEFI: nothing of it is written, and a stand-in starts in its place."},
		},
		"machines.json": {
			Harness: "virtual machines",
			Standins: "A Debian stands for Proxmox VE, with its root on real LVM, btrfs or ZFS, a guest's volume, and Debian's GRUB or systemd-boot; the product's actuators run in it as on a host. " +
				"The NixOS is a program that stands in for one: it is started from the side root with the kernel, the initial RAM disk (Debian's; on ZFS with a first stage that does what NixOS's does) and the parameters of its closure. " +
				"Where the commands alone are called, it is Debian's systemd with the units, limits and network that eval has set, and the product's guard in it.",
			NotTested: []string{"A real NixOS closure and real packages of Proxmox VE in a machine.", "In machines, other pairs of layout and boot path than those in the tables.",
				"A disk that loses what it says it has written: a power cut ends qemu, and what the guest has handed over is on the disk."},
		},
	}
)

// scenario notes how a test ends.
func scenario(t *testing.T, file, layout, boot, name string) {
	t.Cleanup(func() {
		resultsLock.Lock()
		defer resultsLock.Unlock()
		s := faults.Scenario{Name: name, Layout: layout, Boot: boot, Passed: !t.Failed()}
		if !s.Passed {
			s.Text = "see the log of the test"
		}
		results[file].Scenarios = append(results[file].Scenarios, s)
		if err := writeResults(); err != nil { // what is known, should the rest be cut off
			t.Error(err)
		}
	})
}

// struckAt notes a fault, and whether everything was taken back.
func (l *Layout) struckAt(step string, kind string, back bool) error {
	resultsLock.Lock()
	defer resultsLock.Unlock()
	results["machines.json"].Add(l.Kind(), l.Boot(), step, faults.Kind(kind), back)
	return writeResults()
}

// took notes how long a phase of a conversion in a machine took.
func (l *Layout) took(phase string, seconds float64) {
	resultsLock.Lock()
	defer resultsLock.Unlock()
	phase, _, _ = strings.Cut(phase, ": 2") // the name of a run
	results["machines.json"].Times = append(results["machines.json"].Times, faults.Time{Phase: phase, Layout: l.Kind(), Boot: l.Boot(), Seconds: seconds})
}

// writeResults writes what was found where it was asked for.
func writeResults() (err error) {
	if *resultsAt == "" {
		return nil
	}
	for file, r := range results {
		if len(r.Scenarios)+len(r.Faults) > 0 {
			err = errors.Join(err, r.Write(filepath.Join(*resultsAt, file)))
		}
	}
	return err
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range built {
		os.RemoveAll(dir)
	}
	if err := writeResults(); err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		code = 1
	}
	os.Exit(code)
}
