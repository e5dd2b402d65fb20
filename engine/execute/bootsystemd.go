package execute

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf16"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// sdBoot starts the new system from systemd-boot: entries on every ESP, chosen by
// the variables of the Boot Loader Interface (systemd.io/BOOT_LOADER_INTERFACE).
// systemd-boot removes the one for a single start before it follows it.
type sdBoot struct{ plan.Boot }

// Names on an ESP.
const (
	efiAt      = "/EFI/pve2nix"
	entriesAt  = "/loader/entries"
	entry      = "pve2nix.conf"
	entryTrial = "pve2nix-trial.conf"
)

// Variables of the loader.
const (
	loaderGUID    = "4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
	loaderOnce    = "LoaderEntryOneShot-" + loaderGUID
	loaderDefault = "LoaderEntryDefault-" + loaderGUID
)

// efiString is text as the firmware has it: UTF-16, ended by zero.
func efiString(s string) []byte {
	var out []byte
	for _, u := range append(utf16.Encode([]rune(s)), 0) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func (b sdBoot) entryText(title string, parameters []string) []byte {
	return fmt.Appendf(nil, "title %s\nlinux %s/vmlinuz\ninitrd %s/initrd\noptions %s\n", title, efiAt, efiAt, strings.Join(parameters, " "))
}

func (b sdBoot) entries(e *Env, p *payload) map[string][]byte {
	return map[string][]byte{
		entry:      b.entryText("NixOS (pve2nix)", p.parameters),
		entryTrial: b.entryText("NixOS (pve2nix), one trial", append(append([]string{}, p.parameters...), trialParameters(e.RunID)...)),
	}
}

func (b sdBoot) prepare(ctx context.Context, e *Env) (bootState, error) {
	var s bootState
	p, err := payloadOf(e)
	if err != nil {
		return s, err
	}
	need, err := p.bytes()
	if err != nil {
		return s, err
	}
	for _, esp := range b.ESPs {
		err := withESP(e, esp, func(f Files) error {
			if err := errors.Join(fits(e, esp, need), unused(f, efiAt, path.Join(entriesAt, entry), path.Join(entriesAt, entryTrial))); err != nil {
				return err
			}
			return otherDefault(f)
		})
		if err != nil {
			return s, fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	if _, err := e.Variable(loaderOnce); !errors.Is(err, fs.ErrNotExist) {
		return s, errors.Join(errors.New("variable LoaderEntryOneShot: something else is chosen for the next start"), err)
	}
	return s, nil
}

// otherDefault refuses a loader.conf that could take a new entry for the default.
func otherDefault(f Files) error {
	const file = "/loader/loader.conf"
	text, err := readFile(f, file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if word, value, _ := strings.Cut(strings.TrimSpace(line), " "); word == "default" {
			value = strings.TrimSpace(value)
			if value == "@saved" {
				return &fs.PathError{Op: "stage", Path: file, Err: errors.New("default @saved would keep the trial; name PVE's entries instead: default proxmox-*")}
			}
			for _, ours := range []string{entry, entryTrial} {
				if ok, err := path.Match(value, ours); ok || err != nil {
					return &fs.PathError{Op: "stage", Path: file, Err: fmt.Errorf("default %s would choose the new system", value)}
				}
			}
			return nil
		}
	}
	return &fs.PathError{Op: "stage", Path: file, Err: errors.New("names no default, so the new entry could become it")}
}

func (b sdBoot) do(ctx context.Context, e *Env, _ bootState) error {
	p, err := payloadOf(e)
	if err != nil {
		return err
	}
	for _, esp := range b.ESPs {
		err := withESP(e, esp, func(f Files) error {
			if _, err := makeDirs(f, efiAt, 0o700); err != nil {
				return err
			}
			if err := place(ctx, p.root, p.kernel, f, efiAt+"/vmlinuz"); err != nil {
				return err
			}
			if err := place(ctx, p.root, p.initrd, f, efiAt+"/initrd"); err != nil {
				return err
			}
			for name, text := range b.entries(e, p) {
				if err := writeFile(f, path.Join(entriesAt, name), text, 0o600); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b sdBoot) verify(_ context.Context, e *Env, s bootState) error {
	p, err := payloadOf(e)
	if err != nil {
		return err
	}
	for _, esp := range b.ESPs {
		err := withESP(e, esp, func(f Files) error {
			if err := samePayload(p, f, efiAt+"/vmlinuz", efiAt+"/initrd"); err != nil {
				return err
			}
			for name, text := range b.entries(e, p) {
				if err := holds(f, path.Join(entriesAt, name), text); err != nil {
					return err
				}
			}
			return otherDefault(f)
		})
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b sdBoot) undo(_ context.Context, e *Env, _ bootState) (err error) {
	for _, esp := range b.ESPs {
		err = errors.Join(err, withESP(e, esp, func(f Files) error {
			for _, name := range []string{entry, entryTrial} {
				at := path.Join(entriesAt, name)
				if err := errors.Join(ignoreMissing(f.Remove(at)), ignoreMissing(f.Remove(at+partial))); err != nil {
					return err
				}
			}
			if err := removeTree(f, efiAt); err != nil {
				return err
			}
			return errors.Join(f.SyncDir(entriesAt), f.SyncDir("/EFI"))
		}))
	}
	return err
}

// setVariable writes a variable of the firmware and reads it back; nil removes it.
func setVariable(e *Env, name string, value []byte) error {
	if err := e.SetVariable(name, value); err != nil {
		return err
	}
	return variableIs(e, name, value)
}

func variableIs(e *Env, name string, want []byte) error {
	got, err := e.Variable(name)
	if want == nil && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("variable %s: %w", name, err)
	}
	if want == nil || string(got) != string(want) {
		return fmt.Errorf("variable %s: is not what it should be", name)
	}
	return nil
}

func (b sdBoot) arm(_ context.Context, e *Env) error {
	return setVariable(e, loaderOnce, efiString(entryTrial))
}

func (b sdBoot) armed(_ context.Context, e *Env) error {
	return variableIs(e, loaderOnce, efiString(entryTrial))
}

func (b sdBoot) disarm(_ context.Context, e *Env) error { return setVariable(e, loaderOnce, nil) }

func (b sdBoot) standing(_ context.Context, e *Env) ([]byte, error) {
	value, err := e.Variable(loaderDefault)
	return value, ignoreMissing(err)
}

func (b sdBoot) setDefault(_ context.Context, e *Env, _ []byte) error {
	return errors.Join(setVariable(e, loaderOnce, nil), setVariable(e, loaderDefault, efiString(entry)))
}

func (b sdBoot) restore(_ context.Context, e *Env, before []byte) error {
	if len(before) == 0 {
		before = nil
	}
	return errors.Join(setVariable(e, loaderOnce, nil), setVariable(e, loaderDefault, before))
}

func (b sdBoot) isDefault(_ context.Context, e *Env) error {
	return variableIs(e, loaderDefault, efiString(entry))
}
