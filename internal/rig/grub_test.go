package rig

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// emptyDisk is a disk with partitions and volumes, made once.
var emptyDisk = sync.OnceValues(func() (*Disk, error) {
	dir, err := os.MkdirTemp("", "pve2nix-rig-")
	if err != nil {
		return nil, err
	}
	remove(dir)
	return NewDisk(filepath.Join(dir, "disk.img"), 64<<20, 48<<20, 140<<20)
})

// staged is a host on which a conversion has been carried out by the actuators, up to a point.
type staged struct {
	*testing.T
	host  *faults.Host
	run   *execute.Runner
	disk  *Disk
	esp   string // the folder with the files of the ESP
	prep  func(*Disk) error
	moved string // an id that the ESP gets instead of its own
	// console is all that was said at the starts.
	console string
}

const harmless = "loglevel=4 net.ifnames=0"

// stage carries out all steps of a conversion before the restart.
func stage(t *testing.T, boot, parameters string, before ...func(*faults.Host) error) *staged {
	t.Helper()
	h, err := faults.NewHost(t.TempDir(), "lvm-thin", boot)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(boot, "grub-bios") {
		if err := bootable(h, parameters); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range before {
		if err := f(h); err != nil {
			t.Fatal(err)
		}
	}
	steps, err := h.Steps()
	if err != nil {
		t.Fatal(err)
	}
	name, w, err := execute.NewRun(h.Machine)
	if err != nil {
		t.Fatal(err)
	}
	s := &staged{T: t, host: h, run: &execute.Runner{
		Env:   &execute.Env{System: h.Machine, Params: h.Params, RunID: name, Dir: execute.RunsAt + "/" + name, Baseline: []byte("{}"), Steps: steps},
		Where: plan.OnPVE, Journal: w,
	}}
	if err := s.run.Begin(); err != nil {
		t.Fatal(err)
	}
	if err := s.run.Apply(context.Background(), journal.Staged); err != nil {
		t.Fatal(err)
	}
	if s.esp, err = espOf(h); err != nil {
		t.Fatal(err)
	}
	return s
}

// commit makes the new system the default.
func (s *staged) commit() {
	s.Helper()
	again := *s.run
	again.Where = plan.OnTrial
	if err := again.Apply(context.Background(), journal.Committed); err != nil {
		s.Fatal(err)
	}
}

// block changes the environment block on the ESP.
func (s *staged) block(name, value string) {
	s.Helper()
	s.change(filepath.Join(s.esp, plan.BootAt, "grubenv"), func(data []byte) []byte {
		b, err := grubenv.Parse(data)
		if err == nil {
			data, err = b.With(name, value).Format()
		}
		if err != nil {
			s.Fatal(err)
		}
		return data
	})
}

// change rewrites a file of the host; nil removes it.
func (s *staged) change(name string, f func([]byte) []byte) {
	s.Helper()
	data, err := os.ReadFile(name)
	if err == nil {
		if data = f(data); data == nil {
			err = os.Remove(name)
		} else {
			err = os.WriteFile(name, data, 0o600)
		}
	}
	if err != nil {
		s.Fatal(err)
	}
}

func gone([]byte) []byte { return nil }

func (s *staged) custom() string { return filepath.Join(s.host.Dir(), "boot/grub/custom.cfg") }

// boots lays the host on a disk, starts it, and sees what is started, one after the other.
func (s *staged) boots(want ...string) []Started {
	s.Helper()
	base, err := emptyDisk()
	if err != nil {
		s.Fatal(err)
	}
	if s.disk, err = base.Copy(filepath.Join(s.TempDir(), "disk.img")); err != nil {
		s.Fatal(err)
	}
	root := filepath.Join(s.TempDir(), "root")
	files, grub := filepath.Join(s.host.Dir(), "boot"), filepath.Join(root, "boot/grub")
	onESP := s.host.Boot.Config == ""
	if onESP {
		s.disk.Prefix, grub = "(,gpt2)/grub", filepath.Join(s.esp, "grub")
	}
	uuid := s.host.Boot.ESPs[0].UUID
	if s.moved != "" {
		uuid = s.moved
	}
	for _, f := range []func() error{
		func() error { return os.CopyFS(filepath.Join(root, "boot"), os.DirFS(files)) },
		func() error { return layModules(grub, grubModules) },
		func() error { return s.disk.WriteRoot(root) },
		func() error { return s.disk.WriteESP(s.esp, uuid) },
		s.disk.InstallGRUB,
		func() error {
			if s.prep != nil {
				return s.prep(s.disk)
			}
			return nil
		},
	} {
		if err := f(); err != nil {
			s.Fatal(err)
		}
	}
	m, err := Start(s.disk, 128)
	if err != nil {
		s.Fatal(err)
	}
	defer m.Cut()
	ctx, cancel := context.WithTimeout(s.Context(), bootTimeout*time.Duration(len(want)))
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
		s.Fatalf("started %q, want %q: %v\n%s", names, want, err, tidy(m.Console()))
	}
	for _, g := range got {
		if !g.Initrd {
			s.Fatalf("started without initial RAM disk: %s\n%s", g.Line, tidy(m.Console()))
		}
	}
	return got
}

// bootTimeout bounds one start: an error of GRUB stays on the screen for ten seconds, and the machine may be busy.
const bootTimeout = 60 * time.Second

var escapes = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]|\x1b[c7-8]")

// tidy is a console for people.
func tidy(console string) string {
	var out []string
	for line := range strings.Lines(escapes.ReplaceAllString(console, "")) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// What GRUB does with what the actuators wrote, in every state that it may find.
func TestGRUB(t *testing.T) {
	Need(t)
	const nixos, pve, bios = "nixos", "simple", "grub-bios"
	esp := func(s *staged, name string) string { return filepath.Join(s.esp, plan.BootAt, name) }
	for _, c := range []struct {
		name string
		do   func(t *testing.T)
	}{
		{"the trial starts once, then PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			got := s.boots(nixos, pve, pve)
			want := "BOOT_IMAGE=/pve2nix/vmlinuz init=" + s.host.Params.Toplevel + "/init " + harmless +
				" pve2nix.trial=" + s.run.Env.RunID + " panic=10 oops=panic boot.panic_on_fail"
			if d := cmp.Diff(want, got[0].Line); d != "" {
				t.Error(d)
			}
			block, err := s.disk.ReadESP(plan.BootAt + "/grubenv")
			if err != nil {
				t.Fatal(err)
			}
			if b, err := grubenv.Parse(block); err != nil || b.Get("p2n_once") != "" {
				t.Errorf("block after the trial: %q, %v", b, err)
			}
		}},
		{"what is not armed does not start", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.block("p2n_once", "")
			s.boots(pve, pve)
		}},
		{"what was rolled back does not start", func(t *testing.T) {
			var before []byte
			s := stage(t, bios, harmless, func(h *faults.Host) (err error) {
				before, err = os.ReadFile(filepath.Join(h.Dir(), "boot/grub/custom.cfg"))
				return err
			})
			if err := s.run.Rollback(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			after, err := os.ReadFile(s.custom())
			if d := cmp.Diff(string(before), string(after)); err != nil || d != "" {
				t.Errorf("custom.cfg: %v %s", err, d)
			}
			s.boots(pve)
		}},
		{"GRUB's own choice for one start lasts for ever on a logical volume", func(t *testing.T) {
			// This is why there is a block on the ESP: were it not so, this harness would not see what it is for.
			s := stage(t, bios, harmless)
			s.block("p2n_once", "")
			s.change(filepath.Join(s.host.Dir(), "boot/grub/grubenv"), func([]byte) []byte {
				data, err := grubenv.Block(nil).With("next_entry", "pve2nix-nixos").Format()
				if err != nil {
					t.Fatal(err)
				}
				return data
			})
			s.boots(nixos, nixos, nixos)
		}},
		{"a block that cannot be cleared is not followed", func(t *testing.T) {
			s := stage(t, bios, harmless)
			block, err := os.ReadFile(esp(s, "grubenv"))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(s.host.Dir(), "boot/grub/p2n.env"), block, 0o600); err != nil {
				t.Fatal(err)
			}
			s.change(s.custom(), func(data []byte) []byte {
				return bytes.Replace(data, []byte(`set p2n_env="($p2n_dev)/pve2nix/grubenv"`), []byte(`set p2n_env="(lvm/pve-root)/boot/grub/p2n.env"`), 1)
			})
			s.boots(pve, pve)
			if !strings.Contains(s.console, "cannot be cleared") {
				t.Error(tidy(s.console))
			}
		}},
		{"an empty block starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "grubenv"), func([]byte) []byte { return []byte{} })
			s.boots(pve)
		}},
		{"a garbled block starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "grubenv"), func([]byte) []byte { return bytes.Repeat([]byte{0xff}, grubenv.Size) })
			s.boots(pve)
		}},
		{"half a block is cleared like a whole one", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "grubenv"), func(data []byte) []byte { return data[:grubenv.Size/2] })
			s.boots(nixos, pve)
		}},
		{"no block starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "grubenv"), gone)
			s.boots(pve)
		}},
		{"names that are not listed are not taken from the block", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.block("p2n_once", "")
			s.block("prefix", "(hd0,gpt2)/nowhere")
			s.block("default", "pve2nix-nixos")
			s.block("p2n_dev", "(hd9)")
			s.boots(pve)
		}},
		{"a choice that nobody knows starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.block("p2n_once", "something else")
			s.boots(pve, pve)
		}},
		{"an ESP with another id starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.moved = "DEAD-BEEF"
			s.boots(pve)
		}},
		{"a missing kernel starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "vmlinuz"), gone)
			s.boots(pve, pve)
		}},
		{"a missing kernel that was committed starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			s.change(esp(s, "vmlinuz"), gone)
			s.boots(pve, pve)
		}},
		{"a kernel that is none starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "vmlinuz"), func(data []byte) []byte { return data[:100] })
			s.boots(pve)
		}},
		{"a missing initial RAM disk starts PVE, with its own", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.change(esp(s, "initrd"), gone)
			s.boots(pve, pve)
		}},
		{"a missing initial RAM disk that was committed starts PVE, with its own", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			s.change(esp(s, "initrd"), gone)
			s.boots(pve, pve)
		}},
		{"a pinned kernel of PVE is what it goes back to", func(t *testing.T) {
			s := stage(t, bios, harmless, func(h *faults.Host) error {
				return edit(filepath.Join(h.Dir(), "boot/grub/grub.cfg"), `set default="${saved_entry}"`, `set default="`+pveAdvanced+">"+pvePinned+`"`)
			})
			s.commit()
			s.block("p2n_once", "pve")
			s.prep = func(d *Disk) error { return d.BreakESP(initrdText) }
			s.boots("pinned", "pinned")
		}},
		{"an initial RAM disk that cannot be read starts PVE, with its own", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.prep = func(d *Disk) error { return d.BreakESP(initrdText) }
			s.boots(pve, pve)
			if !strings.Contains(s.console, "cannot be loaded") {
				t.Error(tidy(s.console))
			}
		}},
		{"an initial RAM disk that was committed and cannot be read any more starts PVE, with its own", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			s.prep = func(d *Disk) error { return d.BreakESP(initrdText) }
			s.boots(pve, pve)
		}},
		{"a kernel that was committed and is none any more starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			s.change(esp(s, "vmlinuz"), func(data []byte) []byte { return data[:100] })
			s.boots(pve, pve)
		}},
		{"a committed system is the default", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			got := s.boots(nixos, nixos)
			if strings.Contains(got[0].Line, "pve2nix.trial=") || strings.Contains(got[0].Line, "panic=") {
				t.Errorf("the parameters of a trial: %s", got[0].Line)
			}
		}},
		{"PVE once after the commit", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			s.block("p2n_once", "pve")
			s.boots(pve, nixos, nixos)
		}},
		{"a commit that was taken back starts PVE", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.commit()
			s.run.Where = plan.OnTrial
			if err := s.run.Rollback(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			s.boots(pve)
		}},
		{"the owner's own custom.cfg stands before ours", func(t *testing.T) {
			const own = "own"
			s := stage(t, bios, harmless, func(h *faults.Host) error {
				text := "menuentry own --id own {\n set root='lvm/pve-root'\n linux " + pveKernel + " ro quiet pve.entry=own\n initrd " + pveInitrd + "\n}\nset default=own" // no end of line
				return os.WriteFile(filepath.Join(h.Dir(), "boot/grub/custom.cfg"), []byte(text), 0o644)
			})
			s.boots(nixos, own, own)
		}},
		{"parameters of the kernel arrive as they were written", func(t *testing.T) {
			const hostile = `a=$prefix b=${root} c=;reboot d={ e=} f=|x g=&y h=<z i=>w j=#k k=` + "`id`" + ` l=%s m=[0-9]* n=~ o=!p q=(hd0) dyndbg="module kvm +p" --`
			s := stage(t, bios, hostile)
			got := s.boots(nixos, pve)
			want := "BOOT_IMAGE=/pve2nix/vmlinuz init=" + s.host.Params.Toplevel + "/init " + strings.Replace(hostile, `dyndbg="module kvm +p"`, `"dyndbg=module kvm +p"`, 1) +
				" pve2nix.trial=" + s.run.Env.RunID + " panic=10 oops=panic boot.panic_on_fail"
			if d := cmp.Diff(want, got[0].Line); d != "" {
				t.Error(d)
			}
		}},
		{"LVM's metadata that went round its ring is read", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.prep = func(d *Disk) error { return d.RewriteVolumes(150) }
			s.boots(nixos, pve)
		}},
		{"the kernel of Proxmox VE starts the new root where it is chosen", func(t *testing.T) {
			ownKernel(t, stage(t, bios, harmless), filepath.Join(plan.BootAt, "kernel"))
		}},
		{"a kernel of Proxmox VE whose modules are gone has no entry", func(t *testing.T) {
			s := stage(t, bios, harmless)
			s.block("p2n_once", "")
			s.change(s.custom(), func(data []byte) []byte { return append(data, "set default=pve2nix-nixos-kernel\n"...) })
			s.change(esp(s, "kernel/modules"), gone)
			s.boots(pve)
		}},
		{"a menu on the ESP: the kernel of Proxmox VE starts the new root where it is chosen", func(t *testing.T) {
			ownKernel(t, stage(t, "grub-bios-on-esp", harmless), filepath.Join(plan.BootAt, "kernel"))
		}},
		{"a menu on the ESP: the trial starts once, then PVE", func(t *testing.T) {
			stage(t, "grub-bios-on-esp", harmless).boots(nixos, pve, pve)
		}},
		{"a menu on the ESP: a missing initial RAM disk starts PVE", func(t *testing.T) {
			s := stage(t, "grub-bios-on-esp", harmless)
			s.change(esp(s, "initrd"), gone)
			s.boots(pve, pve)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			boot := bios
			if strings.HasPrefix(c.name, "a menu on the ESP") {
				boot = "grub-bios-on-esp"
			}
			scenario(t, "boot-loaders.json", "lvm-thin", boot, c.name)
			c.do(t)
		})
	}
}

// ownKernel chooses the entry of Proxmox VE's kernel in GRUB and sees what starts.
func ownKernel(t *testing.T, s *staged, at string) {
	t.Helper()
	s.block("p2n_once", "")
	name := s.custom()
	if s.host.Boot.Config == "" {
		name = filepath.Join(s.esp, "grub/custom.cfg")
	}
	s.change(name, func(data []byte) []byte { return append(data, "set default=pve2nix-nixos-kernel\n"...) })
	got := s.boots("nixos", "nixos")
	want := "BOOT_IMAGE=" + at + "/vmlinuz init=" + s.host.Params.Toplevel + "/init " + harmless + " pcie_acs_override=downstream"
	if d := cmp.Diff(want, got[0].Line); d != "" {
		t.Error(d)
	}
}

// edit replaces a text that is in a file once.
func edit(name, old, text string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if strings.Count(string(data), old) != 1 {
		return fmt.Errorf("%s: %q is there %d times", name, old, strings.Count(string(data), old))
	}
	return os.WriteFile(name, []byte(strings.Replace(string(data), old, text, 1)), 0o644)
}
