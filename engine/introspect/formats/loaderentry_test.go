package formats

import (
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func TestLoaderEntry(t *testing.T) {
	const file = "/efi/loader/entries/a.conf"
	for _, c := range []struct {
		name, text string
		want       snapshot.LoaderEntry
	}{
		{"of proxmox-boot-tool", "title    Proxmox Virtual Environment\nversion  6.8.12-9-pve\noptions  root=ZFS=rpool/ROOT/pve-1 boot=zfs\nlinux    /EFI/proxmox/6.8.12-9-pve/vmlinuz-6.8.12-9-pve\ninitrd   /EFI/proxmox/6.8.12-9-pve/initrd.img-6.8.12-9-pve\n",
			snapshot.LoaderEntry{Title: "Proxmox Virtual Environment", Version: "6.8.12-9-pve", Kernel: "/EFI/proxmox/6.8.12-9-pve/vmlinuz-6.8.12-9-pve", Initrd: "/EFI/proxmox/6.8.12-9-pve/initrd.img-6.8.12-9-pve"}},
		{"several RAM disks, comments, tabs, CR LF", "# a\n\ttitle\tDebian\r\n#title x\ninitrd /ucode.img\ninitrd /initrd\n", snapshot.LoaderEntry{Title: "Debian", Initrd: "/ucode.img /initrd"}},
		{"a program", "title Memtest\nefi /memtest.efi", snapshot.LoaderEntry{Title: "Memtest", Kernel: "/memtest.efi"}},
		{"keys without a value", "title\nlinux \n", snapshot.LoaderEntry{}},
	} {
		c.want.Source = file
		if got := LoaderEntry(file, []byte(c.text)); got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestLoaderDefault(t *testing.T) {
	for text, want := range map[string]string{"timeout 3\ndefault proxmox-*\n": "proxmox-*", "#default a\n": "", "default a\ndefault proxmox-6.8.12-9-pve.conf": "proxmox-6.8.12-9-pve.conf", "": ""} {
		if got := LoaderDefault([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzLoaderEntry(f *testing.F) {
	f.Add([]byte("title a\nversion 1\nlinux /x\ninitrd /y\ninitrd /z\noptions root=a\n"))
	f.Add([]byte("default *\n#\r\n\x00 \xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := append([]byte("options password="+planted+"\n"), data...)
		entry := LoaderEntry(fuzzPath, text)
		facts(t, fuzzPath, countLines(text), entry)
		hidden(t, entry)
		if strings.Contains(LoaderDefault(data), "\n") || len(entry.Title)+len(entry.Initrd) > 3*len(data) {
			t.Fatalf("%+v", entry)
		}
	})
}
