package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// LoaderEntry reads an entry of systemd-boot, as the Boot Loader Specification has it: a key, blanks, a value. The
// command line of the kernel is left out: it may hold secrets, and that of the running kernel is taken elsewhere.
func LoaderEntry(filePath string, data []byte) snapshot.LoaderEntry {
	entry := snapshot.LoaderEntry{Source: filePath}
	var initrds []string
	for key, value := range loaderLines(data) {
		switch key {
		case "title":
			entry.Title = value
		case "version":
			entry.Version = value
		case "linux", "efi", "uki":
			entry.Kernel = value
		case "initrd":
			initrds = append(initrds, value)
		}
	}
	entry.Initrd = strings.Join(initrds, " ")
	return entry
}

// LoaderDefault finds the pattern of the entry that loader.conf of systemd-boot makes the default; the last counts.
func LoaderDefault(data []byte) string {
	found := ""
	for key, value := range loaderLines(data) {
		if key == "default" {
			found = value
		}
	}
	return found
}

// loaderLines are the keys and values of a file of systemd-boot.
func loaderLines(data []byte) func(yield func(key, value string) bool) {
	return func(yield func(key, value string) bool) {
		lines, _ := splitLines(data)
		for _, l := range lines {
			key, value := cutWord(l.text)
			if key == "" || strings.HasPrefix(key, "#") || value == "" {
				continue
			}
			if !yield(key, value) {
				return
			}
		}
	}
}
