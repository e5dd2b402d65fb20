package formats

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// UdevProperties are the properties in a file of udev's database, /run/udev/data: lines E:KEY=value.
func UdevProperties(data []byte) map[string]string {
	out := map[string]string{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		text, found := strings.CutPrefix(l.text, "E:")
		if key, value, ok := strings.Cut(text, "="); found && ok {
			out[key] = value
		}
	}
	return out
}

// UdevDecoded undoes udev's encoding of names: \x20 for a blank.
func UdevDecoded(text string) string {
	if !strings.Contains(text, `\x`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], `\x`) && i+4 <= len(text) {
			if n, err := strconv.ParseUint(text[i+2:i+4], 16, 8); err == nil && n != 0 {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// MdadmConf reads the arrays of mdadm.conf. A line that begins with a blank goes on with the one before it; a keyword may
// be cut to three letters.
func MdadmConf(filePath string, data []byte) []snapshot.MDArray {
	out := []snapshot.MDArray{}
	open := false
	lines, _ := splitLines(data)
	for _, l := range lines {
		text, _, _ := strings.Cut(l.text, "#")
		words := fields(text)
		if len(words) == 0 {
			continue
		}
		if text[0] != ' ' && text[0] != '\t' {
			open = keyword(words[0], "array")
			if !open {
				continue
			}
			out = append(out, snapshot.MDArray{Members: []string{}, Configured: true, Source: at(filePath, l.number)})
			words = words[1:]
		}
		if open {
			for _, word := range words {
				describeArray(&out[len(out)-1], word)
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].Members)
		out[i].Members = slices.Compact(out[i].Members)
	}
	return out
}

// describeArray takes one word of the line of an array.
func describeArray(array *snapshot.MDArray, word string) {
	key, value, assigned := strings.Cut(word, "=")
	switch key = strings.ToLower(key); {
	case !assigned && array.Name == "":
		array.Name = strings.TrimPrefix(word, "/dev/")
	case key == "uuid":
		array.UUID = ArrayUUID(value)
	case key == "level":
		array.Level = value
	case key == "metadata":
		array.Metadata = value
	case key == "name" && array.Name == "":
		array.Name = "md/" + value
	case key == "devices":
		for _, device := range strings.Split(value, ",") {
			if device != "" {
				array.Members = append(array.Members, strings.TrimPrefix(device, "/dev/"))
			}
		}
	}
}

// keyword says whether a word is a keyword of mdadm, in any case and cut to no less than three letters.
func keyword(word, whole string) bool {
	return len(word) >= 3 && len(word) <= len(whole) && strings.EqualFold(word, whole[:len(word)])
}

// ArrayUUID is the UUID of an array as mdadm writes it: four groups of eight digits, with colons.
func ArrayUUID(text string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdef", r) {
			return r
		}
		return -1
	}, strings.ToLower(text))
	if len(digits) != 32 {
		return text
	}
	return digits[:8] + ":" + digits[8:16] + ":" + digits[16:24] + ":" + digits[24:]
}

// MDStat reads /proc/mdstat.
func MDStat(data []byte) []snapshot.MDArray {
	out := []snapshot.MDArray{}
	lines, _ := splitLines(data)
	for i, l := range lines {
		name, rest, found := strings.Cut(l.text, " : ")
		words := fields(rest)
		if !found || !strings.HasPrefix(name, "md") || len(words) == 0 {
			continue
		}
		array := snapshot.MDArray{Name: name, State: words[0], Metadata: "0.90", Members: []string{}}
		for _, word := range words[1:] {
			switch member, _, isMember := strings.Cut(word, "["); {
			case word == "(read-only)" || word == "(auto-read-only)":
				array.State = strings.Trim(word, "()")
			case isMember:
				array.Members = append(array.Members, member)
			case array.Level == "" && len(array.Members) == 0:
				array.Level = word
			}
		}
		slices.Sort(array.Members)
		if i+1 < len(lines) {
			describeBlocks(&array, fields(lines[i+1].text))
		}
		out = append(out, array)
	}
	slices.SortStableFunc(out, func(a, b snapshot.MDArray) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// describeBlocks reads the second line of an array: "1046528 blocks super 1.2 [2/1] [U_]".
func describeBlocks(array *snapshot.MDArray, words []string) {
	for i, word := range words {
		if word == "super" && i+1 < len(words) {
			array.Metadata = words[i+1]
		}
		wanted, present, found := strings.Cut(strings.Trim(word, "[]"), "/")
		if found && strings.HasPrefix(word, "[") {
			array.Degraded = int(min(max(0, count(wanted)-count(present)), int64(maxMembers)))
		}
	}
}

// maxMembers is the most devices that an array can have.
const maxMembers = 4096

// ISCSINode reads a record of open-iscsi's database of targets. What the initiator logs in with is left out.
func ISCSINode(filePath string, data []byte) snapshot.ISCSINode {
	values := map[string]string{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		key, value, found := strings.Cut(l.text, "=")
		if key = strings.Trim(key, blanks); !found || strings.HasPrefix(key, "#") {
			continue
		}
		switch key {
		case "node.name", "node.startup", "node.session.auth.authmethod", "node.conn[0].address", "node.conn[0].port":
			values[key] = sealText(plainKind, filePath, key, strings.Trim(value, blanks))
		}
	}
	return snapshot.ISCSINode{
		Target: values["node.name"], Portal: Portal(values["node.conn[0].address"], values["node.conn[0].port"]),
		// What a record does not say is what open-iscsi itself takes for it.
		Startup:        cmp.Or(values["node.startup"], "manual"),
		Authentication: cmp.Or(values["node.session.auth.authmethod"], "None"),
		Source:         filePath,
	}
}

// Portal joins address and port; an IPv6 address is put in brackets.
func Portal(address, port string) string {
	if address == "" {
		return ""
	}
	if strings.Contains(address, ":") && !strings.HasPrefix(address, "[") {
		address = "[" + address + "]"
	}
	if port == "" {
		return address
	}
	return address + ":" + port
}

// Multipath reads /etc/multipath/wwids, which has the disks that are multipathed as /WWID/, and
// /etc/multipath/bindings, which has a name and a WWID on each line.
func Multipath(wwids, bindings []byte) []snapshot.MultipathMap {
	names := map[string]string{}
	lines, _ := splitLines(bindings)
	for _, l := range lines {
		words := fields(l.text)
		if len(words) == 2 && words[0][0] != '#' {
			names[words[1]] = words[0]
		}
	}
	out := []snapshot.MultipathMap{}
	seen := map[string]bool{}
	lines, _ = splitLines(wwids)
	for _, l := range lines {
		wwid, whole := strings.CutSuffix(strings.Trim(l.text, blanks), "/")
		if !whole || len(wwid) < 2 || wwid[0] != '/' || seen[wwid[1:]] {
			continue
		}
		wwid = wwid[1:]
		seen[wwid] = true
		out = append(out, snapshot.MultipathMap{Name: cmp.Or(names[wwid], wwid), WWID: wwid, Paths: []string{}})
	}
	slices.SortFunc(out, func(a, b snapshot.MultipathMap) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.WWID, b.WWID))
	})
	return out
}

// BtrfsSubvolumes reads btrfs subvolume list -a: the paths from the top of the file system. Those that do not lie below
// the subvolume that was asked about are marked.
func BtrfsSubvolumes(data []byte) []string {
	out := []string{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		// ID 257 gen 7 top level 5 path <FS_TREE>/dir/sub
		_, name, found := strings.Cut(l.text, " path ")
		if name = strings.TrimPrefix(name, "<FS_TREE>/"); found && strings.HasPrefix(l.text, "ID ") && name != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
