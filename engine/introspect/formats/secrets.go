package formats

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"path"
	"regexp"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// fileKind is a family of files that share keys with a meaning.
type fileKind string

const (
	guestKind     fileKind = "guest"      // qemu-server/*.conf, lxc/*.conf
	sectionKind   fileKind = "section"    // PVE section configs
	keyValueKind  fileKind = "key-value"  // datacenter.cfg, vzdump.conf, nodes/*/config
	corosyncKind  fileKind = "corosync"   // corosync.conf
	firewallKind  fileKind = "firewall"   // *.fw
	interfaceKind fileKind = "interfaces" // /etc/network/interfaces and what it sources
	kernelKind    fileKind = "kernel"     // kernel command lines
	modprobeKind  fileKind = "modprobe"   // modprobe.d, modules-load.d
	sysctlKind    fileKind = "sysctl"     // sysctl.d
	sshdKind      fileKind = "sshd"       // sshd_config
	postfixKind   fileKind = "postfix"    // main.cf
	cephKind      fileKind = "ceph"       // ceph.conf
	mountKind     fileKind = "mount"      // options of fstab, crypttab and mountinfo; key = option
	shellKind     fileKind = "shell"      // /etc/default/*, os-release
	unitKind      fileKind = "unit"       // systemd unit files and their drop-ins
	ovsdbKind     fileKind = "ovsdb"      // the database of Open vSwitch; key = key of a map
	plainKind     fileKind = "plain"      // resolv.conf, subuid: what is read of them has no place for a secret
	snmpKind      fileKind = "snmp"       // snmpd.conf
	nutKind       fileKind = "nut"        // Network UPS Tools
	frrKind       fileKind = "frr"        // FRR's daemons
	sudoersKind   fileKind = "sudoers"    // sudoers and its directory
	pamKind       fileKind = "pam"        // pam.d; key = type and module
	lvmKind       fileKind = "lvm"        // tags of logical volumes
	zfsKind       fileKind = "zfs"        // properties of pools and data sets
	otherKind     fileKind = "other"      // configuration files in general, and what Redact is asked about
)

// secretRule says that the value of a key is a secret. Patterns know * and do not
// look at case; a key is compared with - for every _.
type secretRule struct {
	kind fileKind
	key  string
	// field narrows the rule to one field of a property string; empty means the whole value.
	field string
	// when narrows the rule to values of a certain look; nil means all.
	when func(value string) bool
	// program keeps the first word of a secret command.
	program bool
	// beside keeps what stands beside the secret in the value; nil means nothing.
	beside func(value string) []snapshot.Field
	// shown says that the value is none, though a later rule would take it for one.
	shown bool
}

// secretTable is all that this package knows about where secrets stand.
var secretTable = []secretRule{
	{kind: guestKind, key: "env"},
	{kind: guestKind, key: "lxc.environment*"},
	{kind: guestKind, key: "args"},
	{kind: guestKind, key: "description"},
	{kind: guestKind, key: "sshkeys"},
	{kind: guestKind, key: "*passw*"}, // cipassword
	{kind: guestKind, key: "*secret*"},
	{kind: guestKind, key: "*token*"},
	{kind: guestKind, key: "hookscript", when: hasArguments, program: true},
	{kind: guestKind, key: "lxc.hook.*", when: hasArguments, program: true},
	{kind: guestKind, key: "lxc.init.cmd", when: hasArguments, program: true},
	{kind: guestKind, key: "lxc.mount.entry", when: looksSecret},
	{kind: guestKind, key: "entrypoint", when: looksSecret, program: true},
	{kind: guestKind, key: "smbios1", field: "*", when: encodedSecret},

	{kind: sectionKind, key: "*passw*"},
	{kind: sectionKind, key: "*secret*"},
	{kind: sectionKind, key: "*token*"},
	{kind: sectionKind, key: "key"},
	{kind: sectionKind, key: "client-key"},
	{kind: sectionKind, key: "api-key"},
	{kind: sectionKind, key: "apikey"},
	{kind: sectionKind, key: "psk"},
	{kind: sectionKind, key: "private-key"},
	{kind: sectionKind, key: "keyring"},
	{kind: sectionKind, key: "data"},
	{kind: sectionKind, key: "otel-headers"},
	{kind: sectionKind, key: "header", field: "value"},
	{kind: sectionKind, key: "header", when: nameless},
	{kind: sectionKind, key: "body", when: encodedSecret},
	{kind: sectionKind, key: "tfa", field: "key"},
	{kind: sectionKind, key: "options", field: "*passw*"},
	{kind: sectionKind, key: "options", field: "pass"},
	{kind: sectionKind, key: "options", field: "secret"},
	{kind: sectionKind, key: "options", field: "user*", when: userWithPassword},
	{kind: sectionKind, key: "script", when: looksSecret, program: true},
	{kind: sectionKind, key: "comment", when: looksSecret},
	{kind: sectionKind, key: "description", when: looksSecret},
	{kind: sectionKind, key: "notes-template", when: looksSecret},
	{kind: sectionKind, key: "server", when: hasUserinfo},
	{kind: sectionKind, key: "*auth-key"},
	{kind: sectionKind, key: "*pw"},

	{kind: keyValueKind, key: "description"},
	{kind: keyValueKind, key: "*passw*"},
	{kind: keyValueKind, key: "*secret*"},
	{kind: keyValueKind, key: "*token*"},
	{kind: keyValueKind, key: "script", when: looksSecret, program: true},
	{kind: keyValueKind, key: "notes-template", when: looksSecret},

	{kind: interfaceKind, key: "*psk*"},
	{kind: interfaceKind, key: "*passw*"},
	{kind: interfaceKind, key: "*passphrase*"},
	{kind: interfaceKind, key: "*secret*"},
	{kind: interfaceKind, key: "wireless-key*"},
	{kind: interfaceKind, key: "wpa-wep-key*"},
	{kind: interfaceKind, key: "*private-key"},
	{kind: interfaceKind, key: "*", when: looksSecret, program: true},

	{kind: kernelKind, key: "*passw*"},
	{kind: kernelKind, key: "*passphrase*"},
	{kind: kernelKind, key: "*secret*"},
	{kind: kernelKind, key: "*token*"},
	{kind: kernelKind, key: "*psk*"},
	{kind: kernelKind, key: "*api-key*"},
	{kind: kernelKind, key: "*private-key*"},
	{kind: kernelKind, key: "*.set-credential*"},
	{kind: kernelKind, key: "*root", when: colonBeforeAt}, // netroot=iscsi:user:password@…
	{kind: kernelKind, key: "pass"},
	{kind: kernelKind, key: "*-pw"},
	{kind: kernelKind, key: "*", when: looksSecret},

	{kind: modprobeKind, key: "*", when: looksSecret, program: true},

	{kind: sysctlKind, key: "*fastopen-key"},
	{kind: sysctlKind, key: "*stable-secret"},
	{kind: sysctlKind, key: "*", when: looksSecret},

	{kind: sshdKind, key: "setenv", when: looksSecret},
	{kind: sshdKind, key: "match/setenv", when: looksSecret},
	{kind: sshdKind, key: "*command", when: looksSecret, program: true},

	{kind: corosyncKind, key: "totem.key"},

	{kind: postfixKind, key: "*password-maps", when: inlineMap},
	{kind: postfixKind, key: "*password"},
	{kind: postfixKind, key: "*passwd"},
	{kind: postfixKind, key: "*bind-pw"},
	{kind: postfixKind, key: "*secret*"},

	{kind: cephKind, key: "*.key"},
	{kind: cephKind, key: "*passw*"},
	{kind: cephKind, key: "*token*"},
	{kind: cephKind, key: "*secret*"},
	{kind: cephKind, key: "*access-key*"},
	{kind: cephKind, key: "*encryption-key*"},

	{kind: mountKind, key: "*passw*"},
	{kind: mountKind, key: "pass"},
	{kind: mountKind, key: "secret"},
	{kind: mountKind, key: "user*", when: userWithPassword},
	{kind: mountKind, key: "credentials", when: notAPath},
	{kind: mountKind, key: "cred", when: notAPath},
	{kind: mountKind, key: "extpass", when: notAPath},
	{kind: mountKind, key: "*", when: assignsSecret}, // not credentials=/path

	{kind: shellKind, key: "*passw*"},
	{kind: shellKind, key: "*secret*"},
	{kind: shellKind, key: "*token*"},
	{kind: shellKind, key: "*api-key*"},
	{kind: shellKind, key: "*apikey*"},
	{kind: shellKind, key: "*passphrase*"},
	{kind: shellKind, key: "*psk*"},
	{kind: shellKind, key: "*credential*"},
	{kind: shellKind, key: "*webhook*"},
	{kind: shellKind, key: "*private-key*"},
	{kind: shellKind, key: "*access-key*"},
	{kind: shellKind, key: "*authkey*"},
	{kind: shellKind, key: "*auth-key*"},
	{kind: shellKind, key: "pass"},
	{kind: shellKind, key: "*-pass"},
	{kind: shellKind, key: "*pwd"},
	{kind: shellKind, key: "pw"},
	{kind: shellKind, key: "*-pw"},
	{kind: shellKind, key: "*-key", when: notNamed},
	{kind: shellKind, key: "*-auth", when: userAndPassword},
	{kind: shellKind, key: "*", when: hasUserinfo},
	{kind: shellKind, key: "*", when: looksSecret},

	{kind: networkManagerKind, key: "*password"},
	{kind: networkManagerKind, key: "*password-raw"},
	{kind: networkManagerKind, key: "*psk"},
	{kind: networkManagerKind, key: "*preshared-key"},
	{kind: networkManagerKind, key: "*private-key", when: certificateInline},
	{kind: networkManagerKind, key: "*wep-key*"},
	{kind: networkManagerKind, key: "*pin"},
	{kind: networkManagerKind, key: "*mka-cak"},
	{kind: networkManagerKind, key: "*secret*"},
	{kind: networkManagerKind, key: "*token*"},
	{kind: networkManagerKind, key: "*", when: looksSecret},

	{kind: unitKind, key: "*passw*"}, // no setting of systemd's, but what follows a continued line may look like one
	{kind: unitKind, key: "*secret*"},
	{kind: unitKind, key: "*token*"},
	{kind: unitKind, key: "*setcredential*"},
	{kind: unitKind, key: "*environment", when: environmentSecret},
	{kind: unitKind, key: "*exec*", when: commandSecret},
	{kind: unitKind, key: "*options", when: optionsSecret},
	{kind: unitKind, key: "*", when: assignsSecret},

	{kind: ovsdbKind, key: "*psk*"},
	{kind: ovsdbKind, key: "*passw*"},
	{kind: ovsdbKind, key: "*secret*"},
	{kind: ovsdbKind, key: "*token*"},
	{kind: ovsdbKind, key: "*", when: looksSecret},

	{kind: snmpKind, key: "*community*"},
	{kind: snmpKind, key: "com2sec*"},
	{kind: snmpKind, key: "createuser"},
	{kind: snmpKind, key: "usmuser"},
	{kind: snmpKind, key: "trapsink", when: hasArguments},
	{kind: snmpKind, key: "trap2sink", when: hasArguments},
	{kind: snmpKind, key: "informsink", when: hasArguments},
	{kind: snmpKind, key: "trapsess"},
	{kind: snmpKind, key: "proxy"},
	{kind: snmpKind, key: "def*passphrase"},
	{kind: snmpKind, key: "*", when: looksSecret},

	{kind: nutKind, key: "*password*"},
	{kind: nutKind, key: "*community*"},
	{kind: nutKind, key: "*secret*"},
	{kind: nutKind, key: "monitor", beside: monitored},
	{kind: nutKind, key: "*pass"},
	{kind: nutKind, key: "certident"},
	{kind: nutKind, key: "*", when: looksSecret},

	{kind: frrKind, key: "*password*"},
	{kind: frrKind, key: "*key-string"},
	{kind: frrKind, key: "*", when: routingSecret},

	{kind: sudoersKind, key: "*", when: sudoSecret},

	{kind: pamKind, key: "*", when: looksSecret},

	{kind: lvmKind, key: "*secret*"}, // ceph.cephx_lockbox_secret
	{kind: lvmKind, key: "*passw*"},
	{kind: lvmKind, key: "*token*"},
	{kind: lvmKind, key: "*key"},

	{kind: zfsKind, key: "*:*key"},
	{kind: zfsKind, key: "*:*passw*"},
	{kind: zfsKind, key: "*:*pass"},
	{kind: zfsKind, key: "*:*passphrase*"},
	{kind: zfsKind, key: "*:*secret*"},
	{kind: zfsKind, key: "*:*token*"},
	{kind: zfsKind, key: "*:*credential*"},
	{kind: zfsKind, key: "*", when: looksSecret},

	// Zabbix: the key is in a file, and its name goes over the network in clear text.
	{kind: otherKind, key: "tlspskfile", when: looksPlain, shown: true},
	{kind: otherKind, key: "tlspskidentity", when: looksPlain, shown: true},
	{kind: otherKind, key: "*passw*"},
	{kind: otherKind, key: "*pwd*"},
	{kind: otherKind, key: "pass"},
	{kind: otherKind, key: "*.pass"},
	{kind: otherKind, key: "*authpass"},
	{kind: otherKind, key: "pw"},
	{kind: otherKind, key: "*.pw"},
	{kind: otherKind, key: "*-pw"},
	{kind: otherKind, key: "*{pw}"},
	{kind: otherKind, key: "rootpwmodpw"},
	{kind: otherKind, key: "k-g"}, // BMC key of IPMI
	{kind: otherKind, key: "*.auth", when: longWord},
	{kind: otherKind, key: "allow", when: userAndPassword}, // monit
	{kind: otherKind, key: "*.authorization"},
	{kind: otherKind, key: "*.cookie"},
	{kind: otherKind, key: "*.x-auth*"},
	{kind: otherKind, key: "*.environment", when: environmentSecret},
	{kind: otherKind, key: "*auth-pass*"},
	{kind: otherKind, key: "*api key*"},
	{kind: otherKind, key: "*.key"},
	{kind: otherKind, key: "*privatekey*"},
	{kind: otherKind, key: "*presharedkey*"},
	{kind: otherKind, key: "*access-key*"},
	{kind: otherKind, key: "*authkey*"},
	{kind: otherKind, key: "*auth-key*"},
	{kind: otherKind, key: "*wep-key*"},
	{kind: otherKind, key: "*authtok*"},
	{kind: otherKind, key: "*bindpw*"},
	{kind: otherKind, key: "*community*"},
	{kind: otherKind, key: "crypto", when: hasArguments},                   // ntpd: crypto pw …
	{kind: otherKind, key: "command[*", when: hasArguments, program: true}, // NRPE: plugins take a password after -p, and a port too
	{kind: otherKind, key: "*", when: hasUserinfo},
	{kind: otherKind, key: "*passphrase*"},
	{kind: otherKind, key: "*secret*"},
	{kind: otherKind, key: "*token*"},
	{kind: otherKind, key: "*psk*"},
	{kind: otherKind, key: "*credential*"},
	{kind: otherKind, key: "*api-key*"},
	{kind: otherKind, key: "*apikey*"},
	{kind: otherKind, key: "*private-key*"},
	{kind: otherKind, key: "key"},
	{kind: otherKind, key: "*", when: looksSecret},
}

var rulesOfKind = func() map[fileKind][]secretRule {
	byKind := map[fileKind][]secretRule{}
	for _, rule := range secretTable {
		byKind[rule.kind] = append(byKind[rule.kind], rule)
	}
	return byKind
}()

// Redact is the table of secrets as a function: the digest that stands for the value
// when the value, or a part of it, is a secret; nil when it may be shown. filePath
// is the file as the host names it; it decides which rules apply. A file that this
// package has no parser for is judged by the look of key and value.
func Redact(filePath, key, value string) *snapshot.Secret {
	return seal(kindOf(filePath), filePath, property{key: key, value: value}).Secret
}

// property is a key and a value before they passed the table of secrets.
type property struct {
	key, value string
	fields     []snapshot.Field
	unknown    bool
	source     string
}

// seal turns a property into a fact. No value enters a result another way.
func seal(kind fileKind, filePath string, p property) snapshot.Property {
	out := snapshot.Property{Key: p.key, Fields: p.fields, Unknown: p.unknown, Source: p.source}
	if out.Fields == nil {
		out.Fields = []snapshot.Field{}
	}
	digest := func() *snapshot.Secret { return secretOf(filePath, p.value) }
	key := canonical(p.key)
	for _, rule := range rulesOfKind[kind] {
		if !matches(rule.key, key) {
			continue
		}
		if rule.field != "" {
			if sealFields(rule, filePath, p.value, &out) {
				out.Secret = digest()
			}
			continue
		}
		if rule.when != nil && !rule.when(p.value) {
			continue
		}
		if rule.shown {
			break
		}
		out.Secret, out.Fields = digest(), []snapshot.Field{}
		if rule.beside != nil {
			out.Fields = append(out.Fields, rule.beside(p.value)...)
		}
		if program := programOf(p.value); rule.program && program != "" {
			out.Fields = []snapshot.Field{{Name: "program", Value: &program}}
		}
		return out
	}
	if sealURLs(filePath, p.value, &out) {
		out.Secret = digest()
	}
	if out.Secret == nil {
		value := p.value
		out.Value = &value
	}
	return out
}

// monitored is what a MONITOR line of upsmon says beside the password: which UPS, how many supplies it feeds, as whom and
// in which role. A line of another shape may have the password in any place, and says nothing.
func monitored(value string) []snapshot.Field {
	if m := monitorLine.FindStringSubmatch(value); m != nil {
		return []snapshot.Field{{Name: "system", Value: &m[1]}, {Name: "supplies", Value: &m[2]}, {Name: "user", Value: &m[3]}, {Name: "role", Value: &m[4]}}
	}
	return nil
}

var monitorLine = regexp.MustCompile(`^([A-Za-z0-9_.-]+@[A-Za-z0-9_.:\[\]-]+)[ \t]+([0-9]{1,3})[ \t]+([A-Za-z0-9_.-]+)[ \t]+(?:[^"\\ \t]+|"[^"\\]*")[ \t]+(primary|secondary|master|slave)$`)

// looksPlain is a word that has nothing of a secret.
func looksPlain(value string) bool { return !looksSecret(value) }

// sealFields applies a rule about one field of a property string. Where the text was not
// expanded, or the field hides in a form that PVE would not read, all of it is secret.
func sealFields(rule secretRule, filePath, value string, out *snapshot.Property) bool {
	found := false
	for i, field := range out.Fields {
		if field.Value == nil || !matches(rule.field, canonical(field.Name)) {
			continue
		}
		if rule.when == nil || rule.when(*field.Value) {
			out.Fields[i] = snapshot.Field{Name: field.Name, Secret: secretOf(filePath, *field.Value)}
			found = true
		}
	}
	if found || len(out.Fields) > 0 {
		return found
	}
	for _, part := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' }) {
		name, text, ok := strings.Cut(part, "=")
		if ok && matches(rule.field, canonical(name)) && (rule.when == nil || rule.when(text)) {
			return true
		}
	}
	return false
}

// sealURLs hides the user and password of addresses, wherever they stand.
func sealURLs(filePath, value string, out *snapshot.Property) bool {
	clean, secret := splitURL(value)
	if secret == "" {
		return false
	}
	found := false
	for i, field := range out.Fields {
		if field.Value != nil && urlHasSecret(*field.Value) {
			out.Fields[i] = snapshot.Field{Name: field.Name, Secret: secretOf(filePath, *field.Value)}
			found = true
		}
	}
	if !found {
		out.Fields = []snapshot.Field{}
		if !strings.ContainsAny(value, blanks+",") {
			out.Fields = []snapshot.Field{
				{Name: "url", Value: &clean},
				{Name: "userinfo", Secret: secretOf(filePath, secret)},
			}
		}
	}
	return true
}

func secretOf(filePath, value string) *snapshot.Secret {
	sum := sha256.Sum256([]byte(value))
	return &snapshot.Secret{Secret: true, SHA256Prefix: hex.EncodeToString(sum[:4]), Path: filePath}
}

// canonical is the spelling in which the table names keys.
func canonical(key string) string {
	return strings.ReplaceAll(strings.ToLower(key), "_", "-")
}

// matches compares a text with a pattern in which * stands for any run of characters.
// path.Match would not do: its * stops at a slash, which a key may contain.
func matches(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return true
}

var secretWords = regexp.MustCompile(`(?i)(passw|(?:\b|_|bind|root|auth)(?:pass|pwd|pw)\b|passphrase|secret|token|psk|bearer|credential|preshared|(api|private|auth|encryption|access)[_-]?key)[^\s=:,]*["']?[\s=:]+\S`)

// userinfo is user:password@host without the name of a protocol before it, as databases and proxies take it.
var userinfo = regexp.MustCompile(`(^|[\s"'=(])[^\s:/@"'=,()\[\]{}]+:[^\s:/@"']+@[^\s@]`)

func hasUserinfo(text string) bool {
	return strings.ContainsRune(text, '@') && userinfo.MatchString(text)
}

// routingSecrets are words of FRR before a key in plain text.
var routingSecrets = regexp.MustCompile(`(?i)\b(password|md5|key-string|authentication-key|message-digest-key|pre-shared-key|psk|nhrp authentication)\s+\S`)

func routingSecret(text string) bool {
	return routingSecrets.MatchString(text) || looksSecret(text)
}

// sudoWords are words of sudoers that only sound like a secret.
var sudoWords = regexp.MustCompile(`(?i)\b((NO)?PASSWD\s*:|(passwd_(tries|timeout)|passprompt(_regex)?|badpass_message|pwfeedback|mail_badpass|insults)\b)`)

func sudoSecret(text string) bool {
	return looksSecret(sudoWords.ReplaceAllString(text, "")) || hasUserinfo(text)
}

// secretStems are parts of all words of secretWords; most texts hold none, and the search for
// them is much cheaper than the expression.
var secretStems = []string{"pass", "pw", "secret", "token", "psk", "bearer", "credential", "preshared", "key"}

// looksSecret finds words such as "password=" in free text, and what is handed to programs without such a word.
func looksSecret(text string) bool {
	lower := strings.ToLower(text)
	for _, stem := range secretStems {
		if strings.Contains(lower, stem) {
			return secretWords.MatchString(text) || handsSecret(text)
		}
	}
	return handsSecret(text)
}

// encodedSecret is looksSecret for text that may be base64.
func encodedSecret(text string) bool {
	if looksSecret(text) {
		return true
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	return err == nil && (looksSecret(string(decoded)) || urlHasSecret(string(decoded)))
}

func hasArguments(text string) bool {
	_, rest := cutWord(text)
	return rest != ""
}

// userWithPassword is the form user%password of CIFS, or user:password of file systems over HTTP and FTP.
func userWithPassword(text string) bool {
	return strings.ContainsAny(text, "%:")
}

// nameless is true for a header that is not written as name=…,value=….
func nameless(text string) bool {
	return !strings.HasPrefix(text, "name=")
}

func notAPath(text string) bool {
	return !strings.HasPrefix(text, "/")
}

// inlineMap is true for Postfix tables that stand in main.cf itself.
func inlineMap(text string) bool {
	for _, table := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(blanks+",{}", r) }) {
		kind, _, _ := strings.Cut(table, ":")
		if kind == "inline" || kind == "static" {
			return true
		}
	}
	return false
}

func urlHasSecret(text string) bool {
	_, secret := splitURL(text)
	return secret != ""
}

// splitURL removes user, password and telling query values of every address in a text.
// secret is what was removed. A user name alone counts only for http, where it is a token.
func splitURL(text string) (clean, secret string) {
	var kept, removed strings.Builder
	for {
		i := strings.Index(text, "://")
		if i < 0 {
			break
		}
		http := hasSuffixFold(text[:i], "http") || hasSuffixFold(text[:i], "https")
		kept.WriteString(text[:i+3])
		text = text[i+3:]
		end := strings.IndexAny(text, blanks+",\"'")
		if end < 0 {
			end = len(text)
		}
		address, rest := text[:end], text[end:]
		authority := len(address)
		if slash := strings.IndexAny(address, "/?#"); slash >= 0 {
			authority = slash
		}
		// A password may hold an unescaped slash; a colon before the last @ of the address gives it away.
		if user := strings.LastIndex(address, "@"); user > authority && strings.Contains(address[:authority], ":") && !portOnly(address[:authority]) {
			authority = len(address)
		}
		if user := strings.LastIndex(address[:authority], "@"); user >= 0 && (http || strings.Contains(address[:user], ":")) {
			removed.WriteString(address[:user])
			address = address[user+1:]
		}
		if place := capability.FindStringIndex(address); place != nil {
			removed.WriteString(address[place[1]:])
			address = address[:place[1]]
		}
		if base, query, ok := strings.Cut(address, "?"); ok && looksSecret(query) {
			removed.WriteString(query)
			address = base
		}
		kept.WriteString(address)
		text = rest
	}
	kept.WriteString(text)
	return kept.String(), removed.String()
}

// capability matches the beginning of paths that are secrets themselves: whoever knows such an address may write there. They are
// the incoming webhooks of Slack, Discord and Teams, and the bots of Telegram.
var capability = regexp.MustCompile(`(?i)/(?:services/|(?:api/)?webhooks?(?:b2)?/|bot[0-9]+:)`)

func hasSuffixFold(text, suffix string) bool {
	return len(text) >= len(suffix) && strings.EqualFold(text[len(text)-len(suffix):], suffix)
}

// portOnly is true for host:digits, where the colon does not begin a password.
func portOnly(authority string) bool {
	i := strings.LastIndex(authority, ":")
	return i >= 0 && i+1 < len(authority) && strings.Trim(authority[i+1:], "0123456789") == ""
}

// kindOf guesses the family of a file from its path.
func kindOf(filePath string) fileKind {
	base := path.Base(filePath)
	in := func(part string) bool { return strings.Contains(filePath, part) }
	switch {
	case in("/qemu-server/"), in("/lxc/") && strings.HasSuffix(base, ".conf"):
		return guestKind
	case strings.HasSuffix(base, ".fw"):
		return firewallKind
	case base == "datacenter.cfg", base == "vzdump.conf", in("/nodes/") && base == "config":
		return keyValueKind
	case base == "corosync.conf":
		return corosyncKind
	case base == "ceph.conf":
		return cephKind
	case base == "main.cf":
		return postfixKind
	case strings.HasPrefix(base, "sshd_config"), in("/sshd_config.d/"):
		return sshdKind
	case base == "fstab", base == "crypttab", base == "mountinfo":
		return mountKind
	case in("/network/interfaces"):
		return interfaceKind
	case base == "cmdline", in("/default/grub"):
		return kernelKind
	case in("/NetworkManager/"):
		return networkManagerKind
	case in("/modprobe.d/"), in("/modules-load.d/"), base == "modules":
		return modprobeKind
	case base == "sysctl.conf", in("/sysctl.d/"):
		return sysctlKind
	case in("/default/"), filePath == "/etc/environment", base == "os-release", base == "locale.conf", base == "vconsole.conf":
		return shellKind
	case in("/systemd/system") || in("/systemd/generator"):
		return unitKind
	case base == "nsswitch.conf":
		return plainKind
	case in("/sudoers"):
		return sudoersKind
	case in("/pam.d/"):
		return pamKind
	case in("/etc/snmp/"):
		return snmpKind
	case in("/etc/nut/"):
		return nutKind
	case in("/etc/frr/"):
		return frrKind
	case in("/etc/pve/") && (strings.HasSuffix(base, ".cfg") || base == "cpu-models.conf"):
		return sectionKind
	}
	return otherKind
}
