package formats

import (
	"path"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// scheduleFields are minute, hour, day, month and weekday.
const scheduleFields = 5

// Cron reads a crontab. system is true for /etc/crontab and cron.d, where each line names its
// user; elsewhere the user is the file's name, as in /var/spool/cron/crontabs. Of a command only
// the program is kept. Lines that are no job, variables among them, are left out.
func Cron(filePath string, data []byte, system bool) []snapshot.CronEntry {
	out := []snapshot.CronEntry{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' || variable(text) {
			continue
		}
		words := scheduleFields
		if text[0] == '@' {
			words = 1
		}
		var schedule []string
		rest := text
		for range words {
			var word string
			word, rest = cutWord(rest)
			schedule = append(schedule, word)
		}
		user := path.Base(filePath)
		if system {
			user, rest = cutWord(rest)
		}
		if rest == "" {
			continue
		}
		out = append(out, snapshot.CronEntry{
			Schedule: strings.Join(schedule, " "), User: user, Program: programOf(rest),
			Command: secretOf(filePath, rest), Source: at(filePath, l.number),
		})
	}
	return out
}

// VzdumpCron reads vzdump.cron, the older form of backup jobs.
func VzdumpCron(filePath string, data []byte) []snapshot.CronEntry {
	return Cron(filePath, data, true)
}

// variable is true for NAME=value, with blanks around the sign.
func variable(text string) bool {
	name, _, ok := strings.Cut(text, "=")
	name = strings.Trim(name, blanks+`"'`)
	return ok && name != "" && strings.IndexFunc(name, func(r rune) bool { return !wordRune(r) }) < 0
}

func wordRune(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// programOf is the program of a shell command: its first word after assignments, as far as it
// looks like a path or a command. What may be anything else could be a secret.
func programOf(command string) string {
	for {
		word, rest := cutWord(command)
		name, _, assigned := strings.Cut(word, "=")
		if !assigned || name == "" || strings.IndexFunc(name, func(r rune) bool { return !wordRune(r) }) >= 0 {
			end := strings.IndexFunc(word, func(r rune) bool { return !wordRune(r) && !strings.ContainsRune("./+-[", r) })
			if end >= 0 {
				word = word[:end]
			}
			return word
		}
		if strings.ContainsAny(word, `"'$`+"`") {
			return "" // a quoted value may go on after a blank
		}
		command = rest
	}
}
