package rig

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// packages are the packages of Debian that have the programs and files which this package runs.
var packages = map[string]string{
	"qemu-system-x86_64": "qemu-system-x86", "grub-mkimage": "grub-common", "/etc/grub.d/41_custom": "grub-common",
	grubModules + "/boot.img": "grub-pc-bin", grubEFIModules + "/kernel.img": "grub-efi-amd64-bin", "mkfs.btrfs": "btrfs-progs", "mcopy": "mtools", "mkfs.vfat": "dosfstools", "sfdisk": "fdisk", "lvm": "lvm2",
	"mke2fs": "e2fsprogs", "losetup": "mount", "mmdebstrap": "mmdebstrap",
	ovmfCode: "ovmf", ovmfVariables: "ovmf", efiStubs + "/linuxx64.efi.stub": "systemd-boot-efi", efiStubs + "/systemd-bootx64.efi": "systemd-boot-efi",
}

// Need makes sure that machines can be built and started. Where that is not so the
// test is skipped, and says why; where CI is set it fails: a test that did not run
// is a test that is not there.
func Need(t testing.TB) {
	t.Helper()
	testhosts.Whole(t)
	var reason string
	if os.Getuid() != 0 {
		reason = "a disk with logical volumes needs root"
	}
	for name, pkg := range packages {
		if _, err := exec.LookPath(name); err != nil && !isFile(name) {
			reason = fmt.Sprintf("%s is not installed (Debian: %s)", name, pkg)
		}
	}
	switch {
	case reason == "":
	case os.Getenv("CI") == "true":
		t.Fatal(reason)
	default:
		t.Skip(reason)
	}
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// commandTimeout bounds a program that builds a part of a disk.
const commandTimeout = 2 * time.Minute

// command runs a program and returns what it wrote to stdout.
func command(name string, args ...string) (string, error) { return commandWith(nil, name, args...) }

func commandWith(input []byte, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), commandTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "MTOOLS_SKIP_CHECK=1", "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	cmd.Stdin = bytes.NewReader(input)
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(errors.String()))
	}
	return out.String(), nil
}
