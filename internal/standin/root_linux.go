package standin

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// suite is the Debian release below Proxmox VE 8.
const suite = "bookworm"

// debianRoot is a root of Debian packages.
type debianRoot struct {
	// name begins the name of its file in the cache.
	name string
	// packages are what it has beyond mmdebstrap's minimum.
	packages []string
	// exclude are files that the packages bring and no test needs.
	exclude []string
}

// plainRoot has an init system, the bus and PackageKit, and what boots and looks around.
var plainRoot = debianRoot{name: "debian", packages: []string{
	"systemd", "systemd-sysv", "dbus", "polkitd", "packagekit", "apt",
	"iproute2", "kmod", "udev", "libpam-systemd", "procps",
}}

// defaultMirror is taken where the machine's own package sources know no Debian.
const defaultMirror = "deb http://deb.debian.org/debian " + suite + " main"

// make returns a tar file with the root, which is made once per machine, list of
// packages and package sources.
func (r debianRoot) make() (string, error) {
	sources, err := machineSources("/etc/apt")
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(strings.Join(slices.Concat(r.packages, r.exclude), " ") + "\n" + sources))
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "pve2nix")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	tar := filepath.Join(dir, r.name+"-"+suite+"-"+hex.EncodeToString(sum[:6])+".tar")
	if _, err := os.Stat(tar); err == nil {
		return tar, nil
	}
	work, err := os.MkdirTemp(dir, "make-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	list := filepath.Join(work, "sources.list")
	if err := os.WriteFile(list, []byte(sources), 0o644); err != nil {
		return "", err
	}
	made := filepath.Join(work, "root.tar")
	args := []string{"--quiet", "--mode=root", "--variant=minbase", "--include=" + strings.Join(r.packages, ",")}
	for _, pattern := range r.exclude {
		args = append(args, "--dpkgopt=path-exclude="+pattern)
	}
	cmd := exec.Command("mmdebstrap", append(args, suite, made, list)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("mmdebstrap: %w: %s", err, bytes.TrimSpace(out))
	}
	// One root is enough: those of other sources have served their time.
	old, err := filepath.Glob(filepath.Join(dir, r.name+"-*.tar"))
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

// machineSources are the lines of the machine's own package sources that are about
// the suite, so that the test uses the mirror that the machine uses.
func machineSources(apt string) (string, error) {
	files, err := filepath.Glob(filepath.Join(apt, "sources.list.d", "*"))
	if err != nil {
		return "", err
	}
	var lines []string
	for _, file := range append(files, filepath.Join(apt, "sources.list")) {
		data, err := os.ReadFile(file)
		switch {
		case os.IsNotExist(err):
			continue
		case err != nil:
			return "", err
		case strings.HasSuffix(file, ".sources"):
			lines = append(lines, fromDeb822(string(data))...)
		case strings.HasSuffix(file, ".list"):
			lines = append(lines, fromOneLine(string(data))...)
		}
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, " "+suite+" ") }) {
		lines = append(lines, defaultMirror)
	}
	return strings.Join(lines, "\n") + "\n", nil
}

func ofSuite(name string) bool {
	return name == suite || name == suite+"-updates" || name == suite+"-security"
}

func fromOneLine(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) > 0 && fields[0] == "deb" && slices.ContainsFunc(fields, ofSuite) && slices.Contains(fields, "main") {
			out = append(out, strings.Join(fields, " "))
		}
	}
	return out
}

// fromDeb822 turns the stanzas about the suite into single lines.
func fromDeb822(text string) []string {
	var out []string
	fields := map[string]string{}
	flush := func() {
		if fields["enabled"] != "no" && slices.Contains(strings.Fields(fields["types"]), "deb") &&
			slices.Contains(strings.Fields(fields["components"]), "main") {
			for _, uri := range strings.Fields(fields["uris"]) {
				for _, name := range strings.Fields(fields["suites"]) {
					option := ""
					if key := fields["signed-by"]; strings.HasPrefix(key, "/") {
						option = "[signed-by=" + key + "] "
					}
					if ofSuite(name) {
						out = append(out, "deb "+option+uri+" "+name+" main")
					}
				}
			}
		}
		fields = map[string]string{}
	}
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		line := scanner.Text()
		if strings.TrimSpace(line) == "" {
			flush()
			continue
		}
		if key, value, found := strings.Cut(line, ":"); found && !strings.HasPrefix(line, "#") {
			fields[strings.ToLower(key)] = strings.ToLower(strings.TrimSpace(value))
			if strings.EqualFold(key, "URIs") || strings.EqualFold(key, "Signed-By") {
				fields[strings.ToLower(key)] = strings.TrimSpace(value)
			}
		}
	}
	flush()
	return out
}
