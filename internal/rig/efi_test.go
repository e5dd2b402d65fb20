package rig

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

const efivars = "sys/firmware/efi/efivars"

// onFirmware makes a host whose loader the firmware starts: PVE's own is a stand-in, or systemd-boot with an entry for one.
func onFirmware(h *faults.Host) error {
	h.Boot.ESPs = h.Boot.ESPs[:1]
	esp, err := espOf(h)
	if err != nil {
		return err
	}
	store := filepath.Join(h.Dir(), closureAt)
	kernels, err := filepath.Glob(filepath.Join(store, "nix/store/*/bzImage"))
	if err != nil || len(kernels) != 1 {
		return fmt.Errorf("%d kernels in the closure: %w", len(kernels), err)
	}
	stub, err := os.ReadFile(efiStubs + "/linuxx64.efi.stub")
	if err != nil {
		return err
	}
	loader, err := os.ReadFile(efiStubs + "/systemd-bootx64.efi")
	if err != nil {
		return err
	}
	first, pve := "/EFI/proxmox/grubx64.efi", StandInEFIKernel("pve.entry=simple")
	if h.Boot.Kind == "systemd-boot" {
		first = "/EFI/systemd/systemd-bootx64.efi"
	}
	entry, err := loadOption("proxmox", h.Boot.ESPs[0].Partition, 64<<20, first)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{
		filepath.Join(esp, "EFI/proxmox/grubx64.efi"):                   pve,
		filepath.Join(esp, "EFI/systemd/systemd-bootx64.efi"):           loader,
		filepath.Join(esp, "EFI/proxmox/vmlinuz"):                       pve,
		filepath.Join(esp, "loader/loader.conf"):                        []byte("timeout 0\ndefault proxmox-*\n"),
		filepath.Join(esp, "loader/entries/proxmox-6.8.12-11-pve.conf"): []byte("title Proxmox VE\nlinux /EFI/proxmox/vmlinuz\noptions root=ZFS=rpool/ROOT/pve-1\n"),
		kernels[0]:                        StandInEFIKernel("nixos"),
		filepath.Join(h.Dir(), pveKernel): StandInEFIKernel("pve.entry=own"),
		filepath.Join(store, h.Params.Toplevel, "initrd"):                                         []byte(initrdText),
		filepath.Join(store, h.Params.Toplevel, "systemd/lib/systemd/boot/efi/linuxx64.efi.stub"): stub,
		filepath.Join(store, h.Params.Toplevel, "kernel-params"):                                  []byte(harmless + "\n"),
		filepath.Join(h.Dir(), efivars, "BootOrder-"+globals):                                     {0, 0},
		filepath.Join(h.Dir(), efivars, "Boot0000-"+globals):                                      entry,
	} {
		if err := writeNew(name, string(data), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// bootsEFI lays the host on a disk and its variables into a firmware, starts it, and sees what is started. It returns the variables afterwards.
func (s *staged) bootsEFI(want ...string) ([]Started, Variables) {
	s.Helper()
	base, err := emptyDisk()
	if err != nil {
		s.Fatal(err)
	}
	if s.disk, err = base.Copy(filepath.Join(s.TempDir(), "disk.img")); err != nil {
		s.Fatal(err)
	}
	variables := Variables{}
	entries, err := os.ReadDir(filepath.Join(s.host.Dir(), efivars))
	if err != nil {
		s.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "Loader") && !strings.HasPrefix(e.Name(), "LoaderEntry") || strings.HasPrefix(e.Name(), "BootCurrent-") {
			continue // these do not last
		}
		if variables[e.Name()], err = os.ReadFile(filepath.Join(s.host.Dir(), efivars, e.Name())); err != nil {
			s.Fatal(err)
		}
	}
	file := filepath.Join(s.TempDir(), "variables.fd")
	for _, f := range []func() error{
		func() error { return s.disk.WriteESP(s.esp, s.host.Boot.ESPs[0].UUID) },
		func() error { return s.disk.NamePartition(2, s.host.Boot.ESPs[0].Partition) },
		func() error { return WriteVariables(file, variables) },
	} {
		if err := f(); err != nil {
			s.Fatal(err)
		}
	}
	m, err := Start(s.disk, 256, firmware(file)...)
	if err != nil {
		s.Fatal(err)
	}
	defer m.Cut()
	ctx, cancel := context.WithTimeout(s.Context(), 2*bootTimeout*time.Duration(len(want)))
	defer cancel()
	began := time.Now()
	err = m.Await(ctx, func(console string) bool { return len(starts(console)) >= len(want) })
	s.console = m.Console()
	got := starts(s.console)
	s.Logf("%d starts in %.1fs", len(got), time.Since(began).Seconds())
	var names []string
	for _, g := range got {
		names = append(names, g.System)
	}
	if err != nil || !slices.Equal(names, want) {
		s.Fatalf("started %q, want %q: %v\n%s", names, want, err, tidy(s.console))
	}
	m.Cut()
	after, err := ReadVariables(file)
	if err != nil {
		s.Fatal(err)
	}
	return got, after
}

// efiText is text of printable ASCII as the firmware has it.
func efiText(s string) (out []byte) {
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

// kernelChoice is the variable that chooses the entry of Proxmox VE's kernel for one start, and its value.
func (s *staged) kernelChoice() (name string, value []byte) {
	s.Helper()
	if s.host.Boot.Kind == "systemd-boot" {
		return "LoaderEntryOneShot-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f", append(efiText("pve2nix-kernel.conf"), 0, 0)
	}
	for n := range uint16(0x40) {
		option, err := s.host.Variable(fmt.Sprintf("Boot%04X-%s", n, globals))
		if err == nil && bytes.Contains(option, efiText("kernel of Proxmox VE")) {
			return "BootNext-" + globals, []byte{byte(n), byte(n >> 8)}
		}
	}
	s.Fatal("there is no entry of Proxmox VE's kernel")
	return "", nil
}

// What the firmware does with the variables and files that the actuators wrote.
func TestFirmware(t *testing.T) {
	Need(t)
	for _, boot := range []string{"grub-uefi", "systemd-boot"} {
		t.Run(boot+": the trial starts once, then PVE", func(t *testing.T) {
			t.Parallel()
			scenario(t, "boot-loaders.json", "lvm-thin", boot, "the trial starts once, then PVE")
			s := stage(t, boot, harmless, onFirmware)
			got, after := s.bootsEFI("nixos", "simple", "simple")
			for _, want := range []string{"init=" + s.host.Params.Toplevel + "/init", "pve2nix.trial=" + s.run.Env.RunID, "panic=10"} {
				if !strings.Contains(got[0].Line, want) {
					t.Errorf("%q lacks %s", got[0].Line, want)
				}
			}
			order := after["BootOrder-"+globals]
			if !bytes.HasPrefix(order, []byte{0, 0}) {
				t.Errorf("BootOrder is %x", order)
			}
			for name := range after {
				if strings.HasPrefix(name, "BootNext-") || strings.HasPrefix(name, "LoaderEntryOneShot-") {
					t.Errorf("%s is still there", name)
				}
			}
		})
		t.Run(boot+": a committed system is the default", func(t *testing.T) {
			t.Parallel()
			scenario(t, "boot-loaders.json", "lvm-thin", boot, "a committed system is the default")
			s := stage(t, boot, harmless, onFirmware)
			s.commit()
			got, _ := s.bootsEFI("nixos", "nixos")
			if strings.Contains(got[0].Line, "pve2nix.trial=") {
				t.Errorf("the parameters of a trial: %s", got[0].Line)
			}
		})
		t.Run(boot+": the kernel of Proxmox VE starts the new root where it is chosen", func(t *testing.T) {
			t.Parallel()
			scenario(t, "boot-loaders.json", "lvm-thin", boot, "the kernel of Proxmox VE starts the new root where it is chosen")
			s := stage(t, boot, harmless, onFirmware)
			s.commit()
			name, value := s.kernelChoice()
			if err := s.host.SetVariable(name, value); err != nil {
				t.Fatal(err)
			}
			got, _ := s.bootsEFI("own", "nixos")
			for _, want := range []string{"init=" + s.host.Params.Toplevel + "/init", harmless, "pcie_acs_override=downstream"} {
				if !strings.Contains(got[0].Line, want) {
					t.Errorf("%q lacks %s", got[0].Line, want)
				}
			}
			if strings.Contains(got[0].Line, "pve2nix.trial=") {
				t.Errorf("the parameters of a trial: %s", got[0].Line)
			}
		})
		t.Run(boot+": a missing image starts PVE", func(t *testing.T) {
			t.Parallel()
			scenario(t, "boot-loaders.json", "lvm-thin", boot, "a missing image starts PVE")
			s := stage(t, boot, harmless, onFirmware)
			if err := os.RemoveAll(filepath.Join(s.esp, "EFI/pve2nix")); err != nil {
				t.Fatal(err)
			}
			s.bootsEFI("simple")
		})
		t.Run(boot+": a missing image that was committed starts PVE", func(t *testing.T) {
			t.Parallel()
			scenario(t, "boot-loaders.json", "lvm-thin", boot, "a missing image that was committed starts PVE")
			s := stage(t, boot, harmless, onFirmware)
			s.commit()
			if err := os.RemoveAll(filepath.Join(s.esp, "EFI/pve2nix")); err != nil {
				t.Fatal(err)
			}
			s.bootsEFI("simple")
		})
		t.Run(boot+": a commit that was taken back starts PVE, and leaves no entry", func(t *testing.T) {
			t.Parallel()
			scenario(t, "boot-loaders.json", "lvm-thin", boot, "a commit that was taken back starts PVE, and leaves no entry")
			s := stage(t, boot, harmless, onFirmware)
			s.commit()
			for _, where := range []string{plan.OnTrial, plan.OnPVE} {
				s.run.Where = where
				if err := s.run.Rollback(context.Background(), nil); err != nil {
					t.Fatal(err)
				}
			}
			_, after := s.bootsEFI("simple")
			for name, value := range after {
				if bytes.Contains(value, []byte("p\x00v\x00e\x002\x00n\x00i\x00x\x00")) {
					t.Errorf("%s is %q", name, value)
				}
			}
		})
	}
}
