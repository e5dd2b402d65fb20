package execute_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

var (
	faultSeed   = flag.Uint64("fault.seed", 0, "seed that cases are drawn with; 0 takes one from the clock")
	faultCount  = flag.Int("fault.count", 640, "cases to draw")
	faultOnly   = flag.String("fault.only", "", "the one case to carry out, as a failure names it")
	faultAll    = flag.Bool("fault.all", false, "every operation of every phase, with three faults each")
	faultResult = flag.String("fault.result", "", "file for the counts")
)

// fewCases are enough for the race detector: all of them ran without it.
const fewCases = 48

// inMemory is a folder for files that need no disk: a file system in memory where it keeps extended attributes.
func inMemory(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "faults")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	files, err := execute.FilesBelow(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if err := files.SetXattr("/", "user.test", []byte("x")); err != nil {
		return t.TempDir()
	}
	return dir
}

// templates are hosts of all layouts and boot paths.
func templates(t testing.TB) (out []*faults.Template) {
	t.Helper()
	dir := inMemory(t)
	for _, layout := range faults.Layouts {
		for _, boot := range faults.BootPaths {
			template, err := faults.NewTemplate(filepath.Join(dir, layout+"-"+boot), layout, boot)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, template)
		}
	}
	return out
}

// Whatever fails, wherever: Proxmox VE stays what is started by default, and after the rollback everything is as it was.
func TestEveryFaultIsRolledBack(t *testing.T) {
	began := time.Now()
	list := templates(t)
	var cases []faults.Case
	byName := map[string]*faults.Template{}
	for _, template := range list {
		byName[template.Layout+"/"+template.Boot] = template
	}
	results := faults.Results{
		Harness:  "folders",
		Standins: "Folders stand for the root and the devices, stand-ins for LVM, ZFS, btrfs, Ceph, the HA manager, systemd and the firmware; the code that is tested is the one of the product.",
		NotTested: []string{
			"With folders: real file systems, boot loaders and firmware. The tests in virtual machines have those.",
			"With folders: writes that the disk takes and loses all the same, and single bits that change. Copies are read back, but out of the memory of the kernel where the file system is mounted elsewhere, too.",
			"A power cut is taken to lose all, the newer half, or nothing of what was not synced. Disks may lose any other part.",
		},
	}
	switch {
	case *faultOnly != "":
		c, err := faults.ParseCase(*faultOnly)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	case *faultAll:
		for _, template := range list {
			cases = append(cases, template.All()...)
		}
	default:
		results.Seed = *faultSeed
		if results.Seed == 0 {
			results.Seed = uint64(time.Now().UnixNano())
		}
		if testhosts.Few() && *faultCount > fewCases {
			*faultCount = fewCases
		}
		for n := range *faultCount {
			cases = append(cases, list[n%len(list)].Sample(results.Seed, n))
		}
		t.Logf("seed %d (-fault.seed)", results.Seed)
	}
	dir := inMemory(t)
	var mu sync.Mutex
	var wait sync.WaitGroup
	work := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for n := range work {
				c := cases[n]
				at := filepath.Join(dir, fmt.Sprint(n))
				struck, err := byName[c.Layout+"/"+c.Boot].Strike(at, c, nil)
				if removed := os.RemoveAll(at); removed != nil {
					t.Error(removed)
				}
				mu.Lock()
				for _, s := range struck {
					results.Add(c.Layout, c.Boot, s.Step, s.Fault.Kind, err == nil)
				}
				mu.Unlock()
				if err != nil {
					t.Errorf("%v\nagain with: -fault.only=%s (struck: %+v)", err, c, struck)
				}
			}
		})
	}
	for n := range cases {
		work <- n
	}
	close(work)
	wait.Wait()
	injected, rolledBack := results.Injected()
	t.Logf("%d faults struck in %d conversions, %d rolled back, %s", injected, len(cases), rolledBack, time.Since(began).Round(time.Millisecond))
	if *faultOnly == "" && !testhosts.Few() && injected < 500 {
		t.Errorf("%d faults are too few", injected)
	}
	for _, layout := range faults.Layouts {
		for _, boot := range faults.BootPaths {
			results.Scenarios = append(results.Scenarios, faults.Scenario{Name: "conversion, commit and rollback without a fault", Layout: layout, Boot: boot, Passed: true})
		}
	}
	if *faultResult != "" {
		if err := results.Write(*faultResult); err != nil {
			t.Fatal(err)
		}
	}
}

// sabotaged is an actuator whose undo does nothing.
type sabotaged struct{ execute.Actuator }

func (sabotaged) Undo(context.Context, *execute.Env, json.RawMessage) error { return nil }

// The campaign itself: an undo that does nothing is seen, for each action that changes something on the host.
func TestASabotagedUndoIsNoticed(t *testing.T) {
	dir := inMemory(t)
	for _, c := range []struct {
		action, layout, boot string
	}{
		{"create-root", "zfs", "grub-bios"}, {"create-root", "lvm", "grub-bios"}, {"create-root", "lvm-thin", "grub-uefi"}, {"create-root", "btrfs", "systemd-boot"},
		{"mount-root", "zfs", "grub-bios"},
		{"stage-boot", "zfs", "grub-bios"}, {"stage-boot", "zfs", "grub-bios-on-esp"}, {"stage-boot", "zfs", "grub-uefi"}, {"stage-boot", "zfs", "systemd-boot"},
		{"stage-kernel", "zfs", "grub-uefi"}, {"stage-kernel", "zfs", "systemd-boot"},
		{"arm-trial", "zfs", "grub-uefi"}, {"arm-trial", "zfs", "systemd-boot"},
		{"set-ceph-flag", "zfs", "grub-bios"}, {"set-maintenance", "zfs", "grub-bios"},
		{"set-default", "lvm", "systemd-boot"}, {"start-units", "lvm", "systemd-boot"},
	} {
		t.Run(c.action+"/"+c.layout+"/"+c.boot, func(t *testing.T) {
			template, err := faults.NewTemplate(filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")), c.layout, c.boot)
			if err != nil {
				t.Fatal(err)
			}
			course := faults.InApply
			if c.action == "set-default" || c.action == "start-units" {
				course = faults.InCommit
			}
			// Kill at the end of the phase, where all is done; for the mount, while the side root is filled.
			at := template.Operations(course)
			if c.action == "mount-root" {
				at /= 2
			}
			v := faults.Case{Layout: c.layout, Boot: c.boot, Course: course, First: faults.Fault{At: at, Kind: faults.Kill, When: faults.After}}
			if _, err := template.Strike(filepath.Join(dir, "right-"+strings.ReplaceAll(t.Name(), "/", "-")), v, nil); err != nil {
				t.Fatalf("with its undo: %v", err)
			}
			_, err = template.Strike(filepath.Join(dir, "wrong-"+strings.ReplaceAll(t.Name(), "/", "-")), v, func(a plan.Action, actuator execute.Actuator) execute.Actuator {
				if a.Kind() == c.action {
					return sabotaged{actuator}
				}
				return actuator
			})
			if err == nil {
				t.Error("nobody noticed")
			}
		})
	}
}
