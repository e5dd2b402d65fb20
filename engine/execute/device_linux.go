package execute

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

const (
	// deviceTimeout is how long a device may take to appear: udev makes its names a moment after the kernel knows it.
	deviceTimeout = 20 * time.Second
	devicePoll    = 50 * time.Millisecond
)

// awaitDevice waits until a device has its name.
func awaitDevice(name string) error {
	for end := time.Now().Add(deviceTimeout); ; time.Sleep(devicePoll) {
		_, err := os.Stat(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("%w, after %s", err, deviceTimeout)
		}
	}
}

// superblocks are the file systems that are told by what is on a device. The first sector of FAT is a boot sector and
// says little, so it comes last.
var superblocks = []struct {
	name  string
	at    int
	magic []byte
	// options are those that the file system needs of its own.
	options []string
}{
	{"ext4", 0x438, []byte{0x53, 0xef}, nil},             // linux/Documentation/filesystems/ext4/super.rst
	{"btrfs", 0x10040, []byte("_BHRfS_M"), nil},          // btrfs.readthedocs.io, On-disk format
	{"vfat", 82, []byte("FAT32   "), []string{ownAlone}}, // Microsoft, FAT: General Overview of On-Disk Format
	{"vfat", 54, []byte("FAT16   "), []string{ownAlone}},
	{"vfat", 54, []byte("FAT12   "), []string{ownAlone}},
}

// ownAlone keeps others away from a file system that knows no owners.
const ownAlone = "umask=0077"

// probeBytes is how much of a device the superblocks are in.
const probeBytes = 0x10048

// probe says what file system is on a device, and what options it needs.
func probe(device string) (fstype string, options []string, err error) {
	f, err := os.Open(device)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	return superblock(f)
}

func superblock(r io.Reader) (fstype string, options []string, err error) {
	head := make([]byte, probeBytes)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", nil, err
	}
	for _, s := range superblocks {
		if end := s.at + len(s.magic); end <= n && bytes.Equal(head[s.at:end], s.magic) {
			return s.name, s.options, nil
		}
	}
	return "", nil, errors.New("no file system is found on it that an ESP can have")
}
