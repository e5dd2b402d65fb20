package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// unitOf reads a unit from texts: its file, then its drop-ins.
func unitOf(name string, texts ...string) UnitFacts {
	sources := make([]UnitSource, len(texts))
	for i, text := range texts {
		sources[i] = UnitSource{"/etc/systemd/system/" + name + strings.Repeat(".d", i), []byte(text)}
	}
	return Unit(name, sources)
}

func TestUnitSaysWhetherItCanBeEnabled(t *testing.T) {
	for text, want := range map[string][2]bool{
		"":                                      {},
		"[Unit]\nWantedBy=x\n":                  {},
		"[Install]\nWantedBy=\nDefaultInstance": {},
		"[Install]\nWantedBy=a\nWantedBy=\n":    {},
		"[Install]\nWantedBy=a\n":               {true, false},
		"[Install]\nAlias=a.service\nAlso=b\n":  {true, false},
		"[Install]\nAlso=b.socket\n":            {true, true},
	} {
		if facts := unitOf("a.service", text); (facts.Installable != want[0]) || (facts.OnlyAlso != want[1]) {
			t.Errorf("%q: got %v, %v", text, facts.Installable, facts.OnlyAlso)
		}
	}
}

func TestUnitDescription(t *testing.T) {
	for text, want := range map[string]string{
		"[Unit]\nDescription=A \\\n# c\n  b\n[Service]\nDescription=no\n": "A  b",
		"[Unit]\nDescription=Forward Password Requests to Wall\n":         "Forward Password Requests to Wall",
		"[Unit]\nDescription=job with password=hunter2\n":                 "",
		"Description=outside\n":                                           "",
	} {
		if facts := unitOf("a.service", text); facts.Description != want {
			t.Errorf("%q: %q, want %q", text, facts.Description, want)
		}
	}
}

// Lists grow with every drop-in until one clears them; dependencies cannot be taken back, scalars are replaced.
func TestDropInsApplyInOrder(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
		want  snapshot.UnitDetail
	}{
		{"a.service", []string{
			"[Unit]\nAfter=b.service a.target\nAfter=\nWants=w1 w1\nRequires=\"r x.service\"\nConflicts=c\n[Service]\nUser=u1\nGroup=g\nExecStart=/bin/one\nExecStop=/bin/stop a\n",
			"[Service]\nExecStart=\nExecStart=/bin/two %i\nUser=u2\nGroup=\nExecStart=/bin/three\n[Unit]\nAfter=%p.socket",
		}, snapshot.UnitDetail{
			After: []string{"%p.socket", "a.target", "b.service"}, Wants: []string{"w1"}, Requires: []string{"r x.service"}, Conflicts: []string{"c"},
			User: "u2", Commands: []snapshot.UnitCommand{
				{When: "ExecStart", Program: "/bin/two", Arguments: []string{"%i"}}, {When: "ExecStart", Program: "/bin/three"},
				{When: "ExecStop", Program: "/bin/stop", Arguments: []string{"a"}},
			},
		}},
		{"a.socket", []string{"[Socket]\nListenStream=22\nListenDatagram=/run/a\nExecStartPre=/bin/true\n", "[Socket]\nListenFIFO=/run/f\n"}, snapshot.UnitDetail{
			Listen:   []string{"stream [::]:22", "datagram /run/a", "fifo /run/f"},
			Commands: []snapshot.UnitCommand{{When: "ExecStartPre", Program: "/bin/true"}}, Triggers: []string{"a.service"},
		}},
		{"b.socket", []string{"[Socket]\nListenStream=22\nListenNetlink=route 1361\n", "[Socket]\nListenDatagram=\nListenStream=[::1]:80\nAccept=yes\n"}, snapshot.UnitDetail{
			Listen: []string{"stream [::1]:80"}, Triggers: []string{"b@.service"},
		}},
		{"c.socket", []string{"[Socket]\nAccept=no\nService=other.service\n"}, snapshot.UnitDetail{Triggers: []string{"other.service"}}},
		{"a.timer", []string{"[Timer]\nOnCalendar=daily\nOnBootSec=5min\n", "[Timer]\nOnUnitActiveSec=1h\n"}, snapshot.UnitDetail{
			Timers: []string{"OnBootSec=5min", "OnCalendar=daily", "OnUnitActiveSec=1h"}, Triggers: []string{"a.service"},
		}},
		{"b.timer", []string{"[Timer]\nOnCalendar=daily\nUnit=x.target\n", "[Timer]\nOnBootSec=\nOnCalendar=*-*-* 00:00:00\n"}, snapshot.UnitDetail{
			Timers: []string{"OnCalendar=daily"}, Triggers: []string{"x.target"},
		}},
		{"a.path", []string{"[Path]\nPathExists=/x\n"}, snapshot.UnitDetail{Triggers: []string{"a.service"}}},
		{"a.automount", []string{"[Automount]\nWhere=/a\n"}, snapshot.UnitDetail{Triggers: []string{"a.mount"}}},
		// What stands in a section of another type means nothing.
		{"a.target", []string{"[Service]\nExecStart=/bin/a\nUser=u\n[Socket]\nListenStream=1\n[Timer]\nOnBootSec=1\n"}, snapshot.UnitDetail{}},
	} {
		if d := cmp.Diff(c.want, unitOf(c.name, c.texts...).Detail, every); d != "" {
			t.Errorf("%s %q\n%s", c.name, c.texts, d)
		}
	}
}

// every compares facts; a list that a test leaves out is an empty one.
var every = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(snapshot.Property{})}

func TestCommandLinesOfUnits(t *testing.T) {
	for value, want := range map[string][][]string{
		`/bin/a b  c`:                  {{"/bin/a", "b", "c"}},
		`-@/bin/a name b`:              {{"/bin/a", "b"}},
		`@-/bin/a name`:                {{"/bin/a"}},
		`+!!:/bin/a`:                   {{"/bin/a"}},
		`/bin/a ; -/bin/b c`:           {{"/bin/a"}, {"/bin/b", "c"}},
		`/bin/a \; ";" b`:              {{"/bin/a", ";", ";", "b"}},
		`/bin/sh -c 'a "b" ; c' "d'"`:  {{"/bin/sh", "-c", `a "b" ; c`, "d'"}},
		`/bin/a x\x20y \141\u00e4\s`:   {{"/bin/a", "x y", "aä "}},
		`/bin/a \q \x2 "" unfinished"`: {{"/bin/a", `\q`, `\x2`, "", "unfinished"}},
		`/bin/a \xff\`:                 {{"/bin/a", "\uFFFD\\"}},
		`;`:                            nil,
		`$VAR ${B} %i`:                 {{"$VAR", "${B}", "%i"}},
	} {
		var got [][]string
		for _, c := range unitCommands("/u", "ExecStart", value) {
			if c.Secret != nil {
				t.Errorf("%s is taken for a secret", value)
			}
			got = append(got, append([]string{c.Program}, c.Arguments...))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s\n%s", value, d)
		}
	}
}

// hides says whether the table of secrets hides a setting.
func hides(key, value string) bool {
	setting := UnitSetting("/etc/systemd/system/a.service", key, value)
	return setting.Secret != nil && setting.Value == nil
}

func TestSecretsOfUnits(t *testing.T) {
	for _, c := range []struct{ key, value string }{
		{"Service.SetCredential", "a:b"},
		{"Service.SetCredentialEncrypted", "a:b"},
		{"Service.Environment", "A=1 PGPASSWORD=x"},
		{"Service.Environment", `"DB_PASS=a b"`},
		{"Service.Environment", "MYSQL_PWD=x"},
		{"Service.Environment", "AWS_SECRET_ACCESS_KEY=x"},
		{"Service.Environment", "A=ghp_0123456789abcdefABCDEF"},
		{"Service.Environment", "URL=https://user:word@host/"},
		{"Service.Environment", "HTTP_HEADER='Authorization: Bearer abc'"},
		{"Service.Environment", "OPTS='--password x'"},
		{"Service.ExecStart", "/bin/a --token=abc"},
		{"Service.ExecStart", "/bin/a --api-key abc"},
		{"Service.ExecStart", "/bin/a --password -abc"},
		{"Service.ExecStart", "/bin/a --password-file secret"},
		{"Service.ExecStart", "/bin/sh -c 'PASSWORD=x /bin/b'"},
		{"Service.ExecStop", "/usr/bin/curl -u user:word https://host"},
		{"Service.ExecStart", "/usr/bin/curl -H \"X-Auth-Token: abc\" https://host"},
		{"Service.ExecStart", "/bin/a https://user:word@host/"},
		{"Service.ExecStart", "/bin/a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x"},
		{"Mount.Options", "rw,username=u,password=x"},
		{"Mount.Options", "user=a%b"},
		{"X-Mine.ApiToken", "x"},
		{"Unit.Description", "the password: hunter2"},
		{"Mount.What", "https://u:p@dav/"},
	} {
		if !hides(c.key, c.value) {
			t.Errorf("%s=%s is shown", c.key, c.value)
		}
	}
	for _, c := range []struct{ key, value string }{
		{"Service.LoadCredential", "password:/etc/keys/password"},
		{"Service.EnvironmentFile", "-/etc/default/tokens"},
		{"Service.PassEnvironment", "TOKEN PASSWORD"},
		{"Service.Environment", "TOKEN_FILE=/run/token LANG=C \"A=b c\""},
		{"Service.Environment", "TOKEN=${CREDENTIALS_DIRECTORY}"},
		{"Service.ExecStart", "/bin/systemd-tty-ask-password-agent --watch --console"},
		{"Service.ExecStart", "/bin/a --token=$TOKEN --password ${WORD} --secret-file /run/x --no-password --x"},
		{"Service.ExecStart", "-/sbin/agetty -o '-p -- \\\\u' --noclear - $TERM"},
		{"Service.ExecStart", "/usr/bin/a -u user:"[:17]},
		{"Mount.Options", "rw,credentials=/etc/smb,uid=0"},
		{"Unit.Description", "Dispatch Password Requests to Console"},
		{"Unit.Documentation", "https://host/page?x=y man:a(8)"},
	} {
		if hides(c.key, c.value) {
			t.Errorf("%s=%s is hidden", c.key, c.value)
		}
	}
	for _, words := range [][]string{{"/bin/a", "--token", "x"}, {"/bin/a", "a b", "--password=c d"}, {"/bin/a", "Authorization: Bearer x"}} {
		if c := UnitCommand("/u", "ExecStart", words[0], words[1:]); c.Secret == nil || len(c.Arguments) != 0 || c.Program != "/bin/a" {
			t.Errorf("%q: %+v", words, c)
		}
	}
}

func TestSettingsOfUnits(t *testing.T) {
	shown := func(value string) *string { return &value }
	got := UnitSettings([]UnitSource{
		{"/a", []byte("x=1\n[Service]\n# c\nExecStart=/bin/a \\\n  b\nno assignment\n = x\nEnvironment=\n")},
		{"/b", []byte("[Service]\nEnvironment=TOKEN=x\n")},
	})
	want := []snapshot.Setting{
		{Key: "Service.ExecStart", Value: shown("/bin/a  b"), Source: "/a:4"}, {Key: "Service.Environment", Value: shown(""), Source: "/a:8"},
		{Key: "Service.Environment", Secret: secretOf("/b", "TOKEN=x"), Source: "/b:2"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTimersAreSpelledAsInFiles(t *testing.T) {
	for got, want := range map[string]string{
		CalendarTimer("OnCalendar", "*-*-* 00:00:00"):              "OnCalendar=daily",
		CalendarTimer("OnCalendar", "Mon..Fri *-*-* 03:10:00"):     "OnCalendar=Mon..Fri *-*-* 03:10:00",
		MonotonicTimer("OnBootUSec", 300e6):                        "OnBootSec=5min",
		MonotonicTimer("OnUnitActiveUSec", 86400e6):                "OnUnitActiveSec=1d",
		MonotonicTimer("OnActiveUSec", 5400e6+1500):                "OnActiveSec=1h 30min 1ms 500us",
		MonotonicTimer("OnStartupUSec", 0):                         "OnStartupSec=0",
		MonotonicTimer("OnUnitInactiveUSec", 31557600e6+2629800e6): "OnUnitInactiveSec=1y 1month",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func FuzzUnit(f *testing.F) {
	f.Add([]byte("[Unit]\nAfter=a b\nDescription=x\\\n#c\n y\n[Service]\nExecStart=@-/bin/a b \"c d\" ; /bin/e \\x41\\;\nEnvironment=A=b 'C=d e'\nUser=%u\n"), "a.service")
	f.Add([]byte("[Socket]\nListenStream=22\nListenStream=\nAccept=1\n"), "a.socket")
	f.Add([]byte("[Timer]\r\nOnCalendar=daily\r\nUnit=x\r\n[Install]\nAlso=y\n"), "a@b.timer")
	f.Add([]byte("[Mount]\nOptions=password=x,y\n[\n]\n[]\n=\n\\\n"), "a.mount")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		text := append([]byte("[Service]\nEnvironment=TOKEN="+planted+"\nExecStartPre=/bin/a --token="+planted+"\nSetCredential=a:"+planted+"\n"), data...)
		sources := []UnitSource{{fuzzPath, text}}
		settings := UnitSettings(sources)
		result := []any{Unit(name, sources), settings}
		facts(t, fuzzPath, countLines(text), result)
		for _, s := range settings {
			if (s.Value == nil) == (s.Secret == nil) || !strings.Contains(s.Key, ".") {
				t.Fatalf("%+v", s)
			}
		}
		for _, c := range Unit(name, sources).Detail.Commands {
			if c.Secret != nil && len(c.Arguments) > 0 {
				t.Fatalf("%+v", c)
			}
		}
		// The rest of the text can make the planted lines part of another; what it adds may not bring them back.
		hidden(t, result)
		for _, word := range unitWords(string(data)) {
			if again := unitWords(quoteUnitWord(word)); len(again) != 1 || again[0] != word {
				t.Fatalf("%q becomes %q", word, again)
			}
		}
	})
}
