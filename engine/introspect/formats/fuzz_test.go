package formats

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// facts walks a result and checks what holds for every one: no list is nil, sources name a line
// that exists, values and secrets exclude each other. It returns the lines that facts come from.
func facts(t *testing.T, path string, lines int, result any) map[int]bool {
	t.Helper()
	seen := map[int]bool{}
	var walk func(where string, v reflect.Value)
	walk = func(where string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Slice:
			if v.IsNil() {
				t.Fatalf("%s is a nil list", where)
			}
			for i := range v.Len() {
				walk(where+"["+strconv.Itoa(i)+"]", v.Index(i))
			}
		case reflect.Interface, reflect.Pointer:
			if !v.IsNil() {
				walk(where, v.Elem())
			}
		case reflect.Struct:
			if p, ok := v.Interface().(snapshot.Property); ok && (p.Value == nil) == (p.Secret == nil) {
				t.Fatalf("%s has a value and a secret, or neither: %+v", where, p)
			}
			for i := range v.NumField() {
				field := v.Type().Field(i)
				if field.Name == "_" {
					continue
				}
				if text := v.Field(i); field.Name == "Source" && field.Type.Kind() == reflect.String && text.String() != path && text.String() != "" && isFact(v.Type()) {
					number, err := strconv.Atoi(strings.TrimPrefix(text.String(), path+":"))
					if err != nil || number < 1 || number > lines {
						t.Fatalf("%s: the source %q is no line of the file", where, text.String())
					}
					seen[number] = true
				}
				walk(where+"."+field.Name, v.Field(i))
			}
		}
	}
	walk("result", reflect.ValueOf(result))
	return seen
}

// isFact is false for types whose Source is a device.
func isFact(t reflect.Type) bool {
	return t != reflect.TypeFor[snapshot.Mount]()
}

// countLines is the number of lines as splitLines counts them.
func countLines(data []byte) int {
	n := bytes.Count(data, []byte("\n"))
	if len(data) > 0 && data[len(data)-1] != '\n' {
		n++
	}
	return n
}

// accounted fails for a line that is neither a fact, nor an anomaly, nor structure.
func accounted(t *testing.T, data []byte, seen map[int]bool, structure func(text string) bool) {
	t.Helper()
	lines, _ := splitLines(data)
	for _, l := range lines {
		if text := strings.Trim(l.text, blanks); text != "" && !seen[l.number] && !structure(text) {
			t.Fatalf("line %d got lost: %q", l.number, l.text)
		}
	}
}

// plant hides a secret behind a key in front of fuzzed text; it must not come out.
func hidden(t *testing.T, result any) {
	t.Helper()
	if strings.Contains(encode(t, result), planted) {
		t.Fatal("the secret came out")
	}
}

const fuzzPath = "/etc/fuzz"

func addCorpus(f *testing.F, parser string) {
	for _, place := range secretPlaces {
		if place.parser == parser {
			f.Add([]byte(strings.ReplaceAll(place.text, "SECRET", "x") + "\n"))
		}
	}
}

func FuzzInterfaces(f *testing.F) {
	addCorpus(f, "interfaces")
	f.Add([]byte("auto lo vmbr0\niface vmbr0 inet static\n\taddress 10.0.0.1/24\n\tbridge_ports none\n\nsource x\\\n  y\nsource-directory d\niface vmbr0:1 inet6 static\n address fd::1\n netmask 64\nallow-hotplug a[1-4]\niface a[1-4]\n"))
	f.Add([]byte("mapping a\n script x\n%for\nno-scripts a\n#c\\\niface x inet dhcp inherits y\nvlan z\n ovs_type OVSBond\n ovs_options tag=1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := append([]byte("iface fuzzed\n wpa-psk "+planted+"\n"), data...)
		found, anomalies, read, err := Interfaces(fuzzPath, tree{files: map[string][]byte{fuzzPath: text}})
		if err != nil || len(read) != 1 {
			t.Fatal(read, err)
		}
		result := []any{found, anomalies}
		seen := facts(t, fuzzPath, countLines(text), result)
		hidden(t, result)
		// A continued line counts with its first; stanzas, classes and what hangs below a reported one are structure.
		lines, _ := splitLines(text)
		skipping := false
		for _, l := range logicalLines(lines) {
			word, _ := cutWord(l.text)
			if startsStanza(word) {
				skipping = seen[l.number] && word != "iface" && word != "vlan" || word == "iface" && l.text == "iface" || word == "vlan" && l.text == "vlan"
				continue
			}
			if skipping {
				continue
			}
			if !seen[l.number] {
				t.Fatalf("line %d got lost: %q", l.number, l.text)
			}
		}
		for _, i := range found {
			for _, a := range i.Addresses {
				if a.Family != "inet" && a.Family != "inet6" || !strings.Contains(a.CIDR, "/") {
					t.Fatalf("bad address %+v", a)
				}
			}
		}
	})
}

func FuzzSections(f *testing.F) {
	for _, kind := range []string{"storage", "realms", "notifications", "mapping", "sdn-ipams"} {
		for _, place := range secretPlaces {
			if place.parser == kind {
				f.Add([]byte(place.text+"\n"), kind)
			}
		}
	}
	f.Add([]byte("dir: local\r\n\tpath /x\r\n\r\nnfs: nas\r\n\tserver a\r\n"), "storage")
	f.Add([]byte("dir: a1\n\tpath /x\nnfs: nas\n\tserver a\n\tpath /y\n \ndir: a1\n\n\ndir: a1\n\tpath\n"), "storage")
	f.Fuzz(func(t *testing.T, data []byte, kind string) {
		text := append([]byte("ldap: fuzzed\n\tpassword "+planted+"\n\n"), data...)
		sections, anomalies := Sections(fuzzPath, text, SectionKind(kind))
		result := []any{sections, anomalies}
		seen := facts(t, fuzzPath, countLines(text), result)
		hidden(t, result)
		replaced := map[int]bool{} // lines of sections that another replaces, up to the empty line
		lines, _ := splitLines(text)
		gone := false
		for _, l := range lines {
			if l.text == "" {
				gone = false
			}
			for _, a := range anomalies {
				if (a.Kind == "duplicate-section" || a.Kind == "replaced-section") && a.Source == at(fuzzPath, l.number) {
					gone = true
				}
			}
			replaced[l.number] = gone
			if gone {
				seen[l.number] = true
			}
		}
		accounted(t, text, seen, func(text string) bool { return text[0] == '#' })
		ids := map[string]bool{}
		for _, s := range sections {
			if ids[s.ID] {
				t.Fatalf("the section %q stands twice", s.ID)
			}
			ids[s.ID] = true
		}
		if kind == "storage" && !ids["local"] {
			t.Fatal("a host without its storage local")
		}
	})
}

func FuzzGuest(f *testing.F) {
	for _, kind := range []string{"qemu", "lxc"} {
		for _, place := range secretPlaces {
			if place.parser == kind {
				f.Add([]byte(strings.ReplaceAll(place.text, "SECRET", "x")+"\n"), kind == "lxc")
			}
		}
	}
	f.Add([]byte("#d\ncores: 2\ncores: x\n[PENDING]\ndelete: a\n[snap]\nnet0: virtio=AA,bridge=b\n[snap]\n[:3]\nx: y\n[special:cloudinit]\nname: z\n"), false)
	f.Add([]byte("lxc.idmap: u 0 1 2\nlxc.a = b\n[pve:pending]\nmp0: /a,mp=/b\n[x:y]\n"), true)
	f.Fuzz(func(t *testing.T, data []byte, lxc bool) {
		kind := map[bool]string{false: "qemu", true: "lxc"}[lxc]
		secret := map[bool]string{false: "cipassword: ", true: "lxc.environment: A="}[lxc]
		text := append([]byte(secret+planted+"\n"), data...)
		g := Guest(fuzzPath, kind, 100, "pve", true, text)
		seen := facts(t, fuzzPath, countLines(text), g)
		hidden(t, g)
		lines, _ := splitLines(text)
		gone := false
		for _, l := range lines {
			if m := sectionLine.FindStringSubmatch(strings.TrimRight(l.text, blanks)); m != nil {
				// A container has no unknown sections: their lines belong to the one above.
				gone = gone && lxc && !snapshotName.MatchString(m[1]) && !strings.EqualFold(m[1], "pve:pending")
			}
			for _, a := range g.Anomalies {
				if a.Kind == "duplicate-section" && a.Source == at(fuzzPath, l.number) {
					gone = true
				}
			}
			if gone {
				seen[l.number] = true
			}
		}
		accounted(t, text, seen, func(text string) bool {
			return text[0] == '#' || strings.HasPrefix(text, "description:") || sectionLine.MatchString(text)
		})
	})
}

func FuzzCorosync(f *testing.F) {
	addCorpus(f, "corosync")
	f.Add([]byte("totem { a: b c d: e interface { linknumber: 0 } } nodelist { node { name: a nodeid: 1 ring0_addr: fd::1 } node{ring0_addr:b}}\n}\nquorum{device{net{host: q}}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		props, nodes, _, links, _, err := Corosync(fuzzPath, data)
		seen := facts(t, fuzzPath, max(1, countLines(data)), []any{props, nodes, links})
		if err == nil {
			accounted(t, data, seen, func(text string) bool { return text[0] == '#' || strings.ContainsAny(text, "{}") })
		}
		for _, p := range props {
			if len(p.Key) > (maxCorosyncDepth+1)*(maxCorosyncName+20)+len(data) {
				t.Fatal("a key grew beyond the input")
			}
		}
	})
}

func FuzzUserCfg(f *testing.F) {
	addCorpus(f, "user.cfg")
	f.Add([]byte("user:a@pve:1:0:::::\ntoken:a@pve!t:0:1:\ngroup:g:a@pve:\nrole:r:x,y:\npool:p::1:s:\nacl:1:/:@g:r:\nx\nuser:a@pve:\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := append([]byte("user:fuzzed@pve:1:0:::::"+planted+":\n"), data...)
		access := UserCfg(fuzzPath, text)
		seen := facts(t, fuzzPath, countLines(text), access)
		hidden(t, access)
		lines, _ := splitLines(text)
		replaces := len(access.Anomalies) > 0
		accounted(t, text, seen, func(text string) bool {
			// A record that a later one of its id replaces is named where it is replaced.
			kind, rest, _ := strings.Cut(text, ":")
			id, _, _ := strings.Cut(rest, ":")
			same := 0
			for _, l := range lines {
				k, r, _ := strings.Cut(strings.Trim(l.text, blanks), ":")
				i, _, _ := strings.Cut(r, ":")
				if strings.Trim(k, blanks) == strings.Trim(kind, blanks) && strings.Trim(i, blanks) == strings.Trim(id, blanks) {
					same++
				}
			}
			return replaces && same > 1
		})
	})
}

func FuzzFirewall(f *testing.F) {
	f.Add([]byte("[OPTIONS]\nx\n[RULES]\nIN ACCEPT # x\nx\n"), "node")
	f.Add([]byte("[OPTIONS]\nenable: 1\n[ALIASES]\na 10.0.0.1\n[IPSET x]\n!a\n[RULES]\n|IN SSH(ACCEPT) -i net0 --source +x\nGROUP g\n[group g]\nOUT DROP -p tcp # c\n"), "cluster")
	f.Fuzz(func(t *testing.T, data []byte, scope string) {
		file := Firewall(fuzzPath, data, scope, "n")
		seen := facts(t, fuzzPath, countLines(data), file)
		lines, _ := splitLines(data)
		for _, l := range lines { // entries of a set carry no line of their own, nor do those of replaced sections
			for _, a := range file.Anomalies {
				if a.Kind == "duplicate-section" {
					seen[l.number] = true
				}
			}
		}
		inSet := false
		for _, l := range lines {
			text := strings.Trim(l.text, blanks)
			if m := namedSection.FindStringSubmatch(text); m != nil {
				inSet = strings.EqualFold(m[1], "ipset")
			} else if plainSection.MatchString(text) {
				inSet = false
			}
			if inSet {
				seen[l.number] = true
			}
		}
		accounted(t, data, seen, func(text string) bool { return text[0] == '#' || text[0] == '[' })
		for _, rule := range file.Rules {
			switch rule.Direction {
			case "IN", "OUT", "FORWARD", "GROUP":
			default:
				t.Fatalf("bad direction in %+v", rule)
			}
		}
	})
}

func FuzzKeyValues(f *testing.F) {
	addCorpus(f, "key-values")
	f.Fuzz(func(t *testing.T, data []byte) {
		const path = "/etc/pve/datacenter.cfg"
		text := append([]byte("http_proxy: http://u:"+planted+"@h\n#"+planted+"\n"), data...)
		properties, anomalies := keyValues(path, text)
		result := []any{properties, anomalies}
		seen := facts(t, path, countLines(text), result)
		hidden(t, result)
		accounted(t, text, seen, func(text string) bool { return text[0] == '#' })
	})
}

func FuzzFstab(f *testing.F) {
	addCorpus(f, "fstab")
	f.Fuzz(func(t *testing.T, data []byte) {
		text := append([]byte("//h/s /m cifs password="+planted+" 0 0\n"), data...)
		entries, anomalies := Fstab(fuzzPath, text)
		result := []any{entries, anomalies}
		seen := facts(t, fuzzPath, countLines(text), result)
		hidden(t, result)
		accounted(t, text, seen, func(text string) bool { return text[0] == '#' })
	})
}

func FuzzDpkgStatus(f *testing.F) {
	f.Add([]byte("Package: a\nStatus: install ok installed\nArchitecture: all\nVersion: 1\nDescription: x\n y\n\nPackage: b\nStatus: x\n"), []byte("Package: a\nArchitecture: amd64\nAuto-Installed: 1\n"))
	f.Fuzz(func(t *testing.T, status, states []byte) {
		packages := DpkgStatus(status, states)
		facts(t, fuzzPath, 0, packages)
		for i, p := range packages {
			if p.Name == "" || p.Status != "installed" && p.Status != "config-files" && p.Status != "broken" {
				t.Fatalf("bad package %+v", p)
			}
			if i > 0 && packages[i-1].Name > p.Name {
				t.Fatal("not sorted")
			}
		}
	})
}

func FuzzAptSources(f *testing.F) {
	addCorpus(f, "apt")
	f.Add([]byte("Types: deb\nURIs: http://a b\n c\nSuites: x\nSigned-By:\n -----\n\nEnabled: no\nTypes: deb\nURIs: x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, path := range []string{"/etc/apt/x.list", "/etc/apt/x.sources"} {
			text := append([]byte("deb https://u:"+planted+"@h/d x main\n"), data...)
			if strings.HasSuffix(path, ".sources") {
				text = append([]byte("Types: deb\nURIs: https://u:"+planted+"@h/d\nSuites: x\n\n"), data...)
			}
			found := AptSources(path, text)
			facts(t, path, countLines(text), found)
			hidden(t, found)
		}
	})
}

// The line by line formats share their invariants.
func FuzzPlainFiles(f *testing.F) {
	for _, parser := range []string{"kernel", "crypttab", "mountinfo", "ceph", "postfix", "cron", "modprobe", "sshd", "shell", "passwd", "sysctl"} {
		addCorpus(f, parser)
	}
	f.Add([]byte("root:x:0:0::/:/bin/sh\n127.0.0.1 a # b\nnameserver 1\nsearch a b\n/dev/sda part 1 0 0\nssh-rsa AAAA\nflags : a b\n[Unit]\nDescription=x\\\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, result := range map[string]any{
			"passwd": Passwd(fuzzPath, data, data), "group": Group(fuzzPath, data), "crypttab": Crypttab(fuzzPath, data), "mountinfo": MountInfo(data),
			"swaps": Swaps(data), "resolv": ResolvConf(fuzzPath, data), "hosts": Hosts(fuzzPath, data), "cron": Cron(fuzzPath, data, true),
			"sysctl": Sysctl(fuzzPath, data), "modprobe": Modprobe(fuzzPath, data), "modules": ModulesLoad(fuzzPath, data),
			"kernel": KernelParameters(fuzzPath+":1", data), "shell": ShellVariables(fuzzPath, data), "sshd": SSHD(fuzzPath, data),
			"postfix": PostfixMain(fuzzPath, data), "cpu": CPUInfo(data), "keys": AuthorizedKeys(fuzzPath, "u", data),
			"subuid": Subordinate(fuzzPath, "uid", data), "ceph": CephConf(fuzzPath, data),
		} {
			t.Log(name)
			facts(t, fuzzPath, max(1, countLines(data)), result)
		}
		_, _ = HostID(data)
		_, _ = MemInfo(data)
		OSRelease(data)
	})
}

func FuzzSplitURL(f *testing.F) {
	f.Add("https://u:p@h/x")
	f.Add("x http://h:80/a@b ssh://git@h?token=1")
	f.Fuzz(func(t *testing.T, text string) {
		clean, secret := splitURL(text)
		if len(clean)+len(secret) > len(text) {
			t.Fatalf("%q became longer: %q and %q", text, clean, secret)
		}
		if secret == "" && clean != text {
			t.Fatalf("%q changed without a secret: %q", text, clean)
		}
		if _, again := splitURL(clean); strings.HasPrefix(text, "http://u:p@") && again != "" && !strings.Contains(text[11:], "@") && !strings.Contains(text[11:], "?") {
			t.Fatalf("%q keeps a secret: %q", text, again)
		}
	})
}
