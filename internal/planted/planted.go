// Package planted makes hosts that hold a secret in every place where one is known
// to stand, so that tests can look for it where it must not be. Only tests use it.
package planted

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"
)

// Marker is in every planted secret, and in the secrets of the golden hosts.
const Marker = "SECRETMUSTNOTLEAVETHISHOST"

//go:embed planted.txtar
var archive []byte

// Secrets are the planted secrets, each with the path:line that it stands at.
type Secrets map[string]string

// Files are the files of a host by their path without the leading slash, each secret with a text of its own.
func Files() (files map[string]string, secrets Secrets) {
	files, secrets = map[string]string{}, Secrets{}
	for _, file := range txtar.Parse(archive).Files {
		text := string(file.Data)
		for strings.Contains(text, "%s") {
			secret := fmt.Sprintf("CANARY%d%s", len(secrets), Marker)
			before, _, _ := strings.Cut(text, "%s")
			secrets[secret] = fmt.Sprintf("%s:%d", file.Name, strings.Count(before, "\n")+1)
			text = strings.Replace(text, "%s", secret, 1)
		}
		files[file.Name] = text
	}
	return files, secrets
}

// Plant writes the files below a directory, but for those that skip names.
func Plant(root string, skip func(name string) bool) (Secrets, error) {
	files, secrets := Files()
	for name, text := range files {
		if skip != nil && skip(name) {
			continue
		}
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return secrets, nil
}

// Leaks are the lines of a text that hold a secret, each with the place that the secret is from.
func (s Secrets) Leaks(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		before, _, found := strings.Cut(line, Marker)
		if !found {
			continue
		}
		place := "another host"
		if at := strings.LastIndex(before, "CANARY"); at >= 0 {
			place = s[before[at:]+Marker]
		}
		out = append(out, fmt.Sprintf("%s: %s", place, strings.TrimSpace(line)))
	}
	return out
}
