package execute

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/execute/modules"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// kernelTitle is what the entry of Proxmox VE's kernel is called in every menu.
const kernelTitle = "NixOS (pve2nix), kernel of Proxmox VE"

// Names in the side root: the kernel, and the archive with the modules of its first stage.
const (
	kernelAt      = "/var/lib/pve2nix/kernel"
	kernelCopy    = kernelAt + "/vmlinuz"
	kernelModules = kernelAt + "/modules"
	// modulesAt is where modprobe looks when the system that runs has no modules for the kernel that runs (nixpkgs, module-dir.patch of kmod).
	modulesAt = "/lib/modules"
)

// stageKernel makes an entry that starts the new root with Proxmox VE's own kernel. The initial RAM disk is that of the new system; an archive
// that is unpacked over it has the modules of the other kernel. The second stage finds all of them in the copy on the root.
type stageKernel struct {
	plan.StageKernel
	path kernelPath
}

// kernelPath is how one kind of boot path shows the entry.
type kernelPath interface {
	// prepareKernel looks whether the entry can be made.
	prepareKernel(e *Env) (bootState, error)
	// showKernel puts the files where they are started from, and then the entry; hideKernel takes both away; showsKernel sees them.
	showKernel(ctx context.Context, e *Env, s bootState, p *kernelPayload) error
	showsKernel(e *Env, s bootState, p *kernelPayload) error
	hideKernel(e *Env, s bootState) error
}

// kernelPayload is what starts the new system with the kernel of Proxmox VE.
type kernelPayload struct {
	payload
	// own are the parameters that this kernel alone gets; they are in parameters, too.
	own []string
}

func stageKernelOf(a plan.StageKernel) (Actuator, error) {
	b, err := bootPathOf(a.Boot)
	if err != nil {
		return nil, err
	}
	return actuator[bootState](stageKernel{a, b.(kernelPath)}), nil
}

// sources are the kernel and its modules on Proxmox VE.
func (a stageKernel) sources(e *Env) (kernel, tree string, err error) {
	if kernel, err = resolve(e, "/boot/vmlinuz-"+a.Kernel.Version); err != nil {
		return "", "", err
	}
	tree, err = resolve(e, path.Join(modulesAt, a.Kernel.Version))
	return kernel, tree, err
}

func (a stageKernel) prepare(_ context.Context, e *Env) (bootState, error) {
	_, tree, err := a.sources(e)
	if err != nil {
		return bootState{}, err
	}
	if _, err := a.chosen(e, tree); err != nil {
		return bootState{}, err
	}
	return a.path.prepareKernel(e)
}

// chosen are the files that the first stage needs, below the tree.
func (a stageKernel) chosen(f Files, tree string) ([]string, error) {
	index, err := modules.Read(tree, func(name string) ([]byte, error) { return readFile(f, name) })
	if err != nil {
		return nil, err
	}
	out := index.Closure(a.Kernel.Modules)
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: has none of the modules that find a root", tree)
	}
	entries, err := f.ReadDir(tree)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if modules.IsIndex(entry.Name()) && entry.Type().IsRegular() {
			out = append(out, entry.Name())
		}
	}
	slices.Sort(out)
	return out, nil
}

// pack writes the archive of the modules.
func (a stageKernel) pack(w io.Writer, f Files, tree string) error {
	names, err := a.chosen(f, tree)
	if err != nil {
		return err
	}
	return modules.Pack(w, path.Join(modulesAt, a.Kernel.Version), names, func(name string) (modules.File, error) {
		return f.OpenFile(path.Join(tree, name), readOnly, 0)
	})
}

func (a stageKernel) do(ctx context.Context, e *Env, s bootState) error {
	kernel, tree, err := a.sources(e)
	if err != nil {
		return err
	}
	err = withRoot(e, func(root Files) error {
		for _, dir := range []string{modulesAt, kernelAt} {
			if _, err := makeDirs(root, dir, 0o755); err != nil {
				return err
			}
		}
		if err := copyTree(ctx, e, tree, root, path.Join(modulesAt, a.Kernel.Version), how{root: true}); err != nil {
			return err
		}
		if err := place(ctx, e, kernel, root, kernelCopy); err != nil {
			return err
		}
		err := replaceFile(root, kernelModules, func(w File, _ string) error { return a.pack(w, e, tree) })
		if err != nil {
			return err
		}
		p, err := a.payload(e, root)
		if err != nil {
			return err
		}
		return a.path.showKernel(ctx, e, s, p)
	})
	if err != nil { // the run goes on without: nothing of it may lie about
		return errors.Join(err, a.path.hideKernel(e, s))
	}
	return nil
}

func (a stageKernel) payload(e *Env, root Files) (*kernelPayload, error) {
	p, err := payloadOf(e, root)
	if err != nil {
		return nil, err
	}
	p.title, p.kernel, p.more = kernelTitle, kernelCopy, kernelModules
	p.parameters = slices.Concat(p.parameters, a.Kernel.Parameters)
	return &kernelPayload{*p, a.Kernel.Parameters}, nil
}

func (a stageKernel) verify(_ context.Context, e *Env, s bootState) error {
	kernel, tree, err := a.sources(e)
	if err != nil {
		return err
	}
	return withRoot(e, func(root Files) error {
		if err := sameTree(e, tree, root, path.Join(modulesAt, a.Kernel.Version), how{root: true}); err != nil {
			return err
		}
		want, err := hashFile(e, kernel)
		if err != nil {
			return err
		}
		sum := sha256.New()
		if err := errors.Join(isCopy(root, kernelCopy, want), a.pack(sum, e, tree)); err != nil {
			return err
		}
		if err := isCopy(root, kernelModules, hex.EncodeToString(sum.Sum(nil))); err != nil {
			return err
		}
		p, err := a.payload(e, root)
		if err != nil {
			return err
		}
		return a.path.showsKernel(e, s, p)
	})
}

func (a stageKernel) undo(_ context.Context, e *Env, s bootState) error {
	return a.path.hideKernel(e, s)
}

// room says whether an ESP has room for the kernel and its modules, beside what of them lies in a folder already.
func (p *kernelPayload) room(e *Env, esp plan.ESP, f Files, dir string) error {
	need, err := bytesOf(p.root, p.kernel, p.more)
	if err != nil {
		return err
	}
	for _, name := range []string{"vmlinuz", "modules"} {
		there, err := bytesOf(f, path.Join(dir, name))
		if ignoreMissing(err) != nil {
			return err
		}
		need -= there
	}
	return fits(e, esp, need)
}

// copyTo puts kernel and modules into a folder of an ESP.
func (p *kernelPayload) copyTo(ctx context.Context, e *Env, esp plan.ESP, f Files, dir string) error {
	if err := p.room(e, esp, f, dir); err != nil {
		return err
	}
	if _, err := makeDirs(f, dir, 0o700); err != nil {
		return err
	}
	if err := place(ctx, p.root, p.kernel, f, path.Join(dir, "vmlinuz")); err != nil {
		return err
	}
	return place(ctx, p.root, p.more, f, path.Join(dir, "modules"))
}

// isAt says whether they are there.
func (p *kernelPayload) isAt(f Files, dir string) error {
	for name, from := range map[string]string{"vmlinuz": p.kernel, "modules": p.more} {
		want, err := hashFile(p.root, from)
		if err != nil {
			return err
		}
		if err := isCopy(f, path.Join(dir, name), want); err != nil {
			return err
		}
	}
	return nil
}

// systemd-boot: an entry with two initial RAM disks, which systemd-boot hands over one behind the other (UAPI.1 Boot Loader Specification).
const (
	sdKernelAt    = efiAt + "/kernel"
	sdKernelEntry = entriesAt + "/pve2nix-kernel.conf"
)

func (b sdBoot) prepareKernel(e *Env) (bootState, error) {
	return bootState{}, b.each(e, lookAtESP, func(f Files) error {
		return errors.Join(unused(f, sdKernelAt, sdKernelEntry), otherDefault(f, path.Base(sdKernelEntry)))
	})
}

func (b sdBoot) kernelEntry(p *kernelPayload) []byte {
	return b.entryText(p.title, p.parameters, sdKernelAt+"/vmlinuz", efiAt+"/initrd", sdKernelAt+"/modules")
}

func (b sdBoot) showKernel(ctx context.Context, e *Env, _ bootState, p *kernelPayload) error {
	for _, esp := range b.ESPs {
		err := withESP(e, esp, func(f Files) error {
			if err := p.copyTo(ctx, e, esp, f, sdKernelAt); err != nil {
				return err
			}
			return writeFile(f, sdKernelEntry, b.kernelEntry(p), 0o600)
		})
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b sdBoot) showsKernel(e *Env, _ bootState, p *kernelPayload) error {
	return b.each(e, lookAtESP, func(f Files) error {
		return errors.Join(p.isAt(f, sdKernelAt), holds(f, sdKernelEntry, b.kernelEntry(p)))
	})
}

func (b sdBoot) hideKernel(e *Env, _ bootState) (err error) {
	for _, esp := range b.ESPs {
		err = errors.Join(err, takeFromESP(e, esp, anyOf(sdKernelAt, sdKernelEntry, sdKernelEntry+partial), func(f Files) error {
			if err := errors.Join(ignoreMissing(f.Remove(sdKernelEntry)), ignoreMissing(f.Remove(sdKernelEntry+partial)), syncDirs(f, entriesAt)); err != nil {
				return err
			}
			return errors.Join(removeTree(f, sdKernelAt), syncDirs(f, efiAt))
		}))
	}
	return err
}

// GRUB: custom.cfg has the entry since the new system was staged, and shows it where these files are.
const (
	grubKernelAt = plan.BootAt + "/kernel"
	grubArgs     = grubKernelAt + "/args"
	envKernel    = "p2n_kernel_args"
)

func (b grubBoot) prepareKernel(e *Env) (bootState, error) {
	for _, esp := range b.used() {
		if err := lookAtESP(e, esp, func(f Files) error { return unused(f, grubKernelAt) }); err != nil {
			return bootState{}, err
		}
	}
	return bootState{}, nil
}

// kernelArgs is the environment block with the parameters that this kernel alone gets.
func (p *kernelPayload) kernelArgs() ([]byte, error) {
	words, err := grubWords(p.own)
	if err != nil {
		return nil, err
	}
	return grubenv.Block(nil).With(envKernel, strings.Join(words, " ")).Format()
}

func (b grubBoot) showKernel(ctx context.Context, e *Env, _ bootState, p *kernelPayload) error {
	args, err := p.kernelArgs()
	if err != nil {
		return err
	}
	for _, esp := range b.used() {
		err := withESP(e, esp, func(f Files) error {
			if err := p.copyTo(ctx, e, esp, f, grubKernelAt); err != nil {
				return err
			}
			return writeFile(f, grubArgs, args, 0o600) // last: without it there is no entry
		})
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b grubBoot) showsKernel(e *Env, _ bootState, p *kernelPayload) error {
	args, err := p.kernelArgs()
	if err != nil {
		return err
	}
	for _, esp := range b.used() {
		err := lookAtESP(e, esp, func(f Files) error { return errors.Join(p.isAt(f, grubKernelAt), holds(f, grubArgs, args)) })
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b grubBoot) hideKernel(e *Env, _ bootState) (err error) {
	for _, esp := range b.used() {
		err = errors.Join(err, takeFromESP(e, esp, anyOf(grubKernelAt), func(f Files) error {
			if err := errors.Join(ignoreMissing(f.Remove(grubArgs)), syncDirs(f, grubKernelAt)); err != nil {
				return err
			}
			return errors.Join(removeTree(f, grubKernelAt), syncDirs(f, plan.BootAt))
		}))
	}
	return err
}

// The firmware: a unified kernel image with both RAM disks, and a boot entry in no order.
const kernelImage = efiAt + "/kernel.efi"

func (b firmwareBoot) prepareKernel(e *Env) (bootState, error) {
	s := bootState{Variables: map[string][]byte{}}
	esp, err := b.started(e)
	if err != nil {
		return s, err
	}
	s.ESP = esp.UUID
	if err := lookAtESP(e, esp, func(f Files) error { return unused(f, kernelImage) }); err != nil {
		return s, err
	}
	if s.Variables[bootOrder], err = e.Variable(bootOrder); err != nil {
		return s, fmt.Errorf("variable BootOrder: %w", err)
	}
	s.Entry, err = freeEntries(e, 1)
	return s, err
}

func (b firmwareBoot) showKernel(_ context.Context, e *Env, s bootState, p *kernelPayload) error {
	esp, err := b.chosen(s)
	if err != nil {
		return err
	}
	option, err := b.option(e, esp, kernelEntry, "")
	if err != nil {
		return err
	}
	err = withESP(e, esp, func(f Files) error {
		need, err := bytesOf(p.root, p.kernel, p.initrd, p.more)
		if err != nil {
			return err
		}
		if err := p.isImage(f, kernelImage); err == nil {
			return nil
		}
		if err := fits(e, esp, need+maxStub); err != nil {
			return err
		}
		return p.writeImage(f, kernelImage)
	})
	if err != nil {
		return err
	}
	return b.announce(e, s.Entry[0], option)
}

func (b firmwareBoot) showsKernel(e *Env, s bootState, p *kernelPayload) error {
	esp, err := b.chosen(s)
	if err != nil {
		return err
	}
	option, err := b.option(e, esp, kernelEntry, "")
	if err != nil {
		return err
	}
	if err := lookAtESP(e, esp, func(f Files) error { return p.isImage(f, kernelImage) }); err != nil {
		return err
	}
	return errors.Join(variableIs(e, bootVariable(s.Entry[0]), option), variableIs(e, bootOrder, s.Variables[bootOrder]))
}

func (b firmwareBoot) hideKernel(e *Env, s bootState) error {
	err := b.forget(e, s)
	esp, missing := b.chosen(s)
	if missing != nil {
		return errors.Join(err, missing)
	}
	return errors.Join(err, takeFromESP(e, esp, anyOf(kernelImage, kernelImage+partial), func(f Files) error {
		if err := errors.Join(ignoreMissing(f.Remove(kernelImage)), ignoreMissing(f.Remove(kernelImage+partial))); err != nil {
			return err
		}
		return syncDirs(f, efiAt)
	}))
}

var _ = []kernelPath{sdBoot{}, grubBoot{}, firmwareBoot{}}
