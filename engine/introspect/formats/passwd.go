package formats

import (
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Passwd reads passwd(5) and shadow(5). Of a password only its state is kept; with a nil
// shadow it is unknown. Lines without a name or with ids that are no numbers are left out, as glibc does.
func Passwd(filePath string, passwd, shadow []byte) []snapshot.OSUser {
	out := []snapshot.OSUser{}
	states := shadowStates(shadow)
	lines, _ := splitLines(passwd)
	for _, l := range lines {
		columns := strings.Split(l.text, ":")
		if len(columns) < 7 || columns[0] == "" || columns[0][0] == '#' {
			continue
		}
		uid, err1 := strconv.ParseUint(columns[2], 10, 32)
		gid, err2 := strconv.ParseUint(columns[3], 10, 32)
		if err1 != nil || err2 != nil {
			continue
		}
		out = append(out, snapshot.OSUser{
			Name: columns[0], UID: int(uid), GID: int(gid), Gecos: sealComment(filePath, columns[4]), Home: columns[5], Shell: columns[6],
			Password: passwordState(columns[0], columns[1], states), Source: at(filePath, l.number),
		})
	}
	return out
}

// shadowStates maps users to the state of their password; nil for a nil file.
func shadowStates(shadow []byte) map[string]string {
	if shadow == nil {
		return nil
	}
	states := map[string]string{}
	lines, _ := splitLines(shadow)
	for _, l := range lines {
		name, rest, ok := strings.Cut(l.text, ":")
		if !ok {
			continue
		}
		hash, _, _ := strings.Cut(rest, ":")
		states[name] = hashState(hash)
	}
	return states
}

func hashState(hash string) string {
	switch {
	case hash == "":
		return "none"
	case hash[0] == '!' || hash[0] == '*':
		return "locked"
	}
	return "set"
}

// passwordState looks into shadow when passwd says so. Who is not in shadow cannot log in
// with a password.
func passwordState(name, field string, states map[string]string) string {
	switch state, ok := states[name]; {
	case field != "x":
		return hashState(field)
	case states == nil:
		return "unknown"
	case !ok:
		return "locked"
	default:
		return state
	}
}

// Group reads group(5).
func Group(filePath string, data []byte) []snapshot.OSGroup {
	out := []snapshot.OSGroup{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		columns := strings.Split(l.text, ":")
		if len(columns) < 3 || columns[0] == "" || columns[0][0] == '#' {
			continue
		}
		gid, err := strconv.ParseUint(columns[2], 10, 32)
		if err != nil {
			continue
		}
		members := []string{}
		if len(columns) > 3 {
			members = list(columns[3])
		}
		out = append(out, snapshot.OSGroup{Name: columns[0], GID: int(gid), Members: members, Source: at(filePath, l.number)})
	}
	return out
}

// sealComment is the comment of an account, or what stands for it where it holds a secret.
func sealComment(filePath, comment string) string {
	if looksSecret(comment) || hasUserinfo(comment) {
		return "secret:" + secretOf(filePath, comment).SHA256Prefix
	}
	return comment
}
