package formats

import (
	"fmt"
	"strings"
	"testing"
)

// statusFile is a dpkg status file of n packages with descriptions as long as real ones.
func statusFile(n int) []byte {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Package: package-%05d\nStatus: install ok installed\nPriority: optional\nSection: admin\nInstalled-Size: 1234\n"+
			"Maintainer: A Maintainer <a@example.org>\nArchitecture: amd64\nVersion: 1.2.%d-1\nDepends: libc6 (>= 2.36), libssl3, zlib1g\nConffiles:\n", i, i)
		for j := range 6 {
			fmt.Fprintf(&b, " /etc/package/file%d 0123456789abcdef0123456789abcdef\n", j)
		}
		b.WriteString("Description: a package\n" + strings.Repeat(" A line of the description of the package, as long as such lines are.\n", 12) + "Homepage: https://example.org/\n\n")
	}
	return []byte(b.String())
}

func BenchmarkDpkgStatus(b *testing.B) {
	status := statusFile(3000)
	states := []byte(strings.Repeat("Package: package-00001\nArchitecture: amd64\nAuto-Installed: 1\n\n", 2000))
	b.SetBytes(int64(len(status) + len(states)))
	for b.Loop() {
		if got := len(DpkgStatus(status, states)); got != 3000 {
			b.Fatal(got)
		}
	}
}

func BenchmarkInterfaces(b *testing.B) {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, "auto vmbr%d\niface vmbr%d inet static\n\taddress 10.0.%d.1/24\n\tbridge-ports eno1.%d\n\tbridge-stp off\n\tbridge-fd 0\n\tpost-up echo %d\n\n", i, i, i, i, i)
	}
	files := tree{files: map[string][]byte{interfacesFile: []byte(text.String())}}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if found, _, _, err := Interfaces(interfacesFile, files); err != nil || len(found) != 100 {
			b.Fatal(len(found), err)
		}
	}
}

func BenchmarkGuest(b *testing.B) {
	text := "#notes\nagent: 1\nbios: ovmf\nboot: order=scsi0;net0\ncores: 8\ncpu: host\nefidisk0: local-lvm:vm-100-disk-0,efitype=4m,size=4M\nmachine: q35\nmemory: 32768\n" +
		"meta: creation-qemu=9.0.2,ctime=1744641719\nname: web\nnet0: virtio=BC:24:11:9C:71:24,bridge=vmbr0,firewall=1\nnuma: 0\nonboot: 1\nostype: l26\n" +
		"scsi0: local-lvm:vm-100-disk-1,discard=on,iothread=1,size=250G,ssd=1\nscsihw: virtio-scsi-single\nsmbios1: uuid=9f52280f-7c1c-4de0-9a47-05a37afc91d0\nsockets: 1\ntags: a;b\nvmgenid: 364a7f02-5f26-4d99-9092-657a9934200a\n"
	data := []byte(text + "\n[before]\n" + text)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if g := Guest("/etc/pve/qemu-server/100.conf", "qemu", 100, "pve", true, data); len(g.Config) != 21 {
			b.Fatal(len(g.Config))
		}
	}
}
