package formats

import (
	"path"
	"regexp"
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

// vzdumpLine is a job as PVE writes it. A number sign before the program switches it off.
var vzdumpLine = regexp.MustCompile(`^(\d+\s+\d+\s+\*\s+\*\s+\S+)\s+root\s+(/\S+/)?(#)?vzdump(?:\s+(.*))?$`)

// VzdumpCron reads vzdump.cron, the older form of backup jobs. Of lines in the form that PVE writes the options are facts;
// the others are kept as those of any crontab.
func VzdumpCron(filePath string, data []byte) []snapshot.CronEntry {
	out := Cron(filePath, data, true)
	lines, _ := splitLines(data)
	for i := range out {
		_, number := splitSource(out[i].Source)
		m := vzdumpLine.FindStringSubmatch(strings.Trim(lines[number-1].text, blanks))
		if m == nil {
			continue
		}
		words, closed := shellWords(m[4])
		if options, ok := vzdumpOptions(filePath, words); ok && closed {
			out[i].Program = m[2] + "vzdump"
			out[i].Backup = &snapshot.CronBackup{Enabled: m[3] == "", Options: options}
		}
	}
	return out
}

// vzdumpOptions are the options of a command line of vzdump; words that are none are guests, false where they are not.
func vzdumpOptions(filePath string, words []string) (out []snapshot.Field, ok bool) {
	out = []snapshot.Field{}
	add := func(name, value string) {
		p := seal(sectionKind, filePath, property{key: name, value: value})
		out = append(out, snapshot.Field{Name: name, Value: p.Value, Secret: p.Secret})
	}
	var guests []string
	for i := 0; i < len(words); i++ {
		option := strings.TrimLeft(words[i], "-")
		if option == words[i] {
			if !integerText.MatchString(words[i]) {
				return nil, false
			}
			guests = append(guests, words[i])
			continue
		}
		name, value, given := strings.Cut(option, "=")
		if !given {
			value = "1" // a flag
			if i+1 < len(words) && !strings.HasPrefix(words[i+1], "-") && !(keys().Files["vzdump"][name] == "boolean" && !decided(words[i+1])) {
				i++
				value = words[i]
			}
		}
		if text, ok := normal(keys().Files["vzdump"][name], value); ok {
			value = text
		}
		add(name, value)
	}
	if len(guests) > 0 {
		add("vmid", strings.Join(guests, ","))
	}
	return out, true
}

// decided is true for a word that is a yes or a no.
func decided(word string) bool {
	_, ok := boolean(word)
	return ok
}

// shellWords cuts a command line as a shell does; false where a quote is not closed.
func shellWords(text string) (words []string, ok bool) {
	var word strings.Builder
	open, quote, escaped := false, rune(0), false
	for _, r := range text {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			open, escaped = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			open, quote = true, r
		case strings.ContainsRune(blanks, r):
			if open {
				words = append(words, word.String())
				word.Reset()
			}
			open = false
		default:
			open = true
			word.WriteRune(r)
		}
	}
	if open {
		words = append(words, word.String())
	}
	return words, quote == 0 && !escaped
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
