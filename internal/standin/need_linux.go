package standin

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// Tools are the programs that a stand-in host needs, by the Debian package that has them.
var tools = map[string]string{
	"mmdebstrap":     "mmdebstrap",
	"systemd-nspawn": "systemd-container",
	"nsenter":        "util-linux",
	"strace":         "strace",
}

var installOnce = sync.OnceValue(install)

// Need makes sure that stand-in hosts can be run: as root, with the tools
// installed. Where that is not so the test is skipped, and says why; where CI is
// set it fails, because there a test that did not run is a test that is not there.
func Need(t testing.TB) {
	t.Helper()
	reason := ""
	switch {
	case testing.Short():
		t.Skip("a stand-in host takes longer than -short allows")
	case os.Getuid() != 0:
		reason = "a stand-in host needs root"
	default:
		if err := installOnce(); err != nil {
			reason = err.Error()
		}
	}
	if reason == "" {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// install installs the tools that are missing.
func install() error {
	var packages, missing []string
	for tool, pkg := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			missing = append(missing, tool)
			packages = append(packages, pkg)
		}
	}
	if len(packages) == 0 {
		return nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("%s: not installed, and there is no apt-get to install it", strings.Join(missing, ", "))
	}
	for _, args := range [][]string{
		{"update", "-q"},
		append([]string{"install", "-q", "-y", "--no-install-recommends"}, packages...),
	} {
		cmd := exec.Command("apt-get", args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w: %s", args[0], err, lastLine(out))
		}
	}
	return nil
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}
