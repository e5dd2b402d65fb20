package service

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever the file of tokens holds, only a line of PVE's form lets somebody in, and only with its value.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{
		"", "a@pve!t 1-2-3\n", "a@pve!t 1\r\nb@pve!t 2", "a@pve!t  1\n", "root@pam x\n", "a@pve!t \n", " a@pve!t 1\n", "a@pve!t 1 2\n", "a@pve!t=1\n", "\x00\n\xff\n", "a@b!c d",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for id, digest := range readTokens(text) {
			if !strings.Contains(id, "@") || !strings.Contains(id, "!") || strings.ContainsAny(id, " \n\t=") {
				t.Errorf("%q is a token", id)
			}
			if digest == sha256.Sum256(nil) {
				t.Errorf("%q has an empty value", id)
			}
		}
	})
}

func TestFilesThatAreTooLargeAreRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "token.cfg")
	if err := os.WriteFile(name, make([]byte, largestFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTokens(name); err == nil {
		t.Error("a file of more than a megabyte is read")
	}
	if _, err := OpenTokens(filepath.Dir(name)); err == nil {
		t.Error("a folder is read")
	}
}
