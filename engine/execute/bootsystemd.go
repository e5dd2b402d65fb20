package execute

import (
	"bytes"
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
	loaderGUID     = "4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
	loaderOnce     = "LoaderEntryOneShot-" + loaderGUID
	loaderDefault  = "LoaderEntryDefault-" + loaderGUID
	loaderFeatures = "LoaderFeatures-" + loaderGUID
)

// efiString is text as the firmware has it: UTF-16, ended by zero.
func efiString(s string) []byte {
	var out []byte
	for _, u := range append(utf16.Encode([]rune(s)), 0) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func (b sdBoot) entryText(title string, parameters []string, kernel string, disks ...string) []byte {
	out := fmt.Appendf(nil, "title %s\nlinux %s\n", title, kernel)
	for _, d := range disks {
		out = fmt.Appendf(out, "initrd %s\n", d)
	}
	return fmt.Appendf(out, "options %s\n", strings.Join(parameters, " "))
}

// sdEntry is an entry of the loader.
type sdEntry struct {
	file string
	text []byte
}

func (b sdBoot) entries(e *Env, p *payload) []sdEntry {
	trial := append(append([]string{}, p.parameters...), trialParameters(e.RunID)...)
	return []sdEntry{
		{path.Join(entriesAt, entry), b.entryText(p.title, p.parameters, efiAt+"/vmlinuz", efiAt+"/initrd")},
		{path.Join(entriesAt, entryTrial), b.entryText(p.title+", one trial", trial, efiAt+"/vmlinuz", efiAt+"/initrd")},
	}
}

func (b sdBoot) prepare(_ context.Context, e *Env) (s bootState, err error) {
	if err := loaderCan(e); err != nil {
		return s, err
	}
	err = withPayload(e, func(p *payload) error {
		need, err := p.bytes()
		if err != nil {
			return err
		}
		for _, esp := range b.ESPs {
			err := lookAtESP(e, esp, func(f Files) error {
				if err := errors.Join(fits(e, esp, need), unused(f, efiAt, path.Join(entriesAt, entry), path.Join(entriesAt, entryTrial))); err != nil {
					return err
				}
				return otherDefault(f, entry, entryTrial)
			})
			if err != nil {
				return fmt.Errorf("ESP %s: %w", esp.UUID, err)
			}
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	if _, err := e.Variable(loaderOnce); !errors.Is(err, fs.ErrNotExist) {
		return s, errors.Join(errors.New("variable LoaderEntryOneShot: something else is chosen for the next start"), err)
	}
	return s, nil
}

// What a loader says that it can do, as bits of LoaderFeatures (systemd.io/BOOT_LOADER_INTERFACE).
const featureDefault, featureOnce = 1 << 2, 1 << 3

// loaderCan refuses a machine that was not started by a loader with choices for one start: it would not look at the entries.
func loaderCan(e *Env) error {
	value, err := e.Variable(loaderFeatures)
	if err != nil {
		return fmt.Errorf("systemd-boot did not start this machine, or is too old: variable LoaderFeatures: %w", err)
	}
	const want = featureDefault | featureOnce
	if len(value) < 8 || binary.LittleEndian.Uint64(value)&want != want {
		return errors.New("systemd-boot is too old: it cannot choose an entry for one start")
	}
	return nil
}

// otherDefault refuses a loader.conf that could take one of the new entries for the default.
func otherDefault(f Files, entries ...string) error {
	const file = "/loader/loader.conf"
	text, err := readFile(f, file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "default" {
			value := words[1]
			if value == "@saved" {
				return &fs.PathError{Op: "stage", Path: file, Err: errors.New("default @saved would keep the trial; name PVE's entries instead: default proxmox-*")}
			}
			for _, ours := range entries {
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
	if err := tryVariables(e, efiString(entryTrial)); err != nil {
		return err
	}
	return withPayload(e, func(p *payload) error {
		return b.each(e, withESP, func(f Files) error {
			if _, err := makeDirs(f, efiAt, 0o700); err != nil {
				return err
			}
			if err := place(ctx, p.root, p.kernel, f, efiAt+"/vmlinuz"); err != nil {
				return err
			}
			if err := place(ctx, p.root, p.initrd, f, efiAt+"/initrd"); err != nil {
				return err
			}
			for _, n := range b.entries(e, p) { // last: from here on there is something to choose
				if err := writeFile(f, n.file, n.text, 0o600); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (b sdBoot) each(e *Env, mount espMount, f func(Files) error) error {
	for _, esp := range b.ESPs {
		if err := mount(e, esp, f); err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b sdBoot) verify(_ context.Context, e *Env, _ bootState) error {
	return withPayload(e, func(p *payload) error {
		return b.each(e, lookAtESP, func(f Files) error {
			if err := samePayload(p, f, efiAt+"/vmlinuz", efiAt+"/initrd"); err != nil {
				return err
			}
			for _, n := range b.entries(e, p) {
				if err := holds(f, n.file, n.text); err != nil {
					return err
				}
			}
			return otherDefault(f, entry, entryTrial)
		})
	})
}

func (b sdBoot) undo(_ context.Context, e *Env, _ bootState) error {
	err := setVariable(e, triedVariable, nil)
	for _, esp := range b.ESPs {
		entries := []string{path.Join(entriesAt, entry), path.Join(entriesAt, entryTrial)}
		err = errors.Join(err, takeFromESP(e, esp, anyOf(efiAt, entries[0], entries[1], entries[0]+partial, entries[1]+partial), func(f Files) error {
			for _, name := range []string{entryTrial, entry} {
				at := path.Join(entriesAt, name)
				if err := errors.Join(ignoreMissing(f.Remove(at)), ignoreMissing(f.Remove(at+partial))); err != nil {
					return err
				}
			}
			if err := syncDirs(f, entriesAt); err != nil { // no entry without its files
				return err
			}
			if err := removeTree(f, efiAt); err != nil {
				return err
			}
			return syncDirs(f, "/EFI")
		}))
	}
	return err
}

// triedVariable is a variable of our own: written, read back and removed before anything depends on the firmware's memory.
const triedVariable = "Pve2nixTest-6d1c5f5e-5d0c-4f0b-9a0e-8f2b6a3c9d71"

// tryVariables sees that the firmware keeps variables: on a board whose memory is full, or can only be read, a choice for one start might never be cleared.
func tryVariables(e *Env, values ...[]byte) error {
	for _, v := range values {
		if err := setVariable(e, triedVariable, v); err != nil {
			return fmt.Errorf("the firmware does not keep what is written to it: %w", err)
		}
	}
	if err := setVariable(e, triedVariable, nil); err != nil {
		return fmt.Errorf("the firmware does not forget what is removed from it: %w", err)
	}
	return nil
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

// disarm leaves a choice that somebody else has made since.
func (b sdBoot) disarm(_ context.Context, e *Env) error {
	chosen, err := e.Variable(loaderOnce)
	if err != nil || !bytes.Equal(chosen, efiString(entryTrial)) {
		return ignoreMissing(err)
	}
	return setVariable(e, loaderOnce, nil)
}

func (b sdBoot) standing(_ context.Context, e *Env) ([]byte, error) {
	value, err := e.Variable(loaderDefault)
	return value, ignoreMissing(err)
}

func (b sdBoot) setDefault(ctx context.Context, e *Env, _ []byte) error {
	return errors.Join(b.disarm(ctx, e), setVariable(e, loaderDefault, efiString(entry)))
}

// restore leaves a default that somebody else has set since.
func (b sdBoot) restore(ctx context.Context, e *Env, before []byte) error {
	if err := b.disarm(ctx, e); err != nil {
		return err
	}
	now, err := e.Variable(loaderDefault)
	if err != nil || !bytes.Equal(now, efiString(entry)) {
		return ignoreMissing(err)
	}
	if len(before) == 0 {
		before = nil
	}
	return setVariable(e, loaderDefault, before)
}

func (b sdBoot) isDefault(_ context.Context, e *Env) error {
	return variableIs(e, loaderDefault, efiString(entry))
}
