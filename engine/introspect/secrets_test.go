package introspect

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/internal/planted"
)

// marker is in every secret of the golden hosts.
const marker = planted.Marker

// Whatever is in the files of a host, no secret is in the snapshot or in the log,
// and the digest of no file that holds one.
func TestSecretsStayOnTheHost(t *testing.T) {
	root := t.TempDir()
	secrets, err := planted.Plant(root, nil)
	if err != nil || len(secrets) < 200 {
		t.Fatalf("%d secrets are planted, error %v", len(secrets), err)
	}
	var log bytes.Buffer
	s, err := Capture(context.Background(), Options{
		Root: root, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) },
		Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	document := encode(t, s)
	for name, text := range map[string]string{"snapshot": string(document), "log": log.String()} {
		for _, leak := range secrets.Leaks(text) {
			t.Errorf("the %s tells the secret of %s", name, leak)
		}
	}
	if log.Len() == 0 {
		t.Error("nothing was logged, so the log was not tested")
	}
	files, _ := planted.Files()
	for _, file := range s.Files {
		holds := strings.Contains(files[strings.TrimPrefix(file.Path, "/")], marker)
		// What somebody calls a password in a comment only a reader would know.
		if holds && file.SHA256 != "" && file.Path != "/etc/pve/firewall/cluster.fw" {
			t.Errorf("the digest of %s, which holds a secret, is in the snapshot", file.Path)
		}
	}
}

// Of what lies below /etc/pve/priv only the public keys are read, and the plugins of ACME.
func TestPrivateFilesAreNotRead(t *testing.T) {
	root := t.TempDir()
	if _, err := planted.Plant(root, nil); err != nil {
		t.Fatal(err)
	}
	for _, file := range captureTree(t, root).Files {
		if strings.Contains(file.Path, "/priv/") && file.Path != "/etc/pve/priv/authorized_keys" && file.Path != "/etc/pve/priv/acme/plugins.cfg" {
			t.Errorf("%s was read", file.Path)
		}
		if strings.HasSuffix(file.Path, ".key") {
			t.Errorf("%s was read", file.Path)
		}
	}
}

// A link from a harmless name to a secret file does not make its digest harmless.
func TestLinksToSecretsHaveNoDigest(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/passwd": "root:x:0:0::/root:/bin/sh\n", "etc/pve/priv/authorized_keys": "ssh-rsa AAAA x\n",
		"root/.ssh/authorized_keys": "-> /etc/pve/priv/authorized_keys", "etc/hosts": "-> shadow", "etc/shadow": "root:x\n",
	}))
	for _, file := range s.Files {
		if file.Path != "/etc/passwd" && file.SHA256 != "" {
			t.Errorf("%+v has a digest", file)
		}
	}
	if len(s.Files) < 3 {
		t.Errorf("files %v", s.Files)
	}
}
