package introspect

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// corpusHosts are folders with parts of real hosts, which are not part of the project.
func corpusHosts(t *testing.T) []string {
	t.Helper()
	root, set := os.LookupEnv("PVE2NIX_CORPUS")
	if !set {
		root = "../../../shared/corpus"
	}
	hosts, err := filepath.Glob(filepath.Join(root, "host-*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(hosts) == 0 {
		if set {
			t.Fatalf("PVE2NIX_CORPUS=%s has no hosts", root)
		}
		t.Skip("the corpus of real hosts is absent: none was captured; set PVE2NIX_CORPUS to its folder")
	}
	return hosts
}

// unreadFiles are files of the hosts that a capture does not read, and why.
var unreadFiles = map[string]string{
	"authkey.pub": "changes every day", "authkey.pub.old": "changes every day", ".clusterlog": "a log", ".rrd": "measurements",
	".debug": "a switch of pmxcfs", ".vmlist": "the guests are read", ".version": "counts changes", ".members": "tells of the running cluster alone",
	"ssh_known_hosts": "made again by each node", "lxc": "a link that was copied as a file", "openvz": "a link that was copied as a file", "issue": "a greeting",
	"pve-root-ca.srl": "a serial number among secrets", "pve-root-ca.key": "a key", "authkey.key": "a key", "pve-ssl.key": "a key", "pve-www.key": "a key",
}

// refusals are problems with files that are there and are no configuration: certificates were replaced by text, and
// links to directories were copied as files.
var refusals = []string{"no certificate", "x509: ", "not a regular file", "not a directory"}

// anomalyText is the problem of a file that was read: the kind of the anomaly, and what it is.
var anomalyText = regexp.MustCompile(`^(crlf|[a-z]+-[a-z-]+): `)

// What a real host has is read: nothing is refused that PVE would read, and no secret comes out.
func TestRealHostsAreCaptured(t *testing.T) {
	files, read := 0, 0
	for _, root := range corpusHosts(t) {
		t.Run(filepath.Base(root), func(t *testing.T) {
			var log bytes.Buffer
			s, err := Capture(context.Background(), Options{
				Root: root, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) },
				Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			if err != nil {
				t.Fatal(err)
			}
			text := string(encode(t, s))
			if strings.Contains(text, marker) || strings.Contains(log.String(), marker) {
				t.Error("a secret of the host comes out")
			}
			assertProblemsExplainAreas(t, s)
			known := map[string]bool{}
			for _, f := range s.Files {
				known[f.Path] = true
			}
			err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() {
					return err
				}
				relative, _ := filepath.Rel(root, name)
				files++
				switch _, excused := unreadFiles[filepath.Base(relative)]; {
				case known["/"+relative]:
					read++
				case !excused && !strings.Contains(text, `"/`+relative+`"`) && !strings.Contains(text, `"/`+relative+`:`):
					t.Errorf("%s is not read and not named", relative)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range s.Problems {
				file, _, found := cutLast(p.Source, ":")
				if !found {
					file = p.Source
				}
				info, err := os.Lstat(filepath.Join(root, file))
				if err != nil || !info.Mode().IsRegular() || anomalyText.MatchString(p.Error) {
					continue // not there, or read and understood otherwise than it looks
				}
				if !slices.ContainsFunc(refusals, func(reason string) bool { return strings.Contains(p.Error, reason) }) {
					t.Errorf("refused: %s: %s", p.Source, p.Error)
				}
			}
		})
	}
	t.Logf("%d files of real hosts, %d of them read; the others are named or left out for a reason", files, read)
}
