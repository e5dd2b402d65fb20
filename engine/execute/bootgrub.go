package execute

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// grubBoot starts the new system from a GRUB that the BIOS loads. GRUB can clear
// a choice only on a plain partition, so the choice lies in an environment block on
// the ESP, and the code that reads it in custom.cfg, which the stock
// /etc/grub.d/41_custom sources last. Whatever is not as expected there leaves the
// default that PVE's grub.cfg chose.
type grubBoot struct{ plan.Boot }

// Names on the ESP.
const (
	grubEnv    = plan.BootAt + "/grubenv"
	grubKernel = plan.BootAt + "/vmlinuz"
	grubInitrd = plan.BootAt + "/initrd"
)

// Variables of the environment block.
const (
	envOnce    = "p2n_once"
	envDefault = "p2n_default"
	envArgs    = "p2n_args"
	// grubID is the id of the entry, and the value of the two variables that choose it.
	grubID = "pve2nix-nixos"
)

// grubMark marks what is ours in custom.cfg.
const grubMark = "# pve2nix: NixOS beside Proxmox VE. Whatever is unexpected here leaves the default as it is.\n"

// grubWords are the parameters of the kernel as arguments of GRUB's command linux, which puts quotes around one with a
// space, and a backslash before every backslash and quote (grub_create_loader_cmdline). The kernel knows no backslash: what
// cannot arrive as it was written is refused. A value in double quotes is one word, its quotes are left to GRUB.
func grubWords(parameters []string) ([]string, error) {
	var words []string
	open := false
	for _, p := range parameters {
		if strings.ContainsAny(p, `\'`) {
			return nil, fmt.Errorf("kernel parameter %s: GRUB would write a backslash into it", p)
		}
		bare := strings.ReplaceAll(p, `"`, "")
		if open {
			words[len(words)-1] += " " + bare
		} else {
			words = append(words, bare)
		}
		if strings.Count(p, `"`)%2 == 1 {
			open = !open
		}
	}
	if open {
		return nil, fmt.Errorf("kernel parameter %s: a quote has no end", words[len(words)-1])
	}
	return words, nil
}

// customConfig is what custom.cfg gets, for the ESP that it lies beside.
func customConfig(uuid string, parameters []string) ([]byte, error) {
	words, err := grubWords(parameters)
	if err != nil {
		return nil, err
	}
	quoted := "'" + strings.Join(words, "' '") + "'"
	return []byte(strings.NewReplacer("@MARK@", grubMark, "@UUID@", uuid, "@ID@", grubID, "@AT@", plan.BootAt, "@KERNEL@", kernelTitle, "@PARAMETERS@", quoted).Replace(customTemplate)), nil
}

// customTemplate is a script of GRUB. Four things in it carry the promise:
//   - the choice for one start is cleared on the disk, and read back, before it is followed;
//   - names that are loaded from the block are listed, so that the block can set nothing else;
//   - what is not there is not chosen;
//   - an entry that cannot be loaded takes its choice back and restarts the machine. It does not lead to another menu: with
//     a kernel loaded, GRUB starts that one before a submenu is shown, and starts the next one without its command line.
const customTemplate = `@MARK@insmod part_gpt
insmod fat
insmod loadenv
insmod search_fs_uuid
set p2n_dev=
search --no-floppy --fs-uuid --set=p2n_dev @UUID@
if [ -n "$p2n_dev" ]; then
  if [ -f ($p2n_dev)@AT@/grubenv ]; then
    set p2n_env="($p2n_dev)@AT@/grubenv"
    set p2n_pve="$default"
    set p2n_id=
    if [ -s ($p2n_dev)@AT@/vmlinuz -a -s ($p2n_dev)@AT@/initrd ]; then
      set p2n_id=@ID@
      menuentry 'NixOS (pve2nix)' --id @ID@ {
        search --no-floppy --fs-uuid --set=root @UUID@
        set p2n_loaded=
        if linux @AT@/vmlinuz @PARAMETERS@ $p2n_args; then
          if initrd @AT@/initrd; then
            set p2n_loaded=1
          fi
        fi
        if [ -z "$p2n_loaded" ]; then
          echo 'pve2nix: NixOS cannot be loaded, going back to Proxmox VE'
          set p2n_default=
          save_env -f $p2n_env p2n_default
          sleep 3
          reboot
        fi
      }
      if [ -s ($p2n_dev)@AT@/kernel/vmlinuz -a -s ($p2n_dev)@AT@/kernel/modules -a -s ($p2n_dev)@AT@/kernel/args ]; then
        menuentry '@KERNEL@' --id @ID@-kernel {
          search --no-floppy --fs-uuid --set=root @UUID@
          set p2n_kernel_args=
          load_env -f @AT@/kernel/args p2n_kernel_args
          set p2n_loaded=
          if linux @AT@/kernel/vmlinuz @PARAMETERS@ $p2n_kernel_args; then
            if initrd @AT@/initrd @AT@/kernel/modules; then
              set p2n_loaded=1
            fi
          fi
          if [ -z "$p2n_loaded" ]; then
            echo 'pve2nix: the kernel of Proxmox VE cannot be loaded'
            sleep 3
            reboot
          fi
        }
      fi
    fi
    set p2n_once=
    set p2n_default=
    set p2n_args=
    load_env -f $p2n_env p2n_once p2n_default p2n_args
    if [ -n "$p2n_id" -a "$p2n_default" = "$p2n_id" ]; then
      set default="$p2n_id"
    fi
    if [ -n "$p2n_once" ]; then
      set p2n_want="$p2n_once"
      set p2n_once=
      if save_env -f $p2n_env p2n_once; then
        set p2n_once=stale
        load_env -f $p2n_env p2n_once
        if [ -z "$p2n_once" ]; then
          if [ -n "$p2n_id" -a "$p2n_want" = "$p2n_id" ]; then
            set default="$p2n_id"
          fi
          if [ "$p2n_want" = pve ]; then
            set default="$p2n_pve"
          fi
          echo "pve2nix: next start alone: $p2n_want"
        else
          echo 'pve2nix: the choice cannot be cleared (it reads back), staying with the default'
        fi
      else
        echo 'pve2nix: the choice cannot be cleared (it cannot be written), staying with the default'
      fi
    fi
  fi
fi
` + customEnd

// customEnd is the last line of ours in custom.cfg.
const customEnd = "# pve2nix: end\n"

// configs calls f for each custom.cfg: that of PVE's root, or that of each ESP where the menu lies there. uuid is "" for the first.
func (b grubBoot) configs(e *Env, mount espMount, f func(files Files, dir, uuid string) error) error {
	if b.Config != "" {
		return f(e, b.Config, "")
	}
	for _, esp := range b.ESPs {
		if err := mount(e, esp, func(files Files) error { return f(files, "/grub", esp.UUID) }); err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

// espMount is withESP, lookAtESP or takeFromESP.
type espMount func(e *Env, esp plan.ESP, f func(Files) error) error

// used are the ESPs that get kernel, initial RAM disk and block: with the menu on PVE's root, the first alone, as only one can be searched for.
func (b grubBoot) used() []plan.ESP {
	if b.Config != "" {
		return b.ESPs[:1]
	}
	return b.ESPs
}

func (b grubBoot) prepare(_ context.Context, e *Env) (bootState, error) {
	s := bootState{Config: map[string]*keptFile{}}
	err := withPayload(e, func(p *payload) error {
		need, err := p.bytes()
		if err != nil {
			return err
		}
		if _, err := grubWords(p.parameters); err != nil {
			return err
		}
		for _, esp := range b.used() {
			err := lookAtESP(e, esp, func(f Files) error { return errors.Join(fits(e, esp, need), unused(f, plan.BootAt)) })
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	err = b.configs(e, lookAtESP, func(f Files, dir, uuid string) error {
		menu, err := readFile(f, path.Join(dir, "grub.cfg"))
		if err != nil {
			return err
		}
		if !bytes.Contains(menu, []byte("custom.cfg")) {
			return &fs.PathError{Op: "stage", Path: path.Join(dir, "grub.cfg"), Err: errors.New("does not read custom.cfg: /etc/grub.d/41_custom is missing")}
		}
		kept, err := keep(f, path.Join(dir, "custom.cfg"))
		if err != nil {
			return err
		}
		if kept != nil && bytes.Contains(kept.Data, []byte(grubMark)) {
			return &fs.PathError{Op: "stage", Path: path.Join(dir, "custom.cfg"), Err: errors.New("an earlier run was not rolled back")}
		}
		s.Config[uuid] = kept
		return nil
	})
	return s, err
}

func (b grubBoot) do(ctx context.Context, e *Env, s bootState) error {
	empty, err := grubenv.Block(nil).Format()
	if err != nil {
		return err
	}
	return withPayload(e, func(p *payload) error {
		for _, esp := range b.used() {
			err := withESP(e, esp, func(f Files) error {
				if _, err := makeDirs(f, plan.BootAt, 0o700); err != nil {
					return err
				}
				if err := place(ctx, p.root, p.kernel, f, grubKernel); err != nil {
					return err
				}
				if err := place(ctx, p.root, p.initrd, f, grubInitrd); err != nil {
					return err
				}
				if err := writeFile(f, grubEnv, empty, 0o600); err != nil {
					return err
				}
				return holds(f, grubEnv, empty)
			})
			if err != nil {
				return err
			}
		}
		// Last: from here on GRUB looks at the block, which chooses nothing.
		return b.configs(e, withESP, func(f Files, dir, uuid string) error {
			name := path.Join(dir, "custom.cfg")
			text, err := b.custom(s, uuid, p)
			if err != nil {
				return err
			}
			if kept := s.Config[uuid]; kept != nil {
				return kept.write(f, name, text)
			}
			return writeFile(f, name, text, 0o600)
		})
	})
}

// custom is the whole custom.cfg: what was there, and ours behind it.
func (b grubBoot) custom(s bootState, uuid string, p *payload) ([]byte, error) {
	esp := uuid
	if esp == "" {
		esp = b.ESPs[0].UUID
	}
	var before []byte
	if k := s.Config[uuid]; k != nil {
		before = withNewline(k.Data)
	}
	ours, err := customConfig(esp, p.parameters)
	return append(bytes.Clone(before), ours...), err
}

func (b grubBoot) verify(_ context.Context, e *Env, s bootState) error {
	return withPayload(e, func(p *payload) error {
		for _, esp := range b.used() {
			err := lookAtESP(e, esp, func(f Files) error {
				if err := samePayload(p, f, grubKernel, grubInitrd); err != nil {
					return err
				}
				_, err := readBlock(f)
				return err
			})
			if err != nil {
				return err
			}
		}
		return b.configs(e, lookAtESP, func(f Files, dir, uuid string) error {
			text, err := b.custom(s, uuid, p)
			if err != nil {
				return err
			}
			return holds(f, path.Join(dir, "custom.cfg"), text)
		})
	})
}

func samePayload(p *payload, f Files, kernel, initrd string) error {
	for _, c := range []struct{ from, to string }{{p.kernel, kernel}, {p.initrd, initrd}} {
		want, err := hashFile(p.root, c.from)
		if err != nil {
			return err
		}
		if err := isCopy(f, c.to, want); err != nil {
			return err
		}
	}
	return nil
}

func (b grubBoot) undo(_ context.Context, e *Env, s bootState) error {
	take := func(e *Env, esp plan.ESP, f func(Files) error) error {
		return takeFromESP(e, esp, func(files Files) (bool, error) { return hasOurs(files, "/grub/custom.cfg") }, f)
	}
	err := b.configs(e, take, func(f Files, dir, uuid string) error {
		return withoutOurs(f, path.Join(dir, "custom.cfg"), s.Config[uuid])
	})
	for _, esp := range b.used() {
		err = errors.Join(err, takeFromESP(e, esp, anyOf(plan.BootAt), func(f Files) error {
			if err := removeTree(f, plan.BootAt); err != nil {
				return err
			}
			return syncDirs(f, "/")
		}))
	}
	return err
}

// hasOurs says whether there is anything of ours in a custom.cfg, or beside it.
func hasOurs(f Files, name string) (bool, error) {
	if found, err := exists(f, name+partial); err != nil || found {
		return found, err
	}
	now, err := keep(f, name)
	return now != nil && bytes.Contains(now.Data, []byte(grubMark)), err
}

// withoutOurs takes our part out of a custom.cfg. What somebody else wrote there since stays; a file that was not there before, and has nothing else, goes.
func withoutOurs(f Files, name string, before *keptFile) error {
	if err := ignoreMissing(f.Remove(name + partial)); err != nil {
		return err
	}
	// Staging may have removed it, and not have lived to see that on the disk.
	if err := syncDirs(f, path.Dir(name)); err != nil {
		return err
	}
	now, err := keep(f, name)
	if err != nil {
		return err
	}
	if now == nil { // it may have gone a moment ago, and not be gone from the disk
		return syncDirs(f, path.Dir(name))
	}
	head, ours, found := bytes.Cut(now.Data, []byte(grubMark))
	if !found {
		return nil
	}
	_, tail, _ := bytes.Cut(ours, []byte(customEnd))
	rest := append(bytes.Clone(head), tail...)
	switch {
	case before != nil && bytes.Equal(rest, withNewline(before.Data)):
		err = before.write(f, name, before.Data)
	case len(rest) > 0:
		err = now.write(f, name, rest)
	default:
		if err := ignoreMissing(f.Remove(name)); err != nil {
			return err
		}
		err = syncDirs(f, path.Dir(name))
	}
	return err
}

// withNewline is a text whose last line ends.
func withNewline(text []byte) []byte {
	if len(text) > 0 && text[len(text)-1] != '\n' {
		return append(bytes.Clone(text), '\n')
	}
	return text
}

func readBlock(f Files) (grubenv.Block, error) {
	data, err := readFile(f, grubEnv)
	if err != nil {
		return nil, err
	}
	return grubenv.Parse(data)
}

// edit changes the block on every ESP and reads it back.
func (b grubBoot) edit(e *Env, change func(grubenv.Block) grubenv.Block) error {
	for _, esp := range b.used() {
		err := withESP(e, esp, func(f Files) error {
			block, err := readBlock(f)
			if err != nil {
				return err
			}
			data, err := change(block).Format()
			if err != nil {
				return err
			}
			if err := writeFile(f, grubEnv, data, 0o600); err != nil {
				return err
			}
			return holds(f, grubEnv, data)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b grubBoot) arm(_ context.Context, e *Env) error {
	return b.edit(e, func(k grubenv.Block) grubenv.Block {
		return k.With(envArgs, strings.Join(trialParameters(e.RunID), " ")).With(envOnce, grubID)
	})
}

func (b grubBoot) armed(_ context.Context, e *Env) error {
	return b.blocks(e, func(k grubenv.Block) error {
		if k.Get(envOnce) != grubID {
			return errors.New("the next start is not the trial")
		}
		return nil
	})
}

func (b grubBoot) blocks(e *Env, f func(grubenv.Block) error) error {
	for _, esp := range b.used() {
		err := lookAtESP(e, esp, func(files Files) error {
			k, err := readBlock(files)
			if err != nil {
				return err
			}
			return f(k)
		})
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b grubBoot) disarm(_ context.Context, e *Env) error {
	return b.clear(e, func(k grubenv.Block) grubenv.Block { return k.With(envOnce, "").With(envArgs, "") })
}

// clear changes the block where there is one. One that cannot be read chooses nothing, as GRUB does not read it either; an empty one is clean.
func (b grubBoot) clear(e *Env, change func(grubenv.Block) grubenv.Block) error {
	for _, esp := range b.used() {
		err := takeFromESP(e, esp, anyOf(grubEnv), func(f Files) error {
			block, err := readBlock(f)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				block = nil
			}
			data, err := change(block).Format()
			if err != nil {
				return err
			}
			if err := writeFile(f, grubEnv, data, 0o600); err != nil {
				return err
			}
			return holds(f, grubEnv, data)
		})
		if err != nil {
			return fmt.Errorf("ESP %s: %w", esp.UUID, err)
		}
	}
	return nil
}

func (b grubBoot) standing(_ context.Context, e *Env) (out []byte, err error) {
	err = b.blocks(e, func(k grubenv.Block) error {
		out = []byte(k.Get(envDefault))
		return nil
	})
	return out, err
}

func (b grubBoot) setDefault(_ context.Context, e *Env, _ []byte) error {
	return b.edit(e, func(k grubenv.Block) grubenv.Block {
		return k.With(envOnce, "").With(envArgs, "").With(envDefault, grubID)
	})
}

func (b grubBoot) restore(_ context.Context, e *Env, before []byte) error {
	return b.clear(e, func(k grubenv.Block) grubenv.Block {
		return k.With(envOnce, "").With(envArgs, "").With(envDefault, string(before))
	})
}

func (b grubBoot) isDefault(_ context.Context, e *Env) error {
	return b.blocks(e, func(k grubenv.Block) error {
		if k.Get(envDefault) != grubID {
			return errors.New("NixOS is not the default")
		}
		return nil
	})
}
