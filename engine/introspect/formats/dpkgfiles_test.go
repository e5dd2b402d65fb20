package formats

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const (
	sumA = "0123456789abcdef0123456789abcdef"
	sumB = "fedcba9876543210fedcba9876543210"
)

func TestConffilesAreThoseOfEveryPackage(t *testing.T) {
	status := "Package: a\nStatus: install ok installed\nConffiles:\n /etc/a " + sumA + "\n /etc/a b " + sumB + "\n /etc/gone " + sumA + " obsolete\n" +
		" /etc/later newconffile\n /etc/leaves " + sumA + " remove-on-upgrade\nDescription: x\n Conffiles:\n /etc/no " + sumA + "\n\n" +
		"Package: b\nStatus: deinstall ok config-files\nConffiles:\n /etc/left " + sumA + "\n\n" +
		"Package: c\nStatus: install ok installed\nConffiles:\n /etc/gone " + sumB + "\n\n" +
		"Package: d\nStatus: install ok installed\nConffiles:\n /etc/a " + sumB + " obsolete\n\n" +
		"Package: e\nStatus: install ok half-installed\n"
	want := map[string]Conffile{
		"/etc/a": {Package: "a", MD5: sumA}, "/etc/a b": {Package: "a", MD5: sumB}, "/etc/gone": {Package: "c", MD5: sumB},
		"/etc/leaves": {Package: "a", MD5: sumA, Obsolete: true}, "/etc/left": {Package: "b", MD5: sumA, Obsolete: true},
	}
	if got := Conffiles([]byte(status)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestPackageFilesAreThoseBelowTheFolders(t *testing.T) {
	got := map[string]bool{}
	list := "/etc/first\n/.\n/etc\n/usr/share/x/etc/no\n/etc/a b\n/opt\n/opt/x\n/usr/local/lib\n/etcetera\n/etc/last"
	PackageFiles([]byte(list), [][]byte{[]byte("/etc/"), []byte("/opt/")}, got)
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, []string{"/etc/a b", "/etc/first", "/etc/last", "/opt/x"}) {
		t.Errorf("got %q", names)
	}
}

func TestDiversionsNameBothPlaces(t *testing.T) {
	got := Diversions([]byte("/bin/sh\n/bin/sh.distrib\ndash\n/etc/a\n/etc/b\n:\n/etc/cut\n"))
	if want := map[string]string{"/bin/sh": "/bin/sh.distrib", "/etc/a": "/etc/b"}; !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func FuzzDpkgFiles(f *testing.F) {
	f.Add([]byte("Package: a\nStatus: install ok installed\nConffiles:\n /etc/a " + sumA + "\n /etc/b " + sumB + " obsolete\n\nPackage: b\nConffiles:\n"))
	f.Add([]byte("/etc/a\n/etc/b\n:\n/etc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, conffile := range Conffiles(data) {
			if !strings.HasPrefix(name, "/") || len(conffile.MD5) != 32 {
				t.Fatalf("%q: %+v", name, conffile)
			}
		}
		owned := map[string]bool{}
		PackageFiles(data, [][]byte{[]byte("/etc/"), []byte("/opt/")}, owned)
		lines := strings.Split(string(data), "\n")
		for name := range owned {
			if !slices.Contains(lines, name) || !strings.HasPrefix(name, "/etc/") && !strings.HasPrefix(name, "/opt/") {
				t.Fatalf("%q is no line below a folder", name)
			}
		}
		for _, line := range lines {
			if strings.HasPrefix(line, "/etc/") && !owned[line] {
				t.Fatalf("%q is missing", line)
			}
		}
		Diversions(data)
	})
}

func FuzzAppContainers(f *testing.F) {
	f.Add([]byte(`{"Name":"/a","Config":{"Image":"i"},"MountPoints":{"/x":{"Source":"/y"}},"Binds":["a:b"],"PortBindings":{"1/tcp":[{"HostPort":"2"}]}}`))
	f.Add([]byte(`[{"id":"1","names":["a"],"metadata":"{\"name\":\"b\"}"}]`))
	f.Add([]byte(`{"mounts":[{"type":"bind","source":"/a"}],"linux":{"namespaces":[{"type":"network"}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		docker, _ := DockerContainer(fuzzPath, data, data)
		if docker.Mounts == nil || docker.Ports == nil || !slices.IsSorted(docker.Mounts) || !slices.IsSorted(docker.Ports) {
			t.Fatalf("%+v", docker)
		}
		list, _ := PodmanContainers(fuzzPath, data)
		list = append(list, PodmanContainer{})
		for i := range list {
			_ = list[i].Describe(data) // another file than the list: mostly an error
			if list[i].ID != "" && list[i].Mounts == nil {
				t.Fatalf("%+v", list[i])
			}
		}
	})
}
