package formats

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// tokenForms are secrets that give themselves away by how they begin: keys of well-known services, JSON web tokens, keys
// in PEM.
var tokenForms = regexp.MustCompile(`\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|hv[sb]\.|sk-|dop_v1_|npm_|pypi-)[A-Za-z0-9_-]{12,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY`)

// assignedWords are secretWords where the value follows "=" or ":", so that prose about passwords is none, and neither
// paths nor references to what stands elsewhere.
var assignedWords = regexp.MustCompile(`(?i)(passw|\bpass\b|\bpwd\b|passphrase|secret|token|psk|bearer|credential|preshared|(api|private|auth|encryption|access)[_-]?key)[^\s=:,]*["']?\s*[=:]\s*["']?[^\s"'$/%]`)

// credentialPath is what LoadCredential= takes, "name:/path": where a secret is, and not the secret.
var credentialPath = regexp.MustCompile(`^[\w.@-]+:/\S*$`)

// assignsSecret finds "password=…" in a text that is no command.
func assignsSecret(text string) bool {
	return tokenForms.MatchString(text) || handsSecret(text) || assignedWords.MatchString(text) && !credentialPath.MatchString(text)
}

// environmentSecret judges a list of NAME=value.
func environmentSecret(text string) bool {
	return slices.ContainsFunc(unitWords(text), func(word string) bool { return secretWord(word) || hasUserinfo(word) })
}

// optionsSecret judges options as of mount, separated by commas.
func optionsSecret(text string) bool {
	for option := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.Trim(option, blanks), "=")
		if secretWord(option) || strings.HasPrefix(name, "user") && userWithPassword(value) {
			return true
		}
	}
	return false
}

// commandSecret judges the arguments of a command line. The program itself is none: systemd-tty-ask-password-agent
// has no password.
func commandSecret(text string) bool {
	if handsSecret(text) {
		return true
	}
	words := unitWords(text)
	for i, word := range words {
		if i == 0 {
			continue
		}
		if secretWord(word) {
			return true
		}
		if i+1 == len(words) || strings.Contains(word, "=") {
			continue
		}
		next := words[i+1]
		switch {
		case strings.HasPrefix(word, "-") && secretName(word) && givesSecret(word, next):
			return true
		case (word == "-u" || word == "--user") && strings.Contains(next, ":") && !portOnly(next) && !isReference(next): // as curl has it; 1000:1000 is a user and a group
			return true
		}
	}
	return false
}

// secretWord judges a word by itself: name=value, or a text that holds one.
func secretWord(word string) bool {
	if name, value, found := strings.Cut(word, "="); found && !strings.ContainsAny(name, blanks) {
		return secretName(name) && givesSecret(name, value) || lastPart(name) == "auth" && userAndPassword(value) || tokenForms.MatchString(value) || strings.ContainsAny(value, blanks) && looksSecret(value)
	}
	return tokenForms.MatchString(word) || looksSecret(word)
}

// givesSecret is false where something of a telling name only says where the secret is: in a file, in a variable.
func givesSecret(name, value string) bool {
	last := lastPart(name)
	return value != "" && !isReference(value) && !(path.IsAbs(value) && slices.Contains([]string{"file", "path", "dir", "directory", "cred", "credentials"}, last))
}

var reference = regexp.MustCompile(`^(\$\w+|\$\{\w+\}|%[a-zA-Z](/\S*)?)$`)

// isReference is true for a value that stands elsewhere: $TOKEN, ${TOKEN}, %d/token.
func isReference(value string) bool { return reference.MatchString(value) }

// nameParts are the words of a name such as --auth-token or DB_PASS.
func nameParts(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune("-_./:", r) })
}

func lastPart(name string) string {
	if parts := nameParts(name); len(parts) > 0 {
		return parts[len(parts)-1]
	}
	return ""
}

// secretName says whether what has this name is a secret: --password, DB_PASS, API_KEY.
func secretName(name string) bool {
	parts := nameParts(name)
	if len(parts) > 0 && slices.Contains([]string{"no", "ask", "without"}, parts[0]) { // --no-password
		return false
	}
	for i, part := range parts {
		switch part {
		case "pass", "pw", "pwd", "psk", "bearer", "apikey", "community": // the last is the password of SNMP
			return true
		case "key":
			if i > 0 && slices.Contains([]string{"api", "private", "auth", "encryption", "access", "account", "shared", "preshared", "license"}, parts[i-1]) {
				return true
			}
		}
		for _, stem := range []string{"passw", "passphrase", "secret", "token", "credential", "preshared"} {
			if strings.Contains(part, stem) {
				return true
			}
		}
	}
	return false
}
