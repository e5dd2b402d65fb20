// Command firststage is the first process of a machine whose initial RAM disk is
// laid out as that of NixOS, with /lib as a link into the store: it says on the
// console what the modules of the kernel that runs are there, and loads them.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/execute/modules"
)

func main() {
	if err := say(); err != nil {
		fmt.Println("[firststage] failed:", err)
	}
	fmt.Println("[firststage] end")
	_ = unix.Reboot(unix.LINUX_REBOOT_CMD_RESTART)
}

func say() error {
	target, err := os.Readlink("/lib")
	if err != nil {
		return err
	}
	fmt.Println("[firststage] /lib is", target)
	var name unix.Utsname
	if err := unix.Uname(&name); err != nil {
		return err
	}
	dir := filepath.Join("/lib/modules", unix.ByteSliceToString(name.Release[:]))
	if _, err := modules.Read(dir, os.ReadFile); err != nil {
		return err
	}
	var files []string
	err = filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err == nil && strings.Contains(d.Name(), ".ko") {
			files = append(files, at)
		}
		return err
	})
	for progress := true; progress && len(files) > 0; { // in whatever order they can
		progress = false
		var left []string
		for _, file := range files {
			if err := load(file); err != nil {
				left = append(left, file)
				continue
			}
			progress = true
			fmt.Println("[firststage] loaded", modules.Name(file))
		}
		files = left
	}
	for _, file := range files {
		err = errors.Join(err, fmt.Errorf("%s: %w", file, load(file)))
	}
	return err
}

// load loads a module, compressed or not.
func load(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	flags := 0
	if !strings.HasSuffix(file, ".ko") {
		flags = unix.MODULE_INIT_COMPRESSED_FILE
	}
	return errors.Join(unix.FinitModule(int(f.Fd()), "", flags), f.Close())
}
