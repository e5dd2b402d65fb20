package service

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
)

// largestFile bounds the files that are read: tokens, certificates and keys are small.
const largestFile = 1 << 20

// tokenForm is a line of PVE's file of tokens: user@realm!name and the value.
var tokenForm = regexp.MustCompile(`^([^\s:/@!]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+) (\S+)$`)

// Tokens are the API tokens of a file as PVE writes it. Only digests of the values are kept.
type Tokens struct {
	name string
	mu   sync.Mutex
	seen stamp
	list map[string][sha256.Size]byte
}

// stamp tells one state of a file from another.
type stamp struct {
	at   time.Time
	size int64
}

// OpenTokens reads the file.
func OpenTokens(name string) (*Tokens, error) {
	t := &Tokens{name: name}
	return t, t.read()
}

// read reads the file where it has changed.
func (t *Tokens) read() error {
	data, now, err := readSmall(t.name, t.seen)
	if err != nil || data == nil {
		return err
	}
	t.seen, t.list = now, readTokens(string(data))
	return nil
}

// stampOf is the state of a file; that of one that is not there is empty.
func stampOf(name string) stamp {
	info, err := os.Stat(name)
	if err != nil {
		return stamp{}
	}
	return stamp{info.ModTime(), info.Size()}
}

// readSmall reads a file whose state is not the one that was seen; nil where it is.
func readSmall(name string, seen stamp) ([]byte, stamp, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, seen, err
	}
	now := stamp{info.ModTime(), info.Size()}
	if now == seen {
		return nil, seen, nil
	}
	if !info.Mode().IsRegular() || info.Size() > largestFile {
		return nil, seen, fmt.Errorf("%s: no file of at most %d bytes", name, largestFile)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, seen, err
	}
	if data == nil {
		data = []byte{}
	}
	return data, now, nil
}

// readTokens are the digests of the values by token; as PVE does it skips lines of another form.
func readTokens(text string) map[string][sha256.Size]byte {
	out := map[string][sha256.Size]byte{}
	for _, line := range strings.Split(text, "\n") {
		if m := tokenForm.FindStringSubmatch(strings.TrimRight(line, "\r")); m != nil {
			out[m[1]] = sha256.Sum256([]byte(m[2]))
		}
	}
	return out
}

// Check says whether a token has the value. It takes as long whether there is the token or not, and whatever is wrong.
func (t *Tokens) Check(id, value string) bool {
	t.mu.Lock()
	_ = t.read() // a file that cannot be read at the moment leaves what was
	want, known := t.list[id]
	t.mu.Unlock()
	got := sha256.Sum256([]byte(value))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1 && known
}
