package formats

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"regexp"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// AuthorizedKeys reads the keys that may log in as user. Of a key its type and its fingerprint are
// kept, as ssh-keygen -l prints it; options and comment are not. Lines without a key are left out.
func AuthorizedKeys(filePath, user string, data []byte) []snapshot.AuthorizedKey {
	out := []snapshot.AuthorizedKey{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' {
			continue
		}
		kind, fingerprint, ok := publicKey(text)
		if !ok {
			text = afterOptions(text)
			kind, fingerprint, ok = publicKey(text)
		}
		if ok {
			out = append(out, snapshot.AuthorizedKey{User: user, Type: kind, Fingerprint: fingerprint, Node: nodeOf(text), Source: at(filePath, l.number)})
		}
	}
	return out
}

var nodeComment = regexp.MustCompile(`^root@([A-Za-z0-9][A-Za-z0-9-]{0,62})$`)

// nodeOf is the node that the comment of a key names; other comments are nobody's business.
func nodeOf(text string) string {
	_, rest := cutWord(text)
	_, rest = cutWord(rest)
	if found := nodeComment.FindStringSubmatch(strings.Trim(rest, blanks)); found != nil {
		return found[1]
	}
	return ""
}

// publicKey reads "type blob comment". The blob repeats the type, which tells a key from other text.
func publicKey(text string) (kind, fingerprint string, ok bool) {
	kind, rest := cutWord(text)
	encoded, _ := cutWord(rest)
	blob, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(blob) < 4 {
		return "", "", false
	}
	length := binary.BigEndian.Uint32(blob)
	if int64(length) > int64(len(blob)-4) || string(blob[4:4+length]) != kind {
		return "", "", false
	}
	sum := sha256.Sum256(blob)
	return kind, "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:]), true
}

// afterOptions skips the first word, in which blanks may be quoted.
func afterOptions(text string) string {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quoted:
			i++
		case text[i] == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(blanks, text[i]) >= 0:
			return text[i:]
		}
	}
	return ""
}
