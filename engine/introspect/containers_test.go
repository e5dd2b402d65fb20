package introspect

import (
	"crypto/md5"
	"fmt"
	"slices"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func md5Of(text string) string { return fmt.Sprintf("%x", md5.Sum([]byte(text))) }

func TestContainersOfTheHostAreRead(t *testing.T) {
	s := captureTree(t, writeTree(t, localHost(map[string]string{
		"var/lib/docker/containers/abc/config.v2.json": `{"Name":"/web","Config":{"Image":"nginx:1","Env":["A=b"]},"State":{"Running":true},
			"MountPoints":{"/data":{"Type":"volume","Name":"data","Source":"/var/lib/docker/volumes/data/_data"},"/cfg":{"Type":"bind","Source":"/srv/cfg"}}}`,
		"var/lib/docker/containers/abc/hostconfig.json": `{"Binds":["/srv/cfg:/cfg:ro","/var/run/docker.sock:/s"],"NetworkMode":"host","Privileged":true,"RestartPolicy":{"Name":"unless-stopped"},
			"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"},{"HostIp":"::1","HostPort":"8081"}],"53/udp":[{"HostIp":"10.0.0.1","HostPort":"53"}],"9/tcp":null}}`,
		"var/lib/docker/containers/broken/config.v2.json": `{`,
		"var/lib/containers/storage/overlay-containers/containers.json": `[{"id":"77","names":["x"],"image":"sha","metadata":"{\"image-name\":\"docker.io/library/redis:7\",\"name\":\"redis\"}"},
			{"id":"../../../etc","names":["odd"],"image":"i"}]`,
		"var/lib/containers/storage/overlay-containers/77/userdata/config.json": `{"mounts":[{"type":"bind","source":"/srv/redis"},{"type":"bind","source":"/var/lib/containers/storage/volumes/v/_data"},
			{"type":"proc","source":"proc"},{"type":"bind","source":"/run/x/hosts"}],"linux":{"namespaces":[{"type":"network"}]},"annotations":{"io.podman.annotations.privileged":"TRUE"}}`,
	})))
	want := []snapshot.AppContainer{
		{
			Engine: "docker", Name: "web", Image: "nginx:1", Restart: "unless-stopped", Running: true, Network: "host", Privileged: true,
			Mounts: []string{"/srv/cfg", "/var/run/docker.sock", "data"}, Ports: []string{"*:8080/tcp", "10.0.0.1:53/udp", "[::1]:8081/tcp"},
			Source: "/var/lib/docker/containers/abc/config.v2.json",
		},
		{Engine: "podman", Name: "odd", Image: "i", Mounts: []string{}, Ports: []string{}, Source: podmanContainers + "/containers.json"},
		{
			Engine: "podman", Name: "redis", Image: "docker.io/library/redis:7", Network: "private", Privileged: true,
			Mounts: []string{"/srv/redis", "v"}, Ports: []string{}, Source: podmanContainers + "/containers.json",
		},
	}
	if got, want := fmt.Sprintf("%+v", s.System.Containers), fmt.Sprintf("%+v", want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if a := areaOf(t, s, "system.containers"); a.Status != statusPartial {
		t.Errorf("area %+v although a container is broken", a)
	}
}

func TestAHostWithoutContainersIsKnownToHaveNone(t *testing.T) {
	s := captureTree(t, writeTree(t, localHost(nil)))
	if a := areaOf(t, s, "system.containers"); a.Status != statusKnown || len(s.System.Containers) != 0 {
		t.Errorf("area %+v, containers %v", a, s.System.Containers)
	}
	s = captureTree(t, writeTree(t, map[string]string{"etc/passwd": ""}))
	if a := areaOf(t, s, "system.containers"); a.Status != statusUnknown || a.Detail == "" {
		t.Errorf("area %+v without /var", a)
	}
}

func TestKeysOfRepositoriesAreNamed(t *testing.T) {
	s := captureTree(t, writeTree(t, localHost(map[string]string{
		"etc/apt/trusted.gpg": "x", "etc/apt/trusted.gpg.d/a.gpg": "x", "etc/apt/trusted.gpg.d/b.asc": "x", "etc/apt/trusted.gpg.d/old.gpg~": "x", "etc/apt/keyrings/c.gpg": "x",
		"usr/share/keyrings/d.gpg": "x", "usr/share/keyrings/unused.gpg": "x",
		"etc/apt/sources.list.d/x.sources": "Types: deb\nURIs: https://x\nSuites: s\nComponents: c\nSigned-By: /usr/share/keyrings/d.gpg\n",
		"etc/apt/sources.list.d/y.list":    "deb [signed-by=/usr/share/keyrings/missing.gpg] https://y s c\ndeb [signed-by=/etc/apt/trusted.gpg.d/a.gpg] https://z s c\n",
	})))
	want := []snapshot.RepositoryKey{
		{Path: "/etc/apt/keyrings/c.gpg"}, {Path: "/etc/apt/trusted.gpg", Global: true}, {Path: "/etc/apt/trusted.gpg.d/a.gpg", Global: true},
		{Path: "/etc/apt/trusted.gpg.d/b.asc", Global: true}, {Path: "/usr/share/keyrings/d.gpg"},
	}
	if !slices.Equal(s.RepositoryKeys, want) {
		t.Errorf("got %+v", s.RepositoryKeys)
	}
	if a := areaOf(t, s, "repository_keys"); a.Status != statusKnown {
		t.Errorf("area %+v", a)
	}
}
