// Package picture says what a folder holds, so that it can be compared with what it held before.
package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Of is every file below a folder: kind, mode, owner, attributes, and the hash of the content.
func Of(root string) (map[string]string, error) {
	out := map[string]string{}
	return out, filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		line, err := lineOf(name, entry)
		if err == nil {
			out["/"+strings.TrimPrefix(strings.TrimPrefix(name, root), "/")] = line
		}
		return err
	})
}

func lineOf(name string, entry fs.DirEntry) (string, error) {
	info, err := entry.Info()
	if err != nil {
		return "", err
	}
	content := ""
	switch {
	case info.Mode().IsRegular():
		if content, err = Hash(name); err != nil {
			return "", err
		}
	case info.Mode()&fs.ModeSymlink != 0:
		if content, err = os.Readlink(name); err != nil {
			return "", err
		}
	}
	values, err := Attributes(name)
	if err != nil {
		return "", err
	}
	stat := info.Sys().(*syscall.Stat_t)
	return fmt.Sprintf("%s %d:%d %v %s", info.Mode(), stat.Uid, stat.Gid, values, content), nil
}

// Hash is the SHA-256 of a file or device.
func Hash(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Close())
}

// Attributes are the extended attributes of a file, name and value.
func Attributes(name string) (values []string, err error) {
	list := make([]byte, 4096)
	n, err := unix.Llistxattr(name, list)
	if err != nil && !errors.Is(err, unix.ENOTSUP) {
		return nil, err
	}
	for a := range bytes.SplitSeq(list[:max(n, 0)], []byte{0}) {
		if len(a) == 0 {
			continue
		}
		value := make([]byte, 4096)
		n, err := unix.Lgetxattr(name, string(a), value)
		if err != nil {
			return nil, err
		}
		values = append(values, fmt.Sprintf("%s=%x", a, value[:n]))
	}
	slices.Sort(values)
	return values, nil
}
