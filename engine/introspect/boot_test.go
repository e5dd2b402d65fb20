package introspect

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func TestBootLoaderAndKernelParameters(t *testing.T) {
	const uuids, cmdline, grub = "etc/kernel/proxmox-boot-uuids", "etc/kernel/cmdline", "etc/default/grub"
	efi := func(more map[string]string) map[string]string {
		tree := map[string]string{uuids: "A\n", cmdline: "root=ZFS=rpool/ROOT/pve-1 boot=zfs\n", "boot/grub/grub.cfg": "",
			"etc/default/grub": "GRUB_CMDLINE_LINUX_DEFAULT=quiet\n", efiVar("SecureBoot"): efiValue("\x00")}
		maps.Copy(tree, more)
		return tree
	}
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
		{"systemd-boot leaves a variable", map[string]string{"proc/cmdline": "root=a\n", "boot/grub/grub.cfg": "",
			loaderVar("LoaderInfo"): efiValue(utf16LE("systemd-boot 252.30-1~deb12u2\x00"))},
			"systemd-boot", "/proc/cmdline", "root", statusKnown},
		{"GRUB leaves the same variable since 2.12", map[string]string{"proc/cmdline": "root=a\n",
			loaderVar("LoaderInfo"): efiValue(utf16LE("GRUB 2.12-9+pmx2\x00"))},
			"grub", "/proc/cmdline", "root", statusKnown},
		{"proxmox-boot-tool on UEFI", efi(nil), "systemd-boot", "/etc/kernel/cmdline", "root", statusKnown},
		{"proxmox-boot-tool uses GRUB under Secure Boot, and the other file is there all the same",
			efi(map[string]string{efiVar("SecureBoot"): efiValue("\x01")}), "grub", "/etc/default/grub", "quiet", statusKnown},
		{"GRUB was started by the firmware", efi(map[string]string{efiVar("BootCurrent"): efiValue("\x03\x00"), efiVar("Boot0003"): efiValue(loadOption("proxmox", `\EFI\proxmox\grubx64.efi`))}),
			"grub", "/etc/default/grub", "quiet", statusKnown},
		{"systemd-boot comes first in the firmware", efi(map[string]string{efiVar("BootOrder"): efiValue("\x0a\x00\x03\x00"), efiVar("Boot000A"): efiValue(loadOption("Linux Boot Manager", `\EFI\systemd\systemd-bootx64.efi`))}),
			"systemd-boot", "/etc/kernel/cmdline", "root", statusKnown},
		{"GRUB lies on the mounted system partition", efi(map[string]string{"boot/efi/EFI/proxmox/grubx64.efi": "MZ"}), "grub", "/etc/default/grub", "quiet", statusKnown},
		{"a kernel is pinned for GRUB", efi(map[string]string{"etc/default/grub.d/proxmox-kernel-pin.cfg": "GRUB_DEFAULT=x\n"}), "grub", "/etc/default/grub", "quiet", statusKnown},
		{"proxmox-boot-tool without UEFI", map[string]string{uuids: "A\n", cmdline: "root=ZFS=rpool/ROOT/pve-1\n", grub: "GRUB_CMDLINE_LINUX=quiet\n", "sys/firmware/memmap/0/type": ""},
			"grub", "/etc/default/grub", "quiet", statusKnown},
		{"proxmox-boot-tool with GRUB, by its package", map[string]string{uuids: "A\n", cmdline: "root=a\n", grub: "GRUB_CMDLINE_LINUX=quiet\n",
			"var/lib/dpkg/status": "Package: proxmox-secure-boot-support\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n"},
			"grub", "/etc/default/grub", "quiet", statusKnown},
		{"files alone do not tell which loader proxmox-boot-tool uses", map[string]string{uuids: "A\n", cmdline: "root=ZFS=rpool/ROOT/pve-1\n", grub: "GRUB_CMDLINE_LINUX=quiet\n", "boot/grub/grub.cfg": ""},
			"", "/etc/kernel/cmdline", "root", statusPartial},
		{"a copy of what older hosts of proxmox-boot-tool have", map[string]string{uuids: "A\n", grub: "GRUB_CMDLINE_LINUX=\"root=ZFS=rpool\"\n", "boot/grub/grub.cfg": ""},
			"grub", "/etc/default/grub", "root", statusKnown},
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
			assertProblemsExplainAreas(t, s)
		})
	}
}

func TestCommandLineOfGRUBIsThatOfOneScript(t *testing.T) {
	const all, normal = "GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"both variables", map[string]string{"": normal + "='quiet iommu=pt'\n" + all + "=\"nomodeset\"\n"}, "nomodeset quiet iommu=pt"},
		{"a later file replaces", map[string]string{"": normal + "=quiet\n" + all + "=early\n", "a.cfg": all + "=late\n"}, "late quiet"},
		{"a later file empties", map[string]string{"": normal + "=quiet\n", "a.cfg": normal + "=\n"}, ""},
		{"a later file adds, as the installer's for ZFS", map[string]string{"": normal + "=quiet\n" + all + "=x\n", "zfs.cfg": all + "=\"$" + all + " root=ZFS=rpool/ROOT/pve-1 boot=zfs\"\n"},
			"x root=ZFS=rpool/ROOT/pve-1 boot=zfs quiet"},
		{"names in braces, and one that begins another", map[string]string{"": normal + "=quiet\n" + all + "=x\n", "b.cfg": normal + "=\"${" + normal + "} splash $" + normal + "\"\n"}, "x quiet splash quiet"},
		{"what is no .cfg is not read", map[string]string{"": all + "=x\n", "b.cfg.dpkg-old": all + "=y\n"}, "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := map[string]string{}
			for name, text := range c.files {
				if name != "" {
					name = ".d/" + name
				}
				tree["etc/default/grub"+name] = text
			}
			var words []string
			for _, p := range captureTree(t, writeTree(t, tree)).System.Boot.KernelParameters {
				words = append(words, strings.TrimSuffix(p.Key+"="+*p.Value, "="))
			}
			if got := strings.Join(words, " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPinnedKernels(t *testing.T) {
	tree := map[string]string{"proc/cmdline": "BOOT_IMAGE=/v\n", "etc/kernel/proxmox-boot-pin": "6.8.12-9-pve\nmore\n", "etc/kernel/next-boot-pin": "6.14.8-2-pve"}
	boot := captureTree(t, writeTree(t, tree)).System.Boot
	if boot.PinnedKernel != "6.8.12-9-pve" || boot.NextKernel != "6.14.8-2-pve" {
		t.Errorf("pinned %q, next %q", boot.PinnedKernel, boot.NextKernel)
	}
	if boot := captureTree(t, writeTree(t, map[string]string{"proc/cmdline": "BOOT_IMAGE=/v\n"})).System.Boot; boot.PinnedKernel+boot.NextKernel != "" {
		t.Errorf("without a pin: %q %q", boot.PinnedKernel, boot.NextKernel)
	}
}

func TestInitrdGenerator(t *testing.T) {
	status := func(name, state string) string {
		return "Package: " + name + "\nStatus: install ok " + state + "\nVersion: 1\nArchitecture: all\n\n"
	}
	const dracut, tools, file = "etc/dracut.conf", "etc/initramfs-tools/initramfs.conf", "var/lib/dpkg/status"
	for _, c := range []struct {
		name string
		tree map[string]string
		want string
	}{
		{"by package", map[string]string{file: status("initramfs-tools", "installed")}, "initramfs-tools"},
		{"configuration that stayed behind does not count", map[string]string{file: status("initramfs-tools", "config-files") + status("dracut", "installed"), tools: ""}, "dracut"},
		{"by configuration where no packages are known", map[string]string{tools: ""}, "initramfs-tools"},
		{"dracut by configuration", map[string]string{dracut: ""}, "dracut"},
		{"neither", nil, ""},
	} {
		if got := captureTree(t, writeTree(t, c.tree)).System.Boot.Initrd; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEntriesOfSystemdBoot(t *testing.T) {
	const entry = "title    Proxmox Virtual Environment\nversion  6.17.2-1-pve\noptions  root=ZFS=rpool token=SECRETMUSTNOTLEAVETHISHOST\nlinux    /EFI/proxmox/6.17.2-1-pve/vmlinuz-6.17.2-1-pve\ninitrd   /EFI/proxmox/6.17.2-1-pve/initrd.img-6.17.2-1-pve\n"
	const mount = "36 1 8:2 / /mnt/esp rw,relatime - vfat /dev/sda2 rw\n"
	const uuids = "etc/kernel/proxmox-boot-uuids"
	systemd := map[string]string{"proc/cmdline": "initrd=\\EFI\\x root=a\n"}
	for _, c := range []struct {
		name    string
		tree    map[string]string
		sources []string
		choice  string
		status  string
	}{
		{"on the usual mount point", map[string]string{"boot/efi/loader/entries/a.conf": entry, "boot/efi/loader/entries/a.conf.bak": entry, "boot/efi/loader/loader.conf": "timeout 3\ndefault proxmox-*\n"},
			[]string{"/boot/efi/loader/entries/a.conf"}, "proxmox-*", statusKnown},
		{"wherever a FAT is mounted", map[string]string{"proc/1/mountinfo": mount, "mnt/esp/loader/entries/b.conf": entry, "mnt/esp/loader/entries/a.conf": entry},
			[]string{"/mnt/esp/loader/entries/a.conf", "/mnt/esp/loader/entries/b.conf"}, "", statusKnown},
		{"not where no FAT is mounted", map[string]string{"mnt/esp/loader/entries/b.conf": entry}, nil, "", statusUnknown},
		{"GRUB has none", map[string]string{"proc/cmdline": "BOOT_IMAGE=/v\n"}, nil, "", statusKnown},
		{"partitions of proxmox-boot-tool are not mounted", map[string]string{uuids: "A\n", "proc/cmdline": systemd["proc/cmdline"]}, nil, "", statusUnknown},
		{"systemd-boot without a mounted partition", systemd, nil, "", statusUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, c.tree))
			var sources []string
			for _, e := range s.System.Boot.Entries {
				sources = append(sources, e.Source)
				want := snapshot.LoaderEntry{Title: "Proxmox Virtual Environment", Version: "6.17.2-1-pve", Kernel: "/EFI/proxmox/6.17.2-1-pve/vmlinuz-6.17.2-1-pve",
					Initrd: "/EFI/proxmox/6.17.2-1-pve/initrd.img-6.17.2-1-pve", Source: e.Source}
				if e != want {
					t.Errorf("%+v", e)
				}
			}
			if !slices.Equal(sources, c.sources) || s.System.Boot.LoaderDefault != c.choice {
				t.Errorf("entries %v, default %q", sources, s.System.Boot.LoaderDefault)
			}
			if a := areaOf(t, s, "system.boot.entries"); a.Status != c.status {
				t.Errorf("%+v", a)
			}
			if strings.Contains(string(encode(t, s)), "SECRETMUSTNOTLEAVETHISHOST") {
				t.Error("the command line of an entry came out")
			}
			assertProblemsExplainAreas(t, s)
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
	for name, want := range map[string]bool{"C": true, "D": false} {
		if _, assigned := assignmentOf([]byte(file), name); assigned != want {
			t.Errorf("%s assigned: %t", name, assigned)
		}
	}
}
