// Package systemd asks systemd's own programs what they think of the files that a configuration comes to: what they do
// not know they only warn of, and leave out.
package systemd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// folder is where the programs look for files of the network.
const folder = "/etc/systemd/network/"

// read lets udev and systemd-networkd read a folder, in namespaces of their own: what networkd makes of it, it makes in
// a network that nobody is in.
const read = `set -e
mount -t sysfs -o ro none /sys
mount -t tmpfs none /etc/systemd
mkdir /etc/systemd/network
mount --bind "$1" /etc/systemd/network
mount -t tmpfs none /run
udevadm test-builtin net_setup_link /sys/class/net/lo >&2 || true
exec "$2"
`

// over is the last that networkd says of its files.
const over = "Enumeration completed"

// Daemon is the path of systemd-networkd, or the reason why it cannot be asked.
func Daemon() (string, error) {
	if os.Getuid() != 0 {
		return "", errors.New("only root can ask systemd-networkd")
	}
	for _, tool := range []string{"unshare", "udevadm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "", fmt.Errorf("%s is not installed", tool)
		}
	}
	for _, path := range []string{"/usr/lib/systemd/systemd-networkd", "/lib/systemd/systemd-networkd"} {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", errors.New("systemd-networkd is not installed (Debian: systemd)")
}

// Version is the number of the systemd that is installed.
func Version(ctx context.Context) (int, error) {
	out, err := exec.CommandContext(ctx, "udevadm", "--version").Output()
	if err != nil {
		return 0, err
	}
	number, _, _ := strings.Cut(strings.TrimSpace(string(out)), ".")
	return strconv.Atoi(number)
}

// Network gives .network, .netdev and .link files by name to the programs that read them, and returns what they
// complain of, one complaint a line, sorted.
func Network(ctx context.Context, files map[string]string) ([]string, error) {
	daemon, err := Daemon()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "networkd")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	// networkd runs as a user of its own
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", read, "sh", dir, daemon)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "SYSTEMD_LOG_TARGET=console", "SYSTEMD_LOG_LEVEL=info", "SYSTEMD_LOG_COLOR=0"}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	said, done := complaints(stderr)
	cancel()
	if err := cmd.Wait(); !done {
		return nil, fmt.Errorf("systemd-networkd: %w: %s", err, strings.Join(said, "; "))
	}
	version, err := Version(context.Background())
	return slices.DeleteFunc(said, func(line string) bool { return tooNew(line, version) }), err
}

// since are the keys that rules write and older versions of systemd do not know, with the version that brought them
// (systemd.network(5), systemd.exec(5)).
var since = map[string]int{
	"Network/IPv4Forwarding": 256,
	"Network/IPv6Forwarding": 256,
}

var unknownKey = regexp.MustCompile(`Unknown key '([A-Za-z0-9]+)' in section \[([A-Za-z0-9]+)\]`)

// tooNew is true of a complaint about a key that the systemd of this machine cannot know.
func tooNew(line string, version int) bool {
	key := unknownKey.FindStringSubmatch(line)
	return key != nil && since[key[2]+"/"+key[1]] > version
}

// usual is what the programs say of files that they take.
var usual = regexp.MustCompile(`Parsed configuration file|Device was already configured by|Configuring with`)

// complaints are the lines that speak of a file, up to the last that networkd says of files, and whether that came;
// where it did not, all lines.
func complaints(r io.Reader) (said []string, done bool) {
	var all []string
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == over {
			slices.Sort(said)
			return slices.Compact(said), true
		}
		all = append(all, line)
		if strings.Contains(line, folder) && !usual.MatchString(line) {
			said = append(said, strings.ReplaceAll(line, folder, ""))
		}
	}
	return all, false
}
