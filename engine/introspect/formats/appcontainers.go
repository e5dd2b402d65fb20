package formats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// DockerContainer reads config.v2.json and hostconfig.json of a container. Its environment, command and labels are not
// looked at: that is where applications keep their passwords. Names, references of images, paths and ports hold none.
func DockerContainer(filePath string, config, hostConfig []byte) (snapshot.AppContainer, error) {
	out := snapshot.AppContainer{Engine: "docker", Mounts: []string{}, Ports: []string{}, Source: filePath}
	var c struct {
		Name        string
		Config      struct{ Image string }
		State       struct{ Running bool }
		MountPoints map[string]struct{ Type, Name, Source string }
	}
	if err := json.Unmarshal(config, &c); err != nil {
		return out, fmt.Errorf("is no container of Docker: %w", err)
	}
	out.Name, out.Image, out.Running = strings.TrimPrefix(c.Name, "/"), c.Config.Image, c.State.Running
	for _, mount := range c.MountPoints {
		out.Mounts = append(out.Mounts, cmp.Or(mount.Name, mount.Source))
	}
	var h struct {
		Binds         []string
		NetworkMode   string
		Privileged    bool
		RestartPolicy struct{ Name string }
		PortBindings  map[string][]struct{ HostIP, HostPort string }
	}
	var err error
	if len(hostConfig) > 0 {
		if err = json.Unmarshal(hostConfig, &h); err != nil {
			err = fmt.Errorf("is no host configuration of Docker: %w", err)
		}
	}
	out.Network, out.Privileged, out.Restart = h.NetworkMode, h.Privileged, h.RestartPolicy.Name
	for _, bind := range h.Binds {
		source, _, _ := strings.Cut(bind, ":")
		out.Mounts = append(out.Mounts, source)
	}
	for port, hosts := range h.PortBindings {
		_, protocol, _ := strings.Cut(port, "/")
		for _, host := range hosts {
			address := cmp.Or(host.HostIP, "*")
			if strings.Contains(address, ":") {
				address = "[" + address + "]"
			}
			out.Ports = append(out.Ports, address+":"+cmp.Or(host.HostPort, "*")+"/"+cmp.Or(protocol, "tcp"))
		}
	}
	out.Mounts, out.Ports = inOrder(out.Mounts), inOrder(out.Ports)
	return out, err
}

// PodmanContainer is a container of Podman's list, with the id that its directory is named by.
type PodmanContainer struct {
	ID string
	snapshot.AppContainer
}

// PodmanContainers reads containers.json.
func PodmanContainers(filePath string, data []byte) ([]PodmanContainer, error) {
	out := []PodmanContainer{}
	var list []struct {
		ID       string   `json:"id"`
		Names    []string `json:"names"`
		Image    string   `json:"image"`
		Metadata string   `json:"metadata"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return out, fmt.Errorf("is no list of containers: %w", err)
	}
	for _, c := range list {
		found := snapshot.AppContainer{Engine: "podman", Image: c.Image, Mounts: []string{}, Ports: []string{}, Source: filePath}
		var m struct {
			Image string `json:"image-name"`
			Name  string `json:"name"`
		}
		// Text of the engine within the text: without it the list still has the names.
		if json.Unmarshal([]byte(c.Metadata), &m) == nil {
			found.Image = cmp.Or(m.Image, found.Image)
			found.Name = m.Name
		}
		if found.Name == "" && len(c.Names) > 0 {
			found.Name = c.Names[0]
		}
		out = append(out, PodmanContainer{ID: c.ID, AppContainer: found})
	}
	return out, nil
}

// Describe adds what the OCI configuration of a container says, without its process: environment and arguments are there.
func (c *PodmanContainer) Describe(config []byte) error {
	var o struct {
		Annotations map[string]string `json:"annotations"`
		Mounts      []struct {
			Type   string `json:"type"`
			Source string `json:"source"`
		} `json:"mounts"`
		Linux struct {
			Namespaces []struct {
				Type string `json:"type"`
				Path string `json:"path"`
			} `json:"namespaces"`
		} `json:"linux"`
	}
	if err := json.Unmarshal(config, &o); err != nil {
		return fmt.Errorf("is no OCI configuration: %w", err)
	}
	for _, mount := range o.Mounts {
		// What Podman makes for every container lies in its own directories.
		if mount.Type != "bind" || strings.HasPrefix(mount.Source, "/run/") || strings.Contains(mount.Source, "/overlay-containers/") {
			continue
		}
		name := mount.Source
		if _, volume, found := strings.Cut(name, "/containers/storage/volumes/"); found {
			name, _, _ = strings.Cut(volume, "/")
		}
		c.Mounts = append(c.Mounts, name)
	}
	c.Privileged = strings.EqualFold(o.Annotations["io.podman.annotations.privileged"], "true")
	c.Network = "host"
	for _, namespace := range o.Linux.Namespaces {
		if namespace.Type == "network" {
			c.Network = "private"
		}
	}
	c.Mounts = inOrder(c.Mounts)
	return nil
}

// inOrder sorts what stands in maps of the engine's files, or in more than one place.
func inOrder(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(slices.DeleteFunc(texts, func(text string) bool { return text == "" }))
}
