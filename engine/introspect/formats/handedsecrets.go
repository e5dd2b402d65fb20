package formats

import (
	"regexp"
	"strings"
)

// handed are the ways in which well-known programs take a secret that no telling word stands before: a
// switch of one letter, a user and a password in one word, a line of HTTP, a pipe into what asks for it.
// Only the switches of programs that are named are here: -p is a port, a path or a protocol to most.
var handed = regexp.MustCompile(strings.Join([]string{
	`\bsshpass\b[^|;&]*?\s-p\s*\S`,
	`\b(?:mysql|mariadb)[\w-]*\b[^|;&]*?\s-p["']?[^\s"']`,
	`\b7z[ar]?\b[^|;&]*?\s-p["']?[^\s"']`,
	`\bcurl\b[^|;&]*?\s(?:-[a-zA-Z]*[uU]|--user|--proxy-user)["'=\s]*[^\s:"'=]+\\?:["']?[^\s"'$]`,
	`\bipmitool\b[^|;&]*?\s-P\s*\S`,
	`\bsnmp(?:get|getnext|bulkget|walk|bulkwalk|set|table|trap|inform|status|df|netstat|test)\b[^|;&]*?\s-[cAX]\s*\S`,
	`\bldap(?:search|modify|add|delete|passwd|whoami|compare)\b[^|;&]*?\s-w\s*\S`,
	`\bredis-cli\b[^|;&]*?\s-a\s*\S`,
	`--requirepass[\s=]\s*\S`,
	`\bmosquitto_(?:pub|sub|rr)\b[^|;&]*?\s-P\s*\S`,
	`\bzip\b[^|;&]*?\s-P\s*\S`,
	`\b(?:smbclient|rpcclient|smbcacls|net)\b[^|;&]*?\s(?:-U|--user)[=\s]*\S+%\S`,
	`\blftp\b[^|;&]*?\s-u\s*[^\s,]+,\S`,
	`\bopenssl\b[^|;&]*?\s(?:-[kK]\s+\S|-pass(?:in|out)?\s+["']?pass:)`,
	`\bups(?:cmd|rw)\b[^|;&]*?\s-p\s*\S`,
	`\b(?:echo|printf)\s[^|;&]*\|\s*(?:sudo\s+)?(?:/\S*/)?(?:cryptsetup|sudo\s+-S|chpasswd|openssl|gpg|wg|zfs\s+load-key|kinit|docker\s+login)\b`,
	`(?i:\b(?:proxy-)?authorization\b["']?[\s:=,]+["']?(?:basic|token|digest|apikey|splunk|negotiate)[\s\\]+\S)`,
	`(?i:\bx-[a-z-]*(?:auth|key)[a-z-]*["']?\s*[:=]\s*\S)`,
	`\biwconfig\b[^|;&]*?\s(?:key|enc)\s+\S`,
	`\bip\s[^|;&]*?\bxfrm\b[^|;&]*?\s(?:auth|enc|aead|auth-trunc)\s+\S+\s+\S`,
	`\bip\s[^|;&]*?\bmacsec\d*\b[^|;&]*?\skey\s+\S+\s+\S`,
	`\bauth\s+[^\s:/]+:\S`,
	`\buser(?:name)?=[^\s,%]+%[^\s,]`,
	`//[^\s/:@]+:[^\s/@]+@`,
	`(?:^|[\s,\[])key=["']?[^\s"'/$,]{6,}`,
}, "|"))

// handedStems are parts of which every text that handed finds holds one.
var handedStems = []string{" -", "\t-", "echo", "printf", "uthorization", "UTHORIZATION", "x-", "X-", "iwconfig", "ip ", "auth ", "%", "@", "key="}

// handsSecret finds a secret that is handed to a program.
func handsSecret(text string) bool {
	for _, stem := range handedStems {
		if strings.Contains(text, stem) {
			return handed.MatchString(text)
		}
	}
	return false
}

// colonBeforeAt finds user:password@host where more may stand before, as in iscsi:user:password@192.0.2.1.
var colonBeforeAt = regexp.MustCompile(`:[^\s/@:]+@[^\s@]`).MatchString

// longWord is true for what may be a key: one word that is neither an address nor a path nor a switch.
func longWord(text string) bool {
	return len(text) >= 12 && !strings.ContainsAny(text, blanks) && notAPath(text) && !strings.Contains(text, "://")
}

// notNamed is true for a key that stands in the value itself, and not in a file or a variable that it names.
func notNamed(text string) bool {
	return text != "" && notAPath(text) && !isReference(text)
}

// userAndPassword is user:password and nothing else; addresses of IPv6 and networks are not.
var userAndPassword = regexp.MustCompile(`^[^\s:/.\[]+:[^\s:/]+$`).MatchString
