package systemd

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// endings are the options of units with how the names of those end.
var endings = map[string]string{
	"services": ".service", "timers": ".timer", "sockets": ".socket", "paths": ".path",
	"targets": ".target", "slices": ".slice",
}

// Named are the units among texts that options of a host are about, sorted.
func Named(options []evaluate.Leaf, texts map[string]string) []string {
	var out []string
	for _, o := range options {
		if len(o.Option) < 3 || o.Option[0] != "systemd" || endings[o.Option[1]] == "" {
			continue
		}
		name := o.Option[2] + endings[o.Option[1]]
		if texts[name] != "" && !strings.Contains(name, "/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// absent is said of what is not on this machine: programs of the store, and the part of a unit that a package brings.
// A unit of the host that runs as nobody did so before, and systemd said the same of it there, as of KillMode=none, which
// units of Ceph and of proxmox-nixos have.
var absent = regexp.MustCompile(`Special user nobody configured|Unit uses KillMode=none|is not executable: No such file or directory|Service has no ExecStart=, ExecStop=, or SuccessAction=|has a bad unit file setting|Unit has no Listen setting|^Failed to (add|create) .*: Unit .* not found`)

// Units gives texts of units by name to systemd-analyze and returns what it says of those that are named, sorted.
func Units(ctx context.Context, texts map[string]string, named []string) ([]string, error) {
	if len(named) == 0 {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "units")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	args := []string{"verify", "--man=no", "--recursive-errors=no"}
	for name, text := range texts {
		if strings.Contains(name, "/") {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	for _, name := range named {
		args = append(args, filepath.Join(dir, name))
	}
	cmd := exec.CommandContext(ctx, "systemd-analyze", args...)
	// units of the machine stand in for those that NixOS takes from systemd
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "SYSTEMD_UNIT_PATH=" + dir + ":", "SYSTEMD_LOG_COLOR=0"}
	out, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return nil, err
	}
	var said []string
	for line := range strings.Lines(string(out)) {
		line = strings.ReplaceAll(strings.TrimSpace(line), dir+"/", "")
		about := slices.ContainsFunc(named, func(name string) bool {
			return strings.HasPrefix(line, name+":") || strings.Contains(line, "Unit "+name)
		})
		if about && !absent.MatchString(line) {
			said = append(said, line)
		}
	}
	slices.Sort(said)
	return slices.Compact(said), nil
}
