// Package incus writes the instances that the API of Incus reads, and knows what a preseed may hold, which is written as
// an option of NixOS. Both are decoded strictly into the types of the API, and their names are held against the tables of
// the catalog. What a guest's key becomes is not decided here.
package incus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Instance is what makes an instance: InstancesPost of the API, which is also what `incus create` takes on its input.
type Instance struct {
	Name         string            `json:"name" yaml:"name"`
	Type         string            `json:"type" yaml:"type"`
	Description  string            `json:"description,omitempty" yaml:"description,omitempty"`
	Architecture string            `json:"architecture,omitempty" yaml:"architecture,omitempty"`
	Source       Source            `json:"source" yaml:"source"`
	Profiles     []string          `json:"profiles" yaml:"profiles"`
	Config       map[string]string `json:"config" yaml:"config"`
	Devices      map[string]Device `json:"devices" yaml:"devices"`
	Ephemeral    bool              `json:"ephemeral,omitempty" yaml:"ephemeral,omitempty"`
}

// Source is where the root of an instance comes from: nowhere (none), or an image of the server.
type Source struct {
	Type  string `json:"type" yaml:"type"`
	Alias string `json:"alias,omitempty" yaml:"alias,omitempty"`
}

// Device is a device of an instance or of a profile; its type is one of its options.
type Device map[string]string

// Preseed is what `incus admin init --preseed` reads.
type Preseed struct {
	Config       map[string]string `json:"config,omitempty"`
	Networks     []Network         `json:"networks,omitempty"`
	StoragePools []StoragePool     `json:"storage_pools,omitempty"`
	Profiles     []Profile         `json:"profiles,omitempty"`
	Projects     []Project         `json:"projects,omitempty"`
}

// Network is a network that Incus manages.
type Network struct {
	Name        string            `json:"name"`
	Type        string            `json:"type,omitempty"`
	Description string            `json:"description,omitempty"`
	Config      map[string]string `json:"config,omitempty"`
	Project     string            `json:"project,omitempty"`
}

// StoragePool is where Incus keeps volumes of its own.
type StoragePool struct {
	Name        string            `json:"name"`
	Driver      string            `json:"driver"`
	Description string            `json:"description,omitempty"`
	Config      map[string]string `json:"config,omitempty"`
}

// Profile is what instances can share.
type Profile struct {
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Config      map[string]string `json:"config,omitempty"`
	Devices     map[string]Device `json:"devices,omitempty"`
}

// Project is a group of instances with networks, images and limits of its own.
type Project struct {
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Config      map[string]string `json:"config,omitempty"`
}

// Render writes an instance as YAML. The order of keys is that of the API; below config and devices that of the
// alphabet.
func Render(name string, tree map[string]any) ([]byte, error) {
	var i Instance
	if err := decode(tree, &i); err != nil {
		return nil, err
	}
	if err := i.check(); err != nil {
		return nil, fmt.Errorf("instance %s: %w", name, err)
	}
	return write(i)
}

// Tables are names that the API has, from the catalog: incus_config says which keys an instance takes and of which
// kind, incus_devices which options a device has, incus_pools which keys the pool of a driver has.
type Tables map[string]map[string]any

// CheckInstance says which name of a document the API of Incus does not have.
func CheckInstance(tree map[string]any, t Tables) error {
	var i Instance
	if err := decode(tree, &i); err != nil {
		return err
	}
	for _, key := range sorted(i.Config) {
		kind, ok := lookUp(t["incus_config"], key)
		if !ok {
			return fmt.Errorf("/config/%s: no key of an instance", key)
		}
		if kind != "any" && kind != i.Type {
			return fmt.Errorf("/config/%s: a %s has no such key", key, i.Type)
		}
	}
	return checkDevices(i.Devices, t)
}

// CheckPreseed says which name of a preseed the API of Incus does not have.
func CheckPreseed(tree map[string]any, t Tables) error {
	var p Preseed
	if err := decode(tree, &p); err != nil {
		return err
	}
	for n, pool := range p.StoragePools {
		keys, ok := t["incus_pools"][pool.Driver].([]any)
		if !ok {
			return fmt.Errorf("/storage_pools/%d/driver: %q is no driver", n, pool.Driver)
		}
		for _, key := range sorted(pool.Config) {
			if !strings.HasPrefix(key, "user.") && !slices.Contains(keys, any(key)) {
				return fmt.Errorf("/storage_pools/%d/config/%s: no key of a pool of %s", n, key, pool.Driver)
			}
		}
	}
	for n, profile := range p.Profiles {
		for _, key := range sorted(profile.Config) {
			if _, ok := lookUp(t["incus_config"], key); !ok {
				return fmt.Errorf("/profiles/%d/config/%s: no key of an instance", n, key)
			}
		}
		if err := checkDevices(profile.Devices, t); err != nil {
			return fmt.Errorf("/profiles/%d%w", n, err)
		}
	}
	return p.check()
}

func checkDevices(devices map[string]Device, t Tables) error {
	for _, name := range sorted(devices) {
		device := devices[name]
		kind := device["type"]
		head := []string{"type"}
		for _, below := range []string{"nictype", "gputype"} {
			if device[below] != "" {
				kind, head = kind+"/"+device[below], append(head, below)
			}
		}
		options, ok := t["incus_devices"][kind].([]any)
		if !ok {
			return fmt.Errorf("/devices/%s: no type of device: %q", name, kind)
		}
		for _, option := range sorted(device) {
			if !slices.Contains(head, option) && !slices.Contains(options, any(option)) {
				return fmt.Errorf("/devices/%s/%s: no option of a device of type %s", name, option, kind)
			}
		}
	}
	return nil
}

// lookUp finds a key, or the name that stands for it: user.* for user.pve.
func lookUp(table map[string]any, key string) (any, bool) {
	if strings.HasSuffix(key, ".*") {
		return nil, false
	}
	if v, ok := table[key]; ok {
		return v, true
	}
	for i := len(key) - 2; i > 0; i-- {
		if key[i] == '.' {
			if v, ok := table[key[:i]+".*"]; ok {
				return v, true
			}
		}
	}
	return nil, false
}

// hostname is what Incus takes for the name of an instance: a label of DNS that is no number.
var (
	hostname = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
	number   = regexp.MustCompile(`^[0-9]+$`)
)

// deviceName is narrower than what Incus takes: no slash, which it allows.
var deviceName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// key is the shape of the keys of all configurations.
var key = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]*$`)

func (i Instance) check() error {
	if !hostname.MatchString(i.Name) || number.MatchString(i.Name) {
		return fmt.Errorf("/name: %q is no name of an instance", i.Name)
	}
	if i.Type != "container" && i.Type != "virtual-machine" {
		return fmt.Errorf("/type: %q is neither container nor virtual-machine", i.Type)
	}
	switch {
	case i.Source.Type == "image" && i.Source.Alias != "", i.Source.Type == "none" && i.Source.Alias == "":
	default:
		return fmt.Errorf("/source: want none, or image with an alias")
	}
	root := 0
	for _, name := range sorted(i.Devices) {
		if !deviceName.MatchString(name) {
			return fmt.Errorf("/devices/%s: no name of a device", name)
		}
		d := i.Devices[name]
		if err := checkConfig("/devices/"+name, d); err != nil {
			return err
		}
		if d["type"] == "disk" && d["path"] == "/" {
			root++
			if d["pool"] == "" || d["source"] != "" {
				return fmt.Errorf("/devices/%s: the root disk has a pool and no source", name)
			}
		}
	}
	if root != 1 {
		return fmt.Errorf("/devices: %d root disks, want 1", root)
	}
	if i.Config["security.csm"] == "true" && i.Config["security.secureboot"] != "false" {
		return fmt.Errorf("/config/security.csm: needs security.secureboot=false")
	}
	return checkConfig("/config", i.Config)
}

func (p Preseed) check() error {
	seen := map[string]bool{}
	for n, pool := range p.StoragePools {
		at := fmt.Sprintf("/storage_pools/%d", n)
		if !deviceName.MatchString(pool.Name) || seen[pool.Name] {
			return fmt.Errorf("%s/name: %q is no name of a pool, or there twice", at, pool.Name)
		}
		seen[pool.Name] = true
		if err := checkConfig(at+"/config", pool.Config); err != nil {
			return err
		}
	}
	return nil
}

func checkConfig(at string, config map[string]string) error {
	for _, k := range sorted(config) {
		if !key.MatchString(k) {
			return fmt.Errorf("%s: %q is no key", at, k)
		}
		if v := config[k]; strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
			return fmt.Errorf("%s/%s: a value is text without NUL", at, k)
		}
	}
	return nil
}

// decode puts a tree into a type of the API. What the type does not have is an error, and so is a number where the
// API wants text.
func decode(tree map[string]any, into any) error {
	text, err := json.Marshal(tree)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("no object of the API: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("no object of the API: something stands after it")
	}
	return nil
}

func write(v any) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
