package rig

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/pve2nix/pve2nix/internal/faults"
)

// Where faults.Host keeps the system that was built.
const (
	closureAt = "/mnt/closure"
	pveKernel = "/boot/vmlinuz-6.8.12-11-pve"
	pveInitrd = "/boot/initrd.img-6.8.12-11-pve"
	// initrdText begins the stand-in of an initial RAM disk on the ESP.
	initrdText = "stand-in of an initial RAM disk of NixOS"
)

// ids of the menu of a Proxmox VE.
const (
	pveSimple   = "gnulinux-simple-5b0f"
	pveAdvanced = "gnulinux-advanced-5b0f"
	pvePinned   = "gnulinux-6.8.12-11-pve-advanced-5b0f"
)

// menu is a grub.cfg in the form that grub-mkconfig gives it, for a kernel on the volume root; what 41_custom adds is Debian's own.
func menu(kernel, initrd, parameters string) (string, error) {
	custom, err := exec.Command("/etc/grub.d/41_custom").Output()
	if err != nil {
		return "", err
	}
	entry := func(title, id, mark string) string {
		return fmt.Sprintf("menuentry '%s' --class proxmox $menuentry_id_option '%s' {\n\tinsmod part_gpt\n\tinsmod ext2\n\tset root='lvm/pve-root'\n\techo 'Loading Linux'\n"+
			"\tlinux %s root=/dev/mapper/pve-root ro %s pve.entry=%s\n\tinitrd %s\n}\n", title, id, kernel, parameters, mark, initrd)
	}
	return `if [ -s $prefix/grubenv ]; then
  set have_grubenv=true
  load_env
fi
if [ "${next_entry}" ] ; then
   set default="${next_entry}"
   set next_entry=
   save_env next_entry
   set boot_once=true
else
   set default="${saved_entry}"
fi
if [ x"${feature_menuentry_id}" = xy ]; then
  menuentry_id_option="--id"
else
  menuentry_id_option=""
fi
export menuentry_id_option
serial --unit=0 --speed=115200
terminal_input serial
terminal_output serial
if [ x$feature_timeout_style = xy ] ; then
  set timeout_style=menu
fi
set timeout=0
` + entry("Proxmox VE GNU/Linux", pveSimple, "simple") +
		"submenu 'Advanced options for Proxmox VE GNU/Linux' $menuentry_id_option '" + pveAdvanced + "' {\n" +
		entry("Proxmox VE GNU/Linux, with Linux 6.8.12-11-pve", pvePinned, "pinned") + "}\n" + string(custom), nil
}

// bootable makes a host of the fault machine one that GRUB can start: its files
// are those that actuators work on, and the ones that are laid on a disk.
func bootable(h *faults.Host, parameters string) error {
	text, err := menu(pveKernel, pveInitrd, "quiet")
	if err != nil {
		return err
	}
	onESP, err := h.Device("/dev/disk/by-uuid/" + h.Boot.ESPs[0].UUID)
	if err != nil {
		return err
	}
	store := filepath.Join(h.Dir(), closureAt)
	kernel, err := filepath.Glob(filepath.Join(store, "nix/store/*/bzImage"))
	if err != nil || len(kernel) != 1 {
		return errors.Join(err, fmt.Errorf("%d kernels in the closure", len(kernel)))
	}
	files := map[string]string{
		filepath.Join(h.Dir(), pveKernel):                        string(StandInKernel()),
		filepath.Join(h.Dir(), pveInitrd):                        initrdText,
		kernel[0]:                                                string(StandInKernel()),
		filepath.Join(store, h.Params.Toplevel, "initrd"):        initrdText + strings.Repeat(" and more of it", 1000),
		filepath.Join(store, h.Params.Toplevel, "kernel-params"): parameters + "\n",
	}
	for _, grub := range []string{filepath.Join(h.Dir(), "boot/grub"), filepath.Join(onESP, "grub")} {
		files[filepath.Join(grub, "grub.cfg")] = text
		if err := os.MkdirAll(grub, 0o755); err != nil {
			return err
		}
	}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// espOf is the folder that holds the files of the host's ESP.
func espOf(h *faults.Host) (string, error) {
	return h.Device("/dev/disk/by-uuid/" + h.Boot.ESPs[0].UUID)
}

// Started is a start of a stand-in of a kernel.
type Started struct {
	// System is "nixos" for the one that was staged, else the entry of PVE's menu.
	System string
	// Line is the command line, Initrd says that there was an initial RAM disk.
	Line   string
	Initrd bool
}

var startedLine = regexp.MustCompile(`\[started (with|without) initrd\] ([^\r\n]*) \[end\]`)

// starts reads from a console what was started.
func starts(console string) []Started {
	var out []Started
	for _, m := range startedLine.FindAllStringSubmatch(console, -1) {
		s := Started{Line: m[2], Initrd: m[1] == "with"}
		if _, entry, ok := strings.Cut(s.Line, "pve.entry="); ok {
			s.System, _, _ = strings.Cut(entry, " ")
		} else if strings.Contains(s.Line, " init=/nix/store/") {
			s.System = "nixos"
		} else {
			s.System = s.Line
		}
		out = append(out, s)
	}
	return out
}
