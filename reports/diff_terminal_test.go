package reports

import (
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// A snapshot is somebody else's text: none of it steers the terminal of whoever compares.
func TestDiffDoesNotSteerTerminals(t *testing.T) {
	const evil = "\x1b[2J"
	secret := map[string]any{"secret": true, "sha256_prefix": evil, "path": evil}
	text := Diff(&snapshot.Diff{
		Before: snapshot.Captured{File: evil, Host: evil, Time: evil}, After: snapshot.Captured{File: evil, Host: evil, Time: evil},
		Changes: []snapshot.Change{{Kind: "changed", Path: []string{"guests", evil}, Field: "secret", Before: secret, After: secret, Source: evil}},
	})
	if strings.ContainsRune(text, 0x1b) {
		t.Errorf("%q", text)
	}
}
