package execute

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// espAt is where an ESP is mounted while it is written.
const espAt = "/run/pve2nix/esp"

// withESP mounts an ESP for the time of f. What f wrote is on the disk when it returns.
func withESP(e *Env, esp plan.ESP, f func(Files) error) error { return mountESP(e, esp, false, f) }

// lookAtESP mounts an ESP for f to read: a mount for writing marks the file system as in use, which is a write.
func lookAtESP(e *Env, esp plan.ESP, f func(Files) error) error { return mountESP(e, esp, true, f) }

// takeFromESP mounts an ESP for f to take away what is ours, where ours finds something: an ESP that has nothing of ours is not written.
func takeFromESP(e *Env, esp plan.ESP, ours func(Files) (bool, error), f func(Files) error) error {
	found := false
	err := lookAtESP(e, esp, func(files Files) (err error) { found, err = ours(files); return err })
	if err != nil || !found {
		return err
	}
	return withESP(e, esp, f)
}

// anyOf finds names.
func anyOf(names ...string) func(Files) (bool, error) {
	return func(f Files) (bool, error) {
		for _, n := range names {
			if found, err := exists(f, n); err != nil || found {
				return found, err
			}
		}
		return false, nil
	}
}

func mountESP(e *Env, esp plan.ESP, look bool, f func(Files) error) (err error) {
	if _, err := makeDirs(e, espAt, 0o700); err != nil {
		return err
	}
	left, err := e.Mounted(espAt)
	if err != nil {
		return err
	}
	if left != "" { // by a run that was cut off
		if err := e.Unmount(espAt); err != nil {
			return err
		}
	}
	options := []string{"nosuid", "nodev", "noexec", "noatime"}
	mount := func(options ...string) error { return e.Mount(espDevice(esp), espAt, "", options) }
	if look {
		err = mount(append(options, "ro")...)
		if errors.Is(err, syscall.EBUSY) { // it is mounted elsewhere for writing, and the kernel has one way for both
			err = mount(options...)
		}
	} else {
		err = mount(options...)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Unmount(espAt)) }()
	return within(e, espAt, f)
}

func espDevice(esp plan.ESP) string { return "/dev/disk/by-uuid/" + esp.UUID }

// payload is what starts the new system.
type payload struct {
	root           Files
	title          string
	kernel, initrd string // in the side root, links followed
	// more is an archive that the kernel unpacks over the initial RAM disk; "" where there is none.
	more string
	stub string // systemd's EFI stub, for a unified kernel image
	// parameters are those of the kernel, the place of init included.
	parameters []string
}

// withPayload reads from the closure what starts it (nixpkgs, nixos/modules/system/activation/top-level.nix).
func withPayload(e *Env, f func(*payload) error) error {
	return withRoot(e, func(root Files) error {
		p, err := payloadOf(e, root)
		if err != nil {
			return err
		}
		return f(p)
	})
}

func payloadOf(e *Env, root Files) (p *payload, err error) {
	p = &payload{root: root, title: "NixOS (pve2nix)"}
	if p.kernel, err = resolve(root, path.Join(e.Toplevel, "kernel")); err != nil {
		return nil, err
	}
	if p.initrd, err = resolve(root, path.Join(e.Toplevel, "initrd")); err != nil {
		return nil, err
	}
	p.stub = path.Join(e.Toplevel, "systemd/lib/systemd/boot/efi/linuxx64.efi.stub")
	text, err := readFile(root, path.Join(e.Toplevel, "kernel-params"))
	if err != nil {
		return nil, err
	}
	p.parameters = append([]string{"init=" + e.Toplevel + "/init"}, strings.Fields(string(text))...)
	for _, w := range p.parameters {
		if strings.ContainsFunc(w, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return nil, fmt.Errorf("%s/kernel-params: %q is no parameter", e.Toplevel, w)
		}
	}
	return p, nil
}

// trialParameters make a start a trial: the guard goes by the first, a kernel that gives up restarts the machine, and a first stage
// of NixOS that finds no root lets it give up, where it would wait for somebody at the keyboard (nixpkgs, stage-1-init.sh).
func trialParameters(run string) []string {
	return []string{"pve2nix.trial=" + run, "panic=10", "oops=panic", "boot.panic_on_fail"}
}

// bytes is how much kernel and initial RAM disk take.
func (p *payload) bytes() (int64, error) { return bytesOf(p.root, p.kernel, p.initrd) }

// bytesOf is how much files take together.
func bytesOf(f Files, names ...string) (int64, error) {
	var sum int64
	for _, name := range names {
		info, err := f.Lstat(name)
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}

// espReserve stays free on an ESP: PVE's own next kernel must fit, too.
const espReserve = 8 << 20

// fits says whether an ESP has room for so many bytes.
func fits(e *Env, esp plan.ESP, need int64) error {
	free, err := e.Free(espAt)
	if err != nil {
		return err
	}
	if free < need+espReserve {
		return fmt.Errorf("ESP %s: %d MiB are free, %d MiB are needed", esp.UUID, free>>20, (need+espReserve)>>20)
	}
	return nil
}

// place copies a file to an ESP, which knows no owners and modes, and reads it back.
func place(ctx context.Context, from Files, source string, to Files, dest string) error {
	want, err := hashFile(from, source)
	if err != nil {
		return err
	}
	if got, err := hashFile(to, dest); err == nil && got == want {
		return nil
	}
	r, err := from.OpenFile(source, readOnly, 0)
	if err != nil {
		return err
	}
	defer r.Close()
	err = replaceFile(to, dest, func(w File, _ string) error {
		_, err := copyHoles(ctx, w, r)
		return err
	})
	if err != nil {
		return err
	}
	return isCopy(to, dest, want)
}

func isCopy(f Files, name, want string) error {
	got, err := hashFile(f, name)
	if err != nil {
		return err
	}
	if got != want {
		return &fs.PathError{Op: "read back", Path: name, Err: errors.New("its SHA-256 is another one")}
	}
	return nil
}

// holds says whether a file has exactly this content.
func holds(f Files, name string, want []byte) error {
	got, err := readFile(f, name)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return &fs.PathError{Op: "read back", Path: name, Err: errors.New("it is not what was written")}
	}
	return nil
}

// unused refuses a name that is taken.
func unused(f Files, names ...string) error {
	for _, n := range names {
		found, err := exists(f, n)
		if err != nil {
			return err
		}
		if found {
			return &fs.PathError{Op: "stage", Path: n, Err: errors.New("is there already: an earlier run was not rolled back, or it is somebody else's")}
		}
	}
	return nil
}

// bootPath is a way to start the new system: one for each kind of boot path.
type bootPath interface {
	stateful[bootState]
	// arm chooses the new system for the next start alone; disarm takes that back; armed sees it.
	arm(ctx context.Context, e *Env) error
	disarm(ctx context.Context, e *Env) error
	armed(ctx context.Context, e *Env) error
	// standing is what decides the default now; setDefault makes the new system it, restore what was before, and sees that; isDefault sees the former.
	standing(ctx context.Context, e *Env) ([]byte, error)
	setDefault(ctx context.Context, e *Env, before []byte) error
	restore(ctx context.Context, e *Env, before []byte) error
	isDefault(ctx context.Context, e *Env) error
}

// bootState is what staging found.
type bootState struct {
	// Config is the custom.cfg that was there, by the ESP's UUID, "" for the one on PVE's root.
	Config map[string]*keptFile `json:"config,omitempty"`
	// ESP is the UUID of the one that gets the image, where only one does.
	ESP string `json:"esp,omitempty"`
	// Entry are the numbers of the firmware's boot entries that will be made.
	Entry []uint16 `json:"entry,omitempty"`
	// Variables are the firmware's variables that staging must leave as they are.
	Variables map[string][]byte `json:"variables,omitempty"`
}

// keptFile is a small file as it was.
type keptFile struct {
	Data     []byte      `json:"data"`
	Mode     fs.FileMode `json:"mode"`
	UID      int         `json:"uid"`
	GID      int         `json:"gid"`
	Modified time.Time   `json:"modified"`
}

// keepLimit bounds a file that is kept in the journal.
const keepLimit = 1 << 20

// keep reads a file; nil where there is none.
func keep(f Files, name string) (*keptFile, error) {
	info, err := f.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := readWhole(f, name, keepLimit)
	if err != nil {
		return nil, err
	}
	uid, gid := owner(info)
	return &keptFile{data, info.Mode().Perm(), uid, gid, info.ModTime()}, nil
}

// write makes a file with the owner, mode and time of the one that was kept.
func (k *keptFile) write(f Files, name string, data []byte) error {
	return replaceFile(f, name, func(w File, beside string) error {
		if _, err := w.Write(data); err != nil {
			return err
		}
		if err := f.Lchown(beside, k.UID, k.GID); err != nil {
			return err
		}
		if err := f.Chmod(beside, k.Mode); err != nil {
			return err
		}
		return f.Chtimes(beside, k.Modified)
	})
}

func bootPathOf(b plan.Boot) (bootPath, error) {
	switch b.Kind {
	case "grub-bios":
		return grubBoot{b}, nil
	case "systemd-boot":
		return sdBoot{b}, nil
	case "grub-uefi":
		return firmwareBoot{b}, nil
	}
	return nil, fmt.Errorf("boot: kind %q cannot be started", b.Kind)
}

// armTrial chooses the new system for the next start alone.
type armTrial struct{ path bootPath }

func (armTrial) prepare(context.Context, *Env) (nothing, error)        { return nothing{}, nil }
func (a armTrial) do(ctx context.Context, e *Env, _ nothing) error     { return a.path.arm(ctx, e) }
func (a armTrial) verify(ctx context.Context, e *Env, _ nothing) error { return a.path.armed(ctx, e) }
func (a armTrial) undo(ctx context.Context, e *Env, _ nothing) error   { return a.path.disarm(ctx, e) }

// setDefault makes the new system the default.
type setDefault struct{ path bootPath }

// defaultState is what decided the default before.
type defaultState struct {
	Before []byte `json:"before"`
}

func (a setDefault) prepare(ctx context.Context, e *Env) (defaultState, error) {
	before, err := a.path.standing(ctx, e)
	return defaultState{before}, err
}

func (a setDefault) do(ctx context.Context, e *Env, s defaultState) error {
	return a.path.setDefault(ctx, e, s.Before)
}

func (a setDefault) verify(ctx context.Context, e *Env, _ defaultState) error {
	return a.path.isDefault(ctx, e)
}

func (a setDefault) undo(ctx context.Context, e *Env, s defaultState) error {
	return a.path.restore(ctx, e, s.Before)
}
