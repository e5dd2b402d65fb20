package introspect

import (
	"errors"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
)

const (
	bootUUIDsFile   = "/etc/kernel/proxmox-boot-uuids"
	kernelCmdline   = "/etc/kernel/cmdline"
	grubDefaults    = "/etc/default/grub"
	procCmdline     = "/proc/cmdline"
	loaderInfoEFI   = "/sys/firmware/efi/efivars/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
	grubConfig      = "/boot/grub/grub.cfg"
	efiFirmware     = "/sys/firmware/efi"
	kernelImageStem = "vmlinuz-"
)

// errNoLoader is the problem of a host whose boot loader left no trace.
var errNoLoader = errors.New("nothing tells which boot loader is used")

// collectBoot finds out how the system starts.
func collectBoot(c *capture) {
	a := c.area("system.boot", sourceFile)
	boot := &c.out.System.Boot
	if data, ok := a.may(bootUUIDsFile); ok {
		for line := range strings.Lines(string(data)) {
			if uuid := strings.TrimSpace(line); uuid != "" && !strings.HasPrefix(uuid, "#") {
				boot.ESPs = append(boot.ESPs, uuid)
			}
		}
	}
	for _, name := range a.directory("/boot") {
		if release, found := strings.CutPrefix(name, kernelImageStem); found {
			boot.Kernels = append(boot.Kernels, release)
		}
	}
	file, words := kernelCommandLine(c, a)
	if file == "" {
		a.unknown(procCmdline, errAbsent)
		return
	}
	boot.KernelParameters = formats.KernelParameters(file, []byte(words))
	if boot.Loader = loaderOf(c, words, len(boot.ESPs) > 0); boot.Loader == "" {
		a.problem(grubConfig, errNoLoader)
	}
}

// kernelCommandLine is the command line of the running kernel or, in a tree
// without one, that of the next boot, and the file that it is from.
func kernelCommandLine(c *capture, a *area) (file, words string) {
	if data, ok := a.may(procCmdline); ok {
		return procCmdline, strings.TrimSpace(string(data))
	}
	// proxmox-boot-tool writes this file for systemd-boot; under GRUB it has no
	// effect and is not there.
	if data, ok := a.may(kernelCmdline); ok {
		line, _, _ := strings.Cut(string(data), "\n")
		return kernelCmdline, strings.TrimSpace(line)
	}
	if data, ok := a.may(grubDefaults); ok {
		words := variableOf(data, "GRUB_CMDLINE_LINUX") + " " + variableOf(data, "GRUB_CMDLINE_LINUX_DEFAULT")
		for _, name := range a.directory(grubDefaults + ".d") {
			if more, ok := a.may(grubDefaults + ".d/" + name); ok && strings.HasSuffix(name, ".cfg") {
				words += " " + variableOf(more, "GRUB_CMDLINE_LINUX") + " " + variableOf(more, "GRUB_CMDLINE_LINUX_DEFAULT")
			}
		}
		return grubDefaults, strings.TrimSpace(words)
	}
	return "", ""
}

// loaderOf says which boot loader started the system. The best evidence is what
// the loader itself left: GRUB passes BOOT_IMAGE, systemd-boot a path on the ESP.
func loaderOf(c *capture, words string, espsManaged bool) string {
	switch {
	case strings.Contains(words, "BOOT_IMAGE="):
		return "grub"
	case strings.Contains(words, `initrd=\`):
		return "systemd-boot"
	case c.exists(loaderInfoEFI): // GRUB does not set this variable
		return "systemd-boot"
	case c.exists(efiFirmware) && espsManaged && c.exists(kernelCmdline):
		return "systemd-boot"
	case c.exists(grubConfig):
		return "grub"
	case espsManaged && c.exists(kernelCmdline):
		return "systemd-boot"
	case c.exists(grubDefaults):
		return "grub"
	}
	return ""
}
