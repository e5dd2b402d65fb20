package formats

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The largest file that /etc/pve holds is 1 MiB. No text of half that size may keep a parser busy or
// make it blow up what it was given.
func TestHostileTextsStayCheap(t *testing.T) {
	const (
		size      = 1 << 19
		patience  = 20 * time.Second // a quadratic parser takes minutes, a linear one well below a second
		expansion = 64               // facts carry their path and line, so short lines grow
	)
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	var sources, numbered strings.Builder
	for i := 0; numbered.Len() < size; i++ {
		fmt.Fprintf(&numbered, "k%d: v\n", i)
		fmt.Fprintf(&sources, "[s%d]\n", i)
	}
	long := strings.Repeat("x", size/2)
	tests := []struct{ parser, name, text string }{
		{"interfaces", "ports", "iface a\n bridge-ports " + fill("p1 p2 ")},
		{"interfaces", "many names", "auto " + fill("a b ")},
		{"interfaces", "auto all", fill("auto all\niface a\n")},
		{"interfaces", "continued lines", fill("\\\n")},
		{"interfaces", "ranges", fill("iface a[1-4000]\n")},
		{"interfaces", "a range of long names", "iface " + long + "[1-4000]\n mtu 1\n"},
		{"interfaces", "a range of many options", "iface a[1-4000]\n" + fill("up x\n")},
		{"interfaces", "a long class", "allow-" + long + " " + fill("a ")},
		{"interfaces", "addresses", "iface a\n" + fill("address 10.0.0.1\n")},
		{"interfaces", "sources", fill("source a\n")},
		{"storage", "properties", "dir: ab\n" + fill(" a b\n")},
		{"storage", "headers", fill("dir: ab\n\n")},
		{"storage", "a long id", "dir: " + long + "\n" + fill(" a b\n")},
		{"notifications", "addresses", "webhook: w\n\turl " + fill("http://a@b,")},
		{"qemu", "keys", numbered.String()},
		{"qemu", "sections", sources.String()},
		{"qemu", "one key", fill("a: b\n")},
		{"qemu", "fields", "net0: " + fill("a=b,")},
		{"qemu", "brackets", strings.Repeat("[", size)},
		{"lxc", "raw lines", fill("lxc.idmap: u\n")},
		{"corosync", "tokens", fill("a: ")},
		{"corosync", "values", fill("a: b\n")},
		{"corosync", "blocks", fill("a { ")},
		{"corosync", "a long block", long + " { " + fill("a: b\n")},
		{"corosync", "nodes", fill("node{a:b}")},
		{"user.cfg", "records", fill("acl:1:/a:b:c:\n")},
		{"user.cfg", "columns", fill("user:")},
		{"firewall", "options of a rule", "[RULES]\nIN ACCEPT " + fill("-p a ")},
		{"firewall", "sets", fill("[IPSET a]\n")},
		{"key-values", "keys", numbered.String()},
		{"fstab", "options", "a /b c " + fill("d,")},
		{"fstab", "escapes", fill("\\040")},
		{"apt", "one line", "deb " + fill("a:b ")},
		{"kernel", "parameters", fill("a=b ")},
		{"kernel", "quotes", fill("\"")},
		{"ceph", "a long section", "[" + long + "]\n" + fill("a=b\n")},
		{"postfix", "continued lines", "a=b\n" + fill(" c\n")},
		{"cron", "assignments", "* * * * * root " + fill("A=1 ")},
		{"mountinfo", "words", fill("a - ")},
		{"ovsdb", "pairs", `["map",[` + fill(`["a","b"],`) + `["a","b"]]]`},
		{"ovsdb", "brackets", strings.Repeat("[", size)},
		{"sshd", "lines", fill("A b\n")},
	}
	for _, test := range tests {
		t.Run(test.parser+" "+test.name, func(t *testing.T) {
			start := time.Now()
			out := encode(t, parse(test.parser, "", test.text))
			if spent := time.Since(start); spent > patience {
				t.Errorf("took %v", spent)
			}
			if len(out) > expansion*len(test.text) {
				t.Errorf("%d bytes became %d", len(test.text), len(out))
			}
			t.Logf("%v, %d times the input", time.Since(start), len(out)/len(test.text))
		})
	}
}
