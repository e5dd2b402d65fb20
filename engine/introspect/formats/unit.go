package formats

import "strings"

// UnitFile reads what a systemd unit file says about itself: its description, and whether an
// [Install] section makes it one that can be enabled.
func UnitFile(data []byte) (description string, hasInstall bool) {
	section := ""
	lines, _ := splitLines(data)
	for _, l := range unitLines(lines) {
		if strings.HasPrefix(l.text, "[") && strings.HasSuffix(l.text, "]") {
			section = l.text
			continue
		}
		key, value, ok := strings.Cut(l.text, "=")
		if !ok {
			continue
		}
		key, value = strings.Trim(key, blanks), strings.Trim(value, blanks)
		switch {
		case section == "[Unit]" && key == "Description":
			description = value
		case section == "[Install]" && value != "":
			switch key {
			case "WantedBy", "RequiredBy", "UpheldBy", "Alias", "Also":
				hasInstall = true
			}
		}
	}
	return description, hasInstall
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
