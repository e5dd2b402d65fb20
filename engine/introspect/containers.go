package introspect

import (
	"cmp"
	"slices"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Where engines keep their containers.
const (
	dockerContainers = "/var/lib/docker/containers"
	podmanContainers = "/var/lib/containers/storage/overlay-containers"
)

// collectContainers reads the containers that run on the host itself, beside PVE's guests. Their engines are not asked:
// root's alone could be, and a container that is switched off counts as well.
func collectContainers(c *capture) {
	a := c.area("system.containers", sourceFile)
	if !c.varWhole() && !c.exists(dockerContainers) && !c.exists(podmanContainers) {
		a.unknown("/var/lib", errAbsent)
		return
	}
	found := append(a.docker(), a.podman()...)
	slices.SortFunc(found, func(a, b snapshot.AppContainer) int {
		return cmp.Or(cmp.Compare(a.Engine, b.Engine), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Source, b.Source))
	})
	c.out.System.Containers = found
}

// varWhole says whether the tree has the whole of /var, so that a file that is not there does not exist: every host has
// dpkg's status file.
func (c *capture) varWhole() bool { return c.exists(dpkgStatusFile) }

func (a *area) docker() []snapshot.AppContainer {
	var out []snapshot.AppContainer
	for _, id := range a.directory(dockerContainers) {
		dir := dockerContainers + "/" + id
		config, ok := a.secretFile(dir + "/config.v2.json")
		if !ok {
			continue
		}
		hostConfig, _ := a.secretFile(dir + "/hostconfig.json")
		found, err := formats.DockerContainer(dir+"/config.v2.json", config, hostConfig)
		a.parsed(found.Source, err)
		if found.Name != "" {
			out = append(out, found)
		}
	}
	return out
}

func (a *area) podman() []snapshot.AppContainer {
	list := podmanContainers + "/containers.json"
	data, ok := a.secretFile(list)
	if !ok {
		return nil
	}
	found, err := formats.PodmanContainers(list, data)
	a.parsed(list, err)
	var out []snapshot.AppContainer
	for _, container := range found {
		if container.ID != "" && isFileName(container.ID) {
			config := podmanContainers + "/" + container.ID + "/userdata/config.json"
			if data, ok := a.secretFile(config); ok {
				a.parsed(config, container.Describe(data))
			}
			container.Running = a.capture.exists("/run/containers/storage/overlay-containers/" + container.ID + "/userdata/pidfile")
		}
		out = append(out, container.AppContainer)
	}
	return out
}

// isFileName says whether a text of the host is one name in a directory, and no path out of it.
func isFileName(text string) bool {
	return text != "." && text != ".." && !slices.ContainsFunc([]byte(text), func(b byte) bool { return b == '/' || b == 0 })
}

// secretFile reads a file that may be absent and whose digest is not told: whoever knows the rest of a container's
// configuration could try out the passwords in its environment.
func (a *area) secretFile(name string) ([]byte, bool) {
	data, ok := a.may(name)
	if ok {
		file := a.capture.files[name]
		file.SHA256 = ""
		a.capture.files[name] = file
	}
	return data, ok
}
