package rig

import (
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cavaliergopher/cpio"

	"github.com/pve2nix/pve2nix/engine/execute/modules"
)

// A kernel finds its modules although the initial RAM disk is one of another kernel's: the archive is unpacked through the link that NixOS has for /lib.
func TestVMKernelModules(t *testing.T) {
	NeedVMs(t, true)
	dir := t.TempDir()
	tar, err := debianTar()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := command("tar", "-C", dir, "--wildcards", "-xpf", tar, "./boot/vmlinuz-*", "./usr/lib/modules/*"); err != nil {
		t.Fatal(err)
	}
	kernels, err := filepath.Glob(filepath.Join(dir, "boot/vmlinuz-*"))
	if err != nil || len(kernels) != 1 {
		t.Fatalf("%d kernels, %v", len(kernels), err)
	}
	_, version, _ := strings.Cut(filepath.Base(kernels[0]), "-")
	tree := filepath.Join(dir, "usr/lib/modules", version)
	index, err := modules.Read(tree, os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	// What needs much, by modules.dep and by an alias; whole kernels that have them built in have nothing to show here.
	names := index.Closure([]string{"btrfs", "dm-thin-pool", "virtio_blk"})
	if len(names) < 5 {
		t.Fatalf("the modules are %v", names)
	}
	disk, err := os.Create(filepath.Join(dir, "initrd"))
	if err != nil {
		t.Fatal(err)
	}
	if err := standInInitrd(disk, filepath.Join(dir, "init")); err != nil {
		t.Fatal(err)
	}
	with := append(slices.Clone(names), "modules.alias", "modules.dep", "modules.softdep")
	err = modules.Pack(disk, "/lib/modules/"+version, with, func(name string) (modules.File, error) { return os.Open(filepath.Join(tree, name)) })
	if err != nil {
		t.Fatal(err)
	}
	if err := disk.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-m", "512", "-nographic", "-no-reboot", "-net", "none",
		"-kernel", kernels[0], "-initrd", disk.Name(), "-append", "console=ttyS0 panic=-1 quiet").CombinedOutput()
	console := string(out)
	if err != nil || !strings.Contains(console, "[firststage] end") {
		t.Fatalf("%v\n%s", err, tidy(console))
	}
	if !strings.Contains(console, "[firststage] /lib is "+standInLib) || strings.Contains(console, "[firststage] failed") {
		t.Errorf("the link, or a module:\n%s", tidy(console))
	}
	for _, file := range names {
		if !strings.Contains(console, "[firststage] loaded "+modules.Name(file)+"\r\n") {
			t.Errorf("%s is not loaded:\n%s", file, tidy(console))
		}
	}
}

// standInLib is where the initial RAM disk of NixOS has its modules.
const standInLib = "/nix/store/00000000000000000000000000000008-linux-standin-modules-shrunk/lib"

// standInInitrd writes an initial RAM disk that is laid out as that of NixOS, and has modules of another kernel.
func standInInitrd(w io.Writer, program string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, "./firststage")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return &fs.PathError{Op: "go build", Path: string(out), Err: err}
	}
	init, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	var files []cpioFile
	at := ""
	for part := range strings.SplitSeq(strings.TrimPrefix(standInLib, "/")+"/modules/6.12.0-standin", "/") {
		at = strings.TrimPrefix(at+"/"+part, "/")
		files = append(files, cpioFile{at, cpio.TypeDir | 0o755, ""})
	}
	return writeCPIO(w, append(files,
		cpioFile{"lib", cpio.TypeSymlink | 0o777, standInLib},
		cpioFile{at + "/modules.dep", cpio.TypeReg | 0o644, "\n"},
		cpioFile{"init", cpio.TypeReg | 0o755, string(init)},
	)...)
}
