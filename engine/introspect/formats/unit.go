package formats

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// UnitSource is a unit file or one of its drop-ins.
type UnitSource struct {
	Path string
	Data []byte
}

// UnitFacts is what systemd makes of a unit file and its drop-ins. Specifiers such as %i are left as they are: they mean
// another thing in every instance.
type UnitFacts struct {
	// Description is the unit's own, empty where it looks like a secret.
	Description string
	// Installable says that the [Install] section names something, OnlyAlso that it names nothing but other units.
	Installable, OnlyAlso bool
	// Detail has no settings; these are read by UnitSettings.
	Detail snapshot.UnitDetail
}

// unitLine is an assignment of a unit file.
type unitLine struct {
	// key is section and name: Service.ExecStart.
	key, value string
	number     int
}

// unitAssignments reads a unit file. Lines before the first section and lines without "=" mean nothing to systemd.
func unitAssignments(data []byte) []unitLine {
	lines, _ := splitLines(data)
	var out []unitLine
	section := ""
	for _, l := range unitLines(lines) {
		if strings.HasPrefix(l.text, "[") && strings.HasSuffix(l.text, "]") {
			section = l.text[1 : len(l.text)-1]
			continue
		}
		name, value, found := strings.Cut(l.text, "=")
		if name = strings.Trim(name, blanks); found && section != "" && name != "" {
			out = append(out, unitLine{section + "." + name, strings.Trim(value, blanks), l.number})
		}
	}
	return out
}

// unitLines joins continued lines as systemd does: comments stand between the parts.
func unitLines(lines []line) []line {
	var out []line
	continued := false
	var parts []string
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if strings.HasPrefix(text, "#") || strings.HasPrefix(text, ";") || text == "" && !continued {
			continue
		}
		if !continued {
			out = append(out, line{number: l.number})
			parts = nil
		}
		head, more := strings.CutSuffix(text, `\`)
		parts = append(parts, head)
		continued = more
		if !more {
			out[len(out)-1].text = strings.Join(parts, " ")
		}
	}
	if continued {
		out[len(out)-1].text = strings.Join(parts, " ")
	}
	return out
}

// UnitCommandSettings are the settings that hold a command of a service, in the order in which they run.
var UnitCommandSettings = []string{
	"ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost",
}

// unitDependencies are the settings that add units and that no empty assignment takes back.
var unitDependencies = []string{"Unit.After", "Unit.Wants", "Unit.Requires", "Unit.Conflicts"}

// unitLists are settings that form one list together, which an empty assignment to any of them clears.
// The values are how a snapshot names the entries.
var unitLists = map[string]map[string]string{
	"Listen": {
		"Socket.ListenStream": "stream", "Socket.ListenDatagram": "datagram", "Socket.ListenSequentialPacket": "sequentialpacket",
		"Socket.ListenFIFO": "fifo", "Socket.ListenSpecial": "special", "Socket.ListenNetlink": "netlink",
		"Socket.ListenMessageQueue": "messagequeue", "Socket.ListenUSBFunction": "usbfunction",
	},
	"Timers": {
		"Timer.OnCalendar": "OnCalendar", "Timer.OnActiveSec": "OnActiveSec", "Timer.OnBootSec": "OnBootSec",
		"Timer.OnStartupSec": "OnStartupSec", "Timer.OnUnitActiveSec": "OnUnitActiveSec", "Timer.OnUnitInactiveSec": "OnUnitInactiveSec",
	},
}

// listOf finds the list that a setting is part of: each setting of a command is one by itself.
var listOf = func() map[string]string {
	lists := map[string]string{}
	for list, settings := range unitLists {
		for key := range settings {
			lists[key] = list
		}
	}
	for _, section := range []string{"Service.", "Socket."} {
		for _, name := range UnitCommandSettings {
			lists[section+name] = name
		}
	}
	for _, key := range []string{"Install.WantedBy", "Install.RequiredBy", "Install.UpheldBy", "Install.Alias", "Install.Also"} {
		lists[key] = key
	}
	return lists
}()

// unitEntry is an assignment that counts, and the file that it is from.
type unitEntry struct {
	unitLine
	path string
}

// Unit puts together the file of a unit and its drop-ins, in the order in which they apply: scalars are replaced, lists
// grow until an empty assignment clears them.
func Unit(name string, sources []UnitSource) UnitFacts {
	lists, scalars, dependencies := map[string][]unitEntry{}, map[string]unitEntry{}, map[string][]string{}
	for _, source := range sources {
		for _, assigned := range unitAssignments(source.Data) {
			list := listOf[assigned.key]
			switch {
			case slices.Contains(unitDependencies, assigned.key):
				dependencies[assigned.key] = append(dependencies[assigned.key], unitWords(assigned.value)...)
			case list == "":
				scalars[assigned.key] = unitEntry{assigned, source.Path}
			case assigned.value == "":
				delete(lists, list)
			default:
				lists[list] = append(lists[list], unitEntry{assigned, source.Path})
			}
		}
	}
	scalar := func(key string) string { return scalars[key].value }
	facts := UnitFacts{Detail: snapshot.UnitDetail{
		After: nameSet(dependencies["Unit.After"]), Wants: nameSet(dependencies["Unit.Wants"]),
		Requires: nameSet(dependencies["Unit.Requires"]), Conflicts: nameSet(dependencies["Unit.Conflicts"]),
		WantedBy: []string{}, Commands: []snapshot.UnitCommand{}, Listen: []string{}, Timers: []string{}, Triggers: []string{},
		Settings: []snapshot.Setting{},
	}}
	if description := scalars["Unit.Description"]; description.value != "" {
		if sealed := UnitSetting(description.path, "Unit.Description", description.value); sealed.Value != nil {
			facts.Description = *sealed.Value
		}
	}
	for _, key := range []string{"Install.WantedBy", "Install.RequiredBy", "Install.UpheldBy", "Install.Alias"} {
		facts.Installable = facts.Installable || len(lists[key]) > 0
	}
	facts.OnlyAlso = !facts.Installable && len(lists["Install.Also"]) > 0
	facts.Installable = facts.Installable || facts.OnlyAlso

	detail, kind := &facts.Detail, path.Ext(name)
	switch kind {
	case ".service":
		detail.User, detail.Group = scalar("Service.User"), scalar("Service.Group")
		fallthrough
	case ".socket":
		for _, when := range UnitCommandSettings {
			for _, entry := range lists[when] {
				detail.Commands = append(detail.Commands, unitCommands(entry.path, when, entry.value)...)
			}
		}
	}
	for _, entry := range lists["Listen"] {
		if kind == ".socket" {
			detail.Listen = append(detail.Listen, unitLists["Listen"][entry.key]+" "+listenAddress(entry.value))
		}
	}
	for _, entry := range lists["Timers"] {
		if kind == ".timer" {
			detail.Timers = append(detail.Timers, CalendarTimer(unitLists["Timers"][entry.key], entry.value))
		}
	}
	slices.Sort(detail.Timers)
	detail.Triggers = triggers(name, scalar)
	return facts
}

// triggers are the units that a socket, timer, path or automount starts: one, named or of the same name.
func triggers(name string, scalar func(key string) string) []string {
	kind := path.Ext(name)
	stem := strings.TrimSuffix(name, kind)
	named, other := "", ".service"
	switch kind {
	case ".socket":
		named = scalar("Socket.Service")
		if saysYes(scalar("Socket.Accept")) { // one instance per connection
			other = "@.service"
		}
	case ".timer":
		named = scalar("Timer.Unit")
	case ".path":
		named = scalar("Path.Unit")
	case ".automount":
		other = ".mount"
	default:
		return []string{}
	}
	if named == "" {
		named = stem + other
	}
	return []string{named}
}

// saysYes reads a truth value as systemd does.
func saysYes(text string) bool {
	return slices.Contains([]string{"1", "yes", "y", "true", "t", "on"}, strings.ToLower(text))
}

// listenAddress spells a port that stands alone as systemd does once it listens.
func listenAddress(text string) string {
	if port, err := strconv.ParseUint(text, 10, 16); err == nil {
		return "[::]:" + strconv.FormatUint(port, 10)
	}
	return text
}

// nameSet sorts names, each once.
func nameSet(names []string) []string {
	out := append([]string{}, names...)
	slices.Sort(out)
	return slices.Compact(out)
}

// UnitSettings are the lines of a unit file and its drop-ins in the order in which they apply.
func UnitSettings(sources []UnitSource) []snapshot.Setting {
	out := []snapshot.Setting{}
	for _, source := range sources {
		for _, assigned := range unitAssignments(source.Data) {
			setting := UnitSetting(source.Path, assigned.key, assigned.value)
			setting.Source = at(source.Path, assigned.number)
			out = append(out, setting)
		}
	}
	return out
}

// UnitSetting passes one assignment through the table of secrets.
func UnitSetting(filePath, key, value string) snapshot.Setting {
	sealed := seal(unitKind, filePath, property{key: key, value: value})
	return snapshot.Setting{Key: key, Value: sealed.Value, Secret: sealed.Secret}
}

// UnitCommand passes a command line through the table of secrets: where one argument looks like a secret, all are hidden.
func UnitCommand(filePath, when, program string, arguments []string) snapshot.UnitCommand {
	command := snapshot.UnitCommand{When: when, Program: validText(program), Arguments: []string{}}
	quoted := make([]string, 0, len(arguments)+1)
	for _, word := range append([]string{program}, arguments...) {
		quoted = append(quoted, quoteUnitWord(word))
	}
	sealed := seal(unitKind, filePath, property{key: when, value: strings.Join(quoted, " ")})
	if sealed.Secret != nil {
		command.Secret = sealed.Secret
		return command
	}
	for _, argument := range arguments {
		command.Arguments = append(command.Arguments, validText(argument))
	}
	return command
}

// validText is what JSON can hold of a text: escapes can make bytes that are none of UTF-8.
func validText(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// unitCommands splits the value of an Exec setting: a ";" that stands alone separates commands.
func unitCommands(filePath, when, value string) []snapshot.UnitCommand {
	var out []snapshot.UnitCommand
	var words []string
	end := func() {
		if len(words) == 0 {
			return
		}
		program, arguments := words[0], words[1:]
		bare := strings.TrimLeft(program, "@-:+!|")
		if strings.Contains(program[:len(program)-len(bare)], "@") && len(arguments) > 0 {
			arguments = arguments[1:] // the name that the program is to see for itself
		}
		out = append(out, UnitCommand(filePath, when, bare, arguments))
		words = nil
	}
	for _, word := range splitUnitWords(value) {
		switch {
		case word.text == ";" && !word.quoted:
			end()
		case word.text == `\;`:
			words = append(words, ";")
		default:
			words = append(words, word.text)
		}
	}
	end()
	return out
}

// unitWord is a word of a value, and whether anything in it was quoted or escaped.
type unitWord struct {
	text   string
	quoted bool
}

// unitWords are the words of a value without their quotes.
func unitWords(value string) []string {
	var out []string
	for _, word := range splitUnitWords(value) {
		out = append(out, validText(word.text))
	}
	return out
}

// splitUnitWords splits a value at blanks that are not quoted and resolves escapes. An unfinished quote lasts to the end.
func splitUnitWords(value string) []unitWord {
	var out []unitWord
	var current strings.Builder
	var quote byte
	inWord, quoted := false, false
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '\\' && i+1 < len(value):
			text, used := unescapeUnit(value[i+1:])
			current.WriteString(text)
			i += used
			inWord, quoted = true, true
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			current.WriteByte(c)
		case c == '"' || c == '\'':
			quote, inWord, quoted = c, true, true
		case strings.IndexByte(blanks, c) >= 0:
			if inWord {
				out = append(out, unitWord{current.String(), quoted})
				current.Reset()
			}
			inWord, quoted = false, false
		default:
			current.WriteByte(c)
			inWord = true
		}
	}
	if inWord {
		out = append(out, unitWord{current.String(), quoted})
	}
	return out
}

// simpleEscapes are the escapes of one letter.
const simpleEscapes = "a\ab\bf\fn\nr\rt\tv\v\\\\\"\"''s "

// numberedEscapes are the escapes that give a character by its number: how many digits follow, and of which base.
var numberedEscapes = map[byte]struct{ digits, base int }{'x': {2, 16}, 'u': {4, 16}, 'U': {8, 16}}

// unescapeUnit resolves what stands behind a backslash and says how many bytes of it were used. What systemd does not know
// it leaves as it is, backslash and all.
func unescapeUnit(text string) (resolved string, used int) {
	c := text[0]
	for i := 0; i < len(simpleEscapes); i += 2 {
		if simpleEscapes[i] == c {
			return simpleEscapes[i+1 : i+2], 1
		}
	}
	from, form := 1, numberedEscapes[c]
	if c >= '0' && c <= '7' {
		from, form = 0, struct{ digits, base int }{3, 8}
	}
	if form.digits == 0 || len(text) < from+form.digits {
		return `\` + text[:1], 1
	}
	number, err := strconv.ParseUint(text[from:from+form.digits], form.base, 32)
	if err != nil || number == 0 {
		return `\` + text[:1], 1
	}
	if form.digits <= 3 {
		return string([]byte{byte(number)}), from + form.digits
	}
	return string(rune(number)), from + form.digits
}

// quoteUnitWord writes a word such that splitUnitWords reads it again.
func quoteUnitWord(word string) string {
	if word != "" && !strings.ContainsAny(word, blanks+"\\\"'") {
		return word
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(word) + `"`
}
