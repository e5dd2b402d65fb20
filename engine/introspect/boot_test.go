package introspect

import "testing"

func TestBootLoaderAndKernelParameters(t *testing.T) {
	const uuids, cmdline, grub = "etc/kernel/proxmox-boot-uuids", "etc/kernel/cmdline", "etc/default/grub"
	for _, c := range []struct {
		name   string
		tree   map[string]string
		loader string
		source string
		first  string
		status string
	}{
		{"GRUB names the image", map[string]string{"proc/cmdline": "BOOT_IMAGE=/vmlinuz root=/dev/a\n", uuids: "A\n", cmdline: "x\n"},
			"grub", "/proc/cmdline", "BOOT_IMAGE", statusKnown},
		{"systemd-boot names the initrd on the ESP", map[string]string{"proc/cmdline": "initrd=\\EFI\\proxmox\\initrd root=ZFS=rpool\n"},
			"systemd-boot", "/proc/cmdline", "initrd", statusKnown},
		{"systemd-boot leaves a variable", map[string]string{"proc/cmdline": "root=a\n", loaderInfoEFI[1:]: "x", "boot/grub/grub.cfg": ""},
			"systemd-boot", "/proc/cmdline", "root", statusKnown},
		{"proxmox-boot-tool on UEFI", map[string]string{uuids: "A\n#B\n\nC\n", cmdline: "root=ZFS=rpool quiet\n", "sys/firmware/efi/x": "", "boot/grub/grub.cfg": ""},
			"systemd-boot", "/etc/kernel/cmdline", "root", statusKnown},
		{"proxmox-boot-tool on BIOS", map[string]string{uuids: "A\n", grub: "GRUB_CMDLINE_LINUX=\"root=ZFS=rpool\"\n", "boot/grub/grub.cfg": ""},
			"grub", "/etc/default/grub", "root", statusKnown},
		{"GRUB's defaults, in two files", map[string]string{grub: "GRUB_CMDLINE_LINUX_DEFAULT='quiet iommu=pt'\nGRUB_CMDLINE_LINUX=\"\"\n", grub + ".d/a.cfg": "GRUB_CMDLINE_LINUX=late\n"},
			"grub", "/etc/default/grub", "quiet", statusKnown},
		{"no trace of a loader", map[string]string{"proc/cmdline": "root=a\n"}, "", "/proc/cmdline", "root", statusPartial},
		{"no command line", map[string]string{"boot/grub/grub.cfg": ""}, "", "", "", statusUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, c.tree))
			boot := s.System.Boot
			if boot.Loader != c.loader {
				t.Errorf("loader %q, want %q", boot.Loader, c.loader)
			}
			if c.first != "" && (len(boot.KernelParameters) == 0 || boot.KernelParameters[0].Key != c.first || boot.KernelParameters[0].Source != c.source) {
				t.Errorf("parameters %+v, want %s of %s", boot.KernelParameters, c.first, c.source)
			}
			if a := areaOf(t, s, "system.boot"); a.Status != c.status {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestVariableOf(t *testing.T) {
	const file = "#A=0\nA=1\n  A = \"2 3\" # comment\nB='x\"y'\nC=\nLONGA=5\n"
	for name, want := range map[string]string{"A": "2 3", "B": `x"y`, "C": "", "D": ""} {
		if got := variableOf([]byte(file), name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
