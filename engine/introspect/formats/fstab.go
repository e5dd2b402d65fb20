package formats

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Fstab reads fstab(5). A password among the options or in the address of a share is replaced
// by "secret:" and the first digits of its digest, with an anomaly.
func Fstab(filePath string, data []byte) ([]snapshot.FstabEntry, []snapshot.Anomaly) {
	out, anomalies := []snapshot.FstabEntry{}, []snapshot.Anomaly{}
	lines, crlf := splitLines(data)
	if crlf != 0 {
		anomalies = append(anomalies, crlfAnomaly(filePath, crlf))
	}
	for _, l := range lines {
		columns := fields(l.text)
		if len(columns) == 0 || columns[0][0] == '#' {
			continue
		}
		if len(columns) < 3 {
			anomalies = append(anomalies, anomaly("ignored-line", filePath, l.number, "a line without device, place and type is ignored"))
			continue
		}
		options := []string{}
		if len(columns) > 3 {
			options = splitOptions(unescape(columns[3]))
		}
		options, hidden := sealOptions(filePath, options)
		spec, hiddenSpec := sealSpec(filePath, unescape(columns[0]))
		if hidden || hiddenSpec {
			anomalies = append(anomalies, anomaly("inline-secret", filePath, l.number, "a password stands in the line"))
		}
		entry := snapshot.FstabEntry{
			Spec: spec, File: unescape(columns[1]), Type: columns[2], Options: options, Source: at(filePath, l.number),
		}
		for i, slot := range []*int{&entry.Freq, &entry.PassNo} {
			if len(columns) <= 4+i || strings.HasPrefix(columns[4+i], "#") {
				break
			}
			n, err := strconv.Atoi(columns[4+i])
			if err != nil {
				anomalies = append(anomalies, anomaly("bad-number", filePath, l.number, "one of the last two columns is no number and counts as 0"))
				break
			}
			*slot = n
		}
		out = append(out, entry)
	}
	return out, anomalies
}

// unescape reads \040 and the like, as mount tables write blanks.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+3 < len(text) {
			if n, err := strconv.ParseUint(text[i+1:i+4], 8, 8); err == nil && n != 0 {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// splitOptions cuts mount options at commas that do not stand in quotes.
func splitOptions(text string) []string {
	out := []string{}
	quoted := false
	start := 0
	for i := 0; i <= len(text); i++ {
		switch {
		case i == len(text) || text[i] == ',' && !quoted:
			if i > start {
				out = append(out, text[start:i])
			}
			start = i + 1
		case text[i] == '"':
			quoted = !quoted
		}
	}
	return out
}

// sealOptions hides the secrets among mount options.
func sealOptions(filePath string, options []string) (sealed []string, hidden bool) {
	sealed = slices.Clone(options)
	if sealed == nil {
		sealed = []string{}
	}
	for i, option := range sealed {
		name, value, ok := strings.Cut(option, "=")
		if !ok {
			continue
		}
		if secret := seal(mountKind, filePath, property{key: name, value: value}).Secret; secret != nil {
			sealed[i] = name + "=secret:" + secret.SHA256Prefix
			hidden = true
		}
	}
	return sealed, hidden
}

// sealSpec hides the password in addresses such as //user:password@server/share.
func sealSpec(filePath, spec string) (sealed string, hidden bool) {
	if clean, secret := splitURL(spec); secret != "" {
		return strings.Replace(clean, "://", "://secret:"+secretOf(filePath, secret).SHA256Prefix+"@", 1), true
	}
	// //user:password@server/share, and curlftpfs#user:password@server of FUSE
	start := max(strings.Index(spec, "//"), strings.Index(spec, "#"))
	if start < 0 {
		return spec, false
	}
	start++
	if strings.HasPrefix(spec[start:], "/") {
		start++
	}
	end := strings.LastIndex(spec, "@")
	if end <= start || !strings.Contains(spec[start:end], ":") {
		return spec, false
	}
	return spec[:start] + "secret:" + secretOf(filePath, spec[start:end]).SHA256Prefix + spec[end:], true
}
