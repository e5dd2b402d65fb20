package rig

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/internal/standin"
)

// debianPackages are those of the Debian that stands in for PVE: a kernel, an initial RAM disk that finds a root on LVM, and what actuators call.
var debianPackages = []string{
	"systemd", "systemd-sysv", "dbus", "udev", "kmod", "util-linux", "e2fsprogs", "lvm2", "thin-provisioning-tools", "dmsetup", "btrfs-progs",
	"initramfs-tools", "linux-image-amd64", "zstd", "systemd-boot", "systemd-boot-efi",
}

// debianExcludes are files that no test needs: they would be most of the root.
var debianExcludes = []string{
	"/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/i18n/*", "/usr/share/zoneinfo/*", "/usr/lib/udev/hwdb.d/*",
	"/lib/modules/*/kernel/sound/*", "/lib/modules/*/kernel/net/*", "/lib/modules/*/kernel/drivers/gpu/*", "/lib/modules/*/kernel/drivers/media/*",
	"/lib/modules/*/kernel/drivers/net/*", "/lib/modules/*/kernel/drivers/infiniband/*", "/lib/modules/*/kernel/drivers/staging/*",
	"/lib/modules/*/kernel/drivers/iio/*", "/lib/modules/*/kernel/drivers/usb/*", "/lib/modules/*/kernel/drivers/scsi/*", "/lib/modules/*/kernel/drivers/hwmon/*",
}

// debianIncludes are files of those folders that are needed: the driver of the network card, and what it calls.
var debianIncludes = []string{
	"/lib/modules/*/kernel/drivers/net/virtio_net.ko", "/lib/modules/*/kernel/drivers/net/net_failover.ko", "/lib/modules/*/kernel/net/core/failover.ko",
}

// initrdFiles are laid into the root before its initial RAM disk is made. The same one starts the stand-in of NixOS.
var initrdFiles = map[string]string{
	// A RAM disk with these modules alone: it is read and unpacked in a machine that is slow.
	"/etc/initramfs-tools/conf.d/rig": "MODULES=list\nCOMPRESS=zstd\nRESUME=none\n",
	"/usr/share/initramfs-tools/modules.d/rig": "virtio_pci\nvirtio_blk\nvirtio_rng\nvirtio_net\next4\ncrc32c\ndm_mod\ndm_thin_pool\nbtrfs\ni6300esb\n" +
		"vfat\nnls_cp437\nnls_ascii\nefivarfs\n",
	// A NixOS makes these folders in the first stage; Debian's expects them.
	"/etc/initramfs-tools/scripts/local-bottom/rig": "#!/bin/sh\n[ \"$1\" != prereqs ] || exit 0\nmkdir -p \"$rootmnt/dev\" \"$rootmnt/proc\" \"$rootmnt/sys\" \"$rootmnt/run\" \"$rootmnt/tmp\"\n",
}

// cacheDir keeps what takes long to build: VM_CACHE, or a folder of the user's cache.
func cacheDir() (string, error) {
	if dir := os.Getenv("VM_CACHE"); dir != "" {
		return dir, os.MkdirAll(dir, 0o755)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "pve2nix")
	return dir, os.MkdirAll(dir, 0o755)
}

// debianTimeout bounds the making of the root: packages come over the net.
const debianTimeout = 10 * time.Minute

// debianTar is a tar file with the root of the stand-in, made once for a list of packages and sources.
func debianTar() (string, error) {
	dir, err := cacheDir()
	if err != nil {
		return "", err
	}
	sources, err := standin.Sources()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprint(sum, debianPackages, debianExcludes, debianIncludes, initrdFiles, sources)
	tar := filepath.Join(dir, "vm-"+standin.Suite+"-"+hex.EncodeToString(sum.Sum(nil)[:6])+".tar")
	if isFile(tar) {
		return tar, nil
	}
	work, err := os.MkdirTemp(dir, "make-vm-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	made := filepath.Join(work, "root.tar")
	if err := makeDebian(made, debianRecipe{packages: debianPackages, excludes: debianExcludes, includes: debianIncludes, files: initrdFiles, sources: sources, work: work, timeout: debianTimeout}); err != nil {
		return "", err
	}
	old, err := filepath.Glob(filepath.Join(dir, "vm-*.tar"))
	if err != nil {
		return "", err
	}
	for _, file := range old {
		if err := os.Remove(file); err != nil {
			return "", err
		}
	}
	return tar, os.Rename(made, tar)
}

// A debianRecipe is what a Debian is made of.
type debianRecipe struct {
	packages, excludes []string
	// includes are files that are laid down all the same.
	includes []string
	// files are laid in before the packages are configured.
	files map[string]string
	// sources are the lines of a sources.list.
	sources string
	// deb is a package of no source that others need; empty where there is none.
	deb string
	// work is a folder for what is needed meanwhile.
	work    string
	timeout time.Duration
}

// makeDebian makes a Debian: a tar file, or a folder where the name has no ending.
func makeDebian(to string, r debianRecipe) error {
	lay := filepath.Join(r.work, "lay")
	for name, text := range r.files {
		if err := writeNew(filepath.Join(lay, name), text, 0o755); err != nil {
			return err
		}
	}
	list := filepath.Join(r.work, "sources.list")
	if err := os.WriteFile(list, []byte(r.sources), 0o644); err != nil {
		return err
	}
	args := []string{"--quiet", "--mode=root", "--variant=minbase", "--include=" + strings.Join(r.packages, ",")}
	if len(r.files) > 0 {
		args = append(args, "--essential-hook=sync-in "+lay+" /")
	}
	if r.deb != "" {
		const at = "/rig.deb"
		args = append(args, "--essential-hook=upload "+r.deb+" "+at, `--essential-hook=chroot "$1" dpkg -i `+at, `--essential-hook=rm "$1"`+at)
	}
	for _, pattern := range r.excludes {
		args = append(args, "--dpkgopt=path-exclude="+pattern)
	}
	for _, pattern := range r.includes {
		args = append(args, "--dpkgopt=path-include="+pattern)
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "mmdebstrap", append(args, standin.Suite, to, list)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("mmdebstrap: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// writeNew writes a file and makes the folders above it.
func writeNew(name, text string, mode os.FileMode) error {
	return errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), mode))
}
