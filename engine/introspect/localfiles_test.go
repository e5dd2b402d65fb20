package introspect

import (
	"crypto/md5"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// dpkgStatus is a status file with one package, and the configuration files that it brought: path → content.
func dpkgStatus(state string, conffiles map[string]string, flags map[string]string) string {
	var b strings.Builder
	b.WriteString("Package: tool\nStatus: " + state + "\nVersion: 1\nArchitecture: all\nConffiles:\n")
	for path, content := range conffiles {
		fmt.Fprintf(&b, " %s %x%s\n", path, md5.Sum([]byte(content)), flags[path])
	}
	b.WriteString("Description: a tool\n")
	return b.String()
}

// localHost is a host with one package and its files.
func localHost(files map[string]string) map[string]string {
	host := map[string]string{
		"etc/passwd": "root:x:0:0::/root:/bin/sh\n",
		"var/lib/dpkg/status": dpkgStatus("install ok installed", map[string]string{
			"/etc/tool.conf": "stock\n", "/etc/other.conf": "stock\n", "/etc/logrotate.d/tool": "/var/log/tool {\n\tweekly\n}\n",
		}, nil),
		"var/lib/dpkg/info/tool.list":    "/.\n/etc\n/etc/tool.conf\n/etc/other.conf\n/etc/logrotate.d\n/etc/logrotate.d/tool\n/opt\n/opt/vendor\n/usr/bin/tool\n",
		"etc/tool.conf":                  "stock\n",
		"etc/other.conf":                 "stock\n",
		"etc/logrotate.d/tool":           "/var/log/tool {\n\tweekly\n}\n",
		"etc/pve/nodes/a/x":              "x",
		"etc/pve/.version":               "{}",
		"etc/pve/authkey.pub":            "x",
		"opt/vendor/x":                   "x",
		"usr/share/keyrings/archive.gpg": "x",
	}
	for name, text := range files {
		if text == "-" {
			delete(host, name)
			continue
		}
		host[name] = text
	}
	return host
}

// localOf are the local files of a capture, as "path kind state package target", without those of /etc/pve.
func localOf(s *snapshot.Snapshot, prefix string) []string {
	out := []string{}
	for _, f := range s.LocalFiles {
		if strings.HasPrefix(f.Path, prefix) && (prefix != "/" || !strings.HasPrefix(f.Path, "/etc/pve/")) {
			out = append(out, strings.TrimSpace(strings.Join(strings.Fields(strings.Join([]string{f.Path, f.Kind, f.State, f.Package, f.Target}, " ")), " ")))
		}
	}
	return out
}

func TestLocalFilesAreThoseOfNoPackage(t *testing.T) {
	many := map[string]string{}
	for i := range maxLoose + 1 {
		many[fmt.Sprintf("etc/mine/%02d", i)] = "x"
	}
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"a host as its packages brought it", nil, []string{}},
		{"a file of no package", map[string]string{"etc/mine.conf": "x"}, []string{"/etc/mine.conf file local"}},
		{"a hidden one", map[string]string{"etc/.mine": "x"}, []string{"/etc/.mine file local"}},
		{"a script", map[string]string{"etc/cron.daily/job": "#!/bin/sh\n"}, []string{"/etc/cron.daily/job script local"}},
		{"a hook", map[string]string{"etc/network/if-up.d/route": "#!/bin/sh\n", "etc/kernel/postinst.d/zz": "#!/bin/sh\n"},
			[]string{"/etc/kernel/postinst.d/zz script local", "/etc/network/if-up.d/route script local"}},
		{"a link, which is not followed", map[string]string{"etc/mine": "-> /opt"}, []string{"/etc/mine link local /opt"}},
		{"a link in place of a configuration file", map[string]string{"etc/tool.conf": "-> /root/tool.conf", "root/tool.conf": "mine"},
			[]string{"/etc/tool.conf link changed tool /root/tool.conf", "/root/tool.conf file local"}},
		{"a link to nowhere in its place", map[string]string{"etc/tool.conf": "-> /nowhere"}, []string{"/etc/tool.conf link changed tool /nowhere"}},
		{"a changed configuration file", map[string]string{"etc/tool.conf": "mine\n"}, []string{"/etc/tool.conf file changed tool"}},
		{"a deleted one", map[string]string{"etc/tool.conf": "-"}, []string{"/etc/tool.conf file missing tool"}},
		{"a changed one that is read is not named again", map[string]string{"etc/logrotate.d/tool": "/x {\n\tdaily\n}\n"}, []string{}},
		{"a directory with much in it is one", many, []string{"/etc/mine directory local"}},
		{"folders below /opt", map[string]string{"opt/mine/bin/x": "x", "opt/mine/y": "x"}, []string{"/opt/mine directory local"}},
		{"what lies in root's home", map[string]string{"root/run.sh": "#!/bin/sh\n", "root/.bashrc": "x", "root/work/x": "x"},
			[]string{"/root/run.sh script local", "/root/work directory local"}},
		{"programs of /usr/local", map[string]string{"usr/local/bin/x": "#!/bin/sh\n", "usr/local/sbin/y": "text", "usr/local/share/doc/z": "x"},
			[]string{"/usr/local/bin/x script local", "/usr/local/sbin/y file local"}},
		{"what lies beside certificates that the host trusts", map[string]string{"usr/local/share/ca-certificates/notes": "x"}, []string{"/usr/local/share/ca-certificates/notes file local"}},
		{"snippets", map[string]string{"var/lib/vz/snippets/hook.pl": "#!/usr/bin/perl\n"}, []string{"/var/lib/vz/snippets/hook.pl script local"}},
		{"the hook of backups, wherever it is", map[string]string{"etc/vzdump.conf": "script: /srv/hook.sh\n", "srv/hook.sh": "#!/bin/sh\n"}, []string{"/srv/hook.sh script local"}},
		{"links that enable units are facts of the units", map[string]string{
			"etc/systemd/system/a.service": "[Service]\nExecStart=/bin/a\n[Install]\nWantedBy=multi-user.target\n", "etc/systemd/system/multi-user.target.wants/a.service": "-> /etc/systemd/system/a.service",
		}, []string{}},
		{"generated links are one directory", map[string]string{"etc/alternatives/vi": "-> /usr/bin/vim", "etc/alternatives/ex": "-> /usr/bin/vim"}, []string{"/etc/alternatives directory local"}},
		{"keys that apt trusts are facts of their own", map[string]string{"etc/apt/keyrings/a.gpg": "x"}, []string{}},
		{"a file that was diverted", map[string]string{"etc/tool.conf": "stock\n", "etc/other.conf.distrib": "stock\n", "var/lib/dpkg/diversions": "/etc/other.conf\n/etc/other.conf.distrib\nlocal\n"}, []string{}},
		{"what a removed package left is not missing", map[string]string{
			"var/lib/dpkg/status": dpkgStatus("deinstall ok config-files", map[string]string{"/etc/tool.conf": "stock\n", "/etc/gone.conf": "x", "/etc/other.conf": "stock\n", "/etc/logrotate.d/tool": "/var/log/tool {\n\tweekly\n}\n"}, nil),
		}, []string{}},
		{"nor what a package brings no more", map[string]string{
			"var/lib/dpkg/status": dpkgStatus("install ok installed", map[string]string{"/etc/tool.conf": "stock\n", "/etc/gone.conf": "x"}, map[string]string{"/etc/gone.conf": " obsolete"}),
		}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, localHost(test.files)))
			if got := localOf(s, "/"); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if a := areaOf(t, s, "local_files"); a.Status != statusKnown {
				t.Errorf("area %+v", a)
			}
		})
	}
}

// What lies in PVE's own directory is named whole, secrets by their name alone.
func TestFilesOfPVEAreNamed(t *testing.T) {
	s := captureTree(t, writeTree(t, localHost(map[string]string{
		"etc/pve/priv/authkey.key": marker, "etc/pve/priv/lock/x/y": "", "etc/pve/local": "-> nodes/a", "etc/pve/storage.cfg": "dir: local\n\tpath /var/lib/vz\n", "etc/pve/mine.txt": marker,
	})))
	got := localOf(s, "/etc/pve/")
	for _, want := range []string{"/etc/pve/priv/authkey.key file local", "/etc/pve/local link local nodes/a", "/etc/pve/mine.txt file local"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	for _, line := range got {
		if strings.Contains(line, "storage.cfg") || strings.Contains(line, "/lock/") {
			t.Errorf("%q is named", line)
		}
	}
	if strings.Contains(string(encode(t, s)), marker) {
		t.Error("their content is told")
	}
}

func TestLocalFilesAreUnknownWithoutPackages(t *testing.T) {
	for _, test := range []struct {
		name   string
		files  map[string]string
		status string
		want   []string
	}{
		{"no lists of files", map[string]string{"var/lib/dpkg/info/tool.list": "-", "etc/mine": "x", "root/x": "x", "etc/tool.conf": "mine"}, statusPartial,
			[]string{"/etc/tool.conf file changed tool", "/root/x file local"}},
		{"no status file", map[string]string{"var/lib/dpkg/status": "-", "var/lib/dpkg/info/tool.list": "-", "root/x": "x"}, statusPartial, []string{"/root/x file local"}},
		{"a part of /etc", map[string]string{"etc/passwd": "-", "etc/tool.conf": "-", "etc/logrotate.d/tool": "-"}, statusPartial, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, localHost(test.files)))
			if a := areaOf(t, s, "local_files"); a.Status != test.status || a.Detail == "" {
				t.Errorf("area %+v", a)
			}
			if got := localOf(s, "/"); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if !slices.ContainsFunc(s.Problems, func(p snapshot.Problem) bool { return p.Area == "local_files" }) {
				t.Error("no problem says why")
			}
		})
	}
	for _, name := range []string{"local_files", "config_files", "repository_keys", "system.containers"} {
		if a := areaOf(t, captureTree(t, t.TempDir()), name); a.Status != statusUnknown {
			t.Errorf("%s of an empty tree is %+v", name, a)
		}
	}
}

// BenchmarkLocalFiles is a host of 1,500 packages with 200 files each, 800 configuration files among them.
func BenchmarkLocalFiles(b *testing.B) {
	files := map[string]string{"etc/passwd": "root:x:0:0::/root:/bin/sh\n"}
	var status strings.Builder
	for i := range 1500 {
		name := fmt.Sprintf("package-%04d", i)
		var list strings.Builder
		list.WriteString("/.\n/usr\n/usr/share\n/usr/share/doc\n")
		for j := range 200 {
			fmt.Fprintf(&list, "/usr/share/doc/%s/section/file-%04d.html\n", name, j)
		}
		fmt.Fprintf(&status, "Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n", name)
		if i < 800 {
			conffile := fmt.Sprintf("/etc/dir-%02d/%s.conf", i%50, name)
			content := strings.Repeat("# a line of "+name+"\n", 100)
			files[conffile[1:]] = content
			list.WriteString("/etc\n/etc/" + filepath.Base(filepath.Dir(conffile)) + "\n" + conffile + "\n")
			fmt.Fprintf(&status, "Conffiles:\n %s %x\n", conffile, md5.Sum([]byte(content)))
		}
		status.WriteString("Description: x\n\n")
		files["var/lib/dpkg/info/"+name+".list"] = list.String()
	}
	files["var/lib/dpkg/status"] = status.String()
	tree, err := openMachine(writeTree(b, files), "")
	if err != nil {
		b.Fatal(err)
	}
	defer tree.Close()
	for b.Loop() {
		c := newCapture(b.Context(), tree, Options{})
		collectFiles(c)
		if len(c.out.LocalFiles) != 1 || c.out.LocalFiles[0].Path != "/etc/passwd" || c.areas["local_files"].Status == statusUnknown {
			b.Fatalf("%d local files, area %+v", len(c.out.LocalFiles), c.areas["local_files"])
		}
	}
}

func TestScriptsOfInitThatARunlevelStarts(t *testing.T) {
	script := "#!/bin/sh\n"
	for _, c := range []struct {
		name string
		rc   map[string]string
		want string
	}{
		{"started", map[string]string{"etc/rc2.d/S01agent": "-> ../init.d/agent"}, "yes"},
		{"stopped alone", map[string]string{"etc/rc2.d/K01agent": "-> ../init.d/agent", "etc/rc6.d/S01agent": "-> ../init.d/agent"}, "no"},
		{"another", map[string]string{"etc/rc3.d/S01agents": "-> ../init.d/agents"}, "no"},
		{"no runlevels", nil, ""},
	} {
		files := localHost(map[string]string{"etc/init.d/agent": script})
		for name, text := range c.rc {
			files[name] = text
		}
		for _, f := range captureTree(t, writeTree(t, files)).LocalFiles {
			if f.Path == "/etc/init.d/agent" && f.Started != c.want {
				t.Errorf("%s: %q, want %q", c.name, f.Started, c.want)
			}
		}
	}
}
