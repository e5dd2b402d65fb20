package introspect

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Files of proxmox-boot-tool, of GRUB and of the kernel.
const (
	bootUUIDsFile   = "/etc/kernel/proxmox-boot-uuids"
	pinnedFile      = "/etc/kernel/proxmox-boot-pin"
	nextBootFile    = "/etc/kernel/next-boot-pin"
	kernelCmdline   = "/etc/kernel/cmdline"
	grubDefaults    = "/etc/default/grub"
	grubPin         = "/etc/default/grub.d/proxmox-kernel-pin.cfg"
	procCmdline     = "/proc/cmdline"
	grubConfig      = "/boot/grub/grub.cfg"
	kernelImageStem = "vmlinuz-"
)

const (
	loaderGRUB    = "grub"
	loaderSystemd = "systemd-boot"
	// secureBootPackage is installed where proxmox-boot-tool was told to use GRUB under Secure Boot.
	secureBootPackage = "proxmox-secure-boot-support"
)

var (
	// errNoLoader is the problem of a host whose boot loader left no trace.
	errNoLoader = errors.New("nothing tells which boot loader is used")
	// errEitherLoader is the problem of a tree without a view of the firmware.
	errEitherLoader = errors.New("proxmox-boot-tool uses GRUB or systemd-boot here, and only the running kernel or the firmware tells which")
)

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
	boot.PinnedKernel, boot.NextKernel = a.firstLine(pinnedFile), a.firstLine(nextBootFile)
	boot.Initrd = initrdGenerator(c)
	file, words := kernelCommandLine(c, a)
	if file == "" {
		a.unknown(procCmdline, errAbsent)
	} else {
		boot.KernelParameters = formats.KernelParameters(file, []byte(words))
		var why error
		if boot.Loader, why = loaderOf(c, a); why != nil {
			a.problem(grubConfig, why)
		}
	}
	collectLoaderEntries(c)
}

// firstLine is the first line of a file that may be absent; proxmox-boot-tool reads no more of its own.
func (a *area) firstLine(name string) string {
	data, _ := a.may(name)
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSpace(strings.ToValidUTF8(line, "\uFFFD"))
}

// kernelCommandLine is the command line of the running kernel or, in a tree
// without one, that of the next boot, and the file that it is from.
func kernelCommandLine(c *capture, a *area) (file, words string) {
	if data, ok := a.may(procCmdline); ok {
		return procCmdline, strings.TrimSpace(string(data))
	}
	grub := c.exists(grubDefaults)
	// The installer of PVE writes the file of proxmox-boot-tool on every host with ZFS or btrfs. GRUB does not read it.
	if loader, _ := loaderOf(c, a); loader != loaderGRUB || !grub {
		if data, ok := a.may(kernelCmdline); ok {
			line, _, _ := strings.Cut(string(data), "\n")
			return kernelCmdline, strings.TrimSpace(line)
		}
	}
	if grub {
		return grubDefaults, grubCommandLine(a)
	}
	return "", ""
}

// grubCommandLine is the command line that update-grub would write. It runs the file and those beside it as one script,
// in which a later file replaces a variable or adds to it.
func grubCommandLine(a *area) string {
	const all, normal = "GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT"
	values := map[string]string{}
	files := []string{grubDefaults}
	for _, name := range a.directory(grubDefaults + ".d") {
		if strings.HasSuffix(name, ".cfg") {
			files = append(files, grubDefaults+".d/"+name)
		}
	}
	for _, file := range files {
		data, _ := a.may(file)
		for _, name := range []string{all, normal} {
			if value, assigned := assignmentOf(data, name); assigned {
				before := strings.NewReplacer("${"+all+"}", values[all], "${"+normal+"}", values[normal], "$"+normal, values[normal], "$"+all, values[all])
				values[name] = before.Replace(value)
			}
		}
	}
	return strings.TrimSpace(values[all] + " " + values[normal])
}

// loaderOf says which boot loader started the system. The best evidence is what the loader itself left: GRUB passes
// BOOT_IMAGE, systemd-boot a path on the system partition. The error says why there is none.
//
// Where proxmox-boot-tool keeps the system partitions, it uses systemd-boot with UEFI and GRUB without, or with UEFI
// when it was told to, as the installer tells it under Secure Boot; what it leaves in /etc is the same.
func loaderOf(c *capture, a *area) (string, error) {
	running, _ := a.may(procCmdline)
	words := string(running)
	firmware := c.out.Hardware.Firmware
	managed := c.exists(bootUUIDsFile)
	switch {
	case strings.Contains(words, "BOOT_IMAGE="):
		return loaderGRUB, nil
	case strings.Contains(words, `initrd=\`):
		return loaderSystemd, nil
	}
	for _, trace := range []string{firmware.LoaderInfo, startedFile(firmware)} {
		trace = strings.ToLower(trace)
		switch {
		case strings.Contains(trace, "systemd"):
			return loaderSystemd, nil
		case strings.Contains(trace, "grub"):
			return loaderGRUB, nil
		}
	}
	switch {
	case c.exists(grubPin), managed && slices.ContainsFunc(systemPartitions(c), func(mount string) bool { return c.exists(mount + "/EFI/proxmox/grubx64.efi") }):
		return loaderGRUB, nil
	case !managed || !c.exists(kernelCmdline):
		if c.exists(grubConfig) || c.exists(grubDefaults) {
			return loaderGRUB, nil
		}
		return "", errNoLoader
	case firmware.Kind == "bios", firmware.SecureBoot, installed(c, secureBootPackage):
		return loaderGRUB, nil
	case firmware.Kind == "uefi":
		return loaderSystemd, nil
	}
	return "", errEitherLoader
}

// startedFile is the program that the firmware started, or, where it does not say, would start first.
func startedFile(firmware snapshot.Firmware) string {
	number := cmp.Or(firmware.BootCurrent, first(firmware.BootOrder))
	for _, entry := range firmware.Entries {
		if entry.Number == number {
			return entry.File
		}
	}
	return ""
}

// initrdGenerator is what makes the initial RAM disk. Debian lets only one of the two be installed.
func initrdGenerator(c *capture) string {
	for _, known := range []struct{ name, config string }{
		{"dracut", "/etc/dracut.conf"}, {"initramfs-tools", "/etc/initramfs-tools/initramfs.conf"},
	} {
		if installed(c, known.name) || len(c.out.Packages) == 0 && c.exists(known.config) {
			return known.name
		}
	}
	return ""
}

// installed says whether the package manager knows a package as installed.
func installed(c *capture, name string) bool {
	return slices.ContainsFunc(c.out.Packages, func(p snapshot.Package) bool { return p.Name == name && p.Status == "installed" })
}
